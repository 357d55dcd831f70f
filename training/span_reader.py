"""python -m training.span_reader: teach the network that finds answers in passages.

First on made questions (`training/cloze.py`), then on UIT-ViQuAD's training questions but those of
one fold, which are left for whoever weighs its scores. The spans of several passages compete in one
softmax (shared normalisation, Clark and Gardner 2018, arXiv:1710.10723), so that scores of
different passages can be compared; "nothing" is one more choice.
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
from safetensors.torch import load_file, save_file
from torch import Tensor

from documents.command_line import run_command
from index.reading_tokens import ReadingTokenizer
from index.span_reader import SpanReader
from training.corpus import require_data
from training.folds import HELD_FOLD
from training.reading_batches import GROUPS, Batch, Gold, draw_batches
from training.span_data import ReadingData, cloze_data, squad_data
from training.span_network import EMBEDDED, SpanNetwork

_MASKED = -1e9


@dataclass(frozen=True, slots=True)
class Stage:
    """How one set of questions is learned.

    Attributes
    ----------
    epochs
        How often every question is seen.
    rate
        Adam's highest rate: it rises for a tenth of the steps and falls to a twentieth.
    each
        Passages shown of a question.
    nothing
        Share of the questions whose passage is not shown.
    dropout
        Of words and between layers.
    """

    epochs: float
    rate: float
    each: int
    nothing: float
    dropout: float


MADE = Stage(epochs=1.0, rate=1.2e-3, each=2, nothing=0.1, dropout=0.15)
ASKED = Stage(epochs=3.0, rate=1e-3, each=3, nothing=0.1, dropout=0.25)


def train(
    data: Path, output: Path, *, made: int, seed: int, sample: float, work: Path
) -> dict[str, float]:
    """Write ``model.safetensors`` (float16); return the figures on the held fold's questions.

    What the made questions taught is kept in ``work`` and not taught again when it is there.
    """
    require_data(data)
    torch.manual_seed(seed)
    tokenizer = ReadingTokenizer()
    network = SpanNetwork(len(tokenizer.folded) + 1)
    output.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    pretrained = work / f"span-reader-{made}-{sample}-{seed}.safetensors"
    if pretrained.exists():
        network.load_state_dict(load_file(pretrained))
    else:
        start_words(network, tokenizer)
        questions = cloze_data(data, tokenizer, most=int(made * sample), seed=seed)
        places = list(range(len(questions.examples)))
        learn(network, questions, places, tokenizer.folded, MADE, seed=seed)
        save_file(network.state_dict(), pretrained)
        del questions
    asked = squad_data(data / "qa/viquad_train.json.xz", tokenizer, sample=sample)
    places = [place for place, fold in enumerate(asked.folds) if fold != HELD_FOLD]
    learn(network, asked, places, tokenizer.folded, ASKED, seed=seed)
    halves = {name: values.half() for name, values in network.state_dict().items()}
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
    steps = max(1, int(stage.epochs * (len(places) // GROUPS)))
    optimiser = torch.optim.Adam(network.parameters(), lr=stage.rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=stage.rate,
        total_steps=steps + 1,
        pct_start=0.1,
        anneal_strategy="linear",
        cycle_momentum=False,
        final_div_factor=20,
    )
    started, step, mean = time.monotonic(), 0, 0.0
    while step < steps:
        for batch, gold in draw_batches(
            data, places, folded, generator, each=stage.each, nothing=stage.nothing
        ):
            loss = loss_of(network, batch, gold)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step += 1
            mean += (loss.item() - mean) / min(step, 200)
            if step % 100 == 0 or step == steps:
                spent = time.monotonic() - started
                left = spent / step * (steps - step)
                print(f"{step}/{steps} loss {mean:.3f}, {left:.0f} s left", file=sys.stderr)  # noqa: T201 - progress of a command
            if step == steps:
                return


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


def judge(reader: SpanReader, data: ReadingData, places: Sequence[int]) -> dict[str, float]:
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


def start_words(network: SpanNetwork, tokenizer: ReadingTokenizer) -> None:
    """Start the words with the main directions of the bundled embedder's vectors."""
    from model2vec import StaticModel

    from index.embedding import BUNDLED_FOLDER

    vectors = np.asarray(StaticModel.from_pretrained(BUNDLED_FOLDER).embedding, dtype=np.float32)
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred[:20_000], full_matrices=False)
    reduced = centred @ axes[:EMBEDDED].T
    reduced /= 3 * reduced.std()
    with torch.no_grad():
        network.embedding.weight[1:] = torch.from_numpy(reduced[: len(tokenizer.folded)])
        network.embedding.weight[0] = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.span_reader", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and text/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--made", type=int, default=50_000, help="made questions to learn from")
    parser.add_argument("--sample", type=float, default=1.0, help="share of everything, for a try")
    parser.add_argument("--threads", type=int, default=1, help="one is nearly as fast as two")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, default=Path("var/training"), help="folder of the first stage's model"
    )
    options = parser.parse_args(arguments)

    def run() -> int:
        torch.set_num_threads(options.threads)
        figures = train(
            options.data,
            options.output,
            made=options.made,
            seed=options.seed,
            sample=options.sample,
            work=options.work,
        )
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
