"""Tables and lines of JSON, each with the same articles: bytes, made in memory."""

from __future__ import annotations

import gzip
import io
import json
from xml.sax.saxutils import escape

from articles import ARTICLES


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
