"""HTML from templates that escape whatever is put into them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from ..numbers_in_words import UNDEFINED, counted
from ..writing import UNSHOWN

_TURNS = re.compile(  # letters of scripts from right to left, and signs that turn the direction
    r"[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# The colours of markup.css: none, then one for each of eight sources; the ninth takes the first again, with its number.
HUES = ("#6b6f76", "#0072b2", "#b85400", "#007f5f", "#b0447f", "#8a6a00", "#6d62b8", "#a8443c", "#0a7d86")
COLOURS = len(HUES) - 1


def shown(value: object) -> Markup:
    """A text as HTML, quotes escaped, and U+FFFD for what HTML cannot hold; a carriage return is kept by number.

    >>> shown("<b> & \\ud800")
    Markup('&lt;b&gt; &amp; \\ufffd')
    """
    if isinstance(value, Markup):
        return value
    return Markup(str(escape(UNSHOWN.sub("\ufffd", str(value)))).replace("\r", "&#13;"))


def place(anchor: str, start: int) -> str:
    """The id of what begins at a character of an article.

    >>> place("a1", 120)
    'a1-c120'
    """
    return f"{anchor}-c{start}"


def turns(text: str) -> bool:
    """Whether a text may run from right to left, and turn round what stands beside it."""
    return _TURNS.search(text) is not None


def label(number: int) -> str:
    """How a source is called in the text: S1, S2, …; S? where there is none."""
    return f"S{number}" if number else "S?"


def colour(number: int) -> int:
    """The number of a source's colour; 0, grey, where there is no source."""
    return (number - 1) % COLOURS + 1 if number else 0


def filled(template: str, **values: Any) -> Markup:
    """A template of this folder with these values, each shown as it stands."""
    return Markup(_templates().get_template(template).render(**values))


@cache
def _templates() -> Environment:
    folder = files(__package__).joinpath("templates")
    made = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "turns": turns,
        "counted": counted,
        "place": place,
        "label": label,
        "colour": colour,
        "UNDEFINED": UNDEFINED,
    }
    return made


@cache
def stylesheet(name: str) -> Markup:
    """A style sheet of the package, without comments and line breaks."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return Markup(" ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split()))
