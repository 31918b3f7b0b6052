"""Why a source is taken for what it is, and a word for its source, in a reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.reasons import reasons
from .choices import Answer

KINDS_IN_WORDS = {
    "named_person": "named person",
    "unnamed_person": "unnamed person",
    "organisation": "organisation",
    "document_or_data": "document or data",
    "media_outlet": "other medium",
    "collective_public": "the public",
}
_LONG = 14  # words of the article that are repeated at most


def kind(answer: Answer) -> str:
    """The kind of a source, how sure that is (0 to 1), and why.

    >>> kind(Answer("organisation", 0.92, ("head agency", "by lists kind organisation", "length 2")))
    'organisation (0.92): “agency”, an organisation, by name or word'
    """
    return _said(KINDS_IN_WORDS[answer.choice], answer.chance, reasons(("kind", answer.choice), answer.why))


def role(answer: Answer, evidence: str) -> str:
    """The role of a source, how sure that is, and why; ``evidence``: the title or noun that a list has, "" for none.

    >>> role(Answer("politician", 0.98, ("has opposition",)), "Opposition leader")
    'politician (0.98): “Opposition leader”'
    """
    if answer.choice == "unknown":
        return f"role unknown ({answer.chance:.2f})"
    return _said(answer.choice, answer.chance, reasons(("role",), answer.why, after=_words(evidence)))


def role_evidence(answer: Answer) -> str:
    """The words that made a role which no title or noun gives."""
    return ", ".join(reasons(("role",), answer.why))


def anonymous(name: str, answer: Answer, reason: str, changed: str) -> str:
    """Why a source is anonymous: what it is called, that no name is given, the reason given for that.

    ``changed``: the words that say that its name is none.

    >>> known = Answer("unnamed_person", 0.97, ("head official",))
    >>> anonymous("officials", known, "because they were not authorised to speak", "")
    'anonymous (0.97): “officials”, no name in the article, “because they were not authorised to speak”'
    """
    chance = answer.chance if answer.choice == "unnamed_person" else 1.0  # a name that is none is said to be so
    told = [*_words(name), *["no name in the article"] * (not changed), *_words(changed or reason)]
    return _said("anonymous", chance, reasons(("kind", "unnamed_person"), answer.why, after=told))


def meant(features: Sequence[str]) -> str:
    """Why a pronoun or description means somebody, by the features that decided; "" where none of them says it.

    >>> meant(["P gender same nnam", "P speaks 2 last", "new early"])
    '“he” or “she” fits, spoke last'
    """
    return ", ".join(reasons(("meant",), features))


def _said(what: str, chance: float, why: Sequence[str]) -> str:
    return f"{what} ({chance:.2f}): {', '.join(why) or 'how it is written of'}"


def _words(words: str) -> list[str]:
    """Words of the article, cut where they are many."""
    own = words.split()
    return [f"“{' '.join(own[:_LONG])}{' …' * (len(own) > _LONG)}”"] if own else []
