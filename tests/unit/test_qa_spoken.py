"""Questions as patterns are looked for in them."""

from qa.spoken import Form, content_of, spoken


def test_the_key_is_small_letters_as_long_as_the_text() -> None:
    asked = spoken("Ông  Ấy\nở đâu?".replace("Ô", "O\u0302"))
    assert asked.text == "Ông Ấy ở đâu?"
    assert asked.key == "ông ấy ở đâu?"


def test_a_form_is_found_without_accents_only_where_none_were_typed() -> None:
    form = Form("ông ấy")
    assert form.search(spoken("Ông ấy?"))
    assert not form.search(spoken("ong ay?"))
    assert form.search(spoken("ong ay?", accented=False))


def test_a_part_loses_blanks_and_marks_at_its_ends() -> None:
    asked = spoken("Còn Huế, thì sao?")
    part = asked.cut(3, 9)
    assert (part.text, part.key) == ("Huế", "huế")


def test_question_and_function_words_say_nothing() -> None:
    assert content_of(spoken("Vì sao ông ở Hà Nội?")) == ("ông", "hà", "nội")
