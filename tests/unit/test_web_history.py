"""Conversations are kept, each user's apart."""

from datetime import date
from pathlib import Path

import pytest

from documents.document import Passage
from documents.errors import DanChungError
from index.hit import Hit
from index.times import Time
from qa.answer import Answer, Citation, ShortAnswer
from web.conversation import Turn
from web.history import History

PASSAGE = Passage("cầu.txt", 0, 0, 22, "Cầu thông xe năm 2019.")
HIT = Hit(PASSAGE, "Cầu mới", "báo", date(2019, 5, 1), 1.5, 1, meanings={"CT": "chủ tịch"})
CITATION = Citation(1, "cầu.txt", "Cầu mới", "báo", date(2019, 5, 1), 0, 22, PASSAGE.text)
ANSWER = Answer(
    "Cầu thông xe năm nào?",
    "Cầu thông xe năm 2019. [1]",
    refused=False,
    confidence=0.9,
    citations=(CITATION,),
    hits=(HIT,),
    times=(Time("năm 2019", date(2019, 1, 1), date(2019, 12, 31)),),
    short=ShortAnswer("cầu.txt", 17, 21, "2019"),
    nearest=CITATION,
    struck=("Sai.",),
)
ASKED = Turn("Cầu thông xe năm nào?", understood="Cầu thông xe", answer=ANSWER)
STOPPED = Turn("Ai xây cầu?", notice="Đã dừng.")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "dữ liệu" / "history.sqlite3")


def test_a_conversation_comes_back_after_a_restart(history: History, tmp_path: Path) -> None:
    kept = history.save("lan", "", (ASKED, STOPPED))
    history.close()
    again = History(tmp_path / "dữ liệu" / "history.sqlite3")
    assert again.load("lan", kept) == (ASKED, STOPPED)
    assert (tmp_path / "dữ liệu" / "history.sqlite3").stat().st_mode & 0o077 == 0


def test_the_latest_conversation_comes_first_under_its_first_question(history: History) -> None:
    first = history.save("lan", "", (ASKED,))
    second = history.save("lan", "", (STOPPED,))
    assert [one.title for one in history.listed("lan")] == [STOPPED.question, ASKED.question]
    assert history.save("lan", first, (ASKED, STOPPED)) == first
    assert [one.conversation_id for one in history.listed("lan")] == [first, second]


@pytest.mark.parametrize(
    ("search", "count"), [("CAU nam 2019", 1), ("thông xe", 1), ("đò", 0), ("xây", 1), ("", 2)]
)
def test_search_ignores_case_and_accents(history: History, search: str, count: int) -> None:
    history.save("lan", "", (ASKED,))
    history.save("lan", "", (STOPPED,))
    assert len(history.listed("lan", search)) == count


def test_another_user_sees_and_changes_nothing(history: History) -> None:
    kept = history.save("lan", "", (ASKED,))
    assert history.listed("minh") == []
    assert history.load("minh", kept) == ()
    history.rename("minh", kept, "Của Minh")
    history.remove("minh", kept)
    other = history.save("minh", kept, (STOPPED,))
    assert other != kept
    assert history.load("lan", kept) == (ASKED,)
    assert [one.title for one in history.listed("lan")] == [ASKED.question]


def test_a_renamed_conversation_keeps_its_title(history: History) -> None:
    kept = history.save("lan", "", (ASKED,))
    history.rename("lan", kept, "  Cầu\n mới ")
    history.rename("lan", kept, "   ")
    history.save("lan", kept, (ASKED, STOPPED))
    assert [one.title for one in history.listed("lan")] == ["Cầu mới"]
    assert len(history.listed("lan", "cau moi")) == 1


def test_the_last_removal_can_be_undone(history: History) -> None:
    first, second = (history.save("lan", "", (turn,)) for turn in (ASKED, STOPPED))
    history.remove("lan", first)
    assert [one.conversation_id for one in history.listed("lan")] == [second]
    history.put_back("lan")
    assert history.load("lan", first) == (ASKED,)
    history.remove("lan", first)
    history.remove("lan", second)
    history.put_back("lan")
    assert [one.conversation_id for one in history.listed("lan")] == [second]


def test_what_is_no_history_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no database" * 99)
    with pytest.raises(DanChungError, match="không mở được nơi lưu"):
        History(tmp_path / "x")
