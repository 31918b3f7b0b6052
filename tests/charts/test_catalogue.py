"""One registry: the same chart, byte for byte, from the command line, a script and a notebook."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from charting import words
from matplotlib.axes import Axes
from nbclient import NotebookClient

import toolkit
from toolkit import Article, analyze, charts, comparison
from toolkit.__main__ import main
from toolkit.charts import ChartError
from toolkit.metrics import table

SAID = "The council met on {day}. “We will {much} rebuild the ferry,” said {who}. Nobody else spoke that day.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six articles of two outlets on three events."""
    events = (("vote", "Monday"), ("flood", "Tuesday"), ("ferry", "Friday"))
    outlets = (("Gazette", "left", "Mara Voss"), ("$5 Herald", "right", "Ilse Brandt"))
    rows = [
        f'{outlet},{event},2031-03-0{k + 1},{side},"{SAID.format(day=day, much="very " * (k + n), who=who)}"'
        for k, (event, day) in enumerate(events)
        for n, (outlet, side, who) in enumerate(outlets)
    ]
    (tmp_path / "stories.csv").write_text("\n".join(["outlet,story_id,date,leaning,text", *rows]), encoding="utf-8")
    return tmp_path


@pytest.fixture
def analyses(folder: Path) -> list[toolkit.Analysis]:
    return [analyze(article) for article in toolkit.read(folder)]


def quietly(chart: str, analyses: list[toolkit.Analysis], **options: str) -> Axes:
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):
        return charts.draw(chart, analyses, count_copies=True, **options)


@pytest.mark.parametrize("chart", charts.CHARTS)
def test_every_chart_of_the_registry_is_drawn_from_articles(chart: str, analyses: list[toolkit.Analysis]) -> None:
    ax = quietly(chart, analyses[:1] if chart == "speakers" else analyses)
    assert charts.CHARTS[chart].shows
    assert charts.image(ax, form="svg").startswith(b"<?xml")


def test_the_registry_holds_every_chart_function() -> None:
    drawing = {name for name in charts.__all__ if name.islower()} - {"alt_text", "data", "draw", "image", "save"}
    assert {entry.function.__name__ for entry in charts.CHARTS.values()} == drawing


def test_draw_is_the_function_over_the_tables(analyses: list[toolkit.Analysis]) -> None:
    direct = charts.source_mix(table.source_kinds(analyses), source="invented")
    assert charts.image(quietly("sources", analyses, source="invented")) == charts.image(direct)


@pytest.mark.slow
def test_the_same_file_from_command_line_script_and_notebook(folder: Path, analyses: list[toolkit.Analysis]) -> None:
    for form in ("png", "svg", "pdf"):
        given = ["chart", str(folder / "stories.csv"), "--kind", "strip", "--out", str(folder / f"cli.{form}")]
        assert main(given) == 0
    charts.save(quietly("strip", analyses), folder / "script")
    code = (
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.rcParams['axes.grid'] = True\n"
        "import toolkit\nfrom toolkit import charts\n"
        f"found = [toolkit.analyze(one) for one in toolkit.read({str(folder / 'stories.csv')!r})]\n"
        f"chart = charts.draw('strip', found)\n_ = charts.save(chart, {str(folder / 'notebook')!r})"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(Path(__file__).parent.parent.parent)}}
    ).execute()
    for form in ("png", "svg", "pdf"):
        files = [(folder / f"{name}.{form}").read_bytes() for name in ("cli", "script", "notebook")]
        assert files[0] == files[1] == files[2], form


@pytest.mark.parametrize(("size", "inches"), [("half", 3.4), ("column", 6.5), ("slide", 40 / 3)])
def test_sizes_of_the_command_line(size: str, inches: float, folder: Path) -> None:
    out = folder / "chart.svg"
    words = [
        "chart",
        str(folder / "stories.csv"),
        "--kind",
        "positions",
        "--size",
        size,
        "--title",
        "$5",
        "--out",
        str(out),
    ]
    assert main(words) == 0
    assert f'width="{72 * inches:g}pt"' in out.read_text(encoding="utf-8")


def test_groups_by_a_column_of_the_file(analyses: list[toolkit.Analysis]) -> None:
    ax = quietly("sources", analyses, by="leaning")
    assert {label.get_text().split("\n")[0] for label in ax.get_yticklabels()} == {"left", "right"}
    with pytest.raises(ChartError, match=r"^No article has 'planet'; name one of outlet, story_id, leaning\.$"):
        quietly("sources", analyses, by="planet")


def test_events_found_by_their_words(analyses: list[toolkit.Analysis]) -> None:
    blank = [replace(one, article=replace(one.article, story="")) for one in analyses]
    with pytest.raises(comparison.CompareError, match="a difference needs two"):
        quietly("dumbbell", blank)
    assert "stor" in words(quietly("dumbbell", blank, story="auto", metric="quoted_words"), "subtitle")


def test_a_chart_that_is_not_known(analyses: list[toolkit.Analysis]) -> None:
    with pytest.raises(ChartError, match=r"^The chart 'pie' is not known; name one of speakers, intervals, "):
        charts.draw("pie", analyses)
    with pytest.raises(ChartError, match=r"^There are no articles, so there is nothing to draw\.$"):
        charts.draw("strip", [])


def test_articles_without_words_are_left_out_where_they_have_nothing(analyses: list[toolkit.Analysis]) -> None:
    more = [*analyses, analyze(Article("", id="empty", outlet="Gazette"))]
    assert "(n = 6 articles)" in words(quietly("strip", more), "subtitle")
    assert "1 article left out" in words(quietly("transparency", more), "subtitle")


@pytest.mark.parametrize("blank", [(0, 1, 2, 3, 4, 5), (0, 2), ()])
@pytest.mark.parametrize("chart", charts.CHARTS)
def test_a_headline_names_no_unknown_outlet_and_no_overlap(
    chart: str, blank: tuple[int, ...], analyses: list[toolkit.Analysis]
) -> None:
    given = [
        replace(one, article=replace(one.article, outlet="")) if k in blank else one for k, one in enumerate(analyses)
    ]
    if chart in {"paired", "dumbbell"} and len(blank) > 2:
        with pytest.raises(comparison.CompareError, match="a difference needs two"):
            quietly(chart, given)
        return
    title = words(quietly(chart, given[:1] if chart == "speakers" else given), "title")
    assert not [said for said in ("unknown", "overlap", "interval", "apart", "too little") if said in title]
    assert not re.search(r"\bp\b", title)
