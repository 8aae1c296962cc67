"""Train the packaged reader.

    python -m training.train DATA OUT [--without-fold K] [--threads N] [--bfloat16]

DATA has qamr.jsonl.gz and squad2.jsonl.gz; OUT gets weights.pt and log.jsonl. With --without-fold, the
groups of one of the FOLDS are left out, for measuring. With --bfloat16, products have 16 bits, which is 1.7
times as fast on a processor with instructions for it (Zen 4) and slower on others.

The first epoch has QAMR and SQuAD 2; the second has other windows and near misses of them, and with each half
of it our own questions.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from rich.progress import Progress, TimeElapsedColumn
from torch import Tensor
from torch.nn import functional

from retrieval.models.packaged import packaged_folder
from retrieval.reading.onnx_reader import LENGTH
from training.examples import Example
from training.near_misses import NearMisses
from training.network import ReaderNetwork, tokenizer_of
from training.sources import Row, qamr, rows, sentences, squad
from training.wording import with_lean
from training.written import WRITTEN, written
from training.written import examples_of as written_examples

FOLDS = 2
BATCH = 32
RATE = 1e-4
"""The highest learning rate, reached after WARM_UP of the steps and falling to 0."""
WARM_UP = 0.06
DECAY = 0.01
MAX_GRADIENT_NORM = 1.0
"""The most of a gradient's norm; larger gradients are clipped."""
SPAN_WEIGHT = 0.5
"""The weight of the span's loss, relative to that of whether there is one."""
MISSES = 1
"""Near misses for each QAMR question."""
SQUAD_TWICE = 2
"""How often SQuAD 2's questions are repeated in an epoch: they are real questions, and few."""
SAVE = 300
"""The steps between two saves of the weights, so that an interrupted run is not lost."""
HALVES = 2
"""The parts of the second epoch; each has all of our own questions, so that they are read twice."""
POOL = 50
"""Batches that are sorted by length together, which reduces padding."""


def fold_of(group: str, groups: Sequence[str]) -> int:
    """The fold of a group."""
    return sorted(groups).index(group) % FOLDS


def examples_of(data: Path, without: int | None, rng: Random) -> list[Example]:
    """The examples of one epoch; another seed gives other windows and other near misses."""
    asked = list(rows(data / "qamr.jsonl.gz"))
    misses = NearMisses(sentences(asked), rng)
    found: list[Example] = []
    for row, window, span in qamr(asked, rng):
        found.append(Example(row.question, window, span, row.group, "question"))
        found.extend(example for example, _ in zip(misses.of(row, window), range(MISSES), strict=False))
    kept = squad_rows(data, without)
    for _ in range(SQUAD_TWICE):
        found.extend(squad(kept, rng))
    return found


def squad_rows(data: Path, without: int | None) -> list[Row]:
    """The rows of SQuAD 2 that are not in the fold `without`."""
    people = list(rows(data / "squad2.jsonl.gz"))
    groups = sorted({row.group for row in people})
    return [row for row in people if without is None or fold_of(row.group, groups) != without]


def parts_of(data: Path, without: int | None, seed: int, path: Path = WRITTEN) -> list[list[Example]]:
    """The examples of the first epoch, and of each of the HALVES of the second."""
    first, second = (examples_of(data, without, Random(seed + epoch)) for epoch in range(2))
    rng = Random(seed)
    rng.shuffle(second)
    ours = written(list(rows(data / "qamr.jsonl.gz")), squad_rows(data, without), path)
    return [first] + [second[half::HALVES] + with_lean(written_examples(ours, rng)) for half in range(HALVES)]


@dataclass(frozen=True, slots=True)
class Batch:
    """The network's `inputs`, whether each window is `answered`, the first and last token of each answer
    (`places`; 0 if none), and each question's `lean`."""

    inputs: dict[str, Tensor]
    answered: Tensor
    places: Tensor
    lean: Tensor


