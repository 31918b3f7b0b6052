"""Closed word classes of lists/closed_classes.tsv by name, for the rules of ``people``."""

from __future__ import annotations

from .word_lists import word_class

DETERMINER = word_class("determiner")
PRONOUN = word_class("pronoun")
QUALIFIER = word_class("qualifier")
REFERS = word_class("refers")
TIME = word_class("time")
PARTICLE = word_class("particle")
LEADS_A_NAME = DETERMINER | word_class("leads_a_name")
POSSESSOR = word_class("possessor")
QUANTITY = DETERMINER | word_class("quantity")
MASS = word_class("mass")
WHEREABOUTS = word_class("whereabouts")
RULERS = word_class("rulers")
NO_NAME = word_class("no_name")
PARTIES = tuple(
    word_class(f"party:{name}") for name in ("democrat", "republican", "libertarian", "labour", "tory", "liberal")
)
NO_AGENT = word_class("no_agent")
