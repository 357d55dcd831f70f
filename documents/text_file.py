"""Read plain text and Markdown files."""

import codecs
import re

from documents.dates import complete_dates
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract
from documents.repairing import decode_legacy

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,8000}?)\n---[ \t]*(?:\n+|\Z)", re.DOTALL)
_PAIR = re.compile(r"([^\s:#-][^:\n]*?)[ \t]*:[ \t]+(.+)")
_TITLE_KEYS = ("title", "tiêu đề")
_SOURCE_KEYS = ("source", "nguồn")
_DATE_KEYS = ("date", "published", "ngày", "ngày đăng")


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, of UTF-16, or of Vietnamese from before Unicode.

    What is neither UTF-8 nor marked as UTF-16 is TCVN3, VNI, windows-1258 or unmarked UTF-16 when
    that makes it Vietnamese; see `documents.repairing.decode_legacy`.

    Raises
    ------
    UnreadableDocumentError
        When the bytes are not what they should be, or hold NUL: another encoding, or no text.
    """
    encoding, name = (
        ("utf-16", "UTF-16") if data.startswith(_UTF16_MARKS) else ("utf-8-sig", "UTF-8")
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        legacy = decode_legacy(data)
        if legacy is not None:
            return legacy
        place = _place(data, error)
        raise UnreadableDocumentError(
            f"không phải {name} ({place}): hãy lưu lại tệp bằng UTF-8"
        ) from error
    if "\0" in text:
        legacy = decode_legacy(data)
        if legacy is not None:
            return legacy
        raise UnreadableDocumentError(
            f"có ký tự NUL ở vị trí {text.index(chr(0))}, không phải tệp văn bản: "
            "hãy lưu lại tệp bằng UTF-8"
        )
    return text


def read_text(data: bytes) -> Extract:
    """Return the text of a plain text file."""
    return Extract(decode(data))


def read_markdown(data: bytes) -> Extract:
    """Return the text of a Markdown file, markup included, without its front matter.

    Front matter is metadata: ``key: value`` lines between two ``---`` lines at the very start, of
    which title, source and date are read (Vietnamese names too). Nested YAML is passed over.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Extract(text)
    return Extract(text[match.end() :], _metadata(match.group(1)))


def _place(data: bytes, error: UnicodeDecodeError) -> str:
    # "utf-8-sig" counts from after the mark, so a place is named as the file has it.
    position = error.start
    if data.startswith(codecs.BOM_UTF8):
        position += len(codecs.BOM_UTF8)
    return f"byte 0x{data[position]:02X} ở vị trí {position}"


def _metadata(front_matter: str) -> Description:
    values: dict[str, str] = {}
    for line in front_matter.splitlines():
        pair = _PAIR.fullmatch(line.rstrip())
        if pair is not None:
            values.setdefault(pair.group(1).casefold(), pair.group(2).strip().strip("\"'").strip())
    return Description(
        title=_first(values, _TITLE_KEYS),
        source=_first(values, _SOURCE_KEYS),
        published=next(complete_dates(_first(values, _DATE_KEYS)), None),
    )


def _first(values: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((values[key] for key in keys if values.get(key)), "")
