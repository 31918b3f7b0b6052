"""What notebooks begin with: no article is lost, and tables are whole."""

from __future__ import annotations

import pandas as pd

from toolkit import Analysis, Article
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
