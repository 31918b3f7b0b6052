"""Who is quoted: mentions folded into distinct sources, with kind, role, anonymity and the outlet between."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..article import Span
from ..attribution.attributions import Attribution
from ..attribution.tagger import Labelled
from ..language.closed_classes import POSSESSOR
from . import affiliations, anonymity, choices, proper_names, reasons
from .bearers import Register
from .choices import Answer, Learnt
from .descriptions import describe, trimmed
from .entities import Entity
from .kinds import KINDS, look
from .register import register
from .roles import ROLES
from .view import View
from .who_is_meant import Resolver

__all__ = ("KINDS", "ROLES", "Source", "fold")

_INTERVIEW = re.compile(
    r"\b(?:interview|statement|appearance|conversation|op-ed|column|segment|comments?|remarks|speaking|spoke|quoted|cited|"
    r"reported|obtained|seen|published)\s(?:with|to|on|for|in|by|from)\s(?:the\s)?"
)
_TELLS = re.compile(r"\b(?:tell|told|tells|telling|informed|confirmed|said|spoke)\b")
_TOLD_WHOM = re.compile(r"(?:\s(?:exclusively|recently|later|earlier|to))?\s(?:the\s)?(?=[A-Z])")
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
    says "he" or "she" for it. ``why`` it is taken for that, ``meant``: why a pronoun or description, at which place,
    means it.
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
    why: str = ""
    meant: tuple[tuple[Span, str], ...] = ()

    def why_meant(self, phrase: Span) -> str:
        """Why the words of a source phrase mean this source; "" where they name it."""
        return next((why for span, why in self.meant if phrase.covers(span)), "")


def fold(
    text: str,
    spans: Sequence[Span],
    attributions: Sequence[Attribution],
    *,
    outlet: str = "",
    byline: str = "",
    nested: bool = False,
    who: Register | None = None,
    labelled: Labelled | None = None,
    learnt: Learnt | None = None,
) -> tuple[Source, ...]:
    """The distinct sources of an article, in the order of their first mention.

    ``spans`` are the stretches of the article in which names are looked up. An attribution without a source belongs
    to that of the attribution it follows, if any; "Q" and "A" name nobody. ``outlet`` is the article's own medium,
    which is not second-hand; ``byline`` names whom "I" means; ``who`` is the register of the names, where it has been
    made: what source phrases tell is added to it. Sources that speak in others' words alone are left out
    unless ``nested`` is set; they have no ``attributions``.

    >>> text = "Mayor Ilse Brandt said no. She said it twice."
    >>> said = [Attribution((Span(23, 25),), Span(18, 22), Span(0, 17), "indirect", "neutral", 0, 1.0, ""),
    ...         Attribution((Span(36, 44),), Span(31, 35), Span(27, 30), "indirect", "neutral", 0, 1.0, "")]
    >>> [(one.name, one.role, len(one.attributions)) for one in fold(text, [Span(0, 45)], said)]
    [('Ilse Brandt', 'politician', 2)]
    """
    learnt = learnt or choices.shipped("" if labelled is None else labelled.net)
    foreign = labelled is not None and labelled.net != learnt.net  # states that these weights do not know
    view = View(None if foreign else labelled)
    who = register(text, spans, outlet=outlet) if who is None else who
    resolver = Resolver(
        text,
        who,
        attributions,
        lambda choice: learnt.rank(choice.seen[:-1] if choice.old else choice.seen),
        view=view,
        byline=byline,
    )
    of = resolver.run()
    direct = sorted(span for one in attributions if one.kind == "direct" for span in one.content)
    who.pronouns(spans, apart=direct, sources={span.start for one in resolver.met.speakers for span in one.mentions})
    places: dict[int, list[Span]] = defaultdict(list)
    for start, end, bearer in who.mentions:
        places[id(bearer)].append(Span(start, end))
    persons = any(bearer.kind == "named_person" and bearer.certain for _, _, bearer in who.mentions)
    out = []
    for one in sorted((one for one in resolver.met.speakers if one.own), key=lambda one: min(one.mentions)):
        if not (one.attributions or nested):
            continue
        seen = look(text, one, [attributions[i] for i in one.own], view)
        answers = learnt.sort(*seen, never=_never(one, persons=persons))
        if answers["one"].choice == "yes" or nested:
            through = _through(text, one, attributions, of, resolver.around, outlet)
            out.append(_source(text, one, answers, through, places[id(one.bearer)]))
    return tuple(out)


def _never(one: Entity, *, persons: bool) -> frozenset[str]:
    """The kinds that a source surely is not; ``persons``: the article names some, one of whom it may be."""
    if not one.named:
        return frozenset(("named_person",)) if one.open or not persons else frozenset()
    if "&" in one.bearer.name.words:  # "Tern & Hollin"
        return frozenset(("named_person", "unnamed_person"))
    person = one.kind == "named_person" and (one.turn or one.bearer.gender or one.bearer.titles)
    return frozenset(KINDS) - {"named_person"} if person else frozenset(("unnamed_person",))


def _source(text: str, one: Entity, answers: Mapping[str, Answer], through: str, places: Sequence[Span]) -> Source:
    kind, role, bearer = answers["kind"].choice, answers["role"].choice, one.bearer
    changed = next((found for span in one.mentions if (found := anonymity.pseudonym(text, span))), "")
    changed = changed if kind == "named_person" else ""
    kind = "unnamed_person" if changed else kind
    anonymous, person = kind == "unnamed_person", kind in {"named_person", "unnamed_person"}
    body = one.body or bearer.body
    body = "" if body.lower() in POSSESSOR else body
    reason = next((found for span in one.mentions if (found := anonymity.reason(text, span))), "") if anonymous else ""
    reason = reason or changed
    told = bearer.evidence or ("" if person else bearer.name.full)
    listed = told if bearer.role == role else ""
    evidence = listed or reasons.role_evidence(answers["role"])
    why = reasons.anonymous(one.name, answers["kind"], reason, changed) if anonymous else reasons.kind(answers["kind"])
    if anonymous:
        body = (body or _whose(text, one)) if answers["affiliation"].choice == "yes" else ""
    return Source(
        one.name,
        kind,
        anonymous,
        body if person else "",
        role,
        bool(through) or kind == "media_outlet",
        tuple(dict.fromkeys(sorted(one.mentions))),
        tuple(one.attributions),
        reason,
        anonymity.vagueness(one.heads, body, [describe(trimmed(text, span).of(text)).rest for span in one.mentions])
        if anonymous
        else "",
        evidence if role != "unknown" else "",
        through,
        tuple(one.nested),
        tuple(places),
        f"{why}; {reasons.role(answers['role'], listed)}",
        tuple((span, reasons.meant(seen)) for span, seen in sorted(one.means.items())),
    )


def _whose(text: str, one: Entity) -> str:
    """The words that may tell for whom an unnamed source speaks, where none is known to name a body."""
    for span in sorted(one.mentions):
        words = trimmed(text, span).of(text)
        said = describe(words)
        _, told = affiliations.loosely(words, said.rest, said.owner, said.head) if said.kind != "pronoun" else ("", "")
        if told:
            return told
    return one.near


def _through(
    text: str,
    one: Entity,
    attributions: Sequence[Attribution],
    of: dict[int, list[Entity]],
    around: dict[int, int],
    outlet: str,
) -> str:
    """The medium that a source's words came through: "told the Harbour Post", or said in a report of one."""
    for i in one.own:
        outer = of.get(around.get(i, -1), [])
        if outer and outer[0].kind == "media_outlet" and outer[0] is not one:
            return outer[0].name
        cue = attributions[i].cue
        if cue is None or one.kind == "media_outlet":
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
