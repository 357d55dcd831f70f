"""The report's words in Vietnamese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from eval.reporting.outcome import Outcome


class Language(Enum):
    """What the report is written in."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """All words of the report in one language."""

    language: str
    title: str
    questions: str
    started: str
    settings: str
    documents: str
    figures: str
    measure: str
    value: str
    interval: str
    curves: str
    coverage: str
    risk: str
    rank: str
    recall: str
    confidence: str
    correct: str
    milliseconds: str
    share: str
    slices: str
    part: str
    count: str
    first: str
    each: str
    search: str
    search_hint: str
    gold: str
    said: str
    evidence: str
    found_at: str
    not_found: str
    shown: str
    outcomes: Mapping[Outcome, str]
    charts: Mapping[str, str]
    groups: Mapping[str, str]
    dimensions: Mapping[str, str]


_VI = Words(
    language="vi",
    title="Báo cáo chất lượng hỏi đáp",
    questions="câu hỏi",
    started="chạy lúc",
    settings="Chạy với",
    documents="đoạn",
    figures="Số đo",
    measure="số đo",
    value="giá trị",
    interval="khoảng tin cậy 95 %",
    curves="Biểu đồ",
    coverage="phần câu được trả lời",
    risk="trong đó sai",
    rank="hạng",
    recall="đã thấy tài liệu đúng",
    confidence="độ tin cậy",
    correct="thực tế đúng",
    milliseconds="mili giây",
    share="phần câu",
    slices="Theo từng phần",
    part="phần",
    count="số câu",
    first="tài liệu đúng ở hạng 1",
    each="Từng câu hỏi, câu tệ nhất trước",
    search="Tìm trong các câu hỏi",
    search_hint="Gõ chữ trong câu hỏi, câu trả lời, tài liệu…",
    gold="Đáp án",
    said="Trả lời",
    evidence="Dẫn chứng",
    found_at="tài liệu đúng ở hạng",
    not_found="không thấy tài liệu đúng",
    shown="câu đang hiện",
    outcomes={
        Outcome.WRONG: "sai",
        Outcome.REFUSED: "từ chối nhầm",
        Outcome.UNKNOWN: "không rõ",
        Outcome.RIGHT: "đúng",
    },
    charts={
        "risk": "Rủi ro theo phần được trả lời",
        "recall": "Thấy tài liệu đúng theo hạng",
        "calibration": "Độ tin cậy có thật không",
        "latency": "Thời gian trả lời",
    },
    groups={
        "retrieval": "Tìm tài liệu",
        "answers": "Câu trả lời",
        "citations": "Dẫn chứng",
        "abstention": "Từ chối",
        "latency_ms": "Thời gian (ms)",
    },
    dimensions={
        "kind": "Loại câu hỏi",
        "typing": "Cách gõ",
        "document_kind": "Loại tài liệu",
        "question_length": "Độ dài câu hỏi (âm tiết)",
        "document_length": "Độ dài tài liệu (ký tự)",
    },
)
_EN = Words(
    language="en",
    title="Quality of the answers",
    questions="questions",
    started="run at",
    settings="Run with",
    documents="passages",
    figures="Figures",
    measure="measure",
    value="value",
    interval="95 % interval",
    curves="Charts",
    coverage="share answered",
    risk="of these wrong",
    rank="rank",
    recall="right document seen",
    confidence="confidence",
    correct="in fact right",
    milliseconds="milliseconds",
    share="share of questions",
    slices="By part",
    part="part",
    count="questions",
    first="right document at rank 1",
    each="Each question, the worst first",
    search="Search the questions",
    search_hint="Words of a question, an answer, a document…",
    gold="Gold answer",
    said="Answer",
    evidence="Evidence",
    found_at="right document at rank",
    not_found="right document not found",
    shown="questions shown",
    outcomes={
        Outcome.WRONG: "wrong",
        Outcome.REFUSED: "wrongly refused",
        Outcome.UNKNOWN: "unknown",
        Outcome.RIGHT: "right",
    },
    charts={
        "risk": "Risk by coverage",
        "recall": "Right document by rank",
        "calibration": "Is the confidence true",
        "latency": "Time to answer",
    },
    groups={
        "retrieval": "Retrieval",
        "answers": "Answers",
        "citations": "Citations",
        "abstention": "Abstention",
        "latency_ms": "Time (ms)",
    },
    dimensions={
        "kind": "Kind of question",
        "typing": "Typing",
        "document_kind": "Kind of document",
        "question_length": "Length of question (syllables)",
        "document_length": "Length of document (characters)",
    },
)
WORDS: Mapping[Language, Words] = MappingProxyType({Language.VI: _VI, Language.EN: _EN})
