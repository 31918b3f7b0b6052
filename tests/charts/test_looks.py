"""Own words, colours, order, names, size and font; a dark ground; files that can be edited, and their data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from charting import DOLLAR, MIX, STRIP, bars, drawn, estimates, part, points, rows, texts, words
from matplotlib.colors import to_hex
from PIL import Image

from toolkit import charts
from toolkit.__main__ import main
from toolkit.charts import ChartError, looks

EACH = pytest.mark.parametrize("chart", list(charts.CHARTS))
MEANS = estimates(("Herald", 12, 0.3, 0.2, 0.4), ("Tribune", 12, 0.1, 0.05, 0.2))


@EACH
def test_own_words_stand_in_the_place_of_the_charts(chart: str) -> None:
    ax = drawn(chart, title="Mine", subtitle="Beneath", source="my desk")
    assert (words(ax, "title"), words(ax, "subtitle")) == ("Mine", "Beneath")
    assert words(ax, "source").startswith("Source: my desk.")
    none = drawn(chart, title="", subtitle="")
    assert (words(none, "title"), words(none, "subtitle")) == ("", "")
    assert len(charts.alt_text(none)) > 40


@EACH
def test_a_dark_chart_is_light_on_dark_and_saved_so(chart: str, tmp_path: Path) -> None:
    (path,) = charts.save(drawn(chart, dark=True), tmp_path / "dark.png")
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((2, 2))) == looks.DARK_GROUND  # type: ignore[misc]
    shades = [sum(pixel) for _, pixel in picture.getcolors(1 << 24)]  # type: ignore[union-attr,arg-type]
    assert max(shades) > 600
    assert "axes.facecolor" not in {k for k in mpl.rcParams if mpl.rcParams[k] == looks.DARK_GROUND}  # type: ignore[index]


def test_rows_and_kinds_have_the_colours_that_are_named() -> None:
    ax = charts.intervals(MEANS, colors={"Tribune": "crimson"})
    assert [to_hex(face) for face in part(ax, "means").get_facecolor()] == ["#0072b2", "#dc143c"]
    for name in ("organisation", "Organisations"):
        ax = charts.strip(STRIP, colors={name: "#123456"})
        assert {to_hex(bar.get_facecolor()) for bar in ax.patches if bar.get_gid() == "organisation"} == {"#123456"}
    with pytest.raises(
        ChartError, match=r"^colors: nothing in this chart is called 'Organisation'; did you mean 'Organi"
    ):
        charts.strip(STRIP, colors={"Organisation": "red"})
    charts.strip(STRIP, colors={"Other media": "red"})  # no words of theirs are in this one
    ax = charts.source_mix(MIX, palette=["red", "lime", "blue"])
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches[:2]] == ["#ff0000"] * 2
    assert to_hex(charts.intervals(MEANS, palette="tab10").collections[-1].get_facecolor()[0]) == "#1f77b4"


def test_the_dots_of_a_row_and_the_mark_of_a_pair_have_its_colour() -> None:
    values = pd.DataFrame({"outlet": ["Herald", "Tribune"], "quoted_share": [0.3, 0.1]})
    ax = charts.intervals(MEANS, values, colors={"Tribune": "crimson"})
    assert [to_hex(part(ax, f"dots-{y}").get_facecolor()[0]) for y in (0, 1)] == ["#56b4e9", "#dc143c"]
    pair = pd.DataFrame([("Herald", "Tribune", "quoted_share", 12, 0.2, 0.1, 0.3, 0.01)],
                        columns=["a", "b", "metric", "n", "difference", "low", "high", "p_adjusted"])  # fmt: skip
    ax = charts.paired(pair, colors={"Herald − Tribune": "crimson"})
    assert to_hex(part(ax, "means").get_facecolor()[0]) == "#dc143c"


def test_the_list_of_charts_says_what_each_shows() -> None:
    assert "'strip': who speaks where in each article" in str(dict(charts.CHARTS))


def test_order_and_labels() -> None:
    ax = charts.intervals(MEANS, order=["Tribune"], labels={"Tribune": "The Trib", "Quoted share": "Quotation"})
    assert [row.split("\n")[0] for row in rows(ax)] == ["The Trib", "Herald"]
    assert points(ax, "means")[:, 0].tolist() == [0.1, 0.3]
    assert words(ax, "title") == "Herald quotes about three times as much as The Trib"
    ax = charts.source_mix(MIX, order=[DOLLAR], labels={"Named persons": "People"})
    assert rows(ax)[0].startswith(DOLLAR)
    assert "People" in texts(ax, "flag")
    assert bars(ax)[0][1] == pytest.approx(0.2)


@EACH
def test_width_and_height_are_kept(chart: str) -> None:
    figure = drawn(chart, width=8, height=7).figure
    assert (figure.get_figwidth(), figure.get_figheight()) == (pytest.approx(8), pytest.approx(7))


@EACH
def test_text_on_a_slide_can_be_read_from_afar(chart: str) -> None:
    ax = drawn(chart, width=charts.SLIDE)
    assert ax.figure.get_figheight() <= charts.SLIDE * 9 / 16 + 0.01
    sizes = [label.get_fontsize() for label in ax.get_yticklabels() if label.get_text()]
    assert min(sizes) >= 14


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (
            {"colors": {"Herald": "blurple"}},
            "colors of 'Herald': 'blurple' is no colour; give a name such as 'crimson' ",
        ),
        ({"colors": "red"}, 'colors is \'red\'; give {"Herald": "crimson"}.'),
        ({"palette": "tab1O"}, "The palette 'tab1O' is not known to matplotlib; did you mean 'tab10'?"),
        ({"colors": {"Herold": "red"}}, "colors: nothing in this chart is called 'Herold'; did you mean 'Herald'?"),
        ({"order": ["Herold"]}, "order: nothing in this chart is called 'Herold'; did you mean 'Herald'?"),
        ({"order": "Herald"}, "order is 'Herald'; give a list of names."),
        ({"labels": {"Gazette": "G"}}, "labels: nothing in this chart is called 'Gazette'; there are Herald, Tribune."),
        ({"width": 0.1}, "width is 0.1; give inches, from 1 to 60."),
        ({"width": "wide"}, "width is 'wide'; give inches, from 1 to 60."),
        ({"height": 1.0}, "height is 1; this chart needs "),
        ({"font": "Elsing Grotesk"}, "The font 'Elsing Grotesk' is not installed here; install it and start anew, or "),
    ],
)
def test_a_bad_value_is_one_clear_sentence(look: dict[str, Any], text: str) -> None:
    with pytest.raises(ChartError) as raised:
        charts.intervals(MEANS, **look)
    assert str(raised.value).startswith(text)
    assert str(raised.value).endswith((".", "?"))


def test_what_is_set_in_matplotlib_of_fonts_and_colours_holds() -> None:
    with mpl.rc_context({"font.family": "serif", "font.size": 14, "text.color": "navy", "axes.facecolor": "ivory"}):
        ax = charts.intervals(MEANS)
    title = part(ax, "title")
    assert to_hex(title.get_color()) == "#000080"
    assert title.get_fontfamily()[0] == "DejaVu Serif"
    assert rows(ax)
    assert ax.get_yticklabels()[0].get_fontsize() == 14
    assert to_hex(ax.get_facecolor()) == "#fffff0"
    assert part(charts.intervals(MEANS, font="DejaVu Sans Mono"), "title").get_fontfamily()[0] == "DejaVu Sans Mono"


def test_an_svg_has_text_that_can_be_edited_and_shapes_on_request(tmp_path: Path) -> None:
    ax = charts.intervals(MEANS, title="From $5 & up")
    (path,) = charts.save(ax, tmp_path / "chart.svg")
    svg = path.read_text(encoding="utf-8")
    found = re.findall(r"<text ([^>]*)>([^<]*)</text>", svg)
    assert {"From $5 &amp; up", "Herald", "Tribune"} <= {text for _, text in found}
    assert all('font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="' in look for look, _ in found)
    assert not any("style=" in look or "textLength" in look for look, _ in found)
    charts.save(ax, path, paths=True)
    assert "<text" not in path.read_text(encoding="utf-8")


def test_a_picture_has_two_dots_for_one_of_a_screen(tmp_path: Path) -> None:
    (path,) = charts.save(charts.intervals(MEANS, width=5), tmp_path / "chart.png")
    with Image.open(path) as picture:
        assert picture.width == 2 * 96 * 5


@EACH
def test_the_data_stand_beside_the_picture(chart: str, tmp_path: Path) -> None:
    ax = drawn(chart)
    paths = charts.save(ax, tmp_path / "chart.svg", data=True)
    assert [path.name for path in paths] == ["chart.svg", "chart.csv"]
    read = pd.read_csv(paths[1], encoding="utf-8-sig")
    assert read.shape == charts.data(ax).shape
    assert len(read) > 0
    assert all(str(name).strip() and not str(name).startswith("Unnamed:") for name in read.columns)


def test_the_data_of_shares_are_in_per_cent() -> None:
    table = charts.data(charts.intervals(MEANS))
    assert table.to_dict("list") == {
        "outlet": ["Herald", "Tribune"], "n": [12, 12], "Quoted share (%)": [30.0, 10.0], "low": [20.0, 5.0],
        "high": [40.0, 20.0],
    }  # fmt: skip
    assert charts.data(charts.source_mix(MIX)).loc[0, "Named persons (%)"] == 75.0


def test_a_notebook_shows_a_chart_without_its_figure() -> None:
    ax: Any = charts.intervals(MEANS)
    assert ax._repr_mimebundle_() == ax.figure._repr_mimebundle_()


@pytest.mark.filterwarnings("ignore::toolkit.comparison.SmallSampleWarning")
def test_the_command_line_takes_the_same_looks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "stories.csv"
    said = "The mayor quit on {}. “I am tired of it,” said Ilse Brandt. {} rained."
    rows = [f'{o},s{k},"{said.format(o, k)}"' for k in range(3) for o in ("Gazette", "Herald")]
    table.write_text("\n".join(["outlet,story_id,text", *rows]), encoding="utf-8")
    out = tmp_path / "chart.svg"
    given = ["--out", str(out), "--title", "Mine", "--subtitle", "", "--labels", "Gazette=The G", "--order", "Herald"]
    given += ["--colors", "Herald=crimson,Gazette=#123456", "--dark", "--data", "--width", "5", "--count-copies"]
    assert main(["chart", str(table), *given]) == 0
    svg = out.read_text(encoding="utf-8")
    assert 'width="360pt"' in svg
    assert all(text in svg for text in (">Mine<", ">The G<", "#dc143c", "#123456", looks.DARK_GROUND))
    assert out.with_suffix(".csv").read_text(encoding="utf-8-sig").startswith('"outlet","n",')
    assert main(["chart", str(table), "--colors", "Herald=blurple"]) == 1
    assert "colors of 'Herald': 'blurple' is no colour" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["chart", str(table), "--colors", "crimson"])
    assert "'crimson' has no pairs; give them as name=value,name=value" in capsys.readouterr().err
