"""Which questions each figure counts, on five questions worked out by hand."""

from dataclasses import replace

import pytest

from eval.collection import Question
from eval.grading import Result, short_answer
from eval.question_lines import question_line
from eval.report import Report, Settings
from eval.summary import Figure, summarise
from qa.answer import REFUSAL, Answer, Citation, ShortAnswer

KNOWN = Question("known", "Kinh đô ở đâu?", ("Huế",), ("hue.txt",))
TWO = Question("two", "Những nơi nào?", ("Hà Nội", "Huế"), ("hue.txt", "hanoi.txt"))
BARE = Question("bare", "Tài liệu nào?", (), ("hanoi.txt",))
IMPOSSIBLE = Question("impossible", "Giá vàng?", refuse=True)


def _result(
    question: Question,
    *quotes: tuple[str, str],
    ranking: str = "",
    confidence: float = 0.5,
    valid: bool = True,
) -> Result:
    """Make a result whose answer cites (document, quote) pairs; without any it is a refusal."""
    citations = tuple(
        Citation(marker, document, "", "", None, 0, len(quote), quote)
        for marker, (document, quote) in enumerate(quotes, start=1)
    )
    text = " ".join(f"{c.quote} [{c.marker}]" for c in citations) or REFUSAL
    answer = Answer(question.text, text, not citations, confidence, citations)
    return Result(
        question, question.text, answer, tuple(ranking.split()), (valid,) * len(citations), 1.0
    )


RIGHT = _result(KNOWN, ("hue.txt", "Huế"), ranking="hue.txt x", confidence=0.9)
WRONG = _result(
    TWO, ("x", "Sài Gòn"), ("hue.txt", "Huế"), ranking="x hue.txt", confidence=0.4, valid=False
)
REFUSED = _result(replace(KNOWN, id="refused"), ranking="x y hue.txt", confidence=0.2)
REFUSED = replace(REFUSED, answer=replace(REFUSED.answer, nearest=RIGHT.answer.citations[0]))
UNJUDGED = _result(BARE, ("hanoi.txt", "Gì đó"), confidence=0.6)
CAUGHT = _result(IMPOSSIBLE, ("x", "Huế"), ranking="x", confidence=0.4)
RESULTS = [RIGHT, WRONG, REFUSED, UNJUDGED, CAUGHT]


@pytest.mark.parametrize(
    ("group", "name", "expected", "count"),
    [
        # KNOWN first, TWO one of two at rank 2, REFUSED at rank 3, BARE not found at all.
        ("retrieval", "recall@1", (1 + 0 + 0 + 0) / 4, 4),
        ("retrieval", "recall@5", (1 + 1 / 2 + 1 + 0) / 4, 4),
        ("retrieval", "recall@10", (1 + 1 / 2 + 1 + 0) / 4, 4),
        ("retrieval", "mrr@10", (1 + 1 / 2 + 1 / 3 + 0) / 4, 4),
        ("retrieval", "map@10", (1 + (1 / 2) / 2 + 1 / 3 + 0) / 4, 4),
        # Known answers: RIGHT, WRONG, REFUSED. "Sài Gòn Huế" shares 1 of 3 syllables with "Huế".
        ("answers", "exact_match", (1 + 0 + 0) / 3, 3),
        ("answers", "f1", (1 + 2 / 4 + 0) / 3, 3),
        ("answers", "sentence_accuracy", (1 + 0 + 0) / 3, 3),
        ("answers", "best_sentence_accuracy", (1 + 0 + 1) / 3, 3),
        ("citations", "validity", 3 / 5, 5),
        ("citations", "precision", 3 / 4, 4),
        ("citations", "recall", 3 / 3, 3),
        # Answerable .9 .4 .2 .6 against unanswerable .4: two above, one tied.
        ("abstention", "auroc", (1 + 1 / 2 + 0 + 1) / 4, 5),
        ("abstention", "answered", 3 / 4, 4),
        ("abstention", "wrong_when_answered", 2 / 3, 3),
        # Best sentences: RIGHT .9 right, WRONG .4 and CAUGHT .4 wrong, REFUSED .2 right.
        ("abstention", "aurc", (0 + 1 / 2 + 2 / 3 + 2 / 4) / 4, 4),
        ("abstention", "ece", ((1 - 0.9) + (0.4 + 0.4) + (1 - 0.2)) / 4, 4),
        ("latency_ms", "p50", 1.0, 5),
    ],
)
def test_figures(group: str, name: str, expected: float, count: int) -> None:
    figure = summarise(RESULTS).groups()[group][name]
    assert figure.value == pytest.approx(expected)
    assert figure.count == count


def test_the_order_of_results_does_not_matter() -> None:
    assert summarise(RESULTS[::-1]) == summarise(RESULTS)


def test_figures_about_nothing_are_none() -> None:
    summary = summarise([UNJUDGED])
    assert summary.answers["f1"] == Figure(None, 0)
    assert summary.abstention["auroc"] == Figure(None, 0)
    assert summary.abstention["wrong_when_answered"] == Figure(None, 0)
    refusals = summarise([REFUSED])
    assert refusals.citations["validity"] == Figure(None, 0)
    assert refusals.citations["recall"] == Figure(None, 0)


