"""Word and Nexis files as the database writes them, each with the same articles: bytes, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from articles import ARTICLES, NBSP, PERSONAL, News, american, local


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
