"""A chat model of transformers, by hub name or folder, run on this machine's processor."""

import threading
from collections.abc import Generator, Sequence
from queue import Empty
from typing import TYPE_CHECKING, Any

from index.hit import Hit
from index.model_folder import ModelKind, UnusableModelError
from index.model_loading import complete_weights, refused
from index.query import Query
from qa.prompting import Message, messages_for
from qa.writer import WriterError

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, TextIteratorStreamer

MOST_TOKENS = 512
_SILENCE = 120.0
"""Seconds without a new token after which a model is given up."""
_TRIAL: list[Message] = [{"role": "user", "content": "Một câu để thử mô hình."}]


class LocalWriter:
    """Writes with a causal language model and its chat template, the likeliest token each time.

    One answer is written at a time; others wait for it.
    """

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._name = name
        self._tokenizer: Any = AutoTokenizer.from_pretrained(
            name, trust_remote_code=False, local_files_only=local_files_only
        )
        if not self._tokenizer.chat_template:
            raise UnusableModelError(
                "mô hình không có mẫu hội thoại (chat template);"
                " hãy chọn bản đã luyện để trò chuyện (Instruct, Chat)"
            )
        with complete_weights():
            self._model: Any = AutoModelForCausalLM.from_pretrained(
                name,
                dtype="auto",
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=local_files_only,
            )
        self._model.eval()  # type: ignore[no-untyped-call]
        self._writing = threading.Lock()
        self._try()

    def write(self, query: Query, hits: Sequence[Hit]) -> Generator[str, None, None]:
        """Yield the text piece by piece; closing the generator stops the model."""
        from transformers import TextIteratorStreamer

        tokens = self._fitting(query.text, hits)
        streamer = TextIteratorStreamer(
            self._tokenizer, skip_prompt=True, timeout=_SILENCE, skip_special_tokens=True
        )
        run = _Run(self._model, self._writing, tokens, streamer)
        run.start()
        try:
            yield from filter(None, streamer)
        except Empty as error:
            raise WriterError(
                f"Mô hình {self._name} không viết thêm gì trong {_SILENCE:g} giây;"
                " hãy chọn mô hình nhỏ hơn."
            ) from error
        finally:
            run.stopped.set()
        run.join()
        if run.error is not None:
            raise WriterError(
                f"Mô hình {self._name} gặp lỗi ({type(run.error).__name__}: {run.error});"
                " hãy thử mô hình khác."
            ) from run.error
        if not run.finished:
            raise WriterError(
                f"Mô hình {self._name} bị cắt ở {MOST_TOKENS} từ tố; hãy hỏi hẹp hơn hoặc thử"
                " mô hình khác."
            )

    def _fitting(self, question: str, hits: Sequence[Hit]) -> "torch.Tensor":
        """Return the prompt with as many of the passages, best first, as the model can read."""
        room = self._room()
        for count in range(len(hits), 0, -1):
            tokens = self._tokens(messages_for(question, hits[:count]))
            if tokens.shape[1] + MOST_TOKENS <= room:
                return tokens
        raise WriterError(
            f"Mô hình {self._name} chỉ đọc được {room} từ tố, không đủ cho một đoạn tài liệu;"
            " hãy chọn mô hình đọc được nhiều hơn."
        )

    def _room(self) -> int:
        """Return how many tokens the model can read and write in all."""
        longest = getattr(self._model.config, "max_position_embeddings", None)
        return int(longest or self._tokenizer.model_max_length)

    def _tokens(self, messages: Sequence[Message]) -> "torch.Tensor":
        encoded = self._tokenizer.apply_chat_template(
            list(messages),
            add_generation_prompt=True,
            return_tensors="pt",
            return_dict=True,
            enable_thinking=False,  # read by the templates of models that would think aloud first
        )
        tokens: torch.Tensor = encoded["input_ids"]
        return tokens

    def _try(self) -> None:
        """Raise unless the model reads a line and gives numbers."""
        import torch

        with torch.inference_mode():
            logits = self._model(self._tokens(_TRIAL)).logits
        if not torch.isfinite(logits).all():
            raise refused(self._name, ModelKind.READER, "mô hình cho ra điểm không phải là số")


class _Run(threading.Thread):
    """One answer being written; `error` and `finished` are known when it has ended.

    The thread holds the model, not whoever reads the answer: a reader that goes away without a
    word keeps nobody waiting.
    """

    def __init__(
        self,
        model: "PreTrainedModel",
        writing: threading.Lock,
        tokens: "torch.Tensor",
        streamer: "TextIteratorStreamer",
    ) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.error: Exception | None = None
        self.finished = False
        self._model: Any = model
        self._writing = writing
        self._tokens = tokens
        self._streamer: Any = streamer

    def run(self) -> None:
        import torch

        try:
            with self._writing, torch.inference_mode():
                if not self.stopped.is_set():
                    self._generate()
        except Exception as error:  # noqa: BLE001 - told by the thread that waits for the text
            self.error = error
        finally:
            self._streamer.end()

    def _generate(self) -> None:
        import torch

        def is_stopped(tokens: torch.Tensor, scores: torch.Tensor, **_: object) -> torch.Tensor:
            return torch.full((len(tokens),), self.stopped.is_set())

        written = self._model.generate(
            self._tokens,
            attention_mask=torch.ones_like(self._tokens),
            max_new_tokens=MOST_TOKENS,
            do_sample=False,
            streamer=self._streamer,
            stopping_criteria=[is_stopped],
        )
        self.finished = written.shape[1] - self._tokens.shape[1] < MOST_TOKENS
