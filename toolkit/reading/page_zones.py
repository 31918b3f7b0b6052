"""What each stretch of a pasted page is, and why; nothing is deleted.

Every line of the text gets one zone: the likeliest sequence of kinds by weights learnt from pages whose lines were
labelled (`training/pages.py`). Metrics read the body; the ledger lists what was left out of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain, groupby

import numpy as np
import numpy.typing as npt

from ..article import Article, Correction, Span, Zone
from ..language import reasons, segmentation
from . import corrections as by_hand
from . import page_features, page_lines
from .page_leanings import KINDS, Floats, furniture_of, lean, sorts

EDITORIAL = ("headline", "deck", "caption", "body")  # written by the newsroom: searched for quotations and sources
WRAPPED = 45  # letters; a paragraph broken into lines shorter than this was none
DOUBT = 3.0  # of a page without a headline: the line above the body that falls short by less is taken for one
TITLE = 20.0  # added to the score where the file's own title stands: more than all else a line can say

_BODY = {KINDS.index("body"), KINDS.index("subheading")}

_BY = re.compile(r"by\b", re.IGNORECASE)
_PLACE = r"[^\W\d_][\w.’'/ -]{1,40}?(?:, [^\W\d_][\w. ]{1,20}?)?"
_DAY = rf",? (?i:\d{{1,2}} {page_lines.MONTH}|{page_lines.MONTH} \d{{1,2}})(?:,? \d{{4}})?"
_DATELINE = re.compile(rf"({_PLACE})({_DAY})?(\s?\([^()\d]{{2,30}}\))?\s?(—|–|--|-(?= )|:)\s+(?=\S)")
_PLACE_AND_DAY = re.compile(rf"[^\W\da-z]{{2}}[^\Wa-z\d]*(?:[ /.’'-]+[^\Wa-z\d]+)*{_DAY}")
_CELL_BORDER = re.compile(r"\s*(?:\t|\|| {3,})\s*")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_FIGURE = re.compile(r"[\d\s.,:%$£€+()/–-]*\d[\d\s.,:%$£€+()/–-]*[a-zA-Z]{0,2}")


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights of the features (one row each, one column a kind), of successions (from row to column), of beginnings."""

    row: Mapping[str, int]
    weights: Floats
    follow: Floats
    start: Floats


def zones(article: Article) -> tuple[Zone, ...]:
    """One zone for every line that holds more than white space, in order and without overlap.

    A dateline at the head of the first paragraph is a zone of its own. A text of one line is body. The kinds are those
    of `Zone`; ``why`` names what decided most, for junk the sort of furniture where it is a known one. The title that
    the file gives finds the headline; a line that repeats the headline is junk; a line that the article's corrections
    know (`reading.corrections`) is what they say.

    >>> page = "Mayor quits after vote\\n\\nRemove Ads\\n\\nThe mayor of Elm quit on Friday. She gave no reason."
    >>> [zone.kind for zone in zones(Article(page))], zones(Article(page))[1].why
    (['headline', 'junk', 'body'], 'advert control')
    """
    text = article.text
    paragraphs = segmentation.paragraphs(text)
    own = [(one, by_hand.pattern(one)) for one in article.corrections if one.what == "line"]

    def told(line: str) -> Correction | None:
        bare = " ".join(line.split()) if own else ""
        return next((one for one, pattern in own if pattern.fullmatch(bare)), None)

    units = [unit for paragraph in paragraphs for unit in _lines(text, paragraph, told)]
    kinds = _kinds(text, units, _key(article.title), [told(unit.of(text)) for unit in units])
    out: list[Zone] = []
    for paragraph in _joined(paragraphs, units, kinds):
        kind, why = kinds[paragraph.start]
        first_body = kind == "body" and not any(zone.kind == "body" for zone in out)
        dateline = _dateline(text, paragraph) if first_body else None
        if dateline:
            out.append(Zone(dateline, "dateline", "place, agency or date before the first words"))
            gap = re.compile(r"\s*").match(text, dateline.end)
            paragraph = Span(gap.end() if gap else dateline.end, paragraph.end)
        out.append(Zone(paragraph, kind, why))
    return tuple(out)


def _dateline(text: str, paragraph: Span) -> Span | None:
    """The dateline at the head of a paragraph: a place in capitals, or one with an agency or a date, and a dash."""
    found = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    if not found:
        return None
    place, day, agency, sign = found.groups()
    town = place.partition(",")[0]
    written = town.isupper() and len(town) > 2
    if not ((written and (sign != ":" or " " in town or agency)) or (sign != ":" and (agency or day))):
        return None
    return Span(paragraph.start, found.end(4))


def body(found: Iterable[Zone]) -> list[Span]:
    """The spans of the body's paragraphs."""
    return [zone.span for zone in found if zone.kind == "body"]


