"""Other systems, those that are installed: right documents first, no trouble at the edges."""

from pathlib import Path

import pytest

from documents.document import Document
from eval.bench.corpus import corpus_of
from eval.bench.systems import PEERS, Models, System, label_of, make_system, version_of

TEXTS = {
    "hue.txt": "Huế là kinh đô của triều Nguyễn trong hơn một trăm năm.",
    "ha-noi.txt": "Hà Nội nằm bên sông Hồng và là thủ đô của nước ta.",
    "da-lat.txt": "Đà Lạt ở trên cao nguyên, quanh năm mát mẻ.",
    "sa-pa.txt": "Sa Pa mùa đông có khi thấy tuyết rơi.",
}


@pytest.fixture(params=list(PEERS))
def peer(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    """Index the texts with a peer; skip those that are not installed."""
    if version_of(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    system = make_system(request.param, Models())
    system.index(corpus_of([Document(*item, title="x") for item in TEXTS.items()]), tmp_path)
    return system


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kinh đô của triều Nguyễn ở đâu?", "hue.txt"),
        ("Thủ đô nằm bên sông nào?", "ha-noi.txt"),
        ("mùa đông có tuyết", "sa-pa.txt"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_the_right_document_comes_first(peer: System, question: str, expected: str) -> None:
    assert peer.search(question, 2)[0] == expected
    assert len(peer.search(question, 2)) <= 2
    assert set(peer.search(question, 50)) <= set(TEXTS)


@pytest.mark.parametrize("question", ["zzz qqq", "?!", "select * from x where"])
@pytest.mark.filterwarnings("ignore")
def test_a_question_of_no_known_words_is_no_error(peer: System, question: str) -> None:
    assert len(peer.search(question, 50)) <= len(TEXTS)


def test_systems_have_names_and_versions() -> None:
    assert label_of("reranked") == "Dẫn Chứng: xếp hạng lại"
    assert label_of("bm25s") == "bm25s"
    with pytest.raises(KeyError):
        make_system("nobody's", Models())


def test_a_package_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEERS, "bm25s", "surely-not-installed")
    assert version_of("bm25s") is None
