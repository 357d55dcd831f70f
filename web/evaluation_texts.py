"""Every sentence of the evaluation that does not come from a document, in Vietnamese.

English: `web/english_evaluation_texts.py`.
"""

from collections.abc import Mapping
from typing import ClassVar

from eval.kinds import KINDS
from eval.typing_styles import TypingStyle
from web.figures import Figures


class EvaluationTexts(Figures):
    """The texts of the evaluation in Vietnamese."""

    ONLY_EDITORS = (
        "Chỉ người biên tập mới xem và chạy đánh giá được: ở đây có câu hỏi và góp ý của mọi người."
        " Nếu bạn cần, hãy nhờ người quản trị đổi vai trò tài khoản."
    )

    RUN_HEADING = "Chạy đánh giá"
    RUN_TEXT = (
        "Hỏi một bộ câu đã biết đáp án rồi chấm: trang tìm đúng tài liệu không, trả lời đúng không,"
        " có biết từ chối không. Người khác vẫn hỏi đáp được trong lúc chạy."
    )
    SOURCE_LABEL = "Hỏi những câu nào?"
    SOURCES: ClassVar[Mapping[str, str]] = {
        "exam": "Đề tự ra từ tài liệu của bạn",
        "file": "Tệp câu hỏi của bạn",
        "sample": "Bộ câu mẫu kèm sẵn",
        "feedback": "Các câu người dùng đã góp ý",
    }
    SOURCE_NOTES: ClassVar[Mapping[str, str]] = {
        "exam": "Máy ra câu hỏi theo quy tắc; cùng số gieo thì cùng đề, để chạy lại và so được.",
        "file": ".jsonl (mỗi dòng một câu, kèm đáp án) hoặc .json dạng SQuAD.",
        "sample": "Về các bài mẫu có trong thư viện.",
        "feedback": "Đáp án là câu được bấm “Đúng”, hoặc đoạn bạn đánh dấu ở dưới.",
    }
    QUESTIONS = "Số câu"
    SEED = "Số gieo"
    FILE_LABEL = "Tệp câu hỏi (.jsonl, .json): kéo vào hoặc bấm để chọn"
    OPTIONS = "Tùy chọn"
    TYPING = "Cách gõ câu hỏi"
    TYPINGS: ClassVar[Mapping[TypingStyle, str]] = {
        TypingStyle.ACCENTED: "đủ dấu",
        TypingStyle.UNACCENTED: "không dấu",
        TypingStyle.HALF: "dấu lúc có lúc không",
        TypingStyle.TELEX: "phím Telex",
        TypingStyle.VNI: "phím VNI",
        TypingStyle.TEENCODE: "teencode",
    }
    RERANKER = "Bộ xếp hạng"
    RERANKERS: ClassVar[Mapping[str, str]] = {"bundled": "bật (như trang)", "none": "tắt"}
    START = "Chạy"
    STOP = "Dừng"
    CHOOSE_FILE = "Hãy chọn một tệp câu hỏi trước khi chạy."
    FILE_TWICE = "Hãy chọn đúng một tệp câu hỏi."
    NO_FEEDBACK_YET = "Chưa có góp ý nào để chạy."
    NO_SAMPLE = "Thư viện không có các bài mẫu mà bộ câu mẫu hỏi tới."
    PROGRESS = "Tiến độ đánh giá"
    STARTING = "Đang mở chỉ mục và mô hình…"
    STOPPING = "Đang dừng…"
    STOPPED = "Đã dừng. Các câu đã hỏi được giữ lại; bấm “Làm tiếp” để hỏi nốt."

    RUNS_HEADING = "Các lần chạy"
    NO_RUNS = "Chưa có lần chạy nào."
    COLUMNS = ("Chọn", "Lúc", "Bộ câu hỏi", "Số câu")
    MEASURES: ClassVar[Mapping[str, str]] = {
        "retrieval.recall@1": "Đúng tài liệu ngay đầu",
        "answers.best_sentence_accuracy": "Câu gần nhất đúng",
        "abstention.answered": "Được trả lời",
        "abstention.wrong_when_answered": "Trong đó sai",
        "citations.validity": "Trích dẫn nguyên văn",
    }
    MEASURE_NOTES: ClassVar[Mapping[str, str]] = {
        "retrieval.recall@1": "Phần câu hỏi mà tài liệu đúng đứng đầu kết quả (recall@1).",
        "answers.best_sentence_accuracy": "Phần câu hỏi mà câu đầu tiên, dù là trả lời hay câu gần"
        " nhất khi từ chối, chứa đáp án.",
        "abstention.answered": "Phần câu hỏi có đáp án mà trang trả lời thay vì từ chối.",
        "abstention.wrong_when_answered": "Trong các câu được trả lời, phần trả lời sai.",
        "citations.validity": "Phần trích dẫn đúng nguyên văn tài liệu đang lưu.",
    }
    ACTIONS = "Thao tác"
    REPORT = "Báo cáo"
    RESUME = "Làm tiếp"
    ASK_AGAIN = "Hỏi lại"
    KEEP = "Giữ"
    REMOVE = "Xóa"
    REMOVE_SURE = "Xóa lần chạy này? Có thể hoàn tác."
    REMOVED = "Đã xóa một lần chạy."
    NOT_FINISHED = "chưa xong"
    COMPARE = "So sánh hai lần đã chọn"
    COMPARE_HINT = "Đánh dấu hai lần chạy cùng một bộ câu hỏi rồi bấm nút này."
    CHOOSE_TWO = "Hãy chọn đúng hai lần chạy đã xong để so sánh."
    OTHER_QUESTIONS = (
        "Hai lần này hỏi hai bộ câu khác nhau (hoặc đáp án khác nhau) nên không so được. Hãy bấm"
        " “Hỏi lại” ở một lần để hỏi đúng bộ câu ấy, rồi so."
    )
    ALREADY_RUNNING = "Đang có một lần chạy; hãy đợi nó xong hoặc dừng nó."
    NO_SUCH_RUN = "Không có lần chạy này; hãy tải lại trang."
    IS_KEPT = "Lần chạy này đang được giữ; bỏ giữ rồi mới xóa được."
    NOTHING_TO_UNDO = "Không còn gì để hoàn tác."
    IS_RUNNING = "Lần này đang chạy; hãy dừng nó trước khi xóa."

    MEANINGS = "Các số đo nghĩa là gì?"
    COMPARISON_HEADING = "So sánh"
    FIRST, SECOND = "trước", "sau"
    DIFFERENCE = "Chênh lệch (khoảng 95 %)"
    P_VALUE = "p"
    MEASURE = "Số đo"
    COUNT = "Số câu"
    PART = "Phần"
    LEGEND = (
        "Chênh lệch là lần sau trừ lần trước, tính bằng điểm phần trăm. Khoảng trong ngoặc chứa"
        " chênh lệch thật với xác suất 95 %; p là khả năng chỉ do ngẫu nhiên: in đậm khi p < 0,05."
        " Càng nhiều phép so, càng dễ gặp một p nhỏ tình cờ."
    )
    DIMENSIONS: ClassVar[Mapping[str, str]] = {
        "kind": "Theo loại câu hỏi",
        "typing": "Theo cách gõ",
        "document_kind": "Theo dạng tài liệu",
        "question_length": "Theo độ dài câu hỏi (âm tiết)",
        "document_length": "Theo độ dài tài liệu (ký tự)",
    }
    KINDS: ClassVar[Mapping[str, str]] = KINDS
    ALL_MEASURES = "Mọi số đo"
    CHANGED_HEADING = "Các câu được trả lời khác đi"
    NONE_CHANGED = "Không câu nào được trả lời khác đi."
    VERDICTS: ClassVar[Mapping[str, str]] = {
        "worse": "xấu đi",
        "better": "tốt lên",
        "other": "khác",
    }
    GOLD = "Đáp án"
    REFUSED = "từ chối trả lời"

    FEEDBACK_HEADING = "Góp ý của người dùng"
    NO_FEEDBACK = (
        "Chưa có góp ý nào. Người dùng bấm “Đúng” hoặc “Chưa đúng” dưới một câu trả lời."
        " Góp ý của họ hiện ở đây."
    )
    NONE_SUCH = "Không có góp ý nào như vậy."
    SHOW = "Xem"
    SHOWN: ClassVar[Mapping[str, str]] = {
        "all": "tất cả",
        "bad": "chưa đúng",
        "good": "đúng",
        "open": "chưa đúng, chưa đánh dấu đoạn",
    }
    EXPORT = "Tải về làm bộ câu hỏi (.jsonl)"
    RUN_FEEDBACK = "Chạy bộ câu này"
    ANSWER = "Đã trả lời"
    COMMENT = "Góp ý"
    CITED = "Trích dẫn"
    MARK = "Đánh dấu đoạn đúng"
    MARKED = "Đoạn đúng"
    MARKED_ANSWER = "Đáp án"
    UNMARK = "Bỏ đánh dấu"
    SEARCH = "Tìm đoạn"
    SEARCH_LABEL = "Tìm đoạn chứa đáp án"
    MARK_HINT = (
        "Chọn đoạn trả lời đúng câu hỏi. Bôi đen vài chữ trong đoạn, hoặc chép vào ô, nếu chỉ"
        " những chữ ấy là đáp án."
    )
    WORDS = "Đáp án trong đoạn (không bắt buộc)"
    CHOOSE = "Đây là đoạn đúng"
    NOTHING_FOUND = "Không tìm thấy đoạn nào; hãy thử từ khác."
    CLOSE = "Đóng"
    SAVED = "Đã lưu đoạn đúng."
    GONE = "Tài liệu hoặc đoạn này không còn như vậy trong thư viện; hãy tìm lại."
    NO_OPINION = "Góp ý này không còn; hãy tải lại trang."

    def progress(self, step: str, done: int, of: int | None, seconds_left: float | None) -> str:
        """Return how far a run is; ``step`` as in `eval.progress.Step`."""
        words = {
            "read": ("Đọc tài liệu để ra đề", "tài liệu"),
            "index": ("Lập chỉ mục", "tài liệu"),
        }
        doing, things = words.get(step, ("Đang hỏi", "câu"))
        count = self.grouped(done) if of is None else f"{self.grouped(done)}/{self.grouped(of)}"
        return f"{doing}: {count} {things}{self._left(seconds_left)}."

    def run_done(self, name: str) -> str:
        """Return that a run has ended."""
        return f"Đã chạy xong: {name}."

    def run_failed(self, reason: str) -> str:
        """Return why a run failed."""
        return f"Không chạy được: “{reason}”."

    def exam_name(self, questions: int, seed: int) -> str:
        """Return the name of an exam."""
        return f"Đề tự ra, {self.grouped(questions)} câu, số gieo {seed}"

    def settings(self, typing: TypingStyle, reranker: str) -> str:
        """Return what of a run's settings is not as usual; empty when all is."""
        said = [f"gõ {self.TYPINGS[typing]}"] if typing is not TypingStyle.ACCENTED else []
        return ", ".join([*said, "không xếp hạng lại"] if reranker == "none" else said)

    def share(self, value: float | None) -> str:
        """Return a share in percent."""
        return "–" if value is None else f"{self.decimal(100 * value, 1)} %"

    def points(self, value: float) -> str:
        """Return a difference of shares in percentage points with its sign."""
        sign = "−" if round(100 * value, 1) < 0 else "+"
        return f"{sign}{self.decimal(abs(100 * value), 1)}"

    def interval(self, low: float, high: float) -> str:
        """Return the bounds of a difference, in percentage points."""
        return f"[{self.points(low)}; {self.points(high)}]"

    def chance(self, p: float) -> str:
        """Return a p-value."""
        least = 0.001
        return self.decimal(p, 3) if p >= least else f"< {self.decimal(least, 3)}"

    def measure(self, name: str) -> str:
        """Return the name of a measure; one without a name of ours keeps its own."""
        return self.MEASURES.get(name, name)

    def part(self, dimension: str, name: str) -> str:
        """Return the name of a part of the questions."""
        if dimension == "typing":
            return {style.value: said for style, said in self.TYPINGS.items()}.get(name, name)
        return self.KINDS.get(name, name) if dimension == "kind" else name

    def changed(self, counts: Mapping[str, int]) -> str:
        """Return how many questions are answered otherwise, by verdict."""
        told = ", ".join(
            f"{self.grouped(counts.get(name, 0))} {said}" for name, said in self.VERDICTS.items()
        )
        return f"{self.grouped(sum(counts.values()))} câu: {told}."

    def more(self, count: int) -> str:
        """Return how many questions are not shown."""
        return f"… và {self.grouped(count)} câu nữa; mở báo cáo của từng lần chạy để xem đủ."

    def choose(self, name: str, started: str) -> str:
        """Return the accessible name of the box that chooses a run."""
        return f"Chọn để so sánh: {name}, {self.moment(started)}"

    def of_run(self, action: str, name: str, started: str) -> str:
        """Return the accessible name of a button of a run."""
        return f"{action}: {name}, {self.moment(started)}"

    def asked_so_far(self, count: int) -> str:
        """Return how far an unfinished run is."""
        return f"{self.NOT_FINISHED}, đã hỏi {self.grouped(count)} câu"

    def opinions(self, good: int, bad: int, marked: int) -> str:
        """Return how many opinions there are."""
        return (
            f"{self.grouped(good)} đúng, {self.grouped(bad)} chưa đúng"
            f" (trong đó {self.grouped(marked)} đã đánh dấu đoạn đúng)."
        )

    def not_in_passage(self, words: str) -> str:
        """Return what is said of words that do not stand in the passage that was chosen."""
        return f"“{words}” không có nguyên văn trong đoạn này; hãy chép đúng chữ của đoạn."

    def for_question(self, action: str, question: str) -> str:
        """Return the accessible name of a button of an opinion."""
        return f"{action}: {question}"

    def _left(self, seconds: float | None) -> str:
        if not seconds:
            return ""
        if seconds < 90:  # noqa: PLR2004
            return f", còn khoảng {self.grouped(round(seconds))} giây"
        return f", còn khoảng {self.grouped(round(seconds / 60))} phút"
