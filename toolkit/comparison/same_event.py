"""Which articles report the same event.

Two articles are alike as far as they share rare words: the mean of two TF-IDF cosines, of title and lead and of the
whole text, falling with the days between them. Articles are joined by average linkage: a story takes in an article, or
another story, while the mean likeness of all pairs between them is the highest there is and above the threshold.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ..analysis import Analysis
from ..article import Article, ToolkitError
from ..language.word_lists import word_class
from ..metrics.given import articles_of

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

WINDOW = 5
THRESHOLD = 0.07  # chosen on halves of 150 events by three outlets each; from .06 to .09 the result is nearly the same
_LEAD = 60  # words
_FADE = 2.0  # days in which likeness falls to 1/e
_UNDATED = 0.4  # what is left of it where a date is missing
_BACKGROUND = 50  # the least number of articles against which a word is rare: three articles alone cannot tell
_STOP = "between_source_and_verb determiner never_in_a_source opens_a_phrase pronoun refers".split()  # classes of words
TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?:[a-z]+,?\s+)?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[a-z]{3,9})\.?,?"
    r"|(?P<first>[a-z]{3,9})\.?\s+(?P<then>\d\d?)(?:st|nd|rd|th)?,?)\s+(?P<year>\d{4})(?!\d)"
)


class StoriesError(ToolkitError):
    """Articles that cannot be grouped as asked."""


class _Vector(NamedTuple):
    """The words of an article that weigh something, by number, and their weights; the squares add up to 1."""

    words: Integers
    weights: Floats


def days(published: Iterable[str]) -> list[date | None]:
    """The day in each date, None where there is none to be read.

    Read are 2018-04-03 and 20180403 (a time may follow), April 3, 2018, 3 Apr 2018, a weekday before them, 4/3/2018,
    3.4.18, and Unix seconds or milliseconds. Between slashes and hyphens the month stands first, unless a number above
    12 in the same list shows that the day does; between dots the day does.

    >>> days(["2018-04-03T09:00:00Z", "Tue, 3 Apr 2018", "4/3/18", "yesterday"])
    [datetime.date(2018, 4, 3), datetime.date(2018, 4, 3), datetime.date(2018, 4, 3), None]
    """
    given = [text.strip().lower() for text in published]
    numbers = [found for text in given if (found := _YEAR_LAST.match(text)) and found[2] != "."]
    day_first = any(int(found[1]) > 12 for found in numbers) and not any(int(found[3]) > 12 for found in numbers)
    return [_day(text, day_first) for text in given]


def _day(text: str, day_first: bool) -> date | None:
    if re.fullmatch(r"\d{10}(\.\d+)?|\d{13}", text):
        seconds = float(text) / (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    if found := _YEAR_FIRST.match(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 0 if year > 99 else 1900 if year > 68 else 2000
        turned = first > 12 or (second <= 12 and (day_first or found[2] == "."))
        month, day = (second, first) if turned else (first, second)
    elif found := _NAMED.match(text):
        name = (found["month"] or found["first"])[:3]
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year, day = int(found["year"]), int(found["day"] or found["then"])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def group(articles: Iterable[object], *, window: float = WINDOW, threshold: float = THRESHOLD) -> pd.DataFrame:
    """The event that each article reports, with the reason: one row an article, in the order given.

    ``articles`` as for `toolkit.measure`. Columns: id, story_id (first day and three telling words), linked_to (id of
    the most alike article of the story), similarity (0 to 1, of these two), why. A story that an article brings with
    it stays, and two of those are never joined: mend ``story_id`` in the table and give it back. An article without
    words has no story. ``window``: articles further apart in days are not compared; ``threshold``: higher makes fewer,
    surer links. A frame's index is kept, so ``frame.assign(story_id=group(frame)["story_id"])`` joins the two.

    Raises StoriesError for a negative window or a threshold outside 0..1, `ArticleError` for a frame without text.

    >>> group([
    ...     Article("The ferry to Brant Island ran aground on Monday.", id="a", published="2024-05-06"),
    ...     Article("Passengers left the ferry that ran aground off Brant Island.", id="b", published="May 7, 2024"),
    ...     Article("The council voted on the library's budget.", id="c", published="2024-05-07"),
    ... ])[["id", "linked_to", "why"]].to_dict("records")[0]
    {'id': 'a', 'linked_to': 'b', 'why': 'both have aground, Brant, ferry, Island, ran; 1 day apart'}
    """
    import pandas as pd

    if window < 0 or not 0 < threshold < 1:
        raise StoriesError(
            f"window is {window} and threshold {threshold}; give days from 0 and a number between 0 and 1."
        )
    index = articles.index if isinstance(articles, pd.DataFrame | pd.Series) else None
    given = [one.article if isinstance(one, Analysis) else one for one in articles_of(articles)]
    when = [day.toordinal() if day else 0 for day in days(article.published for article in given)]
    order = sorted(range(len(given)), key=lambda i: (when[i], given[i].title, given[i].text, given[i].id))
    listed, day = [given[i] for i in order], np.array([when[i] for i in order], dtype=np.int64)
    names, vectors = _vectors(listed)
    alike = _likenesses(vectors, len(names), day, window, threshold / 2)
    stories = _Stories(alike, [article.story for article in listed], threshold).joined()
    rows: list[tuple[str, str, str, float, str]] = [("", "", "", math.nan, "")] * len(listed)
    taken = {article.story for article in listed}
    for members in stories:
        name = next((listed[i].story for i in members if listed[i].story), "")
        if not name and len(vectors[members[0]].words):
            name = _name([(listed[i], vectors[i], int(day[i])) for i in members], names, taken)
        taken.add(name)
        for i in members:
            near = [(alike[i][j], -j) for j in members if j in alike[i]]
            value, j = max(near, default=(math.nan, 0))
            if near:
                why = _why(listed[i], listed[-j], names, vectors[i], vectors[-j], int(day[i]), int(day[-j]))
            elif not len(vectors[i].words):
                why = "no words to compare"
            else:
                why = f"no article within {window:g} days is alike enough"
            why = f"story given with the article; {why}" if listed[i].story else why
            rows[order[i]] = (listed[i].id, name, listed[-j].id if near else "", value, why)
    return pd.DataFrame(rows, columns=["id", "story_id", "linked_to", "similarity", "why"], index=index)


def _stem(word: str) -> str:
    """A word in lower case without the ending of its plural, past or participle."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)].removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def _forms(article: Article) -> dict[str, str]:
    """For each stem the form in which the article writes it first."""
    forms: dict[str, str] = {}
    for form in TOKEN.findall(f"{article.text} {article.title}"):
        forms.setdefault(_stem(form), re.sub("['’]s$", "", form))
    return forms


