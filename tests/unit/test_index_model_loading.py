"""Models by a hub name where there is no hub."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import index.cli

ASKED = """
import sys
from index.embedding import load_embedder
from index.errors import EmbedderError
from index.reranking import load_reranker

for load in (load_embedder, lambda name: load_reranker(name, None)):
    try:
        load(sys.argv[1])
    except EmbedderError as error:
        print(error)
print("torch" in sys.modules)
"""


@pytest.mark.parametrize("name", ["no/such-model", "no-such-model", "no such model"])
def test_a_hub_name_without_network_is_refused_before_torch_is_imported(
    tmp_path: Path, name: str
) -> None:
    """Importing it takes ten seconds on two busy cores; the answer is known at once."""
    alone = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    asked = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", ASKED, name],
        env={**os.environ, **alone, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    embedder, reranker, has_torch = asked.stdout.splitlines()
    assert embedder.endswith("--embedder bundled")
    assert reranker.endswith("--reranker bundled")
    assert (has_torch, asked.stderr) == ("False", "")


def test_an_empty_name_is_no_wish_for_the_bundled_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--embedder "$MODEL"` with the variable unset must not index with another model."""
    (tmp_path / "a.txt").write_text("Kiểm lâm giữ rừng.", encoding="utf-8")
    wanted = ["--index", str(tmp_path / "index"), "--embedder", ""]
    assert index.cli.main(["sync", str(tmp_path), *wanted]) == 1
    assert "tên để trống" in capsys.readouterr().err
