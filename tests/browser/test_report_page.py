"""A report in a real browser: no request, no error, nothing run; readable on screen, telephone and paper."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from toolkit import Article, report

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PATIENCE = 60  # seconds for a slow machine
PAYLOAD = (
    "</style></title></div><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    '" autofocus onfocus="window.ran = 1" x="\' onmouseover=\'window.ran = 1'
)
KNOWN = {field.name: PAYLOAD for field in fields(Article)} | {"url": "javascript:window.ran=1"}
TEXT = "“The ferry is late again,” said Mayor Ilse Brandt. She said the fares would rise in May.\n\nAdvertisement\n\n"
ARTICLES = [
    Article(TEXT + "The pier stays open. “Who pays?” asked Lee. It rained.", id="a", outlet="Herald", story="pier"),
    Article(TEXT + "According to the port, the pier is safe.", id="b", outlet="Tribune", story="pier"),
    Article(**KNOWN | {"text": f"{TEXT}“{PAYLOAD},” said Lee. {PAYLOAD}"}),
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium, chromium-browser or google-chrome on this machine"),
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
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    report.write(ARTICLES, folder, resamples=200)
    return folder / "report.html"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_asks_for_nothing_and_fits(visit: Visit, written: Path, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.open(written)
    assert visit.asked == [written.as_uri()]
    assert visit.said == []
    assert visit.page.evaluate("window.ran") is None
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    pictures = visit.page.locator("img")
    assert pictures.count() == 4
    assert all(pictures.nth(i).evaluate("image => image.complete && image.naturalWidth > 100") for i in range(4))


def test_styles_pass_the_policy(visit: Visit, written: Path) -> None:
    visit.open(written)
    backgrounds = visit.page.locator(".mat-text .mat-content").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(backgrounds) > 5
    assert "rgba(0, 0, 0, 0)" not in backgrounds
    label = "one => getComputedStyle(one, '::before').content"
    assert visit.page.locator(".mat-text [data-source]").first.evaluate(label) == '"S1"'


def test_texts_are_whole(visit: Visit, written: Path) -> None:
    visit.open(written)
    assert visit.page.locator(".mat-text").evaluate_all("all => all.map(one => one.textContent)") == [
        article.text for article in ARTICLES
    ]


def test_a_tap_on_a_cue_shows_why_and_leads_back(visit: Visit, written: Path) -> None:
    visit.open(written)
    line = visit.page.locator("#a1-w1")
    assert not line.is_visible()
    visit.page.locator("#article-1 ~ .mat .mat-text a.mat-cue").first.click()
    line.wait_for(state="visible")
    assert "confidence" in line.inner_text()
    line.get_by_role("link").click()
    assert visit.page.url.endswith("#a1-a1")
    assert visit.page.locator("#a1-a1 + a").inner_text() == "said"


def test_keyboard_reaches_the_findings_first(visit: Visit, written: Path) -> None:
    visit.open(written)
    visit.page.keyboard.press("Tab")
    skip = visit.page.locator(":focus")
    assert skip.inner_text() == "Skip to the findings"
    assert skip.bounding_box()["x"] >= 0
    assert skip.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_paper_shows_the_lists_unfolded(visit: Visit, written: Path) -> None:
    visit.open(written)
    assert not visit.page.locator("#a1-w1").is_visible()
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#a1-w1").is_visible()
    assert not visit.page.get_by_role("navigation").is_visible()
    assert visit.page.locator(".mat-chip").first.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"


def test_fragment_runs_nothing_where_no_policy_holds(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "fragment.html"
    pieces = "".join(report.marked_up(article) for article in ARTICLES)
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{pieces}", encoding="utf-8")
    visit.open(path)
    for link in visit.page.locator(".mat-text a").all():
        link.hover()
        link.focus()
    assert visit.asked == [path.as_uri()]
    assert visit.said == []
    assert visit.page.evaluate("window.ran") is None
    assert visit.page.locator("script, img, iframe").count() == 0
    assert visit.page.locator(".mat-text").nth(2).evaluate("one => one.textContent") == ARTICLES[2].text
