"""A report in a real browser: no request, no error, nothing run; readable on screen, telephone and paper."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from toolkit import Article, reports
from toolkit.reports import pdf_and_docx

sys.path.insert(0, str(Path(__file__).parent.parent))
from pages import PAYLOADS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, pdf_and_docx.BROWSERS)), None)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PATIENCE = 180  # seconds for a slow machine
# Each payload with a call that would be noticed.
RUNNING = [payload.replace("alert(1)", "(window.ran=1,alert(1))") for payload in PAYLOADS]
TEXT = "“The ferry is late again,” said Mayor Ilse Brandt. She said the fares would rise in May.\n\nAdvertisement\n\n"
ARTICLES = [
    Article(TEXT + "The pier stays open. “Who pays?” asked Lee. It rained.", id="a", outlet="Herald", story="pier"),
    Article(TEXT + "According to the port, the pier is safe.", id="b", outlet="Tribune", story="pier"),
    *(
        Article(**{field.name: payload for field in fields(Article)[1:] if field.name not in {"more", "corrections"}},
                text=f"{payload}\n\n{TEXT}“No {payload} here,” said Lee {payload}. {payload}")
        for payload in RUNNING
    ),
]  # fmt: skip
ADDRESSES = ["javascript:window.ran=1", "data:text/html,<script>window.ran=1</script>"]
ARTICLES += [Article(TEXT, id=f"u{i}", url=address, outlet="Herald") for i, address in enumerate(ADDRESSES)]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine"),
]


class Visit:
    """A page in the browser, and what it asked for, said and ran."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))

    def open(self, path: Path) -> None:
        self.page.goto(path.as_uri())
        self.page.wait_for_load_state("networkidle")

    def quiet(self, path: Path) -> bool:
        """Whether nothing but the page itself was asked for, nothing was said and nothing ran."""
        return (self.asked, self.said, self.page.evaluate("window.ran")) == ([path.as_uri()], [], None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox"] if IS_ROOT else [], timeout=PATIENCE * 1000
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    yield Visit(page)
    page.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    reports.write(ARTICLES, folder, resamples=200, formats=["pdf"], count_copies=True)
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    return folder / "report.html"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_asks_for_nothing_and_fits(visit: Visit, written: Path, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.open(written)
    assert visit.quiet(written)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.page.locator("img").count() == 0
    pictures = visit.page.locator("figure svg:visible")
    assert pictures.count() == len(reports.CHARTS)
    assert pictures.evaluate_all("all => all.every(one => one.clientWidth > 300 && one.ariaLabel.length > 20)")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_axe(visit: Visit, written: Path, width: int, scheme: str) -> None:
    """The rules of axe-core (WCAG 2 A and AA among them), with every list unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.open(written)
    visit.page.locator(".article").evaluate_all("all => all.slice(4).forEach(one => one.remove())")  # they are alike
    visit.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    found = axe.Axe().run(visit.page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in {"serious", "critical"}] == []


def test_no_payload_runs_whatever_is_touched(visit: Visit, written: Path) -> None:
    assert len(RUNNING) >= 20
    visit.open(written)
    links = visit.page.locator(".mat-text a")
    for i in range(0, links.count(), 4):
        links.nth(i).hover()
        links.nth(i).focus()
    visit.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert visit.quiet(written)
    assert visit.page.locator("script").count() == 1
    assert visit.page.locator("iframe, object, embed, form, base").count() == 0
    assert visit.page.locator(".mat-about a").count() == 0


def test_styles_pass_the_policy(visit: Visit, written: Path) -> None:
    visit.open(written)
    backgrounds = visit.page.locator(".mat-text .mat-content").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(backgrounds) > 5
    assert "rgba(0, 0, 0, 0)" not in backgrounds
    label = "one => getComputedStyle(one, '::before').content"
    assert '"S1"' in visit.page.locator(".mat-text [data-source]").first.evaluate(label)


def test_texts_are_whole(visit: Visit, written: Path) -> None:
    visit.open(written)
    assert visit.page.locator(".mat-text").evaluate_all("all => all.map(one => one.textContent)") == [
        article.text for article in ARTICLES
    ]


def note(piece: Any) -> str:
    """The note at the foot of the window that stands for a mark; nothing where there is none."""
    said: str = piece.evaluate("one => getComputedStyle(one, '::after').content")
    return "" if said == "none" else said


def test_pointing_or_tabbing_to_a_mark_shows_why(visit: Visit, written: Path) -> None:
    visit.open(written)
    cue = visit.page.locator("#article-1 ~ .mat .mat-text a.mat-cue").first
    content = visit.page.locator("#article-1 ~ .mat .mat-text .mat-content").first
    assert note(content) == ""
    content.hover()
    assert "S1 Ilse Brandt: direct" in note(content)
    assert content.evaluate("one => getComputedStyle(one, '::after').position") == "fixed"
    source = visit.page.locator("#article-1 ~ .mat .mat-text .mat-source").first
    source.hover()
    assert re.search(r"named person \(\d\.\d\d\): a person’s name, .+; politician \(\d\.\d\d\): ", note(source))
    cue.focus()
    assert re.search(r"direct, neutral, confidence 0\.\d\d\. Why: content: right before the cue", note(cue))
    described = visit.page.locator(f"#{cue.get_attribute('aria-describedby')}")
    assert "confidence" in described.text_content()


def test_a_tap_on_a_mark_shows_why(browser: Any, written: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(written.as_uri())
    content = page.locator("#article-1 ~ .mat .mat-text .mat-content").first
    content.tap()
    assert "S1 Ilse Brandt: direct" in note(content)
    page.close()


def test_a_tap_on_a_cue_leads_to_the_evidence_and_back(visit: Visit, written: Path) -> None:
    visit.open(written)
    line = visit.page.locator("#a1-w1")
    assert not line.is_visible()
    cue = visit.page.locator("#article-1 ~ .mat .mat-text a.mat-cue").first
    cue.click()
    line.wait_for(state="visible")
    assert "confidence" in line.inner_text()
    line.get_by_role("link").click()
    assert visit.page.url.endswith(f"#{cue.get_attribute('id')}")
    assert cue.inner_text() == "said"
    assert cue.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_a_stretch_of_a_chart_leads_to_the_words(visit: Visit, written: Path) -> None:
    visit.open(written)
    for chart in (1, 2):  # a bar with a figure written on it, and a stretch of an article
        visit.page.locator("figure").nth(chart).locator(".large svg a", has_text="Ilse Brandt").first.click()
        where = visit.page.url.partition("#")[2]
        assert re.fullmatch(r"a\d+-c\d+", where)
        assert visit.page.locator(f"#{where}").is_visible()


def test_charts_on_a_dark_page_have_the_colours_of_the_dark_style(visit: Visit, written: Path) -> None:
    seen = """() => [...document.querySelectorAll('figure svg [fill], figure svg [stroke]')].map(each =>
        [each.getAttribute('fill'), getComputedStyle(each).fill, each.tagName])"""
    visit.page.emulate_media(color_scheme="dark")
    visit.open(written)
    drawn = {(was, tag): now for was, now, tag in visit.page.evaluate(seen)}
    assert drawn["#222222", "text"] == "rgb(236, 238, 242)"
    assert drawn["#ffffff", "path"] == "rgb(22, 24, 29)"
    assert drawn["#061a38", "path"] == "rgb(244, 244, 244)"
    assert drawn["#ffffff", "text"] == "rgb(0, 0, 0)", "on a bar that is light there"
    visit.page.emulate_media(color_scheme="light")
    assert {(was, tag): now for was, now, tag in visit.page.evaluate(seen)}["#222222", "text"] == "rgb(34, 34, 34)"


def test_tables_sort_and_filter_and_the_list_is_searched(visit: Visit, written: Path) -> None:
    visit.open(written)
    table = visit.page.locator("section:has(> #table-2) table, section:has(> #table-3) table").last
    words = table.locator("thead button", has_text="Words").first
    words.click()
    column = "rows => rows.map(row => parseFloat(row.cells[2].textContent)).filter(n => !isNaN(n))"
    up = table.locator("tbody tr").evaluate_all(column)
    assert up == sorted(up)
    assert up[0] < up[-1]
    words.click()
    assert table.locator("tbody tr").evaluate_all(column) == up[::-1]
    assert table.locator("th[aria-sort=descending]").count() == 1
    visit.page.get_by_label("Search the articles").fill("tribune")
    shown = visit.page.locator("#list li:visible")
    assert shown.count() == 1
    assert "Tribune" in shown.first.inner_text()
    assert visit.quiet(written)


def test_without_script_all_is_there(browser: Any, written: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(written.as_uri())
    assert page.locator("#list li:visible").count() == len(ARTICLES)
    assert page.locator("input, button").count() == 0
    page.locator("figure").nth(2).locator(".large svg a", has_text="Ilse Brandt").first.click()
    assert re.search(r"#a\d+-c\d+$", page.url)
    context.close()


def test_keyboard_reaches_the_findings_first(visit: Visit, written: Path) -> None:
    visit.open(written)
    visit.page.keyboard.press("Tab")
    skip = visit.page.locator(":focus")
    assert skip.inner_text() == "Skip to the findings"
    assert skip.bounding_box()["x"] >= 0
    assert skip.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_paper_has_the_texts_and_not_their_lists(visit: Visit, written: Path) -> None:
    visit.open(written)
    visit.page.emulate_media(media="print")
    assert visit.page.locator(".mat-text").first.is_visible()
    assert not visit.page.locator(".article details").first.is_visible()
    assert not visit.page.get_by_role("navigation").is_visible()
    assert visit.page.locator(".mat-chip").first.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    shown = visit.page.locator(".article").evaluate_all("all => all.filter(one => one.offsetHeight > 0).length")
    assert shown == 12 < len(ARTICLES)
    assert visit.page.locator(".printed").is_visible()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_printed_report_is_short(root: Path, tmp_path: Path) -> None:
    from toolkit import read

    articles = read(root / "data")
    assert len(articles) == 12
    reports.write(articles, tmp_path, resamples=200, formats=["pdf"])
    printed = (tmp_path / "report.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert 5 < pages_of(printed) < 18
    assert b"/StructTreeRoot" in printed, "tagged, for those who listen"
    assert b"/Outlines" in printed
    again = pdf_and_docx.pdf(tmp_path / "report.html")  # once in some runs a digit inside differs
    assert (len(again), pages_of(again)) == (len(printed), pages_of(printed)), "the same page, another PDF"


def test_fragment_runs_nothing_where_no_policy_holds(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "fragment.html"
    pieces = "".join(reports.marked_up(article) for article in ARTICLES)
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{pieces}", encoding="utf-8")
    visit.open(path)
    links = visit.page.locator(".mat-text a")
    for i in range(0, links.count(), 4):
        links.nth(i).hover()
        links.nth(i).focus()
    assert visit.quiet(path)
    assert visit.page.locator("script, img, iframe").count() == 0
    assert visit.page.locator(".mat-text").nth(2).evaluate("one => one.textContent") == ARTICLES[2].text
