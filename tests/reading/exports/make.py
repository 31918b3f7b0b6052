"""Export files as databases write them, each with the same five invented articles: bytes, made in memory."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from xml.sax.saxutils import escape

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


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# Word

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
)


def run(text: str, style: str = "") -> str:
    inner = escape(text).replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r><w:rPr>{style}</w:rPr><w:t xml:space='preserve'>{inner}</w:t></w:r>"


def link(text: str) -> str:
    return f'<w:hyperlink r:id="rId7" w:history="1">{run(text)}</w:hyperlink>'


def paragraph(*runs: str, mark: str = "") -> str:
    marked = f'<w:bookmarkStart w:id="1" w:name="{mark}"/><w:bookmarkEnd w:id="1"/>' if mark else ""
    return f"<w:p>{marked}{''.join(runs)}</w:p>"


def label(name: str, value: str) -> str:
    return paragraph(run(f"{name}:", "<w:b/>"), run(f"{NBSP}{value}"))


def word(body: str) -> bytes:
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": f"{_HEAD}{body}<w:sectPr/></w:body></w:document>"}
    )


def _cover(articles: Sequence[News]) -> str:
    parts = [
        paragraph("<w:r><w:drawing/></w:r>"),
        paragraph(run("User Name: ", "<w:b/>"), run(PERSONAL[0])),
        paragraph(run("Date and Time: ", "<w:b/>"), run("Wednesday, December 19, 2031 7:11:00 PM JST")),
        paragraph(run("Job Number: ", "<w:b/>"), run("79564983")),
        paragraph(run(f"Documents ({len(articles)})", "<w:b/>")),
    ]
    for number, news in enumerate(articles, start=1):
        parts += [
            paragraph(run(f"{number}."), link(" "), link(news.title)),
            paragraph(run("Client/Matter: ", "<w:b/>"), run(PERSONAL[1])),
            paragraph(run("Search Terms: ", "<w:b/>"), run(PERSONAL[2])),
            paragraph(run("Search Type: ", "<w:b/>"), run("Natural Language ")),
            paragraph(run("Narrowed by: ", "<w:b/>")),
            paragraph(),
            "<w:tbl><w:tr><w:tc>" + paragraph(run("Content Type")) + "</w:tc><w:tc>" + paragraph(run("Narrowed by"))
            + "</w:tc></w:tr><w:tr><w:tc>" + paragraph(run("News")) + "</w:tc><w:tc>"
            + paragraph(run("Sources: The Harbour Gazette; Timeline: Jan 01, 2031 to Dec 31, 2031")) + "</w:tc></w:tr></w:tbl>",
            paragraph(),
        ]  # fmt: skip
    return "".join(parts) + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"


def _nexis_document(number: int, news: News, *, marks: bool) -> str:
    parts = [
        paragraph(mark=f"Bookmark_{number}" if marks else ""),
        paragraph("<w:r><w:drawing/></w:r>"),
        paragraph(run(news.title, "<w:b/>")),
        paragraph(run(news.outlet.replace(" (", "(") if number == 4 else f"{news.outlet} ")),
        paragraph(run(american(news.day) + (", Late Edition - Final" if number == 1 else ""))),
        paragraph(run(" Correction Appended")) if number == 5 else "",
        paragraph(),
        paragraph(run(f"\nCopyright {news.day.year} {news.outlet}")),
        paragraph(run("All Rights Reserved")),
        label("Section", news.section),
        label("Length", f"{news.words:,} words"),
        label("Byline", f"By {news.author}") if news.author else "",
        label("Dateline", news.dateline) if news.dateline else "",
        label("Highlight", news.highlight) if news.highlight else "",
        paragraph(run("Body", "<w:b/>"), mark="Body" if number == 1 else f"Body_{number - 2}"),
        paragraph("<w:r><w:pict/></w:r>"),
    ]
    for text in news.paragraphs:
        first, _, rest = text.partition(" ferry ")
        if rest:  # the link eats the blanks beside it; a search term is a run of its own
            parts.append(paragraph(run(first), link("ferry"), run(rest)))
        else:
            parts.append(paragraph(run(text[:9], "<w:b/><w:i/><w:u w:val='single'/>"), run(text[9:])))
    parts += [
        paragraph(run(f"\n{news.url}")) if news.url else "",
        paragraph(run("\nGraphic")) + paragraph(run("PHOTO: The harbour at dawn. (PHOTOGRAPH BY KIM REY)"))
        if number == 3
        else "",
        paragraph(run("Classification")) + label("Language", "ENGLISH") + label("Subject", "FERRIES (93%); PORTS (90%)")
        if number == 1
        else "",
        paragraph(run(f"\nLoad-Date:{NBSP}{american(news.day)}")) if number != 4 else "",
        paragraph(),
        paragraph(run("\nEnd of Document")),
        "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
    ]
    return "".join(parts)


def nexis_docx(articles: Sequence[News] = ARTICLES, *, cover: bool = True, marks: bool = True) -> bytes:
    documents = "".join(_nexis_document(n, news, marks=marks) for n, news in enumerate(articles, start=1))
    return word((_cover(articles) if cover else paragraph()) + documents)


def nexis_list() -> bytes:
    return word(_cover(ARTICLES))


# RTF


def rtf(lines: Sequence[str]) -> bytes:
    def coded(text: str) -> str:
        safe = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if c < "\x80" else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in safe)

    body = "\\par\n".join("\\page " if line == "\f" else f"{{\\b0 {coded(line)}}}" for line in lines)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\colortbl;\\red0\\green0\\blue0;}\n"
        + body
        + "\\par}"
    ).encode("ascii")


def nexis_rtf() -> bytes:
    lines = [
        f"User Name: {PERSONAL[0]}",
        "Date and Time: Friday, 5. July 2031 09:31:00 CEST",
        "Job Number: 1",
        "Documents (5)",
    ]
    for number, news in enumerate(ARTICLES, start=1):
        lines += [f"{number}. {news.title}", f"Client/Matter: {PERSONAL[1]}", f"Search Terms: {PERSONAL[2]}"]
    lines += ["-" * 40, ""]
    for news in ARTICLES:
        lines += [news.title, news.outlet, american(news.day), "", f"Copyright {news.day.year} {news.outlet}", ""]
        lines += [f"Section: {news.section}", f"Length: {news.words} words"]
        lines += [f"Byline: By {news.author}"] * bool(news.author) + [f"Highlight: {news.highlight}"] * bool(
            news.highlight
        )
        lines += ["Body", "", *(part for text in news.paragraphs for part in (text, ""))]
        lines += [news.url] * bool(news.url) + [f"Load-Date: {american(news.day)}", "", "End of Document", "\f"]
    return rtf(lines)


# Old Nexis

LABELS = {
    "en": ("{n} of {m} DOCUMENTS", "BYLINE", "SECTION", "LENGTH", "words", "LOAD-DATE", "LANGUAGE: ENGLISH"),
    "de": ("Dokument {n} von {m}", "AUTOR", "RUBRIK", "LÄNGE", "Wörter", "UPDATE", "SPRACHE: ENGLISH; ENGLISCH"),
    "fr": (
        "Document {n} de {m}",
        "AUTEUR",
        "RUBRIQUE",
        "LONGUEUR",
        "mots",
        "DATE-CHARGEMENT",
        "LANGUE: ENGLISH; ANGLAIS",
    ),
    "nl": ("{n} of {m} DOCUMENTS", "AUTEUR", "RUBRIEK", "LENGTE", "woorden", "LOAD-DATE", "TAAL: Engels"),
}
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


def wrapped(text: str, width: int = 78) -> list[str]:
    lines = [""]
    for each in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(each) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {each}".strip()
    return lines


def nexis_txt(language: str = "en", articles: Sequence[News] = ARTICLES) -> bytes:
    marker, by, section, length, words, load, speech = LABELS[language]
    lines = [
        "Download Request: Selected Items: 1-5", "Time Of Request: Friday, June 20, 2031  16:51:31", "", "Send To:", "",
        PERSONAL[0], PERSONAL[3], "", f"Terms: ({PERSONAL[2]})", "", "Source: News", "Project ID: None", "", "", "",
    ]  # fmt: skip
    for number, news in enumerate(articles, start=1):
        lines += [marker.format(n=number, m=len(articles)).center(80).rstrip(), "", ""]
        if language == "nl":
            lines += [f"Copyright {news.day.year} {news.outlet}".center(80).rstrip(), ""]
        lines += [news.outlet.center(80).rstrip(), "", local(news.day, language).center(80).rstrip(), ""]
        if language == "nl":
            lines += [american(news.day).rpartition(" ")[0].center(80).rstrip(), ""]
        title = news.title.replace("; ", ";\n").split("\n")
        if language == "nl":
            lines += [f"{length}: {news.words} {words}", "", f"KOP: {news.title}", ""]
        else:
            lines += [*(row for part in title for row in wrapped(part)), ""]
        lines += [f"{by}: {news.author}", ""] * bool(news.author) + [f"{section}: {news.section}", ""]
        lines += [] if language == "nl" else [f"{length}: {news.words:,} {words}", ""]
        lines += [f"DATELINE: {news.dateline}", ""] * bool(news.dateline)
        lines += ["TEKST:", ""] if language == "nl" else [""]
        lines += [row for text in news.paragraphs for row in (*wrapped(text), "")]
        lines += [news.url, ""] * bool(news.url)
        lines += [f"{load}: {local(news.day, language)}", "", speech, "", "PUBLICATION-TYPE: Newspaper", ""]
        if language != "nl":
            lines += [
                "",
                f"Copyright {news.day.year} {news.outlet}".center(80).rstrip(),
                "All Rights Reserved".center(80).rstrip(),
            ]
        lines += ["", ""]
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()


def _div(kind: str, *pieces: tuple[str, str]) -> str:
    inner = "".join(f'<SPAN CLASS="{style}">{text}</SPAN>' for style, text in pieces)
    return f'<BR><DIV CLASS="{kind}"><P CLASS="c6">{inner}</P>\n</DIV>\n'


def nexis_html(language: str = "en") -> bytes:
    marker, by, section, length, words, load, speech = LABELS[language]
    out = [
        '<HTML>\n<HEAD>\n<STYLE TYPE="text/css"><!--\n.c0 { text-align: center; }\n.c1 { text-align: center; margin-top: 0em; }\n'
        ".c3 { text-align: center; margin-left: 13%; }\n.c4 { color: #CC0033; }\n.c5 { text-align: left; }\n--></STYLE>\n"
        f'<TITLE>&nbsp;</TITLE>\n<META TOPIC="null" DOCUMENTS="{len(ARTICLES)}" UPDATED="Saturday, June 21, 2031" /></HEAD>\n<BODY>\n'
        f'<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c12">Download Request: Selected Items: 1-5<BR>Send To:<BR><BR>{PERSONAL[0]}<BR>'
        f"{PERSONAL[3]}<BR>Terms: {escape(PERSONAL[2])}<BR></SPAN></P>\n</DIV>\n"
    ]
    for number, news in enumerate(ARTICLES, start=1):
        out.append(
            f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n'
        )
        out.append(_div("c0", ("c2", marker.format(n=number, m=len(ARTICLES)))))
        out.append(
            f'<BR><DIV CLASS="c0"><BR><P CLASS="c1"><IMG SRC="x"><BR><SPAN CLASS="c2">{news.outlet}</SPAN></P>\n</DIV>\n'
        )
        day, _, rest = local(news.day, language).partition(" ")
        out.append(_div("c3", ("c4", day), ("c2", f" {rest}"), ("c2", "&nbsp;")))
        out.append(_div("c5", ("c7", escape(news.title).replace("; ", ";<BR>"))))
        for name, value in (
            (by, news.author),
            (section, news.section),
            (length, f"{news.words} {words}"),
            ("HIGHLIGHT", news.highlight),
        ):
            if value:
                out.append(_div("c5", ("c8", f"{name}: "), ("c2", escape(value))))
        body = "".join(
            f'<P CLASS="c9"><SPAN CLASS="c2">{escape(text[:7])}</SPAN><SPAN CLASS="c4">{escape(text[7:12])}</SPAN>'
            f'<SPAN CLASS="c2">{escape(text[12:])}</SPAN></P>\n'
            for text in news.paragraphs
        )
        out.append(f'<BR><DIV CLASS="c5">{body}</DIV>\n')
        if number == 3:
            out.append(_div("c5", ("c8", "GRAPHIC: "), ("c2", "PHOTO: The harbour at dawn.")))
        out.append(_div("c5", ("c8", f"{load}: "), ("c2", local(news.day, language))))
        out.append(_div("c5", ("c8", speech.partition(": ")[0] + ": "), ("c2", speech.partition(": ")[2])))
        out.append(_div("c0", ("c2", f"Copyright {news.day.year} {news.outlet}<BR>All Rights Reserved")))
        out.append("<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n")
    return "".join([*out, "</BODY></HTML>"]).encode("cp1252", "xmlcharrefreplace")


# Factiva


def _code(number: int) -> str:
    return f"HARGAZ0020310502e752000{number:02}"


def factiva_html(language: str = "en", *, indexed: bool = False) -> bytes:
    counted, document, speech = {
        "en": ("words", "Document", "English"), "de": ("Wörter", "Dokument", "Englisch"), "fr": ("mots", "Document", "Anglais"),
    }[language]  # fmt: skip
    out = [
        '<!DOCTYPE html><html><head><title>Factiva</title><style>body{margin:0}</style></head><body><form><div id="x">'
    ]
    for number, news in enumerate(ARTICLES, start=1):
        month = (FOREIGN | {"en": MONTHS})[language][news.day.month - 1]
        paragraphs = "".join(
            f'<p class="articleParagraph enarticleParagraph">{escape(text[:9])}<b>{escape(text[9:14])}</b>\n{escape(text[14:])}</p>\n'
            if text[14:15] == " "
            else f'<p class="articleParagraph enarticleParagraph">{escape(text)}</p>\n'
            for text in news.paragraphs
        )
        start = f'<div id="article-{_code(number)}" class="article"><div class="article enArticle"><p>\n</p>'
        if indexed:
            cells = {
                "SE": escape(news.section), "HD": f'<span class="enHeadline">{escape(news.title)}</span>',
                "BY": f"By {news.author}" if news.author else "", "WC": f"{news.words} {counted}",
                "PD": f"{news.day.day} {month} {news.day.year}", "SN": news.outlet, "SC": "HARGAZ", "LA": speech,
                "CY": f"(c) {news.day.year} {news.outlet}",
                "LP": f'<p class="articleParagraph enarticleParagraph">{escape(news.paragraphs[0])}</p>',
                "TD": "".join(f'<p class="articleParagraph enarticleParagraph">{escape(t)}</p>' for t in news.paragraphs[1:]),
                "NS": "gtrans : Transport", "PUB": "Harbour Press", "AN": f"{document} {_code(number)}",
            }  # fmt: skip
            rows = "".join(
                f"<tr><td><b>{code}</b>&nbsp;</td><td>{text}</td></tr>" for code, text in cells.items() if text
            )
            out.append(f"{start}<table>{rows}</table></div></div><br>")
            continue
        out.append(start)
        out.append(f"<div>{escape(news.section)}</div>\n")
        out.append(f'<div id="hd"><span class="enHeadline counted">{number}) {escape(news.title)}</span>\n</div>')
        out.append(f'<div class="author">By {news.author} </div>' if news.author else "")
        out.append(
            f"<div>{news.words} {counted}</div><div>{news.day.day} {month} {news.day.year}</div><div>{news.outlet}</div>"
        )
        out.append(f"<div>HARGAZ</div><div>Late Edition - Final</div><div>1</div><div>{speech}</div>")
        out.append(f"<div>(c) {news.day.year} {news.outlet}. All rights reserved. </div>\n<p></p>\n{paragraphs}")
        out.append(
            f"<p>Photo: A quay.</p><p>Harbour Press</p><p>{document} {_code(number)}</p></div></div><br><span></span>"
        )
    out.append(
        f"</div></form><table><tr><td>Search Summary</td></tr><tr><td>Text</td><td>{escape(PERSONAL[2])}</td></tr></table></body></html>"
    )
    return "".join(out).encode()


def factiva_lines() -> list[str]:
    lines: list[str] = []
    for number, news in enumerate(ARTICLES, start=1):
        lines += [news.section, news.title] + [f"By {news.author}"] * bool(news.author)
        lines += [f"{news.words} words", british(news.day), news.outlet, "HARGAZ", "English"]
        lines += [f"(c) {news.day.year} {news.outlet}. All rights reserved.", ""]
        lines += [part for text in news.paragraphs for part in (text, "")]
        lines += ["Harbour Press", "", f"Document {_code(number)}", "", "\f"]
    return [*lines, "Search Summary", f"Text: {PERSONAL[2]}", "Date: In the last year"]


def factiva_rtf() -> bytes:
    return rtf(factiva_lines())


# ProQuest


def proquest_txt() -> bytes:
    parts = [""]
    for number, news in enumerate(ARTICLES, start=1):
        fields = [
            news.title,
            f"Author: {news.author}" if news.author else "",
            f"Publication info: {news.outlet} ; Port Lorne [Port Lorne]{news.day.day:02} {MONTHS[news.day.month - 1][:3]}"
            f" {news.day.year}: A.{number}.",
            f"http://search.proquest.example/docview/{number}?accountid=1",
            "Abstract: A short summary of it.",
            "Links: http://links.example/x",
            "Full text: " + "\n\n".join(news.paragraphs),
            "Subject: Ferries; Ports",
            f"Publication title: {news.outlet}; Port Lorne",
            f"Pages: A.{number}",
            f"Publication date: {MONTHS[news.day.month - 1][:3]} {news.day.day}, {news.day.year}",
            f"Section: {news.section}",
            "Language of publication: English",
            f"ProQuest document ID: {251439970 + number}",
            f"Document URL: http://search.proquest.example/docview/{number}",
            "Copyright: (Copyright (c) 2031)",
            "Database: Newsstream",
        ]
        parts.append("\n\n" + "\n\n".join(filter(None, fields)) + "\n\n")
    parts.append("\n\nContact us at: http://www.proquest.example\n\nDatabase copyright 2031 ProQuest LLC.\n")
    return ("\n" + "_" * 60).join(parts).encode()


def proquest_html() -> bytes:
    style = 'style="margin-bottom:5pt; padding:0;"'
    out = []
    for number, news in enumerate(ARTICLES, start=1):
        body = "".join(
            f'<p>{escape(text[:9])}<span class="hit">{escape(text[9:14])}</span>{escape(text[14:])}</p>              '
            for text in news.paragraphs
        )
        fields = {
            "Subject": "Ferries; Ports", "Publication title": f"{news.outlet}; Port Lorne", "Pages": f"A.{number}",
            "Publication year": str(news.day.year),
            "Publication date": f"{MONTHS[news.day.month - 1]} {news.day.day}, {news.day.year}", "Section": escape(news.section),
            "Publisher": "Harbour Press", "Language of publication": "English", "ProQuest document ID": str(251439970 + number),
        }  # fmt: skip
        out.append(
            '<div style="margin-bottom:20px;border-bottom:2px solid #ccc;padding-bottom:5px">\n'
            f'<a name="DocID_MSTAR_{number}"></a><p {style}></p>\n<p style="font-size:11pt;font-weight:bold;">{escape(news.title)}</p>\n'
            + (f"<p {style}><strong>Author:  </strong>{news.author}</p>\n" if news.author else "")
            + f'<p {style}><a href="https://search.proquest.example/docview/{number}">ProQuest document link</a></p>\n'
            f"<p {style}><strong>Abstract:  </strong></p>\n<p {style}>A short summary of it.</p>\n"
            '<div style="clear:both"></div><div><strong>Links: </strong><a href="http://x.example">Get it</a>\n</div>\n'
            f'<p {style}><strong>Full text: </strong><text wordcount="{news.words}" htmlcontent="true"><html><head>'
            f'<meta name="ValidationSchema" content="x">\n<title></title></head><body>\n{body}</body></html></text></p>\n'
            + "".join(f"<p {style}><strong>{name}: </strong>{value}</p>\n" for name, value in fields.items())
            + "</div>\n\n"
        )
    return "".join(out).encode()


def proquest_eml() -> bytes:
    message = EmailMessage()
    message["From"] = "noreply@proquest.example"
    message["To"] = "orla.tester@library.example"
    message["Subject"] = f"Your ProQuest Research - {PERSONAL[1]}"
    message.set_content(proquest_html().decode(), subtype="html", cte="quoted-printable")
    return message.as_bytes()


# Europresse


def europresse_html(*, older: bool = False) -> bytes:
    out = ['<!DOCTYPE html><html><body><div id="docContainer">']
    for number, news in enumerate(ARTICLES, start=1):
        header = f"{news.section.partition(';')[0]}, vendredi {local(news.day, 'fr')}, p. {number}"
        body = "".join(
            f"<p>{escape(text[:9])}<mark>{escape(text[9:14])}</mark>{escape(text[14:])}</p>" for text in news.paragraphs
        )
        out.append(
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{news.outlet}, no. 12{number}'
            f'</span></div><span class="DocHeader">{escape(header)}</span><div><p>{"HARBOUR" * older}</p></div><div class="titreArticle"><p class="sm-margin-TopNews'
            f' titreArticleVisu rdp__articletitle">{escape(news.title)}</p></div>'
            + (
                f"<div>{news.author}</div></header>"
                if older
                else f'</header><div class="docAuthors">{news.author}</div>'
            )
            + f'<section><div class="docOcurrContainer">{body}</div></section><aside>Illustration(s) : Kim Rey</aside>'
            f'<footer><small>© {news.day.year} {news.outlet}. Tous droits réservés.</small><span>émis à {PERSONAL[0]}</span><div class="publiC-lblNodoc">'
            f"news·{news.day:%Y%m%d}·HG·{number}</div></footer></article>"
        )
    return "".join([*out, "</div></body></html>"]).encode()


# Tables and services


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Articles"])
    sheet.append([])
    sheet.append(["Headline", "Newspaper", "Published Date", "Byline", "Section", "Full Text", "Word Count"])
    for news in ARTICLES:
        sheet.append([news.title, news.outlet, news.day, news.author, news.section, news.text, news.words])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def event_registry() -> bytes:
    results = [
        {
            "uri": f"75{n}", "lang": "eng", "isDuplicate": False, "date": news.day.isoformat(), "time": "10:00:00",
            "dateTime": f"{news.day}T10:00:00Z", "dataType": "news", "sim": 0, "url": f"https://n.example/{n}",
            "title": news.title, "body": news.text, "source": {"uri": "n.example", "dataType": "news", "title": news.outlet},
            "authors": [{"uri": "a", "name": news.author, "type": "author", "isAgency": False}] if news.author else [],
            "eventUri": f"eng-{n}", "sentiment": 0.1, "wgt": 1,
        }
        for n, news in enumerate(ARTICLES)
    ]  # fmt: skip
    return json.dumps({"articles": {"results": results, "totalResults": 5, "page": 1, "count": 5, "pages": 1}}).encode()


def guardian() -> bytes:
    results = [
        {
            "id": f"world/{n}", "type": "article", "sectionName": news.section, "webPublicationDate": f"{news.day}T06:00:00Z",
            "webTitle": news.title, "webUrl": f"https://www.theguardian.com/world/{n}",
            "fields": {"headline": news.title, "byline": news.author, "bodyText": " ".join(news.paragraphs),
                       "body": "".join(f"<p>{escape(text)}</p>" for text in news.paragraphs), "wordcount": str(news.words)},
        }
        for n, news in enumerate(ARTICLES)
    ]  # fmt: skip
    return json.dumps({"response": {"status": "ok", "total": 5, "results": results}}).encode()


def fundus() -> bytes:
    return json.dumps(
        [
            {
                "title": news.title, "authors": [news.author] if news.author else [], "publisher": news.outlet, "lang": "en",
                "publishing_date": f"{news.day} 06:00:00+00:00", "topics": ["ports"],
                "body": {"summary": [], "sections": [{"headline": [], "paragraphs": list(news.paragraphs)}]},
            }
            for news in ARTICLES
        ]
    ).encode()  # fmt: skip


def json_lines() -> bytes:
    rows = [
        {"title": news.title, "maintext": news.text, "source_domain": news.outlet, "authors": [news.author] if news.author else [],
         "date_publish": f"{news.day} 00:00:00", "localpath": "None", "url": f"https://n.example/{n}"}
        for n, news in enumerate(ARTICLES)
    ]  # fmt: skip
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def json_lines_gz() -> bytes:
    return gzip.compress(json_lines(), mtime=0)
