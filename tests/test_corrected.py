"""Corrections by hand: each does what it says, the numbers follow, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import toolkit
from toolkit import Analysis, Article, ArticleError, analyze, evidence, measure
from toolkit.__main__ import main
from toolkit.article import Correction
from toolkit.explained import explained
from toolkit.reading.corrections import COLUMNS, CorrectionWarning, line
from toolkit.reports import margin, marked_up

TEXT = (
    "Ferry fares rise\n\n"
    "Fares on the ferry will rise in May, officials said. “We had no choice,” said Harbour Mayor Ilse Brandt. She said"
    " the pier was safe.\n\n"
    "A guard called the plan a “perfect storm” of errors. Nobody asked us first.\n\n"
    "Two officials said the pier was unsafe. “It is a disgrace,” the harbour union added. A report by the Port Board"
    " found cracks."
)
FERRY = Article(TEXT, id="ferry", outlet="Herald")
BEFORE = analyze(FERRY)


def corrected(*lines: tuple[str, str, str, str], article: Article = FERRY) -> Analysis:
    return analyze(article, corrections=[Correction(article.id, *one, "A. B.", "heard it") for one in lines])


def names(analysis: Analysis) -> list[str]:
    return [source.name for source in analysis.sources]


def said_by(analysis: Analysis, words: str) -> str | None:
    at = next(i for i, a in enumerate(analysis.attributions) if any(words in span.of(TEXT) for span in a.content))
    source = analysis.source_of(at)
    return source and source.name


def number(analysis: Analysis, name: str) -> float:
    return float(measure(analysis)[name])


def changed(analysis: Analysis) -> set[str]:
    """The numbers that are others than before."""
    old, new = measure(BEFORE), measure(analysis)
    return {name for name in toolkit.METRICS if old[name] != new[name] and not old[name] != old[name] != new[name]}


def test_the_story_is_read_as_the_tests_need_it() -> None:
    assert names(BEFORE)[:2] == ["officials", "Ilse Brandt"]
    assert said_by(BEFORE, "pier was safe") == "Ilse Brandt"
    assert BEFORE.corrections == ()


def test_a_source_of_another_kind() -> None:
    found = corrected(("source", "officials @55", "kind", "organisation"))
    assert (found.sources[0].kind, found.sources[0].anonymous, found.sources[0].vagueness) == (
        "organisation",
        False,
        "",
    )
    assert number(found, "anonymous_sources") == number(BEFORE, "anonymous_sources") - 1
    assert number(found, "organisation_sources") == number(BEFORE, "organisation_sources") + 1
    assert number(found, "sources") == number(BEFORE, "sources")
    assert found.sources[0].why.startswith("kind: organisation, corrected by A. B.: heard it; ")
    assert "anonymous" not in found.sources[0].why, "the reason that is overruled"
    assert BEFORE.sources[0].why.endswith(found.sources[0].why.partition("; ")[2]), "the role's reason stays"
    both = corrected(
        ("source", "officials @55", "role", "citizen"), ("source", "officials @55", "kind", "organisation")
    )
    assert both.sources[0].why == (
        "kind: organisation, corrected by A. B.: heard it; role: citizen, corrected by A. B.: heard it"
    )


def test_a_source_that_is_not_anonymous_and_one_that_is() -> None:
    found = corrected(("source", "officials @55", "anonymous", "no"), ("source", "Ilse Brandt", "anonymous", "yes"))
    assert [source.anonymous for source in found.sources[:2]] == [False, True]
    assert found.sources[1].kind == "unnamed_person"
    assert number(found, "named_sources") == number(BEFORE, "named_sources") - 1


def test_role_affiliation_and_name() -> None:
    found = corrected(
        ("source", "Ilse Brandt", "role", "expert"),
        ("source", "Ilse Brandt", "affiliation", "Port Board"),
        ("source", "Ilse Brandt", "name", "Ilse Maria Brandt"),
    )
    source = found.sources[1]
    assert (source.name, source.role, source.affiliation) == ("Ilse Maria Brandt", "expert", "Port Board")
    assert number(found, "official_sources") == number(BEFORE, "official_sources") - 1


def test_two_sources_that_are_one() -> None:
    found = corrected(("source", "officials @55", "same as", "Two officials"))
    assert number(found, "sources") == number(BEFORE, "sources") - 1
    assert said_by(found, "Fares on the ferry") == said_by(found, "pier was unsafe") == "Two officials"
    assert number(found, "attributions") == number(BEFORE, "attributions")


def test_no_source_at_all() -> None:
    found = corrected(("source", "officials @55", "remove", ""))
    assert number(found, "sources") == number(BEFORE, "sources") - 1
    assert number(found, "unsourced_attributions") == number(BEFORE, "unsourced_attributions") + 1
    assert number(found, "attributions") == number(BEFORE, "attributions")


def test_words_of_another_source() -> None:
    found = corrected(("attribution", "the pier was safe", "source", "Two officials"))
    assert said_by(found, "pier was safe") == "Two officials"
    assert said_by(found, "no choice") == "Ilse Brandt"
    assert "sources" not in changed(found)


def test_the_source_that_loses_all_its_words_is_none() -> None:
    found = corrected(("attribution", "the pier was unsafe", "source", "Ilse Brandt"))
    assert "Two officials" not in names(found)
    assert number(found, "sources") == number(BEFORE, "sources") - 1


def test_words_of_somebody_new_and_of_nobody() -> None:
    found = corrected(
        ("attribution", "the pier was safe", "source", "A guard"), ("attribution", "the pier was unsafe", "source", "")
    )
    assert said_by(found, "pier was safe") == "A guard"
    guard = next(source for source in found.sources if source.name == "A guard")
    assert (guard.kind, guard.anonymous) == ("unnamed_person", True)
    assert said_by(found, "pier was unsafe") is None
    assert number(found, "unsourced_attributions") == number(BEFORE, "unsourced_attributions") + 1


def test_another_stance() -> None:
    found = corrected(("attribution", "the pier was unsafe", "stance", "doubting"))
    assert changed(found) == {"doubting_share", "neutral_share"}


def test_an_attribution_that_is_none() -> None:
    found = corrected(("attribution", "the pier was unsafe", "remove", ""))
    assert number(found, "attributions") == number(BEFORE, "attributions") - 1
    assert "Two officials" not in names(found)
    assert said_by(found, "It is a disgrace") == said_by(BEFORE, "It is a disgrace")


def test_an_attribution_that_was_missed() -> None:
    found = corrected(("attribution", "Nobody asked us first", "add", "A guard"))
    assert number(found, "attributions") == number(BEFORE, "attributions") + 1
    assert said_by(found, "Nobody asked us first") == "A guard"
    assert number(found, "attributed_words") == number(BEFORE, "attributed_words") + 4


def test_a_missed_quotation_takes_its_marks_along() -> None:
    text = "The council met. “We are done with this ferry now.” It rained."
    article = Article(text, id="f")
    removed = [Correction("f", "attribution", "We are done", "remove", "")] if analyze(article).attributions else []
    found = analyze(
        article,
        corrections=[*removed, Correction("f", "attribution", "We are done with this ferry now", "add", "The council")],
    )
    assert [(a.content[0].of(text), a.kind) for a in found.attributions] == [
        ("“We are done with this ferry now.”", "direct")
    ]
    assert names(found) == ["The council"]


def test_a_quoted_run_of_another_kind() -> None:
    found = corrected(
        ("quotation", "perfect storm", "kind", "speech"), ("quotation", "We had no choice", "kind", "term")
    )
    assert number(found, "quoted_words") == number(BEFORE, "quoted_words") + 2 - 4
    assert number(found, "quotations") == number(BEFORE, "quotations")


def test_a_headline_that_was_taken_for_the_body() -> None:
    as_body = corrected(("zone", "Ferry fares rise", "kind", "body"))
    assert number(as_body, "words") == number(BEFORE, "words") + 3
    assert measure(as_body.article, metrics="length")["words"] == number(as_body, "words")
    as_note = corrected(("zone", "A guard called the plan", "kind", "note"))
    assert number(as_note, "words") == number(BEFORE, "words") - 14
    assert number(as_note, "paragraphs") == number(BEFORE, "paragraphs") - 1


def test_corrections_fit_after_small_changes() -> None:
    """The text before is longer, marks are others, and the place is only near."""
    other = TEXT.replace("\n\nFares", "\n\nIt rained all day. Fares").replace("“", '"').replace("”", '"')
    found = corrected(
        ("attribution", "“We had no choice,” @70", "source", "officials @55"),
        ("source", "officials @55", "role", "expert"),
        article=Article(other, id="ferry"),
    )
    assert not any(one.fault for one in found.corrections)
    first = next(source for source in found.sources if source.name == "officials")
    assert first.role == "expert"
    assert any("no choice" in found.attributions[i].content[0].of(other) for i in first.attributions)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("source", "Una Frey", "kind", "organisation"), "no source there has the words “Una Frey”"),
        (("source", "Ilse Brandt", "same as", "Una Frey"), "no source there has the words “Una Frey”"),
        (("source", "Ilse Brandt", "same as", "Ilse Brandt"), "both are one source already"),
        (("attribution", "the pier was safe", "source", "Ilse Brandt"), "this is its source already"),
        (("attribution", "the pier was", "remove", ""), "several fit “the pier was”; write behind it where it"),
        (("attribution", "no such words", "add", "Lee"), "these words do not stand in the article"),
        (("attribution", "the pier was safe", "add", "Lee"), "it is an attribution already"),
        (("quotation", "no such words", "kind", "term"), "no quotation there has the words “no such words”"),
        (("zone", "Weather", "kind", "junk"), "no zone there has the words “Weather”"),
    ],
)  # fmt: skip
def test_a_line_that_fits_nothing_is_one_sentence(given: tuple[str, str, str, str], said: str) -> None:
    with pytest.warns(CorrectionWarning) as warned:
        found = corrected(given)
    (fault,) = (one.fault for one in found.corrections)
    assert [str(each.message) for each in warned] == [fault]
    assert fault.startswith(f"the correction of the {given[0]} “{given[1]}” in ferry is not used, for {said}")
    assert changed(found) == set()
    rows = evidence(found).query("what == 'correction: not used'")
    assert rows["why"].tolist() == [fault]


def test_evidence_has_each_correction_at_its_place() -> None:
    rows = evidence(corrected(("source", "officials @55", "kind", "organisation"))).query("what == 'correction'")
    assert rows[["start", "words", "why"]].values.tolist() == [
        [55, "officials", "kind: organisation (was unnamed_person), by A. B.: heard it"]
    ]


def test_what_is_measured_takes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{','.join(COLUMNS)}\nrow:0,source,Ilse Brandt,role,expert,A. B.,\n", encoding="utf-8")
    table = measure([TEXT, "It rained."], corrections=path)
    assert table["official_sources"].tolist() == [measure(TEXT)["official_sources"] - 1, 0]
    assert (
        measure(pd.DataFrame({"text": [TEXT]}), corrections=path)["official_sources"].iloc[0]
        == table.iloc[0]["official_sources"]
    )
    with pytest.raises(ArticleError, match="What is analysed takes no corrections"):
        measure(BEFORE, corrections=path)


def test_every_line_on_the_page_changes_nothing_as_it_stands() -> None:
    """A line that is copied without a change is taken: it finds the very finding below which it stands."""
    listed = [line for one in margin.sources(BEFORE) for line in one.fixes]
    listed += [one.fix for one in margin.quotations(BEFORE)] + [fix for *_, fix in margin.ledger(BEFORE)[1]]
    listed += [one.fix for one in margin.evidence(BEFORE)]
    assert len(listed) > 15
    page = marked_up(BEFORE)
    assert page.count("<code>") == len(listed) + 1
    import csv

    lines = [Correction(*row[:5]) for row in csv.reader(listed)]
    lines = [one for one in lines if one.field != "anonymous" and (one.what, one.field) != ("attribution", "source")]
    found = analyze(FERRY, corrections=lines)
    assert [one.correction for one in found.corrections if one.fault] == []
    assert changed(found) == set()


@pytest.mark.slow
def test_a_report_and_the_commands_take_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text(f"Outlet: Herald\n\n{TEXT}", encoding="utf-8")
    (folder / "rain.txt").write_text("Outlet: Tribune\n\nIt rained, said Una Frey. She laughed.", encoding="utf-8")
    known = line("ferry", "source", "officials", 55, "kind", "organisation").replace(",,", ",A. B.,")
    lost = "ferry,source,Ada Lem,kind,organisation,A. B.,"
    (folder / "corrections.csv").write_text("\n".join([",".join(COLUMNS), known, lost, "gone,zone,x,kind,body"]) + "\n")
    assert main(["measure", str(folder), "--out", str(tmp_path / "m.csv")]) == 0
    said = capsys.readouterr().err
    assert f"note: 3 corrections taken from {folder / 'corrections.csv'}." in said
    assert "note: 1 correction not used (corrections.csv:4): no article here has the id 'gone'." in said
    assert "note: corrections.csv:3: the correction of the source “Ada Lem” in ferry is not used, for no source" in said
    table = pd.read_csv(tmp_path / "m.csv").set_index("id")
    assert main(["measure", str(folder), "--corrections", "none", "--out", str(tmp_path / "n.csv")]) == 0
    assert "correction" not in capsys.readouterr().err
    bare = pd.read_csv(tmp_path / "n.csv").set_index("id")
    assert table.loc["ferry", "anonymous_sources"] == bare.loc["ferry", "anonymous_sources"] - 1
    assert main(["report", str(folder), "--out", str(tmp_path / "r"), "--formats"]) == 0
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert "1 correction by A. B.; every number of this report has them." in page
    assert "Corrected by hand: 1 correction in 1 article, 1 by A. B.; the evidence lists them." in page
    assert "1 correction could not be used: nothing in the article fits." in page
    assert main(["explain", str(folder / "ferry.txt"), "--corrections", str(folder / "corrections.csv")]) == 0
    assert "source “officials @55”: kind: organisation (was unnamed_person), by A. B." in capsys.readouterr().out


def test_explain_has_under_each_source_the_line_that_corrects_it(tmp_path: Path) -> None:
    lines = [line.strip() for line in explained(BEFORE) if line.startswith("    ferry,source,")]
    assert len(lines) == len(BEFORE.sources)
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join(["article,what,which,field,value,who,why", *lines]), encoding="utf-8")
    found = analyze(BEFORE.article, corrections=path)
    assert not any(one.fault for one in found.corrections)
    assert [source.anonymous for source in found.sources] == [False] * len(BEFORE.sources)
