"""A stored run as one HTML file."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.cli import main
from eval.reporting.figures import (
    calibration,
    outcome_of,
    recall_by_rank,
    risk_by_coverage,
    worst_first,
)
from eval.reporting.outcome import Outcome
from eval.runs.stored import StoredQuestion

ATTACK = "<script>alert(1)</script>"


def line(name: str, **changes: object) -> dict[str, object]:
    """Return what happened to an answered and right question, with changes."""
    return {
        "id": name,
        "question": f"Câu {name} {ATTACK}?",
        "asked": f"Câu {name} {ATTACK}?",
        "gold_answers": ["1902"],
        "gold_documents": [f"{ATTACK}.txt"],
        "refuse": False,
        "typing": "accented",
        "document_length": 300,
        "rank": 1,
        "answer": ATTACK,
        "refused": False,
        "confidence": 0.9,
        "citations": [{"document": ATTACK, "start": 0, "end": 4, "quote": ATTACK, "valid": True}],
        "correct": True,
        "best_correct": True,
        "ranking": ["a.txt"],
        "measures": {},
        **changes,
    }


LINES = [
    line("đúng"),
    line("sai", correct=False, best_correct=False, confidence=0.8, rank=3),
    line("từ chối", refused=True, correct=False, best_correct=False, confidence=0.2, rank=None),
    line("bẫy", refuse=True, gold_answers=[], gold_documents=[], best_correct=False, rank=None),
]
QUESTIONS = [StoredQuestion(str(one["id"]), one, {}) for one in LINES]


def stored(folder: Path) -> Path:
    """Write a run as `eval.writing` does."""
    report = {
        "collection": f"bộ {ATTACK}",
        "questions": len(LINES),
        "passages": 7,
        "retrieval": {"recall@1": 0.25},
        "intervals": {"retrieval": {"recall@1": [0.1, 0.5]}},
        "latency_ms": {"p50": 12.3},
        "settings": {"embedder": ATTACK, "limit": None},
    }
    times = {"started": "2024-01-01T00:00:00+00:00", "milliseconds": {"đúng": 10.0, "sai": 30.0}}
    folder.mkdir()
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    (folder / "times.json").write_text(json.dumps(times), encoding="utf-8")
    (folder / "documents.tsv").write_text("h\ta.txt\n", encoding="utf-8")
    lines = "".join(json.dumps(one) + "\n" for one in LINES)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    return folder


class Tags(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts = 0
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_outcomes_and_their_order() -> None:
    assert [outcome_of(one) for one in QUESTIONS] == [
        Outcome.RIGHT,
        Outcome.WRONG,
        Outcome.REFUSED,
        Outcome.WRONG,
    ]
    assert [one.id for one in worst_first(QUESTIONS)] == ["bẫy", "sai", "từ chối", "đúng"]


def test_curves_are_counted_by_hand() -> None:
    assert recall_by_rank(QUESTIONS)[:3] == [1 / 3, 1 / 3, 2 / 3]
    assert risk_by_coverage(QUESTIONS[:3]) == [(1 / 3, 0.0), (2 / 3, 1 / 2), (1.0, 2 / 3)]
    bins = calibration(QUESTIONS)
    assert [(one.count, one.correct) for one in bins] == [(1, 0.0), (1, 0.0), (2, 0.5)]


@pytest.mark.parametrize(("language", "words"), [("vi", "Từng câu hỏi"), ("en", "Each question")])
def test_the_report_is_one_safe_file(tmp_path: Path, language: str, words: str) -> None:
    run = stored(tmp_path / "run")
    assert main(["report", str(run), "--language", language, "--json"]) == 0
    html = (run / "report.html").read_text(encoding="utf-8")
    tags = Tags(html)
    assert (tags.scripts, tags.addresses) == (1, [])
    assert ATTACK not in html
    assert "default-src 'none'" in html
    assert re.search("(?:src|href)=.?https?:", html) is None
    for shown in (words, "0.250", "0.100–0.500", "12.3", "<svg"):
        assert shown in html


def test_a_folder_without_a_run_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 1
    assert "không có lần chạy nào đã xong" in capsys.readouterr().err
