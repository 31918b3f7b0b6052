"""The data dictionary: what each number of an article is, and how it is worked out."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape

from ..article import ToolkitError
from ..language import readability
from .facts import Facts
from .sourcing import effective, longest_chain, share, speaks_for_a_body

INF = math.inf
GROUPS = ("length", "quotation", "attribution", "sourcing", "reply", "hedging", "readability", "voices")
# What is compared, told and drawn where nobody names metrics; the first where there is room for one.
COMPARED = ("quoted_share", "sources", "anonymous_share", "flesch_kincaid_grade")
SHOWN = (  # the columns of a table of articles for reading
    "words", "quoted_share", "attributed_share", "attributions", "sources", "named_sources", "anonymous_share",
    "largest_source_share", "flesch_ease", "flesch_kincaid_grade",
)  # fmt: skip
LAID_OUT = frozenset(("length", "readability"))  # for these an article need only be laid out, not searched


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the data dictionary.

    ``group`` says what it is about: one of `GROUPS`; ``low`` and ``high`` bound the values that can occur (``inf``: no bound); ``direction`` says in words what a
    larger value means; ``reference`` is the publication that defines it, or ``"this toolkit"``; ``of`` gives the value
    from the `Facts` of an analysis: NaN where it is undefined.

    >>> from toolkit import analyze
    >>> METRICS["quoted_share"].of(Facts(analyze("“I quit,” said Brandt.")))
    0.5
    """

    name: str
    group: str
    label: str
    unit: str
    low: float
    high: float
    direction: str
    definition: str
    reference: str
    of: Callable[[Facts], float] = field(repr=False, compare=False)

    @property
    def in_text(self) -> str:
        """The label inside a sentence: in small letters, but for names and acronyms."""
        first = self.label.split()[0]
        named = first.isupper() or first.startswith(("Coleman", "Dale", "Flesch", "Gunning"))
        return self.label if named else self.label[0].lower() + self.label[1:]


