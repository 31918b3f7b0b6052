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
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from ..analysis import Analysis, analyze
from ..article import Article, Span
from ..metrics.right_of_reply import replies
from ..metrics.table import OUTSIDE, findings
from .margin import HUES, accused, colour, evidence, head, judged, label, ledger, numbers, place, shown, sources

KEY = (
    '<p class="mat-key">How to read it: <span class="mat-source mat-m1" data-source="S1">a source</span>, '
    '<span class="mat-cue mat-m1">the word that attributes</span>, '
    '<span class="mat-content mat-c1" data-content="S1">what is attributed</span>, '
    '<span class="mat-content mat-quoted mat-c1">more strongly where it is quoted</span>, '
    '<span class="mat-quoted mat-c0">quoted and attributed to nobody</span>, '
    '<span class="mat-term">a term or title in marks</span>, <span class="mat-junk">left out</span>. '
    "Point at a mark, tap it or tab to it to see why. A bold word leads to its row of evidence, and the row back.</p>"
)
_LINK = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _Mark(NamedTuple):
    """A span to be shown: ``role`` is zone, quotation, content, cue or source; ``which`` the index of its finding."""

    span: Span
    role: str
    which: int


def marked_up(x: Article | Analysis) -> str:
    """An article as one piece of HTML with its own styles, for a notebook or a page, in light and in dark.

    Sources are numbered S1, S2, … in the order of their first mention and have a colour each; their content is tinted
    (more where it is quoted), the cue underlined. Page furniture is greyed out with its kind. Marks say why when
    pointed at, and so do the lists below the text. Nested attributions stand there and in the list only. Characters
    that a page cannot hold are shown as U+FFFD. There is no script, and only http and https addresses are linked.

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
    page = _CLASS.sub(_inline, "".join(parts)).replace(_WHY, ' title="')  # a title needs no style sheet
    return f"<style>{stylesheet('markup.css')}</style>\n" + f'<div class="mat">{page}</div>\n'


_CLASS = re.compile(r'class="(mat-[^"]*)"')
_HUE = re.compile(r"mat-([mc])(\d)")
_WHY = ' data-why="'


def _inline(found: re.Match[str]) -> str:
    """A class attribute with the plainest of its styles beside it: JupyterLab takes the style sheet out of a notebook
    that it does not trust, so one that was cloned or sent would show bare text."""
    names = found[1].split()
    hues = {kind: HUES[int(number)] for kind, number in _HUE.findall(found[1])}
    mark, tint = hues.get("m", HUES[0]), hues.get("c", HUES[0])
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

    ``anchor`` begins every id in it. Whatever `table.evidence` lists can be linked to: a finding that begins at
    character 120 has the id of `place`.
    """
    if analysis.article.fault and not analysis.words:
        return f'<p class="mat-about">{shown(analysis.article.fault)}</p>'
    found = replies(analysis)
    starts = {span.start for one in found for span in one.accused}
    parts = [sources(analysis), _text(analysis, anchor, starts), evidence(analysis, anchor), accused(found, anchor)]
    return "\n".join(filter(None, [*parts, ledger(analysis)]))


