"""--nli NAME: a real classification model of transformers, made on the spot, judges citations."""

from pathlib import Path

import pytest
from tiny_models import nli_model

from documents.errors import DanChungError
from eval.citation_support import WordJudge
from eval.nli import load_judge

LABELS = ("ENTAILMENT", "neutral", "contradiction")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_the_label_of_entailment_supports(tmp_path: Path) -> None:
    judge = load_judge(str(nli_model(tmp_path, LABELS, likeliest="neutral", entailing="đúng")))
    assert judge.name == str(tmp_path)
    assert judge.supports("câu nêu ra", ["câu trích", "đúng"])
    assert not judge.supports("câu nêu ra", ["câu trích", "sai"])


def test_the_label_is_found_by_its_name_wherever_it_stands(tmp_path: Path) -> None:
    folder = nli_model(tmp_path, LABELS[::-1], likeliest="ENTAILMENT")
    assert load_judge(str(folder)).supports("a", ["b"])


def test_quotes_longer_than_the_model_reads_are_cut(tmp_path: Path) -> None:
    judge = load_judge(str(nli_model(tmp_path, LABELS, likeliest="ENTAILMENT")))
    assert judge.supports("câu nêu ra", ["từ " * 500])


def test_a_model_without_entailment_is_refused_with_its_labels(tmp_path: Path) -> None:
    folder = nli_model(tmp_path, ("khen", "chê"), likeliest="khen")
    with pytest.raises(DanChungError, match=r"không nhãn nào là “entailment” \(có khen, chê\)"):
        load_judge(str(folder))


def test_a_name_that_is_no_model_is_refused() -> None:
    with pytest.raises(DanChungError, match="--nli words"):
        load_judge("/no/such/model")


def test_words_need_no_model() -> None:
    assert isinstance(load_judge("words"), WordJudge)
