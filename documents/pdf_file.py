"""Read PDF files: the text of each page, without page furniture, in paragraphs."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.normalising import normalise
from documents.pages import drop_furniture, unwrap
from documents.recognising import recognise
from documents.repairing import repair
from documents.titles import sensible_title

if TYPE_CHECKING:
    from pypdf import PdfReader

_DAMAGED = "tệp PDF bị hỏng, không đọc được: hãy tải lại hoặc xuất lại tệp"
_ENCRYPTED = "tệp PDF được bảo vệ bằng mật khẩu: hãy lưu lại một bản không đặt mật khẩu"
_BLANK = "tệp PDF là ảnh quét, nhận dạng không ra chữ nào: hãy bỏ tệp hoặc quét lại rõ hơn"
_PAGE_END = "\n\f\n"


def read_pdf(data: bytes) -> Extract:
    """Return the text of a PDF as paragraphs with an empty line between them.

    Repeated headers and footers and page numbers are dropped; lines of one paragraph are joined
    again. The title of its metadata is taken when it reads like one; its dates are those of the
    file, not of publication, and are not taken. Columns are read as pypdf orders them; texts
    in TCVN3 and VNI fonts, and broken accents, are mended.

    Raises
    ------
    UnreadableDocumentError
        When the file is damaged, needs a password, or holds pictures alone that `recognise`
        cannot read.
    """
    with guarded(_DAMAGED):
        pages, title = _read(data)
    if not _has_text(pages):
        recognised = recognise(data, pages=len(pages))
        with guarded(_DAMAGED):
            pages, _ = _read(recognised)
        if not _has_text(pages):
            raise UnreadableDocumentError(_BLANK)
    # Before lines are joined: TCVN3 writes "ư" with the byte of the soft hyphen.
    pages = repair(normalise(_PAGE_END.join(pages))).split(_PAGE_END)
    lines = drop_furniture([page.splitlines() for page in pages])
    return Extract(unwrap(lines), Description(title=sensible_title(title)))


def _has_text(pages: Sequence[str]) -> bool:
    return any(any(map(str.isalpha, page)) for page in pages)


def _read(data: bytes) -> tuple[list[str], str]:
    """Return the text of each page and the title of the metadata."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise UnreadableDocumentError(_ENCRYPTED)
    pages = [page.extract_text() for page in reader.pages]
    title = reader.metadata.title if reader.metadata is not None else None
    return pages, title or ""


def _opens_without_password(reader: "PdfReader") -> bool:
    """Return whether the empty password opens it: only printing or editing is restricted."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # AES needs a package that is not installed for this alone
        return False
