"""Closed word classes of English, as far as the rules need them; lower case, straight apostrophes."""

from __future__ import annotations

# may stand between a source and its verb
BETWEEN_SOURCE_AND_VERB = frozenset(
    (
        "again all already also both could did do does even first further had has have just later never not now once "
        "repeatedly since still then to will would"
    ).split()
)

# determiners and counts
DETERMINER = frozenset(
    (
        "a all an another any both dozens each eight every few five four her his hundreds its many more most my nine "
        "no one other our second seven several six some such ten that the their these third this those thousands "
        "three two your"
    ).split()
)

# end a noun phrase that names a source
NEVER_IN_A_SOURCE = frozenset(
    (
        "about after against also although am are as be because been before being but by can could did do does had "
        "has have here how however if into is it's may meanwhile might must nor not or said should since so than that "
        "that's then there though unless until was were what when where whether which while who whom whose why will "
        "would yet"
    ).split()
)

# prepositions and conjunctions that open a phrase or clause
OPENS_A_PHRASE = frozenset(
    (
        "about according after although amid and as at because before but by despite during following for from if in "
        "instead like of on once or over since so though through to under unless until when where while with within "
        "without yet"
    ).split()
)

# pronouns that can be a source
PRONOUN = frozenset(("he i it one she they we which who you").split())

# describe a source without saying to whom it belongs
QUALIFIER = frozenset(
    (
        "anonymous close current different familiar former independent leading local long-time longtime multiple new "
        "old own senior separate top two-time unnamed various verified young"
    ).split()
)

# need the text before them to be understood
REFERS = frozenset(
    (
        "both he her hers herself him himself his i it its itself me my myself one our she that their them themselves "
        "these they this those us we which who whom you your"
    ).split()
)


# say when
TIME = frozenset(
    (
        "after afternoon ago apr april at aug august before dec december during earlier early evening feb february "
        "friday in jan january jul july jun june last late later mar march may monday month morning night nov "
        "november oct october on previously recently saturday sept september sunday this thursday today tomorrow "
        "tonight tuesday wednesday week year yesterday"
    ).split()
)

# small words inside a proper name
PARTICLE = frozenset(("& al and bin da de del den der di du for la of the van von").split())

# capitalised at the head of a sentence, before a name
LEADS_A_NAME = DETERMINER | frozenset(
    (
        "about accordingly according across actually after again against ahead all along also although amid among and "
        "another are as asked at because before being besides between both but by call can clearly could despite did "
        "do does during earlier either even eventually ever everyone except finally first following for from further "
        "furthermore given had has have he here how however i if in indeed inside instead into is it just last later "
        "like likewise maybe meanwhile more moreover most much near neither never nevertheless next nor not now of "
        "often on once one only onto or other others otherwise our outside over perhaps rather recently she should "
        "simply since so some sometimes soon still such than thanks that the then there therefore these they this "
        "those though through throughout thus to today together tonight too toward towards under unlike until upon "
        "was we well were what whatever when where whereas whether which while who whose why will with within without "
        "would yes yet you"
    ).split()
)

# possessive pronouns that open a description
POSSESSOR = frozenset(("her his its my our their whose your").split())

# count what follows "of"
QUANTITY = DETERMINER | frozenset(
    (
        "all array band bulk bunch chorus circle coalition collection cohort couple crop dozen dozens flood group half "
        "handful handfuls host hundreds list lot lots majority many minority mix most none number others pair percent "
        "plurality portion quarter quarters range roster sampling scores series share slew slice string team tens "
        "third thirds those thousands three-fourths three-quarters trio two-thirds variety wave ones per-cent cent"
    ).split()
)

# heads that are many though singular
MASS = frozenset(
    (
        "audience base bloc caucus chorus clergy community congregation crew crowd delegation electorate elite "
        "establishment everybody everyone faction family folk gathering generation household leadership "
        "mainstream majority market middle-class minority nobody opposition people personnel populace population "
        "proletariat public staff townsfolk townspeople wing workforce world youth anybody anyone"
    ).split()
)

# bodies by name, but as a rule only where something is
WHEREABOUTS = frozenset(
    (
        "area city country county district nation neighborhood neighbourhood province region state territory town "
        "village world"
    ).split()
)

# politicians who, in the plural and uncounted, are an open class
RULERS = frozenset(
    (
        "candidate chancellor congressman congresswoman contender enemy foe frontrunner governor hopeful incumbent "
        "mayor minister mp nominee parliamentarian premier president representative senator statesman surrogate"
    ).split()
)

# persons whom "the ..." takes from the text before it, whether or not it calls them so there
LOOKS_BACK = frozenset(("first lady", "prime minister", "running mate", "vice president")) | frozenset(
    (
        "actor author billionaire businessman candidate chancellor congressman conservative democrat doctor father "
        "governor independent king lady lawmaker libertarian magnate man mayor millionaire minister mother mp "
        "politician pope premier president prince princess queen representative republican secretary senator singer "
        "socialist woman"
    ).split()
)

# bodies that "the ..." takes from the text before it
GENERIC = frozenset(
    (
        "agency airline alliance bank board broadcaster bureau chain charity club coalition commission committee "
        "company council court department firm foundation group hospital institute journal league magazine "
        "manufacturer ministry network newspaper office outlet panel party publication retailer school site station "
        "tabloid union university website"
    ).split()
)

# adjectives that, with a capital and alone, name nobody
NO_NAME = frozenset(
    (
        "congressional conservative democratic federal former gubernatorial liberal libertarian nationwide nonpartisan "
        "ok okay presidential progressive senatorial statewide top"
    ).split()
)

# parties, by the words that show them: nobody is of two
PARTIES = (
    frozenset(("democrat", "democrats", "democratic")),
    frozenset(("republican", "republicans", "gop")),
    frozenset(("libertarian", "libertarians")),
    frozenset(("labour",)),
    frozenset(("tory", "tories")),
    frozenset(("liberal", "liberals")),
)

# end like those who do something, and are none
NO_AGENT = frozenset(
    (
        "after altogether another answer behavior behaviour border chamber chapter character charter color colour "
        "computer corner corridor counter cover danger december dinner disaster disorder either encounter "
        "endeavor error factor favor favour fever fewer filter finger flavor former honor honour horror however "
        "humor labor later latter layer letter manner matter minor mirror motor murder neither never november "
        "number october order other over paper power quarter rather reactor remainder rigor river rumor rumour "
        "sector semester september shelter shoulder shower silver slumber soccer summer super surrender temper "
        "tenor terror theater theatre timber together tower tremor tumor under undercover vapor vector water "
        "weather whatever whether whichever whoever winter wonder"
    ).split()
)

# nouns for documents that "the ..." may exchange for one another
ALIKE_DOCUMENTS = (
    frozenset(("ad", "advert", "advertisement", "clip", "commercial", "footage", "recording", "spot", "tape", "video")),
    frozenset(("account", "article", "column", "dispatch", "editorial", "essay", "op-ed", "piece", "report", "story")),
    frozenset(("analysis", "paper", "report", "research", "review", "study", "survey")),
    frozenset(("brief", "complaint", "filing", "lawsuit", "petition", "suit")),
)
