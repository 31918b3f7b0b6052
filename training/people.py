"""Learns who the sources of an article are from articles coded whole: weights and card.

    python training/people.py --codes DIR [--polnear DIR] [--engine fast]

DIR of codes holds ``gold.jsonl`` (`training/coded.py` says what stands in it); its part ``train`` is learnt from. What
a phrase means and what a source is are learnt from the coders' attributions and from those that the engine's tagger
finds in the same articles, so that they bear with its slips. Cross-validates by article, writes weights and card, and
prints the figures, those of the part ``dev`` too.
"""

from __future__ import annotations

import argparse
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse
from scipy.optimize import minimize

from toolkit.attribution import engines
from toolkit.attribution.attributions import Attribution
from toolkit.people import choices as choices_of
from toolkit.people import sources
from toolkit.people.candidates import Choice
from toolkit.people.choices import Learnt, written
from toolkit.people.descriptions import describe
from toolkit.people.entities import Entity
from toolkit.people.kinds import KINDS, PRIOR, look
from toolkit.people.register import register
from toolkit.people.roles import ROLES
from toolkit.people.view import View
from toolkit.people.who_is_meant import Resolver
from training.coded import Coded, Sums, compare, figures, read, role_of

FOLDS = 5
LEAST = 3  # articles that a feature must be met in
PENALTY, NUMBERS_PENALTY, TOLD_PENALTY, MEANT_PENALTY = 6.0, 320.0, 6.0, 4.0
NUMBERS = 128  # main directions of the numbers that are learnt from
ROUNDS = 100
LISTS = 1.0  # the weight that the lists' own kind and role of a word begin with
LEAN = 1.0  # off the score of "no source at all": .5 loses 13 sources in 1,000 more and saves .15 an article
CLASSES = {"kind": KINDS, "role": ROLES, "one": ("no", "yes"), "affiliation": ("no", "yes")}

Floats = npt.NDArray[np.float64]


class Asked(NamedTuple):
    """A choice of who is meant: the article, the right candidates, what is seen of each."""

    article: str
    right: list[int]
    seen: list[list[str]]


class Example(NamedTuple):
    """A source to sort: the article, what is seen of it, and the right class of each question by number (-1: none).

    The last ``told`` of the numbers are what the network tells of kind and role.
    """

    article: str
    told: int
    net: str
    features: list[str]
    numbers: npt.NDArray[np.float32]
    right: tuple[int, ...]


def part_of(article: str) -> int:
    """The fold of an article, by its name."""
    return zlib.crc32(article.encode()) % FOLDS


class Teacher:
    """Chooses as the coders did, and keeps what was asked."""

    def __init__(self, coded: Coded, attributions: Sequence[Attribution], told: Sequence[list[str] | None]) -> None:
        self.coded, self.told = coded, told
        self.asked: list[Asked] = []
        self.numbers: dict[int, set[str]] = {}  # of each entity
        who = register(coded.text, coded.passages)
        view = View(coded.labelled)
        self.resolver = Resolver(coded.text, who, attributions, self.choose, view=view, noted=self.noted)
        for number, source in coded.sources.items():
            name = describe(source["name"]).name if source["kind"] != "unnamed_person" else None
            bearer = who.bearer(name) if name is not None else None
            if bearer is not None:
                self.numbers.setdefault(id(self.resolver.met.entity(bearer)), set()).add(number)
        self.resolver.run()

    def choose(self, choice: Choice) -> tuple[int, tuple[str, ...]]:
        """The candidate that the coders mean, the nearest of them; where they tell nothing, somebody new."""
        wanted = set(self.told[self.resolver.current] or ())
        new = len(choice.candidates) - 1
        if not wanted:
            return new, ()
        right, near = [], []
        for i, candidate in enumerate(choice.candidates[:-1]):
            numbers = [self.numbers.get(id(one), set()) for one in candidate or ()]
            if len(numbers) == len(wanted) and all(own & wanted for own in numbers) and wanted <= set().union(*numbers):
                right.append(i)
            near += [i] if numbers[0] & wanted else []
        if not right and len(wanted) > 1:
            return (near or [new])[0], ()
        self.asked.append(Asked(self.coded.name, right or [new], choice.seen))
        return (right or [new])[0], ()

    def noted(self, index: int, entities: Sequence[Entity]) -> None:
        """Keeps which coded source an entity is."""
        wanted = self.told[index] or []
        if len(wanted) == len(entities) == 1:
            self.numbers.setdefault(id(entities[0]), set()).add(wanted[0])


def asked(coded: Coded) -> list[Asked]:
    """The choices of an article, by the coders' attributions and by the tagger's."""
    return [
        one
        for attributions, told in ((coded.hand, coded.meant), (coded.found, coded.told))
        for one in Teacher(coded, attributions, told).asked
    ]


