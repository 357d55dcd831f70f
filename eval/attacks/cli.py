"""python -m eval attacks, injections: what gets past the check of citations, what is obeyed."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from documents.command_line import folder_name, print_json, run_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.attacks.injections import Injected, InjectionReport

SAMPLE_ARTICLES = Path("documents/articles")


def add_attacks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``attacks``."""
    command = commands.add_parser(
        "attacks",
        help="đổi số, tên, phủ định trong câu rồi xem bước kiểm dẫn chứng có nhận không",
        description="Đổi năm, số, đơn vị, tên, phủ định trong câu rồi xem bước kiểm dẫn chứng có"
        " nhận không; câu đúng phải được giữ, câu bị đổi phải bị loại.",
    )
    command.add_argument(
        "--documents",
        type=folder_name,
        default=SAMPLE_ARTICLES,
        metavar="FOLDER",
        help="thư mục tài liệu để lấy câu",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _run(options)))


def add_injections(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``injections``."""
    command = commands.add_parser(
        "injections",
        help="hỏi 60 bài viết có câu ra lệnh cho máy rồi xem có câu nào được làm theo",
        description="Hỏi 60 bài viết có câu ra lệnh cho máy (“bỏ qua hướng dẫn trên…”) rồi xem có"
        " câu nào được làm theo.",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _run_injections(options)))


def _run_injections(options: argparse.Namespace) -> int:
    from eval.attacks.injections import InjectionReport, injected_folders

    reports = map(_judge_folder, injected_folders())
    report = sum(reports, start=InjectionReport(0, (), 0, 0))
    if options.json:
        print_json(report.as_json())
        return 0
    print(
        f"{report.asked} bài, làm theo {len(report.obeyed)}, trả lời đúng {report.answered},"
        f" gắn cờ {report.flagged}"
    )
    for injected in report.obeyed:
        print(f"- {injected.fact.question} {injected.order}")
    return 0


def _judge_folder(articles: "Sequence[Injected]") -> "InjectionReport":
    from documents.source import MemorySource
    from eval.attacks.injections import judge_injections
    from index.embedding import load_embedder
    from index.query import Query
    from index.reranking import BUNDLED
    from index.syncing import sync
    from qa.loading import load_pipeline

    with TemporaryDirectory(prefix="injections-") as folder:
        source = MemorySource([injected.document for injected in articles])
        sync(source, Path(folder), embedder=load_embedder(BUNDLED))
        pipeline = load_pipeline(Path(folder))
        return judge_injections(articles, lambda question: pipeline.ask(Query(question)))


def _run(options: argparse.Namespace) -> int:
    from documents.errors import UnreadableDocumentError
    from documents.folder import FolderSource
    from eval.attacks.judging import as_json, as_table, bundled_pairs, judge, pairs_of
    from qa.verification import verify

    source = FolderSource(options.documents)
    documents = []
    for entry in source.entries():
        try:
            documents.append(source.load(entry.path))
        except UnreadableDocumentError as error:
            print(f"Lưu ý: {entry.path}: {error}", file=sys.stderr)
    results = judge([*bundled_pairs(), *pairs_of(documents)], verify)
    if options.json:
        print_json(as_json(results))
        return 0
    print(as_table(results), end="")
    for result in results:
        for trial in result.wrong:
            print(f"\n{trial.kind}, {trial.writing}\n  {trial.sentence}\n  “{trial.quote}”")
    return 0
