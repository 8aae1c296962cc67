"""The entry point of the Web API: parses, validates, executes and records calls."""

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from tools.local_platform.faults import handle
from tools.local_slack.api import (  # noqa: F401 - each names its methods
    account_methods,
    chat_methods,
    file_methods,
    oauth_methods,
    view_methods,
)
from tools.local_slack.api.faults import Faults
from tools.local_slack.api.methods import METHODS, Argument, Call, Method
from tools.local_slack.model.app import CHANNEL_SCOPES
from tools.local_slack.model.entities import Payload, Team
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.state.state import State

FLAGS: Mapping[Any, bool] = {
    **dict.fromkeys(("1", "true", "True"), True),
    **dict.fromkeys(("0", "false", "False", ""), False),
}
"""The values of flags in forms."""
SENT_BY_THE_LIBRARY = frozenset({"team_id"})
"""Arguments that slack_bolt adds to every call; they are not reported."""
NEEDS_TEAM = frozenset({"usergroups.list"})
"""Methods for which a call with an org-wide token must name the team."""
CHANNEL_ARGUMENTS = ("channel", "channel_id")

Take = Callable[[State, web.Request], Awaitable[web.StreamResponse]]
"""Answers a request that is not a call of a method."""


class WebApi:
    """Handles all paths below the prefix, response URLs and uploads."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.faults = Faults()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of a method."""
        call = _MethodCall(self._state, request)
        return await handle(self.faults, call.method, request, call)

    def other(self, name: str, take: Take) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Makes a handler for requests that are not calls of a method, with the faults for `name`."""

        async def answer(request: web.Request) -> web.StreamResponse:
            return await handle(self.faults, name, request, _OtherCall(self._state, request, name, take))

        return answer


class _OtherCall:
    """A request to another address, which its handler records."""

    def __init__(self, state: State, request: web.Request, name: str, take: Take) -> None:
        self._state = state
        self._request = request
        self._name = name
        self._take = take

    async def read(self) -> None:
        await self._request.read()

    async def answer(self) -> web.StreamResponse:
        return await self._take(self._state, self._request)

    def record(self, status: int | None = None, error: str = "") -> None:
        if status is not None:
            self._state.record(self._name, {}, status, error)


class _MethodCall:
    """A call that is being handled, as far as it was parsed."""

    def __init__(self, state: State, request: web.Request) -> None:
        self._state = state
        self._request = request
        self.method = request.match_info["method"]
        self.arguments: Mapping[str, Any] = {}
        self.problems: list[Problem] = []
        self.team: Team | None = None
        self._token = ""
        self._client = ("", "")
        self._answered: tuple[int, Payload] = (0, {})

    async def read(self) -> None:
        """Read the arguments and the token, in all the places where a client may put them."""
        given: dict[str, Any] = dict(self._request.query)
        if self._request.content_type == "application/json":
            try:
                body = json.loads(await self._request.text() or "{}")
            except ValueError:
                body = None
            if isinstance(body, dict):
                given |= body
            else:
                self.problems.append(Problem((), "the body is no JSON object"))
        else:
            given |= dict(await self._request.post())
        scheme, _, token = self._request.headers.get("Authorization", "").partition(" ")
        self.arguments, self._token = given, token if scheme == "Bearer" else ""
        if scheme == "Basic":
            self._client = _basic(token)

    async def answer(self) -> web.StreamResponse:
        """Execute the call, and return the response."""
        await self.read()
        headers: Mapping[str, str] = {}
        try:
            if self.problems:
                raise Refused("invalid_json", self.problems)
            self._answered = 200, {"ok": True, **self._carry_out()}
        except Refused as refused:
            self.problems = [*self.problems, *(refused.problems or [Problem((), refused.error)])]
            self._answered, headers = (refused.status, refused.body), refused.headers
        except Exception as error:
            self.problems.append(Problem((), f"the local server failed: {error!r}"))
            self.record(500, "own_failure")
            raise
        status, body = self._answered
        scopes = ",".join(sorted(self._state.world.app.scopes)) if self.team else ""
        headers = {**headers, "X-OAuth-Scopes": scopes, "X-Slack-Req-Id": self._state.clock.new_secret()}
        return web.json_response(body, status=status, headers=headers)

    def record(self, status: int | None = None, error: str = "") -> None:
        """Record the call with this status and error, or with those of its response."""
        if status is None:
            status, error = self._answered[0], self._answered[1].get("error") or ""
        self._state.record(self.method, self.arguments, status, error or None, self.problems)

    def _carry_out(self) -> Payload:
        method = METHODS.get(self.method)
        if method is None:
            raise Refused("unknown_method", req_method=self.method)
        self.team = self._authorize(method)
        call = Call(method, self._checked(method), self.team, self.problems)
        self.arguments = call.arguments
        self._check_scopes(call)
        return method.handle(self._state, call)

    def _authorize(self, method: Method) -> Team | None:
        """The team of a bot's token; None for the app's own token or secret. Raises Refused."""
        token = self._token
        if method.token == "client":
            self._check_client()
            return None
        if not token:
            raise Refused("not_authed")
        if token in self._state.revoked:
            raise Refused(self._state.revoked[token])
        if self._state.oauth.expiring.get(token, float("inf")) <= self._state.clock.seconds():
            raise Refused("token_expired")
        own, enterprise = token == self._state.app_token, self._state.enterprise_tokens.get(token)
        if not own and enterprise is None and token not in self._state.tokens:
            raise Refused("invalid_auth")
        if method.token != ("xapp" if own else "xoxb"):
            raise Refused("not_allowed_token_type")
        if enterprise is not None:
            return self._team_of(enterprise)
        return None if own else self._state.world.teams[self._state.tokens[token].id]

    def _check_client(self) -> None:
        given, oauth = self.arguments, self._state.oauth
        name = self._client[0] or str(given.get("client_id") or "")
        if name != oauth.client_id:
            raise Refused("invalid_client_id")
        if (self._client[1] or str(given.get("client_secret") or "")) != oauth.client_secret:
            raise Refused("bad_client_secret")

    def _team_of(self, enterprise: str) -> Team:
        """The team of a call with an org-wide token: the named one, or that of its channel or person."""
        world, given = self._state.world, self.arguments
        teams = {one.id: one for one in world.teams.values() if one.enterprise_id == enterprise}
        if (named := str(given.get("team_id") or "")) in teams:
            return teams[named]
        trigger = self._state.grants.triggers.get(str(given.get("trigger_id") or ""))
        if trigger is not None:
            return world.teams[trigger.team.id]
        for name in (*CHANNEL_ARGUMENTS, "user", "users", "user_id"):
            of = world.channels.get(str(given.get(name))) or world.users.get(str(given.get(name)))
            if of is not None and of.team_id in teams:
                return teams[of.team_id]
        if self.method in NEEDS_TEAM:
            raise Refused(
                "missing_argument", [Problem(("team_id",), "an org-wide token has to say which team")]
            )
        return next(iter(teams.values()))

    def _check_scopes(self, call: Call) -> None:
        if not call.method.scopes or call.method.token != "xoxb":
            return
        needed = [scope.format(channel=self._kind(call)) for scope in call.method.scopes]
        if not self._state.world.app.scopes.intersection(needed):
            provided = ",".join(sorted(self._state.world.app.scopes))
            raise Refused("missing_scope", needed=needed[0], provided=provided)

    def _kind(self, call: Call) -> str:
        named = next((call.text(name) for name in CHANNEL_ARGUMENTS if call.text(name)), "")
        channel = self._state.world.channels.get(named)
        return CHANNEL_SCOPES[channel.kind if channel else "channel"]

    def _checked(self, method: Method) -> dict[str, Any]:
        """The arguments converted to their kinds; unknown ones are recorded and left out."""
        checked: dict[str, Any] = {}
        wrong = [
            Problem((), f"missing required field: {name}")
            for name, argument in method.arguments.items()
            if argument.required and self.arguments.get(name) is None
        ]
        for name, value in self.arguments.items():
            argument = method.arguments.get(name)
            if argument is None and name not in SENT_BY_THE_LIBRARY:
                self.problems.append(Problem((name,), "the server knows no such argument"))
            if argument is None or value is None:
                continue
            try:
                checked[name] = _converted(argument, value)
            except ValueError as error:
                if name == "blocks":
                    raise Refused("invalid_blocks_format") from None
                wrong.append(Problem((name,), str(error)))
        if wrong:
            raise invalid_arguments(wrong)
        return checked


def _basic(encoded: str) -> tuple[str, str]:
    """The name and password in an HTTP Basic header."""
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return name, password


def _converted(argument: Argument, value: Any) -> Any:
    match argument.kind:
        case "text" if isinstance(value, str):
            return value
        case "flag" if isinstance(value, bool):
            return value
        case "flag" if isinstance(value, str) and value in FLAGS:
            return FLAGS[value]
        case "number" if str(value).isdecimal():
            return int(value)
        case "json" if isinstance(value, dict | list):
            return value
        case "json" if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                raise ValueError("must be valid JSON") from None
    nouns = {"text": "a string", "flag": "a boolean", "number": "a number", "json": "an object"}
    raise ValueError(f"must provide {nouns[argument.kind]}")
