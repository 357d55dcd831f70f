"""Files of dialogues, read strictly."""

import json
from pathlib import Path

import pytest

from eval.conversing.dialogues import Dialogue, DialogueTurn, load_dialogues
from eval.records import MalformedCollectionError

FIRST = {"question": "Ai?", "documents": ["a"], "follow_up": False, "topic": "new"}
THEN = {
    "question": "Còn B?",
    "documents": ["b", "b"],
    "follow_up": True,
    "topic": "same",
    "kind": "what_about",
    "answers": ["9"],
}


def _write(folder: Path, *records: object) -> Path:
    path = folder / "hoi-thoai.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_turns_come_in_order_with_what_is_right(tmp_path: Path) -> None:
    (dialogue,) = load_dialogues(_write(tmp_path, {"id": "d", "turns": [FIRST, THEN]}))
    then = DialogueTurn(
        "Còn B?", ("b",), follow_up=True, topic="same", kind="what_about", answers=("9",)
    )
    assert dialogue == Dialogue(
        "d", (DialogueTurn("Ai?", ("a",), follow_up=False, topic="new"), then)
    )
    assert dialogue.documents == {"a", "b"}


@pytest.mark.parametrize(
    ("turns", "message"),
    [
        ([], "ít nhất một lượt"),
        ([THEN], "lượt đầu"),
        ([{**FIRST, "documents": []}], "documents"),
        ([{**FIRST, "topic": "old"}], "new hoặc same"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, turns: object, message: str) -> None:
    path = _write(tmp_path, {"turns": [FIRST]}, {"turns": turns})
    with pytest.raises(MalformedCollectionError, match=f"dòng 2.*{message}"):
        load_dialogues(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedCollectionError, match="ít nhất một hội thoại"):
        load_dialogues(_write(tmp_path))


@pytest.mark.parametrize("name", ["dialogues.jsonl", "dialogues_held_out.jsonl"])
def test_the_dialogues_of_the_repository_can_be_read(name: str) -> None:
    dialogues = load_dialogues(Path("eval") / name)
    assert all(2 <= len(dialogue.turns) <= 3 for dialogue in dialogues)
