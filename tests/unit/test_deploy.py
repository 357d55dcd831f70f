"""What is in `deploy/`: checked by the tools that read it, where they are; never run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from web.options import parser, variable

DEPLOY = Path("deploy")
VARIABLES = re.compile(r"DANCHUNG_[A-Z_]+")
NO_FLAG = {"DANCHUNG_API_KEY", "DANCHUNG_MILVUS_TOKEN", "DANCHUNG_FOLDER"}
"""Secrets have no flag on purpose; the folder is the compose file's own."""


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_variable_is_one_that_the_page_reads(file: Path) -> None:
    flags = re.findall(r"^  (--[\w-]+)", parser({}).format_help(), re.MULTILINE)
    known = {variable(flag) for flag in flags} | NO_FLAG
    assert set(VARIABLES.findall(file.read_text("utf-8"))) <= known


def test_the_dockerfile_has_nothing_to_mend() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(  # noqa: S603 - a linter of our own environment
        [hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_dockerfile_copies_every_package_and_no_more() -> None:
    copied = set(re.findall(r"^COPY (\w+) ", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M))
    assert copied == {"documents", "index", "qa", "eval", "web", "models"}


def test_the_services_have_no_rights_they_do_not_need() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    page = services["page"]
    assert page["read_only"]
    assert page["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in page["ports"])
    assert [name for name, service in services.items() if "profiles" not in service] == ["page"]
    assert not [s for name, s in services.items() if name != "page" and "ports" in s]


@pytest.mark.skipif(shutil.which("docker") is None, reason="docker is not installed")
def test_the_compose_file_is_understood_by_docker() -> None:
    done = subprocess.run(
        ["docker", "compose", "--file", "deploy/compose.yaml", "config", "--quiet"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "is not a docker command" in done.stderr or "unknown flag" in done.stderr:
        pytest.skip("docker has no compose")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_is_understood_by_systemd(tmp_path: Path) -> None:
    unit = (DEPLOY / "danchung.service").read_text("utf-8")
    # The program is not installed where the unit looks for it.
    (tmp_path / "danchung.service").write_text(
        unit.replace("/opt/danchung/.venv/bin/python", sys.executable), "utf-8"
    )
    done = subprocess.run(  # noqa: S603
        ["systemd-analyze", "verify", "--man=no", tmp_path / "danchung.service"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not [line for line in done.stderr.splitlines() if "danchung.service" in line]
