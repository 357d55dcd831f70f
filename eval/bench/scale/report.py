"""The report of a measurement by size: as JSON and as a Vietnamese table. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.bench.scale.measuring import Built, Latency, Served
from eval.markdown import aligned

_EXPLANATION = (
    "Mỗi bước chạy trong một tiến trình riêng, qua đúng các lệnh đồng bộ và hỏi đáp. Bộ nhớ lập chỉ"
    " mục là mức cao nhất của mọi tiến trình cộng lại; bộ nhớ phục vụ là khi đã trả lời các câu"
    " hỏi, gồm các trang tệp mà hệ điều hành thu hồi được. Câu hỏi là tiêu đề và phần câu lấy ngẫu"
    " nhiên từ tài liệu. recall@10 so tìm theo nghĩa với tìm chính xác."
)


@dataclass(frozen=True, slots=True)
class SyncSeconds:
    """Of a sync after one document changed, and after nothing did."""

    one_changed: float
    nothing_changed: float


@dataclass(frozen=True, slots=True)
class Size:
    """All that was measured of one index; ``asked`` is the number of passages wanted."""

    asked: int
    built: Built
    recall: float
    served: Served
    syncs: SyncSeconds

    @property
    def slowdown(self) -> float:
        """How many times as long the slowest twentieth of answers takes beside a sync."""
        return self.served.during.answer["p95"] / self.served.idle.answer["p95"]

    @property
    def resident_mebibytes(self) -> float | None:
        """What the answering process held; None where the system does not tell."""
        return self.served.memory.total if self.served.memory else None

    def as_json(self) -> dict[str, object]:
        """Return the size for ``scale.json``."""
        built, served = self.built, self.served
        return {
            "asked": self.asked,
            "documents": built.documents,
            "passages": built.passages,
            "build": {
                "seconds": round(built.seconds, 3),
                "processor_seconds": round(built.processor_seconds, 3),
                "publishing_seconds": round(built.publishing, 3),
                "passages_per_second": round(built.passages / built.seconds, 1),
                "peak_mebibytes": _rounded(built.peak_mebibytes),
                "disk_mebibytes": _rounded(built.disk_mebibytes),
            },
            "dense_recall@10": round(self.recall, 4),
            "serving": {
                "opened_seconds": round(served.opened_seconds, 3),
                "resident_mebibytes": _rounded(self.resident_mebibytes),
                "of_files_mebibytes": _rounded(served.memory.of_files if served.memory else None),
            },
            "idle": _latency(served.idle),
            "during_sync": {
                **_latency(served.during),
                "sync_seconds": round(served.sync_seconds, 3),
                "p95_ratio": round(self.slowdown, 3),
            },
            "sync": {
                "one_changed_seconds": round(self.syncs.one_changed, 3),
                "nothing_changed_seconds": round(self.syncs.nothing_changed, 3),
            },
        }


FIGURES: Mapping[str, Callable[[Size], float | None]] = {
    "lập chỉ mục (s)": lambda size: size.built.seconds,
    "lập chỉ mục, thời gian xử lý (s)": lambda size: size.built.processor_seconds,
    "bộ nhớ lập chỉ mục (MiB)": lambda size: size.built.peak_mebibytes,
    "chỉ mục trên đĩa (MiB)": lambda size: size.built.disk_mebibytes,
    "bộ nhớ phục vụ (MiB)": lambda size: size.resident_mebibytes,
    "tìm p50 (ms)": lambda size: size.served.idle.retrieve["p50"],
    "tìm p95 (ms)": lambda size: size.served.idle.retrieve["p95"],
    "trả lời p50 (ms)": lambda size: size.served.idle.answer["p50"],
    "trả lời p95 (ms)": lambda size: size.served.idle.answer["p95"],
    "đồng bộ một bài đổi (s)": lambda size: size.syncs.one_changed,
    "đồng bộ khi không đổi (s)": lambda size: size.syncs.nothing_changed,
}
"""What grows with the size, by what it is called in tables and drawings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a measurement was made with; ``real`` texts are of a folder, others are made up."""

    real: bool
    seed: int
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScaleReport:
    """All sizes, in the order asked for."""

    sizes: tuple[Size, ...]
    settings: Settings

    def as_json(self) -> dict[str, object]:
        """Return the report in the form of the commands' JSON."""
        settings = self.settings
        return {
            "sizes": [size.as_json() for size in self.sizes],
            "settings": {
                "texts": "data" if settings.real else "made up",
                "seed": settings.seed,
                "versions": dict(settings.versions),
            },
        }

    def as_markdown(self) -> str:
        """Return a table with a column for each size, in Vietnamese."""
        texts = "có thật" if self.settings.real else "bịa từ các âm tiết"
        rows = [
            ("", *(f"{size.built.passages} đoạn" for size in self.sizes)),
            ("tài liệu", *(str(size.built.documents) for size in self.sizes)),
            (
                "đoạn/giây",
                *(f"{size.built.passages / size.built.seconds:.0f}" for size in self.sizes),
            ),
            *((name, *_cells(of, self.sizes)) for name, of in FIGURES.items()),
            ("recall@10 theo nghĩa", *(f"{size.recall:.3f}" for size in self.sizes)),
            ("p95 khi đang đồng bộ, so với lúc rảnh", *(_ratio(size) for size in self.sizes)),
        ]
        table = "\n".join(aligned(rows))
        return f"# Chỉ mục khi lớn lên\n\nVăn bản {texts}. {_EXPLANATION}\n\n{table}\n"


def _cells(of: Callable[[Size], float | None], sizes: Sequence[Size]) -> Sequence[str]:
    values = (of(size) for size in sizes)
    return ["–" if value is None else f"{value:.2f}" for value in values]


def _ratio(size: Size) -> str:
    return f"{size.slowdown:.2f} lần"


def _latency(latency: Latency) -> dict[str, object]:
    return {
        "questions": latency.questions,
        "retrieve_ms": {name: round(value, 3) for name, value in latency.retrieve.items()},
        "answer_ms": {name: round(value, 3) for name, value in latency.answer.items()},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
