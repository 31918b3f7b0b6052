from __future__ import annotations

import importlib.machinery
import importlib.util
import random
import sys
from types import ModuleType

import pytest

from toolkit import Article, analyze, measure
from toolkit.article import FILL
from toolkit.language.legible import cautions, legible

PLAIN = "“The ferry's late,” said Zoë Quist. “It’s over — we are sorry,” the crew’s aide added. Café Löwe is shut."


def misread(text: str, encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_signs_decoded_wrongly_are_read_as_meant(encoding: str) -> None:
    broken = misread(PLAIN, encoding)
    assert len(legible(broken)) == len(broken)
    found, meant = measure(broken), measure(PLAIN)
    for name in ("words", "quotations", "quoted_words", "sentences", "syllables", "flesch_ease", "sources"):
        assert found[name] == meant[name], name
    assert "decoded wrongly" in found["cautions"]


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("â€œWe leave,â€ she said. Itâ€™s late.", "“We leave,” she said. It’s late."),  # its third byte lost
        (misread(misread("“We leave,” she said. It’s late.", "cp1252"), "cp1252"), "“We leave,” she said. It’s late."),
        (misread("“We leave,” she said. It’s late.", "mac_roman"), "“We leave,” she said. It’s late."),
        ("\x93We leave,\x94 she said. It\x92s late.", "“We leave,” she said. It’s late."),
        ("&quot;We leave,&quot; she said.", '"We leave," she said.'),
        ("&ldquo;We leave,&rdquo; she said. It&#8217;s late.", "“We leave,” she said. It’s late."),
        ("&amp;quot;We leave,&amp;quot; she said. It&amp;#39;s late.", '"We leave," she said. It\'s late.'),
        ("The workers&rsquo; demands &amp; AT&amp;T&nbsp;Inc.", "The workers’ demands & AT&T Inc."),
        ("It won 52&ndash;48 &mdash; a deal&mdash;signed &#x2014; late.", "It won 52-48 — a deal—signed — late."),
        ("It said on Mon-\nday that the well-\nknown pier shut.", "It said on Monday that the well-known pier shut."),
        ("The port said on Mon\u00ad\n day, and Tues¬\r\nday.", "The port said on Monday, and Tuesday."),
    ],
)
def test_what_is_read_is_what_was_meant(broken: str, meant: str) -> None:
    read = legible(broken)
    assert len(read) == len(broken)
    assert read.replace(FILL, "").split() == meant.split()


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "",
        "Q&A; R&D and 5 & 6; &c; &nosuch; &#0; &#10;",
        "The pre-\nand post-war years, the ex-\nMayor, 2019-\n20, and a dash -\nthen more.",
        "- cut taxes\n- build homes",
        "NÃO and Â in the Château, à la carte",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert legible(text) == text
    assert cautions(text) == ()


def test_the_article_is_never_changed_and_names_have_no_fill() -> None:
    text = "&ldquo;We are done with it,&rdquo; said Ann O&rsquo;Neil, the mayor of Elm."
    found = analyze(Article(text))
    assert found.article.text == text
    assert [q.span.of(text) for q in found.quotations] == ["&ldquo;We are done with it,&rdquo;"]
    assert [source.name for source in found.sources] == ["Ann O’Neil"]


def test_cautions_say_what_is_wrong_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert cautions("&quot;No,&quot; said Lee.") == (
        "The text holds 2 HTML entities such as &quot;, read as the signs they stand for; html.unescape(text) writes"
        " those.",
    )
    assert cautions("Itâ€™s late.") == (
        "The text holds 1 sign decoded wrongly, such as 'â€™' for '’', read as meant where the toolkit knows them;"
        ' ftfy.fix_text(text) mends the text (pip install "media-analysis-toolkit[text]").',
    )
    assert cautions("It\ufffds late.") == (
        "The text has lost 1 sign in decoding (\ufffd); read its file again in the encoding that it was written in.",
    )


def test_ftfy_is_asked_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    ftfy = ModuleType("ftfy")
    ftfy.fix_text = lambda text, **_: "'"  # type: ignore[attr-defined]
    ftfy.__spec__ = importlib.machinery.ModuleSpec("ftfy", None)
    monkeypatch.setitem(sys.modules, "ftfy", ftfy)
    (caution,) = cautions("Itâ€™s late.")
    assert caution == (
        "The text holds 1 sign decoded wrongly, such as 'â€™' for \"'\", read as meant where the toolkit knows them;"
        " ftfy.fix_text(text) mends the text."
    )


def test_random_texts_keep_their_length() -> None:
    rng = random.Random("legible texts keep their length")
    pieces = ["&quot;", "&amp;", "&#8217;", "&", ";", "â€", "œ", "™", "Ã", "©"]
    pieces += ["-\n", "-", "\n", "word", "Mon", "day", " ", "7"]
    for _ in range(500):
        text = "".join(rng.choices(pieces, k=rng.randrange(40)))
        assert len(legible(text)) == len(text), text
