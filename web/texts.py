"""Every sentence of the page that does not come from a document: in Vietnamese, then in English.

English: `web/english_texts.py`. What is passed as ``texts`` is one of the two, so that who renders
for a visitor writes in the visitor's language.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from qa import answer
from web.evaluation_texts import EvaluationTexts
from web.figures import Figures
from web.library_texts import LibraryTexts
from web.settings_texts import SettingsTexts


class Texts(Figures):
    """The texts of the chat, of the pages around it and, as parts, of the other views."""

    LANGUAGE = "vi"
    evaluation = EvaluationTexts()
    library = LibraryTexts()
    settings = SettingsTexts()

    NAME = "Dẫn Chứng"
    TAGLINE = "Hỏi tài liệu của bạn, nhận câu trả lời kèm đúng câu văn làm bằng chứng."

    CHAT = "./"
    LIBRARY = "thu-vien"
    EVALUATION = "danh-gia"
    VIEWS: ClassVar[Mapping[str, str]] = {
        CHAT: "Hỏi đáp",
        LIBRARY: "Thư viện",
        EVALUATION: "Đánh giá",
    }
    """Address of each view → its name; all languages have the same views in the same order."""
    VIEWS_LABEL = "Các trang"
    PREVIOUS_PAGE, NEXT_PAGE = "Trang trước", "Trang sau"

    QUESTION_LABEL = "Câu hỏi"
    QUESTION_PLACEHOLDER = "Nhập câu hỏi của bạn…"
    SEND = "Hỏi"
    STOP = "Dừng"
    NEW_CONVERSATION = "Cuộc trò chuyện mới"
    CONVERSATION = "Cuộc trò chuyện"

    START_HEADING = "Bạn muốn tìm hiểu điều gì?"
    START_TEXT = (
        "Mỗi câu trả lời đều dẫn tới câu văn nguyên gốc trong tài liệu. "
        "Không tìm thấy bằng chứng thì trang sẽ nói rõ, không đoán. "
        "Gõ có dấu hay không dấu đều được."
    )
    EXAMPLES = "Thử một câu hỏi"
    EMPTY_HEADING = "Chưa có tài liệu nào"
    EMPTY_TEXT = "Thư viện đang trống nên chưa thể trả lời. Hãy nạp một thư mục tài liệu bằng lệnh:"
    EMPTY_COMMAND = "python -m index sync THƯ_MỤC"
    EMPTY_AFTER = "Nạp xong, tải lại trang này hoặc đặt câu hỏi ngay; không cần khởi động lại."

    SEARCHING = "Đang tìm…"
    LOOKING_FOR = "Đang tìm"
    """Stands before how a question was understood, where that differs from what was typed."""
    ENDS: ClassVar[Mapping[str, str]] = {
        "stopped": "Đã dừng theo yêu cầu của bạn.",
        "interrupted": "Câu trả lời này đã bị ngắt giữa chừng.",
        "failed": "Xin lỗi, có lỗi khi trả lời câu hỏi này. Bạn hãy thử lại hoặc hỏi câu khác.",
    }
    """How a turn ended without an answer → what is said of it."""
    DISAGREEMENT = answer.DISAGREEMENT
    ASK_SOMETHING = "Hãy nhập câu hỏi trước khi gửi."

    DRAFT = "Mô hình đang viết; từng câu sẽ được đối chiếu với tài liệu."
    UNCHECKED = "Mô hình viết dở; chưa được đối chiếu với tài liệu."

    SOURCES = "Nguồn"
    LEADS = "Đoạn gần nhất"
    LEADS_NOTE = "Có thể liên quan, nhưng chưa đủ để làm bằng chứng cho câu trả lời."
    OPEN_LEAD = "Xem trong tài liệu"
    COPY = "Sao chép"
    COPIED = "Đã sao chép"
    COPY_FAILED = "Không sao chép được"
    COPY_HINT = "Sao chép câu trả lời kèm nguồn"

    AGAIN = "Hỏi lại"
    EDIT = "Sửa câu hỏi"
    EDITING = "Sửa câu hỏi rồi gửi lại; các lượt sau nó đã được bỏ."
    GOOD = "Đúng"
    BAD = "Chưa đúng"
    COMMENT = "Sai hoặc thiếu ở đâu? (không bắt buộc)"
    SEND_OPINION = "Gửi góp ý"
    THANKS = "Cảm ơn, góp ý đã được lưu."
    CARD = "Thẻ trích dẫn"
    CARD_HINT = "Sao chép thẻ JSON của câu trích; kiểm tra bằng: python -m qa verify TỆP"
    NEXT_QUESTIONS = "Hỏi tiếp"
    EXPORT = "Xuất cuộc trò chuyện"
    EXPORT_MARKDOWN = "Markdown"
    EXPORT_DOCX = "Word"

    HISTORY = "Lịch sử"
    HISTORY_EMPTY = "Chưa có cuộc trò chuyện nào được lưu."
    HISTORY_NOT_FOUND = "Không có cuộc trò chuyện nào khớp."
    HISTORY_SEARCH = "Tìm trong các cuộc trò chuyện"
    HISTORY_REMOVED = "Đã xóa một cuộc trò chuyện."
    UNDO = "Hoàn tác"
    UNTITLED = "(không tên)"
    RENAME = "Đổi tên"
    RENAME_PROMPT = "Tên mới của cuộc trò chuyện:"
    REMOVE = "Xóa"
    PRIVATE = "Ẩn danh"
    TOOLS = "Công cụ của cuộc trò chuyện"
    PRIVATE_ON = "Ẩn danh: cuộc trò chuyện này không được lưu."

    FILTER = "Lọc tài liệu"
    SOURCE = "Nguồn"
    KIND = "Loại tệp"
    SINCE = "Từ ngày"
    UNTIL = "Đến ngày"
    ALL = "Tất cả"
    ONLY_DOCUMENTS = "Chỉ trong tài liệu"
    FIND_DOCUMENT = "Gõ tên tài liệu…"
    NO_SUCH_DOCUMENT = "Không có tài liệu nào khớp."
    TIMELINE = "Số tài liệu theo thời gian; bấm để lọc"

    PANEL = "Nguồn trích dẫn"
    PANEL_HEADING = "Bằng chứng hiện ở đây"
    PANEL_TEXT = (
        "Bấm vào số đứng sau một câu trả lời để mở đúng đoạn văn gốc, được tô sáng trong toàn văn."
    )
    PANEL_FAILED = "Không mở được nguồn này. Hãy thử lại."
    CLOSE = "Đóng"
    UNDATED = "không rõ ngày"
    SHOW_WHOLE = "Hiện toàn văn"
    NOT_IN_LIBRARY = "Tài liệu này không còn trong thư viện."
    QUOTE_MOVED = (
        "Tài liệu đã thay đổi sau khi trả lời; câu trích dẫn không còn nguyên văn trong bản"
        " hiện tại."
    )
    QUOTE_AS_CITED = "Câu đã trích dẫn"
    WHY = "Vì sao có đoạn này?"
    WHY_GONE = "Câu hỏi này giờ không còn tìm ra đoạn này nữa."
    WHY_FAILED = "Không giải thích được lúc này. Hãy đóng rồi mở lại mục này."
    WHY_NO_WORD = "Không có từ nào của câu hỏi; đoạn được tìm ra vì gần nghĩa."
    WHY_EXACT = "Từ của câu hỏi trong đoạn"
    WHY_UNACCENTED = "Chỉ giống khi bỏ dấu"
    WHY_TITLE = "Trong tiêu đề"
    WHY_REQUIRED = "Phần bắt buộc"
    WHY_TIME = "Thời gian"
    WHY_OF_TIME = "đúng thời gian được hỏi"
    WHY_PLACE = "Vị trí"
    WHY_REASONS = "Lý do chính"
    WHY_SCORES = "Điểm"
    NEXT_CITATION = "Trích dẫn sau (phím J)"
    PREVIOUS_CITATION = "Trích dẫn trước (phím K)"
    BAD_REQUEST = "Không đọc được yêu cầu mở nguồn."

    def document_count(self, count: int) -> str:
        """Return the line of the header that says how much there is to ask about."""
        return f"{self.grouped(count)} tài liệu" if count else "Chưa có tài liệu"

    def found(self, count: int) -> str:
        """Return the status between retrieving and reading."""
        return f"Đã tìm thấy {self.grouped(count)} đoạn, đang đọc…"

    def too_long(self, length: int, limit: int) -> str:
        """Return what is said of a question over the limit, both in characters."""
        return (
            f"Câu hỏi dài {self.grouped(length)} ký tự; xin rút gọn còn tối đa"
            f" {self.grouped(limit)} ký tự rồi gửi lại."
        )

    def refusal(self, text: str, _missing: Sequence[str], *, has_leads: bool) -> str:
        """Return what a refusal says; ``text`` is that of the answer itself."""
        return text

    def ended(self, how: str, detail: str) -> str:
        """Return how a turn ended without an answer; ``how`` may be such a sentence itself."""
        said = self.ENDS.get(how, how)
        return f"{said} “{detail}”" if detail else said

    def reason(self, text: str) -> str:
        """Return why a passage was raised, from what the index says of it."""
        return text

    def struck(self, count: int) -> str:
        """Return the line above the sentences of a model that no quote holds."""
        return f"Đã gạch {self.grouped(count)} câu của mô hình vì thiếu dẫn chứng:"

    def open_source(self, marker: int, title: str) -> str:
        """Return the accessible name of a marker."""
        return f"Mở nguồn {marker}: {title}"

    def open_lead(self, title: str) -> str:
        """Return the accessible name of the button that opens a near passage."""
        return f"{self.OPEN_LEAD}: {title}"

    def citation_label(self, marker: int) -> str:
        """Return the small line above the title of an opened source; 0 is a near passage."""
        return f"Trích dẫn {marker}" if marker else self.LEADS

    def place_found(self, before: int, after: int | None) -> str:
        """Return where the searchers put a passage, and, if reranked, where that put it."""
        place = f"thứ {self.grouped(before)} khi tìm"
        return place if after is None else f"{place}, thứ {self.grouped(after)} sau khi đọc kỹ"

    def scores(self, lexical: float, dense: float) -> str:
        """Return BM25 and cosine."""
        return f"khớp từ {self.decimal(lexical, 1)}; gần nghĩa {self.decimal(dense, 2)}"

    def excerpt_note(self, length: int) -> str:
        """Return what is said when only a part of a long document is shown."""
        return f"Tài liệu dài {self.grouped(length)} ký tự; đây là phần quanh câu trích dẫn."

    def gives_orders(self, count: int, first: str) -> str:
        """Return the warning of a document with sentences that give orders to machines."""
        return (
            f"Cẩn thận: tài liệu này có {self.grouped(count)} câu ra lệnh cho máy, ví dụ:"
            f" “{first}”. Trang không làm theo và không dùng những câu ấy để trả lời."
        )

    def rename(self, title: str) -> str:
        """Return the accessible name of the button that renames a conversation."""
        return f"{self.RENAME}: {title}"

    def page_of(self, page: int, pages: int) -> str:
        """Return which page of how many is shown."""
        return f"Trang {self.grouped(page)}/{self.grouped(pages)}"

    def remove(self, title: str) -> str:
        """Return the accessible name of the button that removes a conversation."""
        return f"{self.REMOVE}: {title}"

    def since(self, day: date) -> str:
        """Return a limit: from this day on."""
        return f"{self.SINCE} {self.day(day)}"

    def until(self, day: date) -> str:
        """Return a limit: up to this day."""
        return f"{self.UNTIL} {self.day(day)}"

    def drop_filter(self, label: str) -> str:
        """Return the accessible name of a limit's button, which takes it off."""
        return f"Bỏ lọc: {label}"

    def bar(self, first: date, last: date, count: int) -> str:
        """Return what a bar of the timeline stands for."""
        is_year = (first.month, last.month) == (1, 12)
        period = f"năm {first.year}" if is_year else f"tháng {first.month}/{first.year}"
        return f"{period}: {self.grouped(count)} tài liệu"

    LOG_IN = "Đăng nhập"
    LOG_OUT = "Đăng xuất"
    USER_NAME = "Tên người dùng"
    PASSWORD = "Mật khẩu"  # noqa: S105 - a label
    WRONG_LOGIN = "Tên hoặc mật khẩu không đúng."
    BACK_TO_PAGE = "Về trang hỏi đáp"
    BAD_CALL = "Máy chủ không hiểu yêu cầu này."
    LOGIN_NEEDED = "Bạn cần đăng nhập để dùng trang này."
    NOT_ALLOWED = "Yêu cầu này không được phép."
    NOTHING_HERE = "Không có gì ở địa chỉ này."
    CALL_TOO_LARGE = "Yêu cầu quá lớn."
    TOO_MANY_CALLS = "Bạn gửi quá nhanh. Hãy đợi một lát rồi thử lại."
    TOO_BUSY = "Máy chủ đang bận. Hãy thử lại sau ít phút."
    SERVER_FAILED = "Máy chủ gặp lỗi khi xử lý yêu cầu này. Hãy thử lại."

    def logged_in_as(self, name: str) -> str:
        """Return who is logged in."""
        return f"Bạn đang đăng nhập với tên {name}."

    def wait_to_log_in(self, seconds: int) -> str:
        """Return what is said after too many failed logins."""
        return f"Bạn đã thử sai nhiều lần. Hãy thử lại sau {self.grouped(seconds)} giây."

    def asked_too_much(self, seconds: int) -> str:
        """Return what is said to who asks more than the limit."""
        return f"Bạn hỏi nhanh quá. Hãy đợi {self.grouped(seconds)} giây rồi hỏi tiếp."

    NOT_FOUND_HERE = "Không có tài liệu này trong chỉ mục."

    def not_a_count(self, most: int) -> str:
        """Return what is said of a number of passages that cannot be found."""
        return f"Số đoạn phải là số nguyên từ 1 đến {most}."


VIETNAMESE = Texts()
