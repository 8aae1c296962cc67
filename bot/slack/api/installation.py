"""Identifies the installation of the app, and whether an event is for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

VERIFICATION = "url_verification"
"""The type of the request, for no workspace, with which Slack checks an address."""
INTERACTIONS = frozenset({"commands", "actions", "app"})
"""The first part of the path of a response URL; the workspace is the second."""
PRESSED = "block_actions"
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace, as Slack identifies it.

    `enterprise` is empty for a workspace without one. `app` is empty, and not compared, if Slack did not give
    it.
    """

    team: str
    enterprise: str = ""
    app: str = ""

    def refuses(self, body: Body) -> str | None:
        """Why a request is not for this installation; None if it is.

        In a channel that is shared with other workspaces (Slack Connect), a writer may belong to any of them,
        so the workspace for whose app the event was sent counts.
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
    """The workspaces that a request may be for, with their enterprises where these are given, the likeliest
    first."""
    return [(team, enterprise) for team, enterprise in _named(body) if team]


def _named(body: Body) -> Iterator[tuple[str, str]]:
    authorized = body.get("authorizations")
    if isinstance(authorized, list) and authorized:
        # Not the outer `team_id`, which in a shared channel is the sender's.
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
    """The workspaces with whose app a person of `team` may have interacted."""
    if installed := _text(_part(body, "view").get("app_installed_team_id")):
        yield installed
        return
    # In a shared channel the person may belong to another workspace, which is then given as the team; the
    # message or the response URL has the workspace whose app it is.
    way, _, rest = urlsplit(_text(body.get("response_url"))).path.strip("/").partition("/")
    address = rest.partition("/")[0] if way in INTERACTIONS else ""
    written = _text(_part(body, "message").get("team"))
    # A button is on the bot's own message; a message shortcut can be used on anybody's.
    yield from (written, address, team) if body.get("type") == PRESSED else (team, written, address)


def _installed(one: Any) -> tuple[str, str]:
    told = one if isinstance(one, Mapping) else {}
    return _text(told.get("team_id")), _text(told.get("enterprise_id"))


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
