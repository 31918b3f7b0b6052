"""Articles coded by hand, as tokens with labels.

A corpus is one of two: a folder with ``text/NAME.txt`` and brat's ``attributions/NAME_CODER.ann``: spans of type
Source, Cue and Content (a number may follow), and events that join them (where several coders read an article, the
first by name counts); or a file of JSON lines, one an article, with ``id``, ``split``, ``text`` and ``attributions``:
lists of ``[start, end]`` as ``source`` and ``content``, one such pair as ``cue``, null for what is not there. It may
have attributions inside others' contents too (``nested``), and may say who the sources are (``sources``, with ``kind``
and ``role``, and at each attribution their numbers as ``who``). For folders, `described` adds the latter.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit.article import Span
from toolkit.attribution import quotation_marks
from toolkit.attribution.attributions import Passage
from toolkit.language import segmentation

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")
POSTS = ("official", "politician", "police_courts", "business", "expert", "civil_society", "professional", "citizen",
         "other_medium", "unknown")  # fmt: skip
QUESTIONS = (("label", LABELS), ("wide", LABELS), ("inner", LABELS), ("kind", KINDS), ("post", POSTS))
PARTS = tuple(accumulate((len(answers) for _, answers in QUESTIONS), initial=0))  # where each question's answers lie
UNKNOWN = -100  # what nobody coded
_PART = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


class Coded(NamedTuple):
    """An article and, for each attribution, the spans of its source, cue and content.

    ``inner``: the same of those inside others' contents, None where nobody looked for them; ``meant``: spans of
    sources, with the kind and the role of whom they mean.
    """

    name: str
    text: str
    attributions: list[dict[str, list[Span]]]
    inner: list[dict[str, list[Span]]] | None = None
    meant: Sequence[tuple[list[Span], str, str]] = ()


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
    def spans(one: dict[str, Any]) -> dict[str, list[Span]]:
        given = {"source": one["source"] or [], "cue": [one["cue"]] if one["cue"] else [], "content": one["content"]}
        return {role: sorted(Span(*span) for span in given[role]) for role in ROLES}

    outer, inner = line["attributions"], line.get("nested")
    meant = _meant([*outer, *(inner or ())], line.get("sources", ()))
    inside = None if inner is None else list(map(spans, inner))
    return Coded(line["id"], line["text"], list(map(spans, outer)), inside, meant)


def _meant(mentions: Iterable[dict[str, Any]], sources: Iterable[dict[str, Any]]) -> list[tuple[list[Span], str, str]]:
    """Of mentions that mean one source: the spans, its kind and its role."""
    known = {one["n"]: one for one in sources}
    return [([Span(*span) for span in one["source"]], known[one["who"][0]]["kind"], known[one["who"][0]]["role"])
            for one in mentions if one["source"] and len(one.get("who", ())) == 1]  # fmt: skip


def described(coded: Sequence[Coded], path: Path) -> list[Coded]:
    """The articles with what a file of JSON lines says of their sources: ``doc_id``, ``mentions`` and ``sources``."""
    with path.open(encoding="utf-8") as lines:
        known = {one["doc_id"]: _meant(one["mentions"], one["sources"]) for one in map(json.loads, lines)}
    return [one._replace(meant=known.get(one.name, one.meant)) for one in coded]


def passage(text: str) -> Passage:
    """A whole text as the toolkit cuts it."""
    paragraphs = segmentation.paragraphs(text)
    return Passage(text, paragraphs, segmentation.sentences(text, paragraphs), quotation_marks.find(text, paragraphs))


def tokens(text: str) -> list[Span]:
    """Runs of letters and digits, and every other sign that is no white space."""
    return [Span(*match.span()) for match in TOKEN.finditer(text)]


def labels(coded: Coded, found: Sequence[tuple[int, int]]) -> list[int]:
    """The label of each token, an index into `LABELS`; where attributions overlap, the later one wins."""
    return _marked(coded.attributions, _at(coded.text, found), len(found))


def answers(coded: Coded, found: Sequence[tuple[int, int]]) -> np.ndarray:
    """The answer to each of `QUESTIONS`, one row a token; `UNKNOWN` where it was not asked.

    Inner labels are asked for inside contents, kind and role of a source's tokens. The labels of an article whose
    inner attributions are coded answer the second question, those of others the first: their coders draw other bounds.
    """
    at = _at(coded.text, found)
    out = np.full((len(found), len(QUESTIONS)), UNKNOWN, np.int64)
    out[:, 0 if coded.inner is None else 1] = outer = np.array(_marked(coded.attributions, at, len(found)), np.int64)
    if coded.inner is not None:
        inside = outer >= LABELS.index("B-content")
        out[inside, 2] = np.array(_marked(coded.inner, at, len(found)), np.int64)[inside]
    for spans, kind, post in coded.meant:
        inside = [i for piece in spans for i in at[piece.start : piece.end] if i >= 0]
        out[inside, 3] = KINDS.index(kind)
        out[inside, 4] = UNKNOWN if post == "unknown" else POSTS.index(post)
    return out


def _at(text: str, found: Sequence[tuple[int, int]]) -> list[int]:
    """Of each letter, the token that starts there, or -1."""
    starts = {start: i for i, (start, _) in enumerate(found)}
    return [starts.get(i, -1) for i in range(len(text))]


def _marked(attributions: Sequence[dict[str, list[Span]]], at: Sequence[int], count: int) -> list[int]:
    out = [0] * count
    for attribution in attributions:
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