class Batches:
    """Converts examples to tensors."""

    def __init__(self, folder: Path) -> None:
        """Loads the tokenizer in this folder."""
        self.tokenizer = tokenizer_of(folder)

    def of(self, examples: Sequence[Example], rng: Random) -> Iterator[Batch]:
        """The examples in batches, in random order."""
        mixed = list(examples)
        rng.shuffle(mixed)
        for at in range(0, len(mixed), BATCH * POOL):
            pool = sorted(mixed[at : at + BATCH * POOL], key=lambda one: len(one.question) + len(one.window))
            cut = [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
            rng.shuffle(cut)
            for batch in cut:
                yield self.tensors(batch)

    def tensors(self, batch: Sequence[Example]) -> Batch:
        """The tensors of one batch."""
        made = self.tokenizer(
            [one.question for one in batch],
            [one.window for one in batch],
            truncation="only_second",
            max_length=LENGTH,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = made.pop("offset_mapping").tolist()
        sides = [made.sequence_ids(row) for row in range(len(batch))]
        places = [
            places_of(one, offset, side) for one, offset, side in zip(batch, offsets, sides, strict=True)
        ]
        answered = torch.tensor([float(one.answer is not None) for one in batch])
        lean = torch.tensor([one.lean for one in batch])
        return Batch(dict(made), answered, torch.tensor(places), lean)


def places_of(
    example: Example, offsets: Sequence[Sequence[int]], sides: Sequence[int | None]
) -> tuple[int, int]:
    """The first and last token of the answer; (0, 0) if there is none, or it was cut off."""
    if example.answer is None:
        return 0, 0
    start, end = example.answer
    inside = [
        at
        for at, ((low, high), side) in enumerate(zip(offsets, sides, strict=True))
        if side == 1 and low < end and start < high
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)


def loss_of(network: ReaderNetwork, batch: Batch, bfloat16: bool) -> Tensor:
    """The mean loss of a batch: of whether, beyond what the wording tells, and of where for the answered
    examples."""
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        whether, where = (one.float() for one in network(**batch.inputs))
    loss = functional.binary_cross_entropy_with_logits(whether + batch.lean, batch.answered)
    found = batch.places[:, 0] > 0
    if found.any():
        first = functional.cross_entropy(where[found, :, 0], batch.places[found, 0])
        last = functional.cross_entropy(where[found, :, 1], batch.places[found, 1])
        loss = loss + SPAN_WEIGHT * (first + last) / 2
    return loss


def train(
    data: Path, out: Path, without: int | None, seed: int, *, bfloat16: bool = False, path: Path = WRITTEN
) -> None:
    """Train the network, with our own questions in `path`. Writes the weights and the loss curve."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    folder = packaged_folder()
    network, batches = ReaderNetwork(folder), Batches(folder)
    drawn = parts_of(data, without, seed, path)
    print({f"part {at}": dict(Counter(one.kind for one in part)) for at, part in enumerate(drawn)})
    steps = sum(-(-len(part) // BATCH) for part in drawn)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: share_of_rate(step, steps))
    loss_log = LossLog(out / "log.jsonl")
    network.train()
    with Progress(*Progress.get_default_columns(), TimeElapsedColumn()) as progress:
        bar = progress.add_task("training", total=steps)
        step = 0
        for part, examples in enumerate(drawn):
            for batch in batches.of(examples, Random(seed + part)):
                loss = loss_of(network, batch, bfloat16)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(network.parameters(), MAX_GRADIENT_NORM)
                optimizer.step()
                schedule.step()
                step += 1
                loss_log.add(step, float(loss.detach()))
                progress.update(bar, advance=1, description=f"training, loss {loss_log.mean:.3f}")
                if step % SAVE == 0 or step == steps:
                    torch.save(network.state_dict(), out / "weights.pt")


def share_of_rate(step: int, steps: int) -> float:
    """The share of RATE at a step: rising for WARM_UP of the steps, then falling to 0."""
    warm = max(1, int(WARM_UP * steps))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


class LossLog:
    """The smoothed loss, written to a file every EVERY steps."""

    EVERY = 50
    SMOOTH = 0.98

    def __init__(self, path: Path) -> None:
        """Truncates the file."""
        self._path, self._began = path, time.monotonic()
        self.mean = 0.0
        path.write_text("")

    def add(self, step: int, loss: float) -> None:
        """Add the loss of one step."""
        self.mean = loss if step == 1 else self.SMOOTH * self.mean + (1 - self.SMOOTH) * loss
        if step % self.EVERY == 0:
            row = {
                "step": step,
                "loss": round(self.mean, 4),
                "seconds": round(time.monotonic() - self._began),
                "cpu": round(time.process_time()),
            }
            with self._path.open("a") as file:
                file.write(json.dumps(row) + "\n")


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-fold", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args.data, args.out, args.without_fold, args.seed, bfloat16=args.bfloat16)


if __name__ == "__main__":
    main()
