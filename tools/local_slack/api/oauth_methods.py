"""The method that issues tokens, for a code or for a refresh token."""

from typing import Any

from tools.local_slack.api.methods import Call, method
from tools.local_slack.model.entities import Payload, Team
from tools.local_slack.rules.errors import Refused
from tools.local_slack.state.oauth import CODE_SECONDS, TOKEN_SECONDS, Refreshable
from tools.local_slack.state.state import State

ENTERPRISE_NAME = "The Company"


@method(
    "oauth.v2.access",
    arguments="code redirect_uri grant_type refresh_token client_id client_secret",
    token="client",
)
def give_tokens(state: State, call: Call) -> Payload:
    if call.text("grant_type") == "refresh_token":
        return _refreshed(state, call.text("refresh_token"))
    consent = state.oauth.consents.pop(call.text("code"), None)
    if consent is None or state.clock.seconds() - consent.at > CODE_SECONDS:
        raise Refused("invalid_code")
    if call.text("redirect_uri") != consent.redirect_uri:
        raise Refused("bad_redirect_uri")
    team = state.world.teams[consent.team.id]
    enterprise = team.enterprise_id or ""
    if consent.org_wide:
        team = _install_everywhere(state, team)
    elif not _is_installed(state, team):
        team = state.world.install(team)
    body = _new_tokens(state, "" if consent.org_wide else team.id, enterprise if consent.org_wide else "")
    state.changes.announce()
    return {
        **body,
        "scope": ",".join(consent.scopes),
        "bot_user_id": team.bot_user_id,
        "app_id": state.world.app_id,
        "team": None if consent.org_wide else {"id": team.id, "name": team.name},
        "enterprise": {"id": enterprise, "name": ENTERPRISE_NAME} if enterprise else None,
        "is_enterprise_install": consent.org_wide,
        "authed_user": {"id": consent.user.id},
    }


def _is_installed(state: State, team: Team) -> bool:
    return any(one.id == team.id and token not in state.revoked for token, one in state.tokens.items())


def _install_everywhere(state: State, team: Team) -> Team:
    """Install one bot in all teams of the enterprise."""
    made = state.world.install(team)
    bot = state.world.bot(made.id)
    for other in list(state.world.teams.values()):
        if other.enterprise_id == team.enterprise_id:
            state.world.join(other, bot)
    return state.world.teams[team.id]


def _new_tokens(state: State, team_id: str, enterprise_id: str) -> Payload:
    oauth = state.oauth
    token = f"{'xoxe.' if oauth.rotates else ''}xoxb-{state.clock.new_secret()}"
    if team_id:
        state.tokens[token] = state.world.teams[team_id]
    else:
        state.enterprise_tokens[token] = enterprise_id
    body: dict[str, Any] = {"access_token": token, "token_type": "bot"}
    if oauth.rotates:
        refresh = f"xoxe-1-{state.clock.new_secret()}"
        oauth.refreshables[refresh] = Refreshable(token, team_id, enterprise_id)
        oauth.expiring[token] = state.clock.seconds() + TOKEN_SECONDS
        body |= {"refresh_token": refresh, "expires_in": TOKEN_SECONDS}
    return body


def _refreshed(state: State, refresh: str) -> Payload:
    """Issue new tokens for a refresh token, which becomes invalid; the old access token stays valid until it
    expires."""
    had = state.oauth.refreshables.pop(refresh, None)
    if had is None or had.token in state.revoked:
        raise Refused("invalid_refresh_token")
    team = state.world.teams.get(had.team_id)
    return {
        **_new_tokens(state, had.team_id, had.enterprise_id),
        "scope": ",".join(sorted(state.world.app.scopes)),
        "app_id": state.world.app_id,
        "team": {"id": team.id, "name": team.name} if team else None,
        "enterprise": {"id": had.enterprise_id, "name": ENTERPRISE_NAME} if had.enterprise_id else None,
        "is_enterprise_install": not had.team_id,
    }
