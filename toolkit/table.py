"""Many articles: a row of numbers for each, and the words behind the numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, overload

from . import hedging, readability, reading, reply
from .analysis import Analysis, analyze
from .article import Article, Span
from .metrics import METRICS, row
from .progress import bar
from .sources import Source
from .sourcing import attributed, spoken, transparent

if TYPE_CHECKING:
    import pandas as pd

EMPTY = "no text: the article has no words in its body; check the text column."
OUTSIDE = "not in the body, not counted"
EVIDENCE = ("id", "what", "start", "end", "words", "why", "counted")


@overload
def measure(x: str | Article | Analysis, *, progress: bool | None = None) -> dict[str, Any]: ...
@overload
def measure(x: pd.DataFrame | Iterable[Article | Analysis], *, progress: bool | None = None) -> pd.DataFrame: ...
def measure(
    x: str | Article | Analysis | pd.DataFrame | Iterable[Article | Analysis], *, progress: bool | None = None
) -> dict[str, Any] | pd.DataFrame:
    """The numbers of `METRICS` for one article (a dict) or for many (a table, one row an article, none lost).

    A table needs a column ``text`` (or one of its aliases); its index and columns stay, without the text, and the
    metrics, ``cautions`` and ``error`` are added. A list of articles gives the columns of `reading.frame`.
    ``cautions`` says why the readability scores deserve little trust (a short text, another language), ``error`` in
    one sentence why an article could not be measured; its metrics are NaN then. ``progress``: see `progress.bar`.
    Raises `ArticleError` for a table without a text column.

    >>> measure("The mayor quit. “I am tired,” she said.")["quoted_words"]
    3
    """
    if isinstance(x, str | Article | Analysis):
        return _row(x)
    import pandas as pd

    if isinstance(x, pd.DataFrame):
        articles: list[Article | Analysis] = list(reading.articles(x))
        known = x.drop(columns=[c for c in x.columns if str(c).lower() in reading.TEXT_NAMES])
        known = known.drop(columns=[c for c in known.columns if c in METRICS or c in ("cautions", "error")])
        names = {str(c): _known_name(str(c)) for c in known.columns}
        known = known.rename(columns={old: new for old, new in names.items() if new not in known.columns})
    else:
        articles = list(x)
        plain = (a.article if isinstance(a, Analysis) else a for a in articles)
        known = reading.frame(replace(article, text="") for article in plain).drop(columns="text")
    rows = [_row(article) for article in bar(articles, "measuring", progress=progress)]
    measured = pd.DataFrame(rows, columns=[*METRICS, "cautions", "error"], index=known.index)
    measured = measured.astype(dict.fromkeys(METRICS, float) | {"cautions": object, "error": object})
    return pd.concat([known, measured], axis=1)


def _known_name(column: str) -> str:
    """The name that the toolkit's tables give to a column."""
    return next((names[0] for names in reading.NAMES.values() if column.lower() in (n.lower() for n in names)), column)


def _row(x: str | Article | Analysis) -> dict[str, Any]:
    analysis = x if isinstance(x, Analysis) else analyze(x)
    error = "" if analysis.words else EMPTY
    each = readability.count_each(analysis.article.text, analysis.sentences)
    values = row(analysis, each) if analysis.words else dict.fromkeys(METRICS, math.nan)
    cautions = readability.cautions(sum(each, readability.Counts())) if analysis.words else ()
    return {**values, "cautions": " ".join(cautions), "error": error}


def evidence(
    x: str | Article | Analysis | pd.DataFrame | Iterable[Article | Analysis], *, progress: bool | None = None
) -> pd.DataFrame:
    """The words behind the numbers: one row a finding, with offsets into the unchanged text.

    Columns: ``id`` of the article, ``what`` (a zone's kind, ``sentence``, ``quotation: speech``, ``content:
    indirect``, ``cue: doubting``, ``source: named_person``, ...), ``start`` and ``end`` (half-open), the ``words``
    that stand there, ``why`` they were taken for that, and as what they are ``counted``: the metric to which the row
    adds one (of a share or rate: to what is divided), so that ``counted == "sources"`` has as many rows as the article
    has sources; ``""`` for what adds to none, such as what stands in another attribution or not in the body.
    ``progress``: see `progress.bar`.
    """
    import pandas as pd

    found = []
    for article in bar(articles_of(x), "gathering evidence", progress=progress):
        analysis = article if isinstance(article, Analysis) else analyze(article)
        text, name = analysis.article.text, analysis.article.id
        found += [(name, what, *span, span.of(text), why, counts) for what, span, why, counts in findings(analysis)]
    table = pd.DataFrame(found, columns=list(EVIDENCE), dtype=object)  # words may hold what no file can
    return table.astype({"start": int, "end": int})


