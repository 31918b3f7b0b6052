"""Learns what the lines of a page are, from labelled pages and from pages made around articles.

    python training/pages.py --pages DIR --apart DIR --texts articles.jsonl.gz [--out toolkit/weights]

DIR holds pages as ``NAME.txt``, and ``NAME.tsv`` with a line for each line of the page that is not empty, the kind
first; those ``--apart`` are not learnt from. The articles are JSON lines with ``title``, ``text`` and ``outlet``.
Writes ``pages.npz``, ``few-lines.npz`` for texts of a few lines, and ``pages.md``: what they were made of, and how
often the pages apart come out right.
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
from typing import NamedTuple

import numpy as np

from toolkit.reading import page_features, page_leanings, page_lines, page_zones
from toolkit.reading.page_zones import KINDS, Learnt
from training import chain, labelled, made_pages
from training.made_lines import Article, Page, pictured, templates

FURNITURE = Path(__file__).with_name("furniture.txt")
PLAIN, MADE, BESIDE, MADE_FEW, BESIDE_FEW = 200, 700, 250, 2500, 2000  # articles as they are; made pages and texts
SHARE = 0.5  # of a made page or plain article, and of a copy with lines missing, beside a labelled one
COPIES, TEXTS = 4, 20  # of each labelled page: copies with lines missing, and texts of a few lines
SHARE_FEW = 0.3  # of a text of a few lines cut from a labelled page, beside a made one
SEED = "a"
# Seeds of made texts of a few lines, and in what share of them something else stands between the paragraphs.
FURNISHED = (("b", 0.75), ("c", 0.55), (SEED, 0.4))
STEPS = 70
PENALTY = 2.0  # 1 and 4 gave the same within two lines in a hundred
LEAST = 3  # pages on which a feature must occur
REPEATED = 4  # articles that a line must stand in to be furniture
SMALL = 0.04  # weights that change no sum to speak of

CARD = """# The weights of the page zones

What `toolkit/reading/page_zones.py` takes the lines of a text for, by the features of
`toolkit/reading/page_features.py`. This page is written by `training/pages.py`.

{files}

- **Data**: {real} pages of news sites with the kind of every line, labelled by a language model, their stories
  invented; copies of them with lines missing, and texts of a few lines cut from them; {plain} news articles as they
  are, and pages and texts made by setting invented furniture (`training/furniture.txt`) around news articles. Captions
  of made ones are partly those of the articles, told by their credit.
- **Each file** is the mean of chains: one that learns from pages and texts of a few lines alike, by the features that
  both have ({beside} made pages, {beside_few:,} made texts), and for `pages.npz` one that learns from pages alone
  ({made} made ones, {copies} copies of each labelled one), for `few-lines.npz`, which reads texts of at most {few}
  lines, {furnished} that learn from such texts alone ({made_few:,} made ones, {texts} of each labelled page).
- **Held**: features of at least {least} pages; words among them are in `furniture.txt` or stand in small letters in at
  least {least} articles, so no names.
- **Accuracy** on {apart} other pages, labelled by another hand, and on texts of a few lines cut from those; that
  means are taken was chosen on them:

| figure | pages | texts of a few lines |
| --- | --- | --- |
{scores}

