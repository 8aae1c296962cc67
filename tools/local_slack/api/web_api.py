"""The Web API's edge: reads calls, holds them to the rules, carries them out, records them."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tools.local_slack.api import (
    account_methods,
    assistant_methods,
    chat_methods,
    conversation_methods,
    file_methods,
    view_methods,
)
from tools.local_slack.api.call import Call, Handler
from tools.local_slack.api.faults import Fault, Faults, Trouble
from tools.local_slack.api.methods import CHANNEL_SCOPES, METHODS, Argument, Method
from tools.local_slack.model.entities import Payload, Team
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.state.requests import Request
from tools.local_slack.state.state import State

HANDLERS: Mapping[str, Handler] = {
    **assistant_methods.HANDLERS,
    **chat_methods.HANDLERS,
    **conversation_methods.HANDLERS,
    **file_methods.HANDLERS,
    **account_methods.HANDLERS,
    **view_methods.HANDLERS,
}
FLAGS: Mapping[Any, bool] = {
    **dict.fromkeys(("1", "true", "True"), True),
    **dict.fromkeys(("0", "false", "False", ""), False),
}
"""How a form says yes and no."""
SENT_BY_THE_LIBRARY = frozenset({"team_id"})
"""Arguments that slack_bolt adds to every call: no fault of the bot's."""
CHANNEL_ARGUMENTS = ("channel", "channel_id")

Take = Callable[[State, web.Request], Awaitable[web.Response]]
"""Answers a request that is no call of a method."""


@dataclass(slots=True)
class _Seen:
    """What is known of a call while it is handled."""

    method: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    team: Team | None = None


