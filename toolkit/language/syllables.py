"""Syllables of an English word: the CMU Pronouncing Dictionary, and rules for the words outside it."""

from __future__ import annotations

import lzma
import re
import unicodedata
from functools import cache
from importlib.resources import files

from . import word_lists


def syllables(word: str) -> int:
    """How many syllables the word has, 0 or more; numbers as they are read aloud (Flesch 1948: 1918 has four).

    The CMU Pronouncing Dictionary's first pronunciation; a word that is not there is counted by rules, and capitals
    that don't make a readable word by their letters. In scripts other than the Latin a run of letters counts 1.

    >>> [syllables(w) for w in ("mayor", "statement", "re-elected", "NHS", "Zoë’s", "1918")]
    [2, 2, 4, 3, 2, 4]
    """
    if word.isascii() and word.isalpha() and not word.isupper():
        low = word.lower()
        entry = known().get(low)
        return _estimate(low) if entry is None else entry >> 3
    total = 0
    for part in _PART.findall(word if word.isascii() else unicodedata.normalize("NFC", word)):
        if part in _SIGNS:
            total += _SIGNS[part]
        elif part[0].isdigit():
            total += _number_syllables(part.rstrip("sthndr'’"))  # 3rd, 1990s
        elif _is_spelt(part):
            total += _letters(part.lower())
        else:
            total += _word_syllables(part.lower())
    return total


_PART = re.compile(r"\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th|['’]?s)\b)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[$%€£&+@]")
_SIGNS = {"$": 2, "%": 2, "€": 2, "£": 1, "&": 1, "+": 1, "@": 1}
# After what a contraction is a syllable of its own: it'll, not they'll.
_CONTRACTIONS = {
    **dict.fromkeys(("ll", "ve", "re"), re.compile("[^aeiouy]$")),
    "d": re.compile("[td]$"),
    "s": re.compile("(?:[sxz]|[cs]h|[cgsz]e)$"),
    "m": re.compile("(?!)"),
}
# Capitals that nobody could read: no vowel, a beginning or an end that English lacks, or EPA, USA, UFO.
_LETTERS = re.compile(
    r"(?!(?:[bcfgpk]l|[bcdfgkptw]r|s[cklmnpqtw]|[cgpstw]h|qu|kn|wr)|[^aeiouy]?[aeiouy])[a-z]+"
    r"|[aeiou][^aeiouy][aiou]|[aeiou]{2}[a-z]"
    r"|[a-z]*[aeiouy](?![lnr][^aeiouy]|s[ptk]|[cpf]t|mp|ss|ll|ck|[cst]h|[a-z]s)[^aeiouy]{2}"
)


_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")


def is_shorthand(word: str) -> bool:
    """Whether a word stands for others: a figure, a sum, letters that are spelt out (7%, 1918, p.m., NHS).

    >>> [is_shorthand(w) for w in ("7%", "U.S.", "NHS", "NATO", "OUT", "mayor")]
    [True, True, True, False, False, False]
    """
    if word.isalpha():
        return _is_spelt(word)
    return any(map(str.isdigit, word)) or _DOTTED.fullmatch(word) is not None


def _is_spelt(word: str) -> bool:
    """Whether a word in capitals, of five letters at most, is read by its letters."""
    low = word.lower()
    if not (1 < len(word) < 6 and word.isupper()) or low in word_lists.word_class("never_spelt"):
        return False
    return len(low) == 2 or (low not in known() and bool(_LETTERS.fullmatch(low)))


def _letters(low: str) -> int:
    return len(low) + 2 * low.count("w")


def _word_syllables(low: str) -> int:
    """Of small letters and apostrophes."""
    low = low.replace("’", "'")
    entry = known().get(low)
    if entry is not None:
        return entry >> 3
    if "'" not in low:
        return _estimate(low)
    base, _, ending = low.rpartition("'")
    if ending == "t" and base.endswith("n"):  # doesn't, wouldn't; don't
        return _word_syllables(base[:-1]) + bool(re.search("[sd]n$", base))
    if ending in _CONTRACTIONS:
        return _word_syllables(base) + bool(_CONTRACTIONS[ending].search(base))
    return _word_syllables(base) + (_estimate(ending) if re.search("[aeiouy]", ending) else 0)


