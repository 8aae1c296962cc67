"""The weighted mean of the weights of several training runs.

    python -m training.average OUT.pt WEIGHTS.pt SHARE [WEIGHTS.pt SHARE ...]

Runs that begin with the same weights and end at different ones are often best in the middle, at the cost of
one (Wortsman et al., "Model soups", ICML 2022).
"""

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(runs: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The mean of the runs' weights, by name; what is not a floating-point number is the first run's.

    Raises ValueError if the shares don't sum to 1, or the runs are not of the same network.
    """
    if not math.isclose(sum(shares), 1):
        raise ValueError(f"the shares sum to {sum(shares)}, and not to 1")
    first = runs[0]
    shapes = [{name: one.shape for name, one in run.items()} for run in runs]
    if any(one != shapes[0] for one in shapes):
        raise ValueError("the runs are not of the same network")
    return {
        name: sum((share * run[name] for run, share in zip(runs, shares, strict=True)), torch.zeros(()))
        if one.is_floating_point()
        else one
        for name, one in first.items()
    }


def main() -> None:
    """Read the arguments and write the mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", nargs="+", metavar="WEIGHTS SHARE")
    args = parser.parse_args()
    paths, shares = args.runs[::2], args.runs[1::2]
    if len(paths) != len(shares):
        parser.error(f"{paths[-1]} has no share: write WEIGHTS.pt SHARE for each run")
    runs = [torch.load(path, weights_only=True) for path in paths]
    torch.save(average(runs, list(map(float, shares))), args.out)


if __name__ == "__main__":
    main()
