"""python -m training.span_reader: teach the network that finds answers in passages.

It learns UIT-ViQuAD's training questions, but those of one fold, which are left for whoever weighs
its scores, and questions about persons: first each with its passage alone, to find the answer, then
among wrong passages, to tell where it stands. There the spans of several passages compete in one
softmax (shared normalisation, Clark and Gardner 2018, arXiv:1710.10723), so that scores of
different passages can be compared; "nothing" is one more choice. What is kept are running means of
the weights (Polyak averaging), not the weights of the last step.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from documents.command_line import run_command
from index.read_passages import PassageReader
from index.reading_tokens import ReadingTokenizer
from index.span_reader import SpanReader
from training.corpus import require_data
from training.folds import HELD_FOLD
from training.reading_batches import Batch, Gold, Shown, draw_batches
from training.span_data import ReadingData, add_persons, squad_data
from training.span_network import EMBEDDED, SpanNetwork
from training.word_types import learn_word_types

_MASKED = -1e9
_MEAN_KEPT = 0.999
_TUNED_WORDS = 8000


@dataclass(frozen=True, slots=True)
class Stage:
    """How one set of questions is learned.

    Attributes
    ----------
    epochs
        How often every question is seen.
    rate
        Adam's highest rate: it rises for a tenth of the steps and falls to a twentieth.
    shown
        What its batches show.
    dropout
        Of words and between layers.
    """

    epochs: float
    rate: float
    shown: Shown
    dropout: float


ALONE = Stage(epochs=7.0, rate=2e-3, shown=Shown(size=32, each=1, nothing=0.0), dropout=0.33)
AMONG = Stage(epochs=2.5, rate=1.2e-3, shown=Shown(size=12, each=4, nothing=0.1), dropout=0.33)


def train(data: Path, output: Path, *, seed: int, sample: float) -> dict[str, float]:
    """Write ``model.safetensors`` (float16); return the figures on the held fold's questions."""
    require_data(data)
    torch.manual_seed(seed)
    tokenizer = ReadingTokenizer()
    network = SpanNetwork(len(tokenizer.folded) + 1)
    types = learn_word_types(data, sample=sample, seed=seed)
    start_words(network, types.vectors)
    tune_frequent_words(network, types.counts)
    asked = squad_data(data / "qa/viquad_train.json.xz", tokenizer, sample=sample)
    add_persons(asked, data / "qa/persons_train.json.xz", tokenizer, sample=sample, seed=seed)
    places = [place for place, fold in enumerate(asked.folds) if fold != HELD_FOLD]
    for stage in (ALONE, AMONG):
        learn(network, asked, places, tokenizer.folded, stage, seed=seed)
    halves = {name: values.half() for name, values in network.state_dict().items()}
    output.mkdir(parents=True, exist_ok=True)
    save_file(halves, output / "model.safetensors")
    held = [place for place, fold in enumerate(asked.folds) if fold == HELD_FOLD]
    reader = SpanReader({name: v.float().numpy() for name, v in halves.items()}, tokenizer)
    return judge(reader, asked, held)