def learn_meant(given: Sequence[Asked]) -> dict[str, float]:
    """The weights that make the right candidates likeliest."""
    articles: dict[str, set[str]] = {}
    for one in given:
        for feature in {feature for seen in one.seen for feature in seen}:
            articles.setdefault(feature, set()).add(one.article)
    features = sorted(feature for feature, met in articles.items() if len(met) >= LEAST)
    table = _table([seen for one in given for seen in one.seen], features)
    across = table.T.tocsr()
    sizes = np.array([len(one.seen) for one in given])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(given)), sizes)
    right = np.zeros(len(group))
    right[np.concatenate([start + np.array(one.right) for start, one in zip(starts, given, strict=True)])] = 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ weights
        worth = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        every, good = np.add.reduceat(worth, starts), np.add.reduceat(worth * right, starts)
        slope = across @ (worth / every[group] - worth * right / good[group])
        return (
            float((np.log(every) - np.log(good)).sum() + MEANT_PENALTY * (weights**2).sum() / 2),
            slope + MEANT_PENALTY * weights,
        )

    found = minimize(loss, np.zeros(len(features)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return {name: round(float(value), 2) for name, value in zip(features, found, strict=True) if abs(value) >= 0.02}


def _table(seen: Sequence[Sequence[str]], features: Sequence[str]) -> Any:
    index = {feature: i for i, feature in enumerate(features)}
    rows = [sorted({index[f] for f in one if f in index}) for one in seen]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([i for row in rows for i in row], np.int32)
    return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(seen), len(features)))


def examples(coded: Coded, meant: dict[str, float]) -> list[Example]:
    """The sources of an article to sort: as the coders joined them, and as the weights join those found."""
    ranker = Learnt(meant, (), {}, *(np.zeros(0, np.float32),) * 4, net="")
    view = View(coded.labelled)
    out = []
    for found in (False, True):
        attributions = coded.found if found else coded.hand
        if found:
            who = [None if number is None else coded.meant[number] for number in coded.same]
            who_bears = register(coded.text, coded.passages)
            resolver = Resolver(coded.text, who_bears, coded.found, lambda choice: ranker.rank(choice.seen), view=view)
            resolver.run()
        else:
            who, resolver = coded.meant, Teacher(coded, attributions, coded.meant).resolver
        shared = {id(one): Counter(w for i in one.own for w in who[i] or ()) for one in resolver.met.speakers}
        best: dict[str, int] = {}
        for one in sorted(resolver.met.speakers, key=lambda one: -max(shared[id(one)].values(), default=0)):
            for number, _ in shared[id(one)].most_common(1):
                best.setdefault(number, id(one))
        for one in resolver.met.speakers:
            if not one.own:
                continue
            seen = look(coded.text, one, [attributions[i] for i in one.own], view)
            number = shared[id(one)].most_common(1)
            source = coded.sources[number[0][0]] if number else None
            right = [-1, -1, -1, -1]
            if source is not None:
                right[0], right[1] = KINDS.index(source["kind"]), [*map(role_of, ROLES)].index(source["role"])
                right[3] = int(bool(source["affiliation"])) if source["anonymous"] else -1
            if found and one.attributions and (source is None or best[number[0][0]] == id(one)):
                right[2] = int(source is not None)
            told = 0 if view.told is None else view.told.shape[1]
            out.append(Example(coded.name, told, coded.labelled.net, seen.features, seen.numbers, tuple(right)))
    return out


