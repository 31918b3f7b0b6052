"""One article in plain text: what was found in it and where, as the command line shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .analysis import Analysis
from .article import UNKNOWN, Span
from .metrics.dictionary import METRICS
from .metrics.ledger import ledger
from .metrics.table import OUTSIDE, measure
from .numbers_in_words import counted, figure
from .people.sources import Source
from .reading import corrections as by_hand


def explained(found: Analysis) -> list[str]:
    """What was found in an article, line by line: what was left out of the body and what that does to the numbers, the
    numbers, quotations, sources and attributions.

    >>> import toolkit
    >>> explained(toolkit.analyze("The mayor quit. “I am tired of it,” said Ilse Brandt."))[0]
    'article · (unknown)'
    """
    text = found.article.text
    values = measure(found)
    lines = [f"{found.article.id or 'article'} · {found.article.outlet or UNKNOWN}", ""]
    if values["error"]:
        return [*lines, values["error"], ""]
    lines += ["What was left out of the body, and why"]
    kept = [zone for zone in found.zones if zone.kind != "body"]
    lines += [f"  {zone.kind:<9} {_quote(text, zone.span)}   ({zone.why})" for zone in kept] or ["  nothing"]
    lines += _effects(found) if kept else ()
    lines += ["", "Numbers (body)"]
    shown = {name: _figure(name, values[name]) for name in METRICS}
    lines += [f"  {METRICS[name].label:<32} {shown[name]:>9}  {METRICS[name].unit}" for name in METRICS]
    return [*lines, *_speech(found, values), ""]


def _speech(found: Analysis, values: Mapping[str, Any]) -> list[str]:
    """Quotations, sources and attributions."""
    text = found.article.text
    lines: list[str] = []
    lines += [
        "",
        f"Quotations ({values['quotations']:.0f}; besides them terms, and what goes on from a paragraph before)",
    ]
    lines += [
        f"  {q.kind:<9} {'goes on: ' * q.continued}{'' if q.closed else 'never closed: '}{_quote(text, q.span)}"
        for q in found.quotations
        if q.paragraph >= 0
    ]
    lines += [
        "",
        f"Sources ({values['sources']:.0f}; to correct one, copy its line into corrections.csv, mend the value)",
    ]
    for source in found.sources:
        unnamed = f", anonymous{f' ({source.affiliation})' if source.affiliation else ''}" if source.anonymous else ""
        second = ", second-hand" if source.second_hand else ""
        n = len(found.counted.intersection(source.attributions))
        said = counted(n, "attribution") if n else OUTSIDE
        lines.append(f"  {source.name} · {source.kind}{unnamed}{second} · {said}")
        forms = list(dict.fromkeys(_quote(text, mention) for mention in source.mentions))
        lines += [f"    written as: {'; '.join(forms)}", f"    why: {source.why}", f"    {_line(found, source)}"]
    lines += (
        [
            "",
            "Corrections by hand",
            *(f"  {each.correction.what} “{each.correction.which}”: {each}" for each in found.corrections),
        ]
        if found.corrections
        else []
    )
    lines += ["", f"Attributions ({values['attributions']:.0f}; besides them nested ones and those outside the body)"]
    lines += ["  source | cue | content"]
    for i, a in enumerate(found.attributions):
        heard = found.source_of(i)
        who = _quote(text, a.source, 40) if a.source else f"[{heard.name if heard else 'none'}]"
        cue = _quote(text, a.cue) if a.cue else "—"
        content = " … ".join(_quote(text, span) for span in a.content)
        apart = "nested" if a.depth else "" if i in found.counted else OUTSIDE
        kind = ", ".join(filter(None, (a.kind, a.stance, apart)))
        lines.append(f"  {'  ' * a.depth}{who} | {cue} | {content}   ({kind})")
    return lines


def _line(found: Analysis, source: Source) -> str:
    """The line of a file of corrections that says what a source is, of an anonymous one that it is not."""
    at = min(source.mentions, default=Span(0, 0)).start
    field, value = ("anonymous", "no") if source.anonymous else ("kind", source.kind)
    return by_hand.line(found.article.id, "source", source.name, at, field, value)


def _quote(text: str, span: Span, width: int = 70) -> str:
    words = " ".join(span.of(text).split())
    return words if len(words) <= width else words[: width - 1] + "…"


def _effects(found: Analysis) -> Iterator[str]:
    """What the numbers would be if what was left out counted, a line a kind of zone."""
    table = ledger(found)
    yield from ("", "What the numbers would be if it counted as body")
    for at in range(1, len(table)):
        changed = [name for name in table.columns[3:] if table[name].iloc[at] != table[name].iloc[0]]
        shown = (f"{METRICS[name].in_text} {_figure(name, table[name].iloc[at])}" for name in changed)
        words = counted(table["taken"].iloc[at], "word")
        yield f"  {table['zone'].iloc[at]:<9} {words}: {', '.join(shown) or 'the same'}"


def _figure(name: str, value: float) -> str:
    return figure(value, name, whole=float(value).is_integer())
