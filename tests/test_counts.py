"""One thing has one count: in the row, among the evidence, in every chart's table, in sentences and codebook."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

from toolkit import METRICS, Analysis, Article, analyze, charts, comparison, evidence, measure, read
from toolkit.comparison import in_sentences
from toolkit.explained import explained
from toolkit.metrics import table as tables
from toolkit.reports import methods
from toolkit.reports.marked_article import marked_up

# Told in the headline and a caption, inside another's words, over two paragraphs, by two at once, and denied.
HARD = """“We were never asked,” says Brandt

By Jo Reed

“The bridge will open in May,” Mayor Ilse Brandt said. “It may cost more than we thought.

“But it will open,” she said.

Union leader Tom Ashe and treasurer Mara Voss said the work was rushed. Ashe said that a welder had told him the steel
was “perhaps too thin for winter”, and accused the contractor Delmar Works of fraud.

Delmar Works denied that. A person close to the company said it could reportedly face a fine.

An elderly man looks at the bridge, which “is a joke”, according to Pia Lund. (Jo Reed/The Post)
"""


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    folder = Path(__file__).parent.parent / "data"
    return [analyze(each) for each in [*read(folder), Article(HARD, id="hard", outlet="The Post", title="Hard")]]


@pytest.fixture(scope="module")
def rows(analyses: list[Analysis]) -> pd.DataFrame:
    return measure(analyses).set_index("id")


@pytest.fixture(scope="module")
def shown(analyses: list[Analysis]) -> pd.DataFrame:
    return evidence(analyses)


def sums(table: pd.DataFrame, ids: pd.Index, n: str = "n") -> list[float]:
    return table.groupby("id")[n].sum().reindex(ids, fill_value=0).tolist()


@pytest.mark.parametrize(
    "name", ["sentences", "quotations", "term_runs", "attributions", "denials", "sources", "accused"]
)
def test_evidence_has_as_many_rows_as_the_row_says(name: str, shown: pd.DataFrame, rows: pd.DataFrame) -> None:
    each = shown[shown["counted"] == name]
    assert sums(each.assign(n=1), rows.index) == rows[name].tolist()
    assert rows[name].sum() > 0


@pytest.mark.parametrize(
    ("name", "counted", "what"),
    [
        ("anonymous_sources", "sources", "anonymous"),
        ("named_sources", "sources", "source: named_person"),
        ("organisation_sources", "sources", "source: organisation"),
        ("direct_attributions", "attributions", "content: direct"),
        ("mixed_attributions", "attributions", "content: mixed"),
        ("indirect_attributions", "attributions", "content: indirect"),
    ],
)
def test_kinds_among_the_evidence(name: str, counted: str, what: str, shown: pd.DataFrame, rows: pd.DataFrame) -> None:
    each = shown[(shown["counted"] == counted) & shown["what"].str.contains(what)]
    assert sums(each.assign(n=1), rows.index) == rows[name].tolist()


def test_replies_and_hedges_among_the_evidence(shown: pd.DataFrame, rows: pd.DataFrame) -> None:
    replied = pd.Series(sums(shown[shown["counted"] == "reply_share"].assign(n=1), rows.index), rows.index)
    pd.testing.assert_series_equal(replied / rows["accused"], rows["reply_share"], check_names=False)
    for name in ("hedges_per_1000", "hedges_quoted_per_1000", "hearsay_per_1000"):
        found = pd.Series(sums(shown[shown["counted"] == name].assign(n=1), rows.index), rows.index)
        assert ((found > 0) == (rows[name] > 0)).all()
        words = (1000 * found / rows[name]).dropna()  # of the voice: a whole number, and no more than the body has
        assert ((words - words.round()).abs() < 1e-6).all()
        assert (words <= rows["words"][words.index]).all()


def test_the_charts_tables_hold_as_many(analyses: list[Analysis], rows: pd.DataFrame) -> None:
    assert sums(tables.source_kinds(analyses), rows.index) == rows["sources"].tolist()
    assert sums(tables.roles(analyses), rows.index) == rows["sources"].tolist()
    assert sums(tables.transparency(analyses).assign(n=1), rows.index) == rows["sources"].tolist()
    assert sums(tables.stances(analyses), rows.index) == rows["attributions"].tolist()
    positions = tables.quote_positions(analyses)
    assert sums(positions.assign(n=1), rows.index) == rows["quotations"].tolist()
    assert sums(positions, rows.index, "words") == rows["quoted_words"].tolist()
    kinds = tables.source_kinds(analyses).query("kind == 'named_person'")
    assert sums(kinds, rows.index) == rows["named_sources"].tolist()
    strip = tables.strip(analyses).query("kind != 'own voice'")
    attributed = strip.assign(n=strip["stop"] - strip["start"]).groupby("id")["n"].sum().reindex(rows.index)
    pd.testing.assert_series_equal(attributed, rows["attributed_share"], check_names=False)


def test_the_charts_and_the_sentences_say_as_many(analyses: list[Analysis], rows: pd.DataFrame) -> None:
    with warnings.catch_warnings(action="ignore", category=comparison.SmallSampleWarning):
        (said,) = (one for one in in_sentences.findings(rows.reset_index(), resamples=99) if " measured: " in one)
        for kind, name in (("sources", "sources"), ("positions", "quotations"), ("stances", "attributions")):
            ax = charts.draw(kind, analyses)
            (n,) = {found for text in ax.texts for found in re.findall(r"\(n\s=\s(\d+)", text.get_text())}
            assert int(n) == rows[name].sum()
    for name in ("attributions", "sources"):
        assert f"{rows[name].sum():.0f} {name}" in said


def test_the_codebook_says_as_many(analyses: list[Analysis], rows: pd.DataFrame) -> None:
    book = methods.codebook(analyses, rows)
    n = book[book["value"] != ""].groupby("variable")["n"].sum()
    assert n["attribution"] == n["stance"] == rows["attributions"].sum()
    assert n["source"] == n["role"] == rows["sources"].sum()
    assert n["quotation"] == rows["quotations"].sum() + rows["term_runs"].sum()


def test_what_is_shown_of_one_article_says_as_many(analyses: list[Analysis], rows: pd.DataFrame) -> None:
    for found in analyses:
        row = rows.loc[found.article.id]
        counts = {name: f"{row[name]:.0f}" for name in ("quotations", "attributions", "sources")}
        assert ", ".join(f"{n} {name}" for name, n in counts.items()) in repr(found)
        said = "\n".join(explained(found))
        assert all(f"{name.capitalize()} ({n}" in said for name, n in counts.items())
        page = marked_up(found)
        assert f"Evidence: {counts['attributions']} attribution" in page
        (legend,) = re.findall(r'<ul class="mat-legend">(.*?)</ul>', page)
        listed = re.findall(r"<li>(.*?)</li>", legend)
        assert sum("not counted" not in each and "no source given" not in each for each in listed) == row["sources"]


def test_what_stands_outside_the_body_is_shown_and_told_apart(shown: pd.DataFrame, analyses: list[Analysis]) -> None:
    mine = shown[shown["id"] == "hard"]
    headline = mine[mine["words"] == "“We were never asked,”"]
    assert headline["what"].tolist() == ["content: direct", "quotation: speech"]
    assert headline["why"].str.endswith("not in the body, not counted").all()
    assert headline["counted"].tolist() == ["", ""]
    assert set(shown.loc[shown["what"].str.startswith("nested"), "counted"]) == {""}
    assert set(shown["counted"]) <= {*METRICS, ""}
    assert "not in the body, not counted" in marked_up(analyses[-1])


def test_a_quotation_over_two_paragraphs_is_one(shown: pd.DataFrame) -> None:
    runs = shown[(shown["id"] == "hard") & shown["why"].str.contains("goes on")]
    assert runs["counted"].tolist() == [""]
