"""The work grows with the text and not with its square: lines of Python that are run, counted, never timed."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from toolkit import measure
from toolkit.metrics import mentions
from toolkit.people import bearers, candidates, who_is_meant

PARTS = "bra cle dom fen gri hul jas kor lim mop nal peg".split()
NEW = [f"{a}{b}{c}".capitalize() for a in PARTS for b in PARTS for c in PARTS]
# Each {new} is a name that comes but once.
HOSTILE = {
    "a run of capitals": "{new} Harbour ",
    "a run of names": "{new} Pike, ",
    "possessives": "{new}’s ",
    "initials": "A. B. C. ",
    "one sentence of accusations": "{new} Voss accused Ada {new} of fraud and ",
    "accusations": "Voss accused Ada {new} of fraud. {new} denied it. ",
    "accused without a name": "accused the driver he told him ",
    "replies": "Voss accused Ada Pike of fraud. “It rose,” said {new}. ",
    "one sentence of speakers": "{new} Pike said it rose and ",
    "cues without content": "he said ",
    "quotations": "“The river rose at last,” she said. ",
    "quoted documents": "The report of {new} said: “It rose.” ",
    "quotations in one content": "She said “a “a “a “a ",
    "one family": "{new} Pike spoke. Pike said it rose. ",
    "bodies": "The {new} Board met. {new} said it rose. ",
    "agencies": "Ada {new} spoke. The agency said it rose. ",
    "ministers": "Minister Ada {new} spoke. The minister said it rose. ",
    "groups": "Officials said it rose. A {new} driver told them. ",
    "headlines": "Ada {new} Wins Harbour Vote Again\n\n",
    "wrapped lines": "the river rose on Monday while the council sat and talked of\n",
}


def text(pattern: str, first: int, stop: int) -> str:
    return "".join(pattern.format(new=new) for new in NEW[first:stop])


def lines_run(words: str) -> int:
    """How many lines of Python measuring a text runs through."""
    count = 0

    def note(frame: FrameType, event: str, value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        measure(words)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_is_twice_the_work(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bearers, mentions, candidates, who_is_meant):  # such limits as these short texts reach
        monkeypatch.setattr(module, "LATELY", 15)
    monkeypatch.setattr(bearers, "NAMESAKES", 15)
    measure(text(pattern, 0, 8))  # loads what is loaded once
    once = lines_run(text(pattern, 8, 108))
    assert lines_run(text(pattern, 108, 308)) < 2.4 * once
