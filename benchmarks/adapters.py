"""What the scoring harness calls; each adapter imports the toolkit on first use."""

from __future__ import annotations


def sentences(text: str) -> list[str]:
    """The sentences of a text, as strings."""
    from toolkit import segment

    return [span.of(text) for span in segment.sentences(text, segment.paragraphs(text))]


def syllables(word: str) -> int:
    """How many syllables a word has."""
    from toolkit import readability

    return readability.syllables(word)


def readability(text: str) -> dict[str, float]:
    """Scores and counts under the harness's names."""
    from toolkit import readability, segment

    counts = readability.count(text, segment.sentences(text, segment.paragraphs(text)))
    scores = readability.scores(counts)
    row = {
        "flesch_reading_ease": scores["flesch_ease"],
        "flesch_kincaid_grade": scores["flesch_kincaid_grade"],
        "gunning_fog": scores["gunning_fog_grade"],
        "smog_index": scores["smog_grade"],
        "ari": scores["ari_grade"],
        "coleman_liau": scores["coleman_liau_grade"],
        "lix": scores["lix"],
        "rix": scores["rix"],
        "dale_chall": scores["dale_chall_grade"],
        "linsear_write": scores["linsear_write_grade"],
        "n_difficult": counts.difficult_words,
        "n_fog_complex": counts.complex_words,
    }
    for name in ("sentences", "words", "syllables", "letters", "polysyllables", "long_words"):
        row[f"n_{name}"] = getattr(counts, name)
    return row
