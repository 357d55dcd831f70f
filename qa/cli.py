"""python -m qa: one question, one cited answer; python -m qa verify: is a quote's card true."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from documents.command_line import folder_name, print_json, run_command
from index.cli import DEFAULT_INDEX

if TYPE_CHECKING:
    from qa.answer import Answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["verify"]:
        checked = _card_parser().parse_args(arguments[1:])
        return run_command(lambda: _verify(checked))
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.since and options.until and options.since > options.until:
        parser.error(f"--since {options.since} sau --until {options.until}")
    return run_command(lambda: _ask(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa", description="Hỏi một câu, nhận câu trả lời có dẫn chứng."
    )
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument(
        "--index",
        type=folder_name,
        default=DEFAULT_INDEX,
        metavar="DIR",
        help="thư mục chỉ mục",
    )
    parser.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="QUESTION",
        help="câu đã hỏi ngay trước, để hiểu câu hỏi nối tiếp (dùng được nhiều lần, theo thứ tự)",
    )
    parser.add_argument(
        "--reader",
        default="extractive",
        metavar="NAME|URL#MODEL",
        help="trình đọc: extractive, mô hình trên hub hoặc thư mục, hoặc mô hình của máy chủ",
    )
    parser.add_argument(
        "--reranker",
        default="bundled",
        metavar="NAME",
        help="bộ xếp hạng: bundled, none, tên trên hub hoặc thư mục",
    )
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="chỉ tài liệu đăng từ ngày này: NĂM-THÁNG-NGÀY"
    )
    parser.add_argument(
        "--until", type=_day, metavar="DATE", help="chỉ tài liệu đăng đến hết ngày này"
    )
    parser.add_argument("--source", default="", metavar="S", help="chỉ tài liệu của nguồn này")
    parser.add_argument("--kind", default="", metavar="K", help="chỉ tệp có đuôi này, ví dụ pdf")
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="PATH",
        help="chỉ tài liệu này (dùng được nhiều lần)",
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    return parser


def _card_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa verify", description="Kiểm tra một thẻ trích dẫn với chỉ mục."
    )
    parser.add_argument("card", metavar="CARD", help="tệp JSON của thẻ, hoặc - để đọc từ stdin")
    parser.add_argument(
        "--index", type=folder_name, default=DEFAULT_INDEX, metavar="DIR", help="thư mục chỉ mục"
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    return parser


def _verify(options: argparse.Namespace) -> int:
    from index.manifest import read_manifest
    from index.store import Store
    from qa.quote_card import check_card, read_card

    card = read_card(options.card)
    generation = read_manifest(options.index).generation
    store = Store(options.index)
    checked = check_card(card, store.document(card.document, generation=generation))
    store.close()
    if options.json:
        print_json({"valid": checked.is_valid, "verdict": checked.verdict, **card.as_json()})
    else:
        print(checked.verdict)
    return 0 if checked.is_valid else 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r}: cần một ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2020-11-26"
        ) from None


def _ask(options: argparse.Namespace) -> int:
    from index.query import Query
    from qa.history import Turn, remember
    from qa.loading import load_pipeline

    pipeline = load_pipeline(options.index, reranker=options.reranker, reader=options.reader)
    history: tuple[Turn, ...] = ()
    for question in (*options.after, options.question):
        query = Query(
            question,
            options.since,
            options.until,
            options.source,
            kind=options.kind.removeprefix("."),
            documents=tuple(options.document),
        )
        answer = pipeline.ask(query, history=history)
        history = (*history, remember(answer))
    if options.json:
        print_json(answer.as_json(pipeline.explain(answer)))
    else:
        print(as_text(answer))
    return 0


def as_text(answer: "Answer") -> str:
    """Return an answer for a terminal: its few words, text, sources, what is struck, leads."""
    from qa.answer import DISAGREEMENT, head

    short = head(answer)
    lines = [f"(Đang tìm: {answer.understood})", ""] if answer.follows else []
    lines += [DISAGREEMENT] if answer.disagreement else []
    lines += [*([short, ""] if short else []), answer.text]
    lines += [*([f"({answer.note})"] if answer.note else []), ""]
    for citation in answer.citations:
        lines.append(f"[{citation.marker}] {_described(citation.title, citation.published)}")
        lines.append(f"    {citation.document}:{citation.start}-{citation.end}")
        lines.append(f"    “{' '.join(citation.quote.split())}”")
        if citation.gives_orders:
            lines.append(
                "    Cẩn thận: tài liệu này có câu ra lệnh cho máy; không câu nào được theo."
            )
    if answer.struck:
        lines.append(f"Đã gạch {len(answer.struck)} câu của mô hình vì thiếu dẫn chứng:")
        lines += [f"  ✗ {sentence}" for sentence in answer.struck]
    if answer.refused:
        for hit in answer.hits[:3]:
            lines.append(f"- {_described(hit.title, hit.published)} ({hit.passage.document})")
            lines.append(f"    {' '.join(hit.passage.text.split())[:300]}")
    return "\n".join(lines).rstrip()


def _described(title: str, published: date | None) -> str:
    return f"{title} ({published:%d/%m/%Y})" if published else title
