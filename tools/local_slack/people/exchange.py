"""An action of a person's, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from tools.local_platform.local_server import SETTLE_SECONDS
from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.entities import Channel, Message, Payload, User
from tools.local_slack.rules.blocks import text_of
from tools.local_slack.state.state import Pane, State
from tools.local_slack.state.views import View


@dataclass(frozen=True, slots=True)
class UserAction:
    """What somebody did: at `ts`, and at `began` seconds of the server's clock.

    `source` is the message it was done to, `said` the message that was written, `view` the view it was done
    in, `thread_ts` the thread with the assistant that was opened.
    """

    what: str
    user: User
    ts: str
    began: float
    channel: Channel | None = None
    source: Message | None = None
    said: Message | None = None
    view: View | None = None
    thread_ts: str | None = None
    only_ack: bool = False
    """Whether nothing but the acknowledgement is to be expected."""


class Exchange:
    """What somebody did, and all that the bot did with it: always as things stand now."""

    def __init__(self, state: State, action: UserAction, deliveries: Sequence[Delivery]) -> None:
        self._state = state
        self.action = action
        self.deliveries = list(deliveries)
        """What the app was told, in order; nothing if it did not ask to be told."""

    # How it was taken

    @property
    def acked(self) -> bool:
        """Whether the app was told, and all of it was acknowledged."""
        return bool(self.deliveries) and all(one.acked is not None for one in self.deliveries)

    @property
    def acked_after(self) -> float | None:
        """Seconds from when it was first sent until all of it was acknowledged."""
        return max(one.acked_after or 0.0 for one in self.deliveries) if self.acked else None

    @property
    def ack(self) -> Payload | None:
        """What came with the acknowledgement."""
        return next((one.ack for one in self.deliveries if one.ack), None)

    @property
    def failed(self) -> str | None:
        """Why Slack gave up and told the person that it did not work."""
        return next((one.failed for one in self.deliveries if one.failed), None)

    @property
    def options(self) -> list[Payload]:
        """What was offered while somebody typed."""
        return list((self.ack or {}).get("options") or [])

    # What came of it

    @property
    def said(self) -> Message | None:
        """The person's message."""
        said = self.action.said
        return said and self._state.world.messages.get(said.ts, said)

    @property
    def thread_ts(self) -> str | None:
        """The thread with the assistant that was opened."""
        return self.action.thread_ts

    @property
    def pane(self) -> Pane | None:
        """What that thread shows besides messages; of a message in such a thread, the same."""
        ts = self.action.thread_ts or (self.action.said.root_ts if self.action.said else "")
        return self._state.panes.get((self.action.channel.id, ts)) if self.action.channel else None

    @property
    def messages(self) -> list[Message]:
        """The messages for everyone that came of it, in order; among them the one that it was done to, if it
        was changed since."""
        return [message for message in self._came() if not message.ephemeral]

    @property
    def ephemerals(self) -> list[Message]:
        """The same of messages for one person; `viewer_id` says for whom."""
        return [message for message in self._came() if message.ephemeral]

    @property
    def message(self) -> Message | None:
        """The first message that came of it, or the first ephemeral one."""
        return next(iter([*self.messages, *self.ephemerals]), None)

    @property
    def text(self) -> str:
        """All that the message says."""
        return text_of(self.message) if self.message else ""

    @property
    def views(self) -> list[View]:
        """The modals that were opened or changed by it, and the Home that was."""
        views = self._state.views
        ids = [view_id for one in self.deliveries for view_id in views.by_origin.get(one.id, [])]
        home = views.home(self.action.user)
        for view in (self.action.view and views.views.get(self.action.view.id), home):
            if view is not None and view.changed >= self.action.began and view.id not in ids:
                ids.append(view.id)
        return [views.views[view_id] for view_id in ids]

    @property
    def view(self) -> View | None:
        """The last of them."""
        return next(reversed(self.views), None)

    @property
    def deleted(self) -> bool:
        """Whether the message that it was done to is there no more."""
        return self.action.source is not None and self.action.source.ts not in self._state.world.messages

    async def settled(self, timeout: float = SETTLE_SECONDS) -> Self:
        """Wait until the bot has acknowledged and answered; raises AssertionError if it does not, or where
        Slack gave up."""
        await self._wait(self._is_settled, timeout, "answered")
        assert not self.failed, f"{self!r}"
        return self

    async def acknowledged(self, timeout: float = SETTLE_SECONDS) -> Self:
        """Wait until the bot has acknowledged; raises AssertionError if it does not."""
        await self._wait(lambda: self.acked or self.failed or not self.deliveries, timeout, "acknowledged")
        assert not self.failed, f"{self!r}"
        return self

    async def _wait(self, true: Callable[[], object], timeout: float, what: str) -> None:
        await self._state.changes.until(
            true, timeout, lambda: f"it is not {what} ({self!r}); calls:\n{self._state.requests}"
        )

    def _is_settled(self) -> bool:
        if self.failed:
            return True
        if not self.deliveries:
            return self.action.only_ack
        answered = self.action.only_ack or self.messages or self.ephemerals or self.views or self.deleted
        prompted = self.action.thread_ts is not None and self.pane is not None and self.pane.prompts
        return self.acked and bool(answered or prompted or self.options)

    def _came(self) -> list[Message]:
        found = []
        source = self.action.source and self._state.world.messages.get(self.action.source.ts)
        if source and source.changed is not None and source.changed >= self.action.began:
            found.append(source)
        ids = {one.id for one in self.deliveries}
        for channel in self._places():
            for message in self._state.world.messages_in(channel.id, after=self.action.ts):
                if message.bot_id is None:
                    continue
                exact = message.origin is not None
                if message.origin in ids if exact else self._state.action_log.owns(self.action.ts, message):
                    found.append(message)
        return found

    def _places(self) -> list[Channel]:
        """Where it may be answered: where it was done, and in the direct messages with the person."""
        direct = [one for one in self._state.world.channels.values() if one.user_id == self.action.user.id]
        here = [self.action.channel] if self.action.channel else []
        return here + [one for one in direct if one not in here]

    def __repr__(self) -> str:
        ack = f"acked after {self.acked_after} s" if self.acked else "not acked"
        told = f"told {[one.event_type for one in self.deliveries]}" if self.deliveries else "told nothing"
        failed = f", failed: {self.failed}" if self.failed else ""
        return (
            f"<{self.action.what} of {self.action.user.real_name}: {told}, {ack}{failed}, {self.text[:80]!r}>"
        )
