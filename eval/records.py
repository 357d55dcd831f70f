"""Files of JSON records, read strictly: every fault names the file, the place and what is expected.

Knows nothing about questions. Text is brought to NFC here, once.
"""

import json
import lzma
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from documents.errors import DanChungError
from documents.normalising import normalise

T = TypeVar("T")
MOST_LISTED = 20
"""Faults of a file that are told one by one; the rest are counted."""


class MalformedCollectionError(DanChungError):
    """A file of an evaluation does not have the form it should have."""


class Faults:
    """Gathers faults of single records; a file is read to its end before they are told."""

    def __init__(self) -> None:
        self._found: list[str] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the fault of one record; the block is left there."""
        try:
            yield
        except MalformedCollectionError as error:
            self._found.append(str(error).rstrip("."))

    def raise_any(self) -> None:
        """Raise one error that lists the faults, if there are any."""
        if len(self._found) == 1:
            raise MalformedCollectionError(f"{self._found[0]}.")
        if self._found:
            raise MalformedCollectionError(f"{len(self._found)} chỗ sai: {listed(self._found)}.")


def listed(things: Sequence[str]) -> str:
    """Return things on one line: the first `MOST_LISTED`, and how many more there are."""
    more = len(things) - MOST_LISTED
    return "; ".join(things[:MOST_LISTED]) + (f"; và {more} chỗ nữa" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object and where it stands, for messages.

    Attributes
    ----------
    place
        ``viquad.json: data[0].paragraphs[12]`` or ``questions.jsonl: dòng 7``.
    """

    fields: Mapping[str, object]
    place: str

    def text(self, key: str) -> str:
        """Return a required, non-blank text field; a whole number is accepted and spelled out."""
        text = self.text_if_any(key)
        if not text:
            raise self.fault(f"cần trường “{key}” là chuỗi không rỗng")
        return text

    def text_if_any(self, key: str) -> str:
        """Return a text field without blanks at its ends, or empty when it is not there."""
        value = self.fields.get(key)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise self.fault(f"trường “{key}” phải là chuỗi")
        return normalise(value).strip()

    def flag(self, key: str) -> bool | None:
        """Return a true-or-false field, or None when it is not there."""
        value = self.fields.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise self.fault(f"trường “{key}” phải là true hoặc false")

    def whole_number(self, key: str) -> int | None:
        """Return a whole number, or None when it is not there."""
        value = self.fields.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.fault(f"trường “{key}” phải là số nguyên")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without blanks at their ends; empty when it is not there."""
        texts = []
        for value in self._list(key):
            if not isinstance(value, str):
                raise self.fault(f"trường “{key}” phải là danh sách chuỗi")
            texts.append(normalise(value).strip())
        return tuple(texts)

    def records(self, key: str) -> Sequence["Record"]:
        """Return a list of objects; empty when it is not there."""
        return [
            as_record(value, place=f"{self.place}{self._separator()}{key}[{number}]")
            for number, value in enumerate(self._list(key))
        ]

    def fault(self, expectation: str) -> MalformedCollectionError:
        """Return the error to raise for this record."""
        return MalformedCollectionError(f"{self.place}: {expectation}.")

    def _list(self, key: str) -> Sequence[object]:
        value = self.fields.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fault(f"trường “{key}” phải là danh sách")
        return value

    def _separator(self) -> str:
        return "." if self.place.endswith("]") else ": "


def as_record(value: object, *, place: str) -> Record:
    """Return a JSON value as a record; raise when it is not an object."""
    if not isinstance(value, dict):
        raise MalformedCollectionError(f"{place}: cần một đối tượng JSON {{…}}.")
    return Record(value, place)


def read_json(path: Path) -> Record:
    """Return the one JSON object of a ``.json`` or ``.json.xz`` file."""
    return as_record(_parse(read_text(path), path.name), place=path.name)


def read_json_list(path: Path) -> Sequence[Record]:
    """Return the objects of the one JSON list of a ``.json`` or ``.json.xz`` file."""
    values = _parse(read_text(path), path.name)
    if not isinstance(values, list):
        raise MalformedCollectionError(f"{path.name}: cần một danh sách JSON […].")
    return [
        as_record(value, place=f"{path.name}: [{number}]") for number, value in enumerate(values)
    ]


def read_json_lines(path: Path, make: Callable[[Record], T]) -> list[T]:
    """Return what is made of each object of a ``.jsonl`` or ``.jsonl.xz`` file, in order.

    Blank lines are passed over.

    Raises
    ------
    DanChungError
        The file cannot be read; or naming every line at fault: its JSON, or what ``make`` says.
    """
    faults, made = Faults(), []
    for number, line in _lines(path):
        with faults.kept():
            place = f"{path.name}: dòng {number}"
            made.append(make(as_record(_parse(line, place), place=place)))
    faults.raise_any()
    return made


def first_json_line(path: Path) -> Record | None:
    """Return the first object of a file of JSON lines; None of an empty one."""
    for number, line in _lines(path):
        place = f"{path.name}: dòng {number}"
        return as_record(_parse(line, place), place=place)
    return None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, unpacked when its name ends in ``.xz``."""
    try:
        content = path.read_bytes()
        if path.suffix == ".xz":
            content = lzma.decompress(content)
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise DanChungError(f"Không có tệp {path}.") from None
    except OSError as error:
        raise DanChungError(f"Không đọc được {path}: {error.strerror}.") from error
    except lzma.LZMAError as error:
        raise MalformedCollectionError(f"{path.name}: tệp nén xz bị hỏng.") from error
    except UnicodeDecodeError as error:
        raise MalformedCollectionError(
            f"{path.name}: byte thứ {error.start} không phải UTF-8; hãy lưu lại tệp dạng UTF-8."
        ) from error


def _parse(text: str, place: str) -> object:
    try:
        parsed: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise MalformedCollectionError(
            f"{place}: không phải JSON hợp lệ ở dòng {error.lineno}, cột {error.colno}."
        ) from error
    except RecursionError as error:
        raise MalformedCollectionError(f"{place}: JSON lồng nhau quá sâu.") from error
    return parsed
