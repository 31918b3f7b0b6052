"""How often the intervals hold, and how well articles are grouped by event: one command, tables for docs/intervals.md.

    python benchmarks/comparison.py [--samples 2000] [--events FILE]

Coverage: of so many samples from a population whose mean is known, the share whose interval holds it. Own codes: two
outlets on 1,000 stories with as many sources each, of which the toolkit finds other shares; both articles of some
stories are coded by hand. Beside the difference estimator stand the hand's codes alone, prediction-powered inference
(`ppi_mean_ci` of ppi-python with lam=1, which this formula is) and the line that was drawn before. FILE is a JSONL of
articles with story_id, outlet, title, date and text; ids are hidden and rows shuffled before they are grouped.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import warnings
from collections.abc import Callable
from math import factorial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from toolkit import comparison  # noqa: E402
from toolkit.comparison import bootstrap, correction  # noqa: E402
from toolkit.numbers_in_words import percent  # noqa: E402

Floats = np.ndarray[Any, np.dtype[np.float64]]
Draw = Callable[[np.random.Generator, int], Floats]

SIZES = (20, 50, 200)
RESAMPLES = 999
ANY = (-np.inf, np.inf)
YES = 1 - sum(np.exp(-8) * 8.0**k / factorial(k) for k in range(9))  # more than 8 of Poisson 8
SHAPES: dict[str, tuple[float, Draw]] = {
    "normal (a reading grade)": (12.0, lambda chance, n: chance.normal(12, 2, n)),
    "beta 2, 6 (a share of words)": (0.25, lambda chance, n: chance.beta(2, 6, n)),
    "beta 0.6, 4, many near 0": (0.6 / 4.6, lambda chance, n: chance.beta(0.6, 4, n)),
    "Poisson 5 (a count)": (5.0, lambda chance, n: chance.poisson(5, n).astype(float)),
    "negative binomial, mean 6": (6.0, lambda chance, n: chance.negative_binomial(3, 1 / 3, n).astype(float)),
    "gamma 2 (a long tail)": (2.0, lambda chance, n: chance.gamma(2, 1, n)),
    "yes or no, 30 of 100": (0.3, lambda chance, n: (chance.random(n) < 0.3).astype(float)),
    "yes or no, 10 of 100": (0.1, lambda chance, n: (chance.random(n) < 0.1).astype(float)),
}


def coverage(samples: int) -> list[dict[str, Any]]:
    """Of means, and of paired differences of two outlets; yes and no in the range that they can have."""
    rows: list[dict[str, Any]] = []
    for paired in (False, True):
        for place, (shape, (mean, draw)) in enumerate(SHAPES.items()):
            row: dict[str, Any] = {"of": "paired difference" if paired else "mean", "population": shape}
            for n in SIZES:
                chance = np.random.default_rng([place, n, paired])
                held, binary = 0, shape.startswith("yes")
                factor, within = (1.0 if binary else 0.8) * paired, (-1.0 * paired, 1.0) if binary else ANY
                for seed in range(samples):
                    values = draw(chance, n) - (factor * draw(chance, n) if paired else 0)
                    low, high, _ = bootstrap.interval(np.sort(values), "articles", 0.95, RESAMPLES, seed, within)
                    held += low <= (1 - factor) * mean <= high
                row[f"n = {n}"] = percent(held / samples)
            rows.append(row)
    return rows


def yes(chance: np.random.Generator, rate: float, n: int) -> tuple[Floats, Floats]:
    """Truth and what a tool with sensitivity .75 and specificity .9 says."""
    truth = chance.random(n) < rate
    return truth.astype(float), (chance.random(n) < np.where(truth, 0.75, 0.1)).astype(float)


def count(chance: np.random.Generator, rate: float, n: int) -> tuple[Floats, Floats]:
    """Sources, and those that a tool finds: six of ten, and half a wrong one an article."""
    truth = chance.poisson(10 * rate, n)
    return truth.astype(float), (chance.binomial(truth, 0.6) + chance.poisson(0.5, n)).astype(float)


def share(chance: np.random.Generator, rate: float, n: int) -> tuple[Floats, Floats]:
    """A share of words, and what a tool makes of it: .08 + .7 of it, and noise."""
    truth = chance.beta(6 * rate, 6 * (1 - rate), n)
    return truth, 0.08 + 0.7 * truth + chance.normal(0, 0.05, n)


def misclassified(samples: int, coded: int = 100) -> list[dict[str, Any]]:
    """Coverage of the interval as it stands and by the shipped codes, where the tool errs here as there.

    The coded articles are of another kind: their mean is .5, that of the two outlets .6 and .3.
    """
    rows: list[dict[str, Any]] = []
    for name, draw, unit in (("yes or no", yes, 1.0), ("count", count, 10.0), ("share", share, 1.0)):
        for paired in (False, True):
            of = "difference" if paired else "mean"
            for n in (50, 200):
                chance = np.random.default_rng([len(name), n, paired])
                naive = aware = 0
                for seed in range(samples):
                    hand, tool = draw(chance, 0.5, coded)
                    line = correction.line(pd.DataFrame({"hand": hand, "tool": tool}))
                    values = draw(chance, 0.6, n)[1] - (draw(chance, 0.3, n)[1] if paired else 0)
                    low, high, method = bootstrap.interval(np.sort(values), "articles", 0.95, RESAMPLES, seed)
                    estimate = {"metric": "x", "n": n, of: values.mean(), "low": low, "high": high, "method": method}
                    found = correction._by_line(estimate, line, 0.95)
                    true = unit * (0.3 if paired else 0.6)
                    naive += low <= true <= high
                    aware += found["corrected_low"] <= true <= found["corrected_high"]
                rows.append(
                    {
                        "metric": name,
                        "of": f"paired {of}" if paired else of,
                        "n": n,
                        "coded by hand": coded,
                        "as it stands": percent(naive / samples),
                        "error-aware": percent(aware / samples),
                    }
                )
    return rows


def found_of(chance: np.random.Generator, truth: Floats, long: Floats, errs: str, outlet: int) -> Floats:
    """What a tool finds of the sources of an outlet's articles."""
    if errs == "grows":  # from 95 of 100 in the shortest articles to 55 in the longest; the second outlet's are longer
        return chance.binomial(truth.astype(int), 0.95 - 0.4 * long).astype(float)
    alike, apart, far = (0.8, 0.8), (0.85, 0.78), (0.9, 0.7)
    shares = {"alike": alike, ".85/.78": apart, ".90/.70": far}[errs]
    return chance.binomial(truth.astype(int), shares[outlet]).astype(float)


