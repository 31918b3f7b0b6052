"""Files of Factiva, ProQuest and Europresse, each with the same articles: bytes, made in memory."""

from __future__ import annotations

from email.message import EmailMessage
from xml.sax.saxutils import escape

from articles import ARTICLES, FOREIGN, MONTHS, PERSONAL, british, local
from make import rtf


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
