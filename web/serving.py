"""From the settings of ``python app.py`` to a page being served."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import DanChungError
from index.manifest import read_manifest
from qa.loading import load_pipeline
from web.identity import Identities
from web.page import build_page
from web.server import Place, open_page
from web.visits import open_kept

if TYPE_CHECKING:
    from qa.pipeline import Pipeline
    from web.accounts import Accounts


@contextmanager
def open_chat(options: argparse.Namespace, accounts: "Accounts | None") -> Iterator[str]:
    """Serve the page for as long as the block lasts; the value is its address.

    Raises
    ------
    DanChungError
        The index is missing or damaged, a model cannot be loaded, or the page not be opened.
    """
    pipeline = load_pipeline(options.index, embedder=options.embedder, reader=options.reader)
    page = build_page(pipeline, open_kept(options.data))
    place = Place(
        options.host,
        options.port,
        identities=Identities(accounts) if accounts else None,
        trusted_proxy=options.trusted_proxy,
    )
    try:
        yield open_page(page, place, health=partial(health, options.index, pipeline))
    finally:
        page.close(verbose=False)


def health(index: Path, pipeline: "Pipeline") -> dict[str, Any]:
    """Return whether questions can be answered, for anybody who asks: no names, no paths."""
    try:
        return {
            "ok": True,
            "generation": read_manifest(index).generation,
            "documents": len(pipeline.documents()),
        }
    except (DanChungError, OSError):
        return {"ok": False}
