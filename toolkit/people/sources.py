"""Who is quoted: mentions folded into distinct sources, with kind, role, anonymity and the outlet between."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..article import Span
from ..attribution.attributions import Attribution
from ..language.closed_classes import REFERS
from . import anonymity, proper_names
from .folding import Folding, informs
from .referents import Group
from .register import register
from .roles import ROLES

KINDS = ("named_person", "unnamed_person", "organisation", "document_or_data", "media_outlet", "collective_public")

_INTERVIEW = re.compile(
    r"\b(?:interview|statement|appearance|conversation|op-ed|column|segment|comments?|remarks|speaking|spoke|quoted|cited|"
    r"reported|obtained|seen|published)\s(?:with|to|on|for|in|by|from)\s(?:the\s)?"
)
_TELLS = re.compile(r"\b(?:tell|told|tells|telling|informed|confirmed|said|spoke)\b")
_TOLD_WHOM = re.compile(r"(?:\s(?:exclusively|recently|later|earlier|to))?\s(?:the\s)?(?=[A-Z])")
_LETTERS = frozenset(("Q", "A", "Question", "Answer"))
_CLOSES = re.compile(r"[.“\"]")


@dataclass(frozen=True, slots=True)
class Source:
    """A person, group, document or medium to which an article attributes content; one for all of its mentions.

    ``name`` is the fullest name that the article gives, or the description of an unnamed one; ``kind`` one of `KINDS`;
    ``anonymous``: a person, or persons, whom the article names nowhere and who tell it something (not only think or
    wish); ``affiliation``: the body that a person is said to belong to or to speak for; ``role`` one of `ROLES`;
    ``second_hand``: the words came through another medium; ``mentions``: where it is written as a source;
    ``attributions``: indices into the analysis' attributions, carried-over ones included. ``reason``: the words that
    give the reason for anonymity; ``vagueness``, of an anonymous one, one of `anonymity.VAGUENESS`;
    ``role_evidence``: the words that made the role; ``through``: the other medium that its words came through;
    ``nested``: indices of attributions inside others' words; ``references``: every place where the article names it or
    says "he" or "she" for it.
    """

    name: str
    kind: str
    anonymous: bool
    affiliation: str
    role: str
    second_hand: bool
    mentions: tuple[Span, ...]
    attributions: tuple[int, ...]
    reason: str = ""
    vagueness: str = ""
    role_evidence: str = ""
    through: str = ""
    nested: tuple[int, ...] = ()
    references: tuple[Span, ...] = ()


def fold(
    text: str,
    spans: Sequence[Span],
    attributions: Sequence[Attribution],
    *,
    outlet: str = "",
    byline: str = "",
    nested: bool = False,
) -> tuple[Source, ...]:
    """The distinct sources of an article, in the order of their first mention.

    ``spans`` are the stretches of the article in which names are looked up. An attribution without a source belongs
    to that of the attribution it follows, if any; "Q" and "A" name nobody. ``outlet`` is the article's own medium,
    which is not second-hand; ``byline`` names whom "I" means. Sources that speak in others' words alone are left out
    unless ``nested`` is set; they have no ``attributions``.

    >>> text = "Mayor Ilse Brandt said no. She said it twice."
    >>> said = [Attribution((Span(23, 25),), Span(18, 22), Span(0, 17), "indirect", "neutral", 0, 1.0, ""),
    ...         Attribution((Span(36, 44),), Span(31, 35), Span(27, 30), "indirect", "neutral", 0, 1.0, "")]
    >>> [(one.name, one.role, len(one.attributions)) for one in fold(text, [Span(0, 45)], said)]
    [('Ilse Brandt', 'politician', 2)]
    """
    who = register(text, spans, outlet=outlet)
    folding = Folding(text, who, attributions, byline=byline)
    groups_of: dict[int, list[Group]] = {}
    around = _around(attributions)
    written = [i for i, one in enumerate(attributions) if one.source and one.source.of(text) not in _LETTERS]
    for i in sorted(written, key=lambda i: attributions[i].source or Span(0, 0)):
        source = attributions[i].source
        assert source is not None
        outer = groups_of.get(around.get(i, -1), [])
        groups_of[i] = folding.take(source, attributions[i], outer[0] if outer else None)
    for i, one in enumerate(attributions):
        if one.source is None and one.follows in groups_of:
            groups_of[i] = groups_of[one.follows]
        for group in groups_of.get(i, []):
            (group.nested if one.depth else group.attributions).append(i)
    who.pronouns(spans, apart=folding.direct, sources=folding.spoke)
    through = {id(group): _through(text, group, attributions, groups_of, around, outlet) for group in folding.met.all}
    kept = [group for group in folding.met.all if group.attributions or (nested and group.nested)]
    kept.sort(key=lambda group: min(group.mentions))
    places: dict[int, list[Span]] = defaultdict(list)
    for start, end, bearer in who.mentions:
        places[id(bearer)].append(Span(start, end))
    cast = anonymity.Cast(folding.met.all, who)
    return tuple(
        _source(text, group, cast, attributions, through[id(group)], tuple(places[id(group.bearer)])) for group in kept
    )


def _source(
    text: str,
    group: Group,
    cast: anonymity.Cast,
    attributions: Sequence[Attribution],
    through: str,
    references: tuple[Span, ...],
) -> Source:
    kind = group.kind
    own = [attributions[i] for i in (*group.attributions, *group.nested)]
    tells = any(informs(text, one) for one in own)
    if kind == "unnamed_person" and group.plural and (not tells or cast.names_member(group)):
        kind = "collective_public"
    anonymous = kind == "unnamed_person" and tells and group.description.head not in REFERS
    reason = (
        next((found for mention in group.mentions if (found := anonymity.reason(text, mention))), "")
        if anonymous
        else ""
    )
    bearer = group.bearer
    person = kind in {"named_person", "unnamed_person"}
    evidence = bearer.evidence or ("" if person else bearer.name.full)
    return Source(
        group.name if bearer.kind != "named_person" else bearer.name.full,
        kind,
        anonymous,
        (group.body or bearer.body) if person else "",
        bearer.role if bearer.role in ROLES else "unknown",
        bool(through) or kind == "media_outlet",
        tuple(dict.fromkeys(sorted(group.mentions))),
        tuple(group.attributions),
        reason,
        anonymity.vagueness(group) if anonymous else "",
        evidence if bearer.role != "unknown" else "",
        through,
        tuple(group.nested),
        references,
    )


def _around(attributions: Sequence[Attribution]) -> dict[int, int]:
    """Of each nested attribution, the one whose content it stands in most closely."""
    out: dict[int, int] = {}
    contents = sorted((span, i) for i, one in enumerate(attributions) for span in one.content)
    for i, one in enumerate(attributions):
        if not one.depth:
            continue
        probe = one.cue or one.content[0]
        at = bisect_right(contents, (Span(probe.start, probe.end + 1), -1))
        for span, other in reversed(contents[max(0, at - 12) : at]):
            if other != i and span.covers(probe) and attributions[other].depth < one.depth:
                out[i] = other
                break
    return out


def _through(text: str, group: Group, attributions: Sequence[Attribution], groups_of: dict[int, list[Group]],
             around: dict[int, int], outlet: str) -> str:  # fmt: skip
    """The medium that a source's words came through: "told the Harbour Post", or said in a report of one."""
    for i in (*group.attributions, *group.nested):
        outer = groups_of.get(around.get(i, -1), [])
        if outer and outer[0].kind == "media_outlet" and outer[0] is not group:
            return outer[0].name
        cue = attributions[i].cue
        if cue is None or group.kind == "media_outlet":
            continue
        near = text[cue.end : cue.end + 110].split("\n")[0]
        told = _TOLD_WHOM.match(near) if _TELLS.search(cue.of(text)) else None
        if told is None:
            before = text[max(0, cue.start - 90) : cue.start].split("\n")[-1]
            said = _INTERVIEW.search(_CLOSES.split(near, maxsplit=1)[0])
            if said is None and (said := _INTERVIEW.search(before)) is not None:
                near = before
            told = said
        medium = _medium(near[told.end() :], outlet) if told else ""
        if medium:
            return medium
    return ""


def _medium(words: str, outlet: str) -> str:
    """The outlet that some words begin with; "" for none, and for the article's own."""
    found = next(proper_names.scan(words, 0, min(len(words), 50)), None)
    if found is None or found.begin > 4 or found.name.kind != "media_outlet":
        return ""
    own = re.sub(r"^the ", "", outlet.casefold())
    return "" if own and found.name.full.casefold() == own else found.name.full
