"""What is made of labelled pages: copies with lines missing, and texts of a few lines as people paste them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby

from toolkit.reading.page_features import FEW
from training.made_lines import Page

MISSING, MISSING_BODY = 0.6, 0.3  # at most so great a share of the lines is left out of a copy
TOP = {"deck", "byline", "dateline", "caption", "note", "junk"}


def thinned(pages: Sequence[Page], each: int, seed: str) -> list[Page]:
    """So many copies of each page, lines of which are missing by chance: no two sites show the same of them."""
    chance = random.Random(seed)
    return [_thin(page, chance) for page in pages for _ in range(each)]


def _thin(page: Page, chance: random.Random) -> Page:
    missing, less = chance.random() * MISSING, chance.random() * MISSING_BODY
    rate = {"body": less, "subheading": less, "headline": missing / 2}
    kept = [i for i, kind in enumerate(page.kinds) if chance.random() >= rate.get(kind, missing)]
    if sum(page.kinds[i] == "body" for i in kept) < 2:
        return page
    return _of(page, kept, [page.gaps[i] for i in kept])


def _of(page: Page, lines: Sequence[int], gaps: list[int]) -> Page:
    return Page([page.lines[i] for i in lines], gaps, [page.kinds[i] for i in lines])


def few(pages: Sequence[Page], each: int, seed: str) -> list[Page]:
    """So many texts of each page, of at most `FEW` lines: headline, some paragraphs, one or two other lines."""
    chance = random.Random(seed)
    return [text for page in pages for _ in range(each) if len((text := _text(page, chance)).lines) > 1]


def _text(page: Page, chance: random.Random) -> Page:
    headed = "headline" in page.kinds
    head = page.kinds.index("headline") if headed else -1
    first = next(i for i, kind in enumerate(page.kinds) if kind == "body" and i > head)
    body = [i for i in range(first, len(page.kinds)) if page.kinds[i] == "body"]
    start = chance.choice([0, 0, 0, chance.randrange(len(body))])
    paragraphs = body[start : start + chance.choice([1, 2, 2, 3, 4])]
    top = [i for i in range(head + 1, first) if page.kinds[i] in TOP] if headed else []
    chosen = [head] if headed and chance.random() < 0.75 else []
    chosen += _runs(page, top, chance, chance.choice([0, 0, 1, 2, 3])) if chosen else []
    other = [i for i in range(first, len(page.kinds)) if page.kinds[i] != "body"]
    between = _runs(page, other, chance, chance.choice([0, 0, 0, 1, 1, 2]))
    at = chance.choice([1, 1, 2, len(paragraphs)])
    chosen += paragraphs[:at] + between + paragraphs[at:]
    gap = chance.choice([0, 1, 1, 1])
    chosen = chosen[:FEW]
    return _of(page, chosen, [0, *[gap] * (len(chosen) - 1)])


def _runs(page: Page, among: Sequence[int], chance: random.Random, most: int) -> list[int]:
    """Some lines that stand together among those."""
    if not among or not most:
        return []
    runs = [[i for _, i in run] for _, run in groupby(enumerate(among), key=lambda one: one[1] - one[0])]
    run = chance.choice(runs)
    start = chance.randrange(max(1, len(run) - most + 1))
    return run[start : start + most]
