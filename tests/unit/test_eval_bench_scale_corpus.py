"""A folder of files written article by article, and the questions about them."""

from pathlib import Path

from documents.folder import FolderSource
from documents.splitting import split
from eval.bench.scale.corpus import QUESTIONS, Corpus
from eval.bench.scale.texts import Article, articles


def test_articles_are_written_until_they_have_so_many_passages(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, articles(None, seed=1), seed=1)
    corpus.write_passages(40)
    source = FolderSource(tmp_path)
    documents = [source.read(entry.path).document for entry in source.entries()]
    assert len(documents) == corpus.documents
    passages = [len(split(document)) for document in documents]
    assert sum(passages) >= 40 > sum(passages[:-1])
    first = next(articles(None, seed=1))
    assert documents[0].title == first.title
    assert first.text in documents[0].text


def test_more_is_written_beside_what_there_is(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, articles(None, seed=1), seed=1)
    corpus.write_passages(10)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.txt")}
    corpus.write_passages(10)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*.txt")}
    assert before.items() < after.items()


def test_one_document_changes_at_its_end(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, articles(None, seed=1), seed=1)
    corpus.write_passages(10)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.txt")}
    corpus.change_one()
    changed = [path for path in before if path.read_bytes() != before[path]]
    assert len(changed) == 1
    assert changed[0].read_bytes().startswith(before[changed[0]])


def test_questions_are_titles_and_parts_of_sentences_of_all_articles(tmp_path: Path) -> None:
    text = "Ngắn thôi. " + ". ".join(
        " ".join(f"từ{sentence}_{word}" for word in range(20)) for sentence in range(30)
    )
    many = [Article(f"Bài số {number}", f"{text} riêng{number}.") for number in range(900)]
    corpus = Corpus(tmp_path, iter(many), seed=1)
    corpus.write_passages(900)
    questions = corpus.questions()
    assert len(questions) == QUESTIONS
    titles = {article.title for article in many}
    parts = [question for question in questions if question not in titles]
    assert 0 < len(parts) < len(questions)
    assert all(part in text and 6 <= len(part.split()) <= 14 for part in parts)
    asked = {question for question in questions if question in titles}
    last = corpus.documents
    assert any(int(title.split()[-1]) > last * 2 // 3 for title in asked)  # not the first ones only
    again = Corpus(tmp_path / "again", iter(many), seed=1)
    again.write_passages(900)
    assert again.questions() == questions
