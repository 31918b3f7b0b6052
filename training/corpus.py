"""Articles coded by hand, as tokens with labels.

A corpus is one of two: a folder with ``text/NAME.txt`` and brat's ``attributions/NAME_CODER.ann``: spans of type
Source, Cue and Content (a number may follow), and events that join them (where several coders read an article, the
first by name counts); or a file of JSON lines, one an article, with ``id``, ``split``, ``text`` and ``attributions``:
lists of ``[start, end]`` as ``source`` and ``content``, one such pair as ``cue``, null for what is not there. Its
attributions inside others' contents (``nested``) are left out, as the folders have none.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.article import Span
from toolkit.attribution import quotation_marks
from toolkit.attribution.attributions import Passage
from toolkit.language import segmentation

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
_PART = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


class Coded(NamedTuple):
    """An article and, for each attribution, the spans of its source, cue and content."""

    name: str
    text: str
    attributions: list[dict[str, list[Span]]]


def read(folder: Path, part: str = "train") -> list[Coded]:
    """The coded articles of a folder, by name, or those of a part of a file.

    :raises ValueError: if it holds none
    """
    if folder.suffix == ".jsonl":
        with folder.open(encoding="utf-8") as lines:
            return [_coded_line(one) for one in map(json.loads, lines) if one["split"] == part]
    found: dict[str, Path] = {}
    for path in sorted(folder.joinpath("attributions").glob("*.ann")):
        found.setdefault(path.stem.rpartition("_")[0], path)
    if not found:
        raise ValueError(f"No coded articles in {folder}: codes are looked for in attributions/NAME_CODER.ann.")
    return [_coded(name, folder / "text" / f"{name}.txt", path) for name, path in found.items()]


def _coded(name: str, article: Path, codes: Path) -> Coded:
    spans: dict[str, list[Span]] = {}
    events = []
    for line in codes.read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            kind, _, offsets = rest.partition("\t")[0].partition(" ")
            if kind.rstrip("0123456789").lower() in ROLES:
                spans[key] = [Span(*map(int, piece.split())) for piece in offsets.split(";")]
        elif key.startswith("E"):
            events.append(rest)
    attributions = []
    for event in events:
        roles: dict[str, list[Span]] = {role: [] for role in ROLES}
        for role, key in _PART.findall(event):
            roles[role.lower()] += spans.get(key, [])
        attributions.append({role: sorted(pieces) for role, pieces in roles.items()})
    with article.open(encoding="utf-8", newline="") as file:
        return Coded(name, file.read(), attributions)


def _coded_line(line: dict[str, Any]) -> Coded:
    attributions = []
    for one in line["attributions"]:
        spans = {"source": one["source"] or [], "cue": [one["cue"]] if one["cue"] else [], "content": one["content"]}
        attributions.append({role: sorted(Span(*span) for span in spans[role]) for role in ROLES})
    return Coded(line["id"], line["text"], attributions)


def passage(text: str) -> Passage:
    """A whole text as the toolkit cuts it."""
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


def tokens(text: str) -> list[Span]:
    """Runs of letters and digits, and every other sign that is no white space."""
    return [Span(*match.span()) for match in TOKEN.finditer(text)]


def labels(coded: Coded, found: Sequence[tuple[int, int]]) -> list[int]:
    """The label of each token, an index into `LABELS`; where attributions overlap, the later one wins."""
    starts = {start: i for i, (start, _) in enumerate(found)}
    at = [starts.get(i, -1) for i in range(len(coded.text))]
    out = [0] * len(found)
    for attribution in coded.attributions:
        for role in reversed(ROLES):
            for piece in attribution[role]:
                inside = [i for i in at[piece.start : piece.end] if i >= 0]
                for i in inside:
                    out[i] = LABELS.index(f"{'B' if i == inside[0] else 'I'}-{role}")
    return out


def quoted(text: str, found: Sequence[Span]) -> list[bool]:
    """Whether each token stands inside quotation marks, by the toolkit's own finder."""
    inside = iter(quotation_marks.find(text, segmentation.paragraphs(text)))
    current = next(inside, None)
    out = []
    for token in found:
        while current is not None and current.span.end <= token.start:
            current = next(inside, None)
        out.append(current is not None and current.span.start <= token.start)
    return out


def aside(coded: Sequence[Coded], part: int = 10) -> tuple[list[Coded], list[Coded]]:
    """What is trained on, and the tenth that is kept aside for choices; an article's name decides."""
    kept = [one for one in coded if zlib.crc32(one.name.encode()) % part == 0]
    return [one for one in coded if zlib.crc32(one.name.encode()) % part], kept
