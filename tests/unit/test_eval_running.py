"""Asking: what is asked, how deep, and what is kept of the answer."""

from collections.abc import Sequence

import pytest

from documents.document import Document, Passage
from eval.collection import Question
from eval.running import WARM_UP, ask_all, document_ranking, every_nth, quote_is_exact
from eval.typing_styles import TypingStyle
from index.hit import Hit
from index.query import Query
from index.records import DocumentInfo
from qa.answer import Answer, Citation

HUE = Document("hue.txt", "Kinh đô là Huế.", "Huế")


class ScriptedAnswerer:
    """Cites the whole of its first document; finds one passage of each in the order given."""

    def __init__(self, found: str, *, beside: str = "") -> None:
        self.found = found.split()
        self.held = sorted({*self.found, *beside.split()})
        self.asked: list[tuple[str, int]] = []

    def ask(self, query: Query, *, k: int) -> Answer:
        self.asked.append((query.text, k))
        hits = tuple(_hit(path, rank) for rank, path in enumerate(self.found[:k], start=1))
        text = f"{HUE.text} [1]"
        return Answer(
            query.text, text, refused=False, confidence=0.7, citations=(_citation(),), hits=hits
        )

    def document(self, path: str) -> Document | None:
        return HUE if path == HUE.path else None

    def documents(self) -> Sequence[DocumentInfo]:
        return [DocumentInfo(path, path, "", None, 1) for path in self.held]


def _hit(path: str, rank: int) -> Hit:
    return Hit(Passage(path, 0, 0, 1, "x"), path, "", None, -rank, rank)


def _citation(start: int = 0, quote: str = HUE.text, path: str = HUE.path) -> Citation:
    return Citation(1, path, "Huế", "", None, start, start + len(quote), quote)


def _questions(count: int) -> list[Question]:
    return [
        Question(str(number), f"Câu {number}?", ("Huế",), ("hue.txt",)) for number in range(count)
    ]


def test_results_come_in_order_without_their_hits() -> None:
    questions = _questions(5)
    results = list(ask_all(ScriptedAnswerer("a hue.txt a"), questions, style=TypingStyle.ACCENTED))
    assert [result.question for result in results] == questions
    assert results[0].ranking == ("a", "hue.txt")
    assert results[0].gold_rank == 2
    assert results[0].valid == (True,)
    assert results[0].answer.hits == ()
    assert results[0].milliseconds >= 0


def test_the_first_questions_are_asked_once_before_the_clock_counts() -> None:
    answerer = ScriptedAnswerer("hue.txt")
    list(ask_all(answerer, _questions(5), style=TypingStyle.UNACCENTED))
    texts = [f"Cau {number}?" for number in range(5)]
    assert [text for text, _ in answerer.asked] == texts[:WARM_UP] + texts


def test_passages_of_few_documents_are_asked_for_again_deeper() -> None:
    answerer = ScriptedAnswerer("long " * 120 + "b c d e f g h i j hue.txt")
    result = next(ask_all(answerer, _questions(1), style=TypingStyle.ACCENTED))
    assert [k for _, k in answerer.asked] == [50, 50, 200]
    assert result.gold_rank == 11


def test_the_searcher_alone_is_asked_deeper() -> None:
    found = "long " * 120 + "b c d e f g h i j hue.txt"
    answerer, searcher = ScriptedAnswerer(found), ScriptedAnswerer(found)
    asking = ask_all(answerer, _questions(1), style=TypingStyle.ACCENTED, searcher=searcher)
    assert next(asking).gold_rank == 11
    assert [k for _, k in answerer.asked] == [50, 50]
    assert [k for _, k in searcher.asked] == [200]


def test_a_small_index_is_not_asked_again() -> None:
    answerer = ScriptedAnswerer("long " * 60)
    list(ask_all(answerer, _questions(1), style=TypingStyle.ACCENTED))
    assert [k for _, k in answerer.asked] == [50, 50]


def test_an_exhausted_search_is_not_repeated() -> None:
    answerer = ScriptedAnswerer("a b", beside="c d e")
    list(ask_all(answerer, _questions(1), style=TypingStyle.ACCENTED))
    assert [k for _, k in answerer.asked] == [50, 50]


def test_a_document_ranks_where_its_best_passage_does() -> None:
    assert document_ranking(list("abba"), lambda _: [], enough=2) == ("a", "b")


@pytest.mark.parametrize(
    ("citation", "document", "expected"),
    [
        pytest.param(_citation(), HUE, True, id="whole text"),
        pytest.param(_citation(11, "Huế"), HUE, True, id="part"),
        pytest.param(_citation(10, "Huế"), HUE, False, id="moved by one"),
        pytest.param(_citation(11, "huế"), HUE, False, id="other case"),
        pytest.param(_citation(-5, " Huế"), HUE, False, id="counted from the end"),
        pytest.param(_citation(3, ""), HUE, False, id="empty"),
        pytest.param(_citation(), None, False, id="no such document"),
    ],
)
def test_a_quote_is_checked_against_the_stored_text(
    citation: Citation, document: Document | None, *, expected: bool
) -> None:
    assert quote_is_exact(citation, document) is expected


@pytest.mark.parametrize(
    ("count", "limit", "expected"),
    [
        (10, None, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (10, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (10, 99, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (10, 4, [0, 3, 6, 9]),
        (10, 3, [0, 4, 8]),
        (10, 1, [0]),
        (0, 3, []),
    ],
)
def test_limit_takes_every_nth_question(count: int, limit: int | None, expected: list[int]) -> None:
    kept = every_nth(_questions(count), limit)
    assert [int(question.id) for question in kept] == expected