def learn(
    network: SpanNetwork,
    data: ReadingData,
    places: Sequence[int],
    folded: NDArray[np.int64],
    stage: Stage,
    *,
    seed: int,
) -> None:
    """Train the network on some of the examples; progress goes to standard error."""
    generator = np.random.default_rng(seed)
    network.dropout = stage.dropout
    network.train()
    means = AveragedModel(network, avg_fn=running_mean)
    steps = max(1, int(stage.epochs * (len(places) // stage.shown.size)))
    optimiser = torch.optim.Adam(network.parameters(), lr=stage.rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=stage.rate,
        total_steps=steps + 1,
        pct_start=0.08,
        anneal_strategy="linear",
        cycle_momentum=False,
        final_div_factor=20,
    )
    started, step, mean = time.monotonic(), 0, 0.0
    while step < steps:
        for batch, gold in draw_batches(data, places, folded, generator, stage.shown):
            loss = loss_of(network, batch, gold)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            means.update_parameters(network)
            step += 1
            mean += (loss.item() - mean) / min(step, 200)
            if step % 100 == 0 or step == steps:
                spent = time.monotonic() - started
                left = spent / step * (steps - step)
                print(f"{step}/{steps} loss {mean:.3f}, {left:.0f} s left", file=sys.stderr)  # noqa: T201 - progress of a command
            if step == steps:
                break
    network.load_state_dict(means.module.state_dict())


def running_mean(mean: Tensor, new: Tensor, updates: Tensor | int) -> Tensor:
    """Follow the weights, at first closely."""
    kept = min(_MEAN_KEPT, (1 + int(updates)) / (10 + int(updates)))
    return torch.lerp(new, mean, kept)


def loss_of(network: SpanNetwork, batch: Batch, gold: Gold) -> Tensor:
    """Return minus the mean log probability of the gold starts and ends, or of "nothing"."""
    with torch.autocast("cpu", torch.bfloat16):
        start, end, nothing = network(batch.question, batch.passage, batch.features)
    length = start.shape[0]
    total = torch.zeros(())
    for scores, side in ((start, 0), (end, 1)):
        by_question = scores.float().t().reshape(batch.questions, batch.each * length)
        logs = torch.log_softmax(torch.cat([by_question, nothing.float()[:, None]], 1), dim=1)
        is_gold = torch.zeros_like(logs, dtype=torch.bool)
        for row, spans in enumerate(gold):
            tokens = [span[side] - side for span in spans]
            inside = [token for token in tokens if token < length]
            is_gold[row, inside or [batch.each * length]] = True
        total = total - torch.logsumexp(logs.masked_fill(~is_gold, _MASKED), dim=1).mean()
    return total / 2


def judge(reader: PassageReader, data: ReadingData, places: Sequence[int]) -> dict[str, float]:
    """Return exact matches and token F1 in the right passage, and how often its span is best.

    ``first`` counts questions whose best span is in the right passage, among it and the seven
    that the searchers put highest.
    """
    exact, overlap, first = [], [], []
    for place in places:
        example = data.examples[place]
        read = reader.read_tokens(
            example.question, [data.passages[number] for number in example.passages[:8]]
        )
        found = [passage.best_span() for passage in read.passages]
        _, start, end = found[0]
        scores = [
            2 * max(0, min(b, end) - max(a, start)) / (b - a + end - start)
            for a, b in example.spans
        ]
        overlap.append(max(scores))
        exact.append(max(scores) == 1)
        first.append(found[0][0] >= max(score for score, _, _ in found))
    return {
        "questions": len(places),
        "exact": round(float(np.mean(exact)), 4),
        "f1": round(float(np.mean(overlap)), 4),
        "first": round(float(np.mean(first)), 4),
    }


def start_words(network: SpanNetwork, types: NDArray[np.float32]) -> None:
    """Start the words with the main directions of the embedder's vectors and of their types.

    ``types`` has a row for each token (`training.word_types.WordTypes`).
    """
    from model2vec import StaticModel

    from index.embedding import BUNDLED_FOLDER

    topics = np.asarray(StaticModel.from_pretrained(BUNDLED_FOLDER).embedding, dtype=np.float32)
    halves = [_main_directions(vectors, EMBEDDED // 2) for vectors in (topics, types)]
    with torch.no_grad():
        network.embedding.weight[1:] = torch.from_numpy(np.concatenate(halves, axis=1))
        network.embedding.weight[0] = 0


def _main_directions(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred[:20_000], full_matrices=False)
    reduced = centred @ axes[:dimensions].T
    return np.asarray(reduced / (3 * reduced.std()))


def tune_frequent_words(network: SpanNetwork, counts: NDArray[np.int64]) -> None:
    """Leave the vectors of all but the most frequent words as they are from now on.

    The questions are too few to move a rare word to anywhere but its place in them.
    """
    tuned = torch.zeros(len(counts) + 1, 1)
    tuned[torch.from_numpy(np.argsort(-counts)[:_TUNED_WORDS].copy()) + 1] = 1
    network.embedding.weight.register_hook(lambda gradient: gradient * tuned)  # type: ignore[no-untyped-call]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.span_reader", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and text/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--sample", type=float, default=1.0, help="share of everything, for a try")
    parser.add_argument("--threads", type=int, default=1, help="one is nearly as fast as two")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)

    def run() -> int:
        torch.set_num_threads(options.threads)
        figures = train(options.data, options.output, seed=options.seed, sample=options.sample)
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
