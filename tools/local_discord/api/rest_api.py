"""The REST API's edge: reads requests, holds them to the rules, carries them out, records them."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tools.local_discord.api import application_routes, interaction_routes, message_routes, thread_routes
from tools.local_discord.api.call import Call, Handler, Reply
from tools.local_discord.api.faults import Fault, Faults, Trouble
from tools.local_discord.model.entities import Upload
from tools.local_discord.rules.description import PREFIX, UNKNOWN_KEY, Operation
from tools.local_discord.rules.errors import Problem, Refused, invalid_form, no_such_route, unauthorized
from tools.local_discord.state.requests import Request, Requests
from tools.local_discord.state.state import State

FILE_LIMIT = 10 * 1024 * 1024
"""Bytes of one file where nobody has paid for more."""
FILES_LIMIT = 10
WITHOUT_TOKEN = frozenset(interaction_routes.HANDLERS)
"""The operations whose address is itself the secret."""
HANDLERS: Mapping[str, Handler] = {
    **application_routes.HANDLERS,
    **message_routes.HANDLERS,
    **thread_routes.HANDLERS,
    **interaction_routes.HANDLERS,
}
SENT_BY_THE_LIBRARY = frozenset({"tts", "nsfw"})
"""Keys that discord.py sends where the description does not know them: no fault of the bot's."""
BUCKET_LIMIT = 50
BUCKET_SECONDS = 1.0
"""The rate limit that answers speak of; it is never reached, faults make limits."""


