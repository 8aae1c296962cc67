"""Reads Slack's payloads of commands, shortcuts, buttons, menus and forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.drawing.forms import read_note

Body = dict[str, Any]
"""What Slack sends, as Bolt has read it."""
UNNAMED = frozenset({"", "directmessage", "privategroup"})
"""What Slack says in the place of the name of a channel that has none, or that is private."""

NOTED = ("channel", "place", "address", "message", "thread")
"""What a form keeps of where it was opened from."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something that a person used. What Slack does not say is empty."""

    user: str
    trigger: str = ""
    """Tells this from all else that people use, and opens a form within 3 s, but for what was a form."""
    channel: str = ""
    place: str = ""
    """The channel's name, in Slack's own writing."""
    address: str = ""
    """Takes up to five messages within 30 minutes."""
    message: str = ""
    """The timestamp of the message whose button or menu was used."""
    thread: str = ""
    """The thread in which that message stands."""
    ephemeral: bool = False
    """That message is shown to this person alone."""
    in_home: bool = False
    """It was used in App Home, which is no message."""

    @classmethod
    def of(cls, body: Body) -> "Interaction":
        """As Slack tells of it."""
        channel, container = body.get("channel") or {}, body.get("container") or {}
        return cls(
            user=user_of(body),
            trigger=str(body.get("trigger_id") or ""),
            channel=str(channel.get("id") or container.get("channel_id") or body.get("channel_id") or ""),
            place=str(channel.get("name") or body.get("channel_name") or ""),
            address=str(body.get("response_url") or ""),
            message=str(container.get("message_ts") or ""),
            thread=str(container.get("thread_ts") or ""),
            ephemeral=bool(container.get("is_ephemeral")),
            in_home=container.get("type") == "view",
        )

    @classmethod
    def of_form(cls, body: Body) -> "Interaction":
        """A form that was sent in: it belongs where it was opened from, as its note says."""
        note = read_note(body["view"])
        kept = {name: note.get(name, "") for name in NOTED}
        ephemeral, in_home = bool(note.get("ephemeral")), not note.get("channel")
        trigger = f"view/{body['view'].get('id')}"
        return cls(user_of(body), trigger, ephemeral=ephemeral, in_home=in_home, **kept)

    @property
    def note(self) -> dict[str, str]:
        """What a form keeps of where it was opened from, read by `of_form`."""
        return {name: getattr(self, name) for name in NOTED} | {"ephemeral": "1" if self.ephemeral else ""}

    @property
    def channel_name(self) -> str:
        """What the channel is called, where Slack says it: `#general`."""
        return "" if self.place in UNNAMED else f"#{self.place}"


def user_of(body: Mapping[str, Any]) -> str:
    """Who typed a command, pressed, sent a form or wrote a message."""
    user = body.get("user_id") or body.get("user") or (body.get("event") or {}).get("user") or ""
    return str(user.get("id") or "") if isinstance(user, Mapping) else str(user)
