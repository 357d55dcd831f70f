"""Read EPUB books: the chapters in reading order."""

import posixpath
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from documents.archive import open_archive, parse_xml
from documents.dates import complete_dates
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.html_file import read_html
from documents.tables import blocks_text
from documents.titles import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAMAGED = "tệp EPUB bị hỏng, không đọc được: hãy tải lại hoặc xuất lại tệp"
_LOCKED = "sách EPUB bị khóa bản quyền (DRM): hãy dùng bản không khóa"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = {"application/xhtml+xml", "text/html"}
_FONT_ENCRYPTION = (
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
)


def read_epub(data: bytes) -> Extract:
    """Return the text of a book: its chapters in the order of its spine.

    Title, publisher and day of publication are those of its metadata. Only files inside the
    archive that its manifest names are read; each goes through `read_html`.
    """
    with guarded(_DAMAGED), open_archive(data) as archive:
        _refuse_encrypted(archive)
        container = parse_xml(archive.read(_CONTAINER))
        package = next(container.iter(_ROOT_FILE)).get("full-path") or ""
        root = parse_xml(archive.read(package))
        pages = (read_html(archive.read(name)).text for name in _spine(archive, root, package))
        return Extract(blocks_text(pages), _metadata(root))


def _refuse_encrypted(archive: ZipFile) -> None:
    """Refuse a book whose text is encrypted; scrambled fonts are nobody's loss."""
    if _ENCRYPTION not in archive.namelist():
        return
    root = parse_xml(archive.read(_ENCRYPTION))
    methods = [one for one in root.iter() if str(one.tag).endswith("}EncryptionMethod")]
    if any(one.get("Algorithm") not in _FONT_ENCRYPTION for one in methods):
        raise UnreadableDocumentError(_LOCKED)


def _spine(archive: ZipFile, root: "_Element", package: str) -> Iterator[str]:
    """Yield the names of the chapters in order, each once."""
    names = set(archive.namelist())
    items = {
        item.get("id"): urlsplit(item.get("href") or "").path
        for item in root.iter(f"{_OPF}item")
        if item.get("media-type") in _PAGES
    }
    places = (items.get(one.get("idref")) for one in root.iter(f"{_OPF}itemref"))
    folder = posixpath.dirname(package)
    paths = (posixpath.normpath(posixpath.join(folder, unquote(one))) for one in places if one)
    yield from (path for path in dict.fromkeys(paths) if path in names)


def _metadata(root: "_Element") -> Description:
    return Description(
        title=one_line(_first(root, "title")),
        source=" ".join(_first(root, "publisher").split()),
        published=_published(root),
    )


def _first(root: "_Element", name: str) -> str:
    return next((one.text for one in root.iter(f"{_DC}{name}") if one.text), "")


def _published(root: "_Element") -> date | None:
    """Return the day of publication; other events (EPUB 2) and years alone are passed over."""
    for one in root.iter(f"{_DC}date"):
        if one.get(f"{_OPF}event", "publication") == "publication":
            return next(complete_dates(one.text or ""), None)
    return None
