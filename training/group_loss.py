"""Losses for training on groups of windows: by the right answers, and by a teacher network's."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.groups import Group

SPAN_WEIGHT = 0.25
"""The weight of each end of the answer, relative to whether the window has the answer."""
WINDOW_WEIGHT = 0.5
"""The weight of ranking the right window first in its group."""
ODDS_WEIGHT = 0.05
"""The weight of the distance between the log-odds of teacher and student."""
ODDS = 8.0
"""The highest log-odds of a teacher that are learned; a more certain answer is no better."""
TEMPERATURE = 2.0
"""The temperature of the distributions of the answer's ends: a higher one gives less likely positions more
weight."""
ENDS_WEIGHT = 0.35
"""The weight of the teacher's ends of the answer."""
SUPERVISED_WEIGHT = 0.3
"""The weight of the right answers besides the teacher's."""
UNLIKELY = -3.0
"""Log-odds of a teacher below which its ends are ignored."""
_NEVER = -2e4


def supervised_loss(whether: Tensor, where: Tensor, places: Tensor, groups: Sequence[Group]) -> Tensor:
    """The loss against the right answers, the sum of three parts: whether each window answers, where (a
    softmax over the window with the answer and all of the question's windows without one), and which window
    of the group answers. `places` are the first and last token of each answer (windows, 2), 0 if there is
    none."""
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
    """For each row of `kept`, the log-sum-exp of the kept values."""
    return torch.logsumexp(torch.where(kept, values[None, :], torch.tensor(_NEVER)), 1)


def distillation_loss(
    whether: Tensor, where: Tensor, inside: Tensor, taught: tuple[Tensor, Tensor], taught_inside: Tensor
) -> Tensor:
    """The loss against a teacher's answers to the same windows: whether, and where if the teacher considers
    an answer possible. `taught` are the teacher's log-odds of both. `inside` and `taught_inside` mask the
    tokens of the windows (windows, tokens), which are equal; the longer sequence is cut."""
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