@cache
def stylesheet(name: str) -> str:
    """A style sheet of the package, without comments and line breaks."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split())


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


def _marks(analysis: Analysis) -> Iterator[_Mark]:
    size = len(analysis.article.text)
    found: list[tuple[Span | None, str, int]] = [(zone.span, "zone", i) for i, zone in enumerate(analysis.zones)]
    found += [(q.span, "quotation", i) for i, q in enumerate(analysis.quotations)]
    for i, a in enumerate(analysis.attributions):
        found += [(span, "content", i) for span in a.content] + [(a.cue, "cue", i), (a.source, "source", i)]
    for span, role, index in found:
        if span is not None and 0 <= span.start < span.end <= size:
            yield _Mark(span, role, index)


def _stretches(size: int, marks: Iterable[_Mark], more: set[int]) -> Iterator[tuple[Span, list[_Mark]]]:
    """The text cut at every end of a mark and at ``more``, with the marks that cover each piece, oldest first."""
    opening: dict[int, list[_Mark]] = defaultdict(list)
    edges = {0, size, *more}
    for mark in marks:
        opening[mark.span.start].append(mark)
        edges.update(mark.span)
    active: list[_Mark] = []
    for start, end in pairwise(sorted(edges)):
        active = [mark for mark in active if mark.span.end > start] + opening.get(start, [])
        yield Span(start, end), active


def _text(analysis: Analysis, anchor: str, more: set[int]) -> str:
    article = analysis.article
    size = len(article.text)
    own = numbers(analysis)
    places = {head(a): i for i, a in reversed(list(enumerate(analysis.attributions)))}
    starts = more | {span.start for _, span, *_ in findings(analysis) if 0 <= span.start < size}
    gaps = {found.start(): found.end() for found in _GAP.finditer(article.text)}
    edges = starts | set(gaps) | set(gaps.values())
    pieces = [_piece(analysis, stretch, marks, own, places, anchor, stretch.start in starts)
              for stretch, marks in _stretches(size, _marks(analysis), edges)]  # fmt: skip
    language = f' lang="{article.language}"' if _LANGUAGE.fullmatch(article.language) else ""
    return f'<div class="mat-text"{language}>{"".join(pieces)}</div>'


def _piece(
    analysis: Analysis,
    stretch: Span,
    marks: list[_Mark],
    own: dict[int, int],
    places: dict[Span, int],
    anchor: str,
    begins: bool,
) -> str:
    """One stretch of text with its classes, labels, reasons and links; with an id where a finding begins."""
    text = stretch.of(analysis.article.text)
    words_here = shown(text)
    if "\n" in text and not text.strip() and not begins:  # the style sheet lowers empty lines, which must stand bare
        return words_here
    classes: list[str] = []
    labels: dict[str, str] = {}
    reasons: list[str] = []
    link = ""
    quoted = False
    for span, role, index in marks:
        if role == "zone":
            zone = analysis.zones[index]
            if zone.kind != "body":
                classes.append(f"mat-{zone.kind}")
                reasons.append(f"{zone.kind}: {zone.why}")
                if zone.kind == "junk" and span.start == stretch.start:
                    labels["data-junk"] = zone.why
        elif role == "quotation":
            quotation = analysis.quotations[index]
            term = quotation.kind in {"term", "title"}
            quoted = not term
            classes.append("mat-term" if term else "mat-quoted")
            outside = f"; {OUTSIDE}" * (quotation.paragraph < 0)
            reasons.append(f"quotation: {quotation.kind}{'' if quotation.closed else ', never closed'}{outside}")
        else:
            attribution = analysis.attributions[index]
            number = own.get(index, 0)
            reasons.append(_reason(analysis, index, role, number, whole=span.start == stretch.start))
            if attribution.depth:
                continue
            if places.get(span) == index:
                link = f' href="#{anchor}-w{index + 1}" aria-describedby="{anchor}-w{index + 1}"'
            paint = "c" if role == "content" else "m"
            if not any(re.fullmatch(rf"mat-{paint}\d", name) for name in classes):  # the first to begin is shown
                classes += [f"mat-{paint}{colour(number)}"]
            classes += [f"mat-{role}"] if f"mat-{role}" not in classes else []
            if role != "cue" and span.start == stretch.start:
                labels.setdefault(f"data-{role}", label(number))
    if quoted and not any(name.startswith("mat-c") and name[5:].isdigit() for name in classes):
        classes.append("mat-c0")
    attributes = f' id="{place(anchor, stretch.start)}"' if begins else ""
    attributes += f' class="{" ".join(classes)}"' if classes else ""
    attributes += "".join(f' {name}="{shown(value)}"' for name, value in sorted(labels.items()))
    attributes += f'{_WHY}{shown(chr(10).join(dict.fromkeys(reasons)))}"' if reasons and text.strip() else ""
    tag = "a" if link else "span"
    return f"<{tag}{attributes}{link}>{words_here}</{tag}>"


def _reason(analysis: Analysis, index: int, role: str, number: int, *, whole: bool) -> str:
    """What a reader sees on hover: role and source, and where the span begins kind, stance, confidence, evidence."""
    a = analysis.attributions[index]
    who = f"{label(number)} {' '.join(analysis.sources[number - 1].name.split())}" if number else "no source"
    if a.depth:
        who = f"nested; {' '.join(a.source.of(analysis.article.text).split()) if a.source else 'no source'}"
    outside = "" if a.depth or index in analysis.counted else f"; {OUTSIDE}"
    return f"{role} of attribution {index + 1} ({who})" + f": {judged(a)}; {a.evidence}{outside}" * whole
