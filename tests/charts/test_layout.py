"""What every chart has in common: its words, its place, its file, and what stays as it was."""

from __future__ import annotations

import errno
import itertools
import re
import subprocess
import sys
from inspect import signature
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from charting import MIX, PLACES, STRIP, drawn, estimates, measured, part, voiced, words
from matplotlib.figure import Figure

from toolkit import Analysis, Article, analyze, charts, comparison
from toolkit.charts import lettering, picture
from toolkit.charts.picture import ChartError
from toolkit.writing import WritingError

LOOKS = "title subtitle source palette colors order labels width height font dark ax".split()
EACH = pytest.mark.parametrize("chart", list(charts.CHARTS))


@EACH
def test_finding_unit_n_method_and_description(chart: str) -> None:
    ax = drawn(chart, source="invented articles")
    title, subtitle, source = (words(ax, gid) for gid in ("title", "subtitle", "source"))
    assert re.search(r"\d", title), "a finding has a number"
    assert re.search(r"\(n = [\d,]+ (article|stor|source|attribution|quotation|word)|n = stories", subtitle)
    assert re.match(r"Source: invented articles\. (Interval|Shares|Means|Medians|Counts|Stories)\b.*\.$", source)
    assert charts.alt_text(ax).startswith(f"{title}. ")
    assert charts.alt_text(ax).endswith(".")
    assert len(charts.alt_text(ax)) > len(title) + 40


@EACH
def test_what_the_user_set_of_no_font_or_colour_stays_and_does_not_show(chart: str) -> None:
    loudly = {"axes.grid": True, "savefig.bbox": "tight", "figure.dpi": 40, "lines.linewidth": 9, "axes.titlesize": 40}
    with mpl.rc_context(loudly | {"text.parse_math": True}):
        before = mpl.rcParams.copy()
        loud = charts.image(drawn(chart), form="png")
        assert mpl.rcParams == before
    assert loud == charts.image(drawn(chart), form="png")


@EACH
def test_dollars_are_text(chart: str) -> None:
    ax = drawn(chart, title="From $5 to $10")
    assert words(ax, "title") == "From $5 to $10"
    ax.figure.canvas.draw()
    for text in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label]:
        assert not text.get_parse_math(), text


@EACH
def test_a_given_axes_is_drawn_on_and_kept(chart: str) -> None:
    figure = Figure(figsize=(12, 4))
    left, right = figure.subplots(1, 2)
    assert drawn(chart, ax=left) is left
    assert figure.axes == [left, right]
    assert not right.texts
    assert not right.get_label()


@EACH
@pytest.mark.parametrize("width", [charts.HALF, charts.COLUMN, charts.SLIDE])
def test_every_word_stays_inside_the_figure(chart: str, width: float) -> None:
    axes = drawn(chart, width=width, source="invented " * 30)
    figure = axes.figure
    assert figure.get_figwidth() == pytest.approx(width)
    with picture.style():
        figure.canvas.draw()
    low, high = axes.get_xlim()
    ticks = [label for label in axes.get_xticklabels() if low <= label.get_position()[0] <= high]
    everything = [*axes.texts, *axes.get_yticklabels(), *ticks, axes.xaxis.label]
    for text in everything:
        box = text.get_window_extent()
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= figure.bbox.width + 1 and box.y1 <= figure.bbox.height + 1
        assert inside or not text.get_text(), text
        assert text.get_fontsize() >= 6 or not text.get_text(), text
    stacked = [part(axes, gid).get_window_extent() for gid in ("title", "subtitle", "source")]
    below = [label.get_window_extent() for label in [*ticks, axes.xaxis.label]]
    assert not stacked[0].overlaps(stacked[1])
    assert not any(stacked[2].overlaps(box) for box in below if box.width)
    labels = [label.get_window_extent() for label in axes.get_yticklabels() if label.get_text()]
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(labels))
    along = [label.get_window_extent() for label in ticks if label.get_text()]
    assert not any(one.overlaps(two) for one, two in itertools.pairwise(along))


