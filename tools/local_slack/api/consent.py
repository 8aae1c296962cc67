"""The consent page on which people allow an app in their workspace, as a browser shows it."""

import html
from urllib.parse import urlencode

from aiohttp import web

from tools.local_slack.model.app import ALL_SCOPES
from tools.local_slack.model.entities import User
from tools.local_slack.rules.errors import Problem
from tools.local_slack.state.oauth import Consent
from tools.local_slack.state.state import State

SIGNED_IN = "d"
"""The cookie that identifies the signed-in person; here it is the person's id."""
CONSENT = "consent"
PAGE = """<!doctype html><title>{app} wants to access {team}</title>
<form method="post"><ul>{scopes}</ul>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="everywhere">Allow in the whole organization</button>
<button name="decision" value="deny">Cancel</button></form>"""


async def show_consent(state: State, request: web.Request) -> web.StreamResponse:
    """Show the page."""
    user, problem = _asked(state, request)
    if user is None:
        return _refused(state, request, problem)
    state.record(CONSENT, dict(request.query))
    scopes = "".join(f"<li>{html.escape(one)}</li>" for one in request.query["scope"].split(","))
    team = html.escape(state.world.teams[user.team_id].name)
    return web.Response(text=PAGE.format(app="Newsdesk", team=team, scopes=scopes), content_type="text/html")


async def take_consent(state: State, request: web.Request) -> web.StreamResponse:
    """Handle the person's answer: redirect to the app, with a code or an error."""
    user, problem = _asked(state, request)
    if user is None:
        return _refused(state, request, problem)
    decision, query = (await request.post()).get("decision"), request.query
    team = state.world.teams[user.team_id]
    if decision == "deny":
        told = {"error": "access_denied"}
    elif not user.admin or (decision == "everywhere" and not team.enterprise_id):
        return _refused(state, request, "not allowed to install apps there")
    else:
        code = state.clock.new_secret()
        state.oauth.consents[code] = Consent(
            user,
            team,
            decision == "everywhere",
            tuple(query["scope"].split(",")),
            query.get("redirect_uri", ""),
            state.clock.seconds(),
        )
        told = {"code": code}
    address = f"{query['redirect_uri']}?{urlencode(told | {'state': query.get('state', '')})}"
    state.record(CONSENT, dict(query))
    return web.Response(status=302, headers={"Location": address})


def _asked(state: State, request: web.Request) -> tuple[User | None, str]:
    """The signed-in person, or the error of the request."""
    query, oauth = request.query, state.oauth
    user = state.world.users.get(request.cookies.get(SIGNED_IN, ""))
    scopes = set(query.get("scope", "").split(","))
    if user is None or user.bot:
        return None, "nobody is signed in"
    if query.get("client_id") != oauth.client_id:
        return None, "invalid_client_id"
    if not query.get("redirect_uri") or (
        oauth.redirect_uris and query["redirect_uri"] not in oauth.redirect_uris
    ):
        return None, "bad_redirect_uri"
    if not scopes <= ALL_SCOPES or not scopes <= state.world.app.scopes:
        return None, "invalid_scope"
    if not query.get("state"):
        return None, "no state: anybody could have begun this"
    return user, ""


def _refused(state: State, request: web.Request, problem: str) -> web.StreamResponse:
    state.record(CONSENT, dict(request.query), 400, problem, [Problem((), problem)])
    return web.Response(status=400, text=problem)
