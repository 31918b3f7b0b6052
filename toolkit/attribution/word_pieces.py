"""Cuts words into the pieces of a vocabulary, longest first, as BERT's uncased models do (Wu et al. 2016)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

UNKNOWN = "[UNK]"
LONGEST = 60  # letters of a word that is still cut; a longer one is unknown as a whole


def cut(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of a word's pieces, in small letters without accents; one number for what cannot be cut."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    out = []
    at = 0
    while at < len(plain) <= LONGEST:
        end = len(plain)
        while end > at and ("##" * (at > 0) + plain[at:end]) not in vocabulary:
            end -= 1
        if end == at:
            break
        out.append(vocabulary["##" * (at > 0) + plain[at:end]])
        at = end
    return tuple(out) if out and at == len(plain) else (vocabulary[UNKNOWN],)
