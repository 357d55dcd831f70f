"""python -m eval bench retrieval in real processes: the bundled models, and what is installed."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.bench.systems import OWN, PEERS, version_of
from eval.cli import main

pytestmark = pytest.mark.model

TEXTS = {
    "Huế": "Huế là kinh đô của triều Nguyễn từ năm 1802 đến năm 1945.",
    "Hà Nội": "Hà Nội là thủ đô của nước Việt Nam. Thành phố nằm bên sông Hồng.",
    "Đà Lạt": "Đà Lạt là thành phố ngàn hoa trên cao nguyên Lâm Viên.",
    "Sa Pa": "Sa Pa là thị xã vùng cao, mùa đông có năm tuyết rơi trắng núi.",
}
ASKED = {
    "Kinh đô của triều Nguyễn ở đâu?": "Huế",
    "Thủ đô của nước Việt Nam nằm bên sông nào?": "Hà Nội",
    "Nơi nào mùa đông có tuyết rơi?": "Sa Pa",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the command once, over four short articles."""
    folder = tmp_path_factory.mktemp("bench")
    articles = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {"id": question, "question": question, "answers": [{"text": title}]}
                        for question, about in ASKED.items()
                        if about == title
                    ],
                }
            ],
        }
        for title, text in TEXTS.items()
    ]
    path = folder / "bon-noi.json"
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    arguments = [str(path), "--typing", "telex", "--output", str(folder / "out"), "--json"]
    assert main(["bench", "retrieval", *arguments]) == 0
    return folder / "out"


def _systems(output: Path) -> dict[str, Any]:
    report = json.loads((output / "retrieval.json").read_text(encoding="utf-8"))
    (collection,) = report["collections"]
    assert (collection["questions"], collection["documents"], collection["passages"]) == (3, 4, 4)
    return {system["system"]: system for system in collection["systems"]}


def test_every_system_is_measured_or_said_to_be_missing(output: Path) -> None:
    systems = _systems(output)
    assert list(systems) == [*OWN, *PEERS]
    for name, system in systems.items():
        if name in PEERS and version_of(name) is None:
            assert system["problem"] == "không cài"
        else:
            assert system["problem"] is None
            assert system["retrieval"]["recall@10"]["value"] == 1
            assert system["latency_ms"]["p50"] > 0
            assert system["index_seconds"] > 0


def test_words_alone_find_what_has_the_question_s_words(output: Path) -> None:
    systems = _systems(output)
    for name in ("exact-bm25", "folded-bm25", "bm25", "reranked"):
        assert systems[name]["retrieval"]["recall@1"]["value"] == 1, name


def test_our_default_reads_keystrokes(output: Path) -> None:
    systems = _systems(output)
    assert systems["reranked"]["typing"]["telex"]["recall@10"]["value"] == 1
    assert systems["reranked"]["typing"]["telex"]["loss"]["value"] == 0
    assert systems["exact-bm25"]["typing"] == {}


def test_memory_is_each_systems_own(output: Path) -> None:
    systems = _systems(output)
    ours = systems["reranked"]["peak_mebibytes"]
    if ours is None:
        pytest.skip("this machine does not tell how much memory a process held")
    for name in ("bm25s", "rank_bm25"):
        if systems[name]["problem"] is None:
            assert 10 < systems[name]["peak_mebibytes"] < ours / 2


def test_report_is_written_beside_the_figures(output: Path) -> None:
    assert (output / "report.md").read_text(encoding="utf-8").startswith("# So sánh tìm kiếm")