@cache
def known() -> dict[str, int]:
    """The CMU dictionary's words and 8 times their syllables, plus what the word lists say of each (:mod:`counting`).

    One look-up then tells all that a formula asks of a usual word. training/make_syllables.py writes the table.
    """
    text = lzma.decompress(files(__package__).joinpath("lists/cmudict.xz").read_bytes()).decode("ascii")
    listed: dict[str, int] = {}
    for line in text.splitlines():
        number, rules, words = line.split("\t")
        listed |= dict.fromkeys(words.split(" "), 8 * int(number) + int(rules))
    return listed


def dictionary() -> dict[str, int]:
    """The CMU dictionary's words and their syllables, 0 (hmm) up."""
    return {word: entry >> 3 for word, entry in known().items()}


_SILENT_E_HEADS = (
    "bare|base|bone|brake|bride|cake|care|case|cave|cheese|core|date|dare|drive|face|fare|fine|fire|five|flame|frame|game|gate|goose"
    "|grape|grave|hate|here|hide|home|hope|horse|house|ice|juice|knife|lake|lane|large|life|like|lime|line|live|lone|loose|love|make"
    "|mouse|move|name|nine|noise|nose|note|nurse|once|one|page|pale|peace|phone|pipe|place|plane|plate|price|prime|pure|race|rage"
    "|rate|ridge|rope|safe|sale|same|scale|score|shade|shape|share|shore|side|slave|smoke|snake|some|space|spare|spice|spoke|square"
    "|stage|stake|stale|state|stone|store|strike|tape|there|tide|time|tire|tone|trade|tribe|tube|type|use|vice|voice|wage|wake|ware"
    "|waste|wave|whale|where|white|whole|wide|wife|wine|wire|wise|bridge|edge|league"
)
# Each match is a run of vowels that is not heard. (Alternatives begin with their letter: that is fast.)
_SILENT = re.compile(
    rf"""
    e(?: (?<=[^aeiouylrt]e)$ | (?<=te)(?<![nr]te)$ | (?<=[aeiouylr][lr]e)(?=[sd]?$)  # state; not table, Dante
       | (?<=[^aeiouysxzcglrh]e)(?=s$) | (?<=[^cs]he)(?=s$)           # states; not houses
       | (?<=[^aeiouytdlr]e)(?=d$)                                    # walked; not started
       | (?<=[aeiouynr][cgsvztkdrnml]e)(?=(?:ly|ness|less|fully?)$)   # safely, hopeless
       | (?<=[aeiouyrnlsdg][cgsvztkdr]e)(?=ments?$)                   # statement; not element
       | (?<=[aeiouy][^aeiouy]e)(?=m[ae]n$) )                         # statesman
  | ue(?:(?<=[aeiouln]gue)|(?<=que))(?=[sd]?$)                        # league, unique; not argue
  | ^(?:un|re|over|under|out|in|non)?(?:{_SILENT_E_HEADS})(?=[^aeiouydrsn][a-z]*[aeiouy]|[dsn][a-z]+[aeiouy])
  | a(?<=ica)(?=lly$) | io(?=urs?$) | uou(?=s)(?<![ctrd]uou)          # basically, behaviour, conspicuous
    """,
    re.VERBOSE,
)
# Each match is a vowel that parts from the vowel after it, or a syllable without a vowel letter.
_EXTRA = re.compile(
    r"""
    i(?: (?=ous)(?<![tscgxn]i) | (?=u)                                # serious, stadium
       | (?=o[^u]|o$)(?<![tscgxlnv]i)(?<!shi) | (?=o[^nru]|o$)(?<=[ln]i) | (?=on)(?<=^li)  # riot, lion; not nation
       | (?=o[^u]|o$)(?<=vi)(?<!avi)                                  # violent
       | (?=a)(?<![tcsgl]i)(?<!rri) | (?=a(?!r|ns?$))(?<=li)(?<!lli) | (?=a)(?:(?<=^gi)|(?<=^li))
       | (?=at)(?<=[tc]i)                                             # media, giant, associate; not social
       | (?=en)(?<![tcf]i)(?<!fri) | (?=en)(?<=sci) | (?=ers?$|est$)(?<![tc]i) | (?=et[yai])  # client, heavier
       | (?=ings?$) | (?=is[mt]) | (?=[aeou])(?<=^anti) | (?=[aeiou])(?:(?<=^semi)|(?<=^multi)) )
  | u(?: (?=a)(?<!^hu)(?<!^ju)(?<![gqs]u) | (?=o)(?<![gql]u) | (?=e[lnrt])(?<![gqb]u)             # actual, duo, fluent
       | (?=in)(?<![gqbsd]u) | (?=ity|ities) | (?=ings?$) )           # ruin, continuity
  | e(?: (?=o[^u]|o$)(?<![gpx]e)(?<!che) | (?=o(?!r))(?<=^ge) | (?=um) | (?=ate)       # video, museum, create
       | (?=a(?:ns?)?$)(?<=[aeiouy][abdf-z]e) | (?=act)(?<=^re) | (?=ings?$) | (?=is[mt])         # area, react, seeing
       | (?=a(?:ff|ss|pp|cq|ll|dj|rr|wa|lig)|i(?:m|n[^ds]|ns)|[ou]|e[lmnsvx])(?<=^re) | (?=[eo])(?<=^pre) )  # reopen
  | o(?: (?=ic[^e]|ic$) | (?=e[mt])(?<=[pc]o) | (?=ings?$)            # heroic, poet, going
       | (?=ope|or[dp]|au|e[dnvx]|inc)(?<=^co)                        # cooperate
       | (?=[aeiu])(?:(?<=^geo)|(?<=^bio)|(?<=^neo)|(?<=m[ai]cro)|(?<=hydro)|(?<=^auto)|(?<=socio)|(?<=ectro)) )
  | a(?: (?=os) | (?=ings?$) | (?=is[mt]) | (?=ii) )                  # chaos, Hawaii
  | y(?: (?=[aou]|ers?$)(?<=[aeou]y) | (?=an)(?<=[br]y) | (?=ings?$) )  # royal, player, trying
  | sms?$ | thms?$ | shms?$ | ^mc(?!$)                                # tourism, rhythm, McLeod
    """,
    re.VERBOSE,
)
_VOWELS = re.compile("[aeiouy]+")
_HEARD = re.compile("[éèêą]|(?<=[aeiouy])[ïëöü]")  # café; naïve, Zoë, coöperate: a syllable of its own


