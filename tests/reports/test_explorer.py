"""The explorer of a notebook: what it shows of the chosen article, and what it says where ipywidgets is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import PAYLOADS, QUOTED, Page

from toolkit import Article, ArticleError, analyze
from toolkit.article import ToolkitError
from toolkit.reading.corrections import read
from toolkit.reports.explorer import explore


@pytest.fixture
def ipywidgets() -> Any:
    return pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


def parts(box: Any) -> tuple[Any, Any, list[Any]]:
    """The menu, the field for a source, and the tabs."""
    menu, _, source, tabs = box.children
    return menu, source, list(tabs.children)


def shown(tab: Any) -> list[str]:
    """What stands side by side in a tab."""
    return [each.value for each in tab.children]


def fill(form: dict[str, Any], **values: str) -> None:
    for name, value in values.items():
        form[name].value = value
    form["button"].click()


def form_of(tab: Any) -> dict[str, Any]:
    names = ("of", "what", "which", "field", "value", "who", "why", "button", "said")
    return dict(zip(names, tab.children, strict=True))


def test_it_shows_the_chosen_article(ipywidgets: Any) -> None:
    box = explore([Article(QUOTED, title="Ferry late"), "It rained all day.", analyze(Article("Dry.", id="dry"))])
    menu, _, (text, numbers, evidence, _) = parts(box)
    assert [name for name, _ in menu.options] == ["1. Ferry late", "2. It rained all day.", "3. dry"]
    assert box.children[3].titles == ("Text", "Numbers", "Evidence", "Correct")
    assert Page(shown(text)[0]).texts == [QUOTED]
    assert "Quoted share" in shown(numbers)[0]
    assert "29.4%" in shown(numbers)[0]
    assert "Mayor Ilse Brandt" in shown(evidence)[0]
    menu.value = (1,)
    assert parts(box)[2][3].children[0].value == "In the first of the chosen articles, 2. It rained all day."
    assert Page(shown(text)[0]).texts == ["It rained all day."]
    assert "Mayor" not in shown(evidence)[0]


def test_articles_stand_side_by_side(ipywidgets: Any) -> None:
    menu, _, (text, *_) = parts(explore([QUOTED, "It rained all day.", "Dry."]))
    menu.value = (0, 2)
    assert [Page(each).texts for each in shown(text)] == [[QUOTED], ["Dry."]]


def test_a_source_leaves_the_articles_that_quote_it(ipywidgets: Any) -> None:
    menu, source, (text, _, evidence, _) = parts(explore(["It rained all day.", QUOTED]))
    source.value = "brandt"
    assert [name for name, _ in menu.options] == ["2. “The ferry is late again,” said Mayor Ilse"]
    assert Page(shown(text)[0]).texts == [QUOTED]
    assert "Mayor Ilse Brandt" in shown(evidence)[0]
    assert "zone" not in shown(evidence)[0]
    source.value = ""
    assert len(menu.options) == 2


def test_a_correction_is_written_and_taken(ipywidgets: Any, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    given = [Article(QUOTED, id="ferry"), Article("It rained.", id="rain")]
    _, _, (text, _, _, tab) = parts(explore(given, corrections=file))
    form = form_of(tab)
    assert form["which"].options == ("Ilse Brandt @32",)
    fill(form, which="Ilse Brandt @32", field="kind", value="nonsense")
    assert "source has no kind" in form["said"].value
    assert not file.exists()
    fill(form, what="attribution", which="no such words", field="remove", value="")
    assert "no attribution there has the words “no such words”" in form["said"].value
    fill(form, what="source", which="Ilse Brandt @32", field="role", value="expert", who="A. B.", why="she measures")
    assert [(one.article, one.value, one.who) for one in read(file)] == [("ferry", "expert", "A. B.")]
    assert "expert" in shown(text)[0]
    assert "Written into" in form["said"].value
    fill(form, what="attribution", which="the fares would rise in May", field="remove", value="")
    assert len(read(file)) == 2
    _, _, (again, *_) = parts(explore(given, corrections=file))
    assert shown(again) == shown(text)


def test_what_a_page_cannot_hold_is_replaced_in_every_tab(ipywidgets: Any) -> None:
    tabs = parts(explore([Article("“No \x01 way,” said Lee.")]))[2][:3]
    assert all("\x01" not in shown(tab)[0] for tab in tabs)
    assert "“No \ufffd way,”" in shown(tabs[2])[0]


def test_an_article_is_analysed_when_it_is_chosen(ipywidgets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr("toolkit.reports.explorer.analysed", lambda given: seen.append(given.text) or analyze(given))
    menu = parts(explore(["One.", "Two.", "Three."]))[0]
    menu.value = (2,)
    menu.value = (0,)
    assert seen == ["One.", "Three."]


def test_whatever_holds_articles_is_explored(ipywidgets: Any) -> None:
    table = pd.DataFrame({"headline": ["Ferry late", ""], "body": [QUOTED, 3.5]})
    menu, _, tabs = parts(explore(table))
    assert [name for name, _ in menu.options] == ["1. Ferry late", "2. an empty article"]
    menu.value = (1,)
    assert "The text is of type float" in shown(tabs[0])[0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_text(ipywidgets: Any, payload: str) -> None:
    _, _, tabs = parts(explore([Article(f"“No {payload},” said Lee {payload}.", title=payload)]))
    for page in tabs[:3]:
        tags = {tag for tag, _ in Page(shown(page)[0]).tags}
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
