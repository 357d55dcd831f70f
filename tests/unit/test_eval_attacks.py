"""The attack set runs here in full over own pairs, in part over documents."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from documents.folder import FolderSource
from eval.attacks.changes import CHANGES
from eval.attacks.judging import (
    GENUINE,
    OTHER_DOCUMENT,
    REWORDED,
    KindResult,
    Pair,
    as_table,
    bundled_pairs,
    judge,
    pairs_of,
)
from eval.attacks.rewordings import rewordings
from eval.cli import main
from qa.verification import verify

CHANCE = random.Random(0)  # noqa: S311
REAL = Path("../shared/documents")
SENTENCE = (
    "Ngày 2/9/1945, tại Hà Nội, ông Võ Văn A, Giám đốc Sở, không chi 1.500 tỷ đồng, đạt 98,5%."
)


def _pairs_in(folder: Path, *, most: int) -> list[Pair]:
    source = FolderSource(folder)
    pairs = pairs_of(source.load(entry.path) for entry in source.entries())
    return random.Random(1).sample(pairs, min(most, len(pairs)))  # noqa: S311


def _assert_all_right(results: Sequence[KindResult]) -> None:
    wrong = [(t.kind, t.writing, t.sentence, t.quote) for r in results for t in r.wrong]
    assert wrong == []


def test_no_attack_on_the_bundled_pairs_is_accepted_and_every_pair_is_kept() -> None:
    results = judge(bundled_pairs(), verify)
    assert all(result.tried for result in results if result.kind != GENUINE)
    _assert_all_right(results)


def test_no_attack_on_the_sample_articles_is_accepted_and_every_sentence_is_kept() -> None:
    results = judge(_pairs_in(Path("documents/articles"), most=60), verify)
    assert all(result.tried for result in results if result.kind in {GENUINE, REWORDED})
    _assert_all_right(results)


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no real documents in {REAL}")
def test_no_attack_on_real_documents_is_accepted_and_every_sentence_is_kept() -> None:
    results = judge(_pairs_in(REAL, most=60), verify)
    assert sum(result.tried for result in results) > 0
    _assert_all_right(results)


def test_a_verifier_that_accepts_all_is_found_out_by_every_kind_of_attack() -> None:
    results = judge(bundled_pairs(), lambda _sentence, _quote: ())
    attacks = [r for r in results if r.kind not in {GENUINE, REWORDED}]
    assert {r.kind for r in attacks} == {*CHANGES, OTHER_DOCUMENT}
    assert all(r.accepted == r.tried == len(r.wrong) > 0 for r in attacks)


def test_a_verifier_that_accepts_nothing_loses_every_genuine_pair() -> None:
    results = judge(bundled_pairs(), lambda sentence, _quote: (sentence,))
    reworded = next(r for r in results if r.kind == REWORDED)
    assert (reworded.accepted, len(reworded.wrong)) == (0, reworded.tried)


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("year", "Ngày 2/9/"),
        ("percentage", "đạt "),
        ("unit", "không chi 1.500"),
        ("day and month swapped", "Ngày 9/2/1945"),
        ("province", "tại "),
        ("person", ", ông "),
        ("title", "Phó Giám đốc"),
        ("negation removed", "Sở, chi 1.500 tỷ"),
    ],
)
def test_a_change_changes_one_thing(kind: str, kept: str) -> None:
    changed = CHANGES[kind].apply(SENTENCE, SENTENCE, CHANCE)
    assert changed is not None
    assert changed != SENTENCE
    assert kept in changed


def test_what_is_not_there_is_not_changed() -> None:
    assert CHANGES["year"].apply("Cầu dài 5 km.", "", CHANCE) is None


def test_rewordings_say_the_same_in_another_form() -> None:
    sentence = "Ngày 2/9/1945, tại Hà Nội có 500.000 người dự lễ, theo báo chí."
    assert list(rewordings(sentence)) == [
        "Ngày 2 tháng 9 năm 1945, tại Hà Nội có 500.000 người dự lễ, theo báo chí.",
        "Ngày 2/9/1945, tại Hà Nội có 500000 người dự lễ, theo báo chí.",
        "Tại Hà Nội có 500.000 người dự lễ, theo báo chí, ngày 2/9/1945.",
        "Ngày 2/9/1945, tại Hà Nội có 500.000 người dự lễ.",
        "Ngày 2/9/1945, ở Hà Nội có 500.000 người dự lễ, theo báo chí.",
    ]


def test_the_table_tells_of_every_kind() -> None:
    table = as_table(judge(bundled_pairs()[:2], verify))
    assert all(kind in table for kind in (GENUINE, REWORDED, *CHANGES, OTHER_DOCUMENT))


def test_the_command_reports_over_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Ngày 2/9/1945, Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập ở Hà Nội."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"none")
    assert main(["attacks", "--documents", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert f"| {GENUINE}            |     5 |        5 |     0 |" in printed.out
    assert "b.pdf" in printed.err
