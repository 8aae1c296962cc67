"""Identifies the installation of the app, and whether an event is for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

VERIFICATION = "url_verification"
"""What Slack sends, of no workspace, to see whether an address answers."""
INTERACTIONS = frozenset({"commands", "actions", "app"})
"""How the path of a response address begins; the workspace stands behind it."""
PRESSED = "block_actions"
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Installation:
    """One app in one workspace, as Slack itself says. Where it did not say the app, that is "", and not
    compared; a workspace of no enterprise has ""."""

    team: str
    enterprise: str = ""
    app: str = ""

    def refuses(self, body: Body) -> str | None:
        """Why something that Slack sent is not for this installation, None if it is.

        In a channel that is shared with other workspaces (Slack Connect), whoever writes or presses may be of
        any of them: what counts is the workspace as whose app the bot was told.
        """
        if body.get("type") == VERIFICATION:
            return None
        app = _text(body.get("api_app_id"))
        if self.app and app and app != self.app:
            return f"app {app}"
        named = named_in(body)
        for team, enterprise in named:
            if team == self.team and enterprise in ("", self.enterprise):
                return None
        return " or ".join(f"workspace {team}" for team, _ in named) or "no workspace"


def named_in(body: Body) -> list[tuple[str, str]]:
    """The installations that something may be for, the likeliest first: workspaces, with their enterprises
    where they are told."""
    return [(team, enterprise) for team, enterprise in _named(body) if team]


def _named(body: Body) -> Iterator[tuple[str, str]]:
    authorized = body.get("authorizations")
    if isinstance(authorized, list) and authorized:
        # Not the outer `team_id`: in a shared channel it is the sender's.
        for one in authorized:
            team, enterprise = _installed(one)
            if not team and enterprise and one.get("is_enterprise_install"):
                team = _text(body.get("context_team_id")) or _text(body.get("team_id"))
            yield team, enterprise
    elif "event" in body or "command" in body:
        yield _installed(body)
    else:
        place = _part(body, "team")
        own, enterprise = _text(place.get("id")), _text(place.get("enterprise_id"))
        if body.get("is_enterprise_install") and not own:
            own = _text(_part(body, "user").get("team_id"))
            enterprise = _text(_part(body, "enterprise").get("id"))
        for installed in _interacted(body, own):
            yield installed, enterprise if installed == own else ""


def _interacted(body: Body, team: str) -> Iterator[str]:
    """The workspaces as whose app a person of `team` may have met the bot."""
    if installed := _text(_part(body, "view").get("app_installed_team_id")):
        yield installed
        return
    # Who presses in a shared channel may be of another workspace, and is then named as the team: the message
    # that was pressed, or the address to answer to, says as whose app the bot is there.
    way, _, rest = urlsplit(_text(body.get("response_url"))).path.strip("/").partition("/")
    address = rest.partition("/")[0] if way in INTERACTIONS else ""
    written = _text(_part(body, "message").get("team"))
    # What is pressed is the bot's own message; a shortcut is chosen from anybody's.
    yield from (written, address, team) if body.get("type") == PRESSED else (team, written, address)


def _installed(one: Any) -> tuple[str, str]:
    told = one if isinstance(one, Mapping) else {}
    return _text(told.get("team_id")), _text(told.get("enterprise_id"))


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
