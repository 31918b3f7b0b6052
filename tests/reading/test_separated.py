"""Tables as spreadsheets and scripts write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.article import ArticleError
from toolkit.reading import readers

ROW = ("Gazette", "“Fares, rise; again | now”\n\nsaid \"Ada\".\tMore.")  # fmt: skip


def quoted(cells: tuple[str, ...], mark: str) -> str:
    return mark.join('"' + cell.replace('"', '""') + '"' for cell in cells)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("top", ["", "sep={}\n", '"sep={}"\r\n'])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_whatever_parts_the_cells(mark: str, top: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    lines = [mark.join(("outlet", "text", "Leaning")), quoted((*ROW, "left"), mark)]
    path.write_bytes(("\ufeff" + top.format(mark) + "\r\n".join(lines)).encode())
    (article,) = readers.read(path)
    assert (article.outlet, article.text, article.more) == (*ROW, {"Leaning": "left"})
    assert article.origin == f"{name}:2"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_without_a_known_name_is_parted_too(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Blatt{mark}Volltext\n{quoted(ROW, mark)}", encoding="utf-8")
    (article,) = readers.read(path, columns={"text": "Volltext", "outlet": "Blatt"})
    assert (article.outlet, article.text) == ROW


@pytest.mark.parametrize(
    "line", ['Gazette, "Fares, he rose"', '"Gazette","Fares, he rose",', '"Gazette","Fares, he rose",,']
)
def test_a_space_before_a_mark_and_empty_cells_behind_a_row(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"outlet,text\n{line}\n", encoding="utf-8")
    (article,) = readers.read(path)
    assert (article.outlet, article.text) == ("Gazette", "Fares, he rose")


def test_marks_behind_a_backslash(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('outlet,text\n"Gazette","It is \\"fine\\", he said"\n', encoding="utf-8")
    (article,) = readers.read(path)
    assert article.text == 'It is "fine", he said'


def test_a_short_row_is_kept_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,outlet,page\nRain.\nSnow.,Gazette,1\n", encoding="utf-8")
    first, second = readers.read(path)
    assert (first.text, first.note, second.note) == ("Rain.", "the row has 1 cell for 3 columns", "")


def test_a_long_row_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\ntext;outlet\nRain;snow;hail\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"^a\.csv: row 2 has 3 cells for 2 columns; put cells that hold"):
        readers.read(path)


def test_blank_lines_above_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n;\ntext;outlet\nRain, he said;Gazette\n", encoding="utf-8")
    (article,) = readers.read(path)
    assert (article.text, article.outlet, article.origin) == ("Rain, he said", "Gazette", "a.csv:2")


@pytest.mark.parametrize("content", ["sep=;\n", "sep=;\n;\n", "text\n"])
def test_no_rows(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArticleError, match=r"^a\.csv: the table has a header and no rows; add one row"):
        readers.read(path)


def test_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Medium;Überschrift;Text\r\nGazette;Fähre;“Nein”\r\n".encode("cp1252"))
    (article,) = readers.read(path, columns={"title": "Überschrift"})
    assert (article.title, article.text, article.note) == ("Fähre", "“Nein”", "read as Windows-1252")
