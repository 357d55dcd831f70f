"""python -m eval exam: a collection made from the user's own documents."""

import argparse
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import folder_name, positive, print_json, run_command
from documents.errors import DanChungError
from eval.arguments import add_progress, progress_of

if TYPE_CHECKING:
    from eval.exam.composing import Exam

DEFAULT_INDEX = Path("var/index")
DEFAULT_OUTPUT = Path("var/exam.jsonl")
_EXAMPLES = 3


def add_exam(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``exam``."""
    command = commands.add_parser(
        "exam",
        help="ra đề từ tài liệu của bạn",
        description="Ra đề từ chính các tài liệu trong chỉ mục, không cần mạng, không cần mô hình"
        " ngôn ngữ; cùng chỉ mục và cùng --seed thì cùng đề.",
    )
    command.add_argument(
        "--index", type=folder_name, default=DEFAULT_INDEX, metavar="DIR",
        help="chỉ mục (mặc định %(default)s)",
    )  # fmt: skip
    command.add_argument(
        "--questions", type=positive, default=100, metavar="N", help="số câu (mặc định %(default)s)"
    )
    command.add_argument(
        "--seed", type=int, default=0, metavar="S", help="số gieo (mặc định %(default)s)"
    )
    command.add_argument(
        "--output", type=Path, default=DEFAULT_OUTPUT, metavar="FILE",
        help="tệp .jsonl để ghi (mặc định %(default)s)",
    )  # fmt: skip
    add_progress(command)
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _exam(options)))


def _exam(options: argparse.Namespace) -> int:
    from eval.exam.composing import make_exam
    from eval.exam.corpus import Corpus
    from eval.progress import Step, counted

    corpus = Corpus(options.index)
    try:
        exam = make_exam(
            corpus,
            questions=options.questions,
            seed=options.seed,
            progress=partial(counted, progress_of(options), Step.READ),
        )
    finally:
        corpus.close()
    if not exam.lines:
        raise DanChungError(
            f"{options.index}: đã xem {exam.documents} tài liệu mà không thấy điều gì hỏi được;"
            " cần tài liệu có câu văn nêu ngày tháng, con số, tên người hoặc điều luật"
        )
    if len(exam.lines) < options.questions:
        print(
            f"Lưu ý: chỉ ra được {len(exam.lines)} câu trong {options.questions} câu muốn có,"
            f" từ {exam.documents} tài liệu.",
            file=sys.stderr,
        )
    _write(options.output, exam)
    if options.json:
        print_json(_as_json(exam, options))
    else:
        print(_told(exam, options), end="")
    return 0


def _write(file: Path, exam: "Exam") -> None:
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in exam.lines)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(file)
    except OSError as error:
        raise DanChungError(
            f"{file}: không ghi được ({error.strerror}); hãy chọn tệp khác bằng --output"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _as_json(exam: "Exam", options: argparse.Namespace) -> dict[str, object]:
    return {
        "file": str(options.output),
        "questions": len(exam.lines),
        "wanted": options.questions,
        "seed": options.seed,
        "documents": exam.documents,
        "documents_used": exam.used,
        "kinds": dict(sorted(exam.kinds().items())),
    }


def _told(exam: "Exam", options: argparse.Namespace) -> str:
    from eval.kinds import KINDS

    lines = [
        f"{len(exam.lines)} câu từ {exam.used} trong {exam.documents} tài liệu: {options.output}"
    ]
    counts = exam.kinds()
    lines += [f"  {counts[kind]:4d}  {said}" for kind, said in KINDS.items() if counts[kind]]
    lines.append("Ví dụ:")
    step = max(1, len(exam.lines) // _EXAMPLES)
    for line in exam.lines[::step][:_EXAMPLES]:
        answers = line["answers"]
        answer = answers[0] if isinstance(answers, list) and answers else "không có đáp án"
        lines.append(f"  {line['question']} → {answer}")
    lines.append(f"Chấm: python -m eval run {options.output} --index {options.index}")
    return "\n".join(lines) + "\n"
