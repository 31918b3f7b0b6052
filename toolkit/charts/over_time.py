"""Charts over time: how a metric moves, and when outlets covered what they covered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Day
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib import dates as _dates
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..comparison.bootstrap import apart
from ..comparison.same_event import days
from ..comparison.unknown import UNKNOWN, called, stripped
from ..numbers_in_words import Notation, counted
from .frame import Frame, chart
from .layout import Page, Rows, Words, lay_out
from .lettering import write
from .looks import ChartError, dots, faint, ground, line, ordered, row_colours
from .tables import Ticks, estimated, from_to, in_unit, method, need, rows_of, written_out

_SPELT = {"D": "{} %B %Y", "W": "the week of {} %B %Y", "M": "%B %Y", "Q": "the quarter from %B %Y", "Y": "%Y"}


@chart
def trend(table: pd.DataFrame, *, metric: str | None = None, **frame: Unpack[Frame]) -> Axes:
    """A metric over time: the mean of each period's articles with its interval, joined where periods follow.

    ``table`` is that of ``means_and_differences.over_time``. A period without a value breaks the line; articles without
    a date are counted in the line beneath the title. Raises ChartError for an empty table, a missing column or an
    unclear metric.

    >>> table = pd.DataFrame({"period": pd.to_datetime(["2024-03-01", "2024-04-01"]), "metric": "sources", "n": [9, 9],
    ...     "n_missing": 0, "mean": [4.0, 5.0], "low": [3.0, 4.1], "high": [5.2, 6.0], "method": "95%", "seed": 1})
    >>> trend(table).get_label().split(". ")[0]
    'Sources: between 4.0 and 5.0 from March 2024 to April 2024'
    """
    _, written = rows_of(table, metric, ["period"], "mean")
    mine = table[table["metric"] == written.name]
    undated = int(mine.loc[mine["period"].isna(), "n"].sum())
    mine = mine[mine["period"].notna()].sort_values("period")
    rows = mine[mine["mean"].notna()].to_dict("records")
    if not rows:
        raise ChartError(f"No period has a mean of {written.name!r}, so there is nothing to draw.")
    freq = "W" if any(row["period"].day > 1 for row in rows) else "M"
    names = [_spelt(row["period"], freq) for row in rows]
    first, last = rows[0], rows[-1]
    finding = f"{written.number(first['mean'])} in {names[0]}"
    if len(rows) > 1:
        ends = from_to((row["mean"] for row in rows), written.number)
        finding = f"{'between ' * (' to ' in ends)}{ends.replace(' to ', ' and ')} from {names[0]} to {names[-1]}"
        if apart(first, last):
            finding = (
                f"from {written.number(first['mean'])} ({names[0]}) to {written.number(last['mean'])} ({names[-1]})"
            )
    total = f"n = {counted(int(mine['n'].sum()), 'article')}" + (
        f"; {undated:,} without a date left out" * (undated > 0)
    )
    listed = [f"{name} {estimated(row, 'mean', written)}" for name, row in zip(names, rows, strict=True)]
    words = Words(
        finding=f"{written.label}: {finding}",
        subtitle=f"Mean of each period's articles with its interval{in_unit(written)} ({total})",
        xlabel=_axis([row["period"] for row in rows], freq),
        basis=method(rows),
        told=f"Line with intervals, in {written.unit or written.label}: {'; '.join(listed)}",
        data=written_out(mine[["period", "n", "mean", "low", "high"]], written, ["mean", "low", "high"]),
    )
    return _line(frame, words, mine, written)


def _line(frame: Frame, words: Words, mine: pd.DataFrame, written: Notation) -> Axes:
    """Draws the means of periods as a line, with their intervals."""
    means, lows, highs = (mine[name].to_numpy(dtype=float) for name in ("mean", "low", "high"))
    bottom, top = float(np.nanmin([means, lows])), float(np.nanmax([means, highs]))
    scale = [written.number(bound) for bound in (top, bottom)]
    page = lay_out(frame, words, Rows(names=[max(scale, key=len)] * 5))  # the room for the scale, which replaces them
    ax, size = page.ax, page.size
    at = mine["period"].to_numpy()
    sure = np.isfinite(lows)
    ax.vlines(at[sure], lows[sure], highs[sure], color=dots(), linewidth=0.2 * size, zorder=3, gid="intervals")
    look: dict[str, Any] = {"markersize": 0.55 * size, "markeredgecolor": ground(), "clip_on": False, "zorder": 4}
    ax.plot(at, means, "-o", color=row_colours(frame, [written.label])[0], linewidth=0.13 * size, gid="means", **look)
    room = 0.06 * (top - bottom) or 0.06 * abs(top) or 1.0
    ax.set_ylim(bottom - room, top + room)
    ax.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Ticks(written))
    if len(at) == 1:
        around = np.timedelta64(20, "D")
        ax.set_xlim(at[0] - around, at[0] + around)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="y", color=faint(), linewidth=0.7)
    _calendar(page)
    return ax


@chart
def coverage(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    date: str = "date",
    freq: str = "",
    **frame: Unpack[Frame],
) -> Axes:
    """When each outlet's articles appeared: a bar a period, as high as its articles, the earliest outlet on top.

    ``table`` has a row an article: ``by`` and ``date`` (read as ``same_event.days`` does). ``freq`` is D, W (from
    Monday), M, Q or Y; without it `frequency` decides. Articles without a date are counted beneath the title. Raises
    ChartError for an empty table, a missing column, another ``freq``, or no date.

    >>> table = pd.DataFrame({"outlet": "Herald", "date": ["2031-03-04", "2031-03-05", "2031-03-05", ""]})
    >>> coverage(table).texts[0].get_text()
    'Most articles on 5 March 2031: 2 of 3'
    """
    need(table, [by, date])
    if freq not in {"", *_SPELT}:
        raise ChartError(f"The freq {freq!r} is not known; give D, W, M, Q or Y.")
    found = days(stripped(table[date]).fillna(""))
    known = [day for day in found if day]
    if not known:
        raise ChartError(f"No article has a {date!r} that can be read, so there is nothing to draw over time.")
    freq = freq or frequency(known)
    dated = pd.DataFrame({"by": called(table[by]).to_numpy(), "day": pd.to_datetime(pd.Series(found))}).dropna()
    dated["period"] = dated["day"].dt.to_period(freq)
    counts = pd.crosstab(dated["by"], dated["period"])
    firsts = dated.groupby("by")["day"].min().sort_values(kind="stable")
    counts = counts.loc[ordered(frame, list(firsts.index), list(firsts.index))]
    names = [str(name) for name in counts.index]
    total, peak = int(counts.to_numpy().sum()), int(counts.to_numpy().max())
    periods: list[Any] = list(counts.columns)
    spelt = [f"{'on' if freq == 'D' else 'in'} {_spelt(period.start_time, freq)}" for period in periods]
    finding = _peak(counts.sum(), spelt, freq)
    if len(names) > 1 and firsts.iloc[0] < firsts.iloc[1] and firsts.index[0] != UNKNOWN:
        finding += f"; {firsts.index[0]} first ({_spelt(firsts.iloc[0], 'D')})"
    undated = len(table) - total
    words = Words(
        finding=finding,
        subtitle=f"Each bar: the articles of a {_period(freq)}; the tallest has {peak:,} "
        f"(n = {counted(total, 'article')}{f'; {undated:,} without a date left out' if undated else ''})",
        xlabel=_axis([period.start_time for period in periods], freq),
        basis="Counts of the articles at hand.",
        data=counts.rename_axis(index=by, columns=None).rename(columns=str).reset_index(),
        told=f"Bars by {_period(freq)}: "
        + "; ".join(
            f"{name} " + ", ".join(f"{n} {when}" for when, n in zip(spelt, row, strict=True) if n)
            for name, row in zip(names, counts.to_numpy(), strict=True)
        ),
    )
    page = lay_out(frame, words, Rows(names=names, notes=[f"n = {n:,}" for n in counts.sum(axis=1)]))
    _bars(page, counts.to_numpy(dtype=float), periods, row_colours(frame, names))
    _calendar(page, whole_days=freq == "D")
    return page.ax


def _peak(totals: pd.Series, spelt: Sequence[str], freq: str) -> str:
    """When most of the articles appeared."""
    most, total = int(totals.max()), int(totals.sum())
    tops = [when for when, n in zip(spelt, totals, strict=True) if n == most]
    if len(spelt) == 1:
        return f"{'One article,' if total == 1 else f'All {total:,} articles'} {tops[0]}"
    if len(tops) > 2 or most == 1:
        return f"No peak: at most {counted(most, 'article')} a {_period(freq)}"
    return f"Most articles {' and '.join(tops)}: {most:,}{' each' * (len(tops) > 1)} of {total:,}"


def _bars(page: Page, counts: np.ndarray, periods: Sequence[Any], colours: Sequence[str]) -> None:
    """Draws a bar a period in each row, as high as its articles; few bars that are tallest have their number."""
    ax, size, peak = page.ax, page.size, counts.max()
    starts = np.array([_number(period.start_time) for period in periods])
    spans = np.array([(period.end_time - period.start_time).days + 1 for period in periods])
    low, high = starts.min(), (starts + spans).max()
    for y, n in enumerate(counts):
        least = 0.35 * size / page.plot * (high - low)  # a bar that can be seen
        wide = np.maximum(0.86 * spans, least)[n > 0]
        at, tall = (starts + spans / 2)[n > 0], 0.62 * n[n > 0] / peak
        ax.bar(at, -tall, wide, y + 0.38, color=colours[y], linewidth=0, gid=f"bars-{y}")
        for x, height in zip(at, tall, strict=True) if (counts == peak).sum() <= 3 else ():
            if height == 0.62:
                top: dict[str, Any] = {"ha": "center", "va": "bottom", "gid": "peak"}
                write(ax, f"{int(peak):,}", (x, y + 0.38 - height), 0.9 * size, (0, 0.1 * size), **top)
    ax.hlines(np.arange(len(counts)) + 0.38, low, high, color=line(), linewidth=0.7, gid="floor")
    room = 0.02 * (high - low)
    ax.set_xlim(low - room, high + room)
    ax.xaxis_date()


def frequency(found: Sequence[Day]) -> str:
    """The period that keeps bars few: days within a month, weeks within half a year, months within five, else years.

    >>> frequency([Day(2031, 3, 4), Day(2031, 3, 9)]), frequency([Day(2030, 3, 4), Day(2031, 3, 9)])
    ('D', 'M')
    """
    span = (max(found) - min(found)).days
    return "D" if span <= 31 else "W" if span <= 183 else "M" if span <= 5 * 366 else "Y"


def _period(freq: str) -> str:
    return {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}[freq]


def _axis(days: Sequence[pd.Timestamp], freq: str) -> str:
    """What the axis shows, from its first period to its last."""
    ends = dict.fromkeys(_spelt(day, "D") for day in (days[0], days[-1]))
    return f"{'Day' if freq == 'D' else f'First day of the {_period(freq)}'}, {' to '.join(ends)}"


def _spelt(day: pd.Timestamp, freq: str) -> str:
    """The day or the period that begins with it; no system spells a day without nought as another does."""
    return day.strftime(_SPELT[freq]).format(day.day)


def _number(day: pd.Timestamp) -> float:
    dates: Any = _dates  # it has no types
    return float(dates.date2num(day.to_pydatetime()))


class _Calendar(_dates.ConciseDateFormatter):
    """Dates as short as can be, days without a nought in front."""

    def format_ticks(self, values: Any) -> list[str]:
        return [re.sub(r"^0(?=\d )", "", text) for text in super().format_ticks(values)]  # type: ignore[no-untyped-call]


def _calendar(page: Page, *, whole_days: bool = False) -> None:
    dates: Any = _dates
    most = max(3, int(page.plot / (6 * page.size)))
    locator = dates.AutoDateLocator(minticks=2 if whole_days else 3, maxticks=most)
    if whole_days and np.ptp(page.ax.get_xlim()) < 4:
        locator = dates.DayLocator()
    page.ax.xaxis.set_major_locator(locator)
    spelt = ["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%S"]
    zero = ["", "%Y", "%d %b", "%d %b", "%H:%M", "%H:%M"]  # at the first of a year, month, day, ...
    short: Any = _Calendar  # it has no types
    formatter = short(locator, formats=spelt, zero_formats=zero, show_offset=False)
    page.ax.xaxis.set_major_formatter(formatter)