@dataclass(slots=True)
class _Seen:
    """What is known of a request while it is handled."""

    method: str
    path: str
    query: Mapping[str, str]
    operation: Operation | None = None
    body: Any = None
    files: dict[str, Upload] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Rest:
    """Every route below the prefix."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.requests = Requests()
        self.faults = Faults()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        seen = _Seen(request.method, path, dict(request.query))
        fault = self.faults.take(request.method, path)
        if fault is not None and fault.trouble is Trouble.CUT:
            return self._cut(request, seen)
        if fault is not None and fault.trouble is Trouble.REFUSED:
            return await self._refuse(request, seen, fault)
        if fault is not None and fault.trouble is Trouble.SLOW:
            await asyncio.sleep(fault.seconds)
        status, body = await self._answer(request, seen)
        if fault is not None and fault.trouble is Trouble.LOST:
            return self._cut(request, seen)
        self._record(seen, status, body)
        if fault is not None and fault.trouble is Trouble.SLOW_ANSWER:
            await asyncio.sleep(fault.seconds)
        return _response(seen.operation, status, body)

    async def _answer(self, request: web.Request, seen: _Seen) -> tuple[int, Any]:
        try:
            reply = await self._carry_out(request, seen)
        except Refused as refused:
            seen.problems += refused.problems or [Problem((), str(refused.code), refused.message)]
            return refused.status, refused.body
        except Exception as error:
            seen.problems.append(Problem((), "OWN_FAILURE", f"the local server failed: {error!r}"))
            self._record(seen, 500, None)
            raise
        assert seen.operation is not None
        own = self._state.description.answer_problems(seen.operation, reply.status, reply.body)
        seen.problems += [
            Problem(one.path, "OWN_ANSWER", f"the local server answers wrong: {one.message}") for one in own
        ]
        return reply.status, reply.body

    async def _carry_out(self, request: web.Request, seen: _Seen) -> Reply:
        found = self._state.description.operation(seen.method, seen.path)
        if found is None:
            await request.read()
            raise no_such_route()
        seen.operation, values = found
        if seen.operation.id not in WITHOUT_TOKEN:
            self._check_token(request, seen)
        await _read(request, seen)
        _check_query(seen)
        self._check_body(seen)
        call = Call(seen.operation, values, seen.query, seen.body, seen.files)
        return HANDLERS[seen.operation.id](self._state, call)

    def _check_token(self, request: web.Request, seen: _Seen) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bot" or not self._state.gateway.knows(token):
            raise unauthorized()
        if not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            seen.problems.append(Problem((), "USER_AGENT", "The User-Agent must begin with 'DiscordBot ('"))

    def _check_body(self, seen: _Seen) -> None:
        assert seen.operation is not None
        if seen.operation.body is None:
            return
        if seen.body is None:
            if seen.operation.body_required:
                raise Refused(400, 50109, "The request body contains invalid JSON.")
            seen.body = {}
        problems = self._state.description.request_problems(seen.operation, seen.body)
        strange = [one for one in problems if one.code == UNKNOWN_KEY]
        # Discord takes no notice of a key it does not know: such a request is carried out all the same.
        seen.problems += [one for one in strange if one.path[-1] not in SENT_BY_THE_LIBRARY]
        if wrong := [one for one in problems if one.code != UNKNOWN_KEY]:
            raise invalid_form(wrong)

    async def _refuse(self, request: web.Request, seen: _Seen, fault: Fault) -> web.Response:
        if fault.carried_out:
            await self._answer(request, seen)
        else:
            await request.read()
            found = self._state.description.operation(seen.method, seen.path)
            seen.operation = found and found[0]
        self._record(seen, fault.status, None)
        # A body of bytes: to a text, a charset would be added behind the type.
        return web.Response(status=fault.status, body=fault.body.encode(), headers=fault.headers)

    def _cut(self, request: web.Request, seen: _Seen) -> web.Response:
        self._record(seen, 0, None)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _record(self, seen: _Seen, status: int, body: Any) -> None:
        code = body.get("code") if status >= 400 and isinstance(body, dict) else None
        self.requests.append(
            Request(
                seen.method,
                seen.path,
                seen.operation.id if seen.operation else None,
                seen.query,
                seen.body,
                seen.files,
                self._state.clock.seconds(),
                status,
                code,
                tuple(seen.problems),
            )
        )
        self._state.changes.announce()


def _response(operation: Operation | None, status: int, body: Any) -> web.Response:
    name = operation.id if operation else "none"
    headers = {
        "Via": "1.1 google",
        "X-RateLimit-Limit": str(BUCKET_LIMIT),
        "X-RateLimit-Remaining": str(BUCKET_LIMIT - 1),
        "X-RateLimit-Reset-After": str(BUCKET_SECONDS),
        "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
    }
    if body is None:
        return web.Response(status=status, headers=headers)
    # Exactly this type: with a charset behind it, discord.py takes the body for a text.
    headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


async def _read(request: web.Request, seen: _Seen) -> None:
    """Read the body: JSON, or a form with the JSON in `payload_json` beside the files."""
    assert seen.operation is not None
    kind = request.headers.get("Content-Type")
    if kind is not None and kind.startswith("multipart/form-data") and seen.operation.multipart:
        await _read_form(request, seen)
        return
    text = await request.read()
    if not text:
        return
    if kind != "application/json":
        expected = (
            "{'application/json', 'multipart/form-data'}"
            if seen.operation.multipart
            else "{'application/json'}"
        )
        raise invalid_form(
            [
                Problem(
                    ("_misc",),
                    "CONTENT_TYPE_INVALID",
                    f'Expected "Content-Type" header to be one of {expected}.',
                )
            ]
        )
    seen.body = _json(text)


async def _read_form(request: web.Request, seen: _Seen) -> None:
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            seen.body = _json(value if isinstance(value, str) else "")
        elif isinstance(value, FileField) and name.startswith("files[") and name.endswith("]"):
            content = value.file.read()
            value.file.close()
            if len(content) > FILE_LIMIT:
                raise Refused(413, 40005, "Request entity too large")
            seen.files[name[6:-1]] = Upload(value.filename, content, value.content_type)
        else:
            seen.problems.append(Problem((name,), UNKNOWN_KEY, "Neither payload_json nor files[n]"))
    if len(seen.files) > FILES_LIMIT:
        raise invalid_form(
            [Problem(("files",), "BASE_TYPE_MAX_LENGTH", f"Must be {FILES_LIMIT} or fewer in length.")]
        )


def _json(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None


def _check_query(seen: _Seen) -> None:
    assert seen.operation is not None
    for name, value in seen.query.items():
        schema = seen.operation.query.get(name)
        if schema is None:
            seen.problems.append(Problem((name,), UNKNOWN_KEY, "No such parameter"))
        elif schema.get("type") == "boolean" and value.lower() not in ("0", "1", "true", "false"):
            raise invalid_form([Problem((name,), "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")])
        elif schema.get("type") == "integer" and not value.lstrip("-").isdigit():
            raise invalid_form([Problem((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')])
        elif schema.get("format") == "snowflake" and not value.isdigit():
            raise invalid_form([Problem((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')])
