"""The data dictionary, and the row of numbers that an analysis gives."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from . import readability, segment
from .analysis import Analysis
from .article import Span
from .attribution import Attribution
from .quotations import Quotation

INF = math.inf


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the data dictionary.

    ``low`` and ``high`` bound the values that can occur (``inf``: no bound); ``direction`` says in words what a
    larger value means; ``reference`` is the publication that defines it, or ``"this toolkit"``.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    direction: str
    definition: str
    reference: str

    @property
    def in_text(self) -> str:
        """The label inside a sentence: in small letters, but for names and acronyms."""
        first = self.label.split()[0]
        named = first.isupper() or first.startswith(("Coleman", "Dale", "Flesch", "Gunning"))
        return self.label if named else self.label[0].lower() + self.label[1:]


_OURS = "this toolkit"
_DICTIONARY = (
    Metric("words", "Words", "words", 0, INF, "longer", "Words of the body: runs between white space that hold a letter or digit.", _OURS),
    Metric("sentences", "Sentences", "sentences", 0, INF, "longer", "Sentences of the body, those inside quotations included.", _OURS),
    Metric("paragraphs", "Paragraphs", "paragraphs", 0, INF, "longer", "Paragraphs of the body.", _OURS),
    Metric("junk_words", "Page furniture", "words", 0, INF, "more clutter", "Words left out as adverts, newsletter forms, links and repeated headlines; listed in the ledger.", _OURS),
    Metric("quotations", "Quotations", "quotations", 0, INF, "more quotation", "Quoted runs of speech or of a document in the body; a quotation that runs over paragraphs counts once.", _OURS),
    Metric("quoted_words", "Quoted words", "words", 0, INF, "more quotation", "Words of the body inside quoted runs of speech or of a document.", _OURS),
    Metric("quoted_share", "Quoted share", "share of body words", 0, 1, "more quotation", "Quoted words divided by body words.", _OURS),
    Metric("quotations_per_1000", "Quotations per 1,000 words", "per 1,000 words", 0, 1000, "more quotation", "Quotations divided by body words, times 1,000.", _OURS),
    Metric("quotation_length", "Length of a quotation", "words", 0, INF, "longer quotations", "Quoted words divided by quotations.", _OURS),
    Metric("term_runs", "Terms in marks", "runs", 0, INF, "more words in marks", "Quoted runs that are single terms, scare quotes or titles of works; left out of quotation.", _OURS),
    Metric("unclosed_marks", "Unclosed marks", "marks", 0, INF, "less certain quotations", "Quotation marks that were opened and never closed; such a run ends with its paragraph.", _OURS),
    Metric("attributions", "Attributions", "attributions", 0, INF, "more attribution", "Source-cue-content attributions of the body that are not inside another one.", "Pareti 2016; Newell, Margolin & Ruths 2018"),
    Metric("attributions_per_1000", "Attributions per 1,000 words", "per 1,000 words", 0, 1000, "more attribution", "Attributions divided by body words, times 1,000.", _OURS),
    Metric("attributed_words", "Attributed words", "words", 0, INF, "more attribution", "Words of the body inside the content of an attribution.", "Pareti 2016"),
    Metric("attributed_share", "Attributed share", "share of body words", 0, 1, "more attribution", "Attributed words divided by body words.", "Pareti 2016"),
    Metric("direct_attributions", "Direct attributions", "attributions", 0, INF, "more direct speech", "Attributions whose content stands wholly in quotation marks.", "Pareti 2016"),
    Metric("mixed_attributions", "Mixed attributions", "attributions", 0, INF, "more partial quotation", "Attributions whose content stands partly in quotation marks.", "Pareti 2016"),
    Metric("indirect_attributions", "Indirect attributions", "attributions", 0, INF, "more paraphrase", "Attributions whose content has no quotation marks.", "Pareti 2016"),
    Metric("unsourced_attributions", "Attributions without a source", "attributions", 0, INF, "less sourcing", "Attributions of the body for which no source is given or carried over, such as a bare 'allegedly'.", _OURS),
    Metric("doubting_share", "Doubting cues", "share of attributions", 0, 1, "more doubt", "Attributions whose cue or adverb doubts (claim, allege, supposedly) divided by attributions.", "Floyd Moore 2000; Geis 1987"),
    Metric("denials", "Denials", "attributions", 0, INF, "more denial", "Attributions whose cue denies.", _OURS),
    Metric("sources", "Sources", "sources", 0, INF, "more sources", "Distinct persons, groups, documents and media to which content is attributed, counted once an article.", _OURS),
    Metric("named_sources", "Named persons", "sources", 0, INF, "more named persons", "Distinct sources that are persons with a name.", _OURS),
    Metric("anonymous_sources", "Anonymous sources", "sources", 0, INF, "more anonymity", "Distinct sources that are persons whom the article names nowhere.", "Culbertson 1975"),
    Metric("anonymous_share", "Anonymous share", "share of sources", 0, 1, "more anonymity", "Anonymous sources divided by sources.", "Culbertson 1975"),
    Metric("organisation_sources", "Organisations", "sources", 0, INF, "more organisations", "Distinct sources that are organisations or offices.", _OURS),
    Metric("document_sources", "Documents and data", "sources", 0, INF, "more documents", "Distinct sources that are documents or data.", _OURS),
    Metric("media_sources", "Other media", "sources", 0, INF, "more second-hand news", "Distinct sources that are news media.", _OURS),
    Metric("second_hand_share", "Second-hand share", "share of attributions", 0, 1, "more second-hand claims", "Attributions whose source is another medium divided by attributions.", _OURS),
    Metric("effective_sources", "Effective sources", "sources", 1, INF, "more even sourcing", "exp of the Shannon entropy of attributed words over sources: how many equally used sources would be as diverse.", "Deacon & Stanyer 2021"),
    Metric("largest_source_share", "Largest source", "share of attributed words", 0, 1, "more reliance on one source", "The largest source's share of the words attributed to sources.", "Deacon & Stanyer 2021"),
    Metric("words_before_source", "Words before the first source", "words", 0, INF, "later sourcing", "Body words before the first attribution that has a source.", _OURS),
    Metric("syllables", "Syllables", "syllables", 0, INF, "longer", "Syllables of the body's words: CMU dictionary, then rules.", "CMU Pronouncing Dictionary"),
    Metric("flesch_ease", "Flesch reading ease", "Flesch scale", -INF, 121.22, "easier", "206.835 - 1.015 words/sentences - 84.6 syllables/words; a figure or spelt abbreviation has one syllable.", "Flesch 1948"),
    Metric("flesch_kincaid_grade", "Flesch–Kincaid grade", "US school year", -3.4, INF, "harder", "0.39 words/sentences + 11.8 syllables/words - 15.59; syllables as for Flesch.", "Kincaid et al. 1975"),
    Metric("smog_grade", "SMOG grade", "US school year", 3.1291, INF, "harder", "1.0430 times the root of 30 polysyllables/sentences, + 3.1291.", "McLaughlin 1969"),
    Metric("gunning_fog_grade", "Gunning fog", "US school year", 0, INF, "harder", "0.4 (words/sentences + 100 complex words/words), without names, compounds and -ed -es -ing.", "Gunning 1952"),
    Metric("ari_grade", "Automated readability index", "US school year", -INF, INF, "harder", "4.71 characters/words + 0.5 words/sentences - 21.43; letters and digits.", "Smith & Senter 1967"),
    Metric("coleman_liau_grade", "Coleman–Liau index", "US school year", -INF, INF, "harder", "0.0588 letters per 100 words - 0.296 sentences per 100 words - 15.8.", "Coleman & Liau 1975"),
    Metric("dale_chall_grade", "Dale–Chall score", "Dale–Chall scale (near US school year)", 0, INF, "harder", "0.1579 percent of unfamiliar words + 0.0496 words/sentences, + 3.6365 above 5 percent.", "Dale & Chall 1948; list of Chall & Dale 1995"),
    Metric("lix", "LIX", "LIX", 0, INF, "harder", "words/sentences + 100 long words/words; long: over six letters.", "Björnsson 1968"),
    Metric("rix", "RIX", "long words per sentence", 0, INF, "harder", "Long words divided by sentences.", "Anderson 1983"),
    Metric("flesch_kincaid_own_voice_grade", "Flesch–Kincaid, reporter's voice", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's sentences without a quoted word in them.", "Kincaid et al. 1975"),
    Metric("flesch_kincaid_quotations_grade", "Flesch–Kincaid, quotations", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's sentences that are quoted for more than half of their words, with their 'she said'.", "Kincaid et al. 1975"),
    Metric("flesch_kincaid_lead_grade", "Flesch–Kincaid, lead", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's first paragraph.", "Kincaid et al. 1975"),
    Metric("long_sentences_share", "Long sentences", "share of sentences", 0, 1, "more long sentences", "Sentences of the body with more than 25 words divided by its sentences.", _OURS),
)  # fmt: skip

METRICS = MappingProxyType({metric.name: metric for metric in _DICTIONARY})


def row(analysis: Analysis, each: Sequence[readability.Counts]) -> dict[str, float]:
    """The numbers of one article, by the names of `METRICS`; a share or mean with nothing to divide by is NaN.

    ``each`` has the counts of every sentence of the body.
    """
    text = analysis.article.text
    words = analysis.words
    total = len(words)
    quotations = [q for q in analysis.quotations if q.paragraph >= 0]
    speech = [q for q in quotations if q.kind in {"speech", "document"}]
    attributions = {i: a for i, a in enumerate(analysis.attributions) if not a.depth and _in_body(analysis, a)}
    speakers = analysis.speakers()
    sourced = {i: speakers.get(i) for i in attributions}
    quoted_words = _count(words, [q.content for q in speech])
    attributed_words = _count(words, [span for a in attributions.values() for span in a.content])
    starts = sum(not q.continued for q in speech)
    by_kind = Counter(a.kind for a in attributions.values())
    stances = Counter(a.stance for a in attributions.values())
    sources = [s for s in analysis.sources if any(i in attributions for i in s.attributions)]
    kinds = Counter(s.kind for s in sources)
    anonymous = sum(s.anonymous for s in sources)
    spoken = [_count(words, [span for i in s.attributions if i in attributions for span in attributions[i].content])
              for s in sources]  # fmt: skip
    second_hand = sum(s is not None and s.second_hand for s in sourced.values())
    firsts = [a.content[0].start for i, a in attributions.items() if sourced[i] is not None]
    counts = sum(each, readability.Counts())
    values: dict[str, float] = {
        "words": total,
        "sentences": len(analysis.sentences),
        "paragraphs": len(analysis.paragraphs),
        "junk_words": len(segment.words(text, [zone.span for zone in analysis.zones if zone.kind == "junk"])),
        "quotations": starts,
        "quoted_words": quoted_words,
        "quoted_share": _share(quoted_words, total),
        "quotations_per_1000": 1000 * _share(starts, total),
        "quotation_length": _share(quoted_words, starts),
        "term_runs": sum(q.kind in {"term", "title"} for q in quotations),
        "unclosed_marks": sum(not q.closed for q in quotations),
        "attributions": len(attributions),
        "attributions_per_1000": 1000 * _share(len(attributions), total),
        "attributed_words": attributed_words,
        "attributed_share": _share(attributed_words, total),
        "direct_attributions": by_kind["direct"],
        "mixed_attributions": by_kind["mixed"],
        "indirect_attributions": by_kind["indirect"],
        "unsourced_attributions": sum(s is None for s in sourced.values()),
        "doubting_share": _share(stances["doubting"], len(attributions)),
        "denials": stances["denial"],
        "sources": len(sources),
        "named_sources": kinds["named_person"],
        "anonymous_sources": anonymous,
        "anonymous_share": _share(anonymous, len(sources)),
        "organisation_sources": kinds["organisation"],
        "document_sources": kinds["document_or_data"],
        "media_sources": kinds["media_outlet"],
        "second_hand_share": _share(second_hand, len(attributions)),
        "effective_sources": _effective(spoken),
        "largest_source_share": _share(max(spoken, default=0), sum(spoken)),
        "words_before_source": bisect_left(words, (min(firsts), 0)) if firsts else math.nan,
        "syllables": counts.syllables,
        **readability.scores(counts),
        **{f"flesch_kincaid_{name}_grade": grade for name, grade in _voices(analysis, speech, each).items()},
        "long_sentences_share": _share(sum(c.words > 25 for c in each), counts.sentences),
    }
    return {name: values[name] for name in METRICS}


def _in_body(analysis: Analysis, attribution: Attribution) -> bool:
    return analysis.in_body(attribution.cue or attribution.content[0])


def _voices(analysis: Analysis, speech: Sequence[Quotation], each: Sequence[readability.Counts]) -> dict[str, float]:
    """The Flesch-Kincaid grades of the reporter's own sentences, of quoted ones and of the first paragraph."""
    voices = {name: readability.Counts() for name in ("own_voice", "quotations", "lead")}
    contents = [q.content for q in speech]
    starts = [content.start for content in contents]
    for sentence, counts in zip(analysis.sentences, each, strict=True):
        first, stop = (bisect_left(analysis.words, (at, 0)) for at in sentence)
        words = analysis.words[first:stop]
        near = slice(max(0, bisect_left(starts, sentence.start) - 1), bisect_left(starts, sentence.end))
        quoted = _count(words, contents[near])
        if 2 * quoted > len(words):
            voices["quotations"] += counts
        elif not quoted:
            voices["own_voice"] += counts
        if analysis.paragraphs[0].overlaps(sentence):
            voices["lead"] += counts
    return {name: readability.flesch_kincaid_grade(counts) for name, counts in voices.items()}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _count(words: Sequence[Span], spans: Iterable[Span]) -> int:
    """How many of the words begin inside one of the spans at least."""
    covered: set[int] = set()
    for span in spans:
        covered.update(range(bisect_left(words, (span.start, 0)), bisect_left(words, (span.end, 0))))
    return len(covered)


def _effective(amounts: Sequence[int]) -> float:
    """exp of the Shannon entropy of the amounts' shares; NaN where there are none."""
    total = sum(amounts)
    if not total:
        return math.nan
    return math.exp(-sum(n / total * math.log(n / total) for n in amounts if n))
