"""What a round of polling has found so far."""

from dataclasses import dataclass, field

from bot.corpus_admin.reload import ReloadReport
from bot.polling.poll_report import Failure, PollReport
from corpus.sources.source import PollResult
from corpus.storage.source_states import SourceState
from corpus.storage.store_records import Source


@dataclass(frozen=True, slots=True)
class PolledSource:
    """A poll of a source, with the source's state before and after it. `tells` is whether its failure is to
    be reported."""

    source: Source
    before: SourceState
    after: SourceState
    poll: PollResult
    tells: bool

    @property
    def changed(self) -> bool:
        """Whether the source's content changed."""
        return self.after.stamp != self.before.stamp


@dataclass(slots=True)
class RoundResults:
    """The results of a round so far; see `PollReport`. `unread` are the sources that are to be reloaded."""

    unread: set[Source]
    asked: int = 0
    changed: list[Source] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    moved: list[tuple[Source, str]] = field(default_factory=list)
    recovered: list[Source] = field(default_factory=list)
    reloads: list[ReloadReport] = field(default_factory=list)
    refused: dict[Source, str] = field(default_factory=dict)

    def add(self, result: PolledSource) -> None:
        """Add the result of a poll."""
        source, after = result.source, result.after
        if result.changed:
            self.changed.append(source)
            self.unread.add(source)
        if result.poll.failure is not None:
            reason = result.poll.failure.reason
            self.failures.append(Failure(source, reason, after.failures, after.failing_since, result.tells))
        elif result.before.told:
            self.recovered.append(source)

    def move(self, source: Source, there: Source) -> None:
        """Add that a source moved."""
        self.moved.append((source, there.location))
        if source in self.unread:
            self.unread.remove(source)
            self.unread.add(there)

    def report(self, sources: int, seconds: float, *, stopped: bool) -> PollReport:
        """The report of the round, which has `sources` registered ones and took so many seconds."""
        return PollReport(
            sources=sources,
            asked=self.asked,
            changed=tuple(self.changed),
            failures=tuple(self.failures),
            moved=tuple(self.moved),
            recovered=tuple(self.recovered),
            reloads=tuple(self.reloads),
            refused=self.refused,
            stopped=stopped,
            seconds=seconds,
        )
