"""python -m eval: all its commands."""

import argparse
from collections.abc import Sequence

from eval.attacks.cli import add_attacks, add_injections
from eval.bench.cli import add_bench
from eval.conversing.cli import add_dialogues
from eval.exam.cli import add_exam
from eval.feedback_cli import add_feedback
from eval.reporting.cli import add_report
from eval.run_cli import add_run
from eval.runs.cli import add_changed, add_compare, add_history, add_score


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Chấm chất lượng hỏi đáp.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    add_run(commands)
    add_report(commands)
    add_compare(commands)
    add_history(commands)
    add_changed(commands)
    add_score(commands)
    add_dialogues(commands)
    add_bench(commands)
    add_attacks(commands)
    add_injections(commands)
    add_feedback(commands)
    add_exam(commands)
    options = parser.parse_args(arguments)
    code: int = options.start(options)
    return code
