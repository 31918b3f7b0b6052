"""Charts with several estimates a row: the voices of an article, and means before and after correction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.bootstrap import apart
from ..comparison.unknown import beside
from ..comparison.unknown import known as with_a_name
from ..numbers_in_words import Notation, counted, figure, notation
from .frame import Frame, chart
from .layout import Rows, Words, label_beside, lay_out
from .looks import ChartError, faint, ground, ordered, tinted
from .tables import Row, axis_label, estimated, from_to, in_unit, method, need, rows_of, scale, written_out


class Look(NamedTuple):
    """How one of a row's estimates is drawn: label, mark (as text and as matplotlib's), colour."""

    label: str
    sign: str
    mark: str
    colour: str


VOICES = {  # metric
    "flesch_kincaid_grade": Look("Whole text", "●", "o", "#222222"),
    "flesch_kincaid_own_voice_grade": Look("Reporter’s own voice", "■", "s", "#0072B2"),
    "flesch_kincaid_quotations_grade": Look("Quotations", "▲", "^", "#E69F00"),
    "flesch_kincaid_lead_grade": Look("Lead", "◆", "D", "#CC79A7"),
}
STATES = {  # ends of an estimate's columns
    "": Look("as counted", "○", "o", "#7A7F87"),
    "corrected": Look("corrected", "●", "o", "#0072B2"),
}


@chart
def voices(table: pd.DataFrame, *, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """How hard each voice is to read: whole text, reporter's own voice, quotations and lead, with their intervals.

    ``table`` is that of ``means_and_differences.compare`` for the metrics in `VOICES`, or some of them. The outlet with
    the highest grade of the first voice stands on top. Raises ChartError for an empty table, a missing column, or no
    such metric.

    >>> table = pd.DataFrame({"outlet": "Herald", "metric": list(VOICES)[1:3], "n": 12, "n_missing": 0,
    ...     "mean": [11.2, 8.1], "low": [10.4, 7.0], "high": [12.0, 9.2], "method": "95% bootstrap-t", "seed": 1})
    >>> voices(table).get_label().split(". ")[0]
    'Flesch–Kincaid grade: quotations (8.1) read easier than the reporter’s own voice (11.2)'
    """
    need(table, [by, "metric", "n", "mean", "low", "high"])
    known = table[table["metric"].isin(list(VOICES)) & table["mean"].notna()]
    if known.empty:
        raise ChartError(f"The table has no mean of a voice's grade; compare {', '.join(VOICES)}.")
    present = [name for name in VOICES if (known["metric"] == name).any()]
    order = known.assign(place=known["metric"].map(present.index)).sort_values(
        ["place", "mean"], ascending=[True, False], kind="stable"
    )
    names = [str(name) for name in dict.fromkeys(order[by])]
    names = ordered(frame, names, names)
    rows = {(str(row[by]), row["metric"]): row for row in order.to_dict("records")}
    sizes = [sorted({int(row["n"]) for (outlet, _), row in rows.items() if outlet == name}) for name in names]
    listed = (
        f"{outlet}, {VOICES[metric].label.lower()} {estimated(row, 'mean', notation(metric))}"
        for (outlet, metric), row in sorted(rows.items(), key=lambda found: names.index(found[0][0]))
    )
    drawn = order.assign(voice=[VOICES[metric].label for metric in order["metric"]])
    words = Words(
        data=pd.DataFrame(drawn[[by, "voice", "n", "mean", "low", "high"]]),
        finding=f"Flesch–Kincaid grade: {_gap_of_voices(rows, with_a_name(names))}",
        subtitle="Mean of articles with its interval, in US school years: higher is harder "
        f"(n = {counted(sum(found[-1] for found in sizes), 'article')})",
        xlabel="Flesch–Kincaid grade (US school year)",
        basis=method(rows.values()),
        told=f"Marks with intervals, in US school years: {'; '.join(listed)}",
    )
    return _rows(
        {place: (row["mean"], row["low"], row["high"]) for place, row in rows.items()},
        notation(present[0]),
        _tinted(frame, {name: VOICES[name] for name in present}),
        names=names,
        notes=[f"n = {found[0]:,}" + (f"–{found[-1]:,}" if len(found) > 1 else "") for found in sizes],
        words=words,
        frame=frame,
    )


def _gap_of_voices(rows: dict[tuple[str, str], Row], names: Sequence[str]) -> str:
    """What is known of quotations beside the reporter's own voice."""
    own, quoted = "flesch_kincaid_own_voice_grade", "flesch_kincaid_quotations_grade"
    both = [(rows[name, quoted], rows[name, own]) for name in names if (name, quoted) in rows and (name, own) in rows]
    sure = [(one, other) for one, other in both if not math.isnan(one["low"]) and not math.isnan(other["low"])]
    easier = sum(apart(one, other) and one["mean"] < other["mean"] for one, other in sure)
    harder = sum(apart(one, other) and one["mean"] > other["mean"] for one, other in sure)
    if not both:
        return f"{figure(max(row['mean'] for row in rows.values()), own)} at most on average"
    if len(both) == 1 and (easier or harder):
        one, other = (f"({figure(row['mean'], own)})" for row in both[0])
        return f"quotations {one} read {'easier' if easier else 'harder'} than the reporter’s own voice {other}"
    if not easier and not harder:
        spans = (from_to((pair[k]["mean"] for pair in both), lambda mean: figure(mean, own)) for k in (0, 1))
        return "quotations {}, the reporter’s own voice {}".format(*spans)
    said = [f"{word} at {n} of {len(names)}" for word, n in (("easier", easier), ("harder", harder)) if n]
    return f"quotations read {', '.join(said)} outlets than the reporter’s own voice"


