from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace

import pytest

from toolkit import analyze, evidence, measure
from toolkit.metrics import hedging, mentions, right_of_reply
from toolkit.metrics.table import reply_table
from toolkit.people import register


def test_what_several_tables_need_is_found_once_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()
    for module, name in ((mentions, "find"), (hedging, "_find"), (hedging, "_voices")):
        found = getattr(module, name)

        def counted(analysis: object, found: object = found, name: str = f"{module.__name__}.{name}") -> object:
            calls[name] += 1
            return found(analysis)  # type: ignore[operator]

        monkeypatch.setattr(module, name, counted)
    analyses = [analyze(f"Jan Voss accused Ada Pike of fraud. Perhaps {word}.") for word in ("so", "not", "soon")]
    for _ in range(4):
        measure(analyses)
        evidence(analyses)
        reply_table(analyses)
    assert calls == dict.fromkeys(("toolkit.metrics.mentions.find", "toolkit.metrics.hedging._find",
                                   "toolkit.metrics.hedging._voices"), 3)  # fmt: skip


def test_an_analysis_with_what_it_keeps_can_be_stored() -> None:
    analysis = analyze("Jan Voss accused Ada Pike of fraud. Perhaps.")
    kept = right_of_reply.replies(analysis)
    again = pickle.loads(pickle.dumps(analysis))
    assert again == analysis
    assert right_of_reply.replies(again) == kept


def test_the_names_of_an_article_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read, texts = register._read, []

    def noted(text: str, *rest: object) -> object:
        texts.append(text)
        return read(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(register, "_read", noted)
    told = "Jan Voss accused Ada Pike of fraud. Mayor Pike, who runs Norvane Works, said she had done nothing."
    found = analyze(told)
    assert measure(found)["accused"] == 1
    reply_table([found])
    assert texts == [told]
    alone = replace(found)  # nothing kept: read again, with the same outcome
    assert right_of_reply.replies(alone) == right_of_reply.replies(found)
    assert len(texts) == 2
