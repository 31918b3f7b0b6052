"""Turn the hand-marked masters (``*.marked.txt``) into gold JSON with character offsets; see ../README.md.

``python data/gold/build.py`` writes, ``python data/gold/build.py --check`` only compares. It refuses a master whose
text, with the marks taken out, is not the article's text.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parent
ZONES = ("headline", "deck", "byline", "dateline", "body", "caption", "credit", "junk")
QUOTATIONS = ("speech", "document", "term", "title")
STANCES = ("neutral", "factive", "doubting", "conceding", "conflict", "cognitive", "denial")
LISTS = ("zones", "sentences", "quotations", "attributions", "sources")
KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")
MARK = re.compile(r"^#(?P<zone>[a-z]+) |\{(?P<open>[a-z0-9! ]+)\||(?P<close>\})|(?P<stop>¦)", re.M)
Pair = tuple[int, int]


@dataclass
class Part:
    """The spans of one attribution, as marked."""

    source: list[Pair] = field(default_factory=list)
    cue: list[Pair] = field(default_factory=list)
    content: list[Pair] = field(default_factory=list)
    stance: str = "neutral"


class MasterError(ValueError):
    """A master that does not fit its article or the rules; the message is one sentence."""


def article_text(file: str, row: int | None) -> str:
    """The text of one sample article; ``row`` counts the records of a csv or jsonl file from 1."""
    path = DATA / file
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))[(row or 0) - 1]["text"]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return str(json.loads(text.split("\n")[(row or 0) - 1])["text"])
    return (text.partition("\n\n")[2] if text.startswith("Outlet: ") else text).strip("\n")


def unmarked(marked: str) -> tuple[str, list[tuple[str, int, int]], list[int]]:
    """The text without marks, the (label, start, end) of every mark, and the sentence breaks."""
    text, spans, breaks = "", [], []
    opened: list[tuple[list[str], int]] = []
    done = 0
    for found in MARK.finditer(marked):
        text += marked[done : found.start()]
        done = found.end()
        if found["zone"]:
            spans.append((found["zone"], len(text), len(text) + marked.find("\n", done) - done))
        elif found["open"]:
            opened.append((found["open"].split(), len(text)))
        elif found["stop"]:
            breaks.append(len(text))
        elif not opened:
            raise MasterError(f"a mark is closed twice before {marked[done : done + 40]!r}; take one brace out.")
        else:
            labels, start = opened.pop()
            spans += [(label, start, len(text)) for label in labels]
    if opened:
        raise MasterError(f"the mark {opened[-1][0]} is never closed; add a brace.")
    return text + marked[done:], sorted(spans, key=lambda span: (span[1], -span[2])), breaks


def trimmed(text: str, start: int, end: int) -> Pair:
    """The span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def zones_of(text: str, marks: Iterable[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """One zone a line, body where none is marked; a dateline that opens a line leaves the rest of it to the body."""
    marked = {start: (label, end) for label, start, end in marks if label in ZONES}
    zones = []
    for line in re.finditer(r"\S.*", text):
        start, end = line.span()
        kind, stop = marked.get(start, ("body", end))
        zones.append({"kind": kind, "start": start, "end": stop})
        if stop < end:
            rest = trimmed(text, stop, end)
            zones.append({"kind": "body", "start": rest[0], "end": rest[1]})
    return zones


def sentences_of(text: str, body: Iterable[Pair], breaks: list[int]) -> list[Pair]:
    """The body zones cut at the hand-set breaks."""
    sentences = []
    for start, end in body:
        cuts = [start, *(cut for cut in breaks if start < cut < end), end]
        sentences += [trimmed(text, *cut) for cut in pairwise(cuts)]
    return sentences


def words_in(text: str) -> int:
    """Runs between white space with a letter or digit; a dash without spaces separates."""
    return sum(any(map(str.isalnum, run)) for run in re.split(r"[\s–—]+|--+", text))


def quotation_type(content: list[Pair], quotations: Iterable[Pair]) -> str:
    """Direct if marks hold the whole content, mixed if part of it, else indirect."""
    held = {at for start, end in quotations for at in range(start, end)}
    inside = [at in held for start, end in content for at in range(start, end)]
    return "direct" if all(inside) else "mixed" if any(inside) else "indirect"


def parts_of(marks: Iterable[tuple[str, int, int]], body: list[Pair]) -> dict[int, Part]:
    """The source, cue and content spans of each attribution; refused where a part is missing or off the body."""
    parts: dict[int, Part] = defaultdict(Part)
    for label, start, end in marks:
        if label in ZONES or label in QUOTATIONS:
            continue
        found = re.fullmatch(r"([sct])(\d+)(?:!(\w+))?", label)
        if not found or (found[3] or "neutral") not in STANCES:
            raise MasterError(f"the label {label!r} is none of s1, c1, c1!stance, t1, a zone or a kind of quotation.")
        if not any(a <= start and end <= b for a, b in body):
            raise MasterError(f"the mark {label} at {start} leaves the body or its line; mark each line by itself.")
        part = parts[int(found[2])]
        {"s": part.source, "c": part.cue, "t": part.content}[found[1]].append((start, end))
        part.stance = found[3] or part.stance
    for number, part in parts.items():
        if not part.content or len(part.source) > 1 or len(part.cue) > 1:
            raise MasterError(f"attribution {number} needs a content, and at most one source and one cue.")
    return parts


def nested_in(number: int, parts: dict[int, Part]) -> str | None:
    """The innermost other attribution whose content holds this one's cue, or its content if it has no cue."""
    start, end = (parts[number].cue or parts[number].content)[0]
    holding = [
        (b - a, other) for other in parts if other != number for a, b in parts[other].content if a <= start and end <= b
    ]
    return f"a{min(holding)[1]:02}" if holding else None


def gold(master: str) -> dict[str, Any]:
    """The gold of one master, whose first line names the article and whose last part lists the sources."""
    first, _, rest = master.partition("\n")
    file, _, row_text = first.partition(" row ")
    row = int(row_text) if row_text else None
    marked, _, listing = rest.partition("\n=====\n")
    text, marks, breaks = unmarked(marked + "\n")
    text = text.removesuffix("\n")
    known = article_text(file, row)
    if text != known:
        at = next((i for i, (a, b) in enumerate(zip(text, known, strict=False)) if a != b), min(len(text), len(known)))
        raise MasterError(f"the master differs from {first} at {at}: {text[at:][:40]!r}, not {known[at:][:40]!r}.")

    zones = zones_of(text, marks)
    body = [(zone["start"], zone["end"]) for zone in zones if zone["kind"] == "body"]
    quotations = [mark for mark in marks if mark[0] in QUOTATIONS]
    parts = parts_of(marks, body)

    names: dict[int, list[str]] = defaultdict(list)
    sources = []
    for line in filter(None, listing.splitlines()):
        name, kind, affiliation, numbers = (cell.strip() for cell in line.split("|"))
        ids = [int(number) for number in numbers.split()]
        if kind not in KINDS or not set(ids) <= set(parts):
            raise MasterError(f"the source line {line!r} has an unknown kind or attribution.")
        for number in ids:
            names[number].append(name)
        forms = dict.fromkeys(text[a:b] for number in ids for a, b in parts[number].source)
        sources.append(
            {"canonical": name, "kind": kind, "anonymous": kind == "unnamed_person"}
            | {"affiliation": affiliation or None, "forms": list(forms)}
        )
    nameless = [number for number, part in sorted(parts.items()) if part.source and number not in names]
    if nameless:
        raise MasterError(f"the attributions {nameless} have a source span but stand in no source line.")

    spoken = [(start, end) for kind, start, end in quotations if kind != "title"]
    attributions = []
    for number, part in sorted(parts.items()):
        attributions.append(
            {
                "id": f"a{number:02}",
                "source": part.source[0] if part.source else None,
                "cue": part.cue[0] if part.cue else None,
                "content": part.content,
                "type": quotation_type(part.content, spoken),
                "stance": part.stance,
                "nested_in": nested_in(number, parts),
                "canonical": "; ".join(names[number]) or None,
            }
        )
    return {
        "file": file,
        **({"row": row} if row else {}),
        "zones": zones,
        "sentences": sentences_of(text, body, breaks),
        "words": sum(words_in(text[start:end]) for start, end in body),
        "quotations": [{"kind": kind, "start": start, "end": end} for kind, start, end in quotations],
        "attributions": attributions,
        "sources": sources,
    }


def document(made: dict[str, Any]) -> str:
    """The gold as JSON, one span or finding a line."""
    parts = []
    for key, value in made.items():
        items = ",\n".join("    " + json.dumps(item, ensure_ascii=False) for item in value) if key in LISTS else ""
        parts.append(f'  "{key}": ' + (f"[\n{items}\n  ]" if key in LISTS else json.dumps(value, ensure_ascii=False)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Write or check every gold file; 1 if a master is refused or a file is out of date."""
    faults = []
    for master in sorted(HERE.glob("*.marked.txt")):
        target = HERE / master.name.replace(".marked.txt", ".json")
        try:
            made = document(gold(master.read_text(encoding="utf-8").rstrip("\n")))
        except MasterError as error:
            faults.append(f"{master.name}: {error}")
            continue
        if "--check" not in arguments:
            target.write_text(made, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != made:
            faults.append(f"{target.name}: out of date; run python data/gold/build.py.")
    sys.stderr.writelines(fault + "\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