def load(content: bytes) -> Learnt:
    """Weights from the bytes of a file, as ``training/pages.py`` writes it."""
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
        weights = stored["weights"] * np.float32(about["scale"])
        return Learnt(
            {name: i for i, name in enumerate(bytes(stored["features"]).decode("utf-8").split("\n"))},
            np.vstack([weights, np.zeros((1, len(KINDS)), np.float32)]).astype(np.float32),
            stored["follow"].astype(np.float32),
            stored["start"].astype(np.float32),
        )


@cache
def _learnt(few: bool) -> Learnt:
    """The weights for texts of a few lines, or for pages."""
    return load(files("toolkit").joinpath("weights/few-lines.npz" if few else "weights/pages.npz").read_bytes())


def _lines(text: str, paragraph: Span, told: Callable[[str], object]) -> list[Span]:
    """The lines of a paragraph that is none: short lines that stand close together on a page, or one that is told.

    A line that begins in small letters goes on from the line before.
    """
    if "\n" not in text[paragraph.start : paragraph.end]:
        return [paragraph]
    found: list[Span] = []
    start = paragraph.start
    apart = False
    for line in paragraph.of(text).split("\n"):
        here = apart = bool(told(line)) or apart
        if found and line.lstrip()[:1].islower() and not _BY.match(line) and not here:
            found[-1] = Span(found[-1].start, start + len(line))
        elif line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    broken = apart or any(line.end - line.start < WRAPPED for line in found[:-1])
    return found if broken or any(_BY.match(text, *line) for line in found[1:]) else [paragraph]


def _joined(paragraphs: list[Span], units: list[Span], kinds: dict[int, tuple[str, str]]) -> list[Span]:
    """The units, with those of one paragraph put together again where all of them are body."""
    ends = {paragraph.start: paragraph.end for paragraph in paragraphs}
    out: list[Span] = []
    whole = -1  # the end of the paragraph that the last unit belongs to
    for unit in units:
        if unit.end <= whole and kinds[out[-1].start][0] == kinds[unit.start][0] == "body":
            out[-1] = Span(out[-1].start, unit.end)
        else:
            out.append(unit)
        whole = ends.get(unit.start, whole)
    return out


