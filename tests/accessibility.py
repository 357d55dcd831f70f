"""What axe-core finds wrong with a page for those who cannot see, point or tell colours."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page


def findings(page: Page, view: str) -> list[str]:
    """Return what axe-core objects to, each with the view and the element."""
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{view}: {one['impact']} {one['id']} {node['target']} {node['html'][:120]}"
        for one in violations
        for node in one["nodes"]
    ]