def _vectors(articles: Sequence[Article]) -> tuple[list[str], list[_Vector]]:
    """The words' names (a word of title and lead comes apart from the same of the whole), and each article's vector."""
    numbers: dict[tuple[str, bool], int] = {}
    stems: dict[str, str] = {}
    counts: list[tuple[Counter[int], Counter[int]]] = []
    stop = frozenset().union(*map(word_class, _STOP))
    for article in articles:
        title, text = TOKEN.findall(article.title), TOKEN.findall(article.text)
        fields = []
        for found, lead in ((title + text[:_LEAD], True), (title + text, False)):
            plain = (stems.get(word) or stems.setdefault(word, _stem(word)) for word in found)
            fields.append(Counter(numbers.setdefault((w, lead), len(numbers)) for w in plain if w not in stop))
        counts.append((fields[0], fields[1]))
    frequency = np.zeros(len(numbers))
    for pair in counts:
        for field in pair:
            frequency[list(field)] += 1
    rarity = np.log(max(len(articles), _BACKGROUND) / np.maximum(frequency, 1))
    vectors = []
    for pair in counts:
        words = np.array([w for field in pair for w in field], dtype=np.int64)
        parts = []
        for field in pair:
            weights = (1 + np.log(np.array(list(field.values()), dtype=np.float64))) * rarity[list(field)]
            parts.append(weights / (np.linalg.norm(weights) * math.sqrt(2) or 1.0))
        weights = np.concatenate(parts)
        kept = weights > 0
        vectors.append(_Vector(words[kept], weights[kept]))
    return [word for word, _ in numbers], vectors


def _likenesses(
    vectors: Sequence[_Vector], n_words: int, day: Integers, window: float, least: float
) -> list[dict[int, float]]:
    """For each article those that are like it by ``least`` or more. ``day`` rises, 0 for undated.

    Each article meets, word by word, those before it in which the word stands: of a list of articles for each word, the
    part that is undated and the part that is still in the window.
    """
    alike: list[dict[int, float]] = [{} for _ in vectors]
    words = np.concatenate([np.empty(0, np.int64), *(vector.words for vector in vectors)])
    owners = np.repeat(np.arange(len(vectors)), [len(vector.words) for vector in vectors])
    by_word = np.argsort(words, kind="stable")
    owners, weights = owners[by_word], np.concatenate([np.empty(0), *(v.weights for v in vectors)])[by_word]
    begin = np.concatenate([[0], np.cumsum(np.bincount(words, minlength=n_words))])[:-1]
    undated, first, end = begin.copy(), begin.copy(), begin.copy()
    left = int((day == 0).sum())
    for i, vector in enumerate(vectors):
        mine = vector.words
        while day[i] and day[left] < day[i] - window:
            first[vectors[left].words] += 1
            left += 1
        starts, stops = np.concatenate([begin[mine], first[mine]]), np.concatenate([undated[mine], end[mine]])
        lengths = stops - starts
        at = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        products = np.repeat(np.tile(vector.weights, 2), lengths) * weights[at]
        likeness = np.bincount(owners[at], products, minlength=1)
        others = np.flatnonzero(likeness >= least)
        apart = np.abs(day[others] - day[i])
        likeness = likeness[others] * np.where((day[others] == 0) | (day[i] == 0), _UNDATED, np.exp(-apart / _FADE))
        for j, value in zip(others.tolist(), likeness.tolist(), strict=True):
            if value >= least:
                alike[i][j] = alike[j][i] = value
        end[mine] += 1
        if not day[i]:
            undated[mine] += 1
            first[mine] += 1
    return alike


