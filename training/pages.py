"""Learns what the lines of a page are, from labelled pages and from pages made around articles.

    python training/pages.py --pages DIR --texts articles.jsonl.gz [--out toolkit/weights/pages.npz]

DIR holds pages as ``NAME.txt``, and ``NAME.tsv`` with a line for each line of the page that is not empty, the kind
first. The articles are JSON lines with ``title``, ``text`` and ``outlet``. Writes the weights and, beside them,
``pages.md``: what they were made of, and how often pages that were not learnt from come out right, by cross-validation.
The same input gives the same file on the same machine.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np

from toolkit.reading import page_features, page_lines, page_zones
from toolkit.reading.page_zones import KINDS
from training import chain, made_pages
from training.made_lines import Article, Page, templates

FURNITURE = Path(__file__).with_name("furniture.txt")
PLAIN, MADE = 200, 1500  # articles as they are, and made pages
SHARE = (
    0.5  # of a made page or plain article beside a labelled one; small texts, which have no labelled pages, count fully
)
SEED = "a"
STEPS = 110
PENALTY = 2.0  # 1 and 4 gave the same within two lines in a hundred
LEAST = 3  # pages on which a feature must occur
REPEATED = 4  # articles that a line must stand in to be furniture
SMALL = 0.04  # weights that change no sum to speak of
FOLDS = 3

CARD = """# The weights of the page zones

`pages.npz`: what `toolkit/reading/page_zones.py` takes the lines of a page for, by the features of
`toolkit/reading/page_features.py`; {size:.0f} kB. SHA-256 {digest}.
This page is written by `training/pages.py`.

- **Data**: {real} pages of news sites with the kind of every line, labelled by a language model, their stories
  invented; {plain} news articles as they are and {made:,} pages made by setting invented furniture
  (`training/furniture.txt`) around news articles, each weighing {share:g} (small texts 1).
- **Held**: {features:,} features, those of at least {least} pages; words among them are in `furniture.txt` or stand in
  small letters in at least {least} articles, so no names.
- **Accuracy** on the {real} pages, each left out of what was learnt from ({folds} folds):

