"""One article as HTML: its whole text, with who said what marked in it, and why.

Nothing is taken from the text and nothing added: numbers and labels are drawn by the style sheet. The stretches of
text are flat, cut wherever a span begins or ends, so tags never cross however the findings overlap.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from .analysis import Analysis, analyze
from .article import Article, Span
from .attribution import Attribution
from .segment import words

# The colours of markup.css: none, then one for each of eight sources; the ninth takes the first again, with its number.
_COLOURS = ("#6b6f76", "#0072b2", "#b85400", "#007f5f", "#b0447f", "#8a6a00", "#6d62b8", "#a8443c", "#0a7d86")
COLOURS = len(_COLOURS) - 1
EXCERPT = 14  # words of a content that are repeated in the list
SOURCE_KINDS = {
    "named_person": "named person",
    "unnamed_person": "unnamed person",
    "organisation": "organisation",
    "document_or_data": "document or data",
    "media_outlet": "other medium",
    "collective_public": "the public",
}
KEY = (
    '<p class="mat-key">How to read it: <span class="mat-source mat-m1" data-source="S1">a source</span>, '
    '<span class="mat-cue mat-m1">the word that attributes</span>, '
    '<span class="mat-content mat-c1" data-content="S1">what is attributed</span>, '
    '<span class="mat-content mat-quoted mat-c1">more strongly where it is quoted</span>, '
    '<span class="mat-quoted mat-c0">quoted and attributed to nobody</span>, '
    '<span class="mat-term">a term or title in marks</span>, <span class="mat-junk">left out</span>.</p>'
)
# What HTML cannot hold: control characters but tab and line feed, halves of surrogate pairs, noncharacters.
UNSHOWN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _Mark(NamedTuple):
    """A span to be shown: ``role`` is zone, quotation, content, cue or source; ``which`` the index of its finding."""

    span: Span
    role: str
    which: int


def marked_up(x: Article | Analysis) -> str:
    """An article as one piece of HTML with its own styles, for a notebook or a page, in light and in dark.

    Sources are numbered S1, S2, … in the order of their first mention and have a colour each; their content is tinted
    (more where it is quoted), the cue underlined. Page furniture is greyed out with its kind. Titles on hover and the
    lists below the text say why. Nested attributions stand in titles and list only. Characters that a page cannot
    hold are shown as U+FFFD. There is no script, and only http and https addresses are linked.

    >>> page = marked_up(Article("“We are done,” said Mayor Brandt.", id="quits"))
    >>> page.count("<script"), "said</a>" in page
    (0, True)
    """
    analysis = analyze(x) if isinstance(x, Article) else x
    article = analysis.article
    known = f"{article.id}\0{article.outlet}\0{article.text}"
    anchor = "mat-" + hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    title = f'<p class="mat-title">{shown(article.title)}</p>' if article.title.strip() else ""
    parts = [title, about(article), KEY, section(analysis, anchor)]
    return (
        f"<style>{stylesheet('markup.css')}</style>\n"
        + f'<div class="mat">{_CLASS.sub(_inline, "".join(parts))}</div>\n'
    )


_CLASS = re.compile(r'class="(mat-[^"]*)"')
_HUE = re.compile(r"mat-([mc])(\d)")


def _inline(found: re.Match[str]) -> str:
    """A class attribute with the plainest of its styles beside it: JupyterLab takes the style sheet out of a notebook
    that it does not trust, so one that was cloned or sent would show bare text."""
    names = found[1].split()
    hues = {kind: _COLOURS[int(number)] for kind, number in _HUE.findall(found[1])}
    mark, tint = hues.get("m", _COLOURS[0]), hues.get("c", _COLOURS[0])
    red, green, blue = (int(tint[i : i + 2], 16) for i in (1, 3, 5))
    strength = 0.28 if "mat-quoted" in names else 0.13
    plain = {
        "mat-text": "white-space: pre-wrap",
        "mat-headline": "font-weight: bold; font-size: 1.25em",
        "mat-deck": "font-weight: bold",
        "mat-junk": "color: gray; text-decoration: line-through",
        "mat-content": f"background-color: rgba({red}, {green}, {blue}, {strength})",
        "mat-quoted": f"background-color: rgba({red}, {green}, {blue}, {strength})",
        "mat-term": "border-bottom: 1px dotted gray",
        "mat-cue": f"font-weight: bold; border-bottom: 2px solid {mark}; text-decoration: none",
        "mat-source": f"border: 1px solid {mark}; border-radius: 3px",
        "mat-chip": f"background-color: {mark}; color: white; border-radius: 3px; padding: 0px 4px",
    }
    styles = dict.fromkeys(plain[name] for name in names if name in plain)
    return found[0] + (f' style="{"; ".join(styles)}"' if styles else "")


def section(analysis: Analysis, anchor: str) -> str:
    """The article without styles, to stand in an element of class ``mat``: its sources, text, evidence and ledger.

    ``anchor`` begins every id in it.
    """
    parts = [_sources(analysis), _text(analysis, anchor), _evidence(analysis, anchor), _ledger(analysis)]
    return "\n".join(filter(None, parts))


@cache
def stylesheet(name: str) -> str:
    """A style sheet of the package, without comments and line breaks."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split())


