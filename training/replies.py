"""Learns who is accused and which answer counts from coded articles; writes the weights and their card.

    python training/replies.py --wide DIR [--weights toolkit/weights/replies.npz]

DIR holds ``gold.jsonl``: articles with ``text``, ``split`` (train or dev) and ``replies`` (name, reply). Learns from
the train part, five folds of it say how often that is right; the dev part is only reported on. Two logits with a square
penalty: somebody is accused or not, and the status of their answer among those of which the article has words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from toolkit import analyze
from toolkit.metrics import accused, right_of_reply

ARTICLES = 3  # in which a thing must be seen, so that no weight is that of one text
PENALTY, STATUS_PENALTY = 20.0, 10.0  # of 3, 10, 20, 30, 60: the best of the folds
FOLDS = 5

CARD = """# The weights of the right of reply

`replies.npz`: the weights of `toolkit/metrics/accused.py`, {size:.0f} kB, {n:,} for who is accused and {m:,} for the
status of an answer. Written, and this page too, by `python training/replies.py --wide DIR`.

- **Data**: {articles} articles of some 60 outlets, 2012 to 2020, coded by a language model after a codebook; {gold}
  accused in them. No text is in the weights: they hold what is seen, small words among it that stand in {least}
  articles or more, none with a capital, so that no name is among them.
- **How often it is right**, by the last word of the name:

| articles | accused P | R | F1 | right answer of those found |
| --- | --- | --- | --- | --- |
| {folds} folds of the train part | {cv} |
| dev part, {dev} articles | {on_dev} |

- **Whom it misses and names wrongly**: whom an article accuses is a judgement on its point, and small words do not
  show the point. In other folds of the same articles these did no better: pairs of words or the whole sentence F1 .42
  to .44; the tagger's embeddings and hidden states of the words around, .43 to .44; a second stage that lets the
  candidates of an article compete, .43 to .44; the best mention in place of the sum of all, .43 to .45. The rules
  before: .30. These are of the time before eight families of features were left out that made it worse.
- **Answers**: a third of the answers that coders saw are given by somebody whom the toolkit does not join to the
  accused; and of those whose words are found, nearly half do not answer the charge. Whether their words negate, say
  "I" or "we", stand near the accusation or are many did no better: of all accused .59 to .61 right, without these .63.
- **Taken with a grain of salt**: the cut was chosen on the folds that the figures are of, and the dev part was looked
  at while features were chosen; it has few articles.
- **Use**: a list of candidates to look at, never a verdict.
"""

Row = list[str]


class Coded(NamedTuple):
    """An article: who may be accused, what is given of their answers, and what the coders say (name key -> reply)."""

    part: str
    met: list[tuple[accused.Candidate, frozenset[str], list[str]]]
    gold: dict[str, str]


def key(name: str) -> str:
    """The last word of a name, by which coders' and found ones are matched."""
    return (re.findall(r"\w+", name.lower()) or [""])[-1]


