"""Measure indexes of several sizes, one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from documents.errors import DanChungError
from eval.bench.scale.corpus import Corpus
from eval.bench.scale.measuring import (
    bring_up_to_date,
    build,
    in_own_process,
    recall,
    serve,
)
from eval.bench.scale.report import ScaleReport, Settings, Size, SyncSeconds
from eval.bench.scale.texts import PATTERN, articles
from eval.versions import library_versions

SEED = 0
_LEAST_ADDED, _SHARE_ADDED = 1_000, 0.05
"""A sync that questions are asked beside adds so many passages, or this share of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure.

    Attributes
    ----------
    passages
        About how many each index is to have, in the order to be measured.
    data
        Folder of articles; None for made-up ones.
    place
        Where documents and indexes are put; None for the system's folder of temporary files.
    keep
        Leave them there.
    """

    passages: tuple[int, ...]
    data: Path | None
    place: Path | None = None
    keep: bool = False


def measure(plan: Plan, *, tell: Callable[[str], None] = lambda _: None) -> ScaleReport:
    """Carry out a plan; ``tell`` is given a Vietnamese line at each step.

    Raises
    ------
    DanChungError
        The data cannot be read, or the index cannot be made.
    """
    if plan.data is not None and not any(plan.data.glob(PATTERN)):
        raise DanChungError(f"{plan.data}: không có tệp {PATTERN} nào; hãy chọn thư mục khác")
    sizes = tuple(_measured(count, plan, tell) for count in plan.passages)
    return ScaleReport(sizes, Settings(plan.data is not None, SEED, library_versions()))


def _measured(count: int, plan: Plan, tell: Callable[[str], None]) -> Size:
    """Measure one size: each step in a process of its own, on the same folder of documents."""
    with _workplace(count, plan) as place:
        documents, index = place / "documents", place / "index"
        corpus = Corpus(documents, articles(plan.data, seed=SEED), seed=SEED)
        tell(f"{count} đoạn: đang viết tài liệu")
        corpus.write_passages(count)
        tell(f"{count} đoạn: đang lập chỉ mục {corpus.documents} tài liệu")
        built = in_own_process(build, documents, index)
        tell(f"{count} đoạn: lập chỉ mục hết {built.seconds:.1f} giây; đang so với tìm chính xác")
        found = in_own_process(recall, index, corpus.questions())
        tell(f"{count} đoạn: recall@10 {found:.3f}; đang hỏi")
        questions = corpus.questions()
        corpus.write_passages(max(_LEAST_ADDED, int(_SHARE_ADDED * count)))
        served = in_own_process(serve, documents, index, questions)
        tell(f"{count} đoạn: tìm p95 {served.idle.retrieve['p95']:.1f} ms; đang đồng bộ lại")
        corpus.change_one()
        changed = in_own_process(bring_up_to_date, documents, index)
        unchanged = in_own_process(bring_up_to_date, documents, index)
        return Size(count, built, found, served, SyncSeconds(changed, unchanged))


@contextmanager
def _workplace(count: int, plan: Plan) -> Iterator[Path]:
    """Lend a folder for one size, which goes when it is measured unless it is to be kept."""
    place = Path(mkdtemp(prefix=f"scale-{count}-", dir=plan.place))
    try:
        yield place
    finally:
        if not plan.keep:
            rmtree(place, ignore_errors=True)
