"""What is known of the lines of a page beforehand: well-known furniture, credits, biographies, small texts.

Each adds to the scores that were learnt (`page_zones`), so what stands around a line may still say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..language import word_lists
from . import page_features, page_lines

# What a line may be: the columns of the weights. A subheading is body.
KINDS = ("headline", "deck", "byline", "dateline", "body", "subheading", "caption", "credit", "note", "junk")
LONGEST_JUNK = 90  # words; no sort of furniture is known by so long a line
SMALL_BODY, SMALL_HEADLINE = 2.0, 4.0  # added to scores in small texts, of which few were to be learnt from
KNOWN = 7.0  # for a line that is a well-known sort of furniture, or ends with the maker of a picture
ABOVE = 1.5  # for one that stands above all paragraphs and may be the headline
# For one that is known to be a note, a credit or a caption, or has so many words that the weights are sure of a body.
SURE, LONG = 12.0, 40
LONGEST_CAPTION = 60  # words
# Of the pairs of words in a line of so many words, such a share stands in one paragraph: it was pulled from there.
PULLED, PULLED_WORDS, PULLED_SHARE, SEEN_IN = 4.0, (8, 40), 0.8, 20
LISTED, LONGEST_TITLE = 3.0, 15  # below a heading of related links, for titles of so many words
_KIND_OF = {kind: kind for kind in ("note", "credit", "caption", "deck")}  # sorts of furniture that are no junk
_NAMES = r"(?:[A-Z][\w.’'-]*,? ){1,4}?[A-Z][\w’'-]+(?:,? (?:Jr|Sr|III|II|MD|PhD)\.?)?"
_JOB = (
    r"(?:(?:[\w’'.-]+ ){0,8}?(?:editor|professor|director|fellow|columnist|correspondent|chief|president|chair\w*"
    r"|author|writer|reporter|member|founder|producer|journalist|host|historian|lawyer|attorney|contributor|critic"
    r"|analyst)\b)"
)
_AUTHOR = re.compile(
    rf"(?:[•—–*-]+ ?)?(?!The )({_NAMES})(?: and {_NAMES})?(?:, [^.!?]{{3,120}}?,)? (?:(?:is|are|was)"
    rf" (?:an? |the |{_JOB})|(?:covers|writes|reports|teaches|hosts|co-hosts|edits|blogs) |(?:worked|works) as "
    r"|has (?:covered|written|reported) )"
)
_TOLD = frozenset({"say", "quote"})  # flags of lines that report: "Sign up for free alerts, the council said."
_SPOKEN = frozenset({"say", "site"})  # who says it stands in the line; a post in a network
_BELOW = frozenset({"poll", "graphic"})  # sorts that are known only below a paragraph: "Map: where fares rise most"
_SPEAKER = re.compile(r"[A-Z][A-Z .’'-]{1,40}:")  # in a transcript
_SIGNED = re.compile(rf"(?:—|–|--?) ?[^()]{{2,60}} \(@\w+\) {page_lines.MONTH} \d{{1,2}}, \d{{4}}")
_CLOSING = " .:!…→»>"

Floats = npt.NDArray[np.float32]


def lean(scores: Floats, seen: Sequence[page_lines.Line], sort: Callable[[int], str]) -> None:
    """What is known beforehand: of small texts and of furniture."""
    if len(seen) <= page_features.FEW:
        _lean_small(scores, seen, sort)
    authors = _authors(seen, sort)
    posts = {j for i, line in enumerate(seen) if i and _SIGNED.fullmatch(line.text) for j in (i - 1, i)}
    for i in posts | _enumerated(seen, sort):
        scores[i, KINDS.index("body")] += KNOWN
    for i in _pulled(seen):
        scores[i, -1] += PULLED
    told, listed = False, ""  # below a paragraph; and below the heading of a list: of what kind its titles are
    for i, found in enumerate(seen):
        title = found.n <= LONGEST_TITLE and (not found.ends or found.text[-1] == "?")
        if listed and title:
            scores[i, KINDS.index(listed)] += KNOWN if listed == "deck" else LISTED
        between = 0 < i < len(seen) - 1 and seen[i - 1].key == seen[i + 1].key
        if between and not told and (i == 1 or found.n > LONGEST_TITLE):
            scores[i, KINDS.index("deck")] += KNOWN  # between the headline and the headline again
        told = told or found.prose
        known = "" if not told and sort(i) in _BELOW else sort(i)
        heads = told and found.n < 6 and not found.ends and known == "related links"
        listed = "junk" if heads else "deck" if known == "deck" else listed if title else ""
        labelled = i and seen[i - 1].n < 3 and sort(i - 1) == "caption"
        if labelled or (found.n <= LONGEST_CAPTION and page_lines.credited(found)):
            scores[i, KINDS.index("caption")] += KNOWN
        elif known in _KIND_OF or i in authors or (known and not (found.ends and _TOLD.intersection(found.flags))):
            sure = known in _KIND_OF or (known and found.n > LONG)
            head = not told and not found.ends and known not in {"caption", "deck"}  # "Analysis: Why fares rise"
            scores[i, KINDS.index(_KIND_OF.get(known, "junk"))] += ABOVE if head else SURE if sure else KNOWN


def _pulled(lines: Sequence[page_lines.Line]) -> set[int]:
    """The lines whose words stand again in a longer paragraph, though perhaps in a small variant: pull quotes."""
    pairs = [list(pairwise(line.low)) for line in lines]
    where: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        for pair in dict.fromkeys(pairs[i]) if line.prose else ():
            if len(where[pair]) < SEEN_IN:
                where[pair].append(i)
    found: set[int] = set()
    for i, line in enumerate(lines):
        spoken = _SPOKEN.intersection(line.flags) or _SPEAKER.match(line.text)
        if PULLED_WORDS[0] <= len(line.low) <= PULLED_WORDS[1] and not spoken:
            own = dict.fromkeys(pairs[i])
            shared = Counter(j for pair in own for j in where.get(pair, ()) if len(lines[j].low) > len(line.low))
            if shared and max(shared.values()) >= PULLED_SHARE * len(own):
                found.add(i)
    return found


def _enumerated(lines: Sequence[page_lines.Line], sort: Callable[[int], str]) -> set[int]:
    """The lines with a bullet below one that ends in a colon, and that one: "The plan has three parts:"."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        below = lines[i + 1 : i + 2]
        opens = line.text.endswith(":") and line.n > 3 and not sort(i) and any("bullet" in one.flags for one in below)
        if opens or (i - 1 in found and "bullet" in line.flags):
            found.add(i)
    return found


