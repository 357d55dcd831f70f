"""A whole benchmark with scripted work: who is asked what, and what is told of failures."""

import json
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.bench import comparing
from eval.bench.comparing import Plan, compare
from eval.bench.measuring import Job, Measurement
from eval.bench.report import BenchReport
from eval.bench.systems import OWN
from eval.typing_styles import TypingStyle

HUE = "Huế là kinh đô của triều Nguyễn."
HANOI = "Hà Nội là thủ đô của Việt Nam."


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """Write two contexts, two answerable questions and one without an answer."""
    return _squad(
        tmp_path / "a.json",
        (HUE, [("1", "Kinh đô ở đâu?", "Huế"), ("2", "Triều nào?", "Nguyễn"), ("3", "Ai?", "")]),
        (HANOI, []),
    )


def _squad(path: Path, *contexts: tuple[str, list[tuple[str, str, str]]]) -> Path:
    paragraphs = [
        {
            "context": text,
            "qas": [
                {"id": name, "question": question, "answers": [{"text": answer}] if answer else []}
                for name, question, answer in qas
            ],
        }
        for text, qas in contexts
    ]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return path


class ScriptedWork:
    """Finds the first document for every question, and remembers the jobs."""

    def __init__(self, **failing: Exception) -> None:
        self.failing = failing
        self.jobs: dict[str, Job] = {}

    def __call__(self, job: Job) -> Measurement:
        self.jobs[job.system] = job
        if job.system in self.failing:
            raise self.failing[job.system]
        first = job.corpus.documents[0].path
        rankings = {style: ((first,),) * len(asked) for style, asked in job.asked.items()}
        questions = len(next(iter(job.asked.values())))
        passages = ((HUE,) * job.read,) * questions if job.read else ()
        return Measurement(rankings, (3.0,) * questions, 0.5, 64.0, passages)


@pytest.fixture(autouse=True)
def _all_peers_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "version_of", lambda name: f"{name} 1.0")


def _compare(plan: Plan, work: ScriptedWork) -> BenchReport:
    return compare(plan, show_progress=False, work=work)


def test_every_system_gets_the_same_texts_and_questions(squad: Path) -> None:
    work = ScriptedWork()
    report = _compare(Plan((str(squad),)), work)
    (collection,) = report.collections
    assert (collection.questions, collection.documents, collection.passages) == (2, 2, 2)
    assert list(work.jobs) == [*OWN, "bm25s", "rank_bm25", "haystack", "txtai"]
    assert [outcome.system for outcome in collection.outcomes] == list(work.jobs)
    for job in work.jobs.values():
        assert [document.text for document in job.corpus.documents] == [HUE, HANOI]
        assert job.asked["accented"] == ("Kinh đô ở đâu?", "Triều nào?")


def test_figures_are_about_the_gold_documents(squad: Path) -> None:
    (collection,) = _compare(Plan((str(squad),)), ScriptedWork()).collections
    figures = collection.outcomes[0].figures
    assert figures is not None
    assert figures.quality["recall@1"].value == 1
    assert figures.milliseconds == {"p50": 3.0, "p95": 3.0}
    assert figures.passages_per_second == 2 / 0.5
    assert figures.peak_mebibytes == 64


def test_our_default_and_the_peers_are_asked_in_every_style(squad: Path) -> None:
    work = ScriptedWork()
    styles = (TypingStyle.TELEX, TypingStyle.NFD)
    _compare(Plan((str(squad),), styles=styles), work)
    asked = {name: list(job.asked) for name, job in work.jobs.items()}
    assert asked["reranked"] == asked["txtai"] == ["accented", "telex", "nfd"]
    assert asked["fused"] == asked["exact-bm25"] == ["accented"]
    assert work.jobs["txtai"].asked["telex"][0] == "Kinh ddoo owr ddaau?"


def test_full_accents_alone_make_no_typing_table(squad: Path) -> None:
    report = _compare(Plan((str(squad),), styles=(TypingStyle.ACCENTED,)), ScriptedWork())
    assert "hơn kém" not in report.as_markdown()