class _Stories:
    """Stories that grow by average linkage over the likenesses of articles; those not listed count as 0.

    ``given`` names stories that are fixed: no two of them are joined.
    """

    def __init__(self, alike: Sequence[dict[int, float]], given: Sequence[str], threshold: float) -> None:
        same: dict[str, list[int]] = defaultdict(list)
        for i, story in enumerate(given):
            same[story or f"\0{i}"].append(i)
        self.threshold = threshold
        self.members = dict(enumerate(same.values()))
        self.fixed = {number for number, story in enumerate(same) if not story.startswith("\0")}
        self.sums: dict[int, dict[int, float]] = {number: defaultdict(float) for number in self.members}
        self.queue: list[tuple[float, int, int]] = []
        home = {i: number for number, each in self.members.items() for i in each}
        for i, near in enumerate(alike):
            for j, value in near.items():
                if home[i] != home[j] and not {home[i], home[j]} <= self.fixed:
                    self.sums[home[i]][home[j]] += value
        for a, near in self.sums.items():
            for b in near:
                if a < b:
                    self._offer(a, b)

    def _offer(self, a: int, b: int) -> None:
        mean = self.sums[a][b] / (len(self.members[a]) * len(self.members[b]))
        if mean >= self.threshold:
            heapq.heappush(self.queue, (-mean, min(a, b), max(a, b)))

    def joined(self) -> list[list[int]]:
        """The articles of each story, once no two stories are alike enough."""
        new = len(self.members)
        while self.queue:
            _, a, b = heapq.heappop(self.queue)
            if a in self.members and b in self.members:
                self._join(a, b, new)
                new += 1
        return sorted(self.members.values())

    def _join(self, a: int, b: int, new: int) -> None:
        self.members[new] = sorted(self.members.pop(a) + self.members.pop(b))
        if a in self.fixed or b in self.fixed:
            self.fixed.add(new)
        self.sums[new] = defaultdict(float)
        for old in (a, b):
            for c, value in self.sums.pop(old).items():
                if c in self.members and c != new:
                    self.sums[c].pop(old)
                    if not {c, new} <= self.fixed:
                        self.sums[new][c] += value
        for c, value in self.sums[new].items():
            self.sums[c][new] = value
            self._offer(c, new)


def _name(members: Sequence[tuple[Article, _Vector, int]], names: Sequence[str], taken: set[str]) -> str:
    """The story's first day and the three words that weigh most in its articles."""
    weights: Counter[str] = Counter()
    for _, vector, _ in members:
        for word, weight in zip(vector.words.tolist(), vector.weights.tolist(), strict=True):
            weights[names[word]] += weight
    top = sorted(weights, key=lambda word: (-weights[word], word))[:3]
    forms = {stem: form for article, _, _ in members for stem, form in _forms(article).items()}
    first = min((day for _, _, day in members if day), default=0)
    parts = [date.fromordinal(first).isoformat()] if first else []
    name = free = "-".join([*parts, *(forms[word].lower() for word in top)])
    again = 1
    while free in taken:
        again += 1
        free = f"{name}-{again}"
    return free


def _why(one: Article, other: Article, names: Sequence[str], a: _Vector, b: _Vector, day_a: int, day_b: int) -> str:
    """The five words that make two articles most alike, as the first one writes them, and the days between."""
    _, at_a, at_b = np.intersect1d(a.words, b.words, return_indices=True)
    weights: Counter[str] = Counter()
    for word, weight in zip(a.words[at_a].tolist(), (a.weights[at_a] * b.weights[at_b]).tolist(), strict=True):
        weights[names[word]] += weight
    forms = _forms(one)
    top = sorted(weights, key=lambda word: (-weights[word], word))[:5]
    apart = abs(day_a - day_b)
    when = "same day" if not apart else f"{apart} day{'s' * (apart != 1)} apart"
    return f"both have {', '.join(forms[word] for word in top)}; {when if day_a and day_b else 'a date is missing'}"
