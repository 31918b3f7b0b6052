"""The changes that `mutants` tries still have their places; whether the tests notice them, it tells when it is run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_every_change_can_be_made(mutant: Mutant, tmp_path: Path) -> None:
    copy = tmp_path / mutant.file
    copy.parent.mkdir(parents=True)
    shutil.copy(ROOT / mutant.file, copy)
    mutant.apply(tmp_path)
    assert mutant.new in copy.read_text(encoding="utf-8")
    assert copy.read_text(encoding="utf-8") != (ROOT / mutant.file).read_text(encoding="utf-8")


def test_a_change_without_its_place_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("LEAN = 1\n", encoding="utf-8")
    lost = Mutant("lean", "a.py", "LEAN = 2", "LEAN = 0")
    with pytest.raises(ValueError, match=r"^lean: 'LEAN = 2' stands 0 times in a\.py; mend or drop the mutant\.$"):
        lost.apply(tmp_path)
