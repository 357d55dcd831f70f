from index.text_words import words_of

TEXT = """Lớp học nghỉ hai hôm. Vì bão, trường đóng cửa!

Lên đầu trang

# Giờ mở cửa
Ai dạy? Cô Hoà"""


def test_each_sentence_has_its_own_part_of_the_passage() -> None:
    words = words_of(TEXT, {})
    assert words.sentences == tuple(TEXT[span.start : span.end] for span in words.spans)
    assert words.sentences[:2] == ("Lớp học nghỉ hai hôm.", "Vì bão, trường đóng cửa!")
    assert words.keys.sentences[:2] == (" lớp học nghỉ hai hôm ", " vì bão trường đóng cửa ")
    assert words.lengths[:2] == (5, 5)
    for parts in (words.keys.sentences, words.folded_keys.sentences, words.plain, words.can_answer):
        assert len(parts) == len(words.spans)


def test_pairs_of_the_whole_text_reach_over_the_ends_of_sentences() -> None:
    keys = words_of("Trời mưa. ... Gió lớn.", {}).keys
    assert keys.whole == " trời mưa gió lớn "
    assert not any(" mưa gió " in sentence for sentence in keys.sentences)


def test_keys_are_folded_and_tones_stand_in_one_place() -> None:
    words = words_of("Đường Hoà_Bình, số 7/2.", {})
    assert words.keys.whole == " đường hòa bình số 7 2 "
    assert words.folded_keys.whole == " duong hoa binh so 7 2 "
    assert words.plain == ("duong hoa_binh, so 7/2.",)


def test_residue_headings_and_questions_answer_nothing() -> None:
    words = words_of(TEXT, {})
    answering = [
        sentence for sentence, can in zip(words.sentences, words.can_answer, strict=True) if can
    ]
    assert answering == ["Lớp học nghỉ hai hôm.", "Vì bão, trường đóng cửa!", "Cô Hoà"]


def test_a_blank_text_has_no_sentences_and_no_words() -> None:
    words = words_of(" \n ", {})
    assert not words.spans
    assert words.sentences == words.plain == words.keys.sentences == ()
    assert not words.keys.whole.strip()


def test_short_forms_are_compared_in_both_forms_and_spans_stay() -> None:
    text = "BQT thu phí. Ai họp với BQT?"
    words = words_of(text, {"BQT": "ban quản trị"})
    assert [text[span.start : span.end] for span in words.spans] == [
        "BQT thu phí.",
        "Ai họp với BQT?",
    ]
    assert words.sentences == ("ban quản trị thu phí.", "Ai họp với ban quản trị?")
    assert words.keys.sentences[0] == " ban quản trị thu phí bqt "
    assert words.plain[0] == "ban quan tri thu phi.\nbqt"
    assert words.can_answer == (True, False)
    assert words_of(text, {}).keys.sentences[0] == " bqt thu phí "