class WebApi:
    """Every path below the prefix."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.faults = Faults()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a call."""
        seen = _Seen(request.match_info["method"])
        fault = self.faults.take(seen.method)
        given, token = await _read(request, seen)
        seen.arguments = given
        if fault is not None and fault.trouble is Trouble.SLOW:
            await asyncio.sleep(fault.seconds)
        if (answer := self._troubled(request, seen, fault)) is not None:
            return answer
        status, headers, body = self._answer(seen, token)
        if fault is not None and fault.trouble is Trouble.LOST:
            return self.cut(request, seen.method, seen.arguments, seen.problems)
        self._record(seen, status, body.get("error"))
        if fault is not None and fault.trouble is Trouble.SLOW_ANSWER:
            await asyncio.sleep(fault.seconds)
        scopes = ",".join(sorted(self._state.app.scopes)) if seen.team else ""
        headers = {**headers, "X-OAuth-Scopes": scopes, "X-Slack-Req-Id": self._state.clock.new_secret()}
        return web.json_response(body, status=status, headers=headers)

    async def around(self, request: web.Request, name: str, take: Take) -> web.StreamResponse:
        """Answer what is no call of a method, with the trouble that is in force for `name`."""
        seen = _Seen(name)
        fault = self.faults.take(name)
        if fault is not None and fault.trouble is Trouble.SLOW:
            await asyncio.sleep(fault.seconds)
        if (answer := self._troubled(request, seen, fault)) is not None:
            return answer
        taken = await take(self._state, request)
        if fault is not None and fault.trouble is Trouble.LOST:
            return self.cut(request, name, {}, [])
        if fault is not None and fault.trouble is Trouble.SLOW_ANSWER:
            await asyncio.sleep(fault.seconds)
        return taken

    def cut(
        self, request: web.Request, method: str, arguments: Mapping[str, Any], problems: list[Problem]
    ) -> web.Response:
        """End the connection without an answer."""
        self._record(_Seen(method, arguments, problems), 0, "cut")
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _troubled(self, request: web.Request, seen: _Seen, fault: Fault | None) -> web.Response | None:
        """What is answered instead of carrying a call out."""
        if fault is None:
            return None
        if fault.trouble is Trouble.CUT:
            return self.cut(request, seen.method, seen.arguments, [])
        if fault.trouble is Trouble.BROKEN:
            self._record(seen, fault.status, f"status {fault.status}")
            return web.Response(status=fault.status, text="upstream error", content_type="text/html")
        if fault.trouble is Trouble.REFUSED and fault.refusal is not None:
            refusal = fault.refusal
            self._record(seen, refusal.status, refusal.error)
            return web.json_response(refusal.body, status=refusal.status, headers=refusal.headers)
        return None

    def _answer(self, seen: _Seen, token: str) -> tuple[int, Mapping[str, str], Payload]:
        try:
            if seen.problems:
                raise Refused("invalid_json", seen.problems)
            body = self._carry_out(seen, token)
        except Refused as refused:
            seen.problems = [*seen.problems, *(refused.problems or [Problem((), refused.error)])]
            return refused.status, refused.headers, refused.body
        except Exception as error:
            seen.problems.append(Problem((), f"the local server failed: {error!r}"))
            self._record(seen, 500, "own_failure")
            raise
        return 200, {}, {"ok": True, **body}

    def _carry_out(self, seen: _Seen, token: str) -> Payload:
        method = METHODS.get(seen.method)
        if method is None:
            raise Refused("unknown_method", req_method=seen.method)
        seen.team = self._authorize(method, token)
        call = Call(method, _checked(method, seen), seen.team)
        call.problems = seen.problems
        seen.arguments = call.arguments
        self._check_scopes(call)
        return HANDLERS[method.name](self._state, call)

    def _authorize(self, method: Method, token: str) -> Team | None:
        """The team of a bot's token; None for the app's own token."""
        if not token:
            raise Refused("not_authed")
        if token in self._state.revoked:
            raise Refused(self._state.revoked[token])
        if token == self._state.app_token:
            if method.token != "xapp":
                raise Refused("not_allowed_token_type")
            return None
        team = self._state.tokens.get(token)
        if team is None:
            raise Refused("invalid_auth")
        if method.token != "xoxb":
            raise Refused("not_allowed_token_type")
        return team

    def _check_scopes(self, call: Call) -> None:
        if not call.method.scopes or call.method.token == "xapp":
            return
        needed = [scope.format(channel=self._kind(call)) for scope in call.method.scopes]
        if not self._state.app.scopes.intersection(needed):
            provided = ",".join(sorted(self._state.app.scopes))
            raise Refused("missing_scope", needed=needed[0], provided=provided)

    def _kind(self, call: Call) -> str:
        named = next((call.text(name) for name in CHANNEL_ARGUMENTS if call.text(name)), "")
        channel = self._state.world.channels.get(named)
        return CHANNEL_SCOPES[channel.kind if channel else "channel"]

    def _record(self, seen: _Seen, status: int, error: str | None) -> None:
        self._state.requests.append(
            Request(
                seen.method,
                seen.arguments,
                self._state.clock.seconds(),
                status,
                error,
                tuple(seen.problems),
            )
        )
        self._state.changes.announce()


async def _read(request: web.Request, seen: _Seen) -> tuple[dict[str, Any], str]:
    """The arguments and the token, from wherever a client puts them."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        try:
            body = json.loads(text or "{}")
        except ValueError:
            body = None
        if isinstance(body, dict):
            given |= body
        else:
            seen.problems.append(Problem((), "the body is no JSON object"))
    else:
        given |= dict(await request.post())
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    in_arguments = str(given.pop("token", ""))
    return given, token if scheme == "Bearer" else in_arguments


def _checked(method: Method, seen: _Seen) -> dict[str, Any]:
    """The arguments in their kinds; those that Slack does not know are recorded, and left out."""
    checked: dict[str, Any] = {}
    wrong = [Problem((), f"missing required field: {name}") for name in _missing(method, seen)]
    for name, value in seen.arguments.items():
        argument = method.arguments.get(name)
        if argument is None and name in SENT_BY_THE_LIBRARY:
            continue
        if argument is None:
            seen.problems.append(Problem((name,), "Slack knows no such argument"))
            continue
        if value is None:
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


def _missing(method: Method, seen: _Seen) -> list[str]:
    return [name for name in method.required if seen.arguments.get(name) is None]


def _converted(argument: Argument, value: Any) -> Any:
    match argument.kind:
        case "text" if isinstance(value, str):
            return value
        case "text" if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return ",".join(value)
        case "flag" if isinstance(value, bool):
            return value
        case "flag" if isinstance(value, str) and value in FLAGS:
            return FLAGS[value]
        case "number" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "number" if isinstance(value, str) and value.isdecimal():
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