def learn_sorts(
    given: Sequence[Example], meant: dict[str, float], digest: str, use: Callable[[str], bool] = lambda feature: True
) -> Learnt:
    """The weights of the sorting questions, all at once."""
    articles: dict[str, set[str]] = {}
    for one in given:
        for feature in one.features:
            articles.setdefault(feature, set()).add(one.article)
    features = sorted(feature for feature, met in articles.items() if len(met) >= LEAST and use(feature))
    table = _table([one.features for one in given], features)
    across = table.T.tocsr()
    numbers = np.array([one.numbers for one in given], np.float64)
    centre, spread = np.nanmean(numbers, 0), np.nanstd(numbers, 0) + 1e-3
    away = np.nan_to_num((numbers - centre) / spread)
    held = away.shape[1] - given[0].told
    sizes, main = np.linalg.eigh(away[:, :held].T @ away[:, :held] / len(given))
    main = main[:, -NUMBERS:] / np.sqrt(sizes[-NUMBERS:])  # each direction of unit variance
    main = scipy.linalg.block_diag(main, np.eye(given[0].told))
    dense = away @ main
    sums = np.cumsum([0, *(len(classes) for classes in CLASSES.values())])
    right = np.zeros((len(given), sums[-1]))
    asked_of = np.zeros((len(given), sums[-1]))
    for i, one in enumerate(given):
        for first, last, answer in zip(sums, sums[1:], one.right, strict=False):
            if answer >= 0:
                right[i, first + answer] = 1
                asked_of[i, first:last] = 1
    f, d, k = len(features), dense.shape[1], sums[-1]
    penalty = np.concatenate([np.full(f, PENALTY), np.full(d, NUMBERS_PENALTY), [0.01]])[:, None]
    penalty[f + d - given[0].told : f + d] = TOLD_PENALTY

    start = np.zeros((f + d + 1, k))
    for i, feature in enumerate(features):
        if feature.startswith(PRIOR):
            question, said = feature.removeprefix(PRIOR).split(maxsplit=1)
            start[i, sums[list(CLASSES).index(question)] + CLASSES[question].index(said)] = (
                LISTS if said != "unknown" else 0
            )

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(f + d + 1, k)
        scores = table @ weights[:f] + dense @ weights[f : f + d] + weights[-1]
        total, slope = 0.0, np.empty_like(scores)
        for first, last in pairwise(sums):
            own = scores[:, first:last] - scores[:, first:last].max(1, keepdims=True)
            every = np.log(np.exp(own).sum(1, keepdims=True))
            total += float(((every - own) * right[:, first:last]).sum())
            slope[:, first:last] = np.exp(own - every)
        slope = (slope - right) * asked_of
        back = np.concatenate([across @ slope, dense.T @ slope, slope.sum(0, keepdims=True)])
        away = weights - start
        return total + float((penalty * away**2).sum() / 2), (back + penalty * away).ravel()

    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    found = found.reshape(f + d + 1, k)
    turn = (main / spread[:, None]) @ found[f : f + d]
    found[-1, sums[list(CLASSES).index("one")]] -= LEAN
    as32 = [part.astype(np.float32) for part in (found[:f], turn, centre, found[-1])]
    return Learnt(meant, features, CLASSES, *as32, net=digest)


def check(coded: Sequence[Coded], learnt: Callable[[Coded], Learnt]) -> list[Sums]:
    """The figures of articles by weights that did not see them."""
    return [
        compare(one, sources.fold(one.text, one.passages, one.found, labelled=one.labelled, learnt=learnt(one)))
        for one in coded
        if one.part != "polnear"
    ]


def crossed(coded: Sequence[Coded]) -> tuple[list[list[Asked]], dict[int, dict[str, float]], list[list[Example]]]:
    """The choices of each article, the weights learnt without each fold, the sources to sort by those weights."""
    choices = [asked(one) for one in coded]
    meant = {
        fold: learn_meant([a for given in choices for a in given if part_of(a.article) != fold])
        for fold in range(FOLDS)
    }
    return choices, meant, [examples(one, meant[part_of(one.name)]) for one in coded]


def by_fold(coded: Sequence[Coded]) -> dict[int, Learnt]:
    """The weights learnt without each fold of the articles."""
    _, meant, sorts = crossed(coded)
    return _by_fold(meant, sorts)


def _by_fold(meant: dict[int, dict[str, float]], sorts: Sequence[Sequence[Example]]) -> dict[int, Learnt]:
    net = sorts[0][0].net
    return {
        fold: learn_sorts([e for one in sorts for e in one if part_of(e.article) != fold], meant[fold], net)
        for fold in range(FOLDS)
    }


GROUPS = {  # features, by the first words of their names
    "word lists": (PRIOR, "is "),
    "words of the phrase": ("head ", "has ", "pair ", "first ", "rest "),
    "what it is called elsewhere": ("called ", "words ", "body ", "whose ", "person "),
    "what it does": ("cue ", "sure "),
    "states of the net": (),
}


def answers(sorts: Sequence[Sequence[Example]], digest: str, without: str = "") -> npt.NDArray[np.float64]:
    """Of each article, by weights that did not see it: sources, kinds and roles right, anonymous right, told, true."""
    opens = GROUPS.get(without, ())

    def use(feature: str) -> bool:
        return not (opens and feature.startswith(opens))

    out = np.zeros((len(sorts), 6))
    for fold in range(FOLDS):
        given = [one for own in sorts for one in own if part_of(one.article) != fold]
        learnt = learn_sorts(given, {}, digest, use)
        if without == "states of the net":
            learnt.dense[:] = 0
        for i, own in enumerate(sorts):
            for one in own if own and part_of(own[0].article) == fold else ():
                if one.right[0] < 0:
                    continue
                found = learnt.sort(one.features, one.numbers)
                kind, true = found["kind"].choice, KINDS[one.right[0]]
                told, is_one = kind == "unnamed_person", true == "unnamed_person"
                out[i] += 1, kind == true, found["role"].choice == ROLES[one.right[1]], told and is_one, told, is_one
    return out