@pytest.mark.slow
@pytest.mark.parametrize("chart", ["intervals", "strip", "trend"])
def test_files_are_the_same_each_time_and_describe_themselves(chart: str, tmp_path: Path) -> None:
    first, again = (charts.save(drawn(chart), tmp_path / name / "v1.5 chart") for name in ("one", "two"))
    assert [path.name for path in first] == ["v1.5 chart.png", "v1.5 chart.svg", "v1.5 chart.pdf"]
    for one, two in zip(first, again, strict=True):
        assert one.read_bytes() == two.read_bytes()
    svg = first[1].read_text(encoding="utf-8")
    assert not re.search(r"<dc:date>|Matplotlib v", svg)
    assert "<dc:description>" in svg
    assert not re.search(rb"/CreationDate|/Producer", first[2].read_bytes())
    assert b"Description" in first[0].read_bytes()


def test_a_light_svg_has_its_words_as_text_of_the_same_width(tmp_path: Path) -> None:
    ax = drawn("sources", title="From $5 & up")
    full, light = (charts.image(ax, light=light, paths=not light).decode() for light in (False, True))
    assert len(light) < len(full) / 3
    assert "<use" not in light
    found = re.findall(r'<text font-size="(\S+)"( font-weight="bold")? .*?textLength="(\S+)">(.*?)</text>', light)
    assert "From $5 &amp; up" in {text for *_, text in found}
    assert "3.456" in charts.image(drawn("strip", title="3.456"), light=True).decode()
    assert {"Herald", "n = 8"} <= {text for *_, text in found}
    for size, bold, wide, text in found:
        wanted = lettering.width_of(text.replace("&amp;", "&"), float(size), bold=bool(bold))
        assert float(wide) == pytest.approx(wanted, abs=0.06)
    assert charts.image(ax, light=True).decode() == light


def test_a_notebook_shows_the_file_and_its_description() -> None:
    ax = drawn("sources")
    data, about = ax.figure._repr_mimebundle_(include=None, exclude=None)
    assert data == {"image/png": charts.image(ax, form="png")}
    assert about == {"image/png": {"alt": charts.alt_text(ax), "width": round(96 * charts.COLUMN)}}


def test_rows_too_many_to_name_are_drawn_without_names() -> None:
    table = PLACES.assign(id="a")
    many = [table.assign(id=f"article {k}") for k in range(100)]
    ax = charts.quote_positions(pd.concat(many), by="id")
    assert ax.figure.get_figheight() < 20
    assert not ax.get_yticklabels()
    assert "100 rows, too many to name" in words(ax, "subtitle")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "highest"), [(charts.SLIDE, 8), (charts.HALF, 9.5)])  # text of 14 points
def test_twelve_outlets_fit_a_slide_and_half_a_column(width: float, highest: float) -> None:
    frame = measured(12, 12)
    names = list(frame["outlet"].unique())
    voices = [(name, voice, 9.0, 8.0, 12.0) for name in names for voice in ("", "own_voice", "quotations", "lead")]
    kinds = pd.DataFrame([(name, kind, 3) for name in names for kind in charts.KINDS], columns=["outlet", "kind", "n"])
    stretches = [(name, str(k), k / 9, (k + 1) / 9, kind, "") for name in names for k, kind in enumerate(charts.KINDS)]
    means = estimates(*((name, 12, 0.3, 0.1, 0.6) for name in names))
    pairs = comparison.differences(frame, "quoted_share", reference=names[0], resamples=99)
    drawings = {
        "intervals": charts.intervals(means, frame, width=width),
        "corrected": charts.corrected(
            means.assign(corrected=0.4, corrected_low=0.1, corrected_high=0.9, n_coded=92), width=width
        ),
        "paired": charts.paired(pairs, width=width),
        "dumbbell": charts.dumbbell(frame, metric="quoted_share", width=width),
        "voices": charts.voices(voiced(*voices), width=width),
        "coverage": charts.coverage(frame, width=width),
        "sources": charts.source_mix(kinds, width=width),
        "strip": charts.strip(pd.DataFrame(stretches, columns=list(STRIP)), width=width),
        "positions": charts.quote_positions(frame.rename(columns={"quoted_share": "position"}), width=width),
        "transparency": charts.transparency(frame, width=width),
    }
    for name, ax in drawings.items():
        figure = ax.figure
        assert figure.get_figheight() <= highest + 0.01, name
        with picture.style():
            figure.canvas.draw()
        for text in [*ax.texts, *ax.get_yticklabels()]:
            box = text.get_window_extent()
            assert not text.get_text() or (box.x0 >= -1 and box.x1 <= figure.bbox.width + 1), (name, text)
        labels = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
        assert not any(one.overlaps(two) for one, two in itertools.pairwise(labels)), name


