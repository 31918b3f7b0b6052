"""The file of corrections: what it may hold, how it is found, and the lines that go into it."""

from __future__ import annotations

import csv
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

import toolkit
from toolkit import Article, ArticleError, analyze
from toolkit.article import Correction
from toolkit.attribution.attributions import STANCES
from toolkit.people.sources import KINDS, ROLES
from toolkit.reading import corrections, page_zones
from toolkit.reading.corrections import COLUMNS, CorrectionWarning, add, attach, line, read, values

HEADER = ",".join(COLUMNS)


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "corrections.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_lines_are_read_as_they_stand(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'a,source,"officials, two @5",Kind,Named Person,A. B.,said so', ",,,,,,", "a,zone,Share,kind,junk"
    )
    assert read(path) == [
        Correction("a", "source", "officials, two @5", "kind", "named_person", "A. B.", "said so", "corrections.csv:2"),
        Correction("a", "zone", "Share", "kind", "junk", "", "", "corrections.csv:4"),
    ]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_spreadsheet_may_part_cells_otherwise(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, mark.join(["a", "source", "'=Lee", "anonymous", "Yes"]), header=mark.join(COLUMNS[:5]))
    assert [(one.which, one.value) for one in read(path)] == [("=Lee", "yes")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,sauce,Lee,kind,x",
         "nothing called 'sauce' can be corrected; write one of source, attribution, quotation, zone, line."),
        ("a,source,Lee,knd,x",
         "source has no field 'knd'; write one of kind, role, anonymous, affiliation, name, same as, remove."),
        ("a,quotation,Lee,kind,shout", "quotation has no kind 'shout'; write one of speech, document, term, title."),
        ("a,source,,kind,x", "the column which is empty; write there the words of the source."),
        ("a,source,Lee,same as,", "the column value is empty; write there the other name of the source."),
        ("a,source,Lee,anonymous,maybe", "anonymous is yes or no, not 'maybe'."),
    ],
)  # fmt: skip
def test_a_wrong_line_is_said_in_one_sentence(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ArticleError) as error:
        read(written(tmp_path, row))
    assert str(error.value) == f"corrections.csv:2: {said}"


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"no column which, field; a file of corrections has the columns article,"):
        read(written(tmp_path, header="article,what,value"))
    with pytest.raises(ArticleError, match="corrections cannot be read"):
        read(tmp_path / "none.csv")
    (tmp_path / "corrections.csv").write_bytes(b"article\xff")
    with pytest.raises(ArticleError, match="this is not UTF-8"):
        read(tmp_path / "corrections.csv")


def test_all_values_that_the_toolkit_gives_can_be_written() -> None:
    assert set(values("source", "kind")) == set(KINDS)
    assert set(values("source", "role")) == set(ROLES)
    assert set(values("attribution", "stance")) == set(STANCES)
    assert set(values("zone", "kind")) == set(page_zones.KINDS) - {"subheading"}


def test_a_written_line_is_read_back(tmp_path: Path) -> None:
    words = '=“No, we did not\nsay "that" at all times, and never would”'
    path = written(tmp_path, line("a,b", "attribution", words, 7, "source", "@Lee"))
    (one,) = read(path)
    assert one[:6] == ("a,b", "attribution", "=“No, we did not say @7", "source", "@Lee", "")


def test_lines_are_added_in_the_columns_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    one = Correction("a", "source", "Lee", "kind", "organisation", "A. B.")
    add(path, [one])
    add(path, [one._replace(article="b")])
    assert [each.article for each in read(path)] == ["a", "b"]
    path.write_text("who;value;field;which;what;article", encoding="utf-8")
    add(path, [one])
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "A. B.;organisation;kind;Lee;source;a"
    with pytest.raises(ArticleError, match="source has no kind 'x'"):
        add(path, [one._replace(value="x")])


def test_the_file_beside_the_articles_is_found_and_said(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("It rained.", encoding="utf-8")
    path = written(tmp_path, "rain,zone,It rained,kind,note,A. B.,")
    with pytest.warns(CorrectionWarning) as said:
        found = toolkit.read(tmp_path)
    assert [str(each.message) for each in said] == [f"1 correction taken from {path}."]
    assert [(article.id, len(article.corrections)) for article in found] == [("rain", 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert toolkit.read(tmp_path, corrections=())[0].corrections == ()
        assert len(toolkit.read(tmp_path / "rain.txt", corrections=path)[0].corrections) == 1


def test_lines_for_other_articles_are_said(tmp_path: Path) -> None:
    path = written(tmp_path, *(f"{name},zone,It,kind,note" for name in "vwxyz"))
    with pytest.warns(CorrectionWarning) as said:
        attach([Article("It rained.", id="z")], path)
    assert str(said[0].message) == (
        "4 corrections not used (corrections.csv:2 and further lines): no article here has the id 'v', 'w', 'x' and 1"
        " more."
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # one article of many: the others' lines may wait for theirs
        assert len(corrections.corrected(Article("It rained.", id="z"), path).corrections) == 1


def test_the_header_is_what_the_docs_say() -> None:
    assert next(csv.reader([HEADER])) == ["article", "what", "which", "field", "value", "who", "why"]


PAGE = """Ferry fares rise

Gazette Extra: win a trip to Elm

The fare to Brant Island rises to nine crowns, the port said.
Play our harbour quiz, friends.
The Gazette has asked all ferry companies on the island, and two of them said they would wait until winter.
"""


def test_a_line_of_an_outlet_s_pages_is_what_it_says_wherever_it_stands(tmp_path: Path) -> None:
    rows = ("Gazette,line,gazette extra: *,kind,note", "*,line,Play our * quiz*,kind,junk", "Herald,line,*,kind,junk")
    path = written(tmp_path, *rows)
    with warnings.catch_warnings():
        warnings.simplefilter("error", CorrectionWarning)
        one, other = attach([Article(PAGE, id="a", outlet="Gazette"), Article(PAGE, id="b", outlet="Herald")], path)
        found = {PAGE[zone.span.start : zone.span.end]: zone for zone in analyze(one).zones}
        rest = [zone.kind for zone in analyze(attach([replace(other, outlet="Wire")], read(path)[1:2])[0]).zones]
    zone = found["Gazette Extra: win a trip to Elm"]
    assert (zone.kind, zone.why) == ("note", "corrections.csv:2: gazette extra: *")
    zone = found["Play our harbour quiz, friends."]
    assert (zone.kind, zone.why) == ("junk", "corrections.csv:3: Play our * quiz*")
    assert found[PAGE.splitlines()[-1]].kind == "body"
    assert rest.count("junk") >= 1
    assert [str(each) for each in analyze(one).corrections] == ["kind: note", "kind: junk"]
    assert [one.place for one in other.corrections] == ["corrections.csv:3", "corrections.csv:4"]
    assert "body" in {zone.kind for zone in analyze(other).zones}  # no text is without


def test_a_line_for_no_outlet_here_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Gazette,line,Extra*,kind,junk", "*,line,Extra*,kind,junk")
    with pytest.warns(CorrectionWarning, match="1 correction not used .* no article here has the id 'Gazette'"):
        attach([Article(PAGE, id="a", outlet="Herald")], path)
