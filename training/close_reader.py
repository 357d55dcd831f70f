"""python -m training.close_reader: teach the transformer that reads the best passages closely.

First the language, from articles: half of each batch are texts some of whose tokens are hidden
(Devlin et al. 2019, arXiv:1810.04805), half questions made of one passage and asked of another
(`training/cloze.py`). Then UIT-ViQuAD's training questions but those of one fold, which are left
for whoever weighs its scores; questions about persons; and pairs of question and paragraph of which
it is only known whether one answers the other. There each question is asked of its passage among
wrong ones in one softmax, where "nothing" is one more choice (Clark and Gardner 2018,
arXiv:1710.10723). Matrices learn by Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon)
in the first part. Meant for a GPU: a quarter of an hour there, days without.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

from documents.command_line import run_command
from index.close_reader import FIRST_TOKEN, MASK, PAIR, load_close_reader
from index.reading_tokens import MARKS, ReadingTokenizer, TokenisedText
from training.close_batches import AskedBatch, AskedPassages, HiddenBatch, MadeBatches, asked_batch
from training.close_export import write_close_reader
from training.close_losses import alone_loss, span_loss
from training.close_network import CloseNetwork
from training.cloze import BREAKS
from training.compounds import count_words
from training.corpus import require_data
from training.folds import HELD_FOLD
from training.reading_batches import draw_wrong
from training.reading_corpus import ReadingCorpus, read_corpus
from training.span_data import (
    ReadingData,
    add_pairs,
    add_persons,
    squad_data,
)
from training.span_reader import judge, running_mean

T = TypeVar("T")
_PAIRS = 60_000
"""The most frequent pairs of neighbours that no punctuation parts have vectors of their own."""
_LENGTH, _ASKED_LENGTH = 256, 288
_HIDDEN_TEXTS, _MADE = 192, 96
_MATRICES, _TABLES, _REST = 0.02, 3e-3, 1e-3
"""Rates of the first part."""
_WARM, _FLAT = 200, 0.25
_MASKED_SHARE, _FOLDED_SHARE, _NOTHING_SHARE = 0.1, 0.2, 0.1
_ALONE = 0.3
"""Weight of finding the answer in its passage alone."""


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast questions are learned.

    Attributes
    ----------
    epochs
        How often every question is seen.
    rate
        Adam's highest rate, from which it falls to nothing.
    size, each
        Questions of a batch, and passages of a question.
    alone
        Share of the batches where each question is asked of one passage.
    """

    epochs: float
    rate: float
    size: int = 32
    each: int = 4
    alone: float = 0.0


COURSES = (
    Course(epochs=5.2, rate=5e-4),
    Course(epochs=2.7, rate=4e-4),
    Course(epochs=4.4, rate=3e-4, size=28, each=3, alone=2 / 3),
)
STEPS = 11_000
"""Of the first part."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how: ``cuda`` or ``cpu``, processes that make batches, and the seed."""

    device: str
    workers: int
    seed: int

    def batches(self, steps: int, make: Callable[[np.random.Generator], T]) -> Iterator[T]:
        """Yield so many batches, each from a generator of its own."""
        loader = DataLoader(
            _Steps(steps, self.seed, make), batch_size=None, num_workers=self.workers
        )
        yield from tqdm(loader, unit="batch", mininterval=10)


class _Steps(Dataset[object]):
    """Batches made on demand, each from a generator of its own."""

    def __init__(
        self, steps: int, seed: int, make: Callable[[np.random.Generator], object]
    ) -> None:
        self._steps, self._seed, self._make = steps, seed, make

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, step: int) -> object:
        return self._make(np.random.default_rng((self._seed, step)))


def frequent_pairs(corpus: ReadingCorpus) -> NDArray[np.int32]:
    """Return the keys of the most frequent pairs of ids, rising."""
    ids = corpus.ids.astype(np.int64) + FIRST_TOKEN
    together = (corpus.marks[1:] & sum(1 << column for column in BREAKS)) == 0
    keys, times = np.unique((ids[:-1] * PAIR + ids[1:])[together], return_counts=True)
    return np.sort(keys[np.argsort(-times, kind="stable")[:_PAIRS]]).astype(np.int32)


def learn_language(
    network: CloseNetwork, batches: MadeBatches, steps: int, setting: Setting
) -> None:
    """Train the network on texts and made questions; progress goes to standard error."""
    device = setting.device

    def make(generator: np.random.Generator) -> tuple[HiddenBatch, AskedBatch]:
        return (
            batches.hidden(_HIDDEN_TEXTS, _LENGTH, generator),
            batches.asked(_MADE, _LENGTH, generator),
        )

    network.to(device).train()
    network.dropout = 0.0
    matrices = [p for layer in network.layers for p in layer.parameters() if p.ndim > 1]
    tables = [network.words.weight, network.pairs.weight]
    known = {id(p) for p in [*matrices, *tables]}
    rest = [p for p in network.parameters() if id(p) not in known]
    optimisers = [
        torch.optim.Muon(matrices, lr=_MATRICES, weight_decay=0.01),
        torch.optim.AdamW(
            [{"params": tables, "lr": _TABLES, "weight_decay": 0.0}, {"params": rest, "lr": _REST}],
            betas=(0.9, 0.98),
        ),
    ]

    def factor(step: int) -> float:
        return min(1, (step + 1) / _WARM) * max(0.02, min(1, (1 - step / steps) / (1 - _FLAT)))

    schedules = [torch.optim.lr_scheduler.LambdaLR(one, factor) for one in optimisers]
    states_of = torch.compile(network) if device == "cuda" else network
    for hidden, asked in setting.batches(steps, make):
        both = [hidden.sequences.to(device), asked.sequences.to(device)]
        ids, pairs, features = (
            torch.cat(parts)
            for parts in zip(*((s.ids, s.pairs, s.features) for s in both), strict=True)
        )
        with torch.autocast(device, torch.bfloat16):
            states = states_of(network.inputs(ids, pairs, features), ids > 0)
            targets = hidden.targets.to(device)
            places = targets > 0
            guessed = network.tokens_of(states[: len(targets)][places])
        loss = functional.cross_entropy(guessed.float(), targets[places])
        loss = loss + span_loss(network, states[len(targets) :].float(), asked, device).mean()
        for optimiser in optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([*tables, *rest], 1.0)
        for optimiser, schedule in zip(optimisers, schedules, strict=True):
            optimiser.step()
            schedule.step()


