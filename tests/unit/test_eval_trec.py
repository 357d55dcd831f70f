"""TREC's files: what is read, in which order, and every line at fault."""

from pathlib import Path

import ir_measures
import pytest

from documents.errors import DanChungError
from eval.collection import Question
from eval.grading import Result
from eval.trec import qrels_lines, read_qrels, read_run, run_lines
from qa.answer import Answer

RUN = """
q1 Q0 a 1 0.5 x
q1 Q0 c 2 0.9 x
q1 Q0 b 3 0.5 x
q2 Q0 a 1 1 x
"""


def _file(folder: Path, text: str, name: str = "file.trec") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_run_is_ordered_as_trec_eval_orders_it(tmp_path: Path) -> None:
    path = _file(tmp_path, RUN)
    assert read_run(path) == {"q1": ("c", "b", "a"), "q2": ("a",)}
    qrels = [ir_measures.Qrel("q1", "b", 1), ir_measures.Qrel("q2", "a", 1)]
    run = list(ir_measures.read_trec_run(str(path)))  # type: ignore[no-untyped-call]
    reciprocal = ir_measures.calc_aggregate([ir_measures.RR], qrels, run)[ir_measures.RR]
    assert reciprocal == (1 / 2 + 1) / 2  # b second: before a, which scores the same


def test_all_lines_at_fault_are_told_at_once(tmp_path: Path) -> None:
    path = _file(tmp_path, "q1 Q0 a 1 0.5 x\nq1 Q0 a 2 0.4 x\nq1 a\nq1 Q0 b 3 nan x\n")
    with pytest.raises(DanChungError) as caught:
        read_run(path)
    assert str(caught.value) == (
        "3 chỗ sai: file.trec: dòng 2: q1 a đã có ở một dòng trước; file.trec: dòng 3: cần “câu Q0"
        " tài-liệu hạng điểm tên”; file.trec: dòng 4: điểm nan không phải một số hữu hạn."
    )


def test_judgements(tmp_path: Path) -> None:
    assert read_qrels(_file(tmp_path, "q1 0 a 2\nq1 0 b 0\n")) == {"q1": {"a": 2, "b": 0}}
    with pytest.raises(DanChungError, match="dòng 2: q1 a đã được chấm"):
        read_qrels(_file(tmp_path, "q1 0 a 2\nq1 0 a 1\n"))
    with pytest.raises(DanChungError, match="tệp không có dòng nào"):
        read_qrels(_file(tmp_path, " \n"))


def test_what_is_written_is_read_again_though_ids_have_blanks(tmp_path: Path) -> None:
    question = Question("câu 1", "?", documents=("bài 100%.txt", "b"), grades=(2, 1))
    answer = Answer("?", "", refused=True, confidence=0.0)
    result = Result(question, "?", answer, ("c", "bài 100%.txt"), (), 1.0)
    assert read_run(_file(tmp_path, run_lines([result]))) == {"câu%201": ("c", "bài%20100%25.txt")}
    assert read_qrels(_file(tmp_path, qrels_lines([result]))) == {
        "câu%201": {"bài%20100%25.txt": 2, "b": 1}
    }