def own_codes(samples: int, stories: int = 1000) -> list[dict[str, Any]]:
    """Coverage and width of paired differences and means by codes of one's own, beside the hand alone, PPI, the line.

    Sources of an article: Poisson, mean 8, half of it the story's. Yes or no: whether an article has more than 8, where
    the tool counts what it finds.
    """
    rows: list[dict[str, Any]] = []
    for metric in ("sources", "yes or no"):
        for errs in ("alike", ".85/.78", ".90/.70", "grows"):
            for of in ("paired difference", "mean"):
                for coded in SIZES:
                    tried = [study(metric, errs, of, coded, stories, seed) for seed in range(samples)]
                    held = {name: np.array([each[name] for each in tried]) for name in tried[0]}
                    cell = {"metric": metric, "tool finds": errs, "of": of, "coded": coded}
                    for name, limits in held.items():
                        truth = np.array([each["truth"][0] for each in tried])
                        if name != "truth":
                            cell[name] = percent(float(((limits[:, 0] <= truth) & (truth <= limits[:, 1])).mean()))
                    shown = (held[name] for name in ("own codes", "PPI", "hand"))
                    widths = (float((limits[:, 1] - limits[:, 0]).mean()) for limits in shown)
                    cell["widths: own, PPI, hand"] = ", ".join(f"{width:.2f}" for width in widths)
                    rows.append(cell)
    return rows


