"""Many articles: a row of numbers for each, and the words behind the numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ..analysis import Analysis, analyze, laid_out
from ..article import Article, ArticleError, Span, ToolkitError
from ..attribution import engines
from ..language import legible, readability
from ..people.sources import Source
from ..progress import bar
from ..reading import corrections as by_hand
from ..reading.columns import apart
from ..reading.files import short
from . import given, hedging, right_of_reply
from .dictionary import LAID_OUT, METRICS, Metric
from .facts import Facts
from .sourcing import attributed, introduced, spoken, transparent

if TYPE_CHECKING:
    import pandas as pd

EMPTY = "no text: the article has no words in its body; check the text column."
SAID = ("cautions", "error")
T = TypeVar("T")
U = TypeVar("U")
OUTSIDE = "not in the body, not counted"
EVIDENCE = ("id", "what", "start", "end", "words", "why", "counted")


@overload
def measure(  # type: ignore[overload-overlap]  # a str is one text, not its characters
    x: str | Article | Analysis | Mapping[str, object],
    *,
    metrics: str | Iterable[str] | None = ...,
    columns: Mapping[str, str] | None = ...,
    corrections: by_hand.Given = ...,
    engine: str = ...,
    progress: bool | None = ...,
) -> dict[str, Any]: ...
@overload
def measure(
    x: pd.DataFrame | pd.Series[Any] | Iterable[object],
    *,
    metrics: str | Iterable[str] | None = ...,
    columns: Mapping[str, str] | None = ...,
    corrections: by_hand.Given = ...,
    engine: str = ...,
    progress: bool | None = ...,
) -> pd.DataFrame: ...
def measure(
    x: object,
    *,
    metrics: str | Iterable[str] | None = None,
    columns: Mapping[str, str] | None = None,
    corrections: by_hand.Given = (),
    engine: str = engines.DEFAULT,
    progress: bool | None = None,
) -> dict[str, Any] | pd.DataFrame:
    """The numbers of `METRICS` for one article (a dict) or for many (a table, one row an article, none lost).

    One: a text, an article, an analysis, or a row of a table (a dict, a Series). Many: a table, a column of texts, or a
    list, array or generator of any of these. A table needs a column ``text`` (or another name of `columns.NAMES`, or
    the one that ``columns`` names: ``{"text": "Volltext"}``); its index and columns stay, without the text, and the
    metrics, ``cautions`` and ``error`` are added; a column of the user's that is called like one of these has
    ``_given`` behind its name. A column of texts keeps its index. Other articles give the columns of `columns.frame`.

    ``metrics``: the names of the numbers wanted, or of groups of them (`dictionary.GROUPS`); without it all of them.
    Who is quoted and who is meant is not looked for where only length and readability are wanted, which is then
    about twenty times as fast.
    ``cautions`` says why the numbers deserve little trust (a short text, another language, one that is cut, broken
    signs), ``error`` in one sentence why an article could not be measured, whatever the reason; its metrics are NaN
    then.
    ``corrections``: a file of yours, or its lines (`reading.corrections`). ``engine``: see `analyze`.
    ``progress``: see `progress.bar`. Raises `ArticleError` for a table without a text column and for a single thing
    that is no article, such as a file's name, `ToolkitError` for an unknown metric or engine.

    >>> measure("The mayor quit. “I am tired,” she said.")["quoted_words"]
    3
    >>> measure("The mayor quit.", metrics="length")
    {'words': 3, 'sentences': 1, 'paragraphs': 1, 'junk_words': 0, 'cautions': 'The text has 3 words; ...', 'error': ''}
    """
    engines.check(engine)
    wanted = METRICS if metrics is None else METRICS.chosen(metrics)
    single = given.one(x, columns, corrections)
    if single is not None:
        return _row(single, wanted, engine)
    import pandas as pd

    articles, known, ours = given.many(x, columns, corrections)
    rows = [_row(article, wanted, engine) for article in bar(articles, "measuring", progress=progress)]
    measured = pd.DataFrame(rows, columns=[*wanted, *SAID], index=known.index)
    measured = measured.astype(dict.fromkeys(wanted, float) | dict.fromkeys(SAID, object))
    taken = {*wanted, *SAID}
    if taken <= set(known.columns):  # measured before
        known = known.drop(columns=list(taken))
    known = known.rename(columns={name: apart(name, taken) for name in known.columns if isinstance(name, str)})
    return pd.concat([known.iloc[:, :ours], measured, known.iloc[:, ours:]], axis=1)


def analysed(x: Article | Analysis, how: Callable[[Article], Analysis] = analyze) -> Analysis:
    """The analysis; where the toolkit fails on an article, one without findings whose article has a `fault`."""
    if isinstance(x, Analysis):
        return x
    found = _tried(how, x)
    return failed(x, found) if isinstance(found, str) else found


def failed(x: Article | Analysis, why: str) -> Analysis:
    """The analysis of an article in which nothing could be found: without its text, on which anything might fail."""
    article = x.article if isinstance(x, Analysis) else x
    annotator = x.annotator if isinstance(x, Analysis) else ""
    return Analysis(replace(article, text="", fault=why), (), (), (), (), (), (), annotator)


def _tried(work: Callable[[U], T], x: U) -> T | str:
    """What the work gives, or the sentence for ``error``: one article's fault is not that of the others."""
    try:
        return work(x)
    except Exception as error:  # whatever it is: the only place that asks for all
        if isinstance(error, ToolkitError):
            return str(error)
        return f"The toolkit failed on this article ({type(error).__name__}: {short(error)}); please report it."


