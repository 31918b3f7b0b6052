"""Closed word classes of English, as far as the rules need them; lower case, straight apostrophes."""

from __future__ import annotations

# may stand between a source and its verb
BETWEEN_SOURCE_AND_VERB = frozenset(
    (
        "again all already also both could did do does even first further had has have just later never not now "
        "once repeatedly since still then to will would"
    ).split()
)

# determiners and counts
DETERMINER = frozenset(
    (
        "a all an another any both dozens each eight every few five four her his hundreds its many more most my "
        "nine no one other our second seven several six some such ten that the their these third this those "
        "thousands three two your"
    ).split()
)

# end a noun phrase that names a source
NEVER_IN_A_SOURCE = frozenset(
    (
        "about after against also although am are as be because been before being but by can could did do does "
        "had has have here how however if into is it's may meanwhile might must nor not or said should since so "
        "than that that's then there though unless until was were what when where whether which while who whom "
        "whose why will would yet"
    ).split()
)

# prepositions and conjunctions that open a phrase or clause
OPENS_A_PHRASE = frozenset(
    (
        "about according after although amid and as at because before but by despite during following for from if "
        "in instead like of on once or over since so though through to under unless until when where while with "
        "within without yet"
    ).split()
)

# pronouns that can be a source
PRONOUN = frozenset(("he i it one she they we which who you").split())

# describe a source without saying to whom it belongs
QUALIFIER = frozenset(
    (
        "anonymous close current different familiar former independent leading local long-time longtime multiple "
        "new old own senior separate top two-time unnamed various verified young"
    ).split()
)

# need the text before them to be understood
REFERS = frozenset(
    ("both he her herself him himself i it one she that them these they this those we which who").split()
)

# begin a clause, beside pronouns and determiners
SUBJECT = frozenset(
    ("anyone everyone he's i'm if it's nobody nothing people she's there they're to we're when").split()
)

# say when
TIME = frozenset(
    (
        "after afternoon ago apr april at aug august before dec december during earlier early evening feb "
        "february friday in jan january jul july jun june last late later mar march may monday month morning "
        "night nov november oct october on previously recently saturday sept september sunday this thursday today "
        "tomorrow tonight tuesday wednesday week year yesterday"
    ).split()
)
