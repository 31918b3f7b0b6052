"""Text on a chart: as wide as it is drawn, wrapped to fit, readable on its ground, and clear of other text."""

from __future__ import annotations

import math
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import permutations, product
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font
from matplotlib.textpath import text_to_path

from .looks import ink

Key = Sequence[tuple[str, str, str]]  # mark, colour, text
FONT = "DejaVu Sans"  # comes with matplotlib
_EAST = {"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "KATAKANA-HIRAGANA"}
_WORD = re.compile(r"\(?n = \S+(?: \w+\))?|\S+")  # "n = 12" and "(n = 12 articles)" stay together


def write(
    ax: Axes,
    text: str | list[str],
    at: tuple[float, float],
    size: float,
    shift: tuple[float, float] = (0, 0),
    **look: Any,
) -> None:
    """Text as it stands, ``$`` included, at a place and some points off it."""
    full: dict[str, Any] = {
        "color": ink(),
        "va": "center",
        "zorder": 5,
        "textcoords": "offset points",
        "linespacing": 1.15,
    } | look
    full.setdefault("fontfamily", families("".join(text)))
    text = text if isinstance(text, str) else "\n".join(text)
    ax.annotate(text, at, shift, fontsize=size, parse_math=False, annotation_clip=False, **full)


def ink_on(colour: str) -> str:
    """White or black, whichever stands out more (WCAG 2.2: never less than 4.5 to 1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "white" if np.dot(linear, (0.2126, 0.7152, 0.0722)) < 0.179 else "black"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points."""
    return size * _ems(text, bold, tuple(families(text))) if text else 0.0


@cache
def _ems(text: str, bold: bool, fonts: tuple[str, ...]) -> float:
    font = FontProperties(family=fonts, weight="bold" if bold else "normal", size=100)
    with hushed():
        return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100


def families(text: str) -> list[str]:
    """The fonts that have a text's characters: that of the style, then such of this machine's as have what it lacks."""
    first = base()
    return [first, *[font for font in (FONT, *_others(_lacking(text))) if font != first]]


def base() -> str:
    """The font of the style that is set: the first that this machine has."""
    return _named(tuple(mpl.rcParams["font.family"]), tuple(mpl.rcParams["font.sans-serif"]))


@cache
def _named(family: tuple[str, ...], _: tuple[str, ...]) -> str:
    with hushed():
        return str(get_font(findfont(FontProperties(family=family))).family_name)


def without_sign(text: str) -> str:
    """The characters of a text that no font of this machine has; they are drawn as boxes."""
    known = [_signs(findfont(family)) for family in _others(_lacking(text))]
    return "".join(sorted(each for each in _lacking(text) if not any(ord(each) in signs for signs in known)))


def suited(characters: str) -> str:
    """Fonts to install for characters, by the script that their names begin with.

    >>> suited("नह日")
    'Noto Sans CJK and Noto Sans Devanagari'
    """
    found = set()
    for each in characters:
        script = unicodedata.name(each, "").partition(" ")[0]
        letter = unicodedata.category(each)[0] in "LM"
        found.add("Symbols 2" if not letter else "CJK" if script in _EAST else script.title())
    return " and ".join(f"Noto Sans {script}" for script in sorted(found))


@contextmanager
def hushed() -> Iterator[None]:
    """Without matplotlib's warning of each missing sign, which `canvas` gives as one note."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from", UserWarning)
        yield


def _lacking(text: str) -> frozenset[str]:
    """The characters that `FONT` has no sign for, but for those that show nothing."""
    if text.isascii():
        return frozenset()
    signs = _signs(findfont(FONT))
    return frozenset(c for c in text if ord(c) not in signs and unicodedata.category(c)[0] not in "CZ")


@cache
def _others(characters: frozenset[str]) -> tuple[str, ...]:
    """Fonts of this machine that have characters which `FONT` lacks, as few as cover them; Noto's come first."""
    left, taken = {ord(each) for each in characters}, []
    fonts = _upright() if left else {}
    for name in sorted(fonts, key=lambda name: (not name.startswith("Noto Sans"), name)):
        if left & _signs(fonts[name]):
            taken.append(name)
            left -= _signs(fonts[name])
    return tuple(taken)


@cache
def _upright() -> dict[str, str]:
    """Each font's name and its file of upright letters, with those installed since matplotlib listed them."""
    for path in set(findSystemFonts()) - {font.fname for font in fontManager.ttflist}:
        with suppress(OSError, RuntimeError):  # a file that is no font, or has no outlines
            fontManager.addfont(path)
    plainest = sorted(fontManager.ttflist, key=lambda font: (font.style != "normal", font.weight != 400, font.fname))
    fonts = {font.name: font.fname for font in reversed(plainest)}
    return {name: path for name, path in fonts.items() if not name.startswith((FONT, "Last Resort", "LastResort", "."))}


@cache
def _signs(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


def wrap(text: str, points: float, size: float, *, bold: bool = False, lines: int = 9) -> list[str]:
    """Lines of even length no wider than ``points``; what does not fit in ``lines`` ends in an ellipsis."""

    def broken(limit: float) -> list[str]:
        made: list[str] = []
        for word in _WORD.findall(text):
            if made and width_of(f"{made[-1]} {word}", size, bold=bold) <= limit:
                made[-1] += f" {word}"
            else:
                made.append(word)
        return made

    made = broken(points)
    tight = points
    while bold and len(made) > 1 and tight > 1 and len(even := broken(tight := 0.97 * tight)) == len(made):
        made = even if max(width_of(line, size, bold=bold) for line in even) <= points else made
    if len(made) > lines:
        made[lines - 1 :] = [" ".join(made[lines - 1 :])]
    return [_cut(line, points, size, bold=bold) for line in made]


def _cut(line: str, points: float, size: float, *, bold: bool) -> str:
    """A line no wider than ``points``, ended after a whole word where most of it is left so."""
    cut = line
    while len(cut) > 1 and width_of(cut, size, bold=bold) > points:
        cut = cut.removesuffix("…")[:-1].rstrip() + "…"
    words = cut.rpartition(" ")[0].rstrip(" ,;:–—-")
    whole = cut == line or line[len(cut) - 1 : len(cut)] in {"", " "} or len(words) < 0.6 * len(cut)
    return cut if whole else f"{words}…"


def in_lines(key: Key, points: float, size: float) -> list[list[tuple[float, tuple[str, str, str]]]]:
    """The key's entries in lines no wider than ``points``, each entry with its place."""
    lines: list[list[tuple[float, tuple[str, str, str]]]] = []
    x = points
    for item in key:
        wide = width_of(item[2], size) + 1.3 * size
        if not lines or x + wide > points:
            lines.append([])
            x = 0.0
        lines[-1].append((x, item))
        x += wide + 1.4 * size
    return lines


def stand(
    stems: Sequence[float], widths: Sequence[float], room: tuple[float, float]
) -> tuple[float, Sequence[int], Sequence[int]]:
    """How far flags leave the room, and a side and a tier for each: no text meets another or another's stem."""
    best: tuple[tuple[float, int, int], Sequence[int], Sequence[int]] = ((math.inf, 0, 0), [], [])
    choices = product((1, -1), repeat=len(stems)) if len(stems) <= 8 else [(1,) * len(stems)]
    for sides in choices:
        spans = [(x, x + w) if s > 0 else (x - w, x) for x, w, s in zip(stems, widths, sides, strict=True)]
        over = max([0.0, *(room[0] - start for start, _ in spans), *(end - room[1] for _, end in spans)])
        tiers, pairs = [0] * len(stems), list(permutations(range(len(stems)), 2))
        through = [pair for pair in pairs if spans[pair[0]][0] < stems[pair[1]] < spans[pair[0]][1]]
        touching = [(i, j) for i, j in pairs if spans[i][0] < spans[j][1] and spans[j][0] < spans[i][1]]
        for _ in range(len(pairs) * len(stems) + 1):
            clash = [(i, j) for i, j in through if tiers[i] <= tiers[j]]
            clash += [(i, j) for i, j in touching if tiers[i] == tiers[j]]
            if not clash:
                best = min(best, ((over, max(tiers, default=0), sides.count(-1)), sides, tiers))
                break
            tiers[clash[0][0]] = tiers[clash[0][1]] + 1
    return best[0][0], best[1], best[2]
