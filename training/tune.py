"""Train a network on groups, for so many minutes: a large one that teaches, or the reader's own further.

    python -m training.tune DATA OUT --folder FOLDER [--weights WEIGHTS] [--minutes M] [--steps N]
        [--rate R] [--freeze LAYERS] [--without K] [--threads N]

DATA has qamr.jsonl.gz and squad2.jsonl.gz; OUT gets weights.pt and log.jsonl. FOLDER is one of
sentence-transformers, whose encoder it begins with. QAMR comes first, and then most of SQuAD 2 twice. With
--without, each sixth of SQuAD 2's articles, beginning with article K, is left out, to be measured on.
"""

import argparse
import time
import timeit
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.packaged import packaged_folder
from training.examples import Example
from training.group_loss import right_loss
from training.groups import Group, batches, kinds, qamr_groups, squad_groups
from training.nearest import Nearest
from training.network import ReaderNetwork
from training.sources import Row, rows
from training.train import DECAY, STEEPEST, Batches, Curve

SIZE, POOL = 30, 25
"""Windows of a batch, and batches that are sorted by length together."""
WARM_UP = 40
"""Steps in which the rate rises."""
FALLING = 0.8
"""Share of the time, at its end, in which the rate falls to 0."""
HEADS = 10.0
"""What the heads' rate is of the encoder's, as they begin with nothing, where no weights are given."""
SIXTHS = 6
PER_SENTENCE = 3
"""QAMR's questions of each sentence."""
QAMR_FIRST, SQUAD_FIRST = 0.6, 0.125
"""Shares of the two that come before the rest of both."""
SAVE = 150
"""Steps after which the weights are kept."""
SHAPE = 3000, 768, 3072
"""Tokens of a batch, inputs and outputs of a large network's widest layer: what `precision` multiplies."""

Batch = TypeVar("Batch")


class Groups:
    """The groups of both sets; each draw has other windows and near misses."""

    def __init__(self, data: Path, without: int | None, draw: Random) -> None:
        """`without` is the first of each six of SQuAD 2's articles that are left out."""
        people = list(rows(data / "squad2.jsonl.gz"))
        articles = sorted({row.group for row in people})
        self._people: list[Row] = [
            row for row in people if without is None or articles.index(row.group) % SIXTHS != without
        ]
        self._sentences = list(rows(data / "qamr.jsonl.gz"))
        self._draw, self._model = draw, OnnxEmbedder()

    def squad(self) -> list[Group]:
        """SQuAD 2's."""
        return list(squad_groups(self._people, self._find, self._draw))

    def qamr(self, per_sentence: int) -> list[Group]:
        """QAMR's, so many a sentence."""
        return list(qamr_groups(self._sentences, per_sentence, self._find, self._draw))

    def _find(self, windows: Sequence[str]) -> Nearest:
        return Nearest(windows, self._model)


def curriculum(groups: Groups, draw: Random) -> Iterator[list[Group]]:
    """Batches: QAMR first, then both, and at the end more of both."""
    sentences, people = groups.qamr(PER_SENTENCE), [*groups.squad(), *groups.squad()]
    print(kinds([*sentences, *people]))
    draw.shuffle(sentences)
    draw.shuffle(people)
    first, few = int(len(sentences) * QAMR_FIRST), int(len(people) * SQUAD_FIRST)
    yield from batches([*sentences[:first], *people[:few]], SIZE, POOL, draw)
    yield from batches([*people[few:], *sentences[first:]], SIZE, POOL, draw)
    yield from batches([*groups.squad(), *groups.qamr(1)], SIZE, POOL, draw)


def learn(
    network: ReaderNetwork,
    batches: Iterable[Batch],
    loss_of: Callable[[Batch], Tensor],
    out: Path,
    *,
    minutes: float,
    rate: float,
    heads: float = 1.0,
    steps: int | None = None,
) -> None:
    """Train until the time, so many steps or the batches end, and write weights and curve."""
    out.mkdir(parents=True, exist_ok=True)
    own = [*network.whether.parameters(), *network.where.parameters()]
    encoder = [one for one in network.bert.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "share": 1.0}, {"params": own, "share": heads}], lr=rate, weight_decay=DECAY
    )
    curve, began = Curve(out / "log.jsonl"), time.monotonic()
    network.train()
    for step, batch in enumerate(islice(batches, steps), 1):
        gone = (time.monotonic() - began) / (60 * minutes)
        if gone >= 1:
            break
        for part in optimizer.param_groups:
            part["lr"] = rate * part["share"] * min(step / WARM_UP, 1, (1 - gone) / FALLING)
        loss = loss_of(batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.learning, STEEPEST)
        optimizer.step()
        curve.add(step, float(loss.detach()))
        if step % SAVE == 0:
            torch.save(network.state_dict(), out / "weights.pt")
    torch.save(network.state_dict(), out / "weights.pt")


@cache
def precision() -> torch.dtype:
    """The type in which this processor multiplies matrices fastest, of bfloat16 and float32.

    With AMX bfloat16 is the faster one; without it, even where the processor has AVX512_BF16, it can be the
    slower one: 141 against 220 GFLOP/s on two cores of one machine.
    """
    given = torch.ones(SHAPE[0], SHAPE[1]), torch.ones(SHAPE[2], SHAPE[1])
    seconds = {}
    for kind in (torch.float32, torch.bfloat16):
        rows, weights = (one.to(kind) for one in given)
        seconds[kind] = min(timeit.repeat(partial(functional.linear, rows, weights), number=1, repeat=5))
    return min(seconds, key=lambda kind: seconds[kind])


def answers(network: ReaderNetwork, inputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """What a network answers, its matrices multiplied in the faster precision."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision() is torch.bfloat16):
        whether, where = network(**inputs)
    return whether.float(), where.float()


def arguments(description: str | None, *, minutes: float, rate: float) -> argparse.ArgumentParser:
    """The arguments that every training on groups has, with these defaults."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--without", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser


def begin(seed: int, threads: int) -> Random:
    """Set PyTorch's threads and chance; returns what decides everything else that is drawn."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    return Random(seed)


def main() -> None:
    """Read the arguments and train."""
    parser = arguments(__doc__, minutes=45, rate=4e-5)
    parser.add_argument("--folder", type=Path, default=packaged_folder())
    parser.add_argument("--freeze", type=int, default=0)
    args = parser.parse_args()
    draw = begin(args.seed, args.threads)
    network, read = ReaderNetwork(args.folder), Batches(args.folder)
    if args.weights:
        network.load_state_dict(torch.load(args.weights, weights_only=True))
    network.freeze(args.freeze)

    def loss_of(batch: Sequence[Group]) -> Tensor:
        inputs, _, places = read.tensors(windows_of(batch))
        return right_loss(*answers(network, inputs), places, batch)

    learn(
        network,
        curriculum(Groups(args.data, args.without, draw), draw),
        loss_of,
        args.out,
        minutes=args.minutes,
        rate=args.rate,
        heads=1.0 if args.weights else HEADS,
        steps=args.steps,
    )


def windows_of(batch: Sequence[Group]) -> list[Example]:
    """All windows of a batch."""
    return [one for group in batch for one in group]


if __name__ == "__main__":
    main()
