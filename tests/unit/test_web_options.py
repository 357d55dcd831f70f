"""Flags and variables of the page, and what the manuals say of them."""

import re
from pathlib import Path

import pytest

from web.options import parser, variable

MANUALS = ["MANUAL.md", "MANUAL.vi.md"]


def flags() -> list[str]:
    found = re.findall(r"^  (--[\w-]+)", parser({}).format_help(), re.MULTILINE)
    assert len(found) > 10
    return found


@pytest.mark.parametrize("manual", MANUALS)
def test_the_manual_lists_every_flag_of_the_help_with_its_variable_and_default(
    manual: str,
) -> None:
    rows = {}
    for line in Path(manual).read_text("utf-8").splitlines():
        if line.startswith("| `--"):
            flag, name, default = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:4])
            rows[flag.strip("`").split(" ")[0]] = (name.strip("`"), default)
    assert list(rows) == flags()
    options = parser({}).parse_args([])
    for flag, (name, default) in rows.items():
        assert name == variable(flag)
        value = getattr(options, flag.removeprefix("--").replace("-", "_"))
        if value is not None:
            assert f"`{int(value) if isinstance(value, bool) else value}`" == default


def test_the_help_names_the_variable_of_every_flag() -> None:
    text = " ".join(parser({}).format_help().split())
    for flag in flags():
        assert f"[{variable(flag)}]" in text


def test_a_variable_sets_what_the_flag_would_and_the_flag_wins() -> None:
    environment = {"DANCHUNG_PORT": "8000", "DANCHUNG_MCP": "1", "DANCHUNG_DATA": "/tmp/x"}  # noqa: S108
    options = parser(environment).parse_args([])
    assert (options.port, options.mcp, options.data) == (8000, True, Path("/tmp/x"))  # noqa: S108
    options = parser(environment).parse_args(["--port", "9000", "--no-mcp"])
    assert (options.port, options.mcp) == (9000, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("DANCHUNG_PORT", "x"), ("DANCHUNG_AT_ONCE", "0"), ("DANCHUNG_MCP", "maybe")],
)
def test_a_bad_variable_is_a_bad_argument(
    name: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser({name: value}).parse_args([])
    assert stopped.value.code == 2
    assert value in capsys.readouterr().err


def test_an_empty_variable_is_none() -> None:
    assert parser({"DANCHUNG_PORT": "", "DANCHUNG_MCP": ""}).parse_args([]).port == 7860
