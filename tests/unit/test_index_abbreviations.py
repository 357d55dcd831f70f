"""Short forms in the text of documents."""

from pathlib import Path

import pytest

from documents.normalising import fold
from index.abbreviations import (
    AbbreviationTableError,
    expand,
    expand_and_keep,
    find_short_forms,
    form_key,
    load_table,
    meanings_in,
    read_table,
    vocabulary,
)
from index.typing_table import load_typing_table

MEANINGS = {"VKSND": "Viện kiểm sát nhân dân", "TP": "thành phố", "TP.": "thành phố"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("Viện trưởng VKSND tối cao", "Viện trưởng Viện kiểm sát nhân dân tối cao"),
        ("VKSND TP. Huế", "Viện kiểm sát nhân dân thành phố Huế"),
        ("ở TP.Huế và TP Vinh", "ở thành phố Huế và thành phố Vinh"),
        ("(VKSND).", "(Viện kiểm sát nhân dân)."),
        ("VKSND-TP", "Viện kiểm sát nhân dân-thành phố"),
        ("Không có gì ở đây", "Không có gì ở đây"),
        ("VKSNDX, XVKSND, VKSND2, vksnd", "VKSNDX, XVKSND, VKSND2, vksnd"),
        ("", ""),
    ],
)
def test_whole_short_forms_are_replaced(text: str, expanded: str) -> None:
    assert expand(text, MEANINGS) == expanded


def test_document_numbers_are_left_alone() -> None:
    meanings = {"KL": "kết luận", "TW": "Trung ương", "HĐND": "Hội đồng nhân dân"}
    assert expand("84-KL/TW và 12/2015/NQ-HĐND", meanings) == "84-KL/TW và 12/2015/NQ-HĐND"
    assert expand("theo KL của TW", meanings) == "theo kết luận của Trung ương"


@pytest.mark.parametrize(
    "text", ["Viện Kiểm sát nhân dân (VKSND) họp", "VKSND (Viện kiểm sát nhân dân) họp"]
)
def test_where_both_forms_stand_nothing_is_doubled(text: str) -> None:
    assert expand(text, MEANINGS) == text


def test_what_is_searched_keeps_each_short_form_once() -> None:
    text = "VKSND TP. Huế và VKSND TP. Vinh"
    kept = expand_and_keep(text, MEANINGS)
    assert kept == f"{expand(text, MEANINGS)}\nVKSND TP"
    assert expand_and_keep("không có", MEANINGS) == "không có"


def test_compounds_and_missing_accents_are_known() -> None:
    table = load_table()
    assert expand("Sở GD&ĐT", table) == expand("Sở GD-ĐT", table) == "Sở giáo dục và đào tạo"
    assert expand("HDND", table) == "Hội đồng nhân dân"
    assert expand("PGS.TS. Lê A", table) == "phó giáo sư tiến sĩ Lê A"


def test_a_short_form_may_be_written_in_two_words() -> None:
    table = load_table()
    assert expand("VKSND TC họp", table) == "Viện kiểm sát nhân dân tối cao họp"
    assert expand("TAND CC tại TP HCM.", table) == (
        "Tòa án nhân dân cấp cao tại Thành phố Hồ Chí Minh."
    )
    apart = "Ủy ban nhân dân, Hội đồng nhân dân"
    assert expand("UBND, HĐND", table) == apart
    assert expand("VKSND\nTC", table) == "Viện kiểm sát nhân dân\nTC"
    assert expand("VKSND TC TAND TC", table).count("tối cao") == 2
    assert meanings_in("VKSND TC", {}) == {"VKSNDTC": "Viện kiểm sát nhân dân tối cao"}


def test_a_documents_own_meaning_wins_over_the_table() -> None:
    own = {"HTX": "hệ thống xả"}
    assert expand("HTX và UBND", vocabulary(own)) == "hệ thống xả và Ủy ban nhân dân"
    assert expand("HTX", vocabulary({})) == "hợp tác xã"


def test_meanings_in_a_text_are_all_that_expanding_needs() -> None:
    text, own = "BQT chợ và UBND phường", {"BQT": "ban quản trị", "ABC": "a bê xê"}
    found = meanings_in(text, own)
    assert found == {"BQT": "ban quản trị", "UBND": "Ủy ban nhân dân"}
    assert expand(text, found) == expand(text, vocabulary(own))
    assert meanings_in("chợ phường", own) == {}


def test_spans_are_those_of_the_text() -> None:
    text = "Tại VKSND TP. Huế"
    spans = [(text[f.start : f.end], f.short) for f in find_short_forms(text, MEANINGS)]
    assert spans == [("VKSND", "VKSND"), ("TP.", "TP.")]


def test_no_bundled_short_form_is_a_syllable() -> None:
    syllables = load_typing_table().folded_syllables
    wrong = [s for s in load_table() if fold(s).lower() in syllables and not s.endswith(".")]
    assert wrong == []


def test_the_bundled_table_has_one_meaning_for_each_form() -> None:
    lines = Path("index/abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    entries = [line.split("\t") for line in lines if not line.startswith("#")]
    keys = [form_key(entry[0]) + "." * entry[0].endswith(".") for entry in entries]
    assert len(keys) >= 150
    assert len(keys) == len(set(keys))
    assert all(len(entry) == 2 and entry[1] == entry[1].strip() for entry in entries)


@pytest.mark.parametrize("content", [b"VKSND", b"\tlong", b"VKSND\t ", b"\xff\tx"])
def test_a_broken_table_is_refused_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(content)
    with pytest.raises(AbbreviationTableError, match=r"table\.tsv.*hãy chép lại"):
        read_table(path)
