"""What every command shares: exit codes and where output goes."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from documents.errors import DanChungError


def run_command(command: Callable[[], int]) -> int:
    """Run a command; return its exit code, or 1 with one line on stderr for a user's error.

    Ctrl-C ends it with 130 and no trace.
    """
    try:
        code = command()
        sys.stdout.flush()
        return code  # noqa: TRY300 - the flush may fail too
    except DanChungError as error:
        print(" ".join(str(error).split()), file=sys.stderr)  # noqa: T201 - a command's output
        return 1
    except BrokenPipeError:
        # Whoever read the output (`head`) has gone; what is still in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Đã dừng.", file=sys.stderr)  # noqa: T201
        return 130


def folder_name(text: str) -> Path:
    """Return a folder named on the command line; the empty name is no folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("cần tên một thư mục")
    return Path(text)


def positive(text: str) -> int:
    """Return a number of the command line that is at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: cần một số nguyên từ 1 trở lên")
    return int(text)


def print_json(value: object) -> None:
    """Print one JSON object on stdout, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8"))
        buffer.flush()
