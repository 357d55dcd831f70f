"""What a sync has to do."""

from collections.abc import Callable

from documents.source import Entry
from index.planning import plan_sync
from index.records import Known


def contents(**by_path: str) -> Callable[[str], str]:
    """Return the function from a path to its fingerprint; a path not given may not be read."""
    return lambda path: by_path[path]


def test_equal_marks_are_believed_without_reading() -> None:
    plan = plan_sync([Entry("a", "3:1")], {"a": Known("x", "3:1")}, contents())
    assert (plan.unchanged, plan.added, plan.changed, plan.vanished) == (1, (), (), ())


def test_other_marks_with_equal_content_are_kept_for_next_time() -> None:
    plan = plan_sync([Entry("a", "3:2")], {"a": Known("x", "3:1")}, contents(a="x"))
    assert (plan.unchanged, plan.changed, plan.touched) == (1, (), {"a": "3:2"})


def test_without_marks_the_content_decides() -> None:
    entries = [Entry("a"), Entry("b")]
    known = {"a": Known("x", ""), "b": Known("y", "3:1")}
    plan = plan_sync(entries, known, contents(a="x", b="z"))
    assert [entry.path for entry in plan.changed] == ["b"]
    assert (plan.unchanged, plan.touched) == (1, {})


def test_new_documents_are_read_only_when_others_have_vanished() -> None:
    assert [entry.path for entry in plan_sync([Entry("b")], {}, contents()).added] == ["b"]
    plan = plan_sync([Entry("b")], {"a": Known("x", "")}, contents(b="x"))
    assert (plan.moved, plan.vanished) == ({"b": "a"}, ())


def test_two_equal_documents_move_one_each_in_order() -> None:
    known = {"a": Known("x", ""), "b": Known("x", ""), "c": Known("x", "")}
    plan = plan_sync([Entry("d"), Entry("e")], known, contents(d="x", e="x"))
    assert (plan.moved, plan.vanished) == ({"d": "a", "e": "b"}, ("c",))


def test_a_copy_beside_the_original_is_no_move() -> None:
    plan = plan_sync([Entry("a"), Entry("b")], {"a": Known("x", "")}, contents(a="x", b="x"))
    assert ([entry.path for entry in plan.added], plan.moved) == (["b"], {})


def test_what_lies_below_a_closed_folder_has_not_vanished() -> None:
    known = {"shut/a": Known("x", ""), "b": Known("y", "")}
    plan = plan_sync([Entry("shut", is_closed=True)], known, contents(shut=""))
    assert plan.vanished == ("b",)


def test_a_folder_with_a_documents_name_that_became_a_file_leaves_no_ghosts() -> None:
    plan = plan_sync(
        [Entry("a.txt", "3:1")], {"a.txt/b.txt": Known("x", "")}, contents(**{"a.txt": "y"})
    )
    assert plan.vanished == ("a.txt/b.txt",)
