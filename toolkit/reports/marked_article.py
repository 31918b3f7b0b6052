"""One article as HTML: its whole text, with who said what marked in it, and why.

Nothing is taken from the text and nothing added: numbers and labels are drawn by the style sheet. The stretches of
text are flat, cut wherever a span begins or ends, so tags never cross however the findings overlap.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from markupsafe import Markup

from ..analysis import Analysis, analyze
from ..article import Article, Span
from ..metrics.right_of_reply import replies
from ..metrics.table import OUTSIDE, findings
from . import margin
from .in_html import HUES, colour, filled, label, place, shown, stylesheet
from .margin import head, judged, numbers, one_line

_LINK = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
SIGN = 2  # letters; what is shorter is no line of its own
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
    title = article.title if article.title.strip() else ""
    page = filled("marked_article.html", title=title, about=about(article), section=section(analysis, anchor))
    page = Markup(_CLASS.sub(_inline, page).replace(_WHY, ' title="'))  # a title needs no style sheet
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


def section(analysis: Analysis, anchor: str, *, again: bool = True) -> Markup:
    """The article without styles, to stand in an element of class ``mat``: its sources, text, evidence and ledger.

    ``anchor`` begins every id in it. Whatever `table.evidence` lists can be linked to: a finding that begins at
    character 120 has the id of `place`. Without ``again`` a mark does not say itself what stands in the lists.
    """
    if analysis.article.fault and not analysis.words:
        return Markup('<p class="mat-about">{}</p>').format(shown(analysis.article.fault))
    found = replies(analysis)
    size, zones = margin.ledger(analysis)
    return filled(
        "section.html",
        anchor=anchor,
        sources=margin.sources(analysis),
        text=_text(analysis, anchor, {span.start for one in found for span in one.accused}, again=again),
        counts=margin.evidence_of(analysis),
        evidence=margin.evidence(analysis),
        accused=found,
        quotations=margin.quotations(analysis),
        corrections=[(str(one), place(anchor, one.span.start)) for one in analysis.corrections],
        size=size,
        ledger=zones,
    )


def without_text(analysis: Analysis) -> Markup:
    """Sources and attributions of an article by number, kind and character offsets, without a word of its text."""
    sources, rows = margin.sources(analysis, text=False), margin.evidence(analysis)
    return filled("offsets.html", sources=sources, counts=margin.evidence_of(analysis), evidence=rows)


def about(article: Article) -> dict[str, Any]:
    """What is known of the article, for one line; the address is a link if it is one of the web's."""
    known = [article.outlet, article.published, article.section, article.author]
    url = article.url.strip()
    linked = bool(_LINK.fullmatch(url))
    story = article.story.strip() and article.story
    return {"known": [value for value in known if value.strip()], "story": story, "url": url, "linked": linked}


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


def _text(analysis: Analysis, anchor: str, more: set[int], *, again: bool) -> Markup:
    article = analysis.article
    size = len(article.text)
    places = {head(a): i for i, a in reversed(list(enumerate(analysis.attributions)))}
    starts = more | {span.start for _, span, *_ in findings(analysis) if 0 <= span.start < size}
    gaps = {found.start(): found.end() for found in _GAP.finditer(article.text)}
    edges = starts | set(gaps) | set(gaps.values())
    page = _Page(analysis, anchor, numbers(analysis), places, starts, again)
    pieces = (page.piece(stretch, marks) for stretch, marks in _stretches(size, _marks(analysis), edges))
    language = f' lang="{article.language}"' if _LANGUAGE.fullmatch(article.language) else ""
    return Markup(f'<div class="mat-text"{language}>{"".join(pieces)}</div>')


@dataclass(slots=True)
class _Look:
    """How a stretch of text is shown: classes, labels, reasons, and the row of evidence that it leads to."""

    classes: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    row: int = 0
    quoted: bool = False

    def painted(self, kind: str) -> bool:
        """Whether it has a colour as a mark (m) or as content (c)."""
        return any(found[1] == kind for found in map(_HUE.fullmatch, self.classes) if found)


