"""The files of a report: what they hold, with and without the articles' words."""

from __future__ import annotations

import base64
import errno
import hashlib
import html
import re
import sys
import zipfile
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import PAYLOADS, PLAIN, QUOTED, Page, assert_harmless

from toolkit import METRICS, Article, ArticleError, analyze, charts, evidence, measure, read, reports
from toolkit.reports import pictures
from toolkit.writing import WritingError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    known = {"title": "=HYPERLINK(1)", "url": "https://example.org/a", "author": "+Lee", "note": "\t-1+2"}
    return [
        Article(QUOTED, id="a1", outlet="@Herald", story="pier", **known),
        Article(PLAIN, id="b1", outlet="Tribune", story="pier", title="<b>Pier</b>"),
        Article("-1 degree. " + QUOTED, id="a2", outlet="@Herald", story="ferry"),
        Article(PLAIN + "\n\nAdvertisement\n\n" + QUOTED, id="b2", outlet="Tribune", story="ferry"),
    ]


@pytest.fixture
def without_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes most of a report's time; what is tested here has nothing to do with it."""
    monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))


@pytest.fixture(scope="module")
def written(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    paths = reports.write(articles, folder, resamples=200, formats=["docx"], count_copies=True)
    assert all(path.stat().st_size for path in paths)
    assert sorted(paths) == sorted(path for path in folder.rglob("*") if path.is_file())
    return folder


@pytest.fixture(scope="module")
def page(written: Path) -> Page:
    return Page((written / "report.html").read_text(encoding="utf-8"))


def test_files_of_a_report(written: Path) -> None:
    names = {str(path.relative_to(written).as_posix()) for path in written.rglob("*") if path.is_file()}
    charts = {f"charts/{name}.{form}" for name in reports.CHARTS for form in ("png", "svg", "pdf")}
    tables = {"metrics.csv", "evidence.csv", "codebook.csv"}
    assert names == {"report.html", "report.docx", "findings.txt"} | tables | charts


def test_same_articles_same_bytes(articles: list[Article], written: Path, tmp_path: Path) -> None:
    analyses = [analyze(article) for article in articles]
    for path in reports.write(
        analyses, tmp_path / "new" / "folder", resamples=200, formats=["docx"], count_copies=True
    ):
        assert path.read_bytes() == (written / path.relative_to(tmp_path / "new" / "folder")).read_bytes(), path.name


def test_tables_hold_no_formula(articles: list[Article], written: Path) -> None:
    for name in ("metrics.csv", "evidence.csv"):
        assert (written / name).read_bytes().startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(written / name, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        texts = table.drop(columns=[*METRICS, "start", "end"], errors="ignore").to_numpy().ravel()
        assert not [cell for cell in texts if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.strip()]
    metrics = pd.read_csv(written / "metrics.csv")
    first = metrics.loc[0, ["title", "author", "note", "outlet"]]
    assert first.tolist() == ["'=HYPERLINK(1)", "'+Lee", "'-1+2", "'@Herald"]
    expected = measure(articles)[list(METRICS)]
    pd.testing.assert_frame_equal(metrics[list(METRICS)].astype(float), expected, check_exact=True)


def test_page_holds_everything_itself(page: Page, written: Path) -> None:
    assert_harmless(page)
    text = (written / "report.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert text.lower().count("<script") == 1
    assert not re.search(r"innerHTML|eval|fetch|XMLHttp|https?:|setTimeout", script)
    outside = {address for address in page.having("href") if not address.startswith("#")}
    assert outside == {"data:,", "https://example.org/a"}
    styles = re.findall(r"<style>(.*?)</style>", (written / "report.html").read_text(encoding="utf-8"), re.DOTALL)
    assert len(styles) == 1
    assert page.having("style") == []  # the policy would not let them in
    assert not re.search(r"url\(|@import", styles[0])
    digest, run = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in (styles[0], script))
    (policy,) = (given["content"] for _, given in page.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; script-src 'sha256-{run}'; base-uri 'none'; "
        "form-action 'none'"
    )


def test_page_is_in_order(page: Page) -> None:
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in page.having("href") if address.startswith("#")} <= set(ids)
    assert set(page.having("aria-labelledby")) <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {tag for tag, _ in page.tags} >= {"header", "nav", "main", "footer"}
    assert all(given.get("scope") in {"col", "row"} for tag, given in page.tags if tag == "th")
    assert all(len(given["aria-label"]) > 20 for tag, given in page.tags if tag == "svg")
    assert ("html", {"lang": "en"}) in page.tags


def test_page_has_all_parts(page: Page, articles: list[Article], written: Path) -> None:
    assert page.texts == [article.text for article in articles]
    assert len([tag for tag, _ in page.tags if tag == "svg"]) == 2 * len(reports.CHARTS)
    said = (written / "findings.txt").read_text(encoding="utf-8")
    for line in said.splitlines():
        assert line.removeprefix("- ").strip() in page.everything
    for metric in METRICS.values():
        assert metric.definition in page.everything
    assert "Ledger: 1 stretch, 1 word" in page.everything
    assert "5 of 17" in page.everything


@pytest.mark.usefixtures("without_charts")
def test_undefined_is_a_dash_with_a_note(tmp_path: Path) -> None:
    articles = [Article("It rained all day.", outlet="A"), Article("", id="blank")]
    reports.write(articles, tmp_path, resamples=200, formats=())
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "undefined" in page.having("title")
    assert "– undefined: nothing to divide by" in page.everything
    assert "nan" not in page.everything.lower().split()
    assert "no text: the article has no words in its body" in page.everything


def test_one_article_has_its_own_charts_and_nothing_that_needs_several(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "paired-quoted-share.png").write_bytes(b"from an older run")
    paths = reports.write([Article(QUOTED)], tmp_path, formats=())
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "Chart left out" not in page.everything
    assert "Articles with anonymous sources" not in page.everything, "a share of one article says nothing"
    drawn = sorted(path.name for path in (tmp_path / "charts").glob("*.png"))
    assert drawn == ["quote-positions.png", "source-kinds.png", "speakers.png"]
    assert len(paths) == 5 + 3 * len(drawn)
    picture = next(given["aria-label"] for tag, given in page.tags if tag == "svg")
    assert picture.startswith("Ilse Brandt is the only source: ")
    led = [given["href"][1:] for tag, given in page.tags if tag == "a" and given.get("tabindex") == "-1"]
    assert f"a1-c{QUOTED.index(chr(0x201C))}" in led
    assert set(led) <= set(page.having("id"))


def test_every_mark_of_a_chart_leads_to_its_words(page: Page, articles: list[Article]) -> None:
    """Each stretch that is attributed and each quotation, on both sizes; what they lead to is on the page."""
    lead = [given["href"] for tag, given in page.tags if tag == "a" and given.get("tabindex") == "-1"]
    assert {address[1:] for address in lead} <= set(page.having("id"))
    found = evidence(articles).assign(
        number=lambda table: table["id"].map({a.id: i for i, a in enumerate(articles, 1)})
    )
    for what in ("content: direct", "quotation: speech"):
        for _, row in found[found["what"] == what].iterrows():
            assert lead.count(f"#a{row['number']}-c{row['start']}") >= 2, row["words"]
    assert {f"#article-{i}" for i in range(1, 5)} <= set(lead), "the dots and the reporter's own words"
    assert page.everything.count("Ilse Brandt") > 20, "the stretches are named"


def test_pictures_of_their_own_lead_nowhere(written: Path) -> None:
    for path in (written / "charts").glob("*.svg"):
        assert "<a " not in path.read_text(encoding="utf-8"), path.name


def test_a_chart_of_many_marks_is_drawn_once(
    articles: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def strip(*given: Any, width: float, **look: Any) -> Any:
        drawn.append(width)
        return own(*given, width=width, **look)

    own = charts.strip
    monkeypatch.setattr(charts, "strip", strip)
    monkeypatch.setattr(pictures, "ONCE", 0)
    reports.write(articles, tmp_path, formats=())
    assert drawn == [pictures.WIDE]


def test_the_articles_are_listed(page: Page) -> None:
    assert "Herald · 17 words · 1 source" in page.everything
    assert page.having("href").count("#article-2") >= 2


@pytest.mark.usefixtures("without_charts")
def test_of_many_articles_each_has_a_page_of_its_own(articles: list[Article], tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "9.html").write_text("of an older report", encoding="utf-8")
    paths = reports.write(articles, tmp_path, resamples=200, marked=3, formats=())
    own = [path for path in paths if path.parent.name == "articles"]
    assert own == sorted((tmp_path / "articles").iterdir())
    assert [path.name for path in own] == ["1.html", "2.html", "3.html", "4.html"]
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.texts == []
    assert_harmless(page)
    places = set()
    for path, article in zip(own, articles, strict=True):
        one = Page(path.read_text(encoding="utf-8"))
        assert one.texts == [article.text]
        assert_harmless(one, own={"../report.html#list", *(each.name for each in own)})
        places |= {f"articles/{path.name}", *(f"articles/{path.name}#{name}" for name in one.having("id"))}
    links = {address for address in page.having("href") if address.startswith("articles/")}
    assert len(links) == 4
    assert links <= places
    assert set(pd.read_csv(tmp_path / "evidence.csv")["link"]) <= places


@pytest.mark.parametrize("payload", [PAYLOADS[1], PAYLOADS[5], "\ud800\0 $x$ \\frac{1} {0}"])
def test_report_of_payloads(payload: str, tmp_path: Path) -> None:
    known = {field.name: payload for field in fields(Article) if field.name != "corrections"}
    reports.write([Article(**known | {"text": QUOTED + payload})], tmp_path, formats=["docx"])
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert_harmless(page)
    assert page.having("href").count(payload) == 0


def test_every_row_of_evidence_leads_to_its_place(articles: list[Article], written: Path, page: Page) -> None:
    rows = pd.read_csv(written / "evidence.csv", encoding="utf-8-sig")
    assert len(rows) == len(evidence(articles))
    ids = set(page.having("id"))
    for link, start in zip(rows["link"], rows["start"], strict=True):
        file, _, anchor = link.partition("#")
        assert file == "report.html"
        assert anchor in ids
        assert anchor.endswith(f"-c{start}")


def test_codebook_is_that_of_the_run(articles: list[Article], written: Path, page: Page) -> None:
    book = pd.read_csv(written / "codebook.csv", encoding="utf-8-sig", keep_default_na=False)
    expected = reports.codebook([analyze(article) for article in articles], measure(articles))
    assert book["n"].tolist() == expected["n"].tolist()
    assert all(definition in page.everything for definition in book["definition"])


def test_published_figures_stand_beside(page: Page) -> None:
    assert "Culbertson 1975" in page.everything
    assert "share of articles" in page.everything


@pytest.mark.usefixtures("without_charts")
def test_your_own_codes_are_used_with_the_fast_engine_too(tmp_path: Path) -> None:
    many = [Article(f"{'“Yes,” said Lee. ' * (i % 5)}It rained.", id=str(i), outlet="AB"[i % 2]) for i in range(24)]
    hand = pd.DataFrame({"id": [str(i) for i in range(24)], "quoted_share": [i % 5 / 10 for i in range(24)]})
    reports.write(many, tmp_path, hand=hand, resamples=200, formats=(), count_copies=True, engine="fast")
    said = (tmp_path / "findings.txt").read_text(encoding="utf-8")
    assert "For quoted share these errors were measured on 24 rows of your own codes" in said
    assert "of this annotator have not been measured for sources and anonymous share and Flesch" in said
    assert re.search(r"corrected \d", (tmp_path / "report.html").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("without_charts")
def test_your_own_codes_are_used(articles: list[Article], tmp_path: Path) -> None:
    many = [Article(f"{'“Yes,” said Lee. ' * (i % 5)}It rained.", id=str(i), outlet="AB"[i % 2]) for i in range(12)]
    hand = pd.DataFrame({"id": [str(i) for i in range(12)], "quoted_share": [i % 5 / 10 for i in range(12)]})
    reports.write(many, tmp_path, hand=hand, resamples=200, formats=(), count_copies=True)
    assert "measured on 12 rows of your own codes" in (tmp_path / "findings.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("without_charts")
def test_another_annotator_is_not_corrected(articles: list[Article], tmp_path: Path) -> None:
    reports.write([replace(analyze(article), annotator="by hand") for article in articles], tmp_path, formats=())
    said = (tmp_path / "findings.txt").read_text(encoding="utf-8")
    assert "Its errors with this annotator have not been measured" in said
    assert "Corrected" not in said


# Without the words


def runs(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def texts_of(path: Path) -> list[str]:
    """What a reader, or a program, can read in a file."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    else:
        parts = [path.read_bytes().decode(errors="replace")]
    parts = [html.unescape(part) for part in parts]
    return parts + [re.sub(r"<[^<>]*>", joint, part) for part in parts for joint in (" ", "")]


def test_without_text_no_four_words_of_an_article_are_written(root: Path, tmp_path: Path) -> None:
    story = (
        "Secret plan to close the old ferry pier\n\n"
        + QUOTED
        + " Residents of the small upper harbour district agreed."
    )
    known = {
        "id": "secret-plan-to-close-the-old",
        "title": "Secret plan to close the old ferry pier",
        "url": "https://example.org/secret-plan-to-close-the-old",
        "note": "She said the fares would rise",
    }
    articles = [*read(root / "data"), Article(story, outlet="Herald", author="Lee", **known)]
    whole = {run for article in articles for run in runs(article.text)}
    paths = reports.write(articles, tmp_path, text=False, resamples=200, formats=["docx"])
    assert {path.suffix for path in paths} == {".html", ".docx", ".csv", ".txt", ".png", ".svg", ".pdf"}
    for path in paths:
        for text in texts_of(path):
            assert runs(text) & whole == set(), path.name
    found = pd.read_csv(tmp_path / "evidence.csv", encoding="utf-8-sig")
    assert list(found) == ["id", "what", "start", "end", "counted", "n_words"]
    assert found["id"].iloc[-1] == f"article {len(articles)}"
    assert len(found) == len(evidence(articles))


@pytest.mark.usefixtures("without_charts")
def test_without_text_the_numbers_are_the_same(articles: list[Article], written: Path, tmp_path: Path) -> None:
    reports.write(articles, tmp_path, text=False, resamples=200, formats=())
    full, bare = (pd.read_csv(folder / "metrics.csv", encoding="utf-8-sig") for folder in (written, tmp_path))
    pd.testing.assert_frame_equal(full[list(METRICS)], bare[list(METRICS)])
    assert bare["sha256"].tolist() == [hashlib.sha256(article.text.encode()).hexdigest() for article in articles]
    assert bare["characters"].tolist() == [len(article.text) for article in articles]
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert_harmless(page)
    assert page.texts == []
    assert re.search(r"source \d+–\d+; cue \d+–\d+; content 0–\d+; direct, neutral, confidence", page.everything)
    assert "Ilse Brandt" not in page.everything


# What cannot be written


def test_an_unknown_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as error:
        reports.write([Article(QUOTED)], tmp_path / "report", formats=["odt"])
    assert str(error.value) == "The format 'odt' is unknown; name pdf, docx or none."
    assert not (tmp_path / "report").exists()


@pytest.mark.usefixtures("without_charts")
def test_what_cannot_be_made_is_said_and_the_rest_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.pdf").write_bytes(b"from an older run")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.warns(reports.ReportWarning) as said:
        reports.write([Article(QUOTED)], tmp_path)
    assert [str(one.message).split(",")[0] for one in said] == ["No PDF was written", "No DOCX was written"]
    assert not (tmp_path / "report.pdf").exists()
    assert (tmp_path / "report.html").exists()


@pytest.mark.usefixtures("without_charts")
@pytest.mark.parametrize("stopped", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_a_stop_leaves_the_older_report(
    stopped: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("report.html", "report.pdf", "evidence.csv"):
        (tmp_path / name).write_bytes(b"from an older run")
    put = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        put(path, content[:100])
        if "codebook" in path.name:
            raise stopped
        return 100

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises((WritingError, KeyboardInterrupt)):
        reports.write([Article(QUOTED)], tmp_path, formats=())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("report.html", "report.pdf", "evidence.csv"), b"from an older run"
    )


def test_the_folder_is_looked_at_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.reports.report._readable", None)  # whoever begins, fails
    (tmp_path / "file").touch()
    with pytest.raises(WritingError) as error:
        reports.write([Article(QUOTED)], tmp_path / "file" / "report")
    there = tmp_path / "file"
    assert str(error.value) == f"{there / 'report'}: {there} is a file and not a folder; name another folder."


def test_no_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as error:
        reports.write([], tmp_path / "report")
    assert str(error.value) == "There are no articles, so there is nothing to report; give at least one."
    assert not (tmp_path / "report").exists()


def test_a_chart_without_text_has_no_headline(tmp_path: Path) -> None:
    page = (
        "Ferry runs aground near the old pier\n\nBy Ilse Brandt\n\nThe ferry ran aground. “We sang,” said Mara Voss.\n"
    )
    articles = [Article(page, id=f"a{k}", outlet="A") for k in range(2)]
    paths = reports.write(articles, tmp_path, text=False, formats=(), resamples=200)
    for path in paths:
        assert b"aground near" not in path.read_bytes(), path
    assert any(path.suffix == ".svg" for path in paths)
