"""Articles coded whole: who said what, and who the sources are; with the attributions that the toolkit finds in them.

A folder of codes holds ``gold.jsonl``, an article a line (`text`, `attributions`, `nested`, `sources`; offsets are code
points), and may hold ``polnear_sources.jsonl``: the sources of articles whose attributions lie in a PolNeAR corpus.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit import Article
from toolkit.article import Span
from toolkit.attribution import linker, quotation_marks
from toolkit.attribution.attributions import Attribution, Finding, Passage, attribute
from toolkit.attribution.tagger import Labelled, Network
from toolkit.language import segmentation
from toolkit.reading import page_zones
from training.corpus import read as read_corpus

ALIKE = 0.5  # Dice of two contents that are one attribution's
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(slots=True)
class Coded:
    """An article with its codes, and what the toolkit finds in it.

    ``sources``: each source by its number. ``hand`` are the coders' attributions, ``codes`` these as the coders wrote
    them and ``meant`` the numbers of the sources of each; ``found`` the toolkit's, ``same`` the number of the coded
    attribution that each is (None: none), and ``told`` whom the source span of each means by the codes (None: no coded
    source stands there).
    """

    name: str
    part: str
    text: str
    passages: list[Span]
    labelled: Labelled
    sources: dict[str, dict[str, Any]]
    hand: tuple[Attribution, ...]
    codes: list[dict[str, Any]]
    meant: list[list[str]]
    found: tuple[Attribution, ...]
    same: list[int | None]
    told: list[list[str] | None]


def read(folder: Path, tagger: Network, *, part: str = "", polnear: Path | None = None) -> list[Coded]:
    """The coded articles of a folder, or those of a part (train, dev)."""
    rows = [json.loads(line) for line in folder.joinpath("gold.jsonl").read_text(encoding="utf-8").splitlines()]
    out = [_coded(row, tagger) for row in rows if part in {"", row["split"]}]
    if polnear is not None and part != "dev":
        lines = folder.joinpath("polnear_sources.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {one.name: one for one in read_corpus(polnear)}
        for row in map(json.loads, lines):
            if row["doc_id"] in texts:
                out.append(_coded(_joined(row, texts[row["doc_id"]]), tagger))
    return out


def _joined(row: Mapping[str, Any], corpus: Any) -> dict[str, Any]:
    """The row of a PolNeAR article as those of `gold.jsonl` are."""
    who = {tuple(span): one["who"] for one in row["mentions"] for span in one["source"][:1]}
    attributions = []
    for one in corpus.attributions:
        if not one["content"]:
            continue
        source = [list(span) for span in one["source"]]
        numbers = who.get(tuple(source[0]), []) if source else []
        cue = [one["cue"][0].start, one["cue"][-1].end] if one["cue"] else None
        attributions.append(
            {"source": source or None, "cue": cue, "content": [list(s) for s in one["content"]], "who": numbers}
        )
    return {
        "id": row["doc_id"],
        "split": "polnear",
        "text": corpus.text,
        "attributions": attributions,
        "nested": [],
        "sources": row["sources"],
    }


def _coded(row: Mapping[str, Any], tagger: Network) -> Coded:
    text = row["text"]
    zones = page_zones.zones(Article(text))
    passages = [zone.span for zone in zones if zone.kind in page_zones.EDITORIAL]
    passage = Passage(text, passages, segmentation.sentences(text, passages), quotation_marks.find(text, passages))
    codes = [*((one, 0) for one in row["attributions"]), *((one, 1) for one in row["nested"])]
    findings = [
        Finding(
            _whole(one["source"]),
            Span(*one["cue"]) if one["cue"] else None,
            tuple(Span(*span) for span in one["content"]),
            str(i),
            1.0,
        )
        for i, (one, _) in enumerate(codes)
    ]
    hand, written, meant = [], [], []
    for one in attribute(passage, lambda _: findings):
        number = int(one.evidence.partition(";")[0])
        hand.append(replace(one, depth=codes[number][1]))
        written.append(codes[number][0])
        meant.append(list(codes[number][0]["who"]))
    proposed = linker.by_tagger(tagger)(passage)
    found = attribute(passage, lambda _: proposed)
    same = matched(text, hand, found)
    told = [_told(i, one, hand, meant, same) for i, one in enumerate(found)]
    return Coded(
        row["id"],
        row["split"],
        text,
        passages,
        proposed.labelled,
        {s["n"]: {**s, "affiliation": (s["affiliation"] or "").strip("-")} for s in row["sources"]},
        tuple(hand),
        written,
        meant,
        found,
        same,
        told,
    )


def _whole(pieces: Sequence[Sequence[int]] | None) -> Span | None:
    """A source as one span: its pieces joined where they stand close, else the first."""
    if not pieces:
        return None
    near = pieces[-1][1] - pieces[0][0] < 160
    return Span(pieces[0][0], pieces[-1][1] if near else pieces[0][1])


def matched(text: str, hand: Sequence[Attribution], found: Sequence[Attribution]) -> list[int | None]:
    """Of each attribution found, the number of the coded one, both at the top or both nested, with that content."""
    starts = [match.start() for match in _WORD.finditer(text)]
    at = {}
    for depth in (False, True):
        ours = [(i, _cover(starts, one)) for i, one in enumerate(found) if bool(one.depth) == depth]
        theirs = [(i, _cover(starts, one)) for i, one in enumerate(hand) if bool(one.depth) == depth]
        pairs = sorted(
            ((2 * len(a & b) / (len(a) + len(b)), i, j) for i, a in theirs for j, b in ours if a & b), reverse=True
        )
        taken = set()
        for alike, i, j in pairs:
            if alike >= ALIKE and j not in at and (depth, i) not in taken:
                at[j] = i
                taken.add((depth, i))
    return [at.get(j) for j in range(len(found))]


def _cover(starts: Sequence[int], one: Attribution) -> set[int]:
    return {i for i in starts if any(span.start <= i < span.end for span in one.content)}


def _told(
    i: int, one: Attribution, hand: Sequence[Attribution], meant: Sequence[list[str]], same: Sequence[int | None]
) -> list[str] | None:
    """Whom a source span means: the sources of the coded span that it has most letters in common with."""
    if one.source is None:
        return None
    shared = [
        min(one.source.end, other.source.end) - max(one.source.start, other.source.start) if other.source else -1
        for other in hand
    ]
    number = same[i]
    if number is not None and shared[number] > 0:
        return meant[number]
    best = max(range(len(hand)), key=shared.__getitem__, default=None)
    return meant[best] if best is not None and shared[best] > 0 else None


@dataclass(slots=True)
class Sums:
    """What an article's sources add to the figures of `figures`."""

    counts: Counter[str]
    error: int
    anonymous_error: int


