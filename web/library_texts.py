"""Every sentence of the library that does not come from a document, in Vietnamese."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from documents.zip_folder import archive_in
from web.texts import grouped, vietnamese_date

FOLDER = "Thư mục"
DOCUMENTS = "Tài liệu"
PASSAGES = "Đoạn"
DISK = "Chỉ mục trên đĩa"
LAST_SYNC = "Đồng bộ gần nhất"
FAILED_DOCUMENTS = "Không đọc được"
SKIPPED_DOCUMENTS = "Bỏ qua"
SYNC = "Đồng bộ lại"
SYNCING = "Đang đồng bộ"
UPLOAD_LABEL = "Thêm tài liệu"
LIBRARY_SEARCH = "Tìm theo tên, nguồn, đường dẫn"
DOCUMENT_REMOVED = "Đã bỏ một tài liệu khỏi thư viện."
REMOVE_SURE = "Bỏ tài liệu này khỏi thư viện? Tệp được chuyển vào thùng rác và hoàn tác được."
REMOVE_ARCHIVE_SURE = (
    "Tài liệu này nằm trong tệp nén {archive}. Bỏ cả tệp nén khỏi thư viện? Tệp được chuyển vào"
    " thùng rác và hoàn tác được."
)
ASK_ABOUT = "Hỏi"
ACTIONS = "Thao tác"
PREVIOUS_PAGE = "Trang trước"
NEXT_PAGE = "Trang sau"
COLUMNS = {
    "title": "Tên",
    "source": "Nguồn",
    "published": "Ngày",
    "passages": "Đoạn",
    "path": "Loại",
}
ONLY_EDITORS = "Chỉ người biên tập mới thêm, bỏ và đồng bộ được tài liệu."


def megabytes(count: int) -> str:
    """Return a number of bytes in megabytes with a decimal comma."""
    return f"{count / 1e6:.1f} MB".replace(".", ",")


def moment(stamp: str) -> str:
    """Return a UTC ISO 8601 time as local hours, minutes and day."""
    when = datetime.fromisoformat(stamp).astimezone()
    return f"{when:%H:%M} {vietnamese_date(when.date())}"


def quoted(path: str) -> str:
    """Return a path as the value of an address's parameter."""
    return quote(path, safe="")


def remove_question(path: str) -> str:
    """Return what is asked before a document is removed; one in an archive goes with all of it."""
    archive = archive_in(path)
    return REMOVE_ARCHIVE_SURE.format(archive=archive) if archive else REMOVE_SURE


def page_of(page: int, pages: int) -> str:
    """Return which page of how many is shown."""
    return f"Trang {grouped(page)}/{grouped(pages)}"


def sync_progress(progress: Mapping[str, Any]) -> str:
    """Return how far a sync is, from an event of its progress."""
    if not progress:
        return f"{SYNCING}: đang xem thư mục…"
    left = progress.get("seconds_left")
    rest = f", còn khoảng {grouped(round(left))} giây" if left else ""
    return (
        f"{SYNCING}: {grouped(progress['documents'])}/{grouped(progress['of'])} tài liệu,"
        f" {grouped(progress['passages'])} đoạn mới{rest}."
    )


def sync_done(report: Mapping[str, Any]) -> str:
    """Return what a sync did, from its JSON."""
    documents, passages = report["documents"], report["passages"]
    return (
        f"Đồng bộ xong: {grouped(documents['added'])} mới, {grouped(documents['changed'])} đổi,"
        f" {grouped(documents['moved'])} chuyển chỗ, {grouped(documents['removed'])} bỏ,"
        f" {grouped(len(documents['failed']))} không đọc được;"
        f" {grouped(passages['embedded'])} đoạn nhúng mới."
    )


def sync_failed(reason: str) -> str:
    """Return why a sync failed; what was there before still answers."""
    return f"Đồng bộ không xong: {reason}. Bản trước vẫn trả lời được."