def read(path: Path) -> list[Coded]:
    """The coded articles, with what the toolkit sees in them."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        met = [(one, frozenset(shown), told)
               for one, shown, told in right_of_reply.scene(analyze(row["text"]))]  # fmt: skip
        out.append(Coded(row["split"], met, {key(one["name"]): one["reply"] for one in row["replies"]}))
    return out


def fit(choices: Sequence[tuple[list[Row], int]], penalty: float) -> dict[str, float]:
    """The weights that make the right row (an index) of each choice most likely; what always holds goes unpunished."""
    names = sorted({name for rows, _ in choices for row in rows for name in row})
    index = {name: i for i, name in enumerate(names)}
    flat = [row for rows, _ in choices for row in rows]
    ends = np.cumsum([len(row) for row in flat])
    ids = [index[name] for row in flat for name in row]
    seen = csr_matrix((np.ones(len(ids)), ids, [0, *ends]), shape=(len(flat), len(names)))
    sizes = np.array([len(rows) for rows, _ in choices])
    starts = np.cumsum(sizes) - sizes
    group = np.repeat(np.arange(len(choices)), sizes)
    right = np.zeros(len(flat))
    right[starts + np.array([answer for _, answer in choices])] = 1
    punished = np.array([0.0 if name in {"always", *accused.STATUSES} else penalty for name in names])

    def loss(learnt: np.ndarray) -> tuple[float, np.ndarray]:
        scores = seen @ learnt
        scores -= np.maximum.reduceat(scores, starts)[group]
        total = np.add.reduceat(np.exp(scores), starts)
        slope = seen.T @ (np.exp(scores) / total[group] - right) + punished * learnt
        return float(np.log(total).sum() - scores @ right + (punished * learnt**2).sum() / 2), slope

    learnt = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(value), 2) for name, value in zip(names, learnt, strict=True) if abs(value) >= 0.01}


def learn(coded: Sequence[Coded]) -> accused.Weights:
    """Both kinds of weights, from coded articles."""
    stands: dict[str, set[int]] = defaultdict(set)
    for i, article in enumerate(coded):
        for one, _, _ in article.met:
            for name in one.seen:
                stands[name].add(i)
    often = {name for name, articles in stands.items() if len(articles) >= ARTICLES}
    who = [([[], [name for name in one.seen if name in often]], int(key(one.name) in article.gold))
           for article in coded for one, _, _ in article.met]  # fmt: skip
    status = []
    for article in coded:
        for one, shown, told in article.met:
            rows = accused.answer_rows([name for name in one.seen if name in often], told, shown)
            wanted = article.gold.get(key(one.name))
            if wanted in rows:
                status.append((list(rows.values()), list(rows).index(wanted)))
    return accused.Weights(fit(who, PENALTY), fit(status, STATUS_PENALTY))


Figures = tuple[float, float, float, float]


def score(coded: Sequence[Coded], weights: Callable[[int], accused.Weights]) -> Figures:
    """Precision, recall and F1 of who is accused, and the share of right answers; ``weights``: those for an article."""
    found = wanted = both = right = 0
    for i, article in enumerate(coded):
        said = {}
        for one, shown, told in article.met:
            if verdict := right_of_reply.judged(one, shown, told, weights(i)):
                said[key(one.name)] = verdict[0]
        hit = said.keys() & article.gold.keys()
        found, wanted, both = found + len(said), wanted + len(article.gold), both + len(hit)
        right += sum(said[name] == article.gold[name] for name in hit)
    p, r = both / max(1, found), both / max(1, wanted)
    return p, r, 2 * p * r / max(1e-9, p + r), right / max(1, both)


def folds(coded: Sequence[Coded]) -> Figures:
    """The figures where each article is judged by weights learnt from the other folds."""
    order = list(range(len(coded)))
    random.Random("five folds of articles").shuffle(order)
    fold = {i: n % FOLDS for n, i in enumerate(order)}
    learnt = [learn([one for i, one in enumerate(coded) if fold[i] != n]) for n in range(FOLDS)]
    return score(coded, lambda i: learnt[fold[i]])


def write(path: Path, weights: accused.Weights) -> None:
    """The weights file, the same bytes for the same weights."""
    names = {part: list(values) for part, values in weights._asdict().items()}
    text = np.frombuffer(json.dumps(names, ensure_ascii=False).encode("utf-8"), np.uint8)
    numbers = {part: np.array(list(values.values()), np.float32) for part, values in weights._asdict().items()}
    np.savez_compressed(path, allow_pickle=False, names=text, **numbers)


def main() -> None:
    """Learns, and writes weights and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wide", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("toolkit/weights/replies.npz"))
    given = parser.parse_args()
    coded = read(given.wide / "gold.jsonl")
    train, dev = ([one for one in coded if one.part == part] for part in ("train", "dev"))
    weights = learn(train)
    write(given.weights, weights)

    def told(figures: Mapping[int, float] | Sequence[float]) -> str:
        return " | ".join(f"{figure:.2f}".lstrip("0") for figure in figures)

    card = CARD.format(
        size=given.weights.stat().st_size / 1000, n=len(weights.accused), m=len(weights.status), articles=len(train),
        gold=sum(len(one.gold) for one in train), least=ARTICLES, folds=FOLDS, cv=told(folds(train)), dev=len(dev),
        on_dev=told(score(dev, lambda _: weights)),
    )  # fmt: skip
    given.weights.with_suffix(".md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
