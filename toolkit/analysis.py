"""Runs the finders once, in order, and holds what they found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from .article import FILL, Article, Span, Zone
from .attribution import attributions as _attribution
from .attribution import engines, linker, quotation_marks
from .attribution.attributions import Annotator, Attribution
from .attribution.quotation_marks import Quotation
from .attribution.tagger import Network, one_thread
from .corrected import Corrected, Corrections
from .language import legible, segmentation
from .people import sources
from .people.bearers import Register
from .people.register import register
from .people.sources import Source
from .reading import corrections as by_hand
from .reading import page_zones
from .reading.columns import article_of

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Analysis:
    """Everything found in one article, as spans into its unchanged text.

    ``paragraphs``, ``sentences`` and ``words`` are those of the body. ``quotations`` and ``attributions`` are looked
    for in headline, deck and captions too; ``quoted``, ``counted`` and ``cited`` are those that go into the numbers.
    ``corrections`` are those made by hand, each with what came of it.
    """

    article: Article
    zones: tuple[Zone, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    annotator: str = ""
    corrections: tuple[Corrected, ...] = ()

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words of the body, cut when first asked for."""
        return tuple(segmentation.words(self.text, self.paragraphs))

    @cached_property
    def text(self) -> str:
        """The article's text as it is meant to be read, which is what was analysed; as long as `Article.text`."""
        return legible.legible(self.article.text)

    @cached_property
    def quoted(self) -> tuple[Quotation, ...]:
        """The quoted runs that count: of speech or of a document, in the body; one that goes on is a run again."""
        return tuple(q for q in self.quotations if q.paragraph >= 0 and q.kind in {"speech", "document"})

    @cached_property
    def counted(self) -> frozenset[int]:
        """The indices of the attributions that count: of the body, and not inside another one."""
        attributions = enumerate(self.attributions)
        return frozenset(i for i, a in attributions if not a.depth and self.in_body(a.cue or a.content[0]))

    @cached_property
    def cited(self) -> tuple[Source, ...]:
        """The sources that count: those of an attribution that does."""
        return tuple(source for source in self.sources if not self.counted.isdisjoint(source.attributions))

    def in_body(self, span: Span) -> bool:
        """Whether a span stands in a paragraph of the body."""
        last = bisect_right(self.paragraphs, (span.end - 1,)) - 1
        return last >= 0 and self.paragraphs[last].overlaps(span)

    def source_of(self, index: int) -> Source | None:
        """The source of the attribution with that index; None where it has none."""
        return self.speakers().get(index)

    def speakers(self) -> dict[int, Source]:
        """The source of each attribution that has one, by index."""
        return self._speakers

    @cached_property
    def _speakers(self) -> dict[int, Source]:
        return {index: source for source in self.sources for index in source.attributions}

    def once(self, work: Callable[[Analysis], T]) -> T:
        """What a function of an analysis gives for this one, worked out when first asked for, then kept.

        For what several readers of an analysis need and modules above this one find, such as replies and hedges.
        """
        if work not in self._kept:
            self._kept[work] = work(self)
        found: T = self._kept[work]
        return found

    @cached_property
    def _kept(self) -> dict[Callable[[Analysis], Any], Any]:
        return {}

    def __repr__(self) -> str:
        n = {"words": len(self.words), "quotations": sum(not q.continued for q in self.quoted)}
        n |= {"attributions": len(self.counted), "sources": len(self.cited)}
        return f"<Analysis of {self.article.id or 'a text'}: {', '.join(f'{n[name]} {name}' for name in n)}>"

    def _repr_html_(self) -> str:
        from . import reports

        return reports.marked_up(self)


@one_thread()
def analyze(
    article: str | Article,
    *,
    engine: str = engines.DEFAULT,
    tagger: Network | None = None,
    annotator: Annotator | None = None,
    corrections: by_hand.Given = (),
) -> Analysis:
    """Finds zones, sentences, words, quotations, attributions and sources of an article or of a plain text.

    Any text gives an analysis, an empty one too; for what is no text, such as a file's name, `ArticleError` says so.
    ``engine``: "accurate", or "fast", which takes a quarter of the time and errs more (`engines`).
    Attributions are proposed by its tagger, by ``tagger`` with weights of your own (`tagger.load`), or by any
    ``annotator`` in its place, codes set by hand for one. The analysis keeps who it was: "tagger" and the digest of its
    weights, or the annotator's name. ``corrections``: a file of yours (`reading.corrections`), or its lines, beside
    those that the article has; for a line that fits nothing a `CorrectionWarning` says why.

    >>> found = analyze("“We are done,” said Mayor Ilse Brandt. The council meets on Friday.")
    >>> [source.name for source in found.sources], len(found.sentences)
    (['Ilse Brandt'], 2)
    """
    if annotator is None:
        annotator = linker.by_tagger(tagger or engines.tagger(engine))
    article = by_hand.corrected(article_of(article), corrections)
    text = legible.legible(article.text)
    lines = Corrections(text, article.corrections)
    zones = lines.zones(_zones(article, text))
    passages, sentences = _passages(text, zones)
    quoted = quotation_marks.find(text, passages)
    passage = _attribution.Passage(text, passages, sentences, quoted, _places(zones))
    proposed = annotator(passage)
    labelled = getattr(proposed, "labelled", None)  # a tagger's, not those of codes by hand
    attributions = lines.attributions(_attribution.attribute(passage, lambda _: lines.findings(proposed, quoted)))
    who = register(text, passages, outlet=article.outlet)
    names = who.kept()
    found = sources.fold(
        text, passages, attributions, outlet=article.outlet, byline=article.author, who=who, labelled=labelled
    )
    found = lines.sources(found, attributions)
    quoted = lines.quotations(_settled(quoted, attributions, found))
    lines.warn()
    if text != article.text:
        quoted, sentences, attributions, found = _as_written(article.text, text, quoted, sentences, attributions, found)
    body, in_body = _body(zones, sentences)
    own = {paragraph.start: i for i, paragraph in enumerate(body)}
    numbered = tuple(replace(q, paragraph=own.get(passages[q.paragraph].start, -1)) for q in quoted)
    name = str(getattr(annotator, "__name__", type(annotator).__name__)).removeprefix("by_")
    out = Analysis(article, zones, body, in_body, numbered, attributions, found, name, lines.outcomes)
    if text == article.text:
        out._kept[named] = names
    return out


