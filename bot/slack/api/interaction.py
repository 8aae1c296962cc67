"""Parses Slack's payloads of commands, shortcuts, buttons, menus and forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.drawing.forms import read_note

Body = dict[str, Any]
"""A payload of Slack as Bolt has parsed it."""
UNNAMED = frozenset({"", "directmessage", "privategroup"})
"""The names that Slack gives for channels that have none or are private."""

NOTED = ("channel", "place", "address", "message", "thread")
"""The fields that a form stores in its private metadata, about where it was opened."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """The use of a command, shortcut, button, menu or form. Fields that Slack did not give are empty."""

    user: str
    trigger: str = ""
    """Unique for each interaction. It can open a form within 3 s, except after a submitted form."""
    channel: str = ""
    place: str = ""
    """The channel's name as Slack gives it."""
    address: str = ""
    """The response URL: it accepts up to five messages within 30 minutes."""
    message: str = ""
    """The timestamp of the message with the button or menu."""
    thread: str = ""
    """The thread of that message."""
    ephemeral: bool = False
    """That message is ephemeral: only this person sees it."""
    in_home: bool = False
    """It was used in App Home, where there is no message."""

    @classmethod
    def of(cls, body: Body) -> "Interaction":
        """Parse the payload of anything but a submitted form."""
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
        """Parse a submitted form; it belongs to the place where it was opened, which its metadata
        contains."""
        note = read_note(body["view"])
        kept = {name: note.get(name, "") for name in NOTED}
        ephemeral, in_home = bool(note.get("ephemeral")), not note.get("channel")
        trigger = f"view/{body['view'].get('id')}"
        return cls(user_of(body), trigger, ephemeral=ephemeral, in_home=in_home, **kept)

    @property
    def note(self) -> dict[str, str]:
        """What a form stores in its metadata, and `of_form` reads."""
        return {name: getattr(self, name) for name in NOTED} | {"ephemeral": "1" if self.ephemeral else ""}

    @property
    def channel_name(self) -> str:
        """The channel's name as it is shown (`#general`); empty if Slack does not give it."""
        return "" if self.place in UNNAMED else f"#{self.place}"


def user_of(body: Mapping[str, Any]) -> str:
    """The id of the user who sent a payload; empty if there is none."""
    user = body.get("user_id") or body.get("user") or (body.get("event") or {}).get("user") or ""
    return str(user.get("id") or "") if isinstance(user, Mapping) else str(user)
