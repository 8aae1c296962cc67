"""Fine-tune a network on groups of windows for a given time: the large teacher, or the reader itself.

    python -m training.tune DATA OUT --folder FOLDER [--weights WEIGHTS] [--minutes M] [--steps N]
        [--rate R] [--freeze LAYERS] [--without K] [--threads N]

DATA has qamr.jsonl.gz and squad2.jsonl.gz; OUT gets weights.pt and log.jsonl. FOLDER has a model of
sentence-transformers, whose encoder the network starts from. Most of QAMR is used first, and then most of
SQuAD 2 twice. With --without, every sixth of SQuAD 2's articles, from article K on, is left out as a test
set.
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
from training.group_loss import supervised_loss
from training.groups import Group, batches, kinds, qamr_groups, squad_groups
from training.nearest import Nearest
from training.network import ReaderNetwork
from training.sources import Row, rows
from training.train import DECAY, MAX_GRADIENT_NORM, Batches, LossLog

SIZE, POOL = 30, 25
"""The windows of a batch, and the number of batches that are sorted by length together."""
WARM_UP = 40
"""The steps in which the learning rate rises."""
FALLING = 0.8
"""The last share of the time, in which the learning rate falls to 0."""
HEADS = 10.0
"""The learning rate of the heads, as a multiple of the encoder's, if no weights are given and the heads
start from random values."""
SIXTHS = 6
"""One of this many of SQuAD 2's articles is left out."""
PER_SENTENCE = 3
"""The most of QAMR's questions of each sentence."""
QAMR_FIRST, SQUAD_FIRST = 0.6, 0.125
"""The shares of the two data sets that are used before the rest of both."""
SAVE = 150
"""The steps between two saves of the weights."""
SHAPE = 3000, 768, 3072
"""The tokens of a batch, and the inputs and outputs of a large network's widest layer; `precision` multiplies
matrices of this shape."""

Batch = TypeVar("Batch")


class Groups:
    """The groups of both data sets; each call makes other windows and near misses."""

    def __init__(self, data: Path, without: int | None, rng: Random) -> None:
        """`without` is the number (0 to 5) of the sixth of SQuAD 2's articles that is left out, or None."""
        people = list(rows(data / "squad2.jsonl.gz"))
        articles = sorted({row.group for row in people})
        self._people: list[Row] = [
            row for row in people if without is None or articles.index(row.group) % SIXTHS != without
        ]
        self._sentences = list(rows(data / "qamr.jsonl.gz"))
        self._rng, self._model = rng, OnnxEmbedder()

    def squad(self) -> list[Group]:
        """The groups of SQuAD 2."""
        return list(squad_groups(self._people, self._find, self._rng))

    def qamr(self, per_sentence: int) -> list[Group]:
        """The groups of QAMR, at most `per_sentence` for each sentence."""
        return list(qamr_groups(self._sentences, per_sentence, self._find, self._rng))

    def _find(self, windows: Sequence[str]) -> Nearest:
        return Nearest(windows, self._model)


def curriculum(groups: Groups, rng: Random) -> Iterator[list[Group]]:
    """The batches in order: most of QAMR, then the rest of both data sets, then new groups of both."""
    sentences, people = groups.qamr(PER_SENTENCE), [*groups.squad(), *groups.squad()]
    print(kinds([*sentences, *people]))
    rng.shuffle(sentences)
    rng.shuffle(people)
    first, few = int(len(sentences) * QAMR_FIRST), int(len(people) * SQUAD_FIRST)
    yield from batches([*sentences[:first], *people[:few]], SIZE, POOL, rng)
    yield from batches([*people[few:], *sentences[first:]], SIZE, POOL, rng)
    yield from batches([*groups.squad(), *groups.qamr(1)], SIZE, POOL, rng)


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
    """Train until `minutes` or `steps` are reached or the batches end. Writes the weights and the loss to
    `out`. `rate` is the highest learning rate, `heads` that of the heads as a multiple of it."""
    out.mkdir(parents=True, exist_ok=True)
    own = [*network.whether.parameters(), *network.where.parameters()]
    encoder = [one for one in network.bert.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "share": 1.0}, {"params": own, "share": heads}], lr=rate, weight_decay=DECAY
    )
    loss_log, began = LossLog(out / "log.jsonl"), time.monotonic()
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
        nn.utils.clip_grad_norm_(network.learning, MAX_GRADIENT_NORM)
        optimizer.step()
        loss_log.add(step, float(loss.detach()))
        if step % SAVE == 0:
            torch.save(network.state_dict(), out / "weights.pt")
    torch.save(network.state_dict(), out / "weights.pt")


@cache
def precision() -> torch.dtype:
    """The type in which this processor multiplies matrices faster: bfloat16 or float32.

    bfloat16 is faster with AMX. Without AMX it can be slower, even on a processor with AVX512_BF16: 141
    against 220 GFLOP/s on two cores of one machine.
    """
    given = torch.ones(SHAPE[0], SHAPE[1]), torch.ones(SHAPE[2], SHAPE[1])
    seconds = {}
    for kind in (torch.float32, torch.bfloat16):
        rows, weights = (one.to(kind) for one in given)
        seconds[kind] = min(timeit.repeat(partial(functional.linear, rows, weights), number=1, repeat=5))
    return min(seconds, key=lambda kind: seconds[kind])


def answers(network: ReaderNetwork, inputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The network's output for a batch, computed in the faster precision, as float32."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision() is torch.bfloat16):
        whether, where = network(**inputs)
    return whether.float(), where.float()


def arguments(description: str | None, *, minutes: float, rate: float) -> argparse.ArgumentParser:
    """A parser for the arguments that all training on groups has, with these defaults."""
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
    """Set PyTorch's threads and seed. Returns the source of randomness for everything else."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    return Random(seed)


def main() -> None:
    """Read the arguments and train."""
    parser = arguments(__doc__, minutes=45, rate=4e-5)
    parser.add_argument("--folder", type=Path, default=packaged_folder())
    parser.add_argument("--freeze", type=int, default=0)
    args = parser.parse_args()
    rng = begin(args.seed, args.threads)
    network, read = ReaderNetwork(args.folder), Batches(args.folder)
    if args.weights:
        network.load_state_dict(torch.load(args.weights, weights_only=True))
    network.freeze(args.freeze)

    def loss_of(batch: Sequence[Group]) -> Tensor:
        inputs, _, places = read.tensors(windows_of(batch))
        return supervised_loss(*answers(network, inputs), places, batch)

    learn(
        network,
        curriculum(Groups(args.data, args.without, rng), rng),
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
