"""The entry point of the REST API: parses, validates, executes and records requests."""

import hashlib
import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tools.local_discord.api import (  # noqa: F401 - each names its operations
    application_routes,
    interaction_routes,
    message_routes,
    thread_routes,
)
from tools.local_discord.api.call import HANDLERS, Call, Reply
from tools.local_discord.model.entities import Upload
from tools.local_discord.rules.description import API_PREFIX, UNKNOWN_KEY, Operation
from tools.local_discord.rules.errors import (
    Problem,
    Refused,
    invalid,
    invalid_form,
    problem,
)
from tools.local_discord.state.requests import Request
from tools.local_discord.state.state import State
from tools.local_platform.faults import handle

FILE_LIMIT = 10 * 1024 * 1024
"""The most bytes of a file without a paid plan."""
FILES_LIMIT = 10
SENT_BY_THE_LIBRARY = frozenset({"tts", "nsfw"})
"""Keys that discord.py sends although the API description does not have them; they are not reported."""
BUCKET_LIMIT = 50
BUCKET_SECONDS = 1.0
"""The period in the rate limit headers; the limit is never reached, except by a configured fault."""


async def handle_request(state: State, request: web.Request) -> web.StreamResponse:
    """Answer a request on any route below the prefix."""
    under_way = _UnderWay(state, request)
    return await handle(state.faults, f"{under_way.method} {under_way.path}", request, under_way)


class _UnderWay:
    """A request that is being handled, as far as it was parsed."""

    def __init__(self, state: State, request: web.Request) -> None:
        self._state = state
        self._request = request
        self.method = request.method
        self.path = request.rel_url.raw_path.removeprefix(API_PREFIX)
        self.query = dict(request.query)
        self.operation: Operation | None = None
        self.body: Any = None
        self.files: dict[str, Upload] = {}
        self.problems: list[Problem] = []
        self._answered: tuple[int, Any] = (0, None)

    async def read(self) -> None:
        """Read the request, so that it can be recorded."""
        await self._request.read()
        if found := self._state.description.operation(self.method, self.path):
            self.operation = found[0]

    async def answer(self) -> web.StreamResponse:
        """Execute the request, and return the response."""
        try:
            reply = await self._carry_out()
            self._answered = reply.status, reply.body
        except Refused as refused:
            self.problems += refused.problems or [Problem((), str(refused.code), refused.message)]
            self._answered = refused.status, refused.body
        except Exception as error:
            self.problems.append(Problem((), "OWN_FAILURE", f"the local server failed: {error!r}"))
            self.record(500)
            raise
        else:
            assert self.operation is not None
            self.problems += [
                Problem(one.path, "OWN_ANSWER", f"the local server answers wrong: {one.message}")
                for one in self._state.description.answer_problems(self.operation, *self._answered)
            ]
        return _response(self.operation, *self._answered)

    def record(self, status: int | None = None, error: str = "") -> None:
        """Record the request with this status and error, or with the ones of its response."""
        status, body = self._answered if status is None else (status, None)
        code = body.get("code") if status >= 400 and isinstance(body, dict) else None
        operation = self.operation.id if self.operation else None
        at, problems = self._state.clock.seconds(), tuple(self.problems)
        self._state.requests.append(
            Request(
                self.method,
                self.path,
                operation,
                self.query,
                self.body,
                self.files,
                at,
                status,
                code,
                problems,
            )
        )
        self._state.changes.announce()

    async def _carry_out(self) -> Reply:
        found = self._state.description.operation(self.method, self.path)
        if found is None:
            await self._request.read()
            raise Refused(404, 0, "404: Not Found")
        self.operation, values = found
        if not {"interaction_token", "webhook_token"} & values.keys():  # these tokens authorize themselves
            self._check_token()
        await self._read_body(self.operation)
        # Queries come from the library; the bot writes none.
        strange = self.query.keys() - self.operation.query
        self.problems += [Problem((name,), UNKNOWN_KEY, "No such parameter") for name in strange]
        self._check_body(self.operation)
        call = Call(values, self.query, self.body, self.files)
        return HANDLERS[self.operation.id](self._state, call)

    def _check_token(self) -> None:
        scheme, _, token = self._request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bot" or not self._state.gateway.knows(token):
            raise Refused(401, 0, "401: Unauthorized")
        if not self._request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            self.problems.append(Problem((), "USER_AGENT", "The User-Agent must begin with 'DiscordBot ('"))

    async def _read_body(self, operation: Operation) -> None:
        """Read the body: JSON, or a form with the JSON in `payload_json` beside the files."""
        kind = self._request.headers.get("Content-Type")
        if kind is not None and kind.startswith("multipart/form-data") and operation.multipart:
            await self._read_form()
        elif text := await self._request.read():
            if kind != "application/json":
                multipart = ", 'multipart/form-data'" if operation.multipart else ""
                expected = f"{{'application/json'{multipart}}}"
                raise invalid(
                    ("_misc",),
                    "CONTENT_TYPE_INVALID",
                    f'Expected "Content-Type" header to be one of {expected}.',
                )
            self.body = _json(text)

    async def _read_form(self) -> None:
        form = await self._request.post()
        for name, value in form.items():
            if name == "payload_json":
                self.body = _json(value if isinstance(value, str) else "")
            elif isinstance(value, FileField) and name.startswith("files[") and name.endswith("]"):
                content = value.file.read()
                value.file.close()
                if len(content) > FILE_LIMIT:
                    raise Refused(413, 40005, "Request entity too large")
                self.files[name[6:-1]] = Upload(value.filename, content, value.content_type)
            else:
                self.problems.append(Problem((name,), UNKNOWN_KEY, "Neither payload_json nor files[n]"))
        if len(self.files) > FILES_LIMIT:
            raise invalid_form([problem("BASE_TYPE_MAX_LENGTH", "files")])

    def _check_body(self, operation: Operation) -> None:
        if operation.body is None:
            return
        if self.body is None:
            if operation.body_required:
                raise Refused(400, 50109, "The request body contains invalid JSON.")
            self.body = {}
        problems = self._state.description.request_problems(operation, self.body)
        unknown = [one for one in problems if one.code == UNKNOWN_KEY]
        # Discord ignores unknown keys, so such a request is executed all the same.
        self.problems += [one for one in unknown if one.path[-1] not in SENT_BY_THE_LIBRARY]
        if wrong := [one for one in problems if one.code != UNKNOWN_KEY]:
            raise invalid_form(wrong)


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
    # Exactly this type: with a charset after it, discord.py does not parse the body as JSON.
    headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def _json(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None
