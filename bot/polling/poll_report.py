"""The result of a round of polling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.corpus_admin.reload import ReloadReport
from corpus.storage.registered import Source


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be had: why, how often in a row, and since when. `told` says that it is to be
    told to whoever looks after it, which happens once."""

    source: Source
    reason: str
    count: int = 1
    since: datetime | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class PollReport:
    """A round: the sources that were registered and asked, those of them that had something else than before
    (`changed`) and those that could not be had; sources that moved for good, with their new addresses; those
    that came back after failing; and the reloads that took in what was new. `refused` are reloads that could
    not be made, by the reason. `stopped` says that the round was ended before it was done."""

    sources: int = 0
    asked: int = 0
    changed: tuple[Source, ...] = ()
    failures: tuple[Failure, ...] = ()
    moved: tuple[tuple[Source, str], ...] = ()
    recovered: tuple[Source, ...] = ()
    reloads: tuple[ReloadReport, ...] = ()
    refused: Mapping[Source, str] = field(default_factory=dict)
    stopped: bool = False
    seconds: float = 0.0

    @property
    def embedded(self) -> int:
        """Texts that were given to the model."""
        return sum(report.embedded for report in self.reloads)

    def counts(self) -> tuple[int, int, int]:
        """Articles that are new, changed and removed."""
        plans = [plan for report in self.reloads for plan in report.plans]
        return (
            sum(len(plan.new) for plan in plans),
            sum(len(plan.changed) for plan in plans),
            sum(len(plan.removed) for plan in plans),
        )
