"""What the scoring harness calls; each adapter imports the toolkit on first use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.attribution.tagger import Network


def sentences(text: str) -> list[str]:
    """The sentences of a text, as strings."""
    from toolkit.language import segmentation

    return [span.of(text) for span in segmentation.sentences(text, segmentation.paragraphs(text))]


def syllables(word: str) -> int:
    """How many syllables a word has."""
    from toolkit.language import readability

    return readability.syllables(word)


def readability(text: str) -> dict[str, float]:
    """Scores and counts under the harness's names."""
    from toolkit.language import readability, segmentation

    counts = readability.count(text, segmentation.sentences(text, segmentation.paragraphs(text)))
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
        "spache": scores["spache_grade"],
        "linsear_write": scores["linsear_write_grade"],
        "mcalpine_eflaw": scores["mcalpine_eflaw"],
        "n_difficult": counts.difficult_words,
        "n_fog_complex": counts.complex_words,
        "n_miniwords": counts.mini_words,
    }
    for name in ("sentences", "words", "syllables", "letters", "polysyllables", "long_words"):
        row[f"n_{name}"] = getattr(counts, name)
    return row


def attributions(tagger: Network | None = None) -> Callable[[str], list[dict[str, Any]]]:
    """Who said what in a text: spans of source, cue and content, and the speaker's fullest name.

    ``tagger``: another than the shipped one.

    Nested attributions are left out. One that names no source but goes on from another gives that one's source.
    """
    from toolkit import analyze

    # loads weights and word lists, as the peers load theirs before they are timed
    analyze("It rained, she said.", tagger=tagger)

    def found(text: str) -> list[dict[str, Any]]:
        analysis = analyze(text, tagger=tagger)
        speakers = analysis.speakers()
        out = []
        for i, attribution in enumerate(analysis.attributions):
            if attribution.depth:
                continue
            source = attribution.source
            if source is None and attribution.follows is not None:
                source = analysis.attributions[attribution.follows].source
            speaker = speakers.get(i)
            out.append(
                {
                    "source": list(source) if source else None,
                    "cue": list(attribution.cue) if attribution.cue else None,
                    "content": [list(span) for span in attribution.content],
                    "speaker": speaker.name if speaker else None,
                }
            )
        return out

    return found


def accurate() -> Callable[[str], list[dict[str, Any]]]:
    """Who said what, by the accurate engine."""
    from toolkit.attribution import engines

    return attributions(engines.tagger(engines.ACCURATE))


def fast() -> Callable[[str], list[dict[str, Any]]]:
    """Who said what, by the fast engine."""
    from toolkit.attribution import engines

    return attributions(engines.tagger(engines.FAST))


def fast_sources() -> Callable[[str], list[dict[str, Any]]]:
    """The sources of a text, by the fast engine."""
    from toolkit.attribution import engines

    return sources(engines.tagger(engines.FAST))


def sources(tagger: Network | None = None) -> Callable[[str], list[dict[str, Any]]]:
    """The sources of a text, those in others' words included, with every place where they are named."""
    from toolkit import analyze
    from toolkit.attribution.linker import by_tagger
    from toolkit.people.sources import fold
    from toolkit.reading import page_zones

    annotator = by_tagger(tagger)

    def found(text: str) -> list[dict[str, Any]]:
        proposed = []
        analysis = analyze(text, annotator=lambda passage: proposed.append(annotator(passage)) or proposed[-1])
        editorial = [zone.span for zone in analysis.zones if zone.kind in page_zones.EDITORIAL]
        return [
            {
                "name": source.name,
                "kind": source.kind,
                "anonymous": source.anonymous,
                "affiliation": bool(source.affiliation),
                "mentions": [list(span) for span in dict.fromkeys(source.mentions + source.references)],
            }
            for source in fold(text, editorial, analysis.attributions, nested=True, labelled=proposed[-1].labelled)
        ]

    return found


def replies() -> Callable[[str], list[dict[str, str]]]:
    """Whom a text accuses or doubts, and what it gives of their side."""
    from toolkit import analyze
    from toolkit.metrics import right_of_reply

    def found(text: str) -> list[dict[str, str]]:
        return [{"name": one.name, "reply": one.status} for one in right_of_reply.replies(analyze(text))]

    return found


def zones(text: str) -> list[tuple[int, int, str]]:
    """The zones of a pasted page: start, end, kind."""
    from toolkit import Article
    from toolkit.reading import page_zones

    return [(*zone.span, zone.kind) for zone in page_zones.zones(Article(text))]


def stories(articles: list[dict[str, Any]]) -> list[str]:
    """The event of each article, which has outlet, title, date and text: the same label, the same event."""
    from toolkit import Article
    from toolkit.comparison.same_event import group

    fields = {"outlet": "outlet", "title": "title", "published": "date", "text": "text"}
    given = [Article(**{field: str(article.get(key) or "") for field, key in fields.items()}) for article in articles]
    return list(group(given)["story_id"])
