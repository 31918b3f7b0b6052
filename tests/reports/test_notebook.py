"""What notebooks begin with: no article is lost, and tables are whole."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd

from toolkit import Analysis, Article, charts
from toolkit.reports import notebook

WIRE = "The ferry to Brant Island ran aground on Monday morning and forty people waited there for a tug. "


def test_no_article_is_lost_and_near_copies_are_marked() -> None:
    given = [Article(WIRE, id="cut"), Article(WIRE + "It rained.", id="wire"), Article("", id="empty")]
    stories, measured = notebook.opened(given)
    assert [story.article.id for story in stories] == ["cut", "wire", "empty"]
    assert all(isinstance(story, Analysis) for story in stories)
    assert measured["copy_of"].tolist() == ["wire", "", ""]
    assert measured["error"].str.startswith("no text").tolist() == [False, False, True]


def test_a_table_is_read_from_the_left_and_is_whole() -> None:
    long = "a sentence that goes on; " * 20 + "and ends"
    with pd.option_context("display.max_colwidth", None):
        shown = notebook.whole(pd.DataFrame({"words": [long]}))
    assert long in shown
    assert "text-align: left" in shown


def test_a_notebook_may_have_all_its_charts_dark() -> None:
    with mpl.rc_context():
        stories, _ = notebook.opened(["“It is late,” said Mara Voss. It rained."], dark=True)
        ax = charts.draw("speakers", stories[0])
    assert ax.get_facecolor()[:3] == mpl.colors.to_rgb(charts.looks.DARK_GROUND)
    assert sum(part.get_facecolor()[:3] > (0.9, 0.9, 0.9) for part in ax.patches) > 0, "a named person can be seen"
    plain = charts.draw("speakers", stories[0])
    assert plain.get_facecolor()[:3] == (1, 1, 1), "a white panel, as it is printed"
