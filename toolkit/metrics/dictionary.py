"""The data dictionary, and the row of numbers that an analysis gives."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..analysis import Analysis
from ..attribution.quotation_marks import Quotation
from ..language import readability, segmentation
from . import hedging, right_of_reply, sourcing
from .sourcing import count, share

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
    Metric("denial_share", "Denying cues", "share of attributions", 0, 1, "more denial", "Attributions whose cue denies (deny, reject, refute) divided by attributions.", "Floyd Moore 2000"),
    Metric("neutral_share", "Neutral cues", "share of attributions", 0, 1, "more neutral reporting verbs", "Attributions whose cue is neutral (say, tell, write, according to) divided by attributions; one without a cue is neutral.", "Floyd Moore 2000; Geis 1987"),
    Metric("sources", "Sources", "sources", 0, INF, "more sources", "Distinct persons, groups, documents and media to which content is attributed, counted once an article.", _OURS),
    Metric("named_sources", "Named persons", "sources", 0, INF, "more named persons", "Distinct sources that are persons with a name.", _OURS),
    Metric("anonymous_sources", "Anonymous sources", "sources", 0, INF, "more anonymity", "Distinct sources that are persons whom the article names nowhere.", "Culbertson 1975"),
    Metric("has_anonymous", "Article with an anonymous source", "1 = yes, 0 = no", 0, 1, "anonymity in more articles", "Whether the article has an anonymous source; its mean is the share of articles.", "Culbertson 1975"),
    Metric("anonymous_share", "Anonymous share", "share of sources", 0, 1, "more anonymity", "Anonymous sources divided by sources.", "Culbertson 1975"),
    Metric("anonymous_attributions_share", "Attributions to anonymous sources", "share of attributions", 0, 1, "more anonymity", "Attributions to anonymous sources divided by attributions.", "Culbertson 1975"),
    Metric("anonymous_words_share", "Words of anonymous sources", "share of attributed words", 0, 1, "more anonymity", "Words attributed to anonymous sources divided by the words attributed to sources.", _OURS),
    Metric("anonymous_affiliation_share", "Anonymous with affiliation", "share of anonymous sources", 0, 1, "more told of anonymous sources", "Anonymous sources whose body is told ('an inspectorate official') divided by anonymous sources.", "Culbertson 1975"),
    Metric("anonymous_reason_share", "Anonymity with a reason", "share of anonymous sources", 0, 1, "more anonymity explained", "Anonymous sources for whom the article gives a reason divided by anonymous sources.", "Purvis 2015"),
    Metric("organisation_sources", "Organisations", "sources", 0, INF, "more organisations", "Distinct sources that are organisations or offices.", _OURS),
    Metric("document_sources", "Documents and data", "sources", 0, INF, "more documents", "Distinct sources that are documents or data.", _OURS),
    Metric("media_sources", "Other media", "sources", 0, INF, "more second-hand news", "Distinct sources that are news media.", _OURS),
    Metric("collective_sources", "Open classes", "sources", 0, INF, "more of the public", "Distinct sources that are open classes of people, such as voters or residents; never anonymous.", _OURS),
    Metric("official_sources", "Officials", "sources", 0, INF, "more officials", "Distinct identified sources whose role is official, politician or police and courts.", "Sigal 1973"),
    Metric("official_share", "Official share", "share of identified sources", 0, 1, "more official dominance", "Official sources divided by identified sources: all but anonymous ones and open classes.", "Sigal 1973"),
    Metric("transparent_sources", "Fully identified sources", "sources", 0, INF, "more transparency", "Distinct persons with name and role, and bodies and media with a proper name.", "Project for Excellence in Journalism 2005"),
    Metric("transparency_class", "Transparency class", "0 = no, 1 = one, 2 = two or three, 3 = four or more", 0, 3, "more transparency", "Class of the number of fully identified sources; ordinal.", "Project for Excellence in Journalism 2005"),
    Metric("single_source", "Single-source article", "1 = yes, 0 = no", 0, 1, "more articles with one source", "Whether an article with sources has only one; its mean is the share of articles.", _OURS),
    Metric("second_hand_share", "Second-hand share", "share of attributions", 0, 1, "more second-hand claims", "Attributions whose source is another medium, or spoke to one, divided by attributions.", _OURS),
    Metric("longest_chain", "Longest chain", "hands", 1, INF, "more remote claims", "Through how many hands the most remote words came: 1 from a source, 2 from another medium, through one, or from a source inside another attribution, and so on.", _OURS),
    Metric("effective_sources", "Effective sources", "sources", 1, INF, "more even sourcing", "exp of the Shannon entropy of attributed words over sources: how many equally used sources would be as diverse.", "Deacon & Stanyer 2021"),
    Metric("largest_source_share", "Largest source", "share of attributed words", 0, 1, "more reliance on one source", "The largest source's share of the words attributed to sources.", "Deacon & Stanyer 2021"),
    Metric("words_before_source", "Words before the first source", "words", 0, INF, "later sourcing", "Body words before the first attribution that has a source.", _OURS),
    Metric("first_source_official", "First word to an official", "1 = yes, 0 = no", 0, 1, "officials first in more articles", "Whether the first source is official, a politician, or police and courts; its mean is the share of articles.", "Sigal 1973"),
    Metric("last_word_official", "Last word to an official", "1 = yes, 0 = no", 0, 1, "officials last in more articles", "Whether the source of the last attribution is official, a politician, or police and courts.", "Sigal 1973"),
    Metric("accused", "Accused or doubted", "persons and bodies", 0, INF, "more accusation", "Persons and bodies whom the article accuses or doubts: candidates to look at, found by learnt weights of the words around them; about half of them are right, and somewhat more than half of the accused are missed.", _OURS),
    Metric("reply_share", "Right of reply", "share of the accused", 0, 1, "more right of reply", "Accused of whom the article gives an answer or an attempt to get one (quoted, denied, declined, no response) divided by the accused.", _OURS),
    Metric("hedges_per_1000", "Hedges, reporter's voice", "per 1,000 words", 0, 1000, "less commitment", "Hedges (may, perhaps, likely) outside quotations and attributed content, per 1,000 words there.", "Hyland 2005"),
    Metric("hedges_quoted_per_1000", "Hedges, quotations", "per 1,000 words", 0, 1000, "less commitment", "Hedges inside quotations, per 1,000 words there.", "Hyland 2005"),
    Metric("hearsay_per_1000", "Hearsay adverbs", "per 1,000 words", 0, 1000, "more hearsay", "Hearsay adverbs (allegedly, reportedly) outside quotations, per 1,000 words there.", _OURS),
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


class Dictionary(Mapping[str, Metric]):
    """The metrics by name, in order; shown as a short table in a notebook."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = {metric.name: metric for metric in metrics}

    def __getitem__(self, name: str) -> Metric:
        return self._metrics[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def __repr__(self) -> str:
        return f"<METRICS: {len(self)} metrics, {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = ((metric.name, metric.label, metric.unit, metric.definition) for metric in self.values())
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        head = "<tr><th>name</th><th>label</th><th>unit</th><th>what it is</th></tr>"
        return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


METRICS = Dictionary(_DICTIONARY)


def row(analysis: Analysis, each: Sequence[readability.Counts]) -> dict[str, float]:
    """The numbers of one article, by the names of `METRICS`; a share or mean with nothing to divide by is NaN.

    ``each`` has the counts of every sentence of the body.
    """
    text = analysis.text
    words = analysis.words
    total = len(words)
    quotations = [q for q in analysis.quotations if q.paragraph >= 0]
    speech = analysis.quoted
    attributions = [a for a, _ in sourcing.attributed(analysis).values()]
    quoted_words = count(words, [q.content for q in speech])
    attributed_words = count(words, [span for a in attributions for span in a.content])
    starts = sum(not q.continued for q in speech)
    by_kind = Counter(a.kind for a in attributions)
    counts = sum(each, readability.Counts())
    values: dict[str, float] = {
        "words": total,
        "sentences": len(analysis.sentences),
        "paragraphs": len(analysis.paragraphs),
        "junk_words": len(segmentation.words(text, [zone.span for zone in analysis.zones if zone.kind == "junk"])),
        "quotations": starts,
        "quoted_words": quoted_words,
        "quoted_share": share(quoted_words, total),
        "quotations_per_1000": 1000 * share(starts, total),
        "quotation_length": share(quoted_words, starts),
        "term_runs": sum(q.kind in {"term", "title"} for q in quotations),
        "unclosed_marks": sum(not q.closed for q in quotations),
        "attributions": len(attributions),
        "attributions_per_1000": 1000 * share(len(attributions), total),
        "attributed_words": attributed_words,
        "attributed_share": share(attributed_words, total),
        "direct_attributions": by_kind["direct"],
        "mixed_attributions": by_kind["mixed"],
        "indirect_attributions": by_kind["indirect"],
        **sourcing.numbers(analysis),
        **hedging.numbers(analysis),
        **right_of_reply.numbers(analysis),
        "syllables": counts.syllables,
        **readability.scores(counts),
        **{f"flesch_kincaid_{name}_grade": grade for name, grade in _voices(analysis, speech, each).items()},
        "long_sentences_share": share(sum(c.words > 25 for c in each), counts.sentences),
    }
    return {name: values[name] for name in METRICS}


def _voices(analysis: Analysis, speech: Sequence[Quotation], each: Sequence[readability.Counts]) -> dict[str, float]:
    """The Flesch-Kincaid grades of the reporter's own sentences, of quoted ones and of the first paragraph."""
    voices = {name: readability.Counts() for name in ("own_voice", "quotations", "lead")}
    contents = [q.content for q in speech]
    starts = [content.start for content in contents]
    for sentence, counts in zip(analysis.sentences, each, strict=True):
        first, stop = (bisect_left(analysis.words, (at, 0)) for at in sentence)
        words = analysis.words[first:stop]
        near = slice(max(0, bisect_left(starts, sentence.start) - 1), bisect_left(starts, sentence.end))
        quoted = count(words, contents[near])
        if 2 * quoted > len(words):
            voices["quotations"] += counts
        elif not quoted:
            voices["own_voice"] += counts
        if analysis.paragraphs[0].overlaps(sentence):
            voices["lead"] += counts
    return {name: readability.flesch_kincaid_grade(counts) for name, counts in voices.items()}
