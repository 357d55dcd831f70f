"""One system at work: what it is asked, how deep, and what is kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from documents.document import Document
from eval.bench import measuring
from eval.bench.corpus import Corpus, corpus_of
from eval.bench.measuring import Job, measure, peak_mebibytes
from eval.bench.systems import Models
from eval.running import DEPTH, WARM_UP

DOCUMENTS = [Document(f"{letter}.txt", f"Bài {letter}.", letter) for letter in "abc"]


class ScriptedSystem:
    """Finds its passages in the order given, whatever is asked."""

    def __init__(self, found: str) -> None:
        self.found = found.split()
        self.asked: list[tuple[str, int]] = []
        self.folder: Path | None = None

    def index(self, corpus: Corpus, folder: Path) -> None:
        assert folder.is_dir()
        self.folder = folder

    def search(self, question: str, k: int) -> Sequence[str]:
        self.asked.append((question, k))
        return self.found[:k]


def _measure(
    monkeypatch: pytest.MonkeyPatch, system: ScriptedSystem, **asked: tuple[str, ...]
) -> measuring.Measurement:
    monkeypatch.setattr(measuring, "make_system", lambda _name, _models: system)
    return measure(Job("scripted", corpus_of(DOCUMENTS), asked, Models()))


def test_corpus_has_the_passages_of_every_document() -> None:
    corpus = corpus_of(DOCUMENTS)
    assert [(p.document, p.text) for p in corpus.passages] == [
        (document.path, document.text) for document in DOCUMENTS
    ]


def test_rankings_come_by_style_and_documents_once(monkeypatch: pytest.MonkeyPatch) -> None:
    system = ScriptedSystem("b.txt a.txt b.txt c.txt")
    done = _measure(monkeypatch, system, accented=("Một?", "Hai?"), telex=("Mootj?", "Hai?"))
    ranking = ("b.txt", "a.txt", "c.txt")
    assert done.rankings == {"accented": (ranking, ranking), "telex": (ranking, ranking)}
    assert len(done.milliseconds) == 2
    assert done.index_seconds >= 0


def test_the_first_questions_are_asked_once_before_the_clock_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    system = ScriptedSystem("a.txt")
    questions = tuple("abcdef")
    _measure(monkeypatch, system, accented=questions)
    assert [question for question, _ in system.asked] == [*questions[:WARM_UP], *questions]


def test_crowding_passages_are_looked_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    system = ScriptedSystem("a.txt " * 120 + "b.txt c.txt")
    done = _measure(monkeypatch, system, accented=("?",))
    assert [k for _, k in system.asked] == [DEPTH, DEPTH, 4 * DEPTH]
    assert done.rankings["accented"] == (("a.txt", "b.txt", "c.txt"),)


def test_the_folder_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    system = ScriptedSystem("a.txt")
    _measure(monkeypatch, system, accented=("?",))
    assert system.folder
    assert not system.folder.exists()


def test_memory_is_the_peak_of_this_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tpython\nVmPeak:\t9999 kB\nVmHWM:\t  2048 kB\n", encoding="ascii")
    monkeypatch.setattr(measuring, "_PROCESS", status)
    assert peak_mebibytes() == 2
    status.write_text("Name:\tpython\n", encoding="ascii")
    assert peak_mebibytes() is None
    monkeypatch.setattr(measuring, "_PROCESS", tmp_path / "nowhere")
    assert peak_mebibytes() is None
