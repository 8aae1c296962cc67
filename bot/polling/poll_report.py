"""The result of a round of polling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.corpus_admin.reload import ReloadReport
from corpus.storage.store_records import Source


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read: why, how often in a row, and since when. `told` is whether it is to be
    reported, which happens once."""

    source: Source
    reason: str
    count: int = 1
    since: datetime | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class PollReport:
    """A round of polling.

    `sources` and `asked` count the registered and the polled sources. `changed` are those whose content
    changed, and `failures` those that could not be read; `moved` are those that moved permanently, with their
    new addresses, and `recovered` those that work again. `reloads` are the reloads of changed content, and
    `refused` the reasons for those that were refused, by source. `stopped` is whether the round ended early.
    """

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
        """The number of texts that were embedded."""
        return sum(report.embedded for report in self.reloads)

    def counts(self) -> tuple[int, int, int]:
        """The numbers of new, changed and removed articles."""
        plans = [plan for report in self.reloads for plan in report.plans]
        return (
            sum(len(plan.new) for plan in plans),
            sum(len(plan.changed) for plan in plans),
            sum(len(plan.removed) for plan in plans),
        )