@chart
def corrected(table: pd.DataFrame, *, metric: str | None = None, by: str = "outlet", **frame: Unpack[Frame]) -> Axes:
    """Each outlet's mean as the toolkit counts it and corrected for its error, with both intervals; largest on top.

    ``table`` is that of ``correction.corrected`` for means: the hollow mark is ``mean``, the filled one ``corrected``,
    whose interval knows how often the toolkit is wrong. Rows without a corrected mean are left out. Raises ChartError
    for an empty table, a missing column, an unclear metric, or one that nobody has coded by hand.

    >>> table = pd.DataFrame({"outlet": ["Herald"], "metric": ["sources"], "n": [12], "mean": [4.0], "low": [2.6],
    ...     "high": [5.9], "corrected": [5.0], "corrected_low": [3.0], "corrected_high": [7.5], "n_coded": [92],
    ...     "method": ["95% bootstrap-t"], "seed": [1]})
    >>> " ".join(corrected(table).texts[0].get_text().split())
    'Sources at Herald: 4.0 as counted, 5.0 when corrected for the toolkit’s error'
    """
    need(table, [by, "metric", "n", "mean", "corrected", "corrected_low", "corrected_high", "n_coded"])
    if metric is None and table["metric"].nunique() == 1:
        metric = str(table["metric"].iloc[0])
    if metric in set(table["metric"]) and table.loc[table["metric"] == metric, "corrected"].isna().all():
        raise ChartError(
            f"No mean of {metric!r} could be corrected, for too few articles are coded by hand or the toolkit's values "
            "follow the hand's too loosely; give codes of your own to calibration.corrected."
        )
    rows, written = rows_of(table, metric, [by], "corrected")
    rows = ordered(frame, rows, [str(row[by]) for row in rows])
    names = [str(row[by]) for row in rows]
    few, many = (int(end(row["n_coded"] for row in rows)) for end in (min, max))
    coded = (f"{few:,} to " if few < many else "") + counted(many, "article")
    estimates = {
        (name, state): tuple(float(row[column]) for column in columns)
        for name, row in zip(names, rows, strict=True)
        for state, columns in {
            "": ("mean", "low", "high"), "corrected": ("corrected", "corrected_low", "corrected_high")
        }.items()
    }  # fmt: skip
    listed = (
        f"{name} {', '.join(f'{STATES[state].label} {_told(estimates[name, state], written)}' for state in STATES)}"
        f", n = {int(row['n'])}"
        for name, row in zip(names, rows, strict=True)
    )
    words = Words(
        data=written_out(
            pd.DataFrame(rows)[
                [by, "n", *(columns := ["mean", "low", "high", "corrected", "corrected_low", "corrected_high"])]
            ],
            written,
            columns,
        ),
        finding=f"{written.label}{_moved(rows, names[0], written)}",
        subtitle=f"Mean of articles with its interval{in_unit(written)}; the interval of the corrected mean holds the "
        f"error, too (n = {counted(sum(int(row['n']) for row in rows), 'article')})",
        xlabel=axis_label(written, "article"),
        basis=f"{method(rows)} Error measured on {coded} coded by hand.".strip(),
        told=f"Pairs of marks with intervals, in {written.unit or written.label}: {'; '.join(listed)}",
    )
    notes = [f"n = {int(row['n']):,}" for row in rows]
    return _rows(
        estimates, written, _tinted(frame, STATES), names=names, notes=notes, words=words, frame=frame, values=True
    )


