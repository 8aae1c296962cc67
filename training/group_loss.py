"""What a network is told of its mistakes on groups: by the right answers, and by another network's."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.groups import Group

SPAN_WEIGHT = 0.25
"""What each end of the answer weighs against whether the answer stands there."""
WINDOW_WEIGHT = 0.5
"""What it weighs that the right window is the likeliest of its question."""
ODDS_WEIGHT = 0.05
"""What the distance of the log-odds themselves weighs where one network learns from another."""
ODDS = 8.0
"""The highest log-odds of a teacher that are learned; a surer one is no better."""
TEMPERATURE = 2.0
"""What the log-odds of the ends are divided by before they are compared: less likely ones count then too."""
ENDS_WEIGHT = 0.35
"""What the ends that a teacher gives weigh."""
RIGHT_WEIGHT = 0.3
"""What the right answers weigh beside the teacher's."""
UNLIKELY = -3.0
"""Log-odds of a teacher below which its ends say nothing."""
_NEVER = -2e4


def right_loss(whether: Tensor, where: Tensor, places: Tensor, groups: Sequence[Group]) -> Tensor:
    """By the right answers: whether (each window by itself), where (over all windows of the question that do
    not answer, and the one that does), and which window (of the group). `places` are the tokens in which the
    answers begin and end (windows, 2), 0 where there is none."""
    answered = places[:, 0] > 0
    loss = functional.binary_cross_entropy_with_logits(whether, answered.float())
    if not answered.any():
        return loss
    group_of = torch.tensor([number for number, group in enumerate(groups) for _ in group])
    numbers: dict[tuple[int, str], int] = {}
    asked = torch.tensor(
        [
            numbers.setdefault((number, one.question), len(numbers))
            for number, group in enumerate(groups)
            for one in group
        ]
    )
    rows = answered.nonzero()[:, 0]
    others = ~answered[None, :] | torch.eye(len(whether), dtype=torch.bool)[rows]
    together = torch.logsumexp(where, 1)
    for side in (0, 1):
        beside = _of(together[:, side], (asked[rows, None] == asked[None, :]) & others)
        loss = loss + SPAN_WEIGHT * (beside - where[rows, places[rows, side], side]).mean()
    mine = (group_of[rows, None] == group_of[None, :]) & others
    several = mine.sum(1) > 1
    if several.any():
        loss = loss + WINDOW_WEIGHT * (_of(whether, mine) - whether[rows])[several].mean()
    return loss


def _of(values: Tensor, kept: Tensor) -> Tensor:
    """For each row of `kept`, the logarithm of the sum of the exponentials of its values."""
    return torch.logsumexp(torch.where(kept, values[None, :], torch.tensor(_NEVER)), 1)


def taught_loss(
    whether: Tensor, where: Tensor, inside: Tensor, taught: tuple[Tensor, Tensor], taught_inside: Tensor
) -> Tensor:
    """By a teacher's answers to the same windows, whose tokens are the same: whether, and where it thinks
    that the answer may be there. `inside` are masks of the windows' tokens (windows, tokens), for each of the
    two; the longer one of a window is cut."""
    said, ends = taught
    loss = functional.binary_cross_entropy_with_logits(whether, torch.sigmoid(said))
    loss = loss + ODDS_WEIGHT * functional.smooth_l1_loss(whether, said.clamp(-ODDS, ODDS))
    distances = []
    for row in (said > UNLIKELY).nonzero()[:, 0].tolist():
        theirs, mine = ends[row][taught_inside[row].bool()], where[row][inside[row].bool()]
        length = min(len(theirs), len(mine))
        if length:
            distances.append(
                functional.kl_div(
                    functional.log_softmax(mine[:length] / TEMPERATURE, 0),
                    functional.log_softmax(theirs[:length] / TEMPERATURE, 0),
                    reduction="sum",
                    log_target=True,
                )
            )
    if distances:
        loss = loss + ENDS_WEIGHT * TEMPERATURE**2 / 2 * torch.stack(distances).mean()
    return loss