def test_the_words_of_a_frame_are_in_every_signature_and_no_other_is_taken() -> None:
    for entry in charts.CHARTS.values():
        assert list(signature(entry.function).parameters)[-12:] == LOOKS
    assert list(signature(charts.draw).parameters)[-12:] == LOOKS
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'titel'"):
        charts.strip(STRIP, titel="Who speaks")


def test_lines_keep_n_with_its_number_and_end_in_an_ellipsis() -> None:
    text = "Mean of many articles (n = 1,200 articles)"
    for points in range(60, 300, 20):
        assert any("(n = 1,200" in line for line in lettering.wrap(text, points, 8))
    assert lettering.wrap("Intercontinental Holdings", 40, 8, lines=1)[0].endswith("…")
    assert lettering.width_of(lettering.wrap("Intercontinental", 40, 8)[0], 8) <= 40


@pytest.mark.parametrize(
    "call",
    [
        lambda: charts.intervals(estimates()),
        lambda: charts.paired(drawn_from_nothing("paired")),
        lambda: charts.voices(estimates()),
        lambda: charts.trend(drawn_from_nothing("trend")),
        lambda: charts.dumbbell(drawn_from_nothing("dumbbell"), metric="quoted_share"),
        lambda: charts.coverage(drawn_from_nothing("coverage")),
        lambda: charts.transparency(drawn_from_nothing("transparency")),
        lambda: charts.source_mix(MIX.head(0)),
        lambda: charts.stances(drawn_from_nothing("stances")),
        lambda: charts.quote_positions(PLACES.head(0)),
        lambda: charts.strip(STRIP.head(0)),
    ],
)
def test_an_empty_table_has_nothing_to_draw(call: object) -> None:
    assert callable(call)
    with pytest.raises(ChartError) as caught:
        call()
    assert str(caught.value) == "The table has no rows, so there is nothing to draw."


def drawn_from_nothing(chart: str) -> pd.DataFrame:
    columns = {
        "paired": ["a", "b", "metric", "n", "difference", "low", "high"],
        "trend": ["period", "metric", "n", "mean", "low", "high"],
        "dumbbell": ["outlet", "story_id", "quoted_share"],
        "coverage": ["outlet", "date"],
        "transparency": ["outlet", "transparency_class"],
        "stances": ["kind", "stance", "n"],
    }
    return pd.DataFrame(columns=columns[chart])


def test_another_form_is_refused() -> None:
    with pytest.raises(ChartError, match=r"^The form 'gif' is not known; save as png, svg or pdf\.$"):
        charts.save(drawn("sources"), "chart", formats=["gif"])


def test_charts_load_no_pyplot() -> None:
    code = "import sys, toolkit.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent.parent, check=False).returncode
        == 0
    )


def test_of_few_articles_the_title_claims_no_difference_and_none_is_warned_of(recwarn: pytest.WarningsRecorder) -> None:
    ax = charts.source_mix(MIX.assign(id=["a", "a", "b", "b", "b"]))
    assert words(ax, "title") == "Named persons: 20.0% to 75.0% of sources"
    assert not [one for one in recwarn if issubclass(one.category, comparison.SmallSampleWarning)]


# Files


@pytest.mark.parametrize("name", ["out.png", "out.svg", "out.pdf", "OUT.PNG", "v1.5 chart.png"])
def test_a_name_with_an_ending_is_that_file(name: str, tmp_path: Path) -> None:
    ax = drawn("sources")
    assert charts.save(ax, tmp_path / name) == [tmp_path / name]
    assert charts.save(ax.figure, str(tmp_path / name)) == [tmp_path / name]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == charts.image(ax, form=name[-3:].lower())


