"""Systems with our embedding model, those installed: right first, with the texts of passages."""

import sys
from pathlib import Path

import pytest

from documents.document import Document
from eval.bench.corpus import corpus_of
from eval.bench.figures import Estimate, span
from eval.bench.model_peers import make_model_peer
from eval.bench.systems import DEFAULT, MODEL_PEERS, Models, PassageSystem, version_of
from eval.collection import Question

TEXTS = {
    "hue.txt": "Huế là kinh đô của triều Nguyễn trong hơn một trăm năm.",
    "ha-noi.txt": "Hà Nội nằm bên sông Hồng và là thủ đô của nước ta.",
    "sa-pa.txt": "Sa Pa mùa đông có khi thấy tuyết rơi.",
}


@pytest.fixture(params=[DEFAULT, *MODEL_PEERS])
def system(request: pytest.FixtureRequest, tmp_path: Path) -> PassageSystem:
    """Index the texts with a system; skip those that are not installed."""
    from eval.bench.own import OwnSystem

    if request.param == DEFAULT:
        found: PassageSystem = OwnSystem(DEFAULT, Models())
    elif version_of(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    else:
        found = make_model_peer(request.param, None)
    found.index(corpus_of([Document(*item, title="x") for item in TEXTS.items()]), tmp_path)
    return found


@pytest.mark.filterwarnings("ignore")
def test_documents_and_texts_come_in_the_same_order(system: PassageSystem) -> None:
    question = "Kinh đô của triều Nguyễn ở đâu?"
    assert system.search(question, 2)[0] == "hue.txt"
    texts = [TEXTS[path] for path in system.search(question, 2)]
    assert [text.strip() for text in system.read(question, 2)] == texts


def test_a_peer_that_is_not_installed_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("txtai", "haystack", "langchain_community.embeddings"):
        monkeypatch.setitem(sys.modules, package, None)
    for name in MODEL_PEERS:
        with pytest.raises(ImportError):
            make_model_peer(name, None)


def test_an_answer_in_any_of_the_first_passages_counts() -> None:
    questions = [
        Question("1", "?", ("Huế",), ("a",)),
        Question("2", "?", ("Huế", "sông Hồng"), ("a",)),
        Question("3", "?", ("Đà Lạt",), ("a",)),
        Question("4", "?", (), ("a",)),
    ]
    texts = [[*TEXTS.values()], [TEXTS["ha-noi.txt"]], [*TEXTS.values()], []]
    found = span(questions, texts)
    assert isinstance(found, Estimate)
    assert found.value == 2 / 3
    assert span(questions[3:], [[]]) is None
