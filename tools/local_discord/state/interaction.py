"""Interactions: people's actions, and the bot's responses."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.local_discord.model.entities import Channel, InteractionType, Payload, User
from tools.local_platform.issued_secrets import issue_secret

MESSAGE_RESPONSE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""The types of callbacks."""
ACK_SECONDS = 3.0
"""Seconds for the first response, after which the interaction fails."""
TOKEN_SECONDS = 15 * 60.0
"""Seconds for edits and follow-ups."""


@dataclass(frozen=True, slots=True)
class Modal:
    """A form that the bot opened for a person; `origin` is the interaction that opened it."""

    custom_id: str
    title: str
    components: tuple[Payload, ...]
    origin: "Interaction" = field(repr=False)


@dataclass(slots=True, eq=False)
class Interaction:
    """The state of one interaction, from its dispatch on."""

    id: str
    type: InteractionType
    user: User
    channel: Channel
    owners: dict[str, str]
    """The authorizing integration owners, who installed the application: "0" the guild, "1" the user."""
    created: float
    metadata: Payload = field(default_factory=dict)
    """The interaction metadata in the resulting messages."""
    source_id: str | None = None
    """The message with the component."""
    token: str = field(default_factory=lambda: issue_secret(secrets.token_urlsafe(48)))
    acked: float | None = None
    ack_type: int | None = None
    original_id: str | None = None
    """The message that `@original` means."""
    followup_ids: list[str] = field(default_factory=list)
    choices: Sequence[Payload] | None = None
    modal: Modal | None = None
    edits: int = 0
    """The number of edits through its webhook."""

    def too_late(self, now: float) -> bool:
        """Whether it can no longer be acknowledged."""
        return self.acked is None and now - self.created > ACK_SECONDS

    def token_expired(self, now: float) -> bool:
        return now - self.created > TOKEN_SECONDS
