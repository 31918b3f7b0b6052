"""What lets a training run go on for hours beside other work: checkpoints to go on from, and a low priority."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch


def step_back(threads: int) -> None:
    """Gives way to other programs, and computes on so many threads."""
    os.nice(max(0, 15 - os.nice(0)))
    torch.set_num_threads(threads)


def keep(path: Path, content: dict[str, Any]) -> None:
    """Writes a file beside its place and then puts it there, so that no half of one is ever met."""
    aside = path.with_suffix(".part")
    torch.save(content, aside)
    aside.replace(path)


def kept(path: Path, about: dict[str, Any]) -> dict[str, Any] | None:
    """What was kept there, if anything.

    :raises ValueError: if it was kept by a run of another kind
    """
    if not path.exists():
        return None
    stored: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    if stored["about"] != about:
        raise ValueError(f"{path} was kept by a run with {stored['about']}, this one has {about}: name another --out.")
    return stored
