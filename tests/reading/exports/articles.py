"""Five invented articles, and how databases write their dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NBSP = "\u00a0"
PERSONAL = ("ORLA TESTER", "secret project", "harbour AND (ferry OR quay)", "12 Library Lane")


@dataclass(frozen=True)
class News:
    title: str
    outlet: str
    day: date
    author: str
    section: str
    paragraphs: tuple[str, ...]
    dateline: str = ""
    highlight: str = ""
    url: str = ""

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


ARTICLES = (
    News(
        "Ferry fares rise by a fifth; Islanders fear for winter",
        "The Harbour Gazette",
        date(2031, 5, 2),
        "Ada Quill and Tom Ross",
        "Section B; Column 0; Business Desk; Pg. 1",
        (
            "Fares on the ferry to Brant Island will rise by a fifth in June, the port authority said on Thursday after a"
            " meeting that lasted five hours and ended in shouting.",
            "“We had no choice,” said Ada Moor, who runs the port. Fuel costs twice what it did two years ago, and the old"
            " boats burn a lot of it.",
            "Islanders said they had not been asked. A petition against the rise had 1,400 names by Friday noon.",
        ),
        dateline="BRANT ISLAND",
    ),
    News(
        "Library keeps its doors open",
        "The Northern Star (Leeds)",
        date(2031, 5, 3),
        "Jo Field",
        "NEWS; Pg. 7",
        (
            "The council voted nine to two on Monday night to keep the library in Mill Street open, though its hours are"
            " cut to four a day and two of its six posts will go.",
            "Hours cut",
            "“It is a good day for readers,” said Lena Hart, who had led the protest since the winter.",
            "The length of the lease was left open: 5 years, or 10 if the roof is mended, the clerk told reporters.",
        ),
        highlight="Councillors turn down a plan to sell the building",
        url="https://www.northern-star.example/2031/05/03/library.html",
    ),
    News(
        "1. FC Hafen wins the cup",
        "The Harbour Gazette",
        date(2031, 5, 12),
        "Max Berg",
        "Sports Desk; SECTD",
        (
            "Nobody had given the small club from the docks a chance, and at half-time it was two goals down in the rain.",
            "Then its oldest player came on. ''I only wanted to run a little,'' said Ole Brand, 39, who scored twice"
            " and made the third in the last minute of the match.",
            "The mayor gave everybody at the town hall the next morning off.",
        ),
    ),
    News(
        "Storm shuts the bridge",
        "The Canadian Press (CP)",
        date(2031, 6, 1),
        "",
        "NATIONAL GENERAL NEWS",
        (
            "A storm from the west shut the only bridge to the mainland for eleven hours on Sunday, police said.",
            "Trucks stood in a line of four kilometres. No one was hurt, and no house lost more than some tiles.",
        ),
        dateline="PORT LORNE",
    ),
    News(
        "May was dry, and the wells show it",
        "nytimes.com",
        date(2031, 6, 15),
        "Eve Stone",
        "Climate",
        (
            "After the driest May in the records, which begin in 1881, every third well in the county is empty, the water"
            " board wrote in a report that it had kept back for a week.",
            "End users must save, it says. Gardens may be watered at night only.",
            "“That should have been said in March,” said Pia Roth, who grows beans near the river and has lost half.",
        ),
    ),
)
MONTHS = ("January February March April May June July August September October November December").split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def american(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year} {WEEKDAYS[day.weekday()]}"


def british(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


FOREIGN = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}


def local(day: date, language: str) -> str:
    if language == "en":
        return american(day)
    dot = "." if language == "de" else ""
    return f"{day.day}{dot} {FOREIGN[language][day.month - 1]} {day.year}"
