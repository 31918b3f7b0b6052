"""The first calls that come to mind, as `toolkit` offers them."""

from __future__ import annotations

import inspect
import warnings
from pathlib import Path

import pandas as pd
import pytest

import toolkit
from toolkit import charts, comparison

VERBS = (
    "read analyze measure evidence compare differences correct group_events find_copies chart save report explore"
).split()
SAID = "The council met on {day}. “We will rebuild the ferry by {day},” said {who}. Nobody else spoke."


@pytest.fixture
def articles() -> list[toolkit.Article]:
    outlets = (("Gazette", "Mara Voss"), ("Herald", "Ilse Brandt"))
    return [
        toolkit.Article(SAID.format(day=day, who=who), id=f"{outlet}-{day}", outlet=outlet, story=day)
        for day in ("Monday", "Friday")
        for outlet, who in outlets
    ]


@pytest.fixture(autouse=True)
def small_samples() -> object:
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):
        yield


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_is_a_function_and_in_the_list(name: str) -> None:
    assert inspect.isfunction(getattr(toolkit, name))
    assert name in toolkit.__all__
    assert name in dir(toolkit)


def test_verbs_stay_functions_when_everything_is_loaded() -> None:
    """A module of the same name would take the function's place on its first import."""
    import toolkit.__main__

    assert not {path.stem for path in Path(toolkit.__file__).parent.glob("*.py")} & set(VERBS)


def test_a_table_is_compared_and_drawn(articles: list[toolkit.Article], tmp_path: Path) -> None:
    measured = toolkit.measure(articles)
    means = toolkit.compare(measured, "quoted_share")
    assert list(means["outlet"]) == ["Gazette", "Herald"]
    from_articles = charts.image(toolkit.chart("intervals", articles))
    assert charts.image(toolkit.chart("intervals", measured)) == from_articles
    assert charts.image(toolkit.chart("intervals", [toolkit.analyze(each) for each in articles])) == from_articles
    assert "Quoted share" in charts.alt_text(toolkit.chart("intervals", means))
    paths = toolkit.save(toolkit.chart("paired", measured), tmp_path / "gaps", formats=["svg"])
    assert [path.name for path in paths] == ["gaps.svg"]


def test_a_table_with_texts_is_read(articles: list[toolkit.Article]) -> None:
    frame = pd.DataFrame([{"publisher": each.outlet, "body": each.text, "id": each.id} for each in articles])
    assert charts.image(toolkit.chart("strip", frame)) == charts.image(toolkit.chart("strip", articles))
    by_day = toolkit.chart("coverage", toolkit.measure(frame.assign(desk=["a", "b"] * 2, date="2031-03-04")), by="desk")
    assert [label.get_text().split("\n")[0] for label in by_day.get_yticklabels()] == ["a", "b"]


def test_every_chart_of_numbers_is_drawn_from_the_table(articles: list[toolkit.Article]) -> None:
    measured = toolkit.measure(articles).assign(date="2031-03-04")
    inside = {"sources", "strip", "positions", "stances", "speakers"}
    for kind in toolkit.CHARTS:
        if kind not in inside:
            toolkit.chart(kind, measured)
            continue
        with pytest.raises(charts.ChartError, match=r"^This chart shows what stands in the articles; give it the art"):
            toolkit.chart(kind, measured)


def test_a_finished_table_is_drawn(articles: list[toolkit.Article]) -> None:
    measured = toolkit.measure(articles)
    two = toolkit.compare(measured, ["sources", "words"])
    assert "Words" in charts.alt_text(toolkit.chart("intervals", two, metric="words"))
    with pytest.raises(charts.ChartError, match=r"^The table has 2 metrics; name one of sources, words\.$"):
        toolkit.chart("intervals", two)
    with pytest.raises(charts.ChartError, match=r"^The table has no column 'date'; this chart needs outlet, date\.$"):
        toolkit.chart("coverage", two)


def test_events_need_the_articles(articles: list[toolkit.Article]) -> None:
    with pytest.raises(charts.ChartError, match=r"^Events are found by the articles' words; give the articles, not"):
        toolkit.chart("paired", toolkit.measure(articles), story="auto")
    events = toolkit.group_events(articles)
    assert len(events) == len(articles) == len(toolkit.correct(toolkit.measure(articles), "sources", by="id"))
    assert set(toolkit.find_copies(articles)) >= {"a", "b", "kind"}


def test_a_call_that_is_not_meant_so_names_the_one_that_is(articles: list[toolkit.Article]) -> None:
    measured = toolkit.measure(articles)
    with pytest.raises(comparison.CompareError, match=r"is a list, not a table of numbers; give toolkit\.measure of "):
        toolkit.compare(articles, "quoted_share")  # type: ignore[arg-type]
    texts = pd.DataFrame({"outlet": ["Herald"], "text": [articles[0].text]})
    with pytest.raises(comparison.CompareError, match=r"no column 'quoted_share' nor another metric; give toolkit"):
        toolkit.compare(texts, "quoted_share")
    with pytest.raises(charts.ChartError, match=r'^The name of the chart stands first, as in chart\("intervals", art'):
        toolkit.chart(measured, "intervals")  # type: ignore[arg-type]
    paired = toolkit.compare(measured, "quoted_share", story="story_id")
    pd.testing.assert_frame_equal(paired, toolkit.differences(measured, "quoted_share"))


def test_a_report_of_a_table(articles: list[toolkit.Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))
    frame = pd.DataFrame([{"publisher": each.outlet, "body": each.text, "id": each.id} for each in articles])
    (page, *_) = toolkit.report(frame, tmp_path, formats=())
    assert "Ilse Brandt" in page.read_text(encoding="utf-8")
    with pytest.raises(toolkit.ArticleError, match="no column with the text"):
        toolkit.report(toolkit.measure(articles), tmp_path, formats=())
    with pytest.raises(toolkit.ArticleError, match=r"^There are no articles, so there is nothing to report"):
        toolkit.report([], tmp_path, formats=())