def _rates(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Share of kinds right, of roles right, and F1 of the anonymous ones."""
    return np.array([sums[1] / sums[0], sums[2] / sums[0], 2 * sums[3] / (sums[4] + sums[5])])


def worth(sorts: Sequence[Sequence[Example]], digest: str) -> list[str]:
    """The rows of a table: what each group of features is worth, left out in turn, with intervals over articles."""
    full = answers(sorts, digest)
    draws = np.random.default_rng(1).integers(0, len(sorts), (1000, len(sorts)))
    rows = [f"| all | {' | '.join(f'{rate:.3f}' for rate in _rates(full.sum(0)))} |"]
    for group in GROUPS:
        less = answers(sorts, digest, group)
        cells = []
        change = np.array([_rates(less[draw].sum(0)) - _rates(full[draw].sum(0)) for draw in draws])
        for rate, (low, high) in zip(
            _rates(less.sum(0)) - _rates(full.sum(0)), np.percentile(change, (2.5, 97.5), 0).T, strict=True
        ):
            cells.append(f"{rate:+.3f} [{low:+.3f}, {high:+.3f}]")
        rows.append(f"| without {group} | {' | '.join(cells)} |")
    return rows


CARD = """# The weights about sources

`{name}`: what `toolkit/people/` chooses by, {size:,} bytes, NumPy alone. SHA-256 {digest}.
It knows the states of the {engine} tagger {tagger} and is to be learnt anew after it. This page is written by
`python training/people.py --codes DIR --engine {engine}`.

- **Data**: {coded} articles whose attributions and sources were coded whole, the part `train`; no text is in the
  weights but single words, and pairs of words, met in at least {least} articles, none of them a person's name.
- **Who is meant**: {meant:,} features of a candidate, multinomial logit over the candidates; by the coders'
  attributions and by those that the tagger finds.
- **Kind, role, is it a source at all, is its body told**: {features:,} features and {numbers} numbers (the net's states
  at source and cue, its embeddings of head noun and of the other words), multinomial logit.

Cross-validated in {folds} parts by article, from the tagger's attributions to the end: {crossed}.

The same from the coders' attributions: {by_hand}.

What groups of features are worth for sources joined as they are found: kind right, role right, F1 of the anonymous
ones, and the change when one group is left out, with 95 % intervals over articles.

| features | kind | role | anonymous F1 |
| --- | --- | --- | --- |
{worth}

- **Chosen on these folds**: of some 150 families of features those were kept, one after the other, whose absence makes
  right answers less likely for the accurate engine's sources; the fast one's gain as well. So the figures are a little
  kind.
- **Did no better**, choices right of who is meant in the same folds, .81 with the accurate engine: a hidden layer over
  the features (.78 to .80), how near a phrase's noun and a candidate's stand in MiniLM's table of words (.80 to .81),
  products and differences of the net's states at both places (.81). For roles: the role of the body's noun (.815,
  without it .814).
- **Known to fail**: groups of whom a member is named later; documents whose issuer is the source; roles of people whom
  the article does not describe; countries called by their capitals.
"""


def main() -> None:
    """Learns, checks and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=Path, required=True)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--engine", choices=engines.ENGINES, default=engines.DEFAULT)
    given = parser.parse_args()
    net = engines.tagger(given.engine)
    out = Path(f"toolkit/weights/{choices_of.FILES[given.engine]}.npz")
    coded = read(given.codes, net, part="train", polnear=given.polnear)
    choices, meant, sorts = crossed(coded)
    learnt_without = _by_fold(meant, sorts)
    by_tagger = check(coded, lambda one: learnt_without[part_of(one.name)])
    by_hand = check([_by_hand(one) for one in coded], lambda one: learnt_without[part_of(one.name)])
    every = learn_meant([a for one in choices for a in one])
    learnt = learn_sorts([e for one in sorts for e in one], every, net.net)
    content = written(learnt)
    out.write_bytes(content)
    card = CARD.format(
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        tagger=net.net,
        engine=given.engine,
        name=out.name,
        coded=len(coded),
        least=LEAST,
        meant=len(every),
        features=len(learnt.names),
        numbers=len(learnt.centre),
        folds=FOLDS,
        crossed=shown(by_tagger),
        by_hand=shown(by_hand),
        worth="\n".join(worth(sorts, net.net)),
    )
    out.with_suffix(".md").write_text(card, encoding="utf-8")
    print("cross-validated", shown(by_tagger))
    print("from the coders' attributions", shown(by_hand))
    print("dev", shown(check(read(given.codes, net, part="dev"), lambda one: learnt)))


def _by_hand(one: Coded) -> Coded:
    """An article as if the toolkit had found what the coders did."""
    return replace(one, found=one.hand, same=list(range(len(one.hand))), told=list(one.meant))


def shown(sums: Sequence[Sums]) -> str:
    """The figures in words."""
    return ", ".join(f"{name} {value:.3f}" for name, value in figures(sums).items())


if __name__ == "__main__":
    main()