def articles_of(
    x: str | Article | Analysis | pd.DataFrame | Iterable[str | Article | Analysis],
) -> list[str | Article | Analysis]:
    """The articles, whether one is given, several, or a table with their texts; `ArticleError` for another table."""
    import pandas as pd

    if isinstance(x, str | Article | Analysis):
        return [x]
    return list(reading.articles(x) if isinstance(x, pd.DataFrame) else x)


def hardest(x: str | Article | Analysis, n: int = 5) -> pd.DataFrame:
    """The ``n`` sentences and the ``n`` words of the body that raise its Flesch-Kincaid grade most, costliest first.

    Columns as in `evidence`, but for ``counted``; ``what`` is ``hard sentence`` or ``hard word`` (a row for each place
    where the word stands); ``why`` tells by how much the grade would fall without the sentence, or with a short word in
    all places.

    >>> hardest("The legislature met. Lee told the legislature to wait.", n=1)[["what", "words"]].values.tolist()
    [['hard sentence', 'The legislature met.'], ['hard word', 'legislature'], ['hard word', 'legislature']]
    """
    import pandas as pd

    analysis = x if isinstance(x, Analysis) else analyze(x)
    text, name = analysis.article.text, analysis.article.id
    found = [
        (name, "hard sentence", *span, span.of(text), f"raises the grade by {cost:.2f}")
        for span, cost in readability.costliest(text, analysis.sentences, n)
    ]
    for places, cost in readability.costliest_words(text, analysis.sentences, n):
        why = f"raises the grade by {cost:.2f} in {len(places)} place{'s' * (len(places) > 1)}"
        found += [(name, "hard word", *span, span.of(text), why) for span in places]
    return pd.DataFrame(found, columns=list(EVIDENCE[:-1]))


def findings(analysis: Analysis) -> list[tuple[str, Span, str, str]]:
    """What was found in an article, where, why, and to which metric it adds one, in the order of the text."""
    out = [(zone.kind, zone.span, zone.why, "") for zone in analysis.zones if zone.kind != "body"]
    out += [("sentence", span, "", "sentences") for span in analysis.sentences]
    for q in analysis.quotations:
        why = ["goes on from the paragraph before"] * q.continued + ["the mark is never closed"] * (not q.closed)
        counts = "" if q.paragraph < 0 or q.continued else "quotations" if q in analysis.quoted else "term_runs"
        out.append((f"quotation: {q.kind}", q.span, "; ".join([*why, *[OUTSIDE] * (q.paragraph < 0)]), counts))
    out += _attributions(analysis)
    rates = {("hedge", "own voice"): "hedges_per_1000", ("hedge", "quotation"): "hedges_quoted_per_1000"}
    rates |= {("hearsay", voice): "hearsay_per_1000" for voice in ("own voice", "attributed")}
    out += [(kind, span, voice, rates.get((kind, voice), "")) for kind, span, voice in hedging.find(analysis)]
    for one in reply.replies(analysis):
        who, status = f"{one.name}; {one.why}", f"reply: {one.status}"
        out += [("accused", span, who, "" if k else "accused") for k, span in enumerate(one.accused)]
        out += [(status, span, who, "" if k else "reply_share") for k, span in enumerate(one.evidence)]
    return sorted(out, key=lambda row: (row[1], row[0]))


def _attributions(analysis: Analysis) -> Iterator[tuple[str, Span, str, str]]:
    """The contents, cues and sources of an article; the first content counts an attribution."""
    speakers: dict[int, list[Source]] = defaultdict(list)  # two joined names are two sources
    first: dict[int, list[Source]] = defaultdict(list)  # the sources that count, where they do
    for source in analysis.sources:
        for i in source.attributions:
            speakers[i].append(source)
    for source in analysis.cited:
        own = sorted(analysis.counted.intersection(source.attributions))
        first[next((i for i in own if analysis.attributions[i].source), own[0])].append(source)
    for i, a in enumerate(analysis.attributions):
        who = " and ".join(source.name for source in speakers[i])
        nested, counts = "nested " * (a.depth > 0), i in analysis.counted
        why = "; ".join(filter(None, (who, a.evidence, "" if a.depth or counts else OUTSIDE)))
        for k, span in enumerate(a.content):
            yield f"{nested}content: {a.kind}", span, why, "attributions" if counts and not k else ""
        if a.cue:
            yield f"{nested}cue: {a.stance}", a.cue, why, "denials" if counts and a.stance == "denial" else ""
        for source in speakers[i] if a.source else first[i]:
            what = f"{nested}source: {source.kind}{', anonymous' * source.anonymous}"
            yield what, a.source or source.mentions[0], why, "sources" if source in first[i] else ""
        if a.source and not speakers[i]:
            yield f"{nested}source: unresolved", a.source, why, ""