def _estimate(low: str) -> int:
    """By the spelling: runs of vowels, those that fall apart, those that are silent."""
    if not low.isascii():
        low = low.replace("æ", "e").replace("œ", "e").replace("ø", "o").replace("ß", "ss").replace("ł", "l")
        low = _HEARD.sub("xix", low)
        low = "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))
        if not low.isascii():  # another script: nothing is known
            return 1
    if not _VOWELS.search(low):
        return _letters(low)
    if len(low) == 2 and not low.endswith(("e", "o")) and low[0] in "aeiou":
        return 2
    return max(1, len(_VOWELS.findall(low)) + len(_EXTRA.findall(low)) - len(_SILENT.findall(low)))


_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)  # zero to nineteen
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)


def _number_syllables(digits: str) -> int:
    """As read aloud: 1,200 one thousand two hundred, 1999 nineteen ninety-nine, 3.75 three point seven five."""
    whole, _, places = digits.replace(",", "").partition(".")
    decimals = 1 + sum(_ONES[int(d)] for d in places if d.isdecimal()) if places else 0
    if len(whole) > 15 or not whole.isdecimal():
        return decimals + sum(_ONES[int(d)] if d.isdecimal() else 1 for d in whole)
    value = int(whole)
    if len(whole) == 4 and "," not in digits and not places and (1100 <= value < 2000 or 2010 <= value < 2100):
        low = value % 100
        return _below_thousand(value // 100) + (_below_thousand(low) + (low < 10) if low else 2)  # oh-five; hundred
    total = decimals if value else _ONES[0] + decimals
    for name in (0, 2, 2, 2, 2):  # "", thousand, million, billion, trillion
        value, part = divmod(value, 1000)
        total += _below_thousand(part) + name if part else 0
    return total


def _below_thousand(value: int) -> int:
    hundreds, rest = divmod(value, 100)
    total = _ONES[hundreds] + 2 if hundreds else 0
    if rest < 20:
        return total + (_ONES[rest] if rest else 0)
    return total + _TENS[rest // 10] + (_ONES[rest % 10] if rest % 10 else 0)
