"""Near misses: what is changed, to what, and that the same seed changes the same."""

import re
from collections import Counter

import pytest

from documents.document import Document
from eval.collection import Question
from eval.grading import Result
from eval.near_miss_figures import Answered, near_miss_figures
from eval.near_misses import COUNTRIES, PROVINCES, Change, NearMiss, make_near_misses
from qa.answer import REFUSAL, Answer, Citation

TEXT = (
    "Ngày 12/4/2018, bà Trần Thu Cúc, Giám đốc Sở Du lịch tỉnh Bến Tre, khai trương tuyến xe số 7"
    " từ Bến Tre đi Điện Biên Phủ. Năm 2017 và năm 2019 chưa có tuyến nào. Vua Bảo Đại từng đến."
    " Trẻ dưới 6 tuổi không mất tiền; đoàn của Hàn Quốc khen tuyến này trong thập niên 2010."
)
DOCUMENT = Document("xe.txt", TEXT, "Tuyến xe mới")
DOCUMENTS = {"xe.txt": DOCUMENT}


def _misses(*texts: str, seed: int = 0) -> tuple[NearMiss, ...]:
    questions = [
        Question(f"q{place}", text, ("x",), ("xe.txt",)) for place, text in enumerate(texts)
    ]
    return make_near_misses(questions, DOCUMENTS.get, seed=seed)


@pytest.mark.parametrize(
    ("text", "before", "after", "change"),
    [
        ("Ai khai trương tuyến xe năm 2018?", "Ai khai trương tuyến xe năm ", "?", "year"),
        ("Lễ ngày 12/4/2018 ở đâu?", "Lễ ngày 12/4/", " ở đâu?", "year"),
        ("Tuyến xe số 7 đi đâu?", "Tuyến xe số ", " đi đâu?", "number"),
        ("Tỉnh Bến Tre có tuyến xe nào?", "Tỉnh ", " có tuyến xe nào?", "place"),
        ("Đoàn Hàn Quốc nói gì?", "Đoàn ", " nói gì?", "place"),
        ("Bà Trần Thu Cúc giữ chức gì?", "Bà ", " giữ chức gì?", "person"),
        ("Vì sao vua Bảo Đại đến?", "Vì sao vua ", " đến?", "person"),
    ],
)
def test_one_particular_becomes_another(text: str, before: str, after: str, change: str) -> None:
    for seed in range(30):
        (miss,) = _misses(text, seed=seed)
        changed = miss.question
        assert changed.text.startswith(before)
        assert changed.text.endswith(after)
        put = changed.text[len(before) : len(changed.text) - len(after)]
        assert put not in re.split(r"\W+", TEXT)
        assert not put.istitle() or put not in TEXT
        assert miss.change == change
        assert (changed.id, changed.refuse, changed.answers) == (f"q0~{change}", True, ())
        assert miss.original.text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ai khai trương?", id="nothing to change"),
        pytest.param("Tuyến xe năm 2015 ra sao?", id="not held by the document"),
        pytest.param("Tuyến xe đi Điện Biên Phủ có từ bao giờ?", id="a longer name"),
        pytest.param("Trẻ dưới 6 tuổi thế nào?", id="an age"),
        pytest.param("Thập niên 2010 có gì, nhất là trong thập niên 2010?", id="a decade"),
        pytest.param("Xe của Bến Tre-Hàn Quốc đi đâu?", id="joined names"),
    ],
)
def test_what_cannot_be_changed_makes_no_near_miss(text: str) -> None:
    assert _misses(text) == ()


def test_a_place_becomes_one_of_its_sort_wherever_it_stands() -> None:
    for seed in range(30):
        (miss,) = _misses("Bến Tre có gì mới, ngoài xe của Bến Tre?", seed=seed)
        put = miss.question.text.removesuffix("?").split("xe của ")[1]
        assert miss.question.text == f"{put} có gì mới, ngoài xe của {put}?"
        assert put in PROVINCES
        (miss,) = _misses("Hàn Quốc có khen không?", seed=seed)
        assert miss.question.text.removesuffix(" có khen không?") in COUNTRIES


