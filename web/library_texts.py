"""Every sentence of the library that does not come from a document, in both languages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from documents.zip_folder import archive_in
from web.figures import EnglishFigures, Figures


class LibraryTexts(Figures):
    """The texts of the library in Vietnamese."""

    FOLDER = "Thư mục"
    DOCUMENTS = "Tài liệu"
    PASSAGES = "Đoạn"
    DISK = "Chỉ mục trên đĩa"
    LAST_SYNC = "Đồng bộ gần nhất"
    FAILED_DOCUMENTS = "Không đọc được"
    SKIPPED_DOCUMENTS = "Bỏ qua"
    SYNC = "Đồng bộ lại"
    SYNCING = "Đang đồng bộ"
    UPLOAD_LABEL = "Thêm tài liệu: kéo vào hoặc bấm để chọn"
    LIBRARY_SEARCH = "Tìm theo tên, nguồn, đường dẫn"
    DOCUMENT_REMOVED = "Đã bỏ một tài liệu khỏi thư viện."
    REMOVE_SURE = "Bỏ tài liệu này khỏi thư viện? Tệp được chuyển vào thùng rác và hoàn tác được."
    REMOVE_ARCHIVE_SURE = (
        "Tài liệu này nằm trong tệp nén {archive}. Bỏ cả tệp nén khỏi thư viện? Tệp được chuyển vào"
        " thùng rác và hoàn tác được."
    )
    ASK_ABOUT = "Hỏi"
    ACTIONS = "Thao tác"
    COLUMNS: ClassVar[Mapping[str, str]] = {
        "title": "Tên",
        "source": "Nguồn",
        "published": "Ngày",
        "passages": "Đoạn",
        "path": "Loại",
    }
    ONLY_EDITORS = "Chỉ người biên tập mới thêm, bỏ và đồng bộ được tài liệu."

    def remove_question(self, path: str) -> str:
        """Return what is asked before a document is removed; an archive goes as a whole."""
        archive = archive_in(path)
        return self.REMOVE_ARCHIVE_SURE.format(archive=archive) if archive else self.REMOVE_SURE

    def sync_progress(self, progress: Mapping[str, Any]) -> str:
        """Return how far a sync is, from an event of its progress."""
        if not progress:
            return f"{self.SYNCING}: đang xem thư mục…"
        left = progress.get("seconds_left")
        rest = f", còn khoảng {self.grouped(round(left))} giây" if left else ""
        return (
            f"{self.SYNCING}: {self.grouped(progress['documents'])}/{self.grouped(progress['of'])}"
            f" tài liệu, {self.grouped(progress['passages'])} đoạn mới{rest}."
        )

    def sync_done(self, report: Mapping[str, Any]) -> str:
        """Return what a sync did, from its JSON."""
        documents, passages = report["documents"], report["passages"]
        return (
            f"Đồng bộ xong: {self.grouped(documents['added'])} mới,"
            f" {self.grouped(documents['changed'])} đổi,"
            f" {self.grouped(documents['moved'])} chuyển chỗ,"
            f" {self.grouped(documents['removed'])} bỏ,"
            f" {self.grouped(len(documents['failed']))} không đọc được;"
            f" {self.grouped(passages['embedded'])} đoạn nhúng mới."
        )

    def sync_failed(self, reason: str) -> str:
        """Return why a sync failed; what was there before still answers."""
        return f"Đồng bộ không xong: “{reason}”. Bản trước vẫn trả lời được."

    def wrong_kind(self, name: str, allowed: str) -> str:
        """Return what is said of an upload that cannot be read."""
        return f"{name}: loại tệp này không được nhận; hãy dùng {allowed}"

    def empty_file(self, name: str) -> str:
        """Return what is said of an upload of no bytes."""
        return f"{name}: tệp rỗng; hãy chọn tệp có nội dung"

    def large_file(self, name: str, size: int, most: int) -> str:
        """Return what is said of an upload over the limit, both in bytes."""
        return (
            f"{name}: tệp nặng {self.megabytes(size)}, tối đa {self.megabytes(most)};"
            " hãy chia nhỏ tệp"
        )

    def not_its_kind(self, name: str, suffix: str) -> str:
        """Return what is said of an upload that its ending belies."""
        return f"{name}: nội dung không phải tệp {suffix}; hãy kiểm tra lại tệp"

    def many_files(self, count: int, most: int) -> str:
        """Return what is said of too many uploads at once."""
        return f"{count} tệp một lượt, tối đa {most}; hãy gửi nhiều lượt"

    def large_files(self, size: int, most: int) -> str:
        """Return what is said of uploads that are over the limit together, both in bytes."""
        return (
            f"Các tệp nặng tổng cộng {self.megabytes(size)}, tối đa {self.megabytes(most)};"
            " hãy gửi nhiều lượt"
        )

    NOTHING_TO_UNDO = "không còn gì để hoàn tác"

    def no_folder(self, folder: str) -> str:
        """Return what is said when the documents' folder is gone."""
        return (
            f"không còn thư mục tài liệu {folder}; hãy đồng bộ bằng lệnh:"
            " python -m index sync THƯ_MỤC"
        )

    def not_in_library(self, path: str) -> str:
        """Return what is said of a document to be removed that is not there."""
        return f"{path}: không có trong thư viện"

    def not_removed(self, path: str, cause: str) -> str:
        """Return what is said of a file that cannot be moved away."""
        return f"{path}: không bỏ được ({cause})"

    def place_taken(self, path: str, kept: str) -> str:
        """Return what is said of a removed file whose place is taken, and where it lies."""
        return f"{path}: đã có tệp khác ở chỗ cũ; bản đã bỏ ở {kept}"

    def not_stored(self, name: str, cause: str) -> str:
        """Return what is said of an upload that cannot be written."""
        return f"{name}: không lưu được ({cause})"


