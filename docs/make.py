"""Makes what is made here: data dictionary, names of columns, sample report, the README's pictures (one by a browser).

    python docs/make.py

Run it after a change of `METRICS`, of the known columns, of the marked-up view or of the sample articles, and look at
what it changed. A test compares the texts.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

SAMPLE = "bridge-meridian"  # no page furniture: the picture holds a third of it
WIDE, HIGH, SHARPER = 780, 1020, 2  # of the picture, and how many dots stand for one
COLOURS = 64  # enough for eight hues and their tints; the file is a third of its size
FADED = "position: fixed; inset: auto 0 0 0; height: 5em; background: linear-gradient(transparent, white)"
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Marked up</title>
<body style="margin: 16px; height: {HIGH - 32}px; overflow: hidden">%s<div style="{FADED}"></div>"""
QUIET = ("--headless", "--hide-scrollbars", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip

BLOCK = re.compile(r"(<!-- made by docs/make.py -->).*?(<!-- end -->)", re.DOTALL)
ABOUT = """# Data dictionary

The columns of `toolkit.measure` and of the report's tables: one row an article. A number that is not defined for an
article, such as a share of its sources where it has none, is empty, never 0. What counts as a source, a quotation or an
anonymous person is in the [codebook](codebook.md), how often the toolkit errs in [accuracy](accuracy.md).

In Python this table is `toolkit.METRICS`; `toolkit.measure(articles, metrics="sourcing")` gives one group of its
numbers, `metrics=["readability", "sources"]` groups and single ones. It is made by
`python docs/make.py`; to change an entry see [changing things](changing-things.md).

"""


def bound(value: float) -> str:
    """The end of a range."""
    return "∞" if value == math.inf else "−∞" if value == -math.inf else f"{value:g}".replace("-", "−")


def dictionary() -> str:
    """The page of the data dictionary, made from the registry."""
    from toolkit import METRICS

    lines = ["| name | group | what it is | unit, range | more means | reference |", f"|{' --- |' * 6}"]
    lines += [
        f"| `{m.name}` | {m.group} | {m.label}: {m.definition} | {m.unit}, {bound(m.low)} to {bound(m.high)} "
        f"| {m.direction} | {m.reference} |"
        for m in METRICS.values()
    ]
    return ABOUT + "\n".join(lines) + "\n"


def formats() -> str:
    """The page of formats, with the names of columns as the reader knows them."""
    from toolkit.reading.columns import ALSO, NAMES

    known = {names[0]: dict.fromkeys((*names, *ALSO.get(field, ()))) for field, names in NAMES.items()}
    rows = [f"| `{column}` | {' '.join(f'`{name}`' for name in names)} |" for column, names in known.items()]
    table = "\n".join(["| column | known as |", "| --- | --- |", *rows])
    page = (HERE / "formats.md").read_text(encoding="utf-8")
    return BLOCK.sub(lambda marks: f"{marks[1]}\n{table}\n{marks[2]}", page)


def picture(command: str, out: Path) -> None:
    """The first screen of a marked-up sample article, as a browser (``command``) shows it."""
    from PIL import Image

    import toolkit
    from toolkit.reports import marked_up

    (article,) = toolkit.read(HERE.parent / "data" / "articles" / f"{SAMPLE}.txt")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium refuses root otherwise
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(PAGE % marked_up(article), encoding="utf-8")
        look = [f"--window-size={WIDE},{HIGH}", f"--force-device-scale-factor={SHARPER}", f"--screenshot={shot}"]
        words = [command, *QUIET, *root, f"--user-data-dir={folder}/profile", *look, page.as_uri()]
        subprocess.run(words, capture_output=True, timeout=120, check=True)
        Image.open(shot).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)


def speakers(out: Path) -> None:
    """Who speaks in the sample article, as a chart."""
    import toolkit

    (article,) = toolkit.read(HERE.parent / "data" / "articles" / f"{SAMPLE}.txt")
    toolkit.save(toolkit.chart("speakers", article, width=8), out)


def report() -> str:
    """The page of a report on the sample articles that are files of their own."""
    import toolkit

    with tempfile.TemporaryDirectory() as folder:
        toolkit.report(toolkit.read(HERE.parent / "data" / "articles"), folder, formats=(), progress=False)
        return Path(folder, "report.html").read_text(encoding="utf-8")


def main() -> None:
    """Writes the files and says which."""
    from toolkit.reports import pdf_and_docx

    made = {"data-dictionary.md": dictionary(), "formats.md": formats(), "sample-report.html": report()}
    for name, text in made.items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(HERE / name)
    speakers(HERE / "speakers.png")
    print(HERE / "speakers.png")
    try:
        picture(pdf_and_docx.browser(), HERE / "marked-up.png")
    except pdf_and_docx.PaperError:
        print("marked-up.png stays as it was: no browser is on PATH; install Chromium or Chrome.")
    else:
        print(HERE / "marked-up.png")


if __name__ == "__main__":
    main()