def _key(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _kinds(
    text: str, units: Sequence[Span], title: str, told: Sequence[Correction | None]
) -> dict[int, tuple[str, str]]:
    """Kind and reason of each unit, by where it starts."""
    if len(units) < 2:
        return {unit.start: ("body", "paragraph") for unit in units}
    learnt = _learnt(len(units) <= page_features.FEW)
    lines = [unit.of(text) for unit in units]
    ends = [0, *(unit.end for unit in units)]
    seen = page_features.lines_of(
        lines, [max(0, text.count("\n", end, unit.start) - 1) for end, unit in zip(ends, units, strict=False)]
    )
    rows = _rows(learnt, page_features.of_lines(seen))
    scores = _scores(learnt, rows)
    sort = cache(lambda i: furniture_of(lines[i]))  # of this page only
    lean(scores, seen, sort)
    named = [i for i, line in enumerate(lines) if title and len(line) < len(title) + 99 and _key(line) == title]
    if named:
        scores[named[0], 0] += TITLE
        scores[named[1:], -1] += TITLE
    for i, one in enumerate(told):
        if one:
            scores[i, KINDS.index(one.value)] += TITLE
    table = _tables([line.strip() for line in lines])
    scores[sorted(table), -1] += TITLE
    path = _path(learnt, scores, lines, table, sort)
    out: dict[int, tuple[str, str]] = {}
    head = path.index(0) if 0 in path else -1
    heading = _key(lines[head]) if head >= 0 else ""
    for i, (unit, number) in enumerate(zip(units, path, strict=True)):
        kind = KINDS[number]
        one = told[i]
        again = i != head and heading and abs(len(lines[i]) - len(lines[head])) < 99 and _key(lines[i]) == heading
        if one and kind == one.value:
            out[unit.start] = (kind, f"{one.place or 'your line'}: {one.which}")
        elif again:
            out[unit.start] = ("junk", "repeated headline")
        elif kind in {"body", "subheading"}:
            out[unit.start] = ("body", "paragraph" if kind == "body" else "subheading")
        elif kind == "junk" and i in table:
            out[unit.start] = ("junk", "table")
        elif _PLACE_AND_DAY.fullmatch(lines[i].strip()):
            out[unit.start] = ("dateline", "place in capitals and day")
        elif kind == "headline" and i in named:
            out[unit.start] = ("headline", "equals the title")
        else:
            known = sort(i) if kind == "junk" else ""
            out[unit.start] = (kind, known or _why(learnt, rows[i], number))
    return out


def _path(
    learnt: Learnt, scores: Floats, lines: Sequence[str], table: set[int], sort: Callable[[int], str]
) -> list[int]:
    """The likeliest kinds; no text is without a body, and a page rarely without a headline above it."""
    body, headline = KINDS.index("body"), KINDS.index("headline")
    path = best_path(scores, learnt.follow, learnt.start)
    if not _BODY.intersection(path):  # its longest line that is no table
        longest = max(range(len(lines)), key=lambda i: (i not in table, len(lines[i])))
        scores[longest, body] += 2 * TITLE
        path = best_path(scores, learnt.follow, learnt.start)
    above = next(i for i, kind in enumerate(path) if kind in _BODY)
    if headline not in path and above:
        short = scores[:above, headline] - scores[:above].max(1)
        likeliest = int(short.argmax())
        if short[likeliest] > -DOUBT and not sort(likeliest):
            scores[likeliest, headline] += TITLE
            path = best_path(scores, learnt.follow, learnt.start)
    return path


def decided(learnt: Learnt, features: Iterable[Iterable[str]]) -> list[str]:
    """The kind of each line that has these features."""
    path = best_path(_scores(learnt, _rows(learnt, features)), learnt.follow, learnt.start)
    return [KINDS[number] for number in path]


def _rows(learnt: Learnt, features: Iterable[Iterable[str]]) -> list[list[int]]:
    """The rows of the weights that speak of each line; the last row is that of unknown features."""
    get, unknown = learnt.row.get, len(learnt.row)
    return [[get(name, unknown) for name in found] for found in features]


def _scores(learnt: Learnt, rows: Sequence[Sequence[int]]) -> Floats:
    counts = np.fromiter(map(len, rows), np.intp, len(rows))
    flat = np.fromiter(chain.from_iterable(rows), np.intp, int(counts.sum()))
    return np.add.reduceat(learnt.weights[flat], np.cumsum(counts) - counts)


def best_path(scores: Floats, follow: Floats, start: Floats) -> list[int]:
    """The likeliest kind of each line: the path of the highest sum of scores and successions (Viterbi 1967)."""
    best = start + scores[0]
    came: list[npt.NDArray[np.intp]] = []
    columns = np.arange(len(start))
    for score in scores[1:]:
        steps = best[:, None] + follow
        chosen = steps.argmax(0)
        came.append(chosen)
        best = steps[chosen, columns] + score
    path = [int(best.argmax())]
    for chosen in reversed(came):
        path.append(int(chosen[path[-1]]))
    return path[::-1]


def _why(learnt: Learnt, rows: Sequence[int], kind: int) -> str:
    """What spoke most for this kind of line and against the others, in the reader's words."""
    words = _reasons(learnt is _learnt(True))
    weights = learnt.weights[rows]
    own = weights[:, kind]
    found: dict[str, float] = {}
    for row, gain in zip(rows, (own - (weights.sum(1) - own) / (len(KINDS) - 1)).tolist(), strict=True):
        if says := words[row]:
            found[says] = found.get(says, 0.0) + gain
    most = sorted(found, key=lambda says: (-found[says], says))[:2]
    return ", ".join(says for says in most if found[says] > 0) or "the lines around it"


def _tables(lines: Sequence[str]) -> set[int]:
    """Which lines are rows of cells, two or more in a row; or cells on lines of their own, many of them figures."""
    found: set[int] = set()
    rows = [_is_row(line) for line in lines]
    cells = [len(line) < 40 and line.count(" ") < 4 and not _ENDS.search(line) for line in lines]
    for marks, least in ((rows, 2), (cells, 8)):
        for told, group in groupby(range(len(lines)), key=lambda i: marks[i] and i not in found):
            run = list(group)
            figures = sum(_FIGURE.fullmatch(lines[i]) is not None for i in run) if marks is cells else len(run)
            if told and len(run) >= least and 3 * figures >= len(run):
                found.update(run)
    return found


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: short cells, parted by tabs, bars or many blanks."""
    if not ("\t" in line or "|" in line or "   " in line):
        return False
    cells = [cell for cell in _CELL_BORDER.split(line.strip("| \t")) if cell]
    return len(cells) > 1 and all(cell.count(" ") < 8 and not _ENDS.search(cell) for cell in cells)


@cache
def _reasons(few: bool) -> tuple[str, ...]:
    """What each row of the weights says in the reader's words; the last row, that of unknown features, says nothing."""
    return (*(reasons.reason("zone", feature) for feature in _learnt(few).row), "")


def sort_of(zone: Zone) -> str:
    """The sort of furniture of a zone of junk, such as ``newsletter``; ``other`` where it is no well-known one."""
    known = {"table", "repeated headline", *(sort for sort, _ in sorts())}
    return zone.why if zone.why in known else "other"
