"""A person's action, and the bot's reactions to it."""

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
    """A person's action at the timestamp `ts`, and at `began` seconds of the server's clock.

    `source` is the message and `view` the view in which it happened. `said` is the message that was written,
    and `thread_ts` the assistant's thread that was opened.
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
    """Whether the bot is only expected to acknowledge it."""


class Exchange:
    """A person's action and the bot's reactions; the properties give the current state."""

    def __init__(self, state: State, action: UserAction, deliveries: Sequence[Delivery]) -> None:
        self._state = state
        self.action = action
        self.deliveries = list(deliveries)
        """The deliveries to the app, in order; none if it has not subscribed to the event."""

    # The acknowledgement

    @property
    def acked(self) -> bool:
        """Whether there are deliveries, and all were acknowledged."""
        return bool(self.deliveries) and all(one.acked is not None for one in self.deliveries)

    @property
    def acked_after(self) -> float | None:
        """Seconds from the first sending until all deliveries were acknowledged."""
        return max(one.acked_after or 0.0 for one in self.deliveries) if self.acked else None

    @property
    def ack(self) -> Payload | None:
        """The payload of the acknowledgement."""
        return next((one.ack for one in self.deliveries if one.ack), None)

    @property
    def failed(self) -> str | None:
        """Why Slack gave up and showed the person an error."""
        return next((one.failed for one in self.deliveries if one.failed), None)

    @property
    def options(self) -> list[Payload]:
        """The options that were offered while the person typed."""
        return list((self.ack or {}).get("options") or [])

    # The results

    @property
    def said(self) -> Message | None:
        """The person's message."""
        said = self.action.said
        return said and self._state.world.messages.get(said.ts, said)

    @property
    def thread_ts(self) -> str | None:
        """The assistant's thread that was opened."""
        return self.action.thread_ts

    @property
    def pane(self) -> Pane | None:
        """The pane of the assistant's thread that was opened, or in which the message was written."""
        ts = self.action.thread_ts or (self.action.said.root_ts if self.action.said else "")
        return self._state.panes.get((self.action.channel.id, ts)) if self.action.channel else None

    @property
    def messages(self) -> list[Message]:
        """The resulting messages that everyone sees, in order; also the source message if it was changed
        since."""
        return [message for message in self._came() if not message.ephemeral]

    @property
    def ephemerals(self) -> list[Message]:
        """The resulting ephemeral messages, in order."""
        return [message for message in self._came() if message.ephemeral]

    @property
    def message(self) -> Message | None:
        """The first resulting message, or else the first ephemeral one."""
        return next(iter([*self.messages, *self.ephemerals]), None)

    @property
    def text(self) -> str:
        """The whole text of the message."""
        return text_of(self.message) if self.message else ""

    @property
    def views(self) -> list[View]:
        """The modals and the Home that were opened or changed by it."""
        views = self._state.views
        ids = [view_id for one in self.deliveries for view_id in views.by_origin.get(one.id, [])]
        home = views.home(self.action.user)
        for view in (self.action.view and views.views.get(self.action.view.id), home):
            if view is not None and view.changed >= self.action.began and view.id not in ids:
                ids.append(view.id)
        return [views.views[view_id] for view_id in ids]

    @property
    def view(self) -> View | None:
        """The last one of `views`."""
        return next(reversed(self.views), None)

    @property
    def deleted(self) -> bool:
        """Whether the source message was deleted."""
        return self.action.source is not None and self.action.source.ts not in self._state.world.messages

    async def settled(self, timeout: float = SETTLE_SECONDS) -> Self:
        """Wait until the bot has acknowledged and answered; raises AssertionError if it does not, or if Slack
        gave up."""
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
        """The channels in which the answer may be: the action's, and the direct messages with the person."""
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
