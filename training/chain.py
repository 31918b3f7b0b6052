"""Learns a chain: weights for features of each line and for which kind follows which, by penalised likelihood.

The linear-chain conditional random field of Lafferty, McCallum & Pereira (2001), fitted by L-BFGS. All chains are
summed side by side, longest first, so that a step costs a few products of matrices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """What was learnt: ``weights`` (one row a feature, a column a kind), ``follow`` (from row to column), ``start``."""

    features: list[str]
    weights: Array
    follow: Array
    start: Array


def learn(
    pages: Sequence[Sequence[Sequence[str]]],
    labels: Sequence[Sequence[int]],
    *,
    shares: Sequence[float],
    kinds: int,
    penalty: float,
    features: Sequence[str],
    steps: int = 100,
) -> Chain:
    """The chain that gives ``labels`` for ``pages`` (features of lines); ``shares``: how much each page counts.

    ``penalty``: of the squared weights, halved. Only the named ``features`` are looked at. The same input gives the
    same chain on the same machine.
    """
    order = sorted(range(len(pages)), key=lambda i: -len(pages[i]))
    number = {name: i for i, name in enumerate(features)}
    share = np.array([shares[i] for i in order], float)
    rows, columns, row = [], [], 0
    for i in order:
        for line in pages[i]:
            found = [number[name] for name in set(line) if name in number]
            rows += [row] * len(found)
            columns += found
            row += 1
    table = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(row, len(features)))
    turned = table.T.tocsr()
    right = np.array([kind for i in order for kind in labels[i]])
    lengths = np.array([len(pages[i]) for i in order])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    longest = int(lengths.max())
    alive = [int((lengths > t).sum()) for t in range(longest)]
    at = [starts[: alive[t]] + t for t in range(longest)]
    size, n = len(features), len(order)
    of_line = np.repeat(share, lengths)[:, None]
    target = np.zeros((row, kinds))
    target[np.arange(row), right] = 1
    seen_follow, seen_start = np.zeros((kinds, kinds)), np.zeros(kinds)
    np.add.at(seen_start, right[starts[:-1]], share)
    for t in range(1, longest):
        np.add.at(seen_follow, (right[at[t] - 1], right[at[t]]), share[: alive[t]])

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat[: size * kinds].reshape(size, kinds)
        follow = flat[size * kinds : size * kinds + kinds * kinds].reshape(kinds, kinds)
        start = flat[size * kinds + kinds * kinds :]
        scores = np.asarray(table @ weights.astype(np.float32)).astype(float)
        forward = [start + scores[at[0]]]
        grown = np.exp(follow)
        for t in range(1, longest):
            last = forward[-1][: alive[t]]
            most = last.max(1, keepdims=True)
            forward.append(np.log(np.exp(last - most) @ grown) + most + scores[at[t]])
        total = np.zeros(n)
        for t in range(longest):
            ended = slice(alive[t + 1] if t + 1 < longest else 0, alive[t])
            last = forward[t][ended]
            most = last.max(1, keepdims=True)
            total[ended] = (np.log(np.exp(last - most).sum(1, keepdims=True)) + most)[:, 0]
        likely = np.zeros((row, kinds))
        pairs = np.zeros((kinds, kinds))
        backward = np.zeros((alive[-1], kinds))
        for t in range(longest - 1, -1, -1):
            backward = np.vstack([backward, np.zeros((alive[t] - len(backward), kinds))])
            whole = total[: alive[t], None]
            likely[at[t]] = np.exp(forward[t] + backward - whole)
            if t:
                here, last = scores[at[t]] + backward, forward[t - 1][: alive[t]]
                most, high = last.max(1, keepdims=True), here.max(1, keepdims=True)
                weighed = np.exp(last - most) * np.exp(most + high - whole) * share[: alive[t], None]
                ahead = np.exp(here - high)
                pairs += (weighed.T @ ahead) * grown
                backward = np.log(ahead @ grown.T) + high
        fit = (
            (scores * target * of_line).sum()
            + (seen_follow * follow).sum()
            + seen_start @ start
            - (total * share).sum()
        )
        slope = np.concatenate(
            [
                np.asarray(turned @ ((likely - target) * of_line).astype(np.float32)).astype(float).ravel(),
                (pairs - seen_follow).ravel(),
                (likely[starts[:-1]] * share[:, None]).sum(0) - seen_start,
            ]
        )
        held = np.ones(len(flat))
        held[size * kinds :] = 0.1  # successions are few and well seen
        return -fit + 0.5 * penalty * float((held * flat * flat).sum()), slope + penalty * held * flat

    first = np.zeros(size * kinds + kinds * kinds + kinds)
    best = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return Chain(
        list(features),
        best[: size * kinds].reshape(size, kinds),
        best[size * kinds : size * kinds + kinds * kinds].reshape(kinds, kinds),
        best[size * kinds + kinds * kinds :],
    )


def known(pages: Sequence[Sequence[Sequence[str]]], *, least: int) -> list[str]:
    """The features that occur on at least so many pages, in order."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({name for line in page for name in line})
    return sorted(name for name, n in counts.items() if n >= least)
