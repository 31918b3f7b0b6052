"""What each stretch of a pasted page is, and why; nothing is deleted.

Every line of the text gets one zone. Metrics read the body; the ledger lists what was left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from ..article import Article, Span, Zone
from ..language import segmentation, word_lists

EDITORIAL = ("headline", "deck", "caption", "body")  # written by the newsroom: searched for quotations and sources
LONGEST_JUNK = 40  # words; a longer line is prose whatever it says
HEADLINE_WORDS = 25
LONGEST_KEY = 500  # letters; a longer line repeats no headline

Kind = tuple[str, str] | None  # kind of zone and why; None: not decided yet, and body in the end

_CLOSING = " .:!…→»>"
_WORD = re.compile(r"\w[^\s]*")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_MARKED = re.compile(r"[“”«»„\"]|''|(?<!\w)‘")
_READER = re.compile(r"\b(?:you|your|we|our|us)\b", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?:(?:first |last )?(?:published|updated|posted|modified|issued|created)\b.{{0,20}}?)?"
    r"(?:[A-Z][\w .'’-]{1,40},\s+)?"
    rf"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:.{0,40}\d)?.{0,25}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:[Ss]tory|[Ww]ords|[Rr]eport|[Ww]ritten|[Tt]ext) )?(?:[Bb]y|BY):? +"
    r"(?:[A-Z][\w.’'-]*|the|our|and|of|for|in|&|,|\||/|@\w+|\s)+\.?"
    r"|(?:author|reporter|correspondent)s?: .{2,60}"
    r"|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3},? (?:is|was) (?:a|an|the|our) .{0,80}"
    r"\b(?:reporter|correspondent|editor|writer|columnist)\b.{0,60}"
)
_CREDIT = re.compile(
    r"[—–(\[*-]*\s*(?i:with (?:files|reporting|reports|additional reporting|material|contributions?) (?:from|by)\b"
    r"|(?:additional )?reporting (?:and writing )?by\b|(?:writing|editing|compiled|edited) by\b"
    r"|(?:files|material) from\b).{0,200}"
    r"|(?:source|via): ?[A-Z].{0,60}|\(?(?:AP|AFP|Reuters|PA|dpa|UPI|CP)\)?"
)
_CONTRIBUTED = re.compile(r".{2,120}\b(?:contributed (?:to|reporting)|assisted with reporting)\b.{0,80}")
_CAPTION = re.compile(
    r"(?:photo(?:graph)?s?|image|picture|pictured|caption|file (?:photo|image|picture)|graphic|illustration|above|below"
    r"|video)\b(?: (?:by|credit|courtesy))?[^.]{0,12}: .{2,300}"
    r"|(?:file )?(?:photo(?:graph)?|image|picture|illustration|graphic|video)(?: (?:by|courtesy)| credit:?)\b.{2,120}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r".{0,400}[(\[](?:file )?(?:photo|image|picture|credit|graphic|illustration)s?\b[^)\]]{0,120}[)\]]\.?",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"[(\[]?(?:[Ff]ile )?(?i:photo(?:graph)?s?|images?|pictures?|graphic|illustration|video)(?: by| credit)?(?:: | )"
    r"(?:[A-Z][\w.’'-]*(?:/| / |, | for | via | and | & | |$|(?=[)\].]))){1,8}[)\]]?\.?"
)
_AGENCY_PHOTO = re.compile(r".{0,400}(?:/|via )\s?(?:AP|AFP|Reuters|PA|Getty(?: Images)?|EPA|Shutterstock)\)?\.?")
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,}(?:,\s(?:[A-Z][\w.]+\s?){1,3})?(?:,?\s?\d{1,2}(?:,\s\d{4})?)?"
    r"(?:\s?\((?:[A-Z]\w*[\s.]?){1,4}\))?\s?(?:—|–|--|-)(?=\s+\S)\s+"
)


_CELL_BORDER = re.compile(r"\s*(?:\t|\|| {3,})\s*")
_FIGURE = re.compile(r"[\d\s.,:%$£€+()/–-]*\d[\d\s.,:%$£€+()/–-]*[a-zA-Z]{0,2}")
_ENTRY = re.compile(
    r"(?:(?:posted|updated|published|at)[: ]+){0,2}"
    r"(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)(?:\s(?:[A-Z]{2,4}|local time))?"
    r"|\d{1,3}\s?(?:s|m|mins?|minutes?|h|hrs?|hours?|d|days?)\sago",
    re.IGNORECASE,
)


@cache
def _furniture() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Page furniture: why, and the pattern of a whole line."""
    return tuple((why, re.compile(pattern, re.IGNORECASE)) for why, pattern in word_lists.rows("furniture.tsv"))


