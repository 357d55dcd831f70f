"""Example questions: made from the documents, shown only when they are answered."""

from collections.abc import Sequence
from pathlib import Path

from documents.document import Document
from index.query import Query
from index.records import DocumentInfo
from qa.answer import Answer, Citation
from qa.history import Turn
from qa.pipeline import Pipeline
from web.examples import HANDWRITTEN, ExampleQuestions, example_questions, questions_of


class Library(Pipeline):
    """Answers what is in `known`: question → path of the document that is cited."""

    def __init__(self, documents: Sequence[Document], known: dict[str, str]) -> None:
        self.library = {document.path: document for document in documents}
        self.known = known
        self.asked: list[str] = []

    def ask(self, query: Query, *, k: int = 10, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append(query.text)
        path = self.known.get(query.text)
        if path is None:
            return Answer(query.text, "Không.", refused=True, confidence=0.0)
        citation = Citation(1, path, "T", "", None, 0, 1, "M")
        return Answer(query.text, "M [1]", refused=False, confidence=1.0, citations=(citation,))

    def document(self, path: str) -> Document | None:
        return self.library.get(path)

    def documents(self) -> list[DocumentInfo]:
        return [DocumentInfo(path, d.title, "", None, 1) for path, d in self.library.items()]


def faq(name: str, *questions: str) -> Document:
    return Document(
        name, "".join(f"{question}\nTrả lời.\n" for question in questions), f"Bài {name}"
    )


def test_questions_standing_on_a_line_of_their_own_come_before_the_title() -> None:
    document = faq("a.txt", "Câu 1: Ai là chủ tịch hội đồng?", "- Khi nào luật có hiệu lực?")
    assert questions_of(document) == [
        "Ai là chủ tịch hội đồng?",
        "Khi nào luật có hiệu lực?",
        "Có gì về “Bài a.txt”?",
    ]


def test_questions_too_long_or_too_short_for_a_button_are_left_out() -> None:
    assert questions_of(faq("a.txt", "Ai?", f"{'rất ' * 40}dài?")) == ["Có gì về “Bài a.txt”?"]


def test_a_sample_article_is_asked_the_question_written_for_it_before_others() -> None:
    path, question = next(iter(HANDWRITTEN.items()))
    pipeline = Library(
        [faq("a.txt", "Câu hỏi được đáp?"), faq(path, "Câu hỏi trong bài là gì?")],
        {"Câu hỏi được đáp?": "a.txt", question: path},
    )
    assert example_questions(pipeline, pipeline.documents()) == (question, "Câu hỏi được đáp?")


def test_every_article_with_a_handwritten_question_exists() -> None:
    articles = Path(__file__).parents[2] / "documents" / "articles"
    assert [path for path in HANDWRITTEN if not (articles / path).is_file()] == []


def test_only_answered_questions_are_shown() -> None:
    pipeline = Library(
        [faq("a.txt", "Câu hỏi được đáp?", "Câu hỏi bị từ chối?")], {"Câu hỏi được đáp?": "a.txt"}
    )
    assert example_questions(pipeline, pipeline.documents()) == ("Câu hỏi được đáp?",)


def test_an_answer_from_another_document_does_not_count() -> None:
    pipeline = Library([faq("a.txt", "Câu hỏi lạc chỗ rồi?")], {"Câu hỏi lạc chỗ rồi?": "b.txt"})
    assert example_questions(pipeline, pipeline.documents()) == ()


def test_each_document_has_its_turn_before_a_second_question_and_four_are_enough() -> None:
    first = [f"Câu hỏi một số {n}?" for n in range(3)]
    second = [f"Câu hỏi hai số {n}?" for n in range(3)]
    documents = [faq(f"{n}.txt", first[n], second[n]) for n in range(3)]
    known = {q: f"{n}.txt" for n in range(3) for q in (first[n], second[n])}
    pipeline = Library(documents, known)
    assert example_questions(pipeline, pipeline.documents()) == (*first, second[0])


def test_a_large_library_of_unanswerable_questions_is_not_asked_to_the_end() -> None:
    pipeline = Library(
        [faq(f"{n}.txt", *[f"Câu hỏi {n} {m} gì?" for m in range(9)]) for n in range(99)], {}
    )
    assert example_questions(pipeline, pipeline.documents()) == ()
    assert len(pipeline.asked) <= 24


def test_the_examples_are_made_again_only_when_the_documents_change() -> None:
    question = "Câu hỏi được đáp?"
    pipeline = Library([faq("a.txt", question)], {question: "a.txt"})
    examples = ExampleQuestions(pipeline)
    assert examples.current(pipeline.documents()) == (question,)
    asked = len(pipeline.asked)
    assert examples.current(pipeline.documents()) == (question,)
    assert len(pipeline.asked) == asked
    pipeline.library.clear()
    assert examples.current(pipeline.documents()) == ()