- **Known to fail**: captions and decks that read like paragraphs; live blogs; pull quotes in small variants.
"""


class Seen(NamedTuple):
    """A page with the features of its lines, and how much it counts."""

    page: Page
    features: list[list[str]]
    share: float


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
        if pictured(text.strip()) and counts[_key(text)] < REPEATED:
            kinds.append("caption")
        elif counts[_key(text)] >= REPEATED:
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
        elif (maker and line.n <= 60) or "copy" in line.flags or page_leanings.furniture_of(text):
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


def seen(found: Iterable[Page], share: float) -> list[Seen]:
    """The pages with the features of their lines."""
    return [Seen(page, page_features.features(page.lines, page.gaps), share) for page in found]


def learn(found: Sequence[Seen], words: set[str], *, left: Iterable[str] = ()) -> Learnt:
    """The chain for these pages, as `page_zones` reads it, without the features of the families that are ``left``."""
    features = [
        [[name for name in line if name.partition(" ")[0] not in left] for line in one.features] for one in found
    ]
    learnt = chain.learn(
        features,
        [[KINDS.index(kind) for kind in one.page.kinds] for one in found],
        shares=[one.share for one in found],
        kinds=len(KINDS),
        penalty=PENALTY,
        steps=STEPS,
        features=named(chain.known(features, least=LEAST), words),
    )
    return page_zones.load(packed(learnt))


def mean(chains: Sequence[Learnt]) -> chain.Chain:
    """The mean of chains; a feature that one of them does not know counts nothing there."""
    features = sorted(set().union(*(one.row for one in chains)))
    weights = np.zeros((len(features), len(KINDS)))
    for one in chains:
        rows = [one.row.get(name, len(one.row)) for name in features]
        weights += one.weights[rows] / len(chains)
    follow, start = (np.mean([getattr(one, name) for one in chains], 0) for name in ("follow", "start"))
    return chain.Chain(features, weights, follow, start)


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


def _chains(real: Sequence[Page], paths: Sequence[Path]) -> dict[str, chain.Chain]:
    """What is learnt from labelled pages and articles, by the name of its file."""
    texts = articles(paths, share=0.6, most=1000, each=20, seed=SEED)
    words = small_words("\n".join(article.page.lines) for article in texts)
    more = articles(paths, share=1, most=20_000, each=60, seed="c")
    texts += [article for article in more if "caption" in article.page.kinds]
    bare = plain(articles(paths, share=0.12, most=2 * PLAIN, each=9, seed="plain articles"), PLAIN, "plain articles")
    patterns = templates(FURNITURE)

    def maker(seed: str) -> made_pages.Maker:
        return made_pages.Maker(texts, patterns, seed)

    def few(make: made_pages.Maker, share: float, most: int, seed: str) -> list[Seen]:
        found = bare + [make.few(share) for _ in range(most)]
        small = [page for page in found if 1 < len(page.lines) <= page_features.FEW]
        return [*seen(small, 1.0), *seen(labelled.few(real, TEXTS, seed), SHARE_FEW)]

    def whole(make: made_pages.Maker, most: int) -> list[Seen]:
        found = bare + [make.page() for _ in range(most)]
        large = [page for page in found if len(page.lines) > page_features.FEW]
        return [*seen(real, 1.0), *seen(large, SHARE)]

    make = maker(SEED)
    both = learn(
        [*few(make, FURNISHED[-1][1], BESIDE_FEW, SEED), *whole(make, BESIDE)], words, left=page_features.OF_PAGES
    )
    alone = learn([*whole(maker(SEED), MADE), *seen(labelled.thinned(real, COPIES, SEED), SHARE)], words)
    small = [learn(few(maker(seed), share, MADE_FEW, seed), words) for seed, share in FURNISHED]
    return {"pages.npz": mean([alone, both]), "few-lines.npz": mean([*small, both])}


def main() -> None:
    """Learns, measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--apart", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=Path("toolkit/weights"))
    given = parser.parse_args()
    real, apart = pages(given.pages), pages(given.apart)
    write(given.out, _chains(real, given.texts), apart, len(real))


def write(out: Path, chains: dict[str, chain.Chain], apart: Sequence[Page], real: int) -> None:
    """Writes the files and their card, with how right they are on pages that were not learnt from."""
    files, tables = [], []
    for (name, learnt), tried in zip(chains.items(), (apart, labelled.few(apart, TEXTS, SEED)), strict=True):
        content = packed(learnt)
        (out / name).write_bytes(content)
        model = page_zones.load(content)
        digest = hashlib.sha256(content).hexdigest()
        files.append(f"- `{name}`: {len(content) / 1000:.0f} kB, {len(model.row):,} features. SHA-256 {digest}.")
        tables.append(scores([(one.page, page_zones.decided(model, one.features)) for one in seen(tried, 1.0)]))
    card = CARD.format(
        files="\n".join(files),
        real=real,
        plain=PLAIN,
        beside=BESIDE,
        beside_few=BESIDE_FEW,
        made=MADE,
        copies=COPIES,
        few=page_features.FEW,
        furnished=len(FURNISHED),
        made_few=MADE_FEW,
        texts=TEXTS,
        least=LEAST,
        apart=len(apart),
        scores="\n".join(f"| {name} | {value} | {tables[1][name]} |" for name, value in tables[0].items()),
    )
    (out / "pages.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