def _row(x: Article | Analysis, wanted: Mapping[str, Metric], engine: str) -> dict[str, Any]:
    whole = {one.group for one in wanted.values()} - LAID_OUT
    found = analysed(x, partial(analyze, engine=engine) if whole else laid_out)
    nothing = dict.fromkeys(wanted, math.nan) | {"cautions": ""}
    if not found.words:
        return nothing | {"error": found.article.fault or EMPTY}
    values = _tried(partial(_numbers, wanted), found)
    return nothing | {"error": values} if isinstance(values, str) else values | {"error": ""}


def _numbers(wanted: Mapping[str, Metric], analysis: Analysis) -> dict[str, Any]:
    if cut := legible.CUT.search(analysis.article.text):
        raise ArticleError(
            f"The text is cut, it ends in “{cut[1]}”, and its numbers would not be those of the whole article: save "
            "the page behind its address and measure that, or take the mark off to measure the beginning alone."
        )
    facts = Facts(analysis)
    cautions = [*readability.cautions(facts.counts, facts.each), *legible.cautions(analysis.article.text)]
    return {**{name: metric.of(facts) for name, metric in wanted.items()}, "cautions": " ".join(cautions)}


def evidence(
    x: object,
    *,
    columns: Mapping[str, str] | None = None,
    corrections: by_hand.Given = (),
    engine: str = engines.DEFAULT,
    progress: bool | None = None,
) -> pd.DataFrame:
    """The words behind the numbers: one row a finding, with offsets into the unchanged text.

    ``x`` and what else is given as for `measure`. Columns: ``id`` of the article, ``what`` (a zone's kind,
    ``sentence``, ``quotation: speech``, ``content: indirect``, ``cue: doubting``, ``source: named_person``, ...),
    ``start`` and ``end`` (half-open), the ``words`` that stand there, ``why`` they were taken for that, and as what
    they are ``counted``: the metric to which the row adds one (of a share or rate: to what is divided), so that
    ``counted == "sources"`` has as many rows as the article has sources; ``""`` for what adds to none, such as what
    stands in another attribution or not in the body. A ``correction`` by hand has a row, too, whose ``why`` says what
    it changed, or in one sentence why it fits nothing (``correction: not used``). An article that cannot be read or
    analysed has one row, ``error``, with the reason.
    """
    import pandas as pd

    engines.check(engine)
    found = []
    for article in bar(given.articles_of(x, columns, corrections), "gathering evidence", progress=progress):
        analysis = analysed(article, partial(analyze, engine=engine))
        text, name, fault = analysis.article.text, analysis.article.id, analysis.article.fault
        failed = bool(fault and not analysis.words)
        tried: str | list[tuple[str, Span, str, str]] = fault if failed else _tried(findings, analysis)
        rows = [("error", Span(0, 0), tried, "")] if isinstance(tried, str) else tried
        found += [(name, what, *span, span.of(text), why, counts) for what, span, why, counts in rows]
    table = pd.DataFrame(found, columns=list(EVIDENCE), dtype=object)  # words may hold what no file can
    return table.astype({"start": int, "end": int})


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
        for span, cost in readability.costliest(analysis.text, analysis.sentences, n)
    ]
    for places, cost in readability.costliest_words(analysis.text, analysis.sentences, n):
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
    for one in right_of_reply.replies(analysis):
        who, status = f"{one.name}; {one.why}", f"reply: {one.status}"
        out += [("accused", span, who, "" if k else "accused") for k, span in enumerate(one.accused)]
        out += [(status, span, who, "" if k else "reply_share") for k, span in enumerate(one.evidence)]
    out += [(f"correction{': not used' * bool(one.fault)}", one.span, str(one), "") for one in analysis.corrections]
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
            means = f"meant for: {found}" if a.source and (found := source.why_meant(a.source)) else ""
            kind = "; ".join(filter(None, (why, means, source.why)))
            yield what, a.source or source.mentions[0], kind, "sources" if source in first[i] else ""
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
    """Whose words follow each other in each body: outlet, id, title, start, stop, words, kind, name, identified.

    ``start`` and ``stop`` are shares (0..1) of the body's ``words``; the rows of an article follow each other without a
    gap. ``kind`` is ``own voice`` (the reporter's), the kind of the source to whom the words are attributed, or
    ``none`` (attributed to nobody); ``name`` is the source's and ``identified`` how the article introduces it (see
    `sourcing.introduced`), both ``""`` without one.

    >>> strip([analyze("It rains. “We are done here,” said Ilse Brandt.")])[["stop", "kind"]].values.tolist()
    [[0.2222222222222222, 'own voice'], [0.6666666666666666, 'named_person'], [1.0, 'own voice']]
    """
    import pandas as pd

    rows = []
    for analysis in analyses:
        starts = [word.start for word in analysis.words]
        owners = [("own voice", "", "")] * len(starts)
        for a, source in attributed(analysis).values():
            owner = (source.kind, source.name, introduced(analysis, source)) if source else ("none", "", "")
            for span in a.content:
                first, stop = bisect_left(starts, span.start), bisect_left(starts, span.end)
                owners[first:stop] = [owner] * (stop - first)
        at = 0
        for owner, run in groupby(owners):
            length = len(list(run))
            place = (at / len(starts), (at + length) / len(starts), length)
            rows.append((*_named(analysis), titled(analysis), *place, *owner))
            at += length
    columns = ["outlet", "id", "title", "start", "stop", "words", "kind", "name", "identified"]
    return pd.DataFrame(rows, columns=columns)


