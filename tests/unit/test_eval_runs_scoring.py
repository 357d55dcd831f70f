"""python -m eval score: equal to ir_measures on random runs; files that do not fit are told."""

import json
import random
from pathlib import Path

import ir_measures
import pytest
from ir_measures import AP, RR, R, nDCG

from eval.cli import main

MEASURES = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
    "map@10": AP @ 10,
}


def _write(folder: Path, qrels: str, run: str) -> list[str]:
    (folder / "qrels.trec").write_text(qrels, encoding="utf-8")
    (folder / "run.trec").write_text(run, encoding="utf-8")
    return [str(folder / "qrels.trec"), str(folder / "run.trec")]


@pytest.mark.parametrize("seed", range(5))
def test_scores_equal_ir_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311
    documents = [f"d{n}" for n in range(30)]
    qrels, run = "", ""
    for query in range(20):
        for document in draw.sample(documents, 5):
            grade = draw.choice([0, 1, 2, 3])
            qrels += f"q{query} 0 {document} {grade}\n"
        if query % 7:  # some queries are missing
            for document in draw.sample(documents, draw.randint(1, 30)):
                run += f"q{query} Q0 {document} 1 {draw.random()} x\n"
    files = _write(tmp_path, qrels, run)
    assert main(["score", *files, "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    judged = [q for q in ir_measures.read_trec_qrels(files[0])]  # type: ignore[no-untyped-call]  # noqa: C416
    relevant = {q.query_id for q in judged if q.relevance > 0}
    theirs = ir_measures.calc_aggregate(
        list(MEASURES.values()),
        [q for q in judged if q.query_id in relevant],
        list(ir_measures.read_trec_run(files[1])),  # type: ignore[no-untyped-call]
    )
    assert ours["queries"] == len(relevant)
    for name, measure in MEASURES.items():
        assert ours["retrieval"][name] == pytest.approx(theirs[measure], abs=1e-6)


def test_what_does_not_fit_is_counted_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = _write(tmp_path, "q1 0 a 1\nq2 0 b 1\nq3 0 c 0\n", "q1 Q0 x 1 1 t\nq9 Q0 y 1 1 t\n")
    assert main(["score", *files]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("| run.trec, 2 câu ")
    assert printed.err.splitlines() == [
        "Lưu ý: 1 câu không có trong kết quả, được 0 điểm: q2.",
        "Lưu ý: 1 câu của kết quả không được đánh giá: q9.",
        "Lưu ý: 1 câu không có tài liệu đúng, không tính: q3.",
        "Lưu ý: Không tài liệu nào của kết quả được đánh giá: có thể là của kho khác.",
    ]


@pytest.mark.parametrize(
    ("qrels", "run", "message"),
    [
        ("q1 0 a 1\n", "q9 Q0 a 1 1 t\n", "run.trec không có câu nào của tệp đánh giá"),
        ("q1 0 a 0\n", "q1 Q0 a 1 1 t\n", "không có tài liệu đúng nào"),
        ("q1 a 1\n", "q1 Q0 a 1 1 t\n", "qrels.trec: dòng 1: cần “câu 0 tài-liệu điểm-nguyên”"),
    ],
)
def test_files_of_two_collections_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qrels: str, run: str, message: str
) -> None:
    assert main(["score", *_write(tmp_path, qrels, run)]) == 1
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""
