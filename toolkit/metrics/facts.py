"""What the metrics of an article are made from: counts and lists that several of them share, each worked out once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from functools import cached_property

from ..analysis import Analysis
from ..article import Span
from ..attribution.attributions import Attribution
from ..attribution.quotation_marks import Quotation
from ..language import readability, segmentation
from ..people.sources import Source
from . import hedging, right_of_reply, sourcing
from .sourcing import OFFICIAL, count

LONG = 25  # words; a sentence with more is a long one


class Facts:
    """An analysis as the metrics see it; each part is worked out when first asked for, then kept.

    ``attributions`` are those of the body that stand in no other one, each with its source (None: none); ``sources``
    those of the body, ``spoken`` the same with the words attributed to each.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    # how long it is

    @cached_property
    def words(self) -> int:
        """The words of the body."""
        return len(self.analysis.words)

    @cached_property
    def each(self) -> list[readability.Counts]:
        """What readability counts in each sentence of the body."""
        return readability.count_each(self.analysis.text, self.analysis.sentences)

    @cached_property
    def counts(self) -> readability.Counts:
        """What readability counts in the body."""
        return sum(self.each, readability.Counts())

    @property
    def long_sentences(self) -> int:
        """The sentences of more than `LONG` words."""
        return sum(counts.words > LONG for counts in self.each)

    @property
    def junk_words(self) -> int:
        """The words of page furniture."""
        junk = [zone.span for zone in self.analysis.zones if zone.kind == "junk"]
        return len(segmentation.words(self.analysis.text, junk))

    # quotation

    @property
    def marked(self) -> list[Quotation]:
        """All runs in quotation marks in the body, terms and titles too."""
        return [q for q in self.analysis.quotations if q.paragraph >= 0]

    @cached_property
    def quotations(self) -> int:
        """The quotations of the body; one that goes on over paragraphs counts once."""
        return sum(not q.continued for q in self.analysis.quoted)

    @cached_property
    def quoted_words(self) -> int:
        """The words of the body that are quoted."""
        return count(self.analysis.words, [q.content for q in self.analysis.quoted])

    @cached_property
    def by_voice(self) -> dict[str, readability.Counts]:
        """What readability counts in sentences without a quoted word, in quoted ones, and in the first paragraph."""
        voices = {name: readability.Counts() for name in ("own voice", "quotations", "lead")}
        contents = [q.content for q in self.analysis.quoted]
        starts = [content.start for content in contents]
        for sentence, counts in zip(self.analysis.sentences, self.each, strict=True):
            first, stop = (bisect_left(self.analysis.words, (at, 0)) for at in sentence)
            words = self.analysis.words[first:stop]
            near = slice(max(0, bisect_left(starts, sentence.start) - 1), bisect_left(starts, sentence.end))
            quoted = count(words, contents[near])
            if 2 * quoted > len(words):
                voices["quotations"] += counts
            elif not quoted:
                voices["own voice"] += counts
            if self.analysis.paragraphs[0].overlaps(sentence):
                voices["lead"] += counts
        return voices

    def grade(self, voice: str) -> float:
        """The Flesch-Kincaid grade of one of `by_voice`."""
        return readability.flesch_kincaid_grade(self.by_voice[voice])

    # attribution

    @cached_property
    def attributions(self) -> list[tuple[Attribution, Source | None]]:
        """The attributions that count, each with its source."""
        return list(sourcing.attributed(self.analysis).values())

    @cached_property
    def attributed_words(self) -> int:
        """The words of the body that are attributed to somebody."""
        return count(self.analysis.words, [span for a, _ in self.attributions for span in a.content])

    @cached_property
    def _kinds_and_stances(self) -> Counter[str]:
        return Counter(word for a, _ in self.attributions for word in (a.kind, a.stance))

    def told(self, how: str) -> int:
        """How many attributions are of that kind or stance."""
        return self._kinds_and_stances[how]

    @property
    def second_hand(self) -> int:
        """The attributions whose source is another medium, or spoke to one."""
        return sum(source is not None and source.second_hand for _, source in self.attributions)

    @cached_property
    def _ends(self) -> tuple[tuple[Attribution, Source], tuple[Attribution, Source]] | None:
        """The first and the last attribution that has a source, with it."""
        said = [(a, source) for a, source in self.attributions if source]
        if not said:
            return None
        return (
            min(said, key=lambda pair: pair[0].content[0].start),
            max(said, key=lambda pair: pair[0].content[-1].end),
        )

    @property
    def words_before_source(self) -> float:
        """The words of the body before the first attribution that has a source; NaN where none has."""
        return bisect_left(self.analysis.words, Span(self._ends[0][0].content[0].start, 0)) if self._ends else math.nan

    def official(self, end: int) -> float:
        """Whether the first (0) or last (-1) who speaks is an official, as 1 or 0; NaN where nobody does."""
        return float(self._ends[end][1].role in OFFICIAL) if self._ends else math.nan

    # sources

    @cached_property
    def spoken(self) -> list[tuple[Source, int]]:
        """The sources of the body, each with the words attributed to it."""
        return sourcing.spoken(self.analysis)

    @cached_property
    def sources(self) -> list[Source]:
        """The sources of the body."""
        return [source for source, _ in self.spoken]

    @cached_property
    def anonymous(self) -> list[Source]:
        """Those that are anonymous."""
        return [source for source in self.sources if source.anonymous]

    @cached_property
    def identified(self) -> list[Source]:
        """Those that are neither anonymous nor an open class of people."""
        return [source for source in self.sources if not source.anonymous and source.kind != "collective_public"]

    @cached_property
    def officials(self) -> int:
        """How many of the identified sources are officials."""
        return sum(source.role in OFFICIAL for source in self.identified)

    @cached_property
    def transparent(self) -> int:
        """How many sources are fully identified."""
        return sum(map(sourcing.transparent, self.sources))

    @cached_property
    def amounts(self) -> list[int]:
        """The words attributed to each source."""
        return [words for _, words in self.spoken]

    def kind(self, name: str) -> int:
        """How many sources are of that kind."""
        return sum(source.kind == name for source in self.sources)

    # hedges and replies

    @cached_property
    def hedges(self) -> hedging.Hedges:
        """How many hedges and words stand in each voice."""
        return hedging.counted(self.analysis)

    @cached_property
    def replies(self) -> tuple[right_of_reply.Reply, ...]:
        """Who is accused or doubted, and what there is of their answer."""
        return right_of_reply.replies(self.analysis)

    @property
    def unanswered(self) -> int:
        """Of how many of these the article has no answer, nor that one was looked for."""
        return sum(reply.status == "absent" for reply in self.replies)