def test_a_changed_month_is_a_month() -> None:
    document = Document("xe.txt", "Tháng 11 có lễ.", "Lễ")
    question = Question("q", "Tháng 11 có gì?", ("lễ",), ("xe.txt",))
    texts = set()
    for seed in range(50):
        (miss,) = make_near_misses([question], {"xe.txt": document}.get, seed=seed)
        texts.add(miss.question.text)
    months = {f"Tháng {month} có gì?" for month in range(2, 13) if month != 11}
    assert texts == months


def test_the_title_of_the_document_holds_values_too() -> None:
    near = [str(year) for year in range(2009, 2027) if year not in (2018, 2020)]
    document = Document("xe.txt", f"Năm 2018, xe. {' '.join(near)}", "Xe năm 2020")
    question = Question("q", "Năm 2018 có gì?", ("xe",), ("xe.txt",))
    assert make_near_misses([question], {"xe.txt": document}.get) == ()


def test_the_same_seed_gives_the_same_and_order_does_not_matter() -> None:
    texts = ["Bà Trần Thu Cúc làm gì ở Bến Tre năm 2018?", "Tuyến số 7 đi từ Bến Tre?"] * 9
    assert _misses(*texts) == _misses(*texts)
    questions = [Question(f"q{n}", text, ("x",), ("xe.txt",)) for n, text in enumerate(texts)]
    turned = make_near_misses(questions[::-1], DOCUMENTS.get)
    assert turned[::-1] == _misses(*texts)
    seeds = {_misses(*texts, seed=seed) for seed in range(5)}
    assert len(seeds) == 5
    assert len(Counter(miss.change for miss in _misses(*texts))) >= 3


def test_unanswerable_questions_and_unknown_documents_are_passed_over() -> None:
    questions = [
        Question("a", "Ai đến năm 2018?", refuse=True, documents=("xe.txt",)),
        Question("b", "Ai đến năm 2018?", ("x",), ("no.txt",)),
        Question("c", "Ai đến năm 2018?", ("x",)),
    ]
    assert make_near_misses(questions, DOCUMENTS.get) == ()


def _result(question: Question, *, answered: bool) -> Result:
    if not answered:
        return Result(question, "", Answer("", REFUSAL, refused=True, confidence=0), (), (), 1.0)
    citation = Citation(1, "xe.txt", "", "", None, 0, 1, "N")
    answer = Answer("", "N [1]", refused=False, confidence=1, citations=(citation,))
    return Result(question, "", answer, (), (True,), 1.0)


def test_figures_stand_beside_those_of_the_originals() -> None:
    originals = [Question(str(n), "?", ("x",), ("xe.txt",)) for n in range(3)]
    changes = [Change.YEAR, Change.YEAR, Change.PERSON]
    misses = [
        NearMiss(Question(f"{q.id}~", "?", refuse=True), q, change)
        for q, change in zip(originals, changes, strict=True)
    ]
    asked = [_result(m.question, answered=n == 0) for n, m in enumerate(misses)]
    results = [_result(q, answered=n < 2) for n, q in enumerate(originals)]
    figures = near_miss_figures(misses, asked, results)
    assert figures.changes == {
        "year": Answered(2, 1 / 2, 2 / 2),
        "number": Answered(0, None, None),
        "place": Answered(0, None, None),
        "person": Answered(1, 0, 0),
        "all": Answered(3, 1 / 3, 2 / 3),
    }
    report = figures.as_json()
    assert report["questions"] == 3
    assert report["answered"] == 0.333333
    assert isinstance(report["changes"], dict)
    assert report["changes"]["year"] == {
        "questions": 2,
        "answered": 0.5,
        "originals_answered": 1.0,
    }
    assert "| năm khác " in figures.as_table()
    assert "–" in figures.as_table()