def _moved(rows: Sequence[Row], name: str, written: Notation) -> str:
    """How far correction moves the means; of one row both means."""
    if len(rows) == 1:
        counts, truth = (written.number(rows[0][column]) for column in ("mean", "corrected"))
        return f"{beside(name, 'at')}: {counts} as counted, {truth} when corrected for the toolkit’s error"
    moves = [row["corrected"] - row["mean"] for row in rows]
    least, most = (written.number(end, signed=True, bare=True) for end in (min(moves), max(moves)))
    told = f"{least}{f' to {most}' * (least != most)}{written.points}"
    return f": corrected for the toolkit’s error, means move by {told}"


def _told(estimate: Sequence[float], written: Notation) -> str:
    value, low, high = estimate
    return f"{written.number(value)} ({written.limits(low, high) or 'no interval'})"


def _tinted(frame: Frame, looks: Mapping[str, Look]) -> dict[str, Look]:
    """The series in the user's colours, where these are named."""
    found = tinted(frame, {key: (look.label, look.colour) for key, look in looks.items()})
    return {key: look._replace(colour=found[key][1]) for key, look in looks.items()}


def _rows(
    estimates: Mapping[tuple[str, str], Sequence[float]],
    written: Notation,
    looks: Mapping[str, Look],
    *,
    names: Sequence[str],
    notes: Sequence[str],
    words: Words,
    frame: Frame,
    values: bool = False,
) -> Axes:
    """Estimates (value, low, high) by row and series, a line each; the first of a series is labelled at its mark.

    With ``values`` each mark has its value, and a line joins the first series of a row to the others.
    """
    rows = Rows(names=names, notes=notes, tall=1.05 * len(looks) + 1.1, least=0.45 * len(looks) + 0.6)
    key = [(look.sign, look.colour, look.label) for look in looks.values()]
    page = lay_out(frame, words, rows, key=key, direct=True)
    ax, size = page.ax, page.size
    side = min(0.72 * size, 0.7 * page.row * 0.82 / len(looks) ** 0.5)
    labels = []
    for k, (series, look) in enumerate(looks.items()):
        mine = {y: estimates[name, series] for y, name in enumerate(names) if (name, series) in estimates}
        shift = (k - (len(looks) - 1) / 2) * 0.82 / len(looks)
        places = np.array(list(mine)) + shift
        found, lows, highs = np.array(list(mine.values()), dtype=float).T
        sure, gid = np.isfinite(lows), series or "counted"
        line: dict[str, Any] = {"color": look.colour, "linewidth": 0.16 * size, "gid": f"intervals-{gid}"}
        ax.hlines(places[sure], lows[sure], highs[sure], **line)
        face, edge = (look.colour, ground()) if look.sign != "○" else (ground(), look.colour)
        fill: dict[str, Any] = {"color": face, "edgecolors": edge, "linewidth": 0.12 * size, "marker": look.mark}
        ax.scatter(found, places, side**2, zorder=4, gid=gid, clip_on=False, **fill)
        for place, (y, (value, low, high)) in enumerate(mine.items()):
            text = [written.number(value)] * values + [look.label] * (not place)
            if text:
                labels.append((" ".join(text), y + shift, np.fmin(low, value), np.fmax(high, value)))
    for y in range(1, len(names)):
        ax.axhline(y - 0.5, color=faint(), linewidth=0.7, zorder=0)
    scale(page, written, np.array(list(estimates.values()), dtype=float))
    if not page.close:
        label_beside(page, labels, 0.9 * size, gid="label")
    return ax