def source_kinds(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """How many distinct sources of each kind every article has in its body: columns outlet, id, kind, n."""
    return _counted(analyses, ("kind",), lambda analysis: ((source.kind,) for source in analysis.cited))


def roles(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """How many distinct sources of each role an article has in its body: columns outlet, id, role, anonymous, n."""
    return _counted(
        analyses,
        ("role", "anonymous"),
        lambda analysis: ((source.role, source.anonymous) for source in analysis.cited),
    )


def stances(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """How each kind of source is introduced: columns outlet, id, kind, stance, n (attributions of the body).

    ``kind`` is ``none`` where an attribution has no source.
    """

    def each(analysis: Analysis) -> Iterator[tuple[str, str]]:
        for a, source in attributed(analysis).values():
            yield (source.kind if source else "none"), a.stance

    return _counted(analyses, ("kind", "stance"), each)


def transparency(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """How much the reader is told of each source: columns outlet, id, name, kind, role, transparent, words.

    ``transparent`` is fully identified, anonymous or partly; ``words`` are those of the body attributed to it.
    """
    import pandas as pd

    columns = ["outlet", "id", "name", "kind", "role", "transparent", "words"]
    rows = []
    for analysis in analyses:
        for source, words in spoken(analysis):
            known = "fully identified" if transparent(source) else "anonymous" if source.anonymous else "partly"
            rows.append((*_named(analysis), source.name, source.kind, source.role, known, words))
    return pd.DataFrame(rows, columns=columns)


def strip(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Whose words follow each other in each body: columns outlet, id, start, stop, kind, name.

    ``start`` and ``stop`` are shares (0..1) of the body's words; the rows of an article follow each other without a
    gap. ``kind`` is ``own voice`` (the reporter's), the kind of the source to whom the words are attributed, or
    ``none`` (attributed to nobody); ``name`` is the source's, ``""`` without one.

    >>> strip([analyze("It rains. “We are done here,” said Ilse Brandt.")])[["stop", "kind"]].values.tolist()
    [[0.2222222222222222, 'own voice'], [0.6666666666666666, 'named_person'], [1.0, 'own voice']]
    """
    import pandas as pd

    rows = []
    for analysis in analyses:
        starts = [word.start for word in analysis.words]
        owners = [("own voice", "")] * len(starts)
        for a, source in attributed(analysis).values():
            owner = (source.kind, source.name) if source else ("none", "")
            for span in a.content:
                first, stop = bisect_left(starts, span.start), bisect_left(starts, span.end)
                owners[first:stop] = [owner] * (stop - first)
        at = 0
        for owner, run in groupby(owners):
            length = len(list(run))
            rows.append((*_named(analysis), at / len(starts), (at + length) / len(starts), *owner))
            at += length
    return pd.DataFrame(rows, columns=["outlet", "id", "start", "stop", "kind", "name"])


def reply_table(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Whom each article accuses or doubts, and whether their answer stands in it: candidates, never a verdict.

    Columns: outlet, id, name, status (one of `reply.STATUSES`), accused and evidence (the words), why.
    """
    import pandas as pd

    rows = []
    for analysis in analyses:
        text = analysis.article.text
        for one in reply.replies(analysis):
            words = ("; ".join(span.of(text) for span in spans) for spans in (one.accused, one.evidence))
            rows.append((*_named(analysis), one.name, one.status, *words, one.why))
    return pd.DataFrame(rows, columns=["outlet", "id", "name", "status", "accused", "evidence", "why"])


def quote_positions(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Where the quotations of each body begin: columns outlet, id, position (0..1 of the words), words (its length).

    A quotation that runs over several paragraphs is one.
    """
    import pandas as pd

    rows: list[list[Any]] = []
    for analysis in analyses:
        starts = [word.start for word in analysis.words]
        for q in analysis.quoted:
            first, stop = bisect_left(starts, q.content.start), bisect_left(starts, q.content.end)
            if not q.continued:
                rows.append([*_named(analysis), first / len(starts), stop - first])
            elif rows:
                rows[-1][-1] += stop - first
    return pd.DataFrame(rows, columns=["outlet", "id", "position", "words"])


def _named(analysis: Analysis) -> tuple[str, str]:
    return analysis.article.outlet, analysis.article.id


def _counted(
    analyses: Iterable[Analysis], columns: Sequence[str], each: Callable[[Analysis], Iterable[tuple[object, ...]]]
) -> pd.DataFrame:
    """How often each combination occurs in every article."""
    import pandas as pd

    rows = [(*_named(analysis), *key, n) for analysis in analyses for key, n in Counter(each(analysis)).items()]
    return pd.DataFrame(rows, columns=["outlet", "id", *columns, "n"])
