"""The lines of a page, with what can be seen of each by itself: length, case, closing signs, words, marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import ne

LONG = 60  # words; of a longer line its first and last words are looked at
PROSE = 12  # words; a line of so many that ends like a sentence is prose

_DIGIT = re.compile(r"\d")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_MARKS = ("“", "”", '"', "«", "»", "„", "''")
_AROUND = " .,;:!?…→»«>|•*/()[]{}\"'“”‘’„-–—_#@"
_NAMES = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october"
    " nov november dec december"
)
MONTH = rf"(?:{'|'.join(sorted(_NAMES.split(), key=len, reverse=True))})\b\.?"
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:,?\s+\d{{4}})?|\b{MONTH}\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?"
    r"|\b\d{4}-\d\d-\d\d|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b"
    r"|\b(?:\d+|an?) (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:story|words|report|written|text|posted|published|analysis|opinion|reported) )?by\b[: ]", re.IGNORECASE
)
NAME = re.compile(r"(?:[A-Z][\w.’'-]*|[A-Z]\.)(?: (?:[A-Z][\w.’'-]*|[A-Z]\.|de|van|von|al|and|&|bin|of|der|la)){1,5}$")
FULL_NAME = re.compile(r"\b(?!The |A |In |On |At )[A-Z][a-zà-ÿ’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]*[a-zà-ÿ]\b")
SENTENCE = re.compile(r"[.!?…][\"'”’)]* (?=[A-Z“\"‘'])")
_PHOTO = re.compile(
    r"(?:\(|\[|/|—|\||^)\s?(?:photo|image|picture|credit|file|pic)"
    r"|(?:getty|reuters|ap|afp|epa|pa|supplied|alamy|handout)\b[^.]{0,25}[)\].]*$",
    re.IGNORECASE,
)
_WHO = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|van|von|al|la|der|bin|and|for|&)){0,7}"
_CREDITED = re.compile(  # a picture's maker at the end
    r"(?!(?:By|Words|Text|Story|Report)\b).*?"
    r"(?:\((?:Photo|Photograph|Image|Picture|Credit|File|Pic|Courtesy|Handout|AP)\b[^()]{0,60}\)"
    rf"|\({_WHO}(?:, (?:File|file))? ?[/|] ?[A-Z][^()]{{1,40}}\)"
    r"|\b(?:Photo|Photograph|Picture|Image|Credit)s?(?: courtesy of| by| credit)?(?:: ?|\.\.\. ?)"
    rf"{_WHO}(?: ?[/,|-] ?{_WHO})*"
    rf"|(?:Photograph|Picture|Image|Illustration) by {_WHO}"  # of all: "Photographs by"
    rf"|\b(?:REUTERS|AFP|AP|EPA)/{_WHO}"
    rf"|{_WHO} ?/ ?(?:{_WHO} ?/? ?)?(?:Getty Images|AP|Reuters|AFP|EPA|Shutterstock|Alamy))\.?"
)
_MAY_BE = re.compile(r"photo|pic|image|credit|illustr|courtesy|handout|file|[/|]|\(AP", re.IGNORECASE)
_REPORTING = re.compile(
    r"\b(?:reporting|writing|editing|edited|files|contributed|additional|compiled|material)\b.{0,40}\b(?:by|from|to)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:correct(?:ion|ed|s|ions)|editor[’']?s note|clarification"
    r"|this (?:article|story|post|report|piece) (?:was|has|originally|has been)"
    r"|an earlier version|updated? to|amended)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][A-Za-z.’' ]+(?:, [A-Z][\w. ]+)?(?: \([^)]{2,30}\))? ?[—–-]{1,2} ")
_BULLET = re.compile(r"[•*▪■●→▶►▸◦‣–—-]\s|\d{1,2}[.)]\s")
_PARTED = re.compile(r"\s[|·•/›»>]\s?|[›»→]")
_TAIL = re.compile(
    r"(?:[.!?…][”\"’)]?|\)) ?(?:[A-Z(©][\w.'’&/-]*(?:(?: [/|•·—-])? [A-Z(/&][\w.'’/)&-]*){0,6}"
    r"|[A-Z]{2,}[A-Z /'’.-]*)\)?$"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SAY = _set("said says told asked added wrote according announced warned called")
_YOU = _set("you your we our us my you're we're you'll you’re we’re you’ll")
_PICTURES = _set(
    "photo photos photograph photographer photographs photography image images picture pictures credit getty"
    " reuters afp ap pa epa file courtesy handout illustration supplied via shutterstock alamy graphic pic"
)
_MAKING = _set("reporting writing editing edited files contributed additional compiled material")
_ITSELF = _set(
    "correction corrected corrections corrects correct note clarification article story post report piece earlier"
    " update updated amended"
)
_JOBS = _set(
    "reporter correspondent editor writer columnist bureau staff journalist producer contributor author covers"
    " critic intern freelance reporters editors writers correspondents"
)
_INVITING = _set(
    "subscribe subscribed subscriber subscribers subscribing subscription newsletter newsletters inbox e-mail"
    " email click tap download register follow donate support member members free cookies privacy browser blocker"
    " terms permission republish published page website site story stories article articles content reader readers"
    " comment comments app"
)
_DOING = _set(
    "is are stand stands walk walks look looks show shows speak speaks sit sits hold holds arrive arrives leave"
    " leaves wait waits pose poses gather gathers work works lie lies attend attends carry carries play plays"
    " watch watches explain explains inspect inspects hang hangs pass passes address addresses celebrate"
    " celebrates make makes take takes give gives ride rides run runs drive drives read reads check checks meet"
    " meets greet greets listen listens cheer cheers hug hugs embrace embraces pictured seen"
)
_SITES = ("@", "://", "www.", ".com", ".org", ".net", ".co.", ".example", ".ca/", ".gov")
_SEPARATORS = "|·•/›»>→"
_MONTHS = _set(_NAMES)
_HALVES = _set("am pm a.m p.m")
COMMON = _set(
    "the a an of in to and on for with at from by is was as that it his her be are has have had this but not who"
    " will after its their were more than"
)


def words_of(text: str) -> list[str]:
    """The words of a text, without the signs around them; numbers are none.

    >>> words_of("(Photo: Ann Lee/Elm Gazette)")
    ['Photo', 'Ann', 'Lee/Elm', 'Gazette']
    """
    return [word for piece in text.split() if (word := piece.strip(_AROUND)) and word[0].isalpha()]


class Line:
    """One line with what can be seen of it alone; ``gap``: blank lines above it."""

    __slots__ = (
        "capitals",
        "ends",
        "flags",
        "gap",
        "key",
        "low",
        "n",
        "numbers",
        "prose",
        "shape",
        "short",
        "text",
        "words",
    )

    def __init__(self, text: str, gap: int) -> None:
        pieces = text.split()[: 4 * LONG] if len(text) > 20_000 else text.split()
        self.n = len(pieces)
        if self.n > LONG:
            pieces = pieces[: LONG - 10] + pieces[-10:]
        self.text = text = " ".join(pieces)[:1000]
        self.gap = gap
        lower = text.lower()
        self.words = words_of(text)
        self.low = [word.lower() for word in self.words]
        self.ends = bool(_ENDS.search(text[-8:]))
        self.key = lower.strip(_AROUND)
        self.numbers = sum(piece.strip(_AROUND)[:1].isdigit() for piece in pieces) if _DIGIT.search(text) else 0
        quoted = any(mark in text for mark in _MARKS) or text.startswith("‘") or " ‘" in text
        self.prose = (self.n >= PROSE and (self.ends or self.n >= 30)) or (self.n >= 8 and self.ends and quoted)
        self.capitals = sum(map(ne, self.words, self.low))
        upper = text.isupper()
        title = len(self.words) > 1 and self.capitals >= 0.8 * len(self.words)
        stop = "." if self.ends else ":" if text.endswith(":") else "?"
        self.shape = f"{bisect_left((1, 3, 6, 11, 18, 30), self.n)}{stop}{'U' if upper else 'T' if title else 'l'}"
        self.short = self.n <= 6 and not self.ends
        self.flags = self._flags(lower, quoted)

    def _flags(self, lower: str, quoted: bool) -> list[str]:
        text, low, digits = self.text, set(self.low), bool(_DIGIT.search(self.text))
        inviting = (
            not low.isdisjoint(_INVITING)
            or ("sign" in low and ("up" in low or "in" in low))
            or ("log" in low and "in" in low)
        )
        found = {
            "say": not low.isdisjoint(_SAY),
            "you": not low.isdisjoint(_YOU),
            "quote": quoted,
            "site": any(sign in lower for sign in _SITES),
            "by": bool(_BY.match(text)),
            "credit": not low.isdisjoint(_PICTURES),
            "job": not low.isdisjoint(_JOBS),
            "copy": "©" in text or "copyright" in low or ("rights" in low and "reserved" in low) or "(c)" in text,
            "loc": bool(_PLACE.match(text[:90])),
            "bullet": bool(_BULLET.match(text)),
            "seps": any(sign in text for sign in _SEPARATORS) and bool(_PARTED.search(text)),
            "invite": inviting,
            "present": not _DOING.isdisjoint(self.low[1:10]),
        }
        found["photo"] = found["credit"] and bool(_PHOTO.search(text))
        found["reporting"] = not low.isdisjoint(_MAKING) and bool(_REPORTING.search(text))
        found["note"] = not low.isdisjoint(_ITSELF) and bool(_NOTE.search(text))
        found["date"] = (
            digits and (not low.isdisjoint(_MONTHS) or any(s in text for s in "-/.")) and bool(DATE.search(text))
        )
        found["time"] = (
            "ago" in low or (digits and not low.isdisjoint(_HALVES)) or ":" in text or "." in text[:-1]
        ) and bool(TIME.search(text))
        found["tail"] = (not self.ends or text[-1] == ")") and bool(_TAIL.search(text[-90:]))
        return [name for name, here in found.items() if here]


def credited(line: Line) -> bool:
    """Whether a line ends with the maker of a picture."""
    return bool(_MAY_BE.search(line.text[-150:]) and _CREDITED.fullmatch(line.text))
