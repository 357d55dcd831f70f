"""A model's text as claims with the passages they name."""

import pytest

from qa.draft import Claim, parse_draft
from qa.prompting import NO_ANSWER


def claims(text: str) -> list[tuple[str, list[int]]]:
    """Return each claim with its markers, from 1, of a text over three passages."""
    return [
        (claim.text, [place + 1 for place in claim.passages])
        for claim in parse_draft(text, passages=3).claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Câu một. [1] Câu hai [2].",
            [("Câu một.", [1]), ("Câu hai.", [2])],
            id="after or before the end",
        ),
        pytest.param("Câu một.[1][3]", [("Câu một.", [1, 3])], id="several"),
        pytest.param("Câu một [1, 2].", [("Câu một.", [1, 2])], id="a list"),
        pytest.param("Câu một [2–3].", [("Câu một.", [2, 3])], id="a range"),
        pytest.param("Câu một [đoạn 2].", [("Câu một.", [2])], id="with the word"),
        pytest.param("Câu một [[2]].", [("Câu một.", [2])], id="nested"),
        pytest.param(
            "Ông Nam [1] chủ trì hội nghị.", [("Ông Nam chủ trì hội nghị.", [1])], id="inside"
        ),
        pytest.param("Câu một [2][2].", [("Câu một.", [2])], id="repeated"),
        pytest.param(
            "[1] Câu một.\n[2] Câu hai.", [("Câu một.", [1]), ("Câu hai.", [2])], id="before lines"
        ),
        pytest.param(
            "Câu một.\n[1]\nCâu hai.\n\n[2]",
            [("Câu một.", [1]), ("Câu hai.", [2])],
            id="on lines of their own",
        ),
        pytest.param(
            "**Gồm:**\n- ý một [1]\n* ý hai [2]\n3. ý ba",
            [("Gồm:", []), ("ý một", [1]), ("ý hai", [2]), ("ý ba", [])],
            id="a list of lines",
        ),
        pytest.param("Anh nói: “Đi.” [2]", [("Anh nói: “Đi.”", [2])], id="after a quotation"),
        pytest.param("Câu. [1] Câu. [2]", [("Câu.", [1])], id="the same sentence twice"),
        pytest.param("<think>Câu [1].</think>Hai [2].", [("Hai.", [2])], id="a thought"),
        pytest.param("Hai [2]. <think>Câu [1].", [("Hai.", [2])], id="an unfinished thought"),
        pytest.param("Câu [1].\n</think>\n\nHai [2].", [("Hai.", [2])], id="opened elsewhere"),
        pytest.param("\ue000Câu\ue001 một.", [("Câu một.", [])], id="our own marks"),
        pytest.param("[1] [2]", [], id="markers alone"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_each_sentence_keeps_the_markers_that_belong_to_it(
    text: str, expected: list[tuple[str, list[int]]]
) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("marker", "named", "unknown"),
    [
        ("[0]", [], 1),
        ("[4]", [], 1),
        ("[999999999]", [], 1),
        (f"[{'9' * 5000}]", [], 1),
        ("[1-999999999]", [1, 2, 3], 0),
        ("[0-2]", [], 1),
        ("[3-1]", [], 1),
        ("[1, 7, 9]", [1], 2),
        ("[1[2]]", [2], 0),
        ("[-1]", [], 0),
        ("[]", [], 0),
    ],
)
def test_a_marker_names_only_passages_that_there_are(
    marker: str, named: list[int], unknown: int
) -> None:
    draft = parse_draft(f"Câu một {marker}.", passages=3)
    assert [place + 1 for place in draft.claims[0].passages] == named
    assert draft.unknown == unknown


def test_an_unknown_marker_leaves_no_blank_behind() -> None:
    assert claims("Câu một [9].") == [("Câu một.", [])]


@pytest.mark.parametrize("text", [NO_ANSWER, f"{NO_ANSWER}.", "Không có trong tài liệu! [1]"])
def test_a_model_may_say_that_there_is_no_answer(text: str) -> None:
    draft = parse_draft(text, passages=3)
    assert draft.refuses
    assert draft.claims == ()


def test_what_is_said_beside_a_refusal_is_still_a_claim() -> None:
    draft = parse_draft(f"Luật có hiệu lực [1]. {NO_ANSWER}.", passages=3)
    assert draft.refuses
    assert draft.claims == (Claim("Luật có hiệu lực.", (0,)),)