def shown(text: str) -> str:
    """Text as HTML, quotes escaped, and U+FFFD for what HTML cannot hold; a carriage return is kept by number.

    >>> shown("<b> & \\ud800")
    '&lt;b&gt; &amp; \\ufffd'
    """
    return escape(UNSHOWN.sub("\ufffd", text), quote=True).replace("\r", "&#13;")


def about(article: Article) -> str:
    """One line of what is known of the article; the address is a link if it is one of the web's."""
    known = [article.outlet, article.published, article.section, article.author]
    parts = [f"<bdi>{shown(value)}</bdi>" for value in known if value.strip()]
    if article.story.strip():
        parts.append(f"story <bdi>{shown(article.story)}</bdi>")
    url = article.url.strip()
    if _LINK.fullmatch(url):
        parts.append(f'<a href="{shown(url)}" rel="noopener noreferrer nofollow">{shown(url)}</a>')
    elif url:
        parts.append(f"<bdi>{shown(url)}</bdi>")
    return f'<p class="mat-about">{" · ".join(parts)}</p>' if parts else ""


def _sources(analysis: Analysis) -> str:
    """The sources with their numbers."""
    rows = []
    for number, source in enumerate(analysis.sources, 1):
        kind = SOURCE_KINDS.get(source.kind, source.kind)
        facts = [kind]
        facts += ["anonymous"] if source.anonymous else []
        facts += [f"of {source.affiliation}"] if source.affiliation else []
        facts += [source.role] if source.role not in {"", "unknown", kind} else []
        facts += ["second-hand"] if source.second_hand else []
        facts += [counted(len(source.attributions), "attribution")]
        name = f"<bdi>{shown(' '.join(source.name.split()))}</bdi>"
        rows.append(f"<li>{_chip(number)} {name} <small>{shown(', '.join(facts))}</small></li>")
    if any(not a.depth and not analysis.source_of(i) for i, a in enumerate(analysis.attributions)):
        rows.append(f"<li>{_chip(0)} <small>no source given</small></li>")
    return f'<ul class="mat-legend">{"".join(rows)}</ul>' if rows else ""


def _chip(number: int) -> str:
    return f'<span class="mat-chip mat-m{_colour(number)}">{_label(number)}</span>'


def _label(number: int) -> str:
    return f"S{number}" if number else "S?"


def _colour(number: int) -> int:
    """The number of a source's colour; 0, grey, where there is no source."""
    return (number - 1) % COLOURS + 1 if number else 0


def _numbers(analysis: Analysis) -> dict[int, int]:
    """The number of its source, for each attribution that has one."""
    return {index: number for number, source in enumerate(analysis.sources, 1) for index in source.attributions}


def _marks(analysis: Analysis) -> Iterator[_Mark]:
    size = len(analysis.article.text)
    found: list[tuple[Span | None, str, int]] = [(zone.span, "zone", i) for i, zone in enumerate(analysis.zones)]
    found += [(q.span, "quotation", i) for i, q in enumerate(analysis.quotations)]
    for i, a in enumerate(analysis.attributions):
        found += [(span, "content", i) for span in a.content] + [(a.cue, "cue", i), (a.source, "source", i)]
    for span, role, index in found:
        if span is not None and 0 <= span.start < span.end <= size:
            yield _Mark(span, role, index)


def _stretches(size: int, marks: Iterable[_Mark]) -> Iterator[tuple[Span, list[_Mark]]]:
    """The text cut at every end of a mark, with the marks that cover each piece, those that began first in front."""
    opening: dict[int, list[_Mark]] = defaultdict(list)
    edges = {0, size}
    for mark in marks:
        opening[mark.span.start].append(mark)
        edges.update(mark.span)
    active: list[_Mark] = []
    for start, end in pairwise(sorted(edges)):
        active = [mark for mark in active if mark.span.end > start] + opening.get(start, [])
        yield Span(start, end), active


def _text(analysis: Analysis, anchor: str) -> str:
    article = analysis.article
    numbers = _numbers(analysis)
    places = {_place(a): i for i, a in reversed(list(enumerate(analysis.attributions)))}
    pieces = [_piece(analysis, stretch, marks, numbers, places, anchor)
              for stretch, marks in _stretches(len(article.text), _marks(analysis))]  # fmt: skip
    language = f' lang="{article.language}"' if _LANGUAGE.fullmatch(article.language) else ""
    return f'<div class="mat-text"{language}>{"".join(pieces)}</div>'


def _place(attribution: Attribution) -> Span:
    """Where a reader is sent: the cue, or the content where there is none."""
    return attribution.cue or attribution.content[0]


