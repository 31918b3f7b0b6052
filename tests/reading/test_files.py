"""Folders as they are on a real disk: each oddity is one sentence, nothing waits, and the rest is read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from toolkit import Article, ArticleError, read
from toolkit.reading import files, readers

KINDS = " ".join(sorted(readers.READERS))
OTHER = f"cannot read this kind of file; save it as one of {KINDS}."
ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes as POSIX has them")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with one good article."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Ferry fares rise.", encoding="utf-8")
    return folder


def sifted(*given: str) -> tuple[list[str], dict[str, str]]:
    found, skipped = readers.sift(given)
    return [article.id for article in found], {each.path: each.why for each in skipped}


def child(code: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Code in a process of its own: whoever waits for ever is ended there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


# One oddity beside a good article


def dead(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def looped(path: Path) -> None:
    path.symlink_to(path.name)


def piped(path: Path) -> None:
    os.mkfifo(path)


def plugged(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(os.path.relpath(path))  # the name of a socket is short


def null(path: Path) -> None:
    path.symlink_to(os.devnull)


ODD = {
    "dead.txt": (dead, "a link to what is not there; mend or remove it."),
    "loop.txt": (looped, "a link that leads back to itself; mend or remove it."),
    "pipe.txt": (piped, "not a file but a named pipe; save the text in a file."),
    "plug.txt": (plugged, "not a file but a socket; save the text in a file."),
    "null.txt": (null, "not a file but a device; save the text in a file."),
    "b.jpg": (lambda path: path.write_bytes(b"PK"), OTHER),
    "b": (lambda path: path.write_bytes(b"x"), OTHER),
    "b.txt": (lambda path: path.write_bytes(b""), "the file is empty; give it the article's text or remove it."),
    "c.txt": (lambda path: path.write_bytes(b"a\0b"), files.NOT_TEXT),
    "c.json": (
        lambda path: path.write_bytes(b"[]"), "the file holds no articles; give a list of objects, one an article."
    ),
}  # fmt: skip


@posix
@pytest.mark.parametrize("name", ODD)
def test_oddity_is_one_sentence_and_the_rest_is_read(here: Path, name: str) -> None:
    make, why = ODD[name]
    make(here / name)
    for given in ("news", "news/*", "**/*"):
        assert sifted(given) == (["a"], {f"news/{name}": why}), given
    assert sifted("news/a.txt", f"news/{name}") == (["a"], {f"news/{name}": why})
    (here / "a.txt").unlink()
    for given in (f"news/{name}", "news"):
        with pytest.raises(ArticleError) as raised:
            read(given)
        if why != OTHER or given != "news":
            assert str(raised.value) in (f"news/{name}: {why}", f"{name}: {why}")
        else:
            assert str(raised.value) == f"news: no articles in this folder; put files there of kind {KINDS}."


@posix
@pytest.mark.parametrize("given", ["news", "news/*", "news/**", "news/pipe.txt", "news/alias.txt"])
def test_a_pipe_is_not_waited_for(here: Path, given: str) -> None:
    os.mkfifo(here / "pipe.txt")
    (here / "alias.txt").symlink_to("pipe.txt")
    done = child(f"import toolkit.__main__ as m, sys; sys.exit(m.main(['read', {given!r}]))", cwd=here.parent)
    assert "pipe.txt" in done.stderr or "alias.txt" in done.stderr
    assert "not a file but a named pipe" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if given.endswith(".txt") else 0)


# Links to folders


@posix
def test_linked_folders_are_read_once_and_loops_are_told(here: Path) -> None:
    sub = here / "sub"
    sub.mkdir()
    (sub / "b.txt").write_text("It rained.", encoding="utf-8")
    (sub / "up").symlink_to("..", target_is_directory=True)
    (here / "twin").symlink_to("sub", target_is_directory=True)
    (here / "self").symlink_to(".", target_is_directory=True)
    outside = here.parent / "outside"
    outside.mkdir()
    (outside / "c.txt").write_text("It snowed.", encoding="utf-8")
    (here / "out").symlink_to(outside, target_is_directory=True)
    back = "a link back to a folder that holds it; remove it."
    names, skipped = sifted("news")
    assert names == ["a", "c", "b"]
    assert set(skipped.values()) == {back}
    assert {"news/self", "news/sub/up"} >= set(skipped) - {"news/twin/up"}
    assert sorted(article.id for article in read("news/**/*.txt")) == ["a", "b", "c"]


@posix
def test_many_links_to_one_folder_are_walked_once(here: Path) -> None:
    """Twice as many ways at each level: 2**40 where each is gone."""
    below = here
    for level in range(40):
        (below / f"level{level}").mkdir()
        for name in ("x", "y"):
            (below / name).symlink_to(f"level{level}", target_is_directory=True)
        below /= f"level{level}"
    (below / "b.txt").write_text("It rained.", encoding="utf-8")
    assert sorted(article.id for article in read("news")) == ["a", "b"]
    assert sorted(article.id for article in read("news/**")) == ["a", "b"]


# What may not be opened; root may open all, so a child without its rights tries


LOCKED = """
import contextlib, io, os, sys
import toolkit.__main__ as m
with contextlib.redirect_stdout(io.StringIO()):
    m.main(["read", "news/a.txt"])  # what is imported when it is first needed may lie where only root can read
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(m.main(["read", {given!r}]))
"""


@posix
@pytest.mark.parametrize(
    ("given", "mode", "line"),
    [
        ("news", 0o000, "news/shut: the folder may not be read (Permission denied); change its permissions."),
        ("news", 0o444, "news/shut/b.txt: cannot be reached (Permission denied); change the permissions."),
        ("news", 0o755, "news/shut/b.txt: the file may not be read (Permission denied); change its permissions."),
        ("news/shut", 0o000, "news/shut: the folder may not be read (Permission denied); change its permissions."),
        ("news/shut/b.txt", 0o755, "b.txt: the file may not be read (Permission denied); change its permissions."),
        ("news/shut/b.txt", 0o000, "news/shut/b.txt: cannot be reached (Permission denied); change the permissions."),
        ("news/shut/*.txt", 0o000, "news/shut/*.txt: cannot be reached (Permission denied); change the permissions."),
    ],
)
def test_what_may_not_be_read_is_told(here: Path, given: str, mode: int, line: str) -> None:
    shut = here / "shut"
    shut.mkdir()
    (shut / "b.txt").write_text("It rained.", encoding="utf-8")
    (shut / "b.txt").chmod(0o000)
    here.chmod(0o755)
    here.parent.chmod(0o755)
    shut.chmod(mode)
    try:
        done = child(LOCKED.format(given=given), cwd=here.parent)
    finally:
        shut.chmod(0o755)
    if given == "news":
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, "a\t(unknown)\t3 words\t(no title)")
        assert done.stderr == f"note: 1 was found and not read:\n  {line}\n"
    else:
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"toolkit: {line}\n")


# What is too large


def test_binary_is_known_by_its_beginning(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (here / "disk.csv").open("wb") as file:
        file.truncate(3_000_000_000)  # takes no room: the zeros are not written
    with pytest.raises(ArticleError) as raised:
        read("news/disk.csv")
    assert str(raised.value) == f"disk.csv: {files.NOT_TEXT}"


@pytest.mark.parametrize(
    ("name", "limit"), [("b.txt", "20"), ("b.html", "20"), ("b.csv", "1,000"), ("b.json", "1,000")]
)
def test_size_is_known_before_it_is_loaded(here: Path, name: str, limit: str) -> None:
    with (here / name).open("wb") as file:
        file.write(b"text " * 200_000)
        file.truncate(int(limit.replace(",", "")) * 1_000_000)
    with pytest.raises(ArticleError) as raised:
        read(f"news/{name}")
    assert str(raised.value) == (
        f"{name}: {limit} MB, too large to read at once (the limit is {limit} MB);"
        " split it, or give measure() parts of the table."
    )


# How it is told


def test_read_warns_once_and_the_warning_has_each(here: Path) -> None:
    for name in ("b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.txt"):
        (here / name).touch()
    with pytest.warns(files.SkippedWarning) as said:
        assert read("news") == [Article("Ferry fares rise.", id="a", origin="a.txt")]
    (warning,) = said
    assert isinstance(warning.message, files.SkippedWarning)
    assert [each.path for each in warning.message.skipped] == [
        "news/b.jpg", "news/c.jpg", "news/d.jpg", "news/e.jpg", "news/f.txt",
    ]  # fmt: skip
    assert str(warning.message).splitlines() == [
        "5 were found and not read:",
        f"  news/b.jpg, news/c.jpg, news/d.jpg and 1 more: {OTHER}",
        "  news/f.txt: the file is empty; give it the article's text or remove it.",
    ]
    assert warning.filename == __file__


def test_many_reasons_are_cut_short(here: Path) -> None:
    for k in range(13):
        (here / f"{k:02}.csv").write_text(f"column{k}\nx\n", encoding="utf-8")
    with pytest.warns(files.SkippedWarning) as said:
        read("news")
    lines = str(said[0].message).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "  … and 3 more reasons; reading.sift gives all."


def test_a_row_at_fault_is_named(here: Path) -> None:
    (here / "b.jsonl").write_text('{"text": "It rained."}\n{"text": }\n', encoding="utf-8")
    assert sifted("news")[1] == {
        "news/b.jsonl:2": "not JSON (Expecting value: line 1 column 10 (char 9)); mend it or remove it."
    }


def test_nothing_is_told_of_what_is_left_out_by_rule(here: Path) -> None:
    for name in ("README.md", "readme.docx", ".DS_Store", ".git/config", "gold/a.txt"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text("x", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [article.id for article in read(["news", "news/*.*"])] == ["a"]


def test_none_of_several_can_be_read(here: Path) -> None:
    (here / "b.txt").touch()
    (here / "c.txt").touch()
    (here / "a.txt").unlink()
    with pytest.raises(ArticleError) as raised:
        read("news")
    why = "the file is empty; give it the article's text or remove it."
    assert str(raised.value) == f"news/b.txt (and 1 more cannot be read): {why}"


def test_an_empty_folder_among_others(here: Path) -> None:
    (here.parent / "void").mkdir()
    assert sifted("void", "news") == (["a"], {"void": f"no articles in this folder; put files there of kind {KINDS}."})


def test_stars_within_a_name_and_at_the_end(here: Path) -> None:
    for name in ("sub/deep/b.txt", "sub/c.txt", "x[1]/d.txt"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("It rained.", encoding="utf-8")
    assert sorted(sifted("news/**")[0]) == ["a", "b", "c", "d"]
    assert sifted("news/**/deep/*.txt")[0] == ["b"]
    assert sorted(sifted("**/sub/**/*.txt")[0]) == ["b", "c"]
    assert sifted("news/**/d*")[0] == ["b", "d"]
    assert sifted(str(here / "**" / "c.txt"))[0] == ["c"]
