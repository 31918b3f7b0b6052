"""The features of the lines of a page: what can be seen of each, where it stands, and what stands beside it.

Each line gets a list of short strings. The first word of a feature is its family, which lists/reasons.tsv puts into a
reader's words. What the features mean together is learnt (`training/pages.py`) and decided in `page_zones`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from .page_lines import COMMON, DATE, FULL_NAME, NAME, PROSE, SENTENCE, TIME, Line

FEW = 10  # lines; a text of so many is no page with menus, and told by features of its own
OF_PAGES = frozenset("ahead full lead long parted tense wide".split())  # families that only longer texts have
APART = 6  # lines; prose farther apart than this is no one block
SEARCHED = 40_000  # letters of prose in which a line is looked for again: more than an article has

_LENGTHS = (1, 2, 3, 5, 8, 12, 18, 27, 40, 70)


def words_in(feature: str) -> list[str]:
    """The words of a feature that holds some."""
    return [word for word in feature.split(" ")[1:] if word[0].isalpha() and word not in {"p", "x"}]


def features(texts: Sequence[str], gaps: Sequence[int]) -> list[list[str]]:
    """The features of each line, in order; ``gaps``: how many blank lines stand above each.

    >>> "by" in features(["Mayor quits", "By Ann Lee", "The mayor of Elm quit on Friday."], [0, 1, 0])[1]
    True
    """
    return of_lines(lines_of(texts, gaps))


def lines_of(texts: Sequence[str], gaps: Sequence[int]) -> list[Line]:
    """The lines with what can be seen of each."""
    return [Line(text, min(gap, 3)) for text, gap in zip(texts, gaps, strict=True)]


def of_lines(lines: list[Line]) -> list[list[str]]:
    """The features of each line, in order."""
    page = _Page(lines)
    return [list(dict.fromkeys(page.of(i))) for i in range(len(lines))]


class _Page:
    """The lines of a page, and what they are to each other."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        size = len(lines)
        if not any(line.prose for line in lines):  # a small text
            for line in lines:
                line.prose = line.ends and line.n >= 4
        prose = [i for i, line in enumerate(lines) if line.prose]
        self.counts: Counter[str] = Counter()  # in how many lines of prose each longer word stands
        for i in prose:
            self.counts.update({word for word in lines[i].low if len(word) > 3})
        self.same: dict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(lines):
            self.same[line.key].append(i)
        blocks: list[list[int]] = []
        for i in prose:
            if blocks and i - blocks[-1][-1] <= APART:
                blocks[-1].append(i)
            else:
                blocks.append([i])
        main = max(blocks, key=lambda block: sum(lines[i].n for i in block), default=[size])
        self.first, self.last = main[0], main[-1]
        self.share = bisect_left((0.1, 0.25, 0.5, 0.75, 0.95), len(prose) / max(1, size))
        self.size_class = bisect_left((3, 8, 20, 40, 80), size)
        self.prose = "\n".join(lines[i].key for i in prose)[:SEARCHED]
        self.before = [-1] * size  # the last prose above
        self.after = [size] * size  # the next prose from here on
        self.runs = [0] * size  # length of the stretch of short lines
        start = last = -1
        for i, line in enumerate(lines):
            self.before[i] = last
            last = i if line.prose else last
            if line.short and start < 0:
                start = i
            if start >= 0 and (i + 1 == size or not lines[i + 1].short):
                self.runs[start : i + 1] = [i + 1 - start] * (i + 1 - start)
                start = -1
        following = size
        for i in range(size - 1, -1, -1):
            following = i if lines[i].prose else following
            self.after[i] = following
        self.extra: dict[int, list[str]] = defaultdict(list)
        self._candidates()
        if size > FEW:
            self._whole(prose)

    def of(self, i: int) -> list[str]:
        line = self.lines[i]
        place = "pre" if i < self.first else "in" if i <= self.last else "post"
        out = [*self._alone(line, place, self._overlap(line)), *self._placed(i, line, place), *self.extra[i]]
        out += self._beside(i, line, place)
        return out

    def _overlap(self, line: Line) -> str:
        content = [word for word in line.low if len(word) > 3 and word not in COMMON]
        if not content:
            return "n"
        least = 1 if line.prose else 0
        shared = sum(self.counts[word] > least for word in content)
        return "0" if not shared else str(1 + bisect_left((0.25, 0.5, 0.75), shared / len(content)))

    def _alone(self, line: Line, place: str, overlap: str) -> list[str]:
        text, low = line.text, line.low
        n = bisect_left(_LENGTHS, line.n)
        half = n // 2
        capitals = bisect_left((0.15, 0.35, 0.6, 0.85), line.capitals / len(low)) if low else 9
        end = "?" if text.endswith("?") else "." if line.ends else text[-1] if text[-1:] in ":!,;|-—" else ""
        out = [
            "bias",
            f"n {n}",
            f"n {n} {end}",
            f"n {n} {place} {end}",
            f"end {end}",
            f"cap {capitals}",
            f"cap {capitals} {n}",
            f"place {place}",
            f"ov {overlap}",
            f"ov {overlap} {place}",
            f"ov {overlap} n{n}",
            f"ov {overlap} {place} {capitals} {n // 3}",
            f"page {self.share} {place} {n // 3}",
            f"page {self.size_class} {self.share} {int(line.prose)}",
        ]
        return [*out, *_seen(line, place, overlap, half), *_flagged(line, place, end, capitals), *_worded(line, n // 3)]

    def _placed(self, i: int, line: Line, place: str) -> list[str]:
        n = bisect_left(_LENGTHS, line.n)
        distance = i - self.first if place == "pre" else i - self.last if place == "post" else min(i - self.first, 9)
        out = [
            f"main {place} {max(-12, min(distance, 12))}",
            f"top {bisect_left((0, 1, 2, 4, 8, 16, 32), i)} {place}",
            f"bottom {bisect_left((0, 1, 3, 8, 20), len(self.lines) - 1 - i)} {place}",
            f"place {place} {int(line.prose)}",
            f"gap {line.gap} {n // 2}",
            f"run {bisect_left((1, 2, 3, 5, 9, 17), max(1, self.runs[i]))} {int(line.short)} {place}",
        ]
        if len(self.lines) <= FEW:
            above = self.lines[i - 1].shape if i else "none"
            below = self.lines[i + 1].shape if i + 1 < len(self.lines) else "none"
            out += [
                f"few {i} {line.shape}",
                f"few {above} {line.shape}",
                f"few {line.shape} {below}",
                f"few {min(i, 2)} {int(line.prose)} {n}",
            ]
            out += [f"few {name} {int(line.prose)}" for name in line.flags]
        if place == "in":
            back, ahead = i - self.before[i], self.after[i] - i
            out += [
                f"main {min(back, 5)} {min(ahead, 5)} {n // 2}",
                f"main run {min(ahead + back - 1, 8)} {int(line.prose)}",
            ]
        same = self.same[line.key]
        if len(same) > 1:
            out += [
                f"again {min(len(same), 3)} {place}",
                f"again {'later' if i > same[0] else 'first'} {place} {n // 2}",
            ]
        if 4 <= line.n <= 40 and (not line.prose or line.n <= 30):
            times = self.prose.count(line.key)
            if times > line.prose:
                out += ["part", f"part {place} {int('quote' in line.flags)}"]
        return out

    def _beside(self, i: int, line: Line, place: str) -> list[str]:
        lines, me = self.lines, line.shape
        above = lines[i - 1] if i else None
        below = lines[i + 1] if i + 1 < len(lines) else None
        above_shape, below_shape = (other.shape if other else "none" for other in (above, below))
        two_up = lines[i - 2].shape if i > 1 else "none"
        two_down = lines[i + 2].shape if i + 2 < len(lines) else "none"
        out = [
            f"shape p {above_shape}",
            f"shape x {below_shape}",
            f"shape p {above_shape} {me}",
            f"shape x {below_shape} {me}",
            f"shape pp {two_up} {above_shape[:1]}",
            f"shape xx {below_shape[:1]} {two_down}",
            f"shape {me} {place}",
        ]
        if below:
            out.append(f"gap x {below.gap} {bisect_left(_LENGTHS, line.n) // 2}")
        for side, other in (("p", above), ("x", below)):
            if other is None:
                continue
            if len(self.same[other.key]) > 1:
                out.append(f"shape {side} again {me}")
            for name in other.flags:
                if name in {"by", "credit", "photo", "copy", "job"}:
                    out += [f"shape {side} {name}", f"shape {side} {name} {me}"]
            if other.n < 10 and "date" in other.flags:
                out.append(f"shape {side} date {me[0]}")
            if other.n < 7 and NAME.match(other.text):
                out.append(f"shape {side} name {me}")
            if other.low:
                out.append(f"next {' '.join(other.low)} ={side}" if other.n <= 4 else f"next {other.low[0]} {side}")
        return out

    def _sharing(self) -> list[tuple[float, int]]:
        """Lines above the main text, by how much they share with it."""
        found = []
        for i in range(min(self.first + 1, len(self.lines))):
            line = self.lines[i]
            if 3 <= line.n <= 30 and not (line.prose and line.n > 25):
                content = {word for word in line.low if len(word) > 3 and word not in COMMON}
                shared = [math.log1p(self.counts[word]) for word in content]
                total = sum(shared)
                if total:
                    found.append((total * sum(x > 0 for x in shared) / len(content), i))
        return sorted(found, key=lambda one: (-one[0], one[1]))

    def _candidates(self) -> None:
        """The lines that share the most with the main text: one of them is the headline."""
        found = self._sharing()
        if not found:
            return
        extra = self.extra
        for rank, (total, i) in enumerate(found[:5]):
            extra[i] += [
                f"best {rank}",
                f"best {rank} {bisect_left((0.5, 1, 2, 3, 5), total)}",
                f"best {rank} {self.lines[i].shape}",
                f"best {rank} {bisect_left((1, 2, 4, 7, 12), self.first - i)}",
            ]
        good = [i for total, i in found if total >= 0.5 * found[0][0]]
        for name, at in (("good", min(good)), ("top", found[0][1]), ("near", max(good))):
            extra[at] += [f"near {name} is", f"near {name} is {self.lines[at].shape}"]
            for d in range(1, 7):
                if at + d < len(self.lines) and at + d < self.first + 2:
                    extra[at + d] += [f"near {name} +{d} {self.lines[at + d].shape}", f"near {name} +{d}"]
            for i in range(at):
                extra[i].append(f"near before {name}")
            for i in range(at + 1, min(self.first, len(self.lines))):
                extra[i].append(f"near after {name}")
        self._holding([i for _, i in found[:3]])

    def _whole(self, prose: Sequence[int]) -> None:
        """What only a whole page shows: the usual paragraph, what stands alone, whose names come again."""
        lines, extra = self.lines, self.extra
        lengths = sorted(lines[i].n for i in prose) or [PROSE]
        usual = lengths[len(lengths) // 2]
        beside = [i for i in prose if i and lines[i - 1].prose]
        gap = Counter(lines[i].gap for i in beside).most_common(1)[0][0] if beside else -1
        together = bisect_left((0.3, 0.6, 0.85), len(beside) / len(lengths))
        names = [set(FULL_NAME.findall(line.text)) if line.n > 2 else set() for line in lines]
        seen: Counter[str] = Counter(name for i in prose for name in names[i])
        passed: Counter[str] = Counter()
        for rank, i in enumerate(prose):
            line = lines[i]
            long = bisect_left((0.35, 0.6, 0.9, 1.3), line.n / usual)
            alone = not (i and lines[i - 1].prose) + 2 * (not (i + 1 < len(lines) and lines[i + 1].prose))
            fits = "first" if not i else int(line.gap == gap)
            sentences = min(3, 1 + len(SENTENCE.findall(line.text[:600])))
            extra[i] += [
                f"long {long}",
                f"long {long} {sentences} {line.shape}",
                f"parted {alone} {together}",
                f"parted {alone} {together} {long} {sentences}",
                f"parted gap {fits} {alone}",
                f"lead {min(rank, 2)} {min(len(prose) - 1 - rank, 2)} {long} {sentences}",
                f"lead {min(rank, 2)} {alone} {sentences}",
            ]
        for i, line in enumerate(lines):
            place = "pre" if i < self.first else "in" if i <= self.last else "post"
            if names[i]:
                others = [seen[name] - line.prose for name in names[i]]
                told = "again" if any(passed[name] for name in names[i]) else "ahead" if any(others) else "new"
                extra[i] += [
                    f"full {told} {place}",
                    f"full {told} {place} {line.shape}",
                    f"full {told} {int('say' in line.flags)}",
                ]
            if line.prose:
                passed.update(names[i])
            if line.n > 3:
                endings = [word[-3:] for word in line.low[1:12] if len(word) > 4]
                for end in ("ing", "ed"):
                    if any(e.endswith(end) for e in endings):
                        extra[i].append(f"tense {end} {place} {line.shape[0]}")
        self._ahead()

    def _ahead(self) -> None:
        """Above the main text: how far the next byline and date are, and which lines are the longest without a stop."""
        lines, extra = self.lines, self.extra
        top = range(min(self.first + 1, len(lines)))
        for name in ("by", "date"):
            at = -1
            for i in reversed(top):
                if 0 < at - i < 9:
                    extra[i] += [
                        f"ahead {name} {at - i}",
                        f"ahead {name} {bisect_left((1, 3, 5), at - i)} {lines[i].shape}",
                    ]
                if name in lines[i].flags and lines[i].n < 15:
                    at = i
        open_ended = sorted(
            (i for i in top if lines[i].n > 3 and lines[i].text[-1] != "."), key=lambda i: (-lines[i].n, i)
        )
        for rank, i in enumerate(open_ended[:4]):
            extra[i] += [
                f"wide {rank}",
                f"wide {rank} {len(open_ended) - rank > 1} {bisect_left((1, 2, 4, 7, 12), self.first - i)}",
            ]

    def _holding(self, candidates: Sequence[int]) -> None:
        """Lines that begin or end with a candidate: a kicker or an outlet glued to the headline."""
        for i in candidates:
            key = self.lines[i].key
            longer = [j for j, other in enumerate(self.lines) if len(other.key) > len(key) > 12]
            begun = [j for j in longer if self.lines[j].key.startswith(key)]
            if begun:
                self.extra[i].append(f"part begins {min(len(begun), 2)}")
            for j in longer:
                if j in begun or self.lines[j].key.endswith(key):
                    self.extra[j] += ["part holds", f"part holds {'pre' if j < self.first else 'post'}"]


def _flagged(line: Line, place: str, end: str, capitals: int) -> list[str]:
    """What the marks of a line say together with its place and length."""
    text, flags, n = line.text, line.flags, bisect_left(_LENGTHS, line.n)
    half = n // 2
    out = []
    for name in flags:
        out += [name, f"{name} {place}", f"{name} {half}"]
    for name, pattern in (("date", DATE), ("time", TIME)):
        if name in flags:
            found = pattern.search(text)
            if found and len(found.group()) > 0.45 * len(text):
                out += [f"{name} mostly", f"{name} mostly {place}"]
    if "credit" in flags or "photo" in flags:
        out.append(f"credit + {end} {place} {half} {capitals}")
    if "job" in flags:
        out.append(f"job + {place} {'say' in flags} {capitals} {half}")
    if "by" in flags:
        out.append(f"by + {capitals} {half} {place}")
    if "present" in flags:
        out.append(f"present + {place} {'say' in flags} {half} {end}")
    marks = "".join(name[0] for name in flags if name in {"say", "you", "quote", "invite", "present", "job"})
    out.append(f"say + {marks} {place} {n // 3}")
    return out


def _seen(line: Line, place: str, overlap: str, half: int) -> list[str]:
    """What stands out at a glance: capitals, a name alone, numbers, sums."""
    text, out = line.text, []
    if text.isupper():
        out += ["upper", f"upper {place}"]
    if text[:1].islower():
        out.append("upper not")
    if NAME.match(text):
        out += ["name", f"name {place}", f"name {place} {overlap}"]
    if line.numbers:
        out.append(f"nums {min(line.numbers, 4)} {half}")
    if not line.low:
        out.append("bare")
    if any(sign in text for sign in "$£€%"):
        out.append("money")
    return out


def _worded(line: Line, third: int) -> list[str]:
    """Words: the first and the last, all of a short line, some of a longer one."""
    low = line.low
    if not low:
        return []
    out = [f"word {low[0]}", f"word {low[0]} ^", f"word {low[0]} ^{third}", f"word {low[-1]} ${third}"]
    if len(low) > 1:
        out.append(f"word {low[0]} {low[1]}")
    if line.n <= 15 and not line.prose:
        out += [f"word {word}" for word in set(low[1:])]
    elif line.n <= 45:
        out += [f"word {word} ~" for word in low[1:9]]
    if line.n <= 4:
        out.append(f"word {' '.join(low)} =")
    return out