def _piece(
    analysis: Analysis,
    stretch: Span,
    marks: list[_Mark],
    numbers: dict[int, int],
    places: dict[Span, int],
    anchor: str,
) -> str:
    """One stretch of text with its classes, labels, title and anchors."""
    words_here = shown(stretch.of(analysis.article.text))
    classes: list[str] = []
    labels: dict[str, str] = {}
    reasons: list[str] = []
    anchors = link = ""
    quoted = False
    for span, role, index in marks:
        if role == "zone":
            zone = analysis.zones[index]
            if zone.kind != "body":
                classes.append(f"mat-{zone.kind}")
                reasons.append(f"{zone.kind}: {zone.why}")
                if zone.kind == "junk" and span.end == stretch.end:
                    labels["data-junk"] = zone.why
        elif role == "quotation":
            quotation = analysis.quotations[index]
            term = quotation.kind in {"term", "title"}
            quoted = not term
            classes.append("mat-term" if term else "mat-quoted")
            reasons.append(f"quotation: {quotation.kind}{'' if quotation.closed else ', never closed'}")
        else:
            attribution = analysis.attributions[index]
            number = numbers.get(index, 0)
            reasons.append(_reason(analysis, index, role, number))
            if _place(attribution) == span and span.start == stretch.start:
                anchors += f'<i id="{anchor}-a{index + 1}"></i>'
            if attribution.depth:
                continue
            if places.get(span) == index:
                link = f' href="#{anchor}-w{index + 1}"'
            paint = "c" if role == "content" else "m"
            if not any(re.fullmatch(rf"mat-{paint}\d", name) for name in classes):  # the first to begin is shown
                classes += [f"mat-{paint}{_colour(number)}"]
            classes += [f"mat-{role}"] if f"mat-{role}" not in classes else []
            if role != "cue" and span.start == stretch.start:
                labels.setdefault(f"data-{role}", _label(number))
    if quoted and not any(name.startswith("mat-c") and name[5:].isdigit() for name in classes):
        classes.append("mat-c0")
    if not classes and not reasons:
        return anchors + words_here
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    attributes += "".join(f' {name}="{shown(value)}"' for name, value in sorted(labels.items()))
    attributes += f' title="{shown(chr(10).join(dict.fromkeys(reasons)))}"'
    tag = "a" if link else "span"
    return f"{anchors}<{tag}{attributes}{link}>{words_here}</{tag}>"


def _reason(analysis: Analysis, index: int, role: str, number: int) -> str:
    """What a reader sees on hover: role, source, kind, stance, confidence, evidence."""
    a = analysis.attributions[index]
    who = f"{_label(number)} {' '.join(analysis.sources[number - 1].name.split())}" if number else "no source"
    if a.depth:
        who = f"nested; {' '.join(a.source.of(analysis.article.text).split()) if a.source else 'no source'}"
    return f"{role} of attribution {index + 1} ({who}): {_judged(a)}; {a.evidence}"


def _judged(a: Attribution) -> str:
    return f"{a.kind}, {a.stance}, confidence {a.confidence:.2f}"


def _evidence(analysis: Analysis, anchor: str) -> str:
    """The attributions as a list, each linked to its place in the text."""
    if not analysis.attributions:
        return '<p class="mat-about">No attribution was found in this article.</p>'
    text = analysis.article.text
    numbers = _numbers(analysis)
    rows = []
    for index, a in enumerate(analysis.attributions):
        said = " … ".join(span.of(text) for span in a.content).split()
        excerpt = " ".join(said[:EXCERPT]) + (" …" if len(said) > EXCERPT else "")
        source = "none given" if a.follows is None else "goes on"
        if a.source:
            source = " ".join(a.source.of(text).split()).rstrip(",")
        cue = " ".join(a.cue.of(text).split()) if a.cue else "none"
        chip = '<span class="mat-chip mat-m0">nested</span>' if a.depth else _chip(numbers.get(index, 0))
        rows.append(
            f'<li id="{anchor}-w{index + 1}" value="{index + 1}">{chip} '
            f'<a href="#{anchor}-a{index + 1}"><bdi>{shown(excerpt)}</bdi></a> <small>source: '
            f"<bdi>{shown(source)}</bdi>; cue: <bdi>{shown(cue)}</bdi>; {shown(_judged(a))}. "
            f"Why: {shown(a.evidence)}.</small></li>"
        )
    return _fold("Evidence: " + counted(len(rows), "attribution"), f"<ol>{''.join(rows)}</ol>")


def _ledger(analysis: Analysis) -> str:
    """What was not counted as the article's body, and why."""
    text = analysis.article.text
    outside = [zone for zone in analysis.zones if zone.kind != "body"]
    if not outside:
        return ""
    size = len(words(text, [zone.span for zone in outside]))
    rows = "".join(
        f"<li>{shown(zone.kind)} <small>({shown(zone.why)})</small>: "
        f"<bdi>{shown(' '.join(zone.span.of(text).split()))}</bdi></li>"
        for zone in outside
    )
    title = f"Ledger: {counted(len(outside), 'stretch', 'es')}, {counted(size, 'word')}, not counted as body"
    return _fold(title, f"<ul>{rows}</ul>")


def _fold(title: str, inside: str) -> str:
    return f'<details class="mat-list"><summary>{title}</summary>{inside}</details>'


def counted(n: int, noun: str, plural: str = "s") -> str:
    """A number and its noun: ``1 word``, ``1,200 words``."""
    return f"{n:,} {noun}{'' if n == 1 else plural}"
