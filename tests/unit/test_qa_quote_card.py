"""A quote's card is true only where it says, in the text it was taken from."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import qa.cli
from documents.document import Document
from documents.errors import DanChungError
from documents.source import MemorySource
from index.embedding import load_embedder
from index.syncing import sync
from qa.answer import Citation
from qa.quote_card import QuoteCard, card_of, check_card, make_card

TEXT = "Cầu dài 1.200 mét. Cầu thông xe năm 2019."
BRIDGE = Document("cầu.txt", TEXT, "Cầu mới")
QUOTE = "Cầu thông xe năm 2019."
CARD = make_card(Citation(1, "cầu.txt", "Cầu mới", "", None, 19, 41, QUOTE), BRIDGE)


@pytest.mark.parametrize(
    ("card", "text", "verdict"),
    [
        (CARD, TEXT, "ĐÚNG"),
        (replace(CARD, quote="Cầu thông xe năm 2020."), TEXT, "SAI"),
        (replace(CARD, start=0, end=22), TEXT, "CẦN XEM LẠI"),
        (CARD, TEXT.replace("1.200", "1.300"), "CẦN XEM LẠI"),
        (CARD, "Trước đó là đò. " + TEXT, "CẦN XEM LẠI"),
        (CARD, "Cầu thông xe năm 2018.", "SAI"),
    ],
    ids=["true", "changed year", "other place", "changed text", "moved", "gone"],
)
def test_a_card_is_judged_by_the_stored_text(card: QuoteCard, text: str, verdict: str) -> None:
    checked = check_card(card, replace(BRIDGE, text=text))
    assert checked.verdict.startswith(verdict)
    assert checked.is_valid == (verdict == "ĐÚNG")


def test_a_card_of_a_missing_document_is_false() -> None:
    assert not check_card(CARD, None).is_valid


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "0"}, "start"),
        ({"end": True}, "end"),
        ({"quote": None}, "quote"),
        ({"start": 41}, "41-41"),
        ({"start": -1}, "-1-41"),
    ],
)
def test_what_is_no_card_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(DanChungError, match=message):
        card_of({**CARD.as_json(), **change}, "thẻ.json")
    with pytest.raises(DanChungError, match="đối tượng JSON"):
        card_of([], "thẻ.json")


def test_the_command_checks_a_card_with_an_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sync(MemorySource([BRIDGE]), tmp_path / "index", embedder=load_embedder())
    file = tmp_path / "thẻ.json"
    file.write_text(json.dumps(CARD.as_json()), encoding="utf-8")
    arguments = ["verify", str(file), "--index", str(tmp_path / "index")]
    assert qa.cli.main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True
    file.write_text(json.dumps({**CARD.as_json(), "start": 18, "end": 40}), encoding="utf-8")
    assert qa.cli.main(arguments) == 1
    assert capsys.readouterr().out.startswith("CẦN XEM LẠI")
    file.write_text("{", encoding="utf-8")
    assert qa.cli.main(arguments) == 1
    assert "không phải JSON" in capsys.readouterr().err