@cache
def _any_furniture() -> re.Pattern[str]:
    """A line that any of the patterns may match, closing signs aside: nearly all lines are asked this alone."""
    patterns = "|".join(f"(?:{pattern.pattern})" for _, pattern in _furniture())
    return re.compile(f"(?:{patterns})[{re.escape(_CLOSING)}]*", re.IGNORECASE)


def zones(article: Article) -> tuple[Zone, ...]:
    """One zone for every line that holds more than white space, in order and without overlap.

    A dateline at the head of a paragraph is a zone of its own. A text of one line is body. The kinds are those of
    `Zone`; ``why`` names the rule that decided, and for junk what sort of furniture it is.

    >>> page = "Mayor quits\\n\\nRemove Ads\\n\\nThe mayor of Elm quit on Friday. She gave no reason."
    >>> [(zone.kind, zone.why) for zone in zones(Article(page))]
    [('headline', 'first line'), ('junk', 'advert control'), ('body', 'paragraph')]
    """
    text = article.text
    spans = segmentation.paragraphs(text)
    lines = [_plain(span.of(text)) for span in spans]
    kinds: list[Kind] = [_furniture_of(line) or _apparatus_of(line) or _entry_of(line) for line in lines]
    _tables([span.of(text).strip() for span in spans], kinds)
    keys = [_key(line) if len(line) < LONGEST_KEY else "" for line in lines]
    title = _key(_plain(article.title))
    head = _headline(lines, kinds, keys, title)
    _repeats(kinds, keys, title if head is None else keys[head], head)
    _captions(lines, kinds)
    _top(lines, kinds, head)
    if head is not None:
        _deck(lines, kinds, head + 1)
    _junk_blocks(lines, kinds)
    out: list[Zone] = []
    for span, kind in zip(spans, kinds, strict=True):
        first_body = kind is None and not any(zone.kind == "body" for zone in out)
        dateline = _DATELINE.match(text, *span) if first_body else None
        if dateline:
            place = Span(span.start, span.start + len(dateline.group().rstrip()))
            out.append(Zone(place, "dateline", "place in capitals and a dash"))
            span = Span(dateline.end(), span.end)
        out.append(Zone(span, *(kind or ("body", "paragraph"))))
    return tuple(out)


def body(found: Iterable[Zone]) -> list[Span]:
    """The spans of the body's paragraphs."""
    return [zone.span for zone in found if zone.kind == "body"]


def _plain(line: str) -> str:
    """A line with its white space made single blanks and bullets taken off."""
    return " ".join(line.split()).strip("•*→▶►▸| ")


