"""Polls in the background of a running bot."""

import logging
import threading
from collections.abc import Callable

from bot.measuring.meter import Counted, Meter, NoMeter
from bot.polling.poll_report import PollReport
from bot.polling.poller import Poller
from bot.polling.reload_with_progress import ReloadWithProgress
from corpus.errors import NewsdeskError, ReloadBusy
from retrieval.progress import ignore_progress

LOOK = 20.0
"""Seconds between two checks whether any source is due: each reads some rows."""
SLOWER = 45
"""The largest factor by which that time grows while rounds fail, doubling with each: up to a quarter of an
hour. What a round could not store is fetched again by the next one, and sites should not be asked more often
for that."""
STOP = 10.0
"""Seconds that a round has to end. Fetches are abandoned within one second; a reload ends at its next
progress report."""

_log = logging.getLogger(__name__)


class PollLoop:
    """Polls in a thread of its own from `start` to `stop`, one round at a time. A round that fails is logged,
    and the next one is made all the same."""

    def __init__(
        self,
        poller: Poller,
        reload: ReloadWithProgress,
        notice: Callable[[str], None] | None = None,
        look: float | None = None,
        meter: Meter | None = None,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """`notice` is called with messages for the operator, by default logged as warnings. `look` is the
        number of seconds between two checks, by default LOOK; `meter` counts the results of polls. It only
        polls while this process `leads`: of several on one database, one does."""
        self._leads = leads
        self._meter = meter or NoMeter()
        self._poller = poller
        self._reload = reload
        self._notice = notice or _log.warning
        self._look = LOOK if look is None else look
        self._slower = 1
        self._told: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="poll", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the current round and start no other; it ends within STOP seconds, mostly at once."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP)

    def _run(self) -> None:
        # Not at the start, when somebody may be waiting to ask or to change the corpus.
        while not self._stop.wait(self._look * self._slower):
            try:
                if self._leads() and self._poller.is_due():
                    report = self._poller.round(self._reload, ignore_progress, self._stop)
                    self._count(report)
                    self._tell(notices_of(report), wrong=bool(report.refused))
            except ReloadBusy as error:
                _log.info("not polled now: %s", error)
            except NewsdeskError as error:
                self._tell([f"sources could not be polled: {error}"], wrong=True)
            except Exception:  # noqa: BLE001 - the next round may succeed
                _log.exception("sources could not be polled; trying again")
                self._slow_down()

    def _tell(self, lines: list[str], *, wrong: bool) -> None:
        """Send notices; while rounds fail, each only once."""
        if not wrong:
            self._told.clear()
            self._slower = 1
        for line in lines:
            if line not in self._told:
                self._notice(line)
        if wrong:
            self._told.update(lines)
            self._slow_down()

    def _slow_down(self) -> None:
        self._slower = min(2 * self._slower, SLOWER)

    def _count(self, report: PollReport) -> None:
        new, changed, removed = report.counts()
        failed, differs = len(report.failures), len(report.changed)
        outcomes = {"failed": failed, "changed": differs, "unchanged": report.asked - failed - differs}
        for outcome, count in outcomes.items():
            self._meter.count(Counted.POLLS, outcome, by=max(count, 0))
        if report.asked or report.reloads:
            _log.info(
                "polled %d of %d sources in %.1f s: %d articles new, %d changed, %d removed; %d failed",
                report.asked,
                report.sources,
                report.seconds,
                new,
                changed,
                removed,
                failed,
                extra={"asked": report.asked, "seconds": round(report.seconds, 3), "failed": failed},
            )


def notices_of(report: PollReport) -> list[str]:
    """The notices for the operator about a round."""
    return [
        *(
            f"source {one.source.location} can't be read since {one.since:%Y-%m-%d %H:%M} UTC: {one.reason}; "
            "what it held stays, and it is asked ever less often"
            for one in report.failures
            if one.told
        ),
        *(f"source {source.location} can be read again" for source in report.recovered),
        *(f"source {source.location} has moved to {address} for good" for source, address in report.moved),
        *(
            f"what is new in {source.location} was not taken in: {reason}"
            for source, reason in report.refused.items()
        ),
    ]
