"""The taggers that come with the package: an accurate one, which is the default, and a fast one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..article import ToolkitError

if TYPE_CHECKING:
    from .tagger import Network

ACCURATE: Final = "accurate"
FAST: Final = "fast"
ENGINES: Final = (FAST, ACCURATE)
DEFAULT: Final = ACCURATE


def check(engine: str) -> None:
    """Nothing, if there is an engine of that name.

    :raises ToolkitError: if there is none
    """
    if engine not in ENGINES:
        raise ToolkitError(f"There is no engine {engine!r}: name {' or '.join(map(repr, ENGINES))}.")


def tagger(engine: str = DEFAULT) -> Network:
    """The tagger of an engine.

    :raises ToolkitError: if there is no such engine
    """
    from . import accurate
    from . import tagger as fast

    check(engine)
    return accurate.shipped() if engine == ACCURATE else fast.shipped()


def load(path: Path) -> Network:
    """The tagger of a file of weights: ``.onnx`` for an accurate one, ``.npz`` for a fast one."""
    from . import accurate
    from . import tagger as fast

    content = path.read_bytes()
    return accurate.load(content) if path.suffix == ".onnx" else fast.load(content)
