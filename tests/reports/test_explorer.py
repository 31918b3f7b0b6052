"""The explorer of a notebook: what it shows of the chosen article, and what it says where ipywidgets is missing."""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd
import pytest
from pages import PAYLOADS, QUOTED, Page

from toolkit import Article, ArticleError, analyze
from toolkit.article import ToolkitError
from toolkit.reports.explorer import explore


@pytest.fixture
def ipywidgets() -> Any:
    return pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


def test_it_shows_the_chosen_article(ipywidgets: Any) -> None:
    box = explore([Article(QUOTED, title="Ferry late"), "It rained all day.", analyze(Article("Dry.", id="dry"))])
    menu, tabs = box.children
    assert [name for name, _ in menu.options] == ["1. Ferry late", "2. It rained all day.", "3. dry"]
    text, numbers, evidence = tabs.children
    assert tabs.titles == ("Text", "Numbers", "Evidence")
    assert Page(text.value).texts == [QUOTED]
    assert "Quoted share" in numbers.value
    assert "29.4%" in numbers.value
    assert "Mayor Ilse Brandt" in evidence.value
    menu.value = 1
    assert Page(text.value).texts == ["It rained all day."]
    assert "Mayor" not in evidence.value


def test_what_a_page_cannot_hold_is_replaced_in_every_tab(ipywidgets: Any) -> None:
    tabs = explore([Article("“No \x01 way,” said Lee.")]).children[1]
    assert all("\x01" not in tab.value for tab in tabs.children)
    assert "“No \ufffd way,”" in tabs.children[2].value


def test_an_article_is_analysed_when_it_is_chosen(ipywidgets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr("toolkit.reports.explorer.analysed", lambda given: seen.append(given.text) or analyze(given))
    menu = explore(["One.", "Two.", "Three."]).children[0]
    menu.value = 2
    menu.value = 0
    assert seen == ["One.", "Three."]


def test_whatever_holds_articles_is_explored(ipywidgets: Any) -> None:
    table = pd.DataFrame({"headline": ["Ferry late", ""], "body": [QUOTED, 3.5]})
    menu, tabs = explore(table).children
    assert [name for name, _ in menu.options] == ["1. Ferry late", "2. an empty article"]
    menu.value = 1
    assert "The text is of type float" in tabs.children[0].value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_text(ipywidgets: Any, payload: str) -> None:
    _, tabs = explore([Article(f"“No {payload},” said Lee {payload}.", title=payload)]).children
    for page in tabs.children:
        tags = {tag for tag, _ in Page(page.value).tags}
        assert tags.isdisjoint({"script", "img", "svg", "iframe", "meta", "body"})


def test_nothing_to_explore_is_an_error() -> None:
    with pytest.raises(ArticleError) as error:
        explore([])
    assert str(error.value) == "There are no articles to explore; give at least one."


def test_without_ipywidgets_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ToolkitError) as error:
        explore(["It rained."])
    assert str(error.value) == (
        "The explorer needs ipywidgets, which is not installed; install it with "
        "pip install 'media-analysis-toolkit[explore]' and start the notebook anew."
    )
