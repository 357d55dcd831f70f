"""A language-inference model as the judge of citations, as ALCE has one; by name or folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.citation_support import Judge, WordJudge
from eval.plan import WORDS
from index.model_folder import ModelKind, UnusableModelError
from index.model_loading import complete_weights, load_model


class NliJudge:
    """A sequence classification model of transformers with a label that says "entailment".

    The quotes are the premise, the statement the hypothesis; what is longer than the model reads
    is cut from the quotes. A statement is supported when that label is the likeliest.
    """

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        self.name = name
        self._tokenizer: Any = AutoTokenizer.from_pretrained(
            name, trust_remote_code=False, local_files_only=local_files_only
        )
        with complete_weights():
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                name,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=local_files_only,
            ).eval()
        self._entailment = _entailment(self._model.config.id2label)
        most = getattr(self._model.config, "max_position_embeddings", None)
        self._longest = min(most or 512, self._tokenizer.model_max_length)

    def supports(self, statement: str, quotes: Sequence[str]) -> bool:
        """Return whether the model says that the quotes entail the statement."""
        import torch

        read = self._tokenizer(
            "\n".join(quotes),
            statement,
            truncation="only_first",
            max_length=self._longest,
            return_tensors="pt",
        )
        with torch.inference_mode():
            scores = self._model(**read).logits[0]
        return int(scores.argmax()) == self._entailment


def load_judge(name: str) -> Judge:
    """Return the judge of a name of ``--nli``: ``words``, without a model, or a model's.

    Raises
    ------
    DanChungError
        The model cannot be loaded, or has no label of entailment.
    """
    return WordJudge() if name == WORDS else load_model(name, NliJudge, ModelKind.JUDGE)


def _entailment(labels: Mapping[int, str]) -> int:
    for number, label in labels.items():
        if str(label).lower().startswith("entail"):
            return int(number)
    known = ", ".join(map(str, labels.values()))
    raise UnusableModelError(f"không nhãn nào là “entailment” (có {known})")
