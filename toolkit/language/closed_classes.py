"""Closed word classes of lists/closed_classes.tsv by name, for the rules of ``people``."""

from __future__ import annotations

from .word_lists import word_class

DETERMINER = word_class("determiner")
PRONOUN = word_class("pronoun")
QUALIFIER = word_class("qualifier")
REFERS = word_class("refers")
TIME = word_class("time")
PARTICLE = word_class("particle")
INSIDE_A_NAME = PARTICLE | word_class("inside_a_name")
LEADS_A_NAME = DETERMINER | word_class("leads_a_name")
POSSESSOR = word_class("possessor")
QUANTITY = DETERMINER | word_class("quantity")
MASS = word_class("mass")
WHEREABOUTS = word_class("whereabouts")
RULERS = word_class("rulers")
BEFORE_A_FIRST_NAME = word_class("before_a_first_name")
NO_SOURCE = word_class("no_source") | {"no one"}
OTHER_OFFICE = word_class("other_office")
NO_NAME = word_class("no_name")
PARTIES = tuple(
    word_class(f"party:{name}") for name in ("democrat", "republican", "libertarian", "labour", "tory", "liberal")
)
NO_AGENT = word_class("no_agent")
