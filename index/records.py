"""What goes into the store and comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from documents.document import Document, Passage


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id and what is known of its document."""

    passage_id: int
    passage: Passage
    title: str
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors by passage: ids of shape (n,), rows of shape (n, dimension), float32."""

    ids: NDArray[np.int64]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document ready to be stored; vectors of shape (passages, dimension)."""

    document: Document
    fingerprint: str
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
