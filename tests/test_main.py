"""The command line as a person meets it: what it prints, and one sentence when the input is at fault."""

from __future__ import annotations

import errno
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from toolkit import read
from toolkit.__main__ import main
from toolkit.comparison import correction

STORY = "Outlet: Gazette\n\nMayor quits\n\nRemove Ads\n\nThe mayor quit. “I am tired of it,” said Ilse Brandt.\n"


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "mayor.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


@pytest.fixture
def table(tmp_path: Path) -> str:
    rows = [
        f'{outlet},{story},"The mayor quit. “I am {"very " * n}tired,” said Ilse Brandt."'
        for story, n in (("vote", 1), ("flood", 3))
        for outlet in ("Gazette", "Herald")
    ]
    path = tmp_path / "stories.csv"
    path.write_text("\n".join(["outlet,story_id,text", *rows, "Herald,vote,"]), encoding="utf-8")
    return str(path)


def run(*words: str) -> int:
    return main(list(words))


def test_read_lists_the_articles(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", page) == 0
    assert capsys.readouterr().out == "mayor\tGazette\t15 words\t(no title)\nread: 1 article from 1 file\n"


def test_read_says_how_much_was_read_and_skipped_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.xyz", "b.xyz", "c.txt"):
        (tmp_path / name).touch()
    (tmp_path / "d.jsonl").write_text('{"text": "It rained.", "page": 3}\n{"text": ""}\n', encoding="utf-8")
    (tmp_path / "e.csv").write_text("text,desk\nIt snowed.,harbour\n", encoding="utf-8")
    out = tmp_path / "all" / "articles.csv"
    out.parent.mkdir()
    assert run("read", str(tmp_path), "--out", str(out)) == 0
    *_, read, without, skipped, most, least = capsys.readouterr().out.splitlines()
    assert (read, without, skipped) == ("read: 3 articles from 2 files", "without a text: 1 article", "skipped: 3")
    assert most.startswith("  2: cannot read this kind of file; save it as one of ")
    assert least == "  1: the file is empty; give it the article's text or remove it."
    table = pd.read_csv(out, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert table[["text", "page", "desk"]].values.tolist() == [
        ["It rained.", "3", ""],
        ["", "", ""],
        ["It snowed.", "", "harbour"],
    ]


def test_measure_prints_csv(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("measure", table) == 0
    printed = capsys.readouterr()
    head, *rows = printed.out.splitlines()
    assert printed.err.startswith("note: not measured, see the column error: 1 of 5 (first stories:6: no text: ")
    assert head.startswith("id,outlet,title,date")
    assert len(rows) == 5
    assert rows[-1].endswith("no text: the article has no words in its body; check the text column.")


def test_measure_gives_the_numbers_asked_for(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("measure", table, "--metrics", "length", "quoted_share") == 0
    head = capsys.readouterr().out.splitlines()[0]
    assert head.endswith("words,sentences,paragraphs,junk_words,quoted_share,cautions,error")
    assert run("measure", "no-such-file.txt", "--metrics", "quoted") == 1
    said = (
        "toolkit: No metric and no group of metrics is called 'quoted'; did you mean 'quoted_words' or 'quoted_share'?"
    )
    assert capsys.readouterr().err.strip() == said


def test_explain_shows_ledger_numbers_and_sources(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", page) == 0
    shown = capsys.readouterr().out
    assert "  junk      Remove Ads   (advert control)" in shown
    assert ", Flesch–Kincaid grade " in shown.split("What the numbers would be")[1].split("Numbers (body)")[0]
    assert "Quotations (1; besides them terms, " in shown
    assert "  Ilse Brandt · named_person · 1 attribution\n" in shown
    assert "  Ilse Brandt | said | “I am tired of it,”   (direct, neutral)" in shown


def test_explain_of_an_empty_row_says_so(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", table) == 0
    assert "no text: the article has no words" in capsys.readouterr().out


def test_compare_says_it_in_sentences_and_writes_tables(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["compare", table, "--metric", "quoted_share", "--count-copies", "--out", str(tmp_path / "out")]
    assert run(*words) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("On the same stories, ")
    said, tables = printed.split("\n\nQuoted share (share of body words)\n")
    assert "Fewer than 10 articles say little" in said
    assert not re.search(r"\bp\b|interval", said)
    head = "  outlet                          articles   mean    95% interval  corrected"
    assert tables.splitlines()[0].split() == head.split()
    assert "Gazette − Herald" in tables
    assert max(map(len, printed.splitlines()[:-9])) <= 100
    charts = ["differences-quoted_share.png", "differences-quoted_share.svg"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *charts,
        "differences.csv",
        "estimates.csv",
    ]


def test_the_fast_engine_is_not_corrected_by_the_errors_of_the_accurate_one(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", table, "--metric", "quoted_share", "--engine", "fast") == 0
    printed = capsys.readouterr().out
    assert printed.endswith(f"\n\n{correction.UNKNOWN}\n")
    assert "  95% interval\n" in printed
    assert run("compare", table, "--metric", "words", "--engine", "fast") == 0
    assert correction.UNKNOWN not in capsys.readouterr().out
    chart = ["chart", table, "--kind", "corrected", "--out", str(tmp_path / "c.png")]
    assert run(*chart, "--engine", "fast") == 1
    assert capsys.readouterr().err.strip() == f"toolkit: {correction.UNKNOWN}"


def test_compare_by_a_column_of_the_file_and_names_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = "The ferry ran aground off Brant Island and forty people waited for a tug. “We sang,” said Lee of Tarn."
    rows = [
        {"outlet": f"Paper {k}", "leaning": ("left", "right")[k % 2], "story_id": f"s{k // 2}", "text": f"{k} {copy}"}
        for k in range(4)
    ]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("compare", str(path), "--by", "leaning", "--metric", "quoted_words") == 0
    printed = capsys.readouterr()
    assert "3 articles are near copies of another and are left out of the comparisons" in printed.out
    assert run("compare", str(path), "--by", "leaning", "--metric", "quoted_words", "--count-copies") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("On the same stories, left and right are level in quoted words.\n")
    assert "near cop" not in printed.out
    assert run("measure", str(path)) == 0
    head = capsys.readouterr().out.splitlines()[0].split(",")
    assert head[-1] == "leaning"


def test_compare_finds_the_stories_itself(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run("compare", str(root / "data"), "--story", "auto", "--metric", "sources", "--out", str(out)) == 0
    assert "On the same stories, " in capsys.readouterr().out
    assert (out / "stories.csv").read_text(encoding="utf-8-sig").startswith('"id","story_id","linked_to"')


def test_compare_without_shared_stories_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.csv"
    path.write_text("outlet,story_id,text\nGazette,a,The mayor quit.\nHerald,b,The ferry sank.\n", encoding="utf-8")
    assert run("compare", str(path)) == 0
    printed = capsys.readouterr().out
    assert "No comparison on the same stories: it needs articles of two outlets on the same story, with " in printed
    assert "Anonymous share: no article has a value." in printed


@pytest.mark.parametrize("kind", ["intervals", "paired", "sources", "positions"])
def test_chart_writes_the_picture(kind: str, table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "chart.svg"
    assert run("chart", table, "--kind", kind, "--out", str(out), "--count-copies") == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert out.read_text(encoding="utf-8").lstrip().startswith("<?xml")


@pytest.mark.slow
def test_report_says_where_it_is(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", table, "--out", str(tmp_path / "report"), "--formats") == 0
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert tmp_path / "report" / "report.html" in paths
    assert all(path.stat().st_size for path in paths)


def test_report_notes_what_it_could_not_make(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))
    assert run("report", page, "--out", str(tmp_path / "report"), "--formats", "pdf", "--without-text") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("note: No PDF was written, for no browser is on PATH (looked for chromium, ")
    assert "Ilse Brandt" not in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_report_is_corrected_by_codes_in_a_file(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))
    codes = tmp_path / "codes.csv"
    codes.write_text("id,sources\nstories:1,1\n", encoding="utf-8")
    assert run("report", table, "--out", str(tmp_path / "report"), "--formats", "--codes", str(codes)) == 1
    assert "code at least " in capsys.readouterr().err  # one article is too few for a line
    codes.write_text("", encoding="utf-8")
    assert run("report", table, "--out", str(tmp_path / "report"), "--formats", "--codes", str(codes)) == 1
    assert f"{codes}: not a CSV table of codes" in capsys.readouterr().err


def test_outlet_for_pages_that_name_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.txt"
    path.write_text("The mayor quit.", encoding="utf-8")
    assert run("read", str(path), "--outlet", "Gazette") == 0
    assert "page\tGazette" in capsys.readouterr().out


OWN = (
    "Medium;Überschrift;Volltext;leaning;Ereignis\r\n"
    'Gazette;Mayor quits;"The mayor quit. “I am tired;\ntired,” said Ilse Brandt.";left;e1\r\n'
    'Herald;Mayor goes;"“I am very; very tired,” said Ilse Brandt.";right;e1\r\n'
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text(OWN, encoding="utf-8-sig", newline="")
    return "own.csv"


def test_read_says_which_column_became_what(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--text", "Volltext", "--title", "überschrift", "--outlet", "Medium", "--story", "Ereignis"]
    assert run("read", own, *words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "own:2\tGazette\t10 words\tMayor quits"
    assert lines[-2] == (
        "own.csv: outlet from Medium, title from Überschrift, story_id from Ereignis, text from Volltext;"
        " kept as they are: leaning; no column for: date"
    )
    assert run("read", own, *words, "--out", "out.csv") == 0
    assert "own.csv: outlet from Medium, " in capsys.readouterr().out
    assert Path("out.csv").read_text(encoding="utf-8-sig").splitlines()[0].endswith('"text","leaning"')


@pytest.mark.parametrize(
    "verb", ["read", "measure", "explain", "compare", "chart", pytest.param("report", marks=pytest.mark.slow)]
)
def test_every_verb_takes_columns(verb: str, own: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--text", "Volltext", "--outlet", "Medium", "--story", "Ereignis", "--author", "Medium", "--url", "Medium"]
    more = {"compare": ["--metric", "words"], "report": ["--formats"], "chart": ["--title-column", "Überschrift"]}
    assert run(verb, own, *words, "--date", "leaning", *more.get(verb, [])) == 0
    assert "Gazette" in capsys.readouterr().out or verb in {"chart", "report"}
    assert run(verb, own, "--text", "Voltext") == 1
    assert capsys.readouterr().err.startswith("toolkit: own.csv: no column 'Voltext' or other with the text (columns: ")
    assert run(verb, own, "--text", "Volltext", "--url", "Adresse") == 1
    assert "toolkit: There is no column 'Adresse' (own.csv has " in capsys.readouterr().err


def test_compare_by_columns_that_the_user_names(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    for by in ("Medium", "outlet"):
        words = ["--text", "Volltext", "--outlet", "Medium", "--story", "Ereignis", "--metric", "words", "--by", by]
        assert run("compare", own, *words) == 0
        assert "On the same stories, " in capsys.readouterr().out


def test_an_outlet_that_is_no_column_is_a_name_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\nRain fell.\n", encoding="utf-8")
    assert run("read", str(path), "--outlet", "Gazette") == 0
    printed = capsys.readouterr()
    assert "a:2\tGazette" in printed.out
    assert printed.err == "note: no column 'Gazette' in a.csv; taken for the name of the outlet.\n"


BAD = {
    "empty.txt": (b"", "empty.txt"),
    "binary.txt": (b"\x00\x01\x02\xff" * 50, "binary.txt"),
    "notext.csv": (b"outlet,headline\nGazette,Mayor quits\n", "notext.csv"),
    "broken.jsonl": (b'{"text": "The mayor quit."}\n{"text": }\n', "broken.jsonl:2"),
    "picture.png": (b"\x89PNG", "picture.png"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["read", "measure", "explain", "report"])
def test_input_at_fault_is_one_sentence(
    name: str, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content, place = BAD[name]
    Path(name).write_bytes(content)
    assert run(verb, name) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"toolkit: {place}: ")
    assert printed.err.endswith(".\n")
    assert printed.err.count("\n") == 1
    assert not Path("report").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["measure", "nowhere.txt"],
        ["compare", "{table}", "--metric", "charm"],
        ["compare", "{table}", "--by", "planet"],
        ["chart", "{table}", "--out", "chart.gif"],
        ["chart", "{page}", "--kind", "paired"],
    ],
)
def test_wrong_values_are_one_sentence(
    words: list[str], table: str, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*(word.format(table=table, page=page) for word in words)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("toolkit: ")
    assert lines[0].endswith(".")


@pytest.mark.parametrize("words", [[], ["measure"], ["charm", "x.txt"], ["chart", "x.txt", "--kind", "pie"]])
def test_wrong_usage_exits_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "usage: python -m toolkit" in capsys.readouterr().err


OUT = [
    (["read", "--out", "{out}.csv"], ".csv"),
    (["measure", "--out", "{out}.csv"], ".csv"),
    (["chart", "--kind", "strip", "--out", "{out}.svg"], ".svg"),
    (["compare", "--out", "{out}"], ""),
    (["report", "--out", "{out}", "--without-text", "--formats"], ""),
]


@pytest.mark.parametrize(("words", "ending"), OUT)
def test_place_is_looked_at_before_the_work(
    words: list[str],
    ending: str,
    page: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("toolkit.reading.readers.sift", None)  # whoever begins, fails
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    out = f"file/x{ending}"
    assert run(*(word.format(out="file/x") for word in [words[0], page, *words[1:]])) == 1
    file = "the folder file is a file; make it, or check the path for slips"
    fault = file if ending else "file is a file and not a folder; name another folder"
    assert capsys.readouterr().err == f"toolkit: {out}: {fault}.\n"
    if ending:
        out = f"nowhere/x{ending}"
        assert run(*(word.format(out="nowhere/x") for word in [words[0], page, *words[1:]])) == 1
        fault = "the folder nowhere does not exist; make it, or check the path for slips"
        assert capsys.readouterr().err == f"toolkit: {out}: {fault}.\n"


@pytest.mark.parametrize("words", [words for words, _ in OUT])
def test_a_full_disk_leaves_what_was_there(
    words: list[str], table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.reports.report.pictures", lambda *_: ([], [], {}))
    monkeypatch.chdir(tmp_path)
    older = [Path("x.csv"), Path("x.svg"), Path("x/report.html"), Path("x/estimates.csv"), Path("x/evidence.csv")]
    Path("x").mkdir()
    for path in older:
        path.write_bytes(b"older")

    def full(path: Path, content: bytes | Iterable[bytes]) -> int:
        with path.open("wb") as file:
            file.write((content if isinstance(content, bytes) else next(iter(content)))[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("toolkit.writing._put", full)
    assert run(*(word.format(out="x") for word in [words[0], table, *words[1:]])) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("toolkit: x")
    assert line.endswith(": not written (No space left on device); what was there before is unchanged.")
    assert {path: path.read_bytes() for path in older} == dict.fromkeys(older, b"older")
    assert sorted(path for path in Path().rglob("*") if path.is_file()) == sorted([*older, Path("stories.csv")])


@pytest.mark.parametrize("words", [words for words, _ in OUT])
def test_ctrl_c_is_one_line(
    words: list[str], table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore the signal
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, kept)

    monkeypatch.chdir(tmp_path)
    for work in (
        "toolkit.reading.columns.frame",
        "toolkit.metrics.table._row",
        "toolkit.metrics.table.analysed",
        "toolkit.reports.report._readable",
    ):
        monkeypatch.setattr(work, stop)
    assert run(*(word.format(out="x") for word in [words[0], table, *words[1:]])) == 130
    assert capsys.readouterr() == ("", "toolkit: stopped by Ctrl-C.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["stories.csv"]


def test_formulas_and_numbers_in_every_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {"outlet": "=cmd|' /C calc'!A0", "text": "- The mayor quit.", "tone": -5.5, "=h": "+x", "story_id": "s"},
        {"outlet": "@Herald", "text": "The mayor quit.", "tone": 2, "=h": "\ty", "story_id": "s"},
    ]
    Path("a.json").write_text(json.dumps(rows), encoding="utf-8")
    for verb in ("read", "measure"):
        assert run(verb, "a.json", "--out", f"{verb}.csv") == 0
    capsys.readouterr()
    assert run("measure", "a.json") == 0
    Path("printed.csv").write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("compare", "a.json", "--out", "out", "--metric", "words") == 0
    for path in Path().rglob("*.csv"):
        table = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        cells = [*table.columns, *table.to_numpy().ravel()]
        assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r")], path
        assert not [cell for cell in cells if cell[:1] == "-" and pd.isna(pd.to_numeric(cell, errors="coerce"))], path
    measured = pd.read_csv("printed.csv")
    assert measured["tone"].tolist() == [-5.5, 2.0]
    assert measured["outlet"].tolist() == ["'=cmd|' /C calc'!A0", "'@Herald"]
    assert [article.text for article in read("read.csv")] == ["- The mayor quit.", "The mayor quit."]
    assert [article.outlet for article in read("read.csv")] == [row["outlet"] for row in rows]


@pytest.mark.parametrize(("asked", "shown"), [("--progress", True), ("--no-progress", False)])
def test_progress_is_shown_as_asked(
    asked: str, shown: bool, table: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.progress._PATIENCE", 0)
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    assert run("measure", table, asked) == 0
    assert ("measuring" in capsys.readouterr().err) is shown


def test_a_reader_that_stops_early_is_no_error(table: str, root: Path) -> None:
    command = f"{sys.executable} -m toolkit explain {table} {table} | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