@dataclass(frozen=True, slots=True)
class Questions:
    """Some of the examples of data; ``folded`` is the tokenizer's."""

    data: ReadingData
    places: Sequence[int]
    folded: NDArray[np.int64]

    def draw(self, each: int, generator: np.random.Generator) -> AskedPassages:
        """Return a question with its passage, or without it, and wrong ones."""
        example = self.data.examples[self.places[int(generator.integers(len(self.places)))]]
        shown = bool(example.spans) and generator.random() >= _NOTHING_SHARE
        unfit = example.passages[1:] if example.spans else example.passages
        wrong = draw_wrong(unfit, len(self.data.passages), generator, each - shown).tolist()
        right = example.passages[:1] if shown else ()
        ids = example.question
        no_marks = np.zeros((len(ids), len(MARKS)), dtype=np.bool_)
        return AskedPassages(
            TokenisedText(ids, self.folded[ids], ids, ids, no_marks),
            [self.data.passages[number] for number in (*right, *wrong)],
            [example.spans, *[()] * len(wrong)] if shown else [()] * len(wrong),
            folded=bool(generator.random() < _FOLDED_SHARE),
        )


def learn_questions(
    network: CloseNetwork,
    questions: Questions,
    pair_keys: NDArray[np.int32],
    course: Course,
    setting: Setting,
) -> None:
    """Train all but the tables on questions; what stays are the running means of the weights."""
    device = setting.device

    def make(generator: np.random.Generator) -> AskedBatch:
        each = 1 if generator.random() < course.alone else course.each
        asked = [questions.draw(each, generator) for _ in range(course.size)]
        return asked_batch(asked, pair_keys, _ASKED_LENGTH)

    network.to(device).train()
    network.dropout = 0.1
    network.words.weight.requires_grad = False
    network.pairs.weight.requires_grad = False
    steps = max(1, int(course.epochs * len(questions.places) / course.size))
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=course.rate, betas=(0.9, 0.98), weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        course.rate,
        total_steps=steps + 1,
        pct_start=0.06,
        anneal_strategy="linear",
        cycle_momentum=False,
        final_div_factor=100,
    )
    means = AveragedModel(network, avg_fn=running_mean)
    states_of = torch.compile(network) if device == "cuda" else network
    for asked in setting.batches(steps, make):
        rows = asked.sequences.to(device)
        hidden = (torch.rand(rows.ids.shape, device=device) < _MASKED_SHARE) & (
            rows.ids >= FIRST_TOKEN
        )
        ids = rows.ids.masked_fill(hidden, MASK)
        with torch.autocast(device, torch.bfloat16):
            states = states_of(network.inputs(ids, rows.pairs, rows.features), ids > 0)
        states = states.float()
        loss = span_loss(network, states, asked, device).mean()
        loss = loss + _ALONE * alone_loss(network, states, asked, device)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        means.update_parameters(network)
    network.load_state_dict(means.module.state_dict())


def train(data: Path, output: Path, setting: Setting, *, sample: float) -> dict[str, float]:
    """Write the model; return the figures on the held fold's questions."""
    require_data(data)
    torch.manual_seed(setting.seed)
    tokenizer = ReadingTokenizer()
    words = count_words(data, sample=sample, seed=setting.seed)
    corpus = read_corpus(data, tokenizer, words, sample=sample, seed=setting.seed)
    pair_keys = frequent_pairs(corpus)
    network = CloseNetwork(len(tokenizer.folded), len(pair_keys))
    batches = MadeBatches(corpus, tokenizer.folded, pair_keys)
    learn_language(network, batches, max(1, round(STEPS * sample)), setting)
    asked = squad_data(data / "qa/viquad_train.json.xz", tokenizer, sample=sample)
    persons = data / "qa/persons_train.json.xz"
    add_persons(asked, persons, tokenizer, sample=sample, seed=setting.seed)
    add_pairs(asked, data / "qa/zalo2019_pairs.jsonl.xz", tokenizer)
    taught = [place for place, fold in enumerate(asked.folds) if fold != HELD_FOLD]
    questions = Questions(asked, taught, tokenizer.folded)
    for course in COURSES:
        shorter = replace(course, epochs=course.epochs * sample)
        learn_questions(network, questions, pair_keys, shorter, setting)
    write_close_reader(network, pair_keys, output)
    held = [place for place, fold in enumerate(asked.folds) if fold == HELD_FOLD]
    return judge(load_close_reader(output), asked, held)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.close_reader", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and text/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--sample", type=float, default=1.0, help="share of everything, for a try")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)

    def run() -> int:
        device = "cuda" if torch.cuda.is_available() else "cpu"
        setting = Setting(device, options.workers, options.seed)
        figures = train(options.data, options.output, setting, sample=options.sample)
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
