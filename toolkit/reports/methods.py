"""How a run's numbers were made, in words and as a codebook; both are made from the run itself."""

from __future__ import annotations

import hashlib
import math
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import pandas as pd

from .. import __version__
from ..analysis import Analysis
from ..comparison import correction
from ..comparison.in_sentences import of_articles
from ..language import word_lists
from ..metrics.dictionary import COMPARED, METRICS, Metric
from ..numbers_in_words import counted, listed
from ..reading import page_zones

CODEBOOK = (
    "variable", "value", "label", "unit", "range", "direction", "definition", "reference", "n", "mean", "least", "most",
)  # fmt: skip


def methods(
    analyses: Sequence[Analysis],
    *,
    hand: pd.DataFrame | None = None,
    resamples: int = 9999,
    seed: int = 1,
) -> str:
    """How the numbers of this run were made: paragraphs parted by blank lines.

    Versions and digests of the program and of the articles, what was left out, how text is cut, who proposed the
    attributions, the definitions of the compared metrics with their references, and how intervals, tests and
    corrections were made. ``hand`` are your own codes, if there are any.

    >>> from toolkit import analyze
    >>> methods([analyze("The mayor quit.")]).split(" with ")[0]
    'Run: media-analysis-toolkit 0.1.0'
    """
    annotators = sorted({a.annotator for a in analyses} - {""}) or ["nobody"]
    paragraphs = (
        _run(analyses),
        _left_out(analyses),
        _by_hand(analyses),
        (
            "Text: a word is a run between white space, or between dashes, that holds a letter or digit.",
            "A sentence ends at a full stop, question or exclamation mark that is no part of an abbreviation,",
            "number or name, and with its paragraph. Every metric uses this one segmentation.",
            "Quotations are read from the marks; those of speech and documents count, terms and titles do not.",
            f"Attributions (source, cue, content; after Pareti 2016) were proposed by: {', '.join(annotators)}.",
            "Those inside another one are marked and not counted. A source counts once an article.",
        ),
        ("Metrics compared.", *map(_defined, COMPARED), "The codebook defines the others."),
        (
            "Comparison: means are over articles, differences over stories that both outlets covered; never over",
            "sentences. Intervals: 95% bootstrap-t (Efron & Tibshirani 1993),",
            f"{resamples:,} resamples, seed {seed}. Differences: two-sided sign-flip permutation test,",
            "p adjusted after Holm over all pairs and metrics.",
        ),
        (*_correction(annotators, hand), "Look at the marked-up articles before relying on a small difference."),
    )
    return "\n\n".join(filter(None, (" ".join(paragraph) for paragraph in paragraphs)))


def _run(analyses: Sequence[Analysis]) -> Iterator[str]:
    """What was measured, by which program, and what is in no number."""
    outlets = {a.article.outlet.strip() for a in analyses} - {""}
    bare = [(a.article.id or f"article {i}", a.article.fault) for i, a in enumerate(analyses, 1) if not a.words]
    empty, faulty = [name for name, fault in bare if not fault], [name for name, fault in bare if fault]
    yield f"Run: {made_by()}. Digest of its code, word lists and weights: {digest()}."
    yield f"{of_articles(len(analyses), len(outlets))}, {counted(sum(len(a.words) for a in analyses), 'word')} in"
    yield f"{counted(sum(len(a.sentences) for a in analyses), 'sentence')} of body text; digest of the texts:"
    yield f"{_texts(analyses)}."
    if empty:
        yield f"In no number, for want of words in the body: {listed(empty)}."
    if faulty:
        yield f"In no number, for they could not be read or analysed: {listed(faulty)}."
    if not bare:
        yield "All were measured."


def _left_out(analyses: Sequence[Analysis]) -> Iterator[str]:
    """What was not counted as body text."""
    junk = Counter(page_zones.sort_of(zone) for a in analyses for zone in a.zones if zone.kind == "junk")
    furniture = ", ".join(f"{why} ({n})" for why, n in sorted(junk.items(), key=lambda found: (-found[1], found[0])))
    yield "Left out: headlines, decks, bylines, datelines, captions, credits and notes are not counted,"
    if junk:
        yield f"nor is page furniture, here {counted(sum(junk.values()), 'stretch', 'es')}: {furniture}."
    else:
        yield "nor is page furniture, of which none was found."
    yield "No character is deleted: each article's ledger lists these stretches and what decided."


def _by_hand(analyses: Sequence[Analysis]) -> Iterator[str]:
    """How much of what was found is corrected by hand, and by whom."""
    done = [each for a in analyses for each in a.corrections]
    used = [each for each in done if not each.fault]
    if used:
        who = Counter(each.correction.who or "somebody who is not named" for each in used)
        by = ", ".join(f"{n} by {name}" for name, n in sorted(who.items()))
        of = counted(sum(any(not each.fault for each in a.corrections) for a in analyses), "article")
        yield f"Corrected by hand: {counted(len(used), 'correction')} in {of}, {by}; the evidence lists them."
    if len(used) < len(done):
        yield f"{counted(len(done) - len(used), 'correction')} could not be used: nothing in the article fits."


def made_by() -> str:
    """The toolkit and what its numbers rest on, with their versions."""
    others = [f"{name} {version(name)}" for name in ("numpy", "pandas", "nltk", "matplotlib")]
    return f"media-analysis-toolkit {__version__} with Python {platform.python_version()}, {', '.join(others)}"


