"""Actions of people with messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.entities import Channel, Message, Payload, User
from tools.local_slack.people.exchange import Exchange
from tools.local_slack.people.interact import NotPossible, begin_action, require_member
from tools.local_slack.people.typed_text import as_typed, mentions_bot
from tools.local_slack.state import posting
from tools.local_slack.state.events import send_event
from tools.local_slack.state.payloads import message_payload
from tools.local_slack.state.state import State

TEXT_LIMIT = 12_000
"""The most characters of a person's message."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sends; `told`, `info` and `redirect` are as in `File`."""

    filename: str
    content: bytes
    content_type: str = "text/plain"
    told: Mapping[str, Any] = field(default_factory=dict, hash=False)
    info: Mapping[str, Any] = field(default_factory=dict, hash=False)
    redirect: str = ""


def forwarded(message: Message) -> Payload:
    """The attachment with a forwarded message."""
    return {
        "id": 1,
        "ts": message.ts,
        "channel_id": message.channel_id,
        "author_id": message.user_id,
        "from_url": f"https://newsroom.slack.com/archives/{message.channel_id}/p1",
        "is_msg_unfurl": True,
        "is_share": True,
        "text": message.text,
        "fallback": f"[{message.ts}] somebody: {message.text}",
        "message_blocks": [
            {
                "team": message.team_id,
                "channel": message.channel_id,
                "ts": message.ts,
                "message": {"blocks": list(message.blocks)},
            }
        ],
        "mrkdwn_in": ["text"],
        "footer": "Posted in #general",
    }


class MessageActions:
    """Writes, edits and deletes people's messages."""

    _state: State

    async def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        thread_ts: str | None = None,
        files: Sequence[Upload] = (),
        forwards: Message | None = None,
    ) -> Exchange:
        """Write a message, in a thread if `thread_ts` is given, with a forwarded message if there is one.

        `text` is what the person types: the text of `mention()` becomes a mention, an address a link, and
        everything else is plain text.
        """
        channel = require_member(self._state, user, channel)
        if not (text.strip() or files or forwards) or len(text) > TEXT_LIMIT:
            raise NotPossible(f"a message has 1 to {TEXT_LIMIT} characters")
        world = self._state.world
        if thread_ts is not None and (channel.id, thread_ts) not in self._state.panes:
            root = world.messages.get(thread_ts)
            if root is None or root.channel_id != channel.id or root.ephemeral or root.thread_ts:
                raise NotPossible(f"no thread begins at {thread_ts}")
        written = as_typed(world, text)
        kept = [world.add_file(user, one.filename, one.content, one.content_type) for one in files]
        for file, sent in zip(kept, files, strict=True):
            world.files[file.id] = replace(file, told=sent.told, info=sent.info, redirect=sent.redirect)
        message = world.keep_message(
            Message(
                ts=self._state.clock.new_ts(),
                channel_id=channel.id,
                team_id=user.team_id,
                user_id=user.id,
                text=written,
                files=tuple(world.files[file.id] for file in kept),
                thread_ts=thread_ts,
                attachments=(forwarded(forwards),) if forwards else (),
                subtype="file_share" if files else None,
            )
        )
        action = begin_action(self._state, "message", user, channel, said=message)
        told = posting.publish(self._state, message)
        return Exchange(self._state, action, [*told, *self._mentioned(message)])

    async def edit(self, message: Message, text: str) -> Exchange:
        """Edit a message as its author."""
        written, edited = as_typed(self._state.world, text), self._state.clock.new_ts()
        return self._change(message, "change", text=written, edited_ts=edited)

    async def unfurl(self, message: Message) -> Exchange:
        """Add a link preview as Slack does: the message is changed, but does not count as edited."""
        preview: Payload = {"id": 1, "title": "A page", "text": "What it says", "fallback": "A page"}
        return self._change(message, "preview", attachments=(preview,))

    def _change(self, message: Message, what: str, **changes: Any) -> Exchange:
        """Change a message and send the event about it, and also about its mentions if it was edited."""
        before = self._state.world.messages[message.ts]
        after = self._state.world.keep_message(replace(before, **changes))
        user = self._state.world.users[message.user_id]
        channel = self._state.world.channels[message.channel_id]
        action = begin_action(self._state, what, user, channel, source=after)
        told = posting.publish_change(self._state, before, after)
        named = self._mentioned(after) if "edited_ts" in changes else []
        return Exchange(self._state, action, [*told, *named])

    async def delete(self, message: Message) -> None:
        """Delete a message, as somebody with the permission."""
        posting.remove(self._state, message)

    def mention(self, user: User | None = None) -> str:
        """The text that mentions a user, by default the bot of the first team."""
        if user is None:
            user = self._state.world.bot(next(iter(self._state.world.teams)))
        return f"<@{user.id}>"

    def _mentioned(self, message: Message) -> list[Delivery]:
        """Send the event that the bot was mentioned; not for direct messages, which have an event anyway."""
        channel = self._state.world.channels[message.channel_id]
        if channel.direct or not mentions_bot(self._state.world, channel, message):
            return []
        team = self._state.world.seen_team(channel)
        event = message_payload(self._state.world, self._state.base, message)
        event.pop("subtype", None)
        event |= {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        sender = self._state.world.teams[message.team_id]
        told = send_event(self._state, event, team, channel=channel, from_team=sender)
        return [told] if told else []