def test_distractors_of_one_collection_and_of_all(squad: Path, tmp_path: Path) -> None:
    more = _squad(tmp_path / "b.json", ("Đà Lạt nhiều hoa.", []))
    all_of_them = _squad(tmp_path / "c.json", ("Sa Pa có sương.", []))
    plan = Plan((f"{squad}+{more}", str(squad)), distractors=(all_of_them,), peers=())
    first, second = _compare(plan, ScriptedWork()).collections
    assert (first.documents, second.documents) == (4, 3)


def test_a_path_with_a_plus_is_itself(squad: Path, tmp_path: Path) -> None:
    renamed = squad.rename(tmp_path / "a+b.json")
    (collection,) = _compare(Plan((str(renamed),), peers=()), ScriptedWork()).collections
    assert collection.name == "a+b.json"


def test_limit_spreads_over_the_questions(squad: Path) -> None:
    work = ScriptedWork()
    _compare(Plan((str(squad),), limit=1, peers=()), work)
    assert work.jobs["fused"].asked["accented"] == ("Kinh đô ở đâu?",)


def test_a_peer_that_is_not_installed_is_a_row(
    squad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "version_of", lambda _: None)
    work = ScriptedWork()
    (collection,) = _compare(Plan((str(squad),), peers=("bm25s",)), work).collections
    assert collection.outcomes[-1].problem == "không cài"
    assert "bm25s" not in work.jobs


def test_a_peer_that_fails_is_a_row(squad: Path) -> None:
    work = ScriptedWork(txtai=ValueError("dòng một\ndòng hai"))
    (collection,) = _compare(Plan((str(squad),)), work).collections
    assert collection.outcomes[-1].problem == "hỏng: ValueError: dòng một dòng hai"
    assert collection.outcomes[-1].version == "txtai 1.0"


def test_a_system_of_ours_that_fails_ends_the_run(squad: Path) -> None:
    with pytest.raises(DanChungError, match="mô hình hỏng"):
        _compare(Plan((str(squad),)), ScriptedWork(fused=DanChungError("mô hình hỏng")))


def test_progress_tells_of_every_system_and_note(squad: Path) -> None:
    told: list[str] = []
    plan = Plan((str(squad),), peers=(), distractors=(squad,))
    compare(plan, show_progress=False, tell=told.append, work=ScriptedWork())
    assert told[0] == "a.json: 2 tài liệu gây nhiễu trùng nội dung bị bỏ qua."
    assert told[1] == "a.json: BM25 đủ dấu: xong, nDCG@10 1.000"
    assert len(told) == 1 + len(OWN)


def test_questions_without_texts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"question": "?", "documents": ["a.txt"]}', encoding="utf-8")
    with pytest.raises(DanChungError, match="không kèm tài liệu"):
        _compare(Plan((str(path),)), ScriptedWork())


def test_questions_without_gold_documents_are_refused(tmp_path: Path) -> None:
    path = _squad(tmp_path / "a.json", (HUE, [("1", "Ai?", "")]))
    with pytest.raises(DanChungError, match="không có câu hỏi nào biết tài liệu đúng"):
        _compare(Plan((str(path),)), ScriptedWork())


def test_a_missing_collection_is_named(tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match=r"Không có tệp .*nowhere\.json"):
        _compare(Plan((f"{tmp_path}/nowhere.json+b.json",)), ScriptedWork())


def test_answers_are_looked_for_in_the_first_passages_where_they_are_read(squad: Path) -> None:
    work = ScriptedWork(langchain=ImportError("no"))
    plan = Plan((str(squad),), own=("reranked",), peers=("txtai-hybrid", "langchain"), read=5)
    report = _compare(plan, work)
    (collection,) = report.collections
    assert list(work.jobs) == ["reranked", "txtai-hybrid", "langchain"]
    first = collection.outcomes[0].as_json()
    assert first["span"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert "| đáp án trong các đoạn đầu |" in report.as_markdown()
    rows = [line for line in report.as_markdown().splitlines() if line.startswith("| txtai-hybrid")]
    assert "1.000 [1.000–1.000] |" in rows[0]
    (plain,) = _compare(Plan((str(squad),), peers=()), ScriptedWork()).collections
    assert "span" not in plain.outcomes[0].as_json()