def _key(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _furniture_of(line: str) -> Kind:
    words = line.count(" ") + 1
    if words > LONGEST_JUNK:
        return None
    if not _any_furniture().fullmatch(line):
        return None
    bare = line.rstrip(_CLOSING)
    for why, pattern in _furniture():
        if pattern.fullmatch(bare) or pattern.fullmatch(line):
            prose = words > 8 and why in {"newsletter", "cookie notice", "share buttons"}
            if prose and (_MARKED.search(line) or not _READER.search(line)):
                continue  # a report about newsletters, not an invitation to one
            return "junk", why
    return None


def _apparatus_of(line: str) -> Kind:
    """Credits, captions: lines that name their makers."""
    if line.count(" ") >= 80:
        return None
    if _CREDIT.fullmatch(line) or (("contributed" in line or "assisted" in line) and _CONTRIBUTED.fullmatch(line)):
        return "credit", "names contributors or agencies"
    if _PICTURE_CREDIT.fullmatch(line):
        return "credit", "names the maker of a picture"
    if _CAPTION.fullmatch(line) or (line.endswith((")", "]", ").", "].")) and _BRACKETED.fullmatch(line)):
        return "caption", "picture caption or credit"
    agency = len(line) < 400 and ("/" in line or "via " in line) and _AGENCY_PHOTO.fullmatch(line)
    if agency and not _MARKED.search(line):
        return "caption", "picture caption or credit"
    return None


def _entry_of(line: str) -> Kind:
    """The time above an entry of a live report."""
    return ("dateline", "time of an entry") if len(line) < 40 and _ENTRY.fullmatch(line) else None


def _tables(lines: list[str], kinds: list[Kind]) -> None:
    """Rows of cells, two or more in a row; or short lines, many of them figures, when a copy gave each cell its own."""
    rows = [_is_row(line) for line in lines]
    cells = [len(line) < 40 and line.count(" ") < 4 and not _ENDS.search(line) for line in lines]
    for marks, least in ((rows, 2), (cells, 8)):
        for told, group in groupby(range(len(lines)), key=lambda i: marks[i] and kinds[i] is None):
            run = list(group)
            figures = sum(_FIGURE.fullmatch(lines[i]) is not None for i in run) if marks is cells else len(run)
            if told and len(run) >= least and 3 * figures >= len(run):
                for i in run:
                    kinds[i] = ("junk", "table")


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: short cells, parted by tabs, bars or many blanks."""
    cells = [cell for cell in _CELL_BORDER.split(line.strip("| \t")) if cell]
    return len(cells) > 1 and all(cell.count(" ") < 8 and not _ENDS.search(cell) for cell in cells)


def _captions(lines: list[str], kinds: list[Kind]) -> None:
    """A line without a full stop right above a picture credit is the caption."""
    for i, kind in enumerate(kinds[1:]):
        if kinds[i] is None and kind == ("credit", "names the maker of a picture") and not _ENDS.search(lines[i]):
            kinds[i] = ("caption", "line above a picture credit")


def _headline(lines: list[str], kinds: list[Kind], keys: list[str], title: str) -> int | None:
    """Marks the headline, and gives its index; ``keys`` and ``title``: letters and digits alone, for comparing."""
    first = next((i for i, kind in enumerate(kinds) if kind is None), None)
    if first is None or first + 1 == len(lines):
        return None
    line = lines[first]
    if title and keys[first] == title:
        kinds[first] = ("headline", "equals the title")
        return first
    repeated = keys[first] != "" and keys[first] in keys[first + 1 :]
    short = len(line.split()) <= HEADLINE_WORDS and not _DATELINE.match(line) and not _BYLINE.fullmatch(line)
    longer = any(len(other.split()) > len(line.split()) for other in lines[first + 1 :])
    stopped = line.endswith((".", ".”", '."', ".’", ":")) and not _title_case(line)
    if repeated or (short and longer and not stopped):
        kinds[first] = ("headline", "first line")
        return first
    return None


def _title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _repeats(kinds: list[Kind], keys: list[str], headline: str, head: int | None) -> None:
    for i, key in enumerate(keys):
        if i != head and kinds[i] is None and key == headline != "":
            kinds[i] = ("junk", "repeated headline")


def _top(lines: list[str], kinds: list[Kind], head: int | None) -> None:
    """Bylines and date lines, which stand above the first paragraph; a byline may close the page too."""
    start = 0 if head is None else head + 1
    for i in range(start, min(start + 8, len(lines))):
        if kinds[i] is None and len(lines[i].split()) <= 25:
            if _DATE.fullmatch(lines[i]):
                kinds[i] = ("dateline", "date line")
            elif _BYLINE.fullmatch(lines[i]):
                kinds[i] = ("byline", "names the author")
    if lines and kinds[-1] is None and len(lines[-1].split()) <= 25 and _BYLINE.fullmatch(lines[-1]):
        kinds[-1] = ("byline", "names the author")


def _deck(lines: list[str], kinds: list[Kind], start: int) -> None:
    """The lines under the headline, up to a byline, a date or the headline again; or one line without a full stop."""
    after = next((i for i in range(start, len(lines)) if kinds[i] is not None), None)
    if start >= len(lines) or after == start or (after is not None and None not in kinds[after:]):
        return  # nothing there, or no body would be left
    found = kinds[after] if after is not None else None
    top = found is not None and (
        found[0] in {"byline", "dateline"} or found[1] in {"repeated headline", "share buttons"}
    )
    if after is not None and top and after <= start + 2:
        deck = range(start, after)
        why = "between the headline and other top matter"
    elif not _ENDS.search(lines[start]) and len(lines[start].split()) <= 40 and start + 1 < len(lines):
        deck = range(start, start + 1)
        why = "no full stop, under the headline"
    else:
        return
    for i in deck:
        kinds[i] = ("deck", why)


def _junk_blocks(lines: list[str], kinds: list[Kind]) -> None:
    """Headings of newsletter boxes, and the titles listed under "Related stories"."""
    for i in range(len(lines) - 2, -1, -1):
        following, before = kinds[i + 1], kinds[i - 1] if i else None
        heading = kinds[i] is None and len(lines[i].split()) <= 10 and not _ENDS.search(lines[i])
        if heading and following == ("junk", "newsletter") and before is not None and before[0] == "junk":
            kinds[i] = ("junk", "newsletter")
    listing = False
    for i, line in enumerate(lines):
        if kinds[i] == ("junk", "related links"):
            listing = ":" not in line.rstrip(":")
        elif kinds[i] is None and listing and len(line.split()) <= 20 and not _ENDS.search(line):
            kinds[i] = ("junk", "related links")
        elif kinds[i] is None:
            listing = False
