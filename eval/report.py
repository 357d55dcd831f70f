"""The report of a run: as JSON and as a Vietnamese table. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from eval.kinds import kinds_as_table
from eval.markdown import aligned
from eval.near_miss_figures import NearMissFigures
from eval.plan import WORDS
from eval.summary import Figure, Figures, Interval, RiskPoint, Summary
from eval.without_gold import WithoutGoldFigures

_DIGITS = 6
_GROUPS = {
    "retrieval": "Tìm tài liệu",
    "answers": "Câu trả lời",
    "citations": "Dẫn chứng",
    "abstention": "Từ chối",
    "latency_ms": "Thời gian trả lời (ms)",
}
_FIGURES = {
    "recall@1": "đúng ngay ở hạng 1 (recall@1)",
    "recall@5": "có trong 5 hạng đầu (recall@5)",
    "recall@10": "có trong 10 hạng đầu (recall@10)",
    "mrr@10": "nghịch đảo hạng (MRR@10)",
    "ndcg@10": "nDCG@10",
    "map@10": "MAP@10",
    "exact_match": "trùng khớp hoàn toàn (EM)",
    "f1": "trùng âm tiết (F1)",
    "sentence_accuracy": "câu dẫn đầu tiên chứa đáp án",
    "best_sentence_accuracy": "kể cả câu gần nhất khi từ chối",
    "validity": "trích đúng nguyên văn",
    "precision": "trỏ vào tài liệu đúng",
    "recall": "câu trả lời có dẫn tài liệu đúng",
    "alce_precision": "câu trích cần thiết (ALCE)",
    "alce_recall": "câu nêu ra được câu trích đỡ (ALCE)",
    "auroc": "phân biệt được câu không có đáp án (AUROC)",
    "aurc": "sai khi lần lượt trả lời từ câu chắc nhất (AURC)",
    "ece": "độ tin cậy lệch với thực tế (ECE)",
    "answered": "câu có đáp án được trả lời",
    "wrong_when_answered": "trả lời mà sai",
    "p50": "một nửa số câu nhanh hơn (p50)",
    "p95": "95 % số câu nhanh hơn (p95)",
    "p99": "99 % số câu nhanh hơn (p99)",
    "mean": "trung bình mỗi câu",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was made with; equal settings and documents give equal figures.

    Attributes
    ----------
    revision
        Hash of the embedder's weights.
    limit
        The most questions to ask; None for all.
    distractors
        Names of the files, without their folders.
    depth, warm_up
        Passages asked for per question; questions asked before the clock counts.
    versions
        Of Python and of the libraries that decide the ranking.
    reranker_revision, reader_revision
        Hashes of the files of these models; empty for those of the hub or of a server.
    judge
        What says whether citations support a statement.
    questions, corpus
        Hashes of the questions with their gold data, and of the documents.
    index
        The index that was asked, as named; empty for a temporary one.
    """

    embedder: str
    revision: str
    reranker: str
    reader: str
    typing: str
    limit: int | None
    distractors: tuple[str, ...]
    depth: int
    warm_up: int
    versions: Mapping[str, str]
    reranker_revision: str = ""
    reader_revision: str = ""
    judge: str = WORDS
    questions: str = ""
    corpus: str = ""
    index: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A run's figures and what they are about.

    Attributes
    ----------
    kinds
        Figures by kind of question; empty when the collection tells no kinds.
    near_misses
        What happened to near misses made from the questions; None when none were asked for.
    without_gold
        What happened to the questions without their documents; None when not asked for.
    """

    collection: str
    questions: int
    documents: int
    passages: int
    summary: Summary
    settings: Settings
    kinds: Mapping[str, Figures] = field(default_factory=dict)
    near_misses: NearMissFigures | None = None
    without_gold: WithoutGoldFigures | None = None

    def as_json(self) -> dict[str, object]:
        """Return the report in the form of the commands' JSON.

        ``counts`` (questions or citations per figure), ``margins`` (half of each 95 % interval by
        the normal approximation) and ``intervals`` (by bootstrap, ``[low, high]``) mirror the
        groups of figures. All that is timed stands in ``latency_ms``. ``kinds`` is
        empty where no kinds are told, and ``near_misses`` and ``without_gold`` are there only
        where they were asked for.
        """
        groups = self.summary.groups()
        return {
            "collection": self.collection,
            "questions": self.questions,
            "documents": self.documents,
            "passages": self.passages,
            **{
                group: {name: _rounded(figure.value) for name, figure in figures.items()}
                for group, figures in groups.items()
            },
            "counts": {
                group: {name: figure.count for name, figure in figures.items()}
                for group, figures in groups.items()
            },
            "margins": {
                group: {name: _rounded(figure.margin) for name, figure in figures.items()}
                for group, figures in groups.items()
                if group != "latency_ms"
            },
            "intervals": {
                group: self._intervals(group, figures)
                for group, figures in groups.items()
                if group != "latency_ms"
            },
            "risk_coverage": [_rounded_all(point) for point in self.summary.risk_coverage],
            "kinds": {
                kind: {
                    "questions": figures["refused"].count,
                    **{name: _rounded(figure.value) for name, figure in figures.items()},
                }
                for kind, figures in self.kinds.items()
            },
            **({"near_misses": self.near_misses.as_json()} if self.near_misses else {}),
            **({"without_gold": self.without_gold.as_json()} if self.without_gold else {}),
            "settings": {**asdict(self.settings), "distractors": list(self.settings.distractors)},
        }

    def _intervals(self, group: str, figures: Figures) -> dict[str, list[float]]:
        known = self.summary.intervals
        return {
            name: list(_rounded_all(known[f"{group}.{name}"]).values())
            for name in figures
            if f"{group}.{name}" in known
        }

    def as_table(self) -> str:
        """Return the report as aligned Markdown, in Vietnamese."""
        heading = (
            f"# {self.collection}\n\n{self.questions} câu hỏi, {self.documents} tài liệu,"
            f" {self.passages} đoạn; {self._setting_line()}.\n"
        )
        tables = ["\n".join([heading, *aligned(list(self._rows()))]) + "\n"]
        tables += [kinds_as_table(self.kinds)] if self.kinds else []
        tables += [self.near_misses.as_table()] if self.near_misses else []
        tables += [self.without_gold.as_table()] if self.without_gold else []
        return "\n".join(tables)

    def _setting_line(self) -> str:
        settings = self.settings
        parts = [f"gõ {settings.typing}", f"mô hình {settings.embedder}"]
        if settings.distractors:
            parts.append(f"gây nhiễu {', '.join(settings.distractors)}")
        return "; ".join(parts)

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        yield "Số đo", "Giá trị", "Số lượng"
        for group, figures in self.summary.groups().items():
            yield f"**{_GROUPS[group]}**", "", ""
            for name, figure in figures.items():
                yield _FIGURES[name], _spelled(group, figure), str(figure.count)


def _rounded_all(value: Interval | RiskPoint) -> dict[str, float]:
    return {name: round(number, _DIGITS) for name, number in asdict(value).items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _spelled(group: str, figure: Figure) -> str:
    """Return a figure for reading: ``0.713 ± 0.019``, ``41.2`` for times, ``–`` for nothing."""
    if figure.value is None:
        return "–"
    if group == "latency_ms":
        return f"{figure.value:.1f}"
    spread = "" if figure.margin is None else f" ± {figure.margin:.3f}"
    return f"{figure.value:.3f}{spread}"