_OURS = "this toolkit"
_DICTIONARY = (
    Metric("words", "length", "Words", "words", 0, INF, "longer", "Words of the body: runs between white space that hold a letter or digit.", _OURS,
           of=lambda a: a.words),
    Metric("sentences", "length", "Sentences", "sentences", 0, INF, "longer", "Sentences of the body, those inside quotations included.", _OURS,
           of=lambda a: len(a.analysis.sentences)),
    Metric("paragraphs", "length", "Paragraphs", "paragraphs", 0, INF, "longer", "Paragraphs of the body.", _OURS,
           of=lambda a: len(a.analysis.paragraphs)),
    Metric("junk_words", "length", "Page furniture", "words", 0, INF, "more clutter", "Words left out as adverts, newsletter forms, links and repeated headlines; listed in the ledger.", _OURS,
           of=lambda a: a.junk_words),
    Metric("quotations", "quotation", "Quotations", "quotations", 0, INF, "more quotation", "Quoted runs of speech or of a document in the body; a quotation that runs over paragraphs counts once.", _OURS,
           of=lambda a: a.quotations),
    Metric("quoted_words", "quotation", "Quoted words", "words", 0, INF, "more quotation", "Words of the body inside quoted runs of speech or of a document.", _OURS,
           of=lambda a: a.quoted_words),
    Metric("quoted_share", "quotation", "Quoted share", "share of body words", 0, 1, "more quotation", "Quoted words divided by body words.", _OURS,
           of=lambda a: share(a.quoted_words, a.words)),
    Metric("quotations_per_1000", "quotation", "Quotations per 1,000 words", "per 1,000 words", 0, 1000, "more quotation", "Quotations divided by body words, times 1,000.", _OURS,
           of=lambda a: 1000 * share(a.quotations, a.words)),
    Metric("quotation_length", "quotation", "Length of a quotation", "words", 0, INF, "longer quotations", "Quoted words divided by quotations.", _OURS,
           of=lambda a: share(a.quoted_words, a.quotations)),
    Metric("term_runs", "quotation", "Terms in marks", "runs", 0, INF, "more words in marks", "Quoted runs that are single terms, scare quotes or titles of works; left out of quotation.", _OURS,
           of=lambda a: sum(q.kind in {"term", "title"} for q in a.marked)),
    Metric("unclosed_marks", "quotation", "Unclosed marks", "marks", 0, INF, "less certain quotations", "Quotation marks that were opened and never closed; such a run ends with its paragraph.", _OURS,
           of=lambda a: sum(not q.closed for q in a.marked)),
    Metric("attributions", "attribution", "Attributions", "attributions", 0, INF, "more attribution", "Source-cue-content attributions of the body that are not inside another one.", "Pareti 2016; Newell, Margolin & Ruths 2018",
           of=lambda a: len(a.attributions)),
    Metric("attributions_per_1000", "attribution", "Attributions per 1,000 words", "per 1,000 words", 0, 1000, "more attribution", "Attributions divided by body words, times 1,000.", _OURS,
           of=lambda a: 1000 * share(len(a.attributions), a.words)),
    Metric("attributed_words", "attribution", "Attributed words", "words", 0, INF, "more attribution", "Words of the body inside the content of an attribution.", "Pareti 2016",
           of=lambda a: a.attributed_words),
    Metric("attributed_share", "attribution", "Attributed share", "share of body words", 0, 1, "more attribution", "Attributed words divided by body words.", "Pareti 2016",
           of=lambda a: share(a.attributed_words, a.words)),
    Metric("direct_attributions", "attribution", "Direct attributions", "attributions", 0, INF, "more direct speech", "Attributions whose content stands wholly in quotation marks.", "Pareti 2016",
           of=lambda a: a.told("direct")),
    Metric("mixed_attributions", "attribution", "Mixed attributions", "attributions", 0, INF, "more partial quotation", "Attributions whose content stands partly in quotation marks.", "Pareti 2016",
           of=lambda a: a.told("mixed")),
    Metric("indirect_attributions", "attribution", "Indirect attributions", "attributions", 0, INF, "more paraphrase", "Attributions whose content has no quotation marks.", "Pareti 2016",
           of=lambda a: a.told("indirect")),
    Metric("unsourced_attributions", "attribution", "Attributions without a source", "attributions", 0, INF, "less sourcing", "Attributions of the body for which no source is given or carried over, such as a bare 'allegedly'.", _OURS,
           of=lambda a: sum(source is None for _, source in a.attributions)),
    Metric("doubting_share", "attribution", "Doubting share", "share of attributions", 0, 1, "more doubt", "Attributions whose cue or adverb doubts (claim, allege, supposedly) divided by attributions.", "Floyd Moore 2000; Geis 1987",
           of=lambda a: share(a.told("doubting"), len(a.attributions))),
    Metric("denials", "attribution", "Denials", "attributions", 0, INF, "more denial", "Attributions whose cue denies.", _OURS,
           of=lambda a: a.told("denial")),
    Metric("denial_share", "attribution", "Denial share", "share of attributions", 0, 1, "more denial", "Attributions whose cue denies (deny, reject, refute) divided by attributions.", "Floyd Moore 2000",
           of=lambda a: share(a.told("denial"), len(a.attributions))),
    Metric("neutral_share", "attribution", "Neutral share", "share of attributions", 0, 1, "more neutral reporting verbs", "Attributions whose cue is neutral (say, tell, write, according to) divided by attributions; one without a cue is neutral.", "Floyd Moore 2000; Geis 1987",
           of=lambda a: share(a.told("neutral"), len(a.attributions))),
    Metric("sources", "sourcing", "Sources", "sources", 0, INF, "more sources", "Distinct persons, groups, documents and media to which content is attributed, counted once an article.", _OURS,
           of=lambda a: len(a.sources)),
    Metric("named_sources", "sourcing", "Named persons", "sources", 0, INF, "more named persons", "Distinct sources that are persons with a name.", _OURS,
           of=lambda a: a.kind("named_person")),
    Metric("anonymous_sources", "sourcing", "Anonymous sources", "sources", 0, INF, "more anonymity", "Distinct sources that are persons whom the article names nowhere.", "Culbertson 1975",
           of=lambda a: len(a.anonymous)),
    Metric("has_anonymous", "sourcing", "Article with an anonymous source", "1 = yes, 0 = no", 0, 1, "anonymity in more articles", "Whether the article has an anonymous source; its mean is the share of articles.", "Culbertson 1975",
           of=lambda a: float(bool(a.anonymous))),
    Metric("anonymous_share", "sourcing", "Anonymous share", "share of sources", 0, 1, "more anonymity", "Anonymous sources divided by sources.", "Culbertson 1975",
           of=lambda a: share(len(a.anonymous), len(a.sources))),
    Metric("anonymous_attributions_share", "sourcing", "Attributions to anonymous sources", "share of attributions", 0, 1, "more anonymity", "Attributions to anonymous sources divided by attributions.", "Culbertson 1975",
           of=lambda a: share(sum(source is not None and source.anonymous for _, source in a.attributions), len(a.attributions))),
    Metric("anonymous_words_share", "sourcing", "Words of anonymous sources", "share of attributed words", 0, 1, "more anonymity", "Words attributed to anonymous sources divided by the words attributed to sources.", _OURS,
           of=lambda a: share(sum(words for source, words in a.spoken if source.anonymous), sum(a.amounts))),
    Metric("anonymous_affiliation_share", "sourcing", "Anonymous with affiliation", "share of anonymous sources", 0, 1, "more told of anonymous sources", "Anonymous sources whose body is told ('an inspectorate official') divided by anonymous sources.", "Culbertson 1975",
           of=lambda a: share(sum(bool(source.affiliation) for source in a.anonymous), len(a.anonymous))),
    Metric("anonymous_reason_share", "sourcing", "Anonymity with a reason", "share of anonymous sources", 0, 1, "more anonymity explained", "Anonymous sources for whom the article gives a reason divided by anonymous sources.", "Purvis 2015",
           of=lambda a: share(sum(bool(source.reason) for source in a.anonymous), len(a.anonymous))),
    Metric("anonymous_spokespersons", "sourcing", "Anonymous spokespersons", "sources", 0, INF, "more spokespersons without a name", "Anonymous sources that speak for a body which is told ('a council spokesman'); among the anonymous ones, which some studies leave them out of.", _OURS,
           of=lambda a: sum(map(speaks_for_a_body, a.anonymous))),
    Metric("organisation_sources", "sourcing", "Organisations", "sources", 0, INF, "more organisations", "Distinct sources that are organisations or offices.", _OURS,
           of=lambda a: a.kind("organisation")),
    Metric("document_sources", "sourcing", "Documents and data", "sources", 0, INF, "more documents", "Distinct sources that are documents or data.", _OURS,
           of=lambda a: a.kind("document_or_data")),
    Metric("media_sources", "sourcing", "Other media", "sources", 0, INF, "more second-hand news", "Distinct sources that are news media.", _OURS,
           of=lambda a: a.kind("media_outlet")),
    Metric("collective_sources", "sourcing", "Open classes", "sources", 0, INF, "more of the public", "Distinct sources that are open classes of people, such as voters or residents; never anonymous.", _OURS,
           of=lambda a: a.kind("collective_public")),
    Metric("official_sources", "sourcing", "Officials", "sources", 0, INF, "more officials", "Distinct identified sources whose role is official, politician or police and courts.", "Sigal 1973",
           of=lambda a: a.officials),
    Metric("official_share", "sourcing", "Official share", "share of identified sources", 0, 1, "more official dominance", "Official sources divided by identified sources: all but anonymous ones and open classes.", "Sigal 1973",
           of=lambda a: share(a.officials, len(a.identified))),
    Metric("transparent_sources", "sourcing", "Fully identified sources", "sources", 0, INF, "more transparency", "Distinct persons with name and role, and bodies and media with a proper name.", "Project for Excellence in Journalism 2005",
           of=lambda a: a.transparent),
    Metric("transparency_class", "sourcing", "Transparency class", "0 = no, 1 = one, 2 = two or three, 3 = four or more", 0, 3, "more transparency", "Class of the number of fully identified sources; ordinal.", "Project for Excellence in Journalism 2005",
           of=lambda a: bisect_right((1, 2, 4), a.transparent)),
    Metric("single_source", "sourcing", "Single-source article", "1 = yes, 0 = no", 0, 1, "more articles with one source", "Whether an article with sources has only one; its mean is the share of articles.", _OURS,
           of=lambda a: float(len(a.sources) == 1) if a.sources else math.nan),
    Metric("second_hand_share", "sourcing", "Second-hand share", "share of attributions", 0, 1, "more second-hand claims", "Attributions whose source is another medium, or spoke to one, divided by attributions.", _OURS,
           of=lambda a: share(a.second_hand, len(a.attributions))),
    Metric("longest_chain", "sourcing", "Longest chain", "hands", 1, INF, "more remote claims", "Through how many hands the most remote words came: 1 from a source, 2 from another medium, through one, or from a source inside another attribution, and so on.", _OURS,
           of=lambda a: longest_chain(a.analysis)),
    Metric("effective_sources", "sourcing", "Effective sources", "sources", 1, INF, "more even sourcing", "exp of the Shannon entropy of attributed words over sources: how many equally used sources would be as diverse.", "Deacon & Stanyer 2021",
           of=lambda a: effective(a.amounts)),
    Metric("largest_source_share", "sourcing", "Largest source", "share of attributed words", 0, 1, "more reliance on one source", "The largest source's share of the words attributed to sources.", "Deacon & Stanyer 2021",
           of=lambda a: share(max(a.amounts, default=0), sum(a.amounts))),
    Metric("words_before_source", "sourcing", "Words before the first source", "words", 0, INF, "later sourcing", "Body words before the first attribution that has a source.", _OURS,
           of=lambda a: a.words_before_source),
    Metric("first_source_official", "sourcing", "First word to an official", "1 = yes, 0 = no", 0, 1, "officials first in more articles", "Whether the first source is official, a politician, or police and courts; its mean is the share of articles.", "Sigal 1973",
           of=lambda a: a.official(0)),
    Metric("last_word_official", "sourcing", "Last word to an official", "1 = yes, 0 = no", 0, 1, "officials last in more articles", "Whether the source of the last attribution is official, a politician, or police and courts.", "Sigal 1973",
           of=lambda a: a.official(-1)),
    Metric("accused", "reply", "Accused or doubted", "persons and bodies", 0, INF, "more accusation", "Persons and bodies whom the article accuses or doubts: candidates to look at, found by learnt weights of the words around them; about half of them are right, and somewhat more than half of the accused are missed.", _OURS,
           of=lambda a: len(a.replies)),
    Metric("reply_share", "reply", "Right of reply", "share of the accused", 0, 1, "more right of reply", "Accused of whom the article gives an answer or an attempt to get one (quoted, denied, declined, no response) divided by the accused.", _OURS,
           of=lambda a: 1 - a.unanswered / len(a.replies) if a.replies else math.nan),
    Metric("hedges_per_1000", "hedging", "Hedges, reporter's voice", "per 1,000 words", 0, 1000, "less commitment", "Hedges (may, perhaps, likely) outside quotations and attributed content, per 1,000 words there.", "Hyland 2005",
           of=lambda a: a.hedges.rate("hedge", "own voice")),
    Metric("hedges_quoted_per_1000", "hedging", "Hedges, quotations", "per 1,000 words", 0, 1000, "less commitment", "Hedges inside quotations, per 1,000 words there.", "Hyland 2005",
           of=lambda a: a.hedges.rate("hedge", "quotation")),
    Metric("hearsay_per_1000", "hedging", "Hearsay adverbs", "per 1,000 words", 0, 1000, "more hearsay", "Hearsay adverbs (allegedly, reportedly) outside quotations, per 1,000 words there.", _OURS,
           of=lambda a: a.hedges.rate("hearsay", "own voice", "attributed")),
    Metric("syllables", "readability", "Syllables", "syllables", 0, INF, "longer", "Syllables of the body's words: CMU dictionary, then rules.", "CMU Pronouncing Dictionary",
           of=lambda a: a.counts.syllables),
    Metric("flesch_ease", "readability", "Flesch reading ease", "Flesch scale", -INF, 121.22, "easier", "206.835 - 1.015 words/sentences - 84.6 syllables/words; a figure or spelt abbreviation has one syllable.", "Flesch 1948",
           of=lambda a: readability.flesch_ease(a.counts)),
    Metric("flesch_kincaid_grade", "readability", "Flesch–Kincaid grade", "US school year", -3.4, INF, "harder", "0.39 words/sentences + 11.8 syllables/words - 15.59; syllables as for Flesch.", "Kincaid et al. 1975",
           of=lambda a: readability.flesch_kincaid_grade(a.counts)),
    Metric("smog_grade", "readability", "SMOG grade", "US school year", 3.1291, INF, "harder", "1.0430 times the root of 30 polysyllables/sentences, + 3.1291.", "McLaughlin 1969",
           of=lambda a: readability.smog_grade(a.counts)),
    Metric("gunning_fog_grade", "readability", "Gunning fog", "US school year", 0, INF, "harder", "0.4 (words/sentences + 100 complex words/words), without names, compounds and -ed -es -ing.", "Gunning 1952",
           of=lambda a: readability.gunning_fog_grade(a.counts)),
    Metric("ari_grade", "readability", "Automated readability index", "US school year", -INF, INF, "harder", "4.71 characters/words + 0.5 words/sentences - 21.43; letters and digits.", "Smith & Senter 1967",
           of=lambda a: readability.ari_grade(a.counts)),
    Metric("coleman_liau_grade", "readability", "Coleman–Liau index", "US school year", -INF, INF, "harder", "0.0588 letters per 100 words - 0.296 sentences per 100 words - 15.8.", "Coleman & Liau 1975",
           of=lambda a: readability.coleman_liau_grade(a.counts)),
    Metric("dale_chall_grade", "readability", "Dale–Chall score", "Dale–Chall scale (near US school year)", 0, INF, "harder", "0.1579 percent of unfamiliar words + 0.0496 words/sentences, + 3.6365 above 5 percent.", "Dale & Chall 1948; list of Chall & Dale 1995",
           of=lambda a: readability.dale_chall_grade(a.counts)),
    Metric("lix", "readability", "LIX", "LIX", 0, INF, "harder", "words/sentences + 100 long words/words; long: over six letters.", "Björnsson 1968",
           of=lambda a: readability.lix(a.counts)),
    Metric("rix", "readability", "RIX", "long words per sentence", 0, INF, "harder", "Long words divided by sentences.", "Anderson 1983",
           of=lambda a: readability.rix(a.counts)),
    Metric("flesch_kincaid_own_voice_grade", "voices", "Flesch–Kincaid, reporter's voice", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's sentences without a quoted word in them.", "Kincaid et al. 1975",
           of=lambda a: a.grade("own voice")),
    Metric("flesch_kincaid_quotations_grade", "voices", "Flesch–Kincaid, quotations", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's sentences that are quoted for more than half of their words, with their 'she said'.", "Kincaid et al. 1975",
           of=lambda a: a.grade("quotations")),
    Metric("flesch_kincaid_lead_grade", "readability", "Flesch–Kincaid, lead", "US school year", -3.4, INF, "harder", "Flesch–Kincaid grade of the body's first paragraph.", "Kincaid et al. 1975",
           of=lambda a: a.grade("lead")),
    Metric("long_sentences_share", "readability", "Long sentences", "share of sentences", 0, 1, "more long sentences", "Sentences of the body with more than 25 words divided by its sentences.", _OURS,
           of=lambda a: share(a.long_sentences, a.counts.sentences)),
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

    def chosen(self, wanted: str | Iterable[str]) -> dict[str, Metric]:
        """The metrics of these names and groups, in the order of the dictionary.

        Raises `ToolkitError` with what is most like it for a name that is neither, and for none.

        >>> list(METRICS.chosen(["reply", "sources"]))
        ['sources', 'accused', 'reply_share']
        """
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        known = [*self, *GROUPS]
        for name in names:
            if name not in known:
                near = " or ".join(map(repr, get_close_matches(str(name), known, n=2)))
                hint = (
                    f"did you mean {near}?" if near else f"the groups are {', '.join(GROUPS)}; METRICS has the names."
                )
                raise ToolkitError(f"No metric and no group of metrics is called {name!r}; {hint}")
        if not names:
            raise ToolkitError("No metric was named; name at least one, or a group of them.")
        return {one.name: one for one in self.values() if one.name in names or one.group in names}

    def __repr__(self) -> str:
        return f"<METRICS: {len(self)} metrics, {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = ((one.name, one.group, one.label, one.unit, one.definition) for one in self.values())
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        head = "<tr><th>name</th><th>group</th><th>label</th><th>unit</th><th>what it is</th></tr>"
        return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


METRICS = Dictionary(_DICTIONARY)
