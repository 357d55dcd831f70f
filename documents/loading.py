"""From a file to a document: the one place where documents are read from disk."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from documents.csv_file import read_csv
from documents.describing import describe
from documents.document import Document
from documents.docx_file import read_docx
from documents.eml_file import read_eml
from documents.epub_file import read_epub
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract
from documents.html_file import read_html
from documents.normalising import normalise
from documents.odt_file import read_odt
from documents.pdf_file import read_pdf
from documents.pptx_file import read_pptx
from documents.repairing import repair
from documents.rtf_file import read_rtf
from documents.text_file import read_markdown, read_text
from documents.xlsx_file import read_xlsx

MOST_BYTES = 50_000_000
"""A larger file is refused; a book of text has about a million."""
LOADING_VERSION = "2"
"""Changes when the same file would give another text or description."""

_READERS: Mapping[str, Callable[[bytes], Extract]] = MappingProxyType(
    {
        ".csv": read_csv,
        ".docx": read_docx,
        ".eml": read_eml,
        ".epub": read_epub,
        ".htm": read_html,
        ".html": read_html,
        ".md": read_markdown,
        ".odt": read_odt,
        ".pdf": read_pdf,
        ".pptx": read_pptx,
        ".rtf": read_rtf,
        ".txt": read_text,
        ".xlsx": read_xlsx,
    }
)
SUFFIXES = frozenset(_READERS)
"""Endings, in lower case, of the files that are documents; other files are not."""


def load(root: Path, path: str) -> Document:
    """Return the document of one file.

    Parameters
    ----------
    root
        The folder of the collection.
    path
        The file below it, with ``/`` between parts: the document's identity.

    Raises
    ------
    UnreadableDocumentError
        When the file cannot become a document: unknown ending, larger than `MOST_BYTES`, not
        permitted, wrongly encoded, damaged, encrypted, or without a letter. The message is one
        Vietnamese line for the user.
    """
    return document_of(path, read_bytes(root / path))


def document_of(path: str, content: bytes) -> Document:
    """Return the document of a file's bytes; see `load`."""
    extract = _reader(path)(content)
    stated = extract.metadata
    title, source, text = _repaired(stated.title, stated.source, extract.text)
    if not any(map(str.isalpha, text)):
        raise UnreadableDocumentError("tệp rỗng, không có chữ nào: hãy bỏ tệp hoặc thêm nội dung")
    known = Description(title, source, stated.published)
    described = describe(path, text, known)
    return Document(path, text, described.title, described.source, described.published)


def _repaired(title: str, source: str, text: str) -> list[str]:
    """Return title, source and text, normalised and mended together: one encoding wrote all."""
    lines = "\n".join((" ".join(title.split()), " ".join(source.split()), text))
    read = normalise(lines)
    mended = repair(read)
    return (read if mended == read else normalise(mended)).split("\n", 2)


def is_document(name: str) -> bool:
    """Return whether a file's name has the ending of a document."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def _reader(path: str) -> Callable[[bytes], Extract]:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _READERS:
        raise UnreadableDocumentError(
            f"đuôi tệp {suffix or '(không có)'} không được hỗ trợ: hãy dùng {', '.join(_READERS)}"
        )
    return _READERS[suffix]


def read_bytes(file: Path) -> bytes:
    """Return the bytes of a file as they are while nobody writes to it.

    Raises
    ------
    UnreadableDocumentError
        It cannot be opened, is larger than `MOST_BYTES`, or changed while it was read.
    """
    try:
        before = file.stat()
        if not file.is_file():
            raise UnreadableDocumentError("không phải tệp thường: hãy thay bằng một tệp văn bản")
        if before.st_size > MOST_BYTES:
            raise UnreadableDocumentError(
                f"tệp nặng {before.st_size / 1e6:.1f} MB, tối đa {MOST_BYTES / 1e6:.0f} MB:"
                " hãy chia nhỏ tệp"
            )
        content = file.read_bytes()
        after = file.stat()
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise UnreadableDocumentError(
            f"không mở được tệp ({reason}): hãy kiểm tra tên và quyền đọc tệp"
        ) from error
    if (before.st_size, before.st_mtime_ns) != (len(content), after.st_mtime_ns):
        raise UnreadableDocumentError("tệp đang được ghi: hãy đợi ghi xong rồi đồng bộ lại")
    return content