@dataclass(frozen=True, slots=True)
class _Page:
    """An article that is being marked up: the number of each attribution's source, the attribution that a place leads
    to, where findings begin, and whether a mark says what its row of evidence says."""

    analysis: Analysis
    anchor: str
    own: dict[int, int]
    places: dict[Span, int]
    starts: set[int]
    again: bool

    def piece(self, stretch: Span, marks: list[_Mark]) -> Markup:
        """One stretch of text with its classes, labels, reasons and links; with an id where a finding begins."""
        text, begins = stretch.of(self.analysis.article.text), stretch.start in self.starts
        if "\n" in text and not text.strip() and not begins:  # the style sheet lowers empty lines, which stand bare
            return shown(text)
        look = _Look()
        for mark in marks:
            show = {"zone": self._zone, "quotation": self._quotation}.get(mark.role, self._attribution)
            show(look, mark, mark.span.start == stretch.start)
        if look.quoted and not look.painted("c"):
            look.classes.append("mat-c0")
        given = {"id": place(self.anchor, stretch.start)} if begins else {}
        given |= {"class": " ".join(look.classes)} if look.classes else {}
        given |= dict(sorted(look.labels.items()))
        given |= {"data-why": "\n".join(dict.fromkeys(look.reasons))} if look.reasons and text.strip() else {}
        ends = text.strip() and self.analysis.article.text.startswith("\n", stretch.end)
        if not given and len(text.strip()) < SIGN and not ends:  # a blank or a stop between marks
            return shown(text)
        if look.row:
            if not self.again and len(look.reasons) == 1:
                given.pop("data-why", None)
            row = f"{self.anchor}-w{look.row}"
            given |= {"href": f"#{row}", "aria-describedby": row}
        attributes = Markup("").join(Markup(' {}="{}"').format(name, shown(value)) for name, value in given.items())
        return Markup("<{0}{1}>{2}</{0}>").format("a" if look.row else "span", attributes, shown(text))

    def _zone(self, look: _Look, mark: _Mark, begins: bool) -> None:
        zone = self.analysis.zones[mark.which]
        if zone.kind != "body":
            look.classes.append(f"mat-{zone.kind}")
            look.reasons.append(f"{zone.kind}: {zone.why}")
            if zone.kind == "junk" and begins:
                look.labels["data-junk"] = zone.why

    def _quotation(self, look: _Look, mark: _Mark, begins: bool) -> None:
        quotation = self.analysis.quotations[mark.which]
        look.quoted = quotation.kind not in {"term", "title"}
        look.classes.append("mat-quoted" if look.quoted else "mat-term")
        outside = f"; {OUTSIDE}" * (quotation.paragraph < 0)
        look.reasons.append(f"quotation: {quotation.kind}{'' if quotation.closed else ', never closed'}{outside}")

    def _attribution(self, look: _Look, mark: _Mark, begins: bool) -> None:
        number = self.own.get(mark.which, 0)
        look.reasons += filter(None, [self._reason(mark, number, whole=begins)])
        if self.analysis.attributions[mark.which].depth:
            return
        if self.places.get(mark.span) == mark.which:
            look.row = mark.which + 1
        paint = "c" if mark.role == "content" else "m"
        if not look.painted(paint):  # the first to begin is shown
            look.classes.append(f"mat-{paint}{colour(number)}")
        if f"mat-{mark.role}" not in look.classes:
            look.classes.append(f"mat-{mark.role}")
        if mark.role != "cue" and begins:
            look.labels.setdefault(f"data-{mark.role}", label(number))

    def _reason(self, mark: _Mark, number: int, *, whole: bool) -> str:
        """What a reader sees on hover: role and source, and where the span begins why: of a cue why it was found, of a
        source whom it means and, where it first stands, what it is taken for."""
        a, text = self.analysis.attributions[mark.which], self.analysis.article.text
        who = f"{label(number)} {one_line(self.analysis.sources[number - 1].name)}" if number else "no source"
        if a.depth:
            who = f"nested; {one_line(a.source.of(text)) if a.source else 'no source'}"
        told = []
        if mark.role == "source" and number:
            source = self.analysis.sources[number - 1]
            first = mark.span.start <= min(source.mentions, default=mark.span).start
            told = [margin.meant(source, text, mark.span), source.why * (first and self.again)]
        elif mark.span == head(a):
            told = [judged(a), a.evidence, margin.standing(self.analysis, mark.which)]
        elif mark.role == "content":
            told = [a.kind]
        more = "; ".join(filter(None, told)) if whole else ""
        if not self.again and not a.depth:
            return f"{who}: {more}" if more else ""  # the label says whose it is
        return f"{mark.role} of attribution {mark.which + 1} ({who})" + f": {more}" * bool(more)