{scores}
- **Known to fail**: captions and decks that read like paragraphs; live blogs; pull quotes in small variants.
"""


def pages(folder: Path) -> list[Page]:
    """The labelled pages of a folder, by name.

    :raises ValueError: if it holds none, or if lines and labels of a page differ in number
    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        lines, gaps = _lines(path.read_text(encoding="utf-8"))
        kinds = [
            line.split("\t")[0]
            for line in path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        if len(kinds) != len(lines):
            raise ValueError(
                f"{path} has {len(lines)} lines and {len(kinds)} labels: label every line that is not empty."
            )
        found.append(Page(lines, gaps, kinds))
    if not found:
        raise ValueError(f"No labelled pages in {folder}: NAME.txt and NAME.tsv are looked for.")
    return found


def _lines(text: str) -> tuple[list[str], list[int]]:
    lines, gaps, gap = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
            gaps.append(gap)
        gap = 0 if line.strip() else gap + 1
    return lines, gaps


def articles(paths: Sequence[Path], *, share: float, most: int, each: int, seed: str) -> list[Article]:
    """Articles with a title whose lines can be told: at most so many, and so many of an outlet.

    A line that stands in several articles is furniture; a short line between two paragraphs that stands in one alone is
    a subheading; an article with another line that looks like furniture is passed over.
    """
    chance, found, outlets = random.Random(seed), [], Counter[str]()
    known = _counts(tuple(paths))
    for article in _read(paths):
        if len(found) == most:
            break
        if chance.random() > share or not article.get("title"):
            continue
        lines, gaps = _lines(article["text"])
        kinds = _told(lines, known) if len(lines) > 3 else None
        if kinds and kinds.count("body") > 2 and outlets[article["outlet"]] < each:
            outlets[article["outlet"]] += 1
            found.append(Article(article["title"].strip(), Page(lines, gaps, kinds)))
    return found


def _read(paths: Iterable[Path]) -> Iterator[dict[str, str]]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


@cache
def _counts(paths: tuple[Path, ...]) -> Counter[str]:
    """In how many articles each line stands."""
    counts: Counter[str] = Counter()
    for article in _read(paths):
        counts.update({_key(line) for line in article["text"].split("\n") if line.strip()})
    return counts


def _key(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _told(lines: Sequence[str], counts: Counter[str]) -> list[str] | None:
    kinds = []
    for i, text in enumerate(lines):
        line = page_lines.Line(text, 0)
        maker = not {"photo", "reporting", "tail", "note", "by", "job"}.isdisjoint(line.flags)
        if counts[_key(text)] >= REPEATED:
            if maker:
                return None
            kinds.append("junk")
        elif line.n < 8 and not line.ends:
            beside = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
            alone = len(beside) == 2 and all(len(other.split()) > 12 for other in beside)
            if (
                not alone
                or maker
                or not line.words
                or set(line.flags) - {"present", "quote"}
                or text.rstrip()[-1] in ":)]"
            ):
                return None
            kinds.append("subheading")
        elif (maker and line.n <= 60) or "copy" in line.flags or page_zones.furniture_of(text):
            return None
        else:
            kinds.append("body")
    return kinds


def plain(found: Iterable[Article], most: int, seed: str) -> list[Page]:
    """Articles as they are, whole or their beginning, most of them with their title above."""
    chance, out = random.Random(seed), []
    for title, (lines, gaps, kinds) in found:
        if chance.random() < 0.6:
            lines, gaps, kinds = [title, *lines], [0, chance.choice([0, 1, 1]), *gaps[1:]], ["headline", *kinds]
        if chance.random() < 0.3:
            gaps = [0] * len(gaps)
        n = chance.choice([len(lines), len(lines), 6, 3])
        out.append(Page(lines[:n], gaps[:n], kinds[:n]))
        if len(out) == most:
            break
    return out


def small_words(texts: Iterable[str]) -> set[str]:
    """Words in small letters in three of the texts, or in the patterns of furniture: no names."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word for word in page_lines.words_of(text) if word.islower()})
    patterns = re.sub(r"[{}|]", " ", FURNITURE.read_text(encoding="utf-8"))
    return {word for word, n in counts.items() if n >= LEAST} | {word.lower() for word in page_lines.words_of(patterns)}


def named(features: Iterable[str], words: set[str]) -> list[str]:
    """The features without those that hold other words."""
    worded = ("word ", "next ")
    return [f for f in features if not f.startswith(worded) or words.issuperset(page_features.words_in(f))]


def learn(
    found: Sequence[Page], features: Sequence[Sequence[Sequence[str]]], shares: Sequence[float], words: set[str]
) -> chain.Chain:
    """The chain for the pages with these features."""
    return chain.learn(
        features,
        [[KINDS.index(kind) for kind in page.kinds] for page in found],
        shares=shares,
        kinds=len(KINDS),
        penalty=PENALTY,
        steps=STEPS,
        features=named(chain.known(features, least=LEAST), words),
    )


def packed(learnt: chain.Chain) -> bytes:
    """The chain as a file that `page_zones.load` reads: weights in eight bits, small ones left out."""
    kept = np.abs(learnt.weights).max(1) >= SMALL
    scale = float(np.abs(learnt.weights).max() / 127)
    file = BytesIO()
    np.savez_compressed(
        file,
        about=_bytes(json.dumps({"scale": scale})),
        features=_bytes("\n".join(name for name, keep in zip(learnt.features, kept, strict=True) if keep)),
        weights=np.round(learnt.weights[kept] / scale).astype(np.int8),
        follow=learnt.follow.astype(np.float32),
        start=learnt.start.astype(np.float32),
    )
    return file.getvalue()


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def scores(found: Sequence[tuple[Page, Sequence[str]]]) -> dict[str, str]:
    """How right the kinds are: lines, words of the body, junk, and the kinds by themselves. A subheading is body."""
    c: Counter[str] = Counter()
    for page, kinds in found:
        for line, want, got in zip(page.lines, page.kinds, kinds, strict=True):
            want, got = ("body" if kind == "subheading" else kind for kind in (want, got))
            out = {"junk", "note"}
            right = want == got or {want, got} <= out
            words = len(line.split())
            c.update({"lines": 1, "lines right": right, want: 1, f"{want} right": right})
            c.update(
                {
                    "words": words * (want == "body"),
                    "taken": words * (got == "body"),
                    "words right": words * (want == got == "body"),
                }
            )
            c.update({"out": want in out, "out right": want in out and got != "body"})

    def share(part: str, whole: str) -> str:
        return f"{c[part] / max(1, c[whole]):.3f} of {c[whole]}"

    return {
        "lines right": share("lines right", "lines"),
        "words of the body found": share("words right", "words"),
        "words taken for body that are": share("words right", "taken"),
        "lines of furniture and notes left out": share("out right", "out"),
        **{kind: share(f"{kind} right", kind) for kind in ("headline", "deck", "byline", "caption", "credit")},
    }


def main() -> None:
    """Learns, measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=Path("toolkit/weights/pages.npz"))
    given = parser.parse_args()
    real = pages(given.pages)
    texts = articles(given.texts, share=0.6, most=1000, each=20, seed=SEED)
    bare = plain(
        articles(given.texts, share=0.12, most=2 * PLAIN, each=9, seed="plain articles"), PLAIN, "plain articles"
    )
    maker = made_pages.Maker(texts, templates(FURNITURE), SEED)
    more = bare + [maker.page() for _ in range(MADE)]
    counted = [SHARE * (2 if len(page.lines) <= page_features.FEW else 1) for page in more]
    words = small_words("\n".join(article.page.lines) for article in texts)
    seen = [page_features.features(page.lines, page.gaps) for page in real]
    made = [page_features.features(page.lines, page.gaps) for page in more]
    order = list(range(len(real)))
    random.Random("folds").shuffle(order)
    found: list[tuple[Page, Sequence[str]]] = []
    for fold in range(FOLDS):
        left = set(order[fold::FOLDS])
        kept = [i for i in range(len(real)) if i not in left]
        learnt = learn(
            [real[i] for i in kept] + more, [seen[i] for i in kept] + made, [1.0] * len(kept) + counted, words
        )
        model = page_zones.load(packed(learnt))
        found += [(real[i], page_zones.decided(model, seen[i])) for i in sorted(left)]
    content = packed(learn(real + more, seen + made, [1.0] * len(real) + counted, words))
    given.out.write_bytes(content)
    table = scores(found)
    card = CARD.format(
        size=len(content) / 1000,
        digest=hashlib.sha256(content).hexdigest(),
        real=len(real),
        plain=len(bare),
        made=MADE,
        share=SHARE,
        features=len(page_zones.load(content).row),
        least=LEAST,
        folds=FOLDS,
        scores="\n".join(
            ["| figure | value |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in table.items())]
        )
        + "\n",
    )
    given.out.with_suffix(".md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
