"""The command line of the page: what is refused before anything is loaded."""

import socket
import subprocess
import sys

import pytest

from app import main


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.com", ""])  # noqa: S104 - refused
def test_an_address_others_can_reach_is_refused_in_one_line(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--host", host]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "--host" in error
    assert "127.0.0.1" in error


def test_a_busy_port_is_told_in_one_line_that_names_the_flag(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(port) in error
    assert "--port" in error


@pytest.mark.parametrize(
    "arguments", [["--port", "x"], ["--port", "0"], ["--port", "70000"], ["?"]]
)
def test_bad_arguments_exit_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_importing_the_command_loads_neither_gradio_nor_numpy() -> None:
    code = "import app, sys; print(sorted({'gradio', 'numpy', 'faiss'} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