@pytest.mark.parametrize(
    ("path", "formats", "names"),
    [
        ("out", ["svg"], ["out.svg"]),
        ("out.png", ["png"], ["out.png"]),
        ("out.png", ["png", "svg"], ["out.png", "out.svg"]),
        ("v1.5 chart", None, ["v1.5 chart.png", "v1.5 chart.svg", "v1.5 chart.pdf"]),
        ("chart.final", ["png"], ["chart.final.png"]),
    ],
)
def test_formats_name_the_endings(path: str, formats: list[str] | None, names: list[str], tmp_path: Path) -> None:
    assert [each.name for each in charts.save(drawn("sources"), tmp_path / path, formats=formats)] == names


@pytest.mark.parametrize("name", ["out.gif", "out.jpeg", "out.JPG", "out.mp4", "out.eps"])
def test_another_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ChartError) as raised:
        charts.save(drawn("sources"), tmp_path / name)
    message = "cannot write a chart of this kind; end the name in .png, .svg or .pdf."
    assert str(raised.value) == f"{tmp_path / name}: {message}"
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_chart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match=r"^The chart is a str; give the Axes that a chart function gives\.$"):
        charts.save(str(tmp_path / "out.png"), "out.png")  # type: ignore[arg-type]


def test_a_full_disk_leaves_the_older_chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out.png").write_bytes(b"older")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WritingError, match=r"out\.png: not written \(No space left on device\); what was there before"):
        charts.save(drawn("sources"), tmp_path / "out")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"older"]


# Names as they come


ODD = "Her\x07ald \ud800 & <b> ]]> -- \ufffe \x1b[31m"


@pytest.fixture(scope="module")
def oddly_named() -> list[Analysis]:
    text = "“We are done,” said Mayor Ilse Brandt. The council meets on Friday. Officials said the plan was late. "
    return [
        analyze(
            Article(text * (k + 1), id=f"{ODD}{k}", outlet=(ODD, "日本 नव ب")[k % 2], story=f"s{k // 2}", published=day)
        )
        for k, day in enumerate(("2024-01-03", "2024-01-04", "2024-02-03", "2024-02-04"))
    ]


@EACH
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::toolkit.comparison.SmallSampleWarning")
def test_odd_names_make_valid_xml_and_one_note(chart: str, oddly_named: list[Analysis]) -> None:
    given = oddly_named[:1] if chart == "speakers" else oddly_named
    ax = charts.draw(chart, given, count_copies=True, source=f"{ODD} 日本 नव")
    for light in (False, True):
        with pytest.warns() as said:
            svg = charts.image(ax, light=light)
        root = ElementTree.fromstring(svg)
        assert not light or "\ufffd" in "".join(root.itertext())
        (note,) = said
        assert note.category is picture.GlyphWarning
        assert str(note.message) == (
            "No font here has न व 日 本, so the chart shows boxes there;"
            " install Noto Sans CJK and Noto Sans Devanagari and start anew."
        )
    with pytest.warns(picture.GlyphWarning):
        assert charts.image(ax, form="pdf").startswith(b"%PDF")


def test_a_font_of_the_machine_helps_out(recwarn: pytest.WarningsRecorder) -> None:
    """A circled letter, which DejaVu has not; STIX, which comes with matplotlib, has it."""
    assert lettering.families("Ⓐ") == ["DejaVu Sans", "STIXGeneral"]
    assert lettering.without_sign("Ⓐ\u200b\n") == ""
    assert 0.5 < lettering.width_of("Ⓐ", 1) < 1.5
    assert lettering.width_of("aⒶ", 10) > lettering.width_of("Ⓐ", 10)
    ax = charts.source_mix(MIX.assign(outlet="Ⓐ Herald"), title="Ⓐ")
    assert {tuple(label.get_fontfamily()) for label in ax.get_yticklabels()} == {("DejaVu Sans", "STIXGeneral")}
    charts.image(ax, form="png")
    assert [str(each.message) for each in recwarn if "Glyph" in str(each.message)] == []


@pytest.mark.parametrize(
    ("characters", "fonts"),
    [
        ("日한あ", "Noto Sans CJK"),
        ("ক", "Noto Sans Bengali"),
        ("አ🎉", "Noto Sans Ethiopic and Noto Sans Symbols 2"),
    ],
)
def test_fonts_to_install(characters: str, fonts: str) -> None:
    assert lettering.suited(characters) == fonts