def reply_table(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Whom each article accuses or doubts, and whether their answer stands in it: candidates, never a verdict.

    Columns: outlet, id, name, status (one of `right_of_reply.STATUSES`), accused and evidence (the words), why.
    """
    import pandas as pd

    rows = []
    for analysis in analyses:
        text = analysis.article.text
        for one in right_of_reply.replies(analysis):
            words = ("; ".join(span.of(text) for span in spans) for spans in (one.accused, one.evidence))
            rows.append((*_named(analysis), one.name, one.status, *words, one.why))
    return pd.DataFrame(rows, columns=["outlet", "id", "name", "status", "accused", "evidence", "why"])


def quote_positions(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Where the quotations of each body begin: columns outlet, id, title, position (0..1 of the words), words (length).

    A quotation that runs over several paragraphs is one.
    """
    import pandas as pd

    rows: list[list[Any]] = []
    for analysis in analyses:
        starts = [word.start for word in analysis.words]
        for q in analysis.quoted:
            first, stop = bisect_left(starts, q.content.start), bisect_left(starts, q.content.end)
            if not q.continued:
                rows.append([*_named(analysis), titled(analysis), first / len(starts), stop - first])
            elif rows:
                rows[-1][-1] += stop - first
    return pd.DataFrame(rows, columns=["outlet", "id", "title", "position", "words"])


def titled(analysis: Analysis) -> str:
    """What an article is called: its title, else its headline; ``""`` without one."""
    headline = next((zone.span.of(analysis.article.text) for zone in analysis.zones if zone.kind == "headline"), "")
    return " ".join((analysis.article.title or headline).split())


def _named(analysis: Analysis) -> tuple[str, str]:
    return analysis.article.outlet, analysis.article.id


def _counted(
    analyses: Iterable[Analysis], columns: Sequence[str], each: Callable[[Analysis], Iterable[tuple[object, ...]]]
) -> pd.DataFrame:
    """How often each combination occurs in every article."""
    import pandas as pd

    rows = [(*_named(analysis), *key, n) for analysis in analyses for key, n in Counter(each(analysis)).items()]
    return pd.DataFrame(rows, columns=["outlet", "id", *columns, "n"])