def test_a_refusal_that_says_the_answer_scores_nothing() -> None:
    answer = replace(RIGHT.answer, refused=True)
    result = replace(RIGHT, answer=answer)
    assert (result.exact_match, result.f1, result.sentence_correct) == (0, 0, False)


@pytest.mark.parametrize(
    ("result", "correct"),
    [(RIGHT, True), (WRONG, False), (REFUSED, False), (UNJUDGED, None), (CAUGHT, False)],
)
def test_correct(result: Result, *, correct: bool | None) -> None:
    assert result.correct is correct


def test_refusing_an_unanswerable_question_is_correct() -> None:
    assert _result(IMPOSSIBLE).correct is True


def test_short_answer_has_no_markers() -> None:
    text = "Câu thứ nhất. [1] Câu thứ hai [không phải dấu]. [12]"
    answer = Answer("?", text, refused=False, confidence=1.0)
    assert short_answer(answer) == "Câu thứ nhất. Câu thứ hai [không phải dấu]."


def test_the_few_words_of_an_answer_are_judged_where_it_tells_them() -> None:
    short = ShortAnswer("a.txt", 0, 8, "thứ nhất")
    answer = Answer("?", "Câu thứ nhất. [1]", refused=False, confidence=1.0, short=short)
    assert short_answer(answer) == "thứ nhất"


def test_every_citation_needs_its_check() -> None:
    with pytest.raises(ValueError, match="0 checks of 1 citations"):
        replace(RIGHT, valid=())


def _report() -> Report:
    settings = Settings(
        embedder="bundled",
        revision="abc",
        reranker="bundled",
        reader="extractive",
        typing="accented",
        limit=None,
        distractors=("more.json",),
        depth=50,
        warm_up=3,
        versions={"python": "3.11"},
    )
    return Report("a.json", 5, 3, 4, summarise(RESULTS), settings)


def test_report_as_json_has_the_keys_of_the_contract() -> None:
    report = _report().as_json()
    groups = {
        "retrieval": ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "map@10"],
        "answers": ["exact_match", "f1", "sentence_accuracy", "best_sentence_accuracy"],
        "citations": ["validity", "precision", "recall", "alce_precision", "alce_recall"],
        "abstention": ["auroc", "aurc", "ece", "answered", "wrong_when_answered"],
        "latency_ms": ["p50", "p95", "p99", "mean"],
    }
    for group, names in groups.items():
        figures = report[group]
        assert isinstance(figures, dict)
        assert list(figures) == names
    assert (report["collection"], report["questions"], report["passages"]) == ("a.json", 5, 4)
    assert report["answers"] == {
        "exact_match": 0.333333,
        "f1": 0.5,
        "sentence_accuracy": 0.333333,
        "best_sentence_accuracy": 0.666667,
    }
    settings = report["settings"]
    assert isinstance(settings, dict)
    assert settings["distractors"] == ["more.json"]


def test_report_as_table_is_markdown_of_equal_columns() -> None:
    table = _report().as_table()
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert len({len(row) for row in rows}) == 1
    assert "| trích đúng nguyên văn " in table
    assert "gây nhiễu more.json" in table
    assert "0.600 ± 0.480" in table  # 1.96 · √(5 · 3/5 · 2/5 / 4 / 5)


def test_question_line_tells_what_happened() -> None:
    assert question_line(WRONG) == {
        "id": "two",
        "question": "Những nơi nào?",
        "asked": "Những nơi nào?",
        "gold_answers": ["Hà Nội", "Huế"],
        "gold_documents": ["hue.txt", "hanoi.txt"],
        "refuse": False,
        "typing": "",
        "document_length": None,
        "rank": 2,
        "answer": "Sài Gòn Huế",
        "refused": False,
        "confidence": 0.4,
        "citations": [
            {
                "document": "x",
                "start": 0,
                "end": 7,
                "quote": "Sài Gòn",
                "valid": False,
                "gold": False,
            },
            {
                "document": "hue.txt",
                "start": 0,
                "end": 3,
                "quote": "Huế",
                "valid": False,
                "gold": True,
            },
        ],
        "exact_match": 0.0,
        "f1": 0.5,
        "correct": False,
        "best_correct": False,
        "ranking": ["x", "hue.txt"],
        "measures": {
            "retrieval.recall@1": 0.0,
            "retrieval.recall@5": 0.5,
            "retrieval.recall@10": 0.5,
            "retrieval.mrr@10": 0.5,
            "retrieval.ndcg@10": 0.386853,  # 1/log2(3) / (1 + 1/log2(3))
            "retrieval.map@10": 0.25,
            "answers.exact_match": 0.0,
            "answers.f1": 0.5,
            "answers.sentence_accuracy": 0.0,
            "answers.best_sentence_accuracy": 0.0,
            "citations.validity": [0.0, 2],
            "citations.precision": [1.0, 2],
            "citations.recall": 1.0,
            "abstention.answered": 1.0,
            "abstention.wrong_when_answered": 1.0,
        },
    }
