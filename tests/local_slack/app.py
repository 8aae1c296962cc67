"""The app as it is set up at Slack: what it may do, what it is told of, what people are offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALL_SCOPES = frozenset(
    """
    app_mentions:read assistant:write channels:history channels:join channels:read chat:write
    chat:write.public commands files:read files:write groups:history groups:read im:history im:read im:write
    mpim:history mpim:read reactions:read reactions:write team:read usergroups:read users:read
    users:read.email
    """.split()
)
"""Every scope of a bot that this server knows of."""

EVENT_SCOPES: Mapping[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "assistant_thread_context_changed": "assistant:write",
    "assistant_thread_started": "assistant:write",
    "channel_left": "channels:read",
    "file_shared": "files:read",
    "group_left": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": None,
}
"""The events that an app can ask for, and the scope that each needs."""


@dataclass(frozen=True, slots=True)
class App:
    """The setup. None is everything: any event that the scopes allow, any command, any shortcut."""

    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] | None = None
    commands: frozenset[str] | None = None
    message_shortcuts: frozenset[str] | None = None
    global_shortcuts: frozenset[str] | None = None
    home: bool = True
    assistant: bool = True

    @classmethod
    def of_manifest(cls, manifest: Mapping[str, Any]) -> "App":
        """The setup that a manifest makes; raises ValueError for events or scopes that are not Slack's."""
        features: Mapping[str, Any] = manifest.get("features", {})
        settings: Mapping[str, Any] = manifest.get("settings", {})
        scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
        if strange := sorted((scopes - ALL_SCOPES) | (events - EVENT_SCOPES.keys())):
            raise ValueError(f"Slack, or this server, does not know {', '.join(strange)}")
        if without := sorted(event for event in events if EVENT_SCOPES[event] not in (None, *scopes)):
            raise ValueError(f"a scope is missing for {', '.join(without)}")
        shortcuts = features.get("shortcuts", [])
        return cls(
            scopes=scopes,
            events=events,
            commands=frozenset(one["command"] for one in features.get("slash_commands", [])),
            message_shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "message"),
            global_shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "global"),
            home=bool(features.get("app_home", {}).get("home_tab_enabled")),
            assistant="assistant_view" in features,
        )

    def hears(self, event: str) -> bool:
        """Whether the app is told of an event; a message's is named with its channel's kind."""
        scope = EVENT_SCOPES[event]
        return (self.events is None or event in self.events) and (scope is None or scope in self.scopes)
