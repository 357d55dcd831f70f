"""What to evaluate, and with what."""

from dataclasses import dataclass
from pathlib import Path

from eval.typing_styles import TypingStyle

WORDS = "words"
"""The judge of citations that compares words, without a model."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to evaluate.

    Attributes
    ----------
    collection
        A SQuAD file, a JSON Lines file (ALQAC's and FAQs among them), or a BEIR folder.
    distractors
        SQuAD and FAQ files whose texts are added to the documents.
    limit
        The most questions to ask, or None for all.
    index, documents
        For JSON Lines: an index in place, or a folder to index; one of the two. For ALQAC
        ``documents`` may name the file of the laws.
    embedder
        Name of the model, or None for the bundled one.
    reranker
        ``bundled``, ``none``, or the name of a cross-encoder.
    reader
        ``extractive``, the name of a model, or ``URL#MODEL``.
    near_misses
        Also ask near misses made from the questions.
    without_gold
        Also ask every question without the documents that answer one of them.
    judge
        Of citations: ``words``, or the name of a language-inference model.
    """

    collection: Path
    distractors: tuple[Path, ...] = ()
    typing: TypingStyle = TypingStyle.ACCENTED
    limit: int | None = None
    index: Path | None = None
    documents: Path | None = None
    embedder: str | None = None
    reranker: str = "bundled"
    reader: str = "extractive"
    near_misses: bool = False
    without_gold: bool = False
    judge: str = WORDS
