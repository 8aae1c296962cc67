"""Let the reader's network learn what a larger one says of the same windows.

    python -m training.distill DATA OUT --teacher FOLDER WEIGHTS [--weights WEIGHTS] [--minutes M] [--steps N]
        [--rate R] [--without K] [--threads N]

DATA has qamr.jsonl.gz and squad2.jsonl.gz; OUT gets weights.pt and log.jsonl. The teacher is what
`training.tune` made of FOLDER, whose tokens must be the reader's. It begins with WEIGHTS, else with MiniLM's.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from retrieval.models.packaged import packaged_folder
from training.group_loss import RIGHT_WEIGHT, right_loss, taught_loss
from training.groups import Group, batches
from training.network import ReaderNetwork
from training.train import Batches
from training.tune import POOL, SIZE, Groups, answers, arguments, begin, learn, windows_of

DROPOUT = 0.05
PER_SENTENCE = 5
"""QAMR's questions of each sentence."""
TIMES = 2
"""How often SQuAD 2's questions are taken, each time with other windows."""


class Teacher:
    """A larger network that has learned, and only answers."""

    def __init__(self, folder: Path, weights: Path) -> None:
        """Load it."""
        self._network, self._read = ReaderNetwork(folder), Batches(folder)
        self._network.load_state_dict(torch.load(weights, weights_only=True))
        self._network.eval()

    def says(self, batch: Sequence[Group]) -> tuple[tuple[Tensor, Tensor], Tensor]:
        """What it says of the batch's windows, and which of its tokens are the windows'."""
        inputs, _, _ = self._read.tensors(windows_of(batch))
        with torch.inference_mode():
            said = answers(self._network, inputs)
        return said, inputs["token_type_ids"]


def epochs(groups: Groups, draw: Random) -> Iterator[list[Group]]:
    """Batches of both sets together, drawn anew each time they end."""
    while True:
        people = [one for _ in range(TIMES) for one in groups.squad()]
        yield from batches([*people, *groups.qamr(PER_SENTENCE)], SIZE, POOL, draw)


def main() -> None:
    """Read the arguments and train."""
    parser = arguments(__doc__, minutes=35, rate=1e-4)
    parser.add_argument("--teacher", type=Path, nargs=2, required=True, metavar=("FOLDER", "WEIGHTS"))
    args = parser.parse_args()
    draw = begin(args.seed, args.threads)
    teacher = Teacher(*args.teacher)
    network, read = ReaderNetwork(packaged_folder(), DROPOUT), Batches(packaged_folder())
    if args.weights:
        network.load_state_dict(torch.load(args.weights, weights_only=True))
    network.freeze(0)

    def loss_of(batch: Sequence[Group]) -> Tensor:
        taught, theirs = teacher.says(batch)
        inputs, _, places = read.tensors(windows_of(batch))
        whether, where = answers(network, inputs)
        inside = inputs["token_type_ids"] * inputs["attention_mask"]
        return taught_loss(whether, where, inside, taught, theirs) + RIGHT_WEIGHT * right_loss(
            whether, where, places, batch
        )

    learn(
        network,
        epochs(Groups(args.data, args.without, draw), draw),
        loss_of,
        args.out,
        minutes=args.minutes,
        rate=args.rate,
        steps=args.steps,
    )


if __name__ == "__main__":
    main()