@cache
def digest() -> str:
    """The first 12 hex digits of a SHA-256 over all files of the package that decide a number."""
    root = files("toolkit")
    return _sha256(part for name, file in _files(root) for part in (name.encode(), b"\0", file.read_bytes()))[:12]


def _files(folder: Traversable, above: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _files(item, f"{above}{item.name}/")
        elif item.name.endswith((".py", ".tsv", ".txt", ".xz", ".npz", ".json")):
            found.append((above + item.name, item))
    return found


def _sha256(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()


def _texts(analyses: Sequence[Analysis]) -> str:
    return _sha256(part for a in analyses for part in (a.article.text.encode("utf-8", "surrogatepass"), b"\0"))[:12]


def _defined(name: str) -> str:
    metric = METRICS[name]
    reference = "" if metric.reference == "this toolkit" else f" ({metric.reference})"
    return f"{metric.label}: {metric.definition.removesuffix('.')}{reference}."


def _correction(annotators: list[str], hand: pd.DataFrame | None) -> list[str]:
    """What is done about the toolkit's own errors."""
    chance = "Errors: the intervals hold the chance of the sample only; the toolkit also misreads some sentences."
    known = annotators == [correction.annotator()]
    own = [name for name in COMPARED if hand is not None and name in hand.columns]
    if not known and not own:
        return [chance, "Its errors with this annotator have not been measured, so no estimate is corrected for them."]
    ours = [name for name in COMPARED if known and name in correction.measured() and name not in own]
    said = [chance]
    if own and hand is not None:
        said.append(
            f"For {_labels(own)} these errors were measured on {counted(len(hand), 'row')} of your own codes, taken "
            "for a random sample of these articles: the toolkit's mean over all, plus hand minus toolkit over the "
            "coded (Cassel et al. 1976; Angelopoulos et al. 2023)."
        )
    if ours:
        places: dict[str, list[str]] = {}
        for name in ours:
            places.setdefault(correction.origin(name), []).append(name)
        said += [
            f"For {_labels(names)} they were measured on articles coded by hand: {place}."
            for place, names in places.items()
        ]
        said.append(
            "That assumes that the toolkit errs here as there and alike in all outlets (Rogan & Gladen 1978; "
            "TeBlunthuis et al. 2024)."
        )
    rest = [name for name in COMPARED if name not in own + ours]
    said.append("Both estimates are given, as it stands and corrected.")
    missing = "Nobody has coded" if known else "The errors of this annotator have not been measured for"
    return [*said, f"{missing} {_labels(rest)}, given as it stands."] if rest else said


def _labels(names: Iterable[str]) -> str:
    return " and ".join(METRICS[name].in_text for name in names)


def codebook(analyses: Sequence[Analysis], table: pd.DataFrame) -> pd.DataFrame:
    """What every number and category of this run means, and how often it occurred.

    One row a metric (``value`` is empty; n: articles with a value; mean, least and most over them) and one a category
    (``variable`` is zone, quotation, attribution, stance, source or role; n: how many there are, of all but zones those
    that the metrics count). Columns: `CODEBOOK`.

    >>> from toolkit import analyze
    >>> book = codebook([analyze("Lee quit.")], pd.DataFrame({name: [1.0] for name in METRICS}))
    >>> int(book.set_index(["variable", "value"]).loc[("zone", "body"), "n"])
    1
    """
    blank = dict.fromkeys(CODEBOOK, "") | dict.fromkeys(("mean", "least", "most"), math.nan)
    rows = []
    for metric in METRICS.values():
        values = table[metric.name].dropna()
        rows.append(
            blank
            | {"variable": metric.name, "label": metric.label, "unit": metric.unit, "range": span_of(metric)}
            | {"direction": metric.direction, "definition": metric.definition, "reference": metric.reference}
            | {"n": len(values), "mean": values.mean(), "least": values.min(), "most": values.max()}
        )
    found = Counter((variable, value) for a in analyses for variable, of in _CATEGORIES.items() for value in of(a))
    defined = {(variable, value): text for variable, value, text in word_lists.rows("codebook.tsv")}
    for key in [*defined, *sorted(found.keys() - defined.keys())]:
        rows.append(blank | {"variable": key[0], "value": key[1], "definition": defined.get(key, ""), "n": found[key]})
    return pd.DataFrame(rows, columns=list(CODEBOOK))


_CATEGORIES: dict[str, Callable[[Analysis], Iterable[str]]] = {
    "zone": lambda a: (zone.kind for zone in a.zones),
    "quotation": lambda a: (q.kind for q in a.quotations if q.paragraph >= 0 and not q.continued),
    "attribution": lambda a: (a.attributions[i].kind for i in a.counted),
    "stance": lambda a: (a.attributions[i].stance for i in a.counted),
    "source": lambda a: (source.kind for source in a.cited),
    "role": lambda a: (source.role or "unknown" for source in a.cited),
}


def span_of(metric: Metric) -> str:
    """The values that a metric can have, in words."""
    low, high = (f"{value:g}".replace("-", "−") if math.isfinite(value) else "" for value in (metric.low, metric.high))
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"up to {high}" if high else "any"