def named(analysis: Analysis) -> Register:
    """Who is named where in an article, without what its source phrases tell; ask by `Analysis.once`."""
    passages = [zone.span for zone in analysis.zones if zone.kind in page_zones.EDITORIAL]
    return register(analysis.article.text, passages, outlet=analysis.article.outlet)


def laid_out(article: str | Article) -> Analysis:
    """An article with its zones, paragraphs and sentences: what is quoted, and who speaks, is not looked for.

    One with corrections by hand is analysed as a whole, so that they hold.

    >>> found = laid_out("“We are done,” said Mayor Ilse Brandt.")
    >>> len(found.words), found.quotations
    (7, ())
    """
    article = article_of(article)
    if article.corrections:
        return analyze(article)
    text = legible.legible(article.text)
    zones = _zones(article, text)
    _, sentences = _passages(text, zones)
    if text != article.text:
        _, sentences, _, _ = _as_written(article.text, text, (), sentences, (), ())
    return Analysis(article, zones, *_body(zones, sentences), (), (), ())


def _zones(article: Article, text: str) -> tuple[Zone, ...]:
    """The zones of an article whose text is meant to be read so."""
    return page_zones.zones(article if text == article.text else replace(article, text=text))


def _passages(text: str, zones: Iterable[Zone]) -> tuple[list[Span], list[Span]]:
    """What the newsroom wrote, and its sentences."""
    passages = [zone.span for zone in zones if zone.kind in page_zones.EDITORIAL]
    return passages, segmentation.sentences(text, passages)


def _places(zones: Iterable[Zone]) -> list[int]:
    """A number for each passage: what stands above the body is apart from it and from what stands there beside it."""
    out, before, n = [], "", 0
    for kind in (zone.kind for zone in zones if zone.kind in page_zones.EDITORIAL):
        apart = kind != before and bool({kind, before} & {"headline", "deck"})
        n += _attribution.ASIDE if apart else 1
        out.append(n)
        before = kind
    return out


def _body(zones: Iterable[Zone], sentences: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The paragraphs of the body, and the sentences in them."""
    body = tuple(zone.span for zone in zones if zone.kind == "body")
    return body, tuple(s for s in sentences if _within(s, body))


def _settled(
    quoted: Sequence[Quotation], attributions: Sequence[Attribution], found: Sequence[Source]
) -> tuple[Quotation, ...]:
    """The quoted runs with their kinds, now that it is known who is quoted."""
    written = {
        i for source in found if source.kind in {"document_or_data", "media_outlet"} for i in source.attributions
    }
    return quotation_marks.settle(
        quoted,
        spoken=[a.content[0] for a in attributions if a.kind == "direct" and a.cue and len(a.content) == 1],
        written=[span for i in sorted(written) for span in attributions[i].content],
    )


def _as_written(
    text: str,
    read: str,
    quoted: Sequence[Quotation],
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    found: Sequence[Source],
) -> tuple[tuple[Quotation, ...], list[Span], tuple[Attribution, ...], tuple[Source, ...]]:
    """What was found in a text as it is meant to be read: whole entities and broken signs, names without fill."""

    def whole(span: Span) -> Span:
        return legible.widened(span, text, read)

    def apart(spans: Iterable[Span]) -> list[Span]:
        """Whole spans, each ended by the next one."""
        out = list(map(whole, spans))
        return [Span(a.start, min(a.end, b.start)) for a, b in pairwise([*out, Span(len(text), len(text))])]

    return (
        tuple(
            replace(q, span=span, content=Span(min(q.content.start, span.end), min(q.content.end, span.end)))
            for q, span in zip(quoted, apart(q.span for q in quoted), strict=True)
        ),
        apart(sentences),
        tuple(replace(a, content=tuple(map(whole, a.content))) for a in attributions),
        tuple(replace(source, name=source.name.replace(FILL, "")) for source in found),
    )


def _within(span: Span, sorted_spans: tuple[Span, ...]) -> bool:
    i = bisect_right(sorted_spans, span.start, key=lambda s: s.start) - 1
    return i >= 0 and span.start < sorted_spans[i].end
