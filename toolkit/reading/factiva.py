"""Factiva: the articles in its exports as HTML (plain or with index fields), RTF and text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..article import ArticleError
from . import dates, markup
from .columns import Row
from .export_rows import PAGE, row

END = re.compile(r"(?:Document|Dokument|Documento|文件|文档|文書|Документ)\s+([A-Za-z0-9]{15,})")
WORDS = re.compile(
    r"\d[\d.,\s]*\s?(?:words|mots|palabras|parole|palavras|woorden|słów|слов|語|字|W(?:ö|oe|.{1,2})rter)", re.IGNORECASE
)
_ARTICLE = re.compile(r"article|\w\wArticle")
_HEADLINE = re.compile(r"\w\wHeadline")
_PARAGRAPH = re.compile(r"articleParagraph|\w\warticleParagraph")
_NUMBERED = re.compile(r"\d+\)\s+")
_CODES = {
    "HD": "title", "BY": "author", "CR": "credit", "WC": "length", "PD": "date", "SN": "outlet", "ED": "edition",
    "SE": "section", "PG": "page", "LA": "language", "ART": "captions", "RF": "notes", "CO": "company",
    "IN": "industry", "NS": "subject", "RE": "region", "LP": "lead", "TD": "rest", "SC": "source_code", "CLM": "column",
}  # fmt: skip
_UNKEPT = frozenset({"ET", "CY", "AN", "PUB", "IPC", "IPD", "VOL", "HLP"})
_CODE = re.compile(rf"({'|'.join([*_CODES, *_UNKEPT])})(?:\s*[|\t]\s*|\s{{2,}}|\s*$)")
_LOOSE_CODE = re.compile(rf"\|?({'|'.join([*_CODES, *_UNKEPT])})(?:\s*[|\t]\s*|\s+|\s*$)")  # where all fields have one
_LANGUAGE = re.compile(
    r"(?:English|German|French|Dutch|Spanish|Italian|Portuguese|Englisch|Deutsch|Französisch|Anglais|Français|Allemand"
    r"|Inglés|Español|Engels|Nederlands|Duits|Inglese|Italiano|Chinese|Japanese|Russian)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:\(c\)|©|Copyright\b)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|von|par|door|por|exclusive by)\s+\S", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,10}")


def html_rows(html: str, name: str) -> list[Row]:
    """The articles in a saved page, one row each. Raises `ArticleError` where none is found."""
    articles: dict[int, list[markup.Block]] = {}
    for block in markup.blocks(html):
        holder = next((tag for tag in block.within if _holds_article(tag)), None)
        if holder:
            articles.setdefault(holder.number, []).append(block)
    found = [_from_html(number, blocks) for number, blocks in enumerate(articles.values(), start=1)]
    if not found:
        raise ArticleError(
            f"{name}: a Factiva page without articles; save it in the format 'Article' or 'Full article'."
        )
    return found


def rows(lines: Sequence[str], name: str) -> list[Row]:
    """The articles in an RTF or text export, whose last line each is ``Document`` and a code, one row each."""
    found: list[Row] = []
    document: list[str] = []
    for line in lines:
        line = line.strip("\xa0 \t\r\f")
        if PAGE.fullmatch(line):
            continue
        if END.fullmatch(line.replace("|", " ").strip().removeprefix("AN").strip()):
            found.append(_from_lines(len(found) + 1, document))
            document = []
        else:
            document.append(line)
    if sum(len(line.split()) for line in document) > 30 and any(map(WORDS.fullmatch, document)):  # cut off
        found.append(_from_lines(len(found) + 1, document))
    if not found:
        raise ArticleError(
            f"{name}: no line such as 'Document NYTF000020050408dp1900j9s' in it; export it again as RTF."
        )
    return found


def _holds_article(tag: markup.Tag) -> bool:
    return tag.name in {"div", "article", "table"} and (
        tag.attributes.get("id", "").startswith("article-") or any(_ARTICLE.fullmatch(each) for each in tag.classes)
    )


def _from_html(number: int, blocks: list[markup.Block]) -> Row:
    cells = [block.text for block in blocks if any(tag.name in {"td", "th"} for tag in block.within)]
    if sum(cell in _CODES for cell in cells) >= 3:
        return _indexed(number, _pairs(blocks), _language(blocks))
    titled = next((k for k, block in enumerate(blocks) if block.has_class(_HEADLINE)), -1)
    texts = [" ".join(block.text.split("\n")) for block in blocks]
    fields = {"title": texts[titled] if titled >= 0 else "", "language": _language(blocks)}
    counted = next((k for k, text in enumerate(texts) if WORDS.fullmatch(text)), len(texts))
    authors = [
        text for text, block in zip(texts[:counted], blocks, strict=False) if block.has_class(re.compile("author"))
    ]
    paragraphs = [block.text for block in blocks if block.has_class(_PARAGRAPH)]
    first = next((k for k, block in enumerate(blocks) if block.has_class(_PARAGRAPH)), len(blocks))
    fields |= _positions(texts[counted:first])
    above = [text for k, text in enumerate(texts[: max(titled, 0)]) if k < counted]
    fields |= {"author": "; ".join(authors), "section": above[-1] if above else fields.get("section", "")}
    if not authors and titled >= 0:
        between = texts[titled + 1 : counted]
        fields["author"] = between[0] if between and len(between[0].split()) < 15 else ""
    bare = [text for text, block in zip(texts, blocks, strict=True) if not block.has_class(_PARAGRAPH)][counted:]
    captions = [text for text in bare if blocks and text not in texts[:first] and not END.fullmatch(text)]
    fields["captions"] = "\n".join(captions[:-1])  # the last is the publisher
    fields["title"] = (
        _NUMBERED.sub("", fields["title"], count=1) if _NUMBERED.match(fields["title"]) else fields["title"]
    )
    if not paragraphs:
        paragraphs = [text for text in texts[counted:] if len(text.split()) > 20]
    return row(number, paragraphs, _finished(fields))


def _language(blocks: Iterable[markup.Block]) -> str:
    """The two letters in front of the classes of a page: ``enHeadline``."""
    for block in blocks:
        for tag in (*block.within, *block.inside):
            for each in tag.classes:
                if found := re.fullmatch(r"(\w\w)(?:Headline|Article|articleParagraph)", each):
                    return found[1]
    return ""


def _positions(texts: Sequence[str]) -> dict[str, str]:
    """What the lines from the count of words on hold: date, outlet, code, edition, page, language, copyright."""
    if not texts:
        return {}
    fields = {"length": texts[0]}
    rest = list(texts[1:])
    dated = next((k for k, text in enumerate(rest[:3]) if dates.leading(text)), -1)
    if dated >= 0:
        fields["date"] = rest[dated]
        rest = rest[dated + 1 :]
    if rest and re.fullmatch(r"\d\d?:\d\d.*", rest[0]):  # the time of day
        rest.pop(0)
    fields["outlet"] = rest[0] if rest else ""
    after = rest[1:]
    if after and _SOURCE_CODE.fullmatch(after[0]):
        fields["source_code"] = after.pop(0)
    at = next((k for k, text in enumerate(after) if _LANGUAGE.fullmatch(text)), None)
    between = after[:at] if at is not None else [text for text in after if not _COPYRIGHT.match(text)][:2]
    pages = [text for text in between if re.fullmatch(r"[A-Z]{0,3}[-.\d]+", text)]
    fields["page"] = "; ".join(pages)
    fields["edition"] = "; ".join(text for text in between if text not in pages)
    return fields


def _from_lines(number: int, lines: list[str]) -> Row:
    pairs = _coded(lines)
    if len(pairs) >= 4:
        return _indexed(number, pairs, "")
    kept = [line for line in lines if line]
    counted = next((k for k, line in enumerate(kept) if WORDS.fullmatch(line)), -1)
    if counted < 0:
        return row(
            number,
            kept,
            {"title": kept[0] if kept else ""},
            note="no count of words in the export: its fields are unsure",
        )
    noticed = next((k for k, line in enumerate(kept[counted:], start=counted) if _COPYRIGHT.match(line)), -1)
    spoken = next((k for k, line in enumerate(kept[counted:], start=counted) if _LANGUAGE.fullmatch(line)), -1)
    first = max(noticed if noticed - counted < 10 else -1, spoken if spoken - counted < 9 else -1, counted + 3) + 1
    fields = _above(kept[:counted]) | _positions(kept[counted:first])
    if 0 <= spoken < first:
        fields["language"] = kept[spoken]
    paragraphs = kept[first:]
    if len(paragraphs) > 1 and len(paragraphs[-1].split()) < 10 and not re.search(r"[.!?”\"’]$", paragraphs[-1]):
        paragraphs.pop()  # the publisher
    return row(number, paragraphs, _finished(fields))


def _above(lines: Sequence[str]) -> dict[str, str]:
    """The lines above the count of words: section, headline, byline, of which only the headline is always there."""
    rest = list(lines[-5:])
    signed = next((k for k, line in enumerate(rest) if k and _BYLINE.match(line)), 0)
    if signed:
        return {"author": rest[signed], "title": rest[signed - 1], "section": rest[signed - 2] if signed > 1 else ""}
    author = ""
    short = len(rest[-1].split()) if rest else 0
    under = len(rest) == 2 and short <= 4 < len(rest[0].split())  # below a headline, not above one
    if under or (len(rest) > 2 and short < 9):
        author = rest.pop()
    return {"author": author, "title": rest[-1] if rest else "", "section": rest[-2] if len(rest) > 1 else ""}


def _pairs(blocks: Iterable[markup.Block]) -> dict[str, list[str]]:
    """The cells of a table of index fields, by code."""
    found: dict[str, list[str]] = {}
    code = ""
    for block in blocks:
        if block.text in _CODES or block.text in _UNKEPT:
            code = block.text
            found.setdefault(code, [])
        elif code:
            found[code].append(block.text)
    return found


def _coded(lines: Sequence[str]) -> dict[str, list[str]]:
    """Lines with a code in front, each with those below it."""
    found: dict[str, list[str]] = {}
    code = ""
    codes = [match for line in lines if (match := _LOOSE_CODE.match(line))]
    pattern = _LOOSE_CODE if {"WC", "PD", "SN"} <= {match[1] for match in codes} else _CODE
    for line in lines:
        match = pattern.match(line)
        if match:
            code, line = match[1], line[match.end() :]
            found.setdefault(code, [])
        if code and line.strip(" |"):
            found[code].append(line.strip(" |"))
    return found


def _indexed(number: int, pairs: dict[str, list[str]], language: str) -> Row:
    known = {_CODES[code]: texts for code, texts in pairs.items() if code in _CODES}
    paragraphs = [*known.pop("lead", []), *known.pop("rest", [])]
    fields = {field: ("\n" if field == "captions" else " ").join(texts) for field, texts in known.items()}
    fields["language"] = fields.get("language") or language
    return row(number, paragraphs, _finished(fields))


def _finished(fields: dict[str, str]) -> dict[str, str]:
    day = dates.leading(fields.get("date", ""))
    return {**fields, "date": day.day if day else fields.get("date", "")}
