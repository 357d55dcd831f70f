"""Accounts in a real SQLite file: what is kept, and when it stops being good."""

import io
import sqlite3
from pathlib import Path

import pytest

from app import main
from documents.errors import DanChungError
from web.accounts import ABSOLUTE_SECONDS, FILE_NAME, IDLE_SECONDS, Accounts, Role
from web.throttling import LoginThrottle

PASSWORD = "mật khẩu đủ dài"  # noqa: S105 - of a test


class Clock:
    """A clock that the test winds."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(tmp_path / "data", clock=clock)
    made.add("lan", PASSWORD, Role.EDITOR)
    return made


def test_only_the_right_password_is_known(accounts: Accounts) -> None:
    user = accounts.check("lan", PASSWORD)
    assert user is not None
    assert (user.name, user.is_editor) == ("lan", True)
    assert accounts.check("lan", PASSWORD + "x") is None
    assert accounts.check("minh", PASSWORD) is None


def test_what_was_proved_is_known_until_the_password_changes(accounts: Accounts) -> None:
    assert accounts.proved("lan", PASSWORD) is None
    accounts.check("lan", PASSWORD)
    assert accounts.proved("lan", PASSWORD) is not None
    assert accounts.proved("lan", PASSWORD + "x") is None
    accounts.set_password("lan", PASSWORD + "x")
    assert accounts.proved("lan", PASSWORD) is None


def test_the_file_is_private_and_holds_no_secret_in_clear(
    accounts: Accounts, tmp_path: Path
) -> None:
    user = accounts.check("lan", PASSWORD)
    assert user is not None
    secrets = [accounts.log_in(user), accounts.new_token("lan"), PASSWORD]
    file = tmp_path / "data" / FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(file) as database:
        kept = "\n".join(database.iterdump())
    assert "scrypt$" in kept
    assert not [secret for secret in secrets if secret in kept]


def test_a_session_ends_when_idle_and_in_any_case(accounts: Accounts, clock: Clock) -> None:
    user = accounts.check("lan", PASSWORD)
    assert user is not None
    idle = accounts.log_in(user)
    clock.now += IDLE_SECONDS - 1
    assert accounts.user_of_session(idle) == user
    clock.now += IDLE_SECONDS - 1
    assert accounts.user_of_session(idle) == user
    clock.now += IDLE_SECONDS + 1
    assert accounts.user_of_session(idle) is None
    busy = accounts.log_in(user)
    started = clock.now
    while clock.now - started <= ABSOLUTE_SECONDS:
        assert accounts.user_of_session(busy) == user
        clock.now += IDLE_SECONDS / 2
    assert accounts.user_of_session(busy) is None


def test_sessions_and_tokens_end_with_logout_a_new_password_and_the_user(
    accounts: Accounts,
) -> None:
    user = accounts.check("lan", PASSWORD)
    assert user is not None
    left, kept = accounts.log_in(user), accounts.log_in(user)
    accounts.log_out(left)
    assert accounts.user_of_session(left) is None
    assert accounts.user_of_session(kept) == user
    token = accounts.new_token("lan")
    assert accounts.user_of_token(token) == user
    accounts.set_password("lan", PASSWORD + "x")
    assert accounts.user_of_session(kept) is None
    assert accounts.user_of_token(token) is None
    last = accounts.new_token("lan")
    accounts.remove("lan")
    assert accounts.user_of_token(last) is None


@pytest.mark.parametrize("name", ["", "Lan", "a b", "../a", "é", "x" * 65])
def test_odd_names_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(DanChungError, match="tên phải gồm"):
        accounts.add(name, PASSWORD, Role.READER)


def test_short_passwords_and_taken_names_are_refused(accounts: Accounts) -> None:
    with pytest.raises(DanChungError, match="ký tự"):
        accounts.add("minh", "ngắn", Role.READER)
    with pytest.raises(DanChungError, match="đã có"):
        accounts.add("lan", PASSWORD, Role.READER)
    with pytest.raises(DanChungError, match="users list"):
        accounts.remove("minh")


def test_each_failed_login_must_wait_longer_and_only_there() -> None:
    clock = Clock()
    throttle = LoginThrottle(clock=clock)
    assert [throttle.begin("lan", "1.1.1.1") for _ in range(3)] == [0, 0, 0]
    waits = []
    for _ in range(5):
        wait = throttle.begin("lan", "1.1.1.1")
        waits.append(wait)
        clock.now += wait
        assert throttle.begin("lan", "1.1.1.1") == 0
    assert waits == [1, 2, 4, 8, 16]
    assert throttle.begin("lan", "2.2.2.2") == 0
    assert throttle.begin("minh", "1.1.1.1") == 0


def test_an_owner_is_not_locked_out_by_others_failures() -> None:
    clock = Clock()
    throttle = LoginThrottle(clock=clock)
    for number in range(500):
        throttle.begin("lan", f"1.1.{number // 250}.{number % 250}")
    assert 0 < throttle.begin("lan", "9.9.9.9") <= 30


def test_a_login_that_succeeds_leaves_no_trace() -> None:
    throttle = LoginThrottle(clock=Clock())
    for _ in range(50):
        assert throttle.begin("lan", "1.1.1.1") == 0
        throttle.succeeded("lan", "1.1.1.1")


def test_accounts_are_kept_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data", str(tmp_path)]
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert main(["users", "add", "hoa", "--role", "editor", *place]) == 0
    assert main(["users", "list", *place]) == 0
    assert capsys.readouterr().out == "hoa\teditor\n"
    assert main(["users", "token", "hoa", *place]) == 0
    user = Accounts(tmp_path).user_of_token(capsys.readouterr().out.strip())
    assert user is not None
    assert user.name == "hoa"
    monkeypatch.setattr("sys.stdin", io.StringIO("khác mật khẩu\n"))
    assert main(["users", "password", "hoa", *place]) == 0
    assert Accounts(tmp_path).check("hoa", "khác mật khẩu") is not None
    assert main(["users", "remove", "hoa", *place]) == 0
    assert main(["users", "remove", "hoa", *place]) == 1
    assert "users list" in capsys.readouterr().err