SIDE = frozenset(("official", "politician", "police_courts"))


def role_of(name: str) -> str:
    """A role as the codes write it."""
    return name.replace("/", "_").replace(" ", "_")


def compare(one: Coded, sources: Sequence[Any]) -> Sums:
    """Sources found against the coded ones, matched by the attributions that they share."""
    c: Counter[str] = Counter()
    names: dict[int, list[int]] = {}
    for k, source in enumerate(sources):
        for i in source.attributions:
            names.setdefault(i, []).append(k)
    pairs = [(g, j) for j, g in enumerate(one.same) if g is not None and not one.hand[g].depth]
    share = Counter((w, k) for g, j in pairs for w in one.meant[g] for k in names.get(j, []))
    of: dict[str, int] = {}
    taken = set()
    for (w, k), _ in share.most_common():
        if w not in of and k not in taken:
            of[w] = k
            taken.add(k)
    want = {w for g, attribution in enumerate(one.hand) if not attribution.depth for w in one.meant[g]}
    c["gold"], c["found"], c["surplus"] = len(want), len(want & set(of)), len(sources) - len(of)
    c["articles"] = 1
    c["reachable"] = len({w for g, j in pairs for w in one.meant[g]})
    for g, j in pairs:
        if not one.meant[g]:
            c["unsourced"] += 1
            c["unsourced right"] += not names.get(j)
            continue
        right = all(of.get(w) in names.get(j, []) for w in one.meant[g])
        c["links"] += 1
        c["links right"] += right
        span = one.hand[g].source
        if span is None or not _PROPER.search(span.of(one.text)):
            c["nameless"] += 1
            c["nameless right"] += right
    for w in want:
        source = one.sources[w]
        k = of.get(w)
        ours = sources[k] if k is not None else None
        c["anonymous gold"] += source["anonymous"]
        if ours is None:
            continue
        role = role_of(ours.role)
        c["kind"] += ours.kind == source["kind"]
        c["role"] += role == source["role"]
        c["side"] += (role in SIDE) == (source["role"] in SIDE)
        if source["anonymous"] and ours.anonymous:
            c["anonymous right"] += 1
            c["affiliation"] += bool(ours.affiliation) == bool(source["affiliation"])
    c["anonymous found"] = sum(source.anonymous for source in sources)
    anonymous = sum(one.sources[w]["anonymous"] for w in want)
    return Sums(c, abs(len(want) - len(sources)), abs(anonymous - c["anonymous found"]))


_PROPER = re.compile(
    r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]|^(?!(?:He|She|They|It|Who|Which|I|We|His|Her|Their|Its|Him|Them|"
    r"Both|That|This)\b)(?:[A-Z]\w+ [A-Z]|[A-Z][a-z]+$)"
)


def figures(sums: Sequence[Sums]) -> dict[str, float]:
    """What comes of many articles, by the names of the scoring harness."""
    c: Counter[str] = Counter()
    for one in sums:
        c.update(one.counts)
    part = lambda a, b: c[a] / c[b] if c[b] else float("nan")  # noqa: E731
    precision, recall = part("anonymous right", "anonymous found"), part("anonymous right", "anonymous gold")
    return {
        "reachable": part("reachable", "gold"),
        "found": part("found", "gold"),
        "surplus": part("surplus", "articles"),
        "links": part("links right", "links"),
        "nameless": part("nameless right", "nameless"),
        "unsourced": part("unsourced right", "unsourced"),
        "kind": part("kind", "found"),
        "role": part("role", "found"),
        "side": part("side", "found"),
        "anon P": precision,
        "anon R": recall,
        "anon F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "affiliation": part("affiliation", "anonymous right"),
        "sources MAE": sum(one.error for one in sums) / len(sums),
        "anon MAE": sum(one.anonymous_error for one in sums) / len(sums),
    }
