"""Dates as files write them, in one form: an ISO day, or an ISO instant in UTC where an hour and a zone are given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

# The first three or four letters of the months in English, German, French, Dutch, Spanish, Italian and Portuguese.
_BEGINNINGS = (
    "jan ene gen janv", "feb fev fevr", "mar mrt maa marz mars maer", "apr abr avr avri", "may mai mei mag maj",
    "jun juin giu junh", "jul juil lug julh", "aug aou aout ago agos", "sep set sept", "oct okt out ott", "nov",
    "dec dez dic",
)  # fmt: skip
_MONTHS = {form: number for number, forms in enumerate(_BEGINNINGS, start=1) for form in forms.split()}
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?")
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)(Z)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[/.年]\s?(\d{1,2})\s?[/.月]\s?(\d{1,2})(?!\d)\s?日?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")
_WEEKDAY = r"(?:[^\W\d]{2,12}[.,]?(?:\s+den)?\s+)?"
_MONTH_DAY = re.compile(_WEEKDAY + r"([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})\b")
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+|of\s+)?([^\W\d]{3,10})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_DAYS = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\b[\s,;]*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[\s,]+(\d\d):(\d\d)(?::(\d\d))?\s+(Z|UTC|GMT|[+-]\d\d:?\d\d)\s*")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


class Found(NamedTuple):
    """A day as ISO, and what stands behind it and its weekday on the line."""

    day: str
    rest: str


def leading(line: str) -> Found | None:
    """The date that a line begins with, with or without its weekday, in one of seven languages.

    >>> leading("January 10, 2018 Wednesday 10:36 EST")
    Found(day='2018-01-10', rest='10:36 EST')
    >>> leading("lundi 16 septembre 2013 11:46 GMT").day, leading("May was dry")
    ('2013-09-16', None)
    """
    line = line.strip()
    if found := _MONTH_DAY.match(line):
        day = _day(found[3], _month(found[1]), found[2])
    elif found := _DAY_MONTH.match(line):
        day = _day(found[3], _month(found[2]), found[1])
    elif found := _YEAR_FIRST.match(line) or _ISO.match(line):
        day = _day(found[1], found[2], found[3])
    else:
        return None
    return Found(day, _DAYS.sub("", line[found.end() :].strip(" ,;"), count=1)) if day else None


def one_form(text: str, *, day_first: bool | None = None) -> tuple[str, bool]:
    """A date in one form, and whether it can be read in two ways.

    What holds an hour and a zone becomes an instant in UTC, ``2031-05-02T09:00:00Z``; else it is a day. ``day_first``
    says how 03/04/2031 is meant; unknown (None), such a date stays as it came, as does what is no date.

    >>> one_form("Fri, 02 May 2031 11:00:00 +0200"), one_form("2 mai 2031"), one_form("03/04/2031")
    (('2031-05-02T09:00:00Z', False), ('2031-05-02', False), ('03/04/2031', True))
    """
    given = text.strip()
    if found := _ISO.fullmatch(given) or _PACKED.fullmatch(given):
        return _instant(_day(*found.groups()[:3]), *found.groups()[3:]) or text, False
    if _EPOCH.fullmatch(given):
        return datetime.fromtimestamp(int(given[:10]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), False
    if found := _NUMBERS.match(given):
        first, second = int(found[1]), int(found[3])
        by_day = True if first > 12 or found[2] == "." else False if second > 12 else day_first
        if by_day is None and first != second:
            return text, True
        return _day(found[4], *((found[3], found[1]) if by_day else (found[1], found[3]))) or text, False
    if day := leading(given):
        clock = _CLOCK.fullmatch(given[len(given) - len(day.rest) - 1 :]) if day.rest else None
        return (_instant(day.day, *clock.groups()) if clock else day.day) or text, False
    return text, False


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether dates such as 25/04/2031 stand among these, or 04/25/2031; None where none or both do.

    >>> day_comes_first(["03/04/2031", "25/04/2031"])
    True
    """
    found = ((int(each[1]), int(each[3])) for each in map(_NUMBERS.match, map(str.strip, texts)) if each)
    seen = {first > 12 for first, second in found if max(first, second) > 12}
    return seen.pop() if len(seen) == 1 else None


def _month(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return str(_MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3], 0))


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _instant(day: str, hour: str | None, minute: str | None, second: str | None, zone: str | None) -> str:
    if not day or not hour:
        return day
    clock = f"{day}T{hour}:{minute}:{second or '00'}"
    if not zone:
        return day if clock.endswith("T00:00:00") else clock
    zone = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
    try:
        return datetime.fromisoformat(clock + zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return day