def _authors(lines: Sequence[page_lines.Line], sort: Callable[[int], str]) -> set[int]:
    """The sentences at the end that say who somebody is whom the article does not speak of: its author."""
    found: set[int] = set()
    for i in reversed(range(len(lines))):
        line = lines[i]
        if not line.ends or line.n < 4 or sort(i):
            continue
        told = None if _TOLD.intersection(line.flags) else _AUTHOR.match(line.text)
        name = told[1].split(",")[0].split()[-1].lower() if told else _signed(line, lines)
        if not name or any(other.n > page_lines.PROSE and name in other.low for other in lines if other is not line):
            break
        found.add(i)
    return found


def _signed(line: page_lines.Line, lines: Sequence[page_lines.Line]) -> str:
    """The name that a line begins with and a byline ends with, as "Holm covers the islands" below "Ada Holm"."""
    name = line.low[0] if len(line.low) > 1 and line.words[0] != line.low[0] else ""
    bylines = (one for one in lines if 1 < len(one.low) < 8 and not one.ends)
    return name if _AUTHOR.match(f"X {line.text}") and any(name in one.low for one in bylines) else ""


def _lean_small(scores: Floats, lines: Sequence[page_lines.Line], sort: Callable[[int], str]) -> None:
    """A small text is rather an article than a page: sentences are body, a first line without a stop is headline."""
    prose = [i for i, line in enumerate(lines) if line.prose]
    for i, line in enumerate(lines):
        flags = set(line.flags)
        if "bullet" in flags and prose and prose[0] < i < prose[-1]:
            scores[i, KINDS.index("body")] += SMALL_BODY
        inviting = flags >= {"you", "invite"} and not flags >= {"quote", "say"}
        told = not flags & {"note", "reporting", "photo", "copy"} and not inviting
        told = told and ("job" not in flags or "say" in flags) and (bool(_TOLD & flags) or not sort(i))
        sentence = (line.ends and line.n > (3 if flags & {"you", "invite"} else 1)) or (
            line.n > 7 and line.text.endswith(":")
        )
        again = i == 1 and len(lines) > 2 and lines[0].key == lines[2].key  # the headline: a deck between
        if not again and told and sentence and (i or line.text[-1] != "?"):
            scores[i, KINDS.index("body")] += SMALL_BODY
    first = lines[0]
    stopped = (first.ends and first.text[-1] != "?") or first.text[-1] == ":"
    apparatus = {"by", "date", "site", "photo", "credit", "loc"}.intersection(first.flags)
    if not stopped and first.n <= 25 and not apparatus and not sort(0):
        scores[0, KINDS.index("headline")] += SMALL_HEADLINE


@cache
def sorts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Sorts of page furniture, and the pattern of a whole line."""
    return tuple((sort, re.compile(pattern, re.IGNORECASE)) for sort, pattern in word_lists.rows("furniture.tsv"))


@cache
def _any_furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for _, pattern in word_lists.rows("furniture.tsv")), re.IGNORECASE)


def furniture_of(line: str) -> str:
    """The sort of furniture that a line of junk is, if it is a well-known one."""
    line = " ".join(line.split()).strip("•*→▶►▸|-–— ")
    if line.count(" ") < LONGEST_JUNK:
        forms = dict.fromkeys((line.strip("[] ").rstrip(_CLOSING), line))
        known = _any_furniture()
        if any(map(known.fullmatch, forms)):
            return next(sort for sort, one in sorts() if any(map(one.fullmatch, forms)))
    return ""
