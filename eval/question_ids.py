"""Distinct question ids out of whatever a file gives."""


class QuestionIds:
    """Makes ids distinct: the second ``q7`` becomes ``q7#2``, a missing one ``câu-12``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._asked = 0
        self._repeated = 0
        self._missing = 0

    def distinct(self, name: str) -> str:
        """Return the id, changed if an earlier question has it; empty means it has none."""
        self._asked += 1
        self._missing += not name
        wanted = name or f"câu-{self._asked}"
        self._repeated += bool(name) and wanted in self._taken
        number = 1
        free = wanted
        while free in self._taken:
            number += 1
            free = f"{wanted}#{number}"
        self._taken.add(free)
        return free

    def notes(self) -> tuple[str, ...]:
        """Return a Vietnamese sentence for each kind of change made, with its count."""
        notes = []
        if self._repeated:
            notes.append(f"{self._repeated} mã câu hỏi bị lặp, được thêm đuôi #2, #3….")
        if self._missing:
            notes.append(f"{self._missing} câu hỏi không có mã, được đánh số theo thứ tự.")
        return tuple(notes)