def study(metric: str, errs: str, of: str, coded: int, stories: int, seed: int) -> dict[str, tuple[float, float]]:
    """The limits of each method in one study; its true value."""
    chance = np.random.default_rng([len(metric), len(errs), len(of), coded, seed])
    shared = chance.poisson(4, stories)
    truth, tool = np.empty((2, stories)), np.empty((2, stories))
    for outlet in (0, 1):
        truth[outlet] = shared + chance.poisson(4, stories)
        tool[outlet] = found_of(chance, truth[outlet], chance.beta(2 + 2 * outlet, 4, stories), errs, outlet)
    if metric == "yes or no":
        truth, tool = (truth > 8).astype(float), (tool > 8).astype(float)
    paired = of == "paired difference"
    one, by_tool = (each[0] - each[1] if paired else each[1] for each in (truth, tool))
    mean = 0.0 if paired else YES if metric == "yes or no" else 8.0
    lost = [np.where(np.arange(stories) < coded, truth[k] - tool[k], np.nan) for k in (0, 1)]
    own = correction._by_codes(by_tool, [lost[0], -lost[1]] if paired else [lost[1]], 0.95, paired=paired)
    hand, rest, errors = one[:coded], by_tool[coded:], one[:coded] - by_tool[:coded]
    ppi = rest.mean() + errors.mean()
    reach = 1.959964 * np.sqrt(rest.var() / len(rest) + errors.var() / coded)
    naive = by_tool.mean() + np.array([-1.959964, 1.959964]) * by_tool.std() / np.sqrt(stories)
    alone = bootstrap.students_t(0.975, coded - 1) * hand.std(ddof=1) / np.sqrt(coded)
    codes = pd.DataFrame({"hand": truth[:, :coded].ravel(), "tool": tool[:, :coded].ravel()})
    estimate = {"n": stories, "difference" if paired else "mean": by_tool.mean(), "low": naive[0], "high": naive[1]}
    before = correction._by_line(estimate, correction.line(codes), 0.95)
    return {
        "truth": (mean, mean),
        "as it stands": (naive[0], naive[1]),
        "line before": (before["corrected_low"], before["corrected_high"]),
        "own codes": (own["corrected_low"], own["corrected_high"]),
        "PPI": (ppi - reach, ppi + reach),
        "hand": (hand.mean() - alone, hand.mean() + alone),
    }


def grouping(path: Path) -> list[dict[str, Any]]:
    """Pairwise and B-cubed precision, recall and F1 of the groups found."""
    from adapters import stories  # type: ignore[import-not-found]

    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    random.Random("hide and shuffle the events").shuffle(lines)
    shown = [{key: line.get(key) for key in ("outlet", "title", "date", "text")} for line in lines]
    gold = pd.factorize(pd.Series([line["story_id"] for line in lines]))[0]
    label = pd.factorize(pd.Series(stories(shown)))[0]
    same, right = label[:, None] == label, gold[:, None] == gold
    both, n = same & right, len(lines)
    pairs = (both.sum() - n) / max(1, same.sum() - n), (both.sum() - n) / max(1, right.sum() - n)
    cubed = float((both.sum(1) / same.sum(1)).mean()), float((both.sum(1) / right.sum(1)).mean())
    return [
        {"measure": name, "precision": f"{p:.3f}", "recall": f"{r:.3f}", "F1": f"{2 * p * r / (p + r):.3f}"}
        for name, (p, r) in (("pairwise", pairs), ("B-cubed", cubed))
    ]


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as a Markdown table."""
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([str(row[name]) for name in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=2000, help="samples a cell (default: 2000)")
    parser.add_argument("--events", type=Path, help="articles by event; without it grouping is left out")
    given = parser.parse_args()
    warnings.simplefilter("ignore", comparison.SmallSampleWarning)
    print(f"Nominal 95% intervals hold in ... of {given.samples} samples\n\n{table(coverage(given.samples))}\n")
    print(f"With the shipped codes, 95% intervals hold in ...\n\n{table(misclassified(given.samples))}\n")
    print(f"With codes of one's own, 95% intervals hold in ...\n\n{table(own_codes(given.samples // 2))}\n")
    if given.events:
        print(f"Articles grouped by event\n\n{table(grouping(given.events))}")


if __name__ == "__main__":
    main()
