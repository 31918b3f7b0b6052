"""Factiva's lines have no labels and some are missing: what stands where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.reading import readers

sys.path.insert(0, str(Path(__file__).parent))
from test_exports import why, written

BODY = (
    "The quay was shut on Monday, police said, and it will open again in June.",
    "“It is safe,” said Ada Quill.",
)  # 21 words
END = "Document HARGAZ0020310502e752000d"
ABOVE = {
    "all": (["NATIONAL", "Quay shut for repairs", "By Tom Ross"], ("NATIONAL", "Quay shut for repairs", "Tom Ross")),
    "a line below the byline": (
        ["NATIONAL", "Quay shut for repairs", "By Tom Ross", "Staff Writer"], ("NATIONAL", "Quay shut for repairs", "Tom Ross")
    ),
    "no section": (["Quay shut for repairs", "By Tom Ross"], ("", "Quay shut for repairs", "Tom Ross")),
    "a name without By": (["News", "Quay shut until the summer", "Tom Ross"], ("News", "Quay shut until the summer", "Tom Ross")),
    "no byline": (["News", "Quay shut until the summer"], ("News", "Quay shut until the summer", "")),
    "headline only": (["Quay shut"], ("", "Quay shut", "")),
}  # fmt: skip
BELOW = {
    "all": (["HARGAZ", "Late Edition", "12", "English", "(c) 2031 Gazette"], {"edition": "Late Edition", "page": "12"}),
    "a short code": (["HG", "English", "Copyright 2031"], {"source_code": "HG"}),
    "no language": (["HARGAZ", "© 2031 Gazette"], {"source_code": "HARGAZ"}),
    "no copyright": (["HARGAZ", "English"], {"source_code": "HARGAZ"}),
}


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("below", BELOW)
def test_lines_above_and_below_the_count_of_words(tmp_path: Path, above: str, below: str) -> None:
    lines, (section, title, author) = ABOVE[above]
    after, more = BELOW[below]
    text = "\n".join(
        [*lines, "21 words", "2 May 2031", "Gazette", *after, "", "\n\n".join(BODY), "", "Harbour Press", "", END, ""]
    )
    (article,) = readers.read(written(tmp_path, "a.txt", text))
    assert (article.section, article.title, article.author) == (section, title, author)
    assert (article.outlet, article.published, article.text) == ("Gazette", "2031-05-02", "\n\n".join(BODY))
    assert article.more.items() >= more.items()
    assert article.note == ""


PAGE = (
    '<html><head><title>Factiva</title></head><body><div class="article {0}Article"><p><div>Hafen</div><b class="{0}Headline">1) Der'
    ' <b>Kai</b>bau</b></p><div class="author">Tom Ross</div><div>{1}</div><div>{2}</div><div>Hafenblatt</div><div>HB</div><div>4</div>'
    '<div>{3}</div><div>(c) 2031</div><p class="articleParagraph {0}articleParagraph">Die U-<b>Bahn</b> steht.</p><p class="articleParagraph'
    ' {0}articleParagraph">Sie f\u00e4hrt.</p><p>Foto: Kai.</p><p>Verlag</p><p>{4} HARGAZ0020310502e752000d</p></div></body></html>'
)


@pytest.mark.parametrize(
    ("language", "told", "day", "spoken", "end"),
    [
        ("de", "5 Wörter", "2 Mai 2031", "Deutsch", "Dokument"),
        ("fr", "5 mots", "2 mai 2031", "Allemand", "Document"),
        ("de", "5 W\ufffdrter", "2 Mai 2031", "Deutsch", "Dokument"),
        ("zh", "5 字", "2031 年 5 月 2 日", "德文", "文件"),
    ],
)
def test_older_pages_in_other_languages(
    tmp_path: Path, language: str, told: str, day: str, spoken: str, end: str
) -> None:
    (article,) = readers.read(written(tmp_path, "a.html", PAGE.format(language, told, day, spoken, end)))
    assert (article.title, article.section, article.author) == ("Der Kaibau", "Hafen", "Tom Ross")
    assert (article.outlet, article.published, article.language) == ("Hafenblatt", "2031-05-02", language)
    assert article.text == "Die U-Bahn steht.\n\nSie fährt."
    assert article.more["captions"] == "Foto: Kai."


@pytest.mark.parametrize(
    ("name", "module", "raw", "said"),
    [
        ("a.rtf", "striprtf", b"{\\rtf1 x}", "a.rtf: RTF needs striprtf, which is not installed: pip install"
         " 'media-analysis-toolkit[exports]'."),
        ("a.warc", "warcio.archiveiterator", b"WARC/1.0\r\n", "a.warc: WARC needs warcio, which is not installed: pip install"
         " 'media-analysis-toolkit[web]'."),
        ("a.parquet", "pyarrow", b"PAR1", "a.parquet: Parquet needs pyarrow, which is not installed: pip install"
         " 'media-analysis-toolkit[parquet]'."),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, raw: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    monkeypatch.setitem(sys.modules, module, None)
    assert why(path) == said
