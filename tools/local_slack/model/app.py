"""The app's configuration at Slack: scopes, subscribed events, commands and shortcuts."""

import re
from collections.abc import Iterator, Mapping
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
"""All bot scopes that this server supports."""

ABOUT_LIMIT = 300
"""The most characters of an agent's or assistant's description."""

CHANNEL_SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
"""The name of each kind of channel in scopes and events."""
EVENT_SCOPES: Mapping[str, str | None] = {
    "app_context_changed": "assistant:write",
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "team_access_granted": None,
    "team_access_revoked": None,
    "assistant_thread_context_changed": "assistant:write",
    "assistant_thread_started": "assistant:write",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": None,
}
"""The events that an app can subscribe to, each with the scope that it needs."""


@dataclass(frozen=True, slots=True)
class App:
    """The app's configuration. None means everything: all events that the scopes allow, all commands or all
    shortcuts."""

    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] | None = None
    commands: frozenset[str] | None = None
    message_shortcuts: frozenset[str] | None = None
    global_shortcuts: frozenset[str] | None = None
    home: bool = True
    assistant: bool = True
    agent: bool = True
    """Whether it has Slack's newer messaging experience for agents; `assistant` is the older."""

    @classmethod
    def of_manifest(cls, manifest: Mapping[str, Any]) -> "App":
        """The configuration of a manifest. Raises ValueError for unknown events or scopes."""
        features: Mapping[str, Any] = manifest.get("features", {})
        settings: Mapping[str, Any] = manifest.get("settings", {})
        scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
        if strange := sorted((scopes - ALL_SCOPES) | (events - EVENT_SCOPES.keys())):
            raise ValueError(f"Slack, or this server, does not know {', '.join(strange)}")
        if without := sorted(event for event in events if EVENT_SCOPES[event] not in (None, *scopes)):
            raise ValueError(f"a scope is missing for {', '.join(without)}")
        if wrong := list(_wrong(features, settings)):
            raise ValueError(f"Slack does not take this: {', '.join(wrong)}")
        shortcuts = features.get("shortcuts", [])
        return cls(
            scopes=scopes,
            events=events,
            commands=frozenset(one["command"] for one in features.get("slash_commands", [])),
            message_shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "message"),
            global_shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "global"),
            home=bool(features.get("app_home", {}).get("home_tab_enabled")),
            assistant="assistant_view" in features,
            agent="agent_view" in features,
        )

    def hears(self, event: str) -> bool:
        """Whether the app gets an event; the name of a message event contains the kind of its channel."""
        scope = EVENT_SCOPES[event]
        return (self.events is None or event in self.events) and (scope is None or scope in self.scopes)

    def offers(self, name: str, among: frozenset[str] | None) -> bool:
        """Whether a command or shortcut exists: `among` are the configured ones, or None for all."""
        return "commands" in self.scopes and (among is None or name in among)


def _wrong(features: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[str]:
    """The problems for which Slack refuses a manifest."""
    views = [features[name] for name in ("assistant_view", "agent_view") if name in features]
    if len(views) > 1:
        yield "two messaging experiences"
    for view in views:
        if not all(len(text) <= ABOUT_LIMIT for text in view.values() if isinstance(text, str)):
            yield "a description that is too long"
    names = [one["command"] for one in features.get("slash_commands", [])]
    for name in names:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", name) or names.count(name) > 1:
            yield f"the command {name}"
    if settings.get("socket_mode_enabled"):
        return
    events = settings.get("event_subscriptions", {})
    interactivity = settings.get("interactivity", {})
    addresses = {
        "events": events.get("request_url") if events.get("bot_events") else "https://",
        "interactivity": interactivity.get("request_url") if interactivity.get("is_enabled") else "https://",
        **{one["command"]: one.get("url") for one in features.get("slash_commands", [])},
    }
    for what, address in addresses.items():
        if not str(address or "").startswith("https://"):
            yield f"no address for {what}"