class EnglishLibraryTexts(EnglishFigures, LibraryTexts):
    """The texts of the library in English."""

    FOLDER = "Folder"
    DOCUMENTS = "Documents"
    PASSAGES = "Passages"
    DISK = "Index on disk"
    LAST_SYNC = "Last sync"
    FAILED_DOCUMENTS = "Could not be read"
    SKIPPED_DOCUMENTS = "Skipped"
    SYNC = "Sync again"
    SYNCING = "Syncing"
    UPLOAD_LABEL = "Add documents: drop or press to choose"
    LIBRARY_SEARCH = "Search by title, source or path"
    DOCUMENT_REMOVED = "One document was removed from the library."
    REMOVE_SURE = (
        "Remove this document from the library? The file is moved to the bin; you can undo this."
    )
    REMOVE_ARCHIVE_SURE = (
        "This document lies in the archive {archive}. Remove the whole archive from the library?"
        " The file is moved to the bin; you can undo this."
    )
    ASK_ABOUT = "Ask"
    ACTIONS = "Actions"
    COLUMNS: ClassVar[Mapping[str, str]] = {
        "title": "Title",
        "source": "Source",
        "published": "Date",
        "passages": "Passages",
        "path": "Type",
    }
    ONLY_EDITORS = "Only editors may add, remove and sync documents."

    def sync_progress(self, progress: Mapping[str, Any]) -> str:
        """Return how far a sync is, from an event of its progress."""
        if not progress:
            return f"{self.SYNCING}: looking through the folder…"
        left = progress.get("seconds_left")
        rest = f", about {self.grouped(round(left))} seconds left" if left else ""
        return (
            f"{self.SYNCING}: {self.grouped(progress['documents'])}/{self.grouped(progress['of'])}"
            f" documents, {self.grouped(progress['passages'])} new passages{rest}."
        )

    def sync_done(self, report: Mapping[str, Any]) -> str:
        """Return what a sync did, from its JSON."""
        documents, passages = report["documents"], report["passages"]
        return (
            f"Sync done: {self.grouped(documents['added'])} added,"
            f" {self.grouped(documents['changed'])} changed,"
            f" {self.grouped(documents['moved'])} moved,"
            f" {self.grouped(documents['removed'])} removed,"
            f" {self.grouped(len(documents['failed']))} could not be read;"
            f" {self.grouped(passages['embedded'])} passages newly embedded."
        )

    def sync_failed(self, reason: str) -> str:
        """Return why a sync failed; what was there before still answers."""
        return f"Sync failed: “{reason}”. The previous version still answers."

    def wrong_kind(self, name: str, allowed: str) -> str:
        """Return what is said of an upload that cannot be read."""
        return f"{name}: this type of file is not taken; please use {allowed}"

    def empty_file(self, name: str) -> str:
        """Return what is said of an upload of no bytes."""
        return f"{name}: the file is empty; please choose one with content"

    def large_file(self, name: str, size: int, most: int) -> str:
        """Return what is said of an upload over the limit, both in bytes."""
        return (
            f"{name}: the file has {self.megabytes(size)}, at most {self.megabytes(most)};"
            " please split it"
        )

    def not_its_kind(self, name: str, suffix: str) -> str:
        """Return what is said of an upload that its ending belies."""
        return f"{name}: the content is not that of a {suffix} file; please check the file"

    def many_files(self, count: int, most: int) -> str:
        """Return what is said of too many uploads at once."""
        return f"{count} files at once, at most {most}; please send them in several goes"

    def large_files(self, size: int, most: int) -> str:
        """Return what is said of uploads that are over the limit together, both in bytes."""
        return (
            f"The files have {self.megabytes(size)} together, at most {self.megabytes(most)};"
            " please send them in several goes"
        )

    NOTHING_TO_UNDO = "there is nothing left to undo"

    def no_folder(self, folder: str) -> str:
        """Return what is said when the documents' folder is gone."""
        return (
            f"the folder of documents {folder} is gone; sync one with: python -m index sync FOLDER"
        )

    def not_in_library(self, path: str) -> str:
        """Return what is said of a document to be removed that is not there."""
        return f"{path}: not in the library"

    def not_removed(self, path: str, cause: str) -> str:
        """Return what is said of a file that cannot be moved away."""
        return f"{path}: cannot be removed ({cause})"

    def place_taken(self, path: str, kept: str) -> str:
        """Return what is said of a removed file whose place is taken, and where it lies."""
        return f"{path}: another file is in its place; what was removed lies at {kept}"

    def not_stored(self, name: str, cause: str) -> str:
        """Return what is said of an upload that cannot be written."""
        return f"{name}: cannot be stored ({cause})"
