"""When a watched folder is looked at."""

from index.watch_schedule import (
    FIRST_PAUSE_SECONDS,
    MOST_PAUSE_SECONDS,
    MOST_WAIT_SECONDS,
    QUIET_SECONDS,
    RESCAN_SECONDS,
    Schedule,
)


def test_it_looks_at_once_and_again_after_a_long_while() -> None:
    schedule = Schedule(100)
    assert schedule.is_due(100)
    schedule.note_success(101)
    assert not schedule.is_due(100 + RESCAN_SECONDS)
    assert schedule.is_due(101 + RESCAN_SECONDS)


def test_it_looks_when_changes_have_been_quiet() -> None:
    schedule = Schedule(0)
    schedule.note_success(0)
    for now in (10.0, 10.4, 10.8):
        schedule.note_change(now)
        assert not schedule.is_due(now)
    assert not schedule.is_due(10.8 + QUIET_SECONDS * 0.9)
    assert schedule.is_due(10.8 + QUIET_SECONDS)


def test_changes_without_end_do_not_put_it_off_for_ever() -> None:
    schedule = Schedule(0)
    schedule.note_success(0)
    now = 10.0
    while not schedule.is_due(now):
        schedule.note_change(now)
        now += QUIET_SECONDS / 2
        assert now <= 10 + MOST_WAIT_SECONDS + QUIET_SECONDS
    schedule.note_success(now)
    schedule.note_change(now + 1)
    assert not schedule.is_due(now + 1)


def test_pauses_after_failures_grow_and_are_not_cut_short_by_changes() -> None:
    schedule = Schedule(0)
    pauses = [schedule.note_failure(0) for _ in range(9)]
    assert pauses[:3] == [FIRST_PAUSE_SECONDS, 2 * FIRST_PAUSE_SECONDS, 4 * FIRST_PAUSE_SECONDS]
    assert pauses[-1] == MOST_PAUSE_SECONDS
    schedule.note_change(1)
    assert not schedule.is_due(MOST_PAUSE_SECONDS - 1)
    schedule.note_success(100)
    assert schedule.note_failure(100) == FIRST_PAUSE_SECONDS
