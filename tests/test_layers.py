"""The import direction of the house, read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "documents": {"documents"},
    "index": {"documents", "index"},
    "qa": {"documents", "index", "qa"},
    "eval": {"documents", "index", "qa", "eval"},
    "web": {"documents", "index", "qa", "eval", "web"},
    "app": {"documents", "index", "qa", "eval", "web"},
    "training": {"documents", "index", "qa", "eval", "training"},
}


def imported_packages(source: str) -> Iterator[str]:
    """Yield the top-level name of every import of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def modules() -> list[Path]:
    """Return every module of the house."""
    return sorted(
        path
        for package in MAY_IMPORT
        for path in [*(ROOT / package).rglob("*.py"), ROOT / f"{package}.py"]
        if path.exists()
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_below(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = set(imported_packages(path.read_text(encoding="utf-8"))) & set(MAY_IMPORT)
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("package", ["documents", "index", "qa", "eval", "web", "app.py"])
def test_eval_is_imported_by_name_only(package: str) -> None:
    """`import eval` would hide the built-in function of that name."""
    for path in modules():
        if path.relative_to(ROOT).parts[0] == package:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
            assert "eval" not in names


def test_the_reader_of_imports_sees_both_forms() -> None:
    source = "import web.page\nfrom qa.answer import Answer\ndef f():\n    from index import hit"
    assert set(imported_packages(source)) == {"web", "qa", "index"}
