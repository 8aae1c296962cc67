"""Train the reader's network on the answers of a larger one (knowledge distillation).

    python -m training.distill DATA OUT --teacher FOLDER WEIGHTS [--weights WEIGHTS] [--minutes M] [--steps N]
        [--rate R] [--times T] [--without K] [--threads N]

DATA has qamr.jsonl.gz and squad2.jsonl.gz; OUT gets weights.pt and log.jsonl. The teacher is the network
that `training.tune` trained from FOLDER; its tokenizer must split text as the reader's does. The reader
starts from WEIGHTS, or from MiniLM without them. Each answer of the teacher is used T times.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from retrieval.models.packaged import packaged_folder
from training.group_loss import SUPERVISED_WEIGHT, distillation_loss, supervised_loss
from training.groups import Group, batches
from training.network import ReaderNetwork
from training.train import Batches
from training.tune import POOL, SIZE, Groups, answers, arguments, begin, learn, windows_of

DROPOUT = 0.05
PER_SENTENCE = 5
"""The most of QAMR's questions of each sentence."""
SQUAD_TIMES = 2
"""How often each of SQuAD 2's questions is drawn in an epoch, each time with other windows."""
TIMES = 2
"""How often an answer of the teacher is used. On two cores the teacher takes 53 ms for a window, and the
reader 36 ms to train on it: with 1, 2 and 3 uses the reader trains on 11, 16 and 19 windows a second."""
ANSWERED_AHEAD = 200
"""The batches that the teacher answers before the reader trains on them, in a new order for each use."""

Answers = tuple[Tensor, Tensor]
"""For each window, the log-odds that it has the answer (windows), and for each token the logits that the
answer starts and ends there (windows, tokens, 2)."""


class Teacher:
    """A larger network that has been trained already."""

    def __init__(self, folder: Path, weights: Path) -> None:
        """Load the weights, which `training.tune` made from this folder."""
        self._network, self._read = ReaderNetwork(folder), Batches(folder)
        self._network.load_state_dict(torch.load(weights, weights_only=True))
        self._network.eval()

    def answers(self, batch: Sequence[Group]) -> tuple[Answers, Tensor]:
        """The teacher's answers to the batch, and the mask of the tokens that belong to the windows."""
        inputs, _, _ = self._read.tensors(windows_of(batch))
        with torch.inference_mode():
            return answers(self._network, inputs), inputs["token_type_ids"]


Lesson = tuple[Sequence[Group], Answers, Tensor]
"""A batch with the teacher's answers and their mask."""


def lessons(
    teacher: Teacher, batches: Iterator[Sequence[Group]], times: int, rng: Random
) -> Iterator[Lesson]:
    """All batches with the teacher's answers, each `times` times, in random order."""
    while ahead := list(islice(batches, ANSWERED_AHEAD)):
        answered = [(batch, *teacher.answers(batch)) for batch in ahead]
        for _ in range(times):
            rng.shuffle(answered)
            yield from answered


def epochs(groups: Groups, rng: Random) -> Iterator[Sequence[Group]]:
    """Batches of both data sets together, without end; each epoch has new windows."""
    while True:
        people = [one for _ in range(SQUAD_TIMES) for one in groups.squad()]
        yield from batches([*people, *groups.qamr(PER_SENTENCE)], SIZE, POOL, rng)


def main() -> None:
    """Read the arguments and train."""
    parser = arguments(__doc__, minutes=35, rate=1e-4)
    parser.add_argument("--teacher", type=Path, nargs=2, required=True, metavar=("FOLDER", "WEIGHTS"))
    parser.add_argument("--times", type=int, default=TIMES)
    args = parser.parse_args()
    rng = begin(args.seed, args.threads)
    teacher = Teacher(*args.teacher)
    network, read = ReaderNetwork(packaged_folder(), DROPOUT), Batches(packaged_folder())
    if args.weights:
        network.load_state_dict(torch.load(args.weights, weights_only=True))
    network.freeze(0)

    def loss_of(lesson: Lesson) -> Tensor:
        batch, taught, theirs = lesson
        inputs, _, places = read.tensors(windows_of(batch))
        whether, where = answers(network, inputs)
        inside = inputs["token_type_ids"] * inputs["attention_mask"]
        distilled = distillation_loss(whether, where, inside, taught, theirs)
        return distilled + SUPERVISED_WEIGHT * supervised_loss(whether, where, places, batch)

    learn(
        network,
        lessons(teacher, epochs(Groups(args.data, args.without, rng), rng), args.times, rng),
        loss_of,
        args.out,
        minutes=args.minutes,
        rate=args.rate,
        steps=args.steps,
    )


if __name__ == "__main__":
    main()
