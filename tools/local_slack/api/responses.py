"""Handles what the bot sends to response URLs."""

import json
from typing import Any

from aiohttp import web

from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem, Refused
from tools.local_slack.rules.message_checks import check_said, shown_text, unfurl_problems
from tools.local_slack.state import posting
from tools.local_slack.state.grants import Response
from tools.local_slack.state.requests import RESPONSE_URL
from tools.local_slack.state.state import State

KEYS = frozenset(
    """
    text blocks response_type replace_original delete_original unfurl_links unfurl_media thread_ts
    """.split()
)
IN_CHANNEL, EPHEMERAL = "in_channel", "ephemeral"


async def take_response(state: State, request: web.Request) -> web.Response:
    """Answer a request to a response URL."""
    text = await request.text()
    problems: list[Problem] = []
    said: Any = None
    try:
        said = json.loads(text)
        if not isinstance(said, dict):
            raise Refused("invalid_payload", status=400)
        response = state.grants.take_response(request.match_info["path"])
        problems += _respond(state, response, said)
        status, error = 200, None
    except ValueError:
        status, error = 400, "invalid_payload"
    except Refused as refused:
        problems += refused.problems or [Problem((), refused.error)]
        status, error = refused.status if refused.status != 200 else 400, refused.error
    arguments = said if isinstance(said, dict) else {"body": text}
    state.record(RESPONSE_URL, arguments, status, error, problems)
    if error is None:
        return web.Response(text="ok")
    return web.json_response({"ok": False, "error": error}, status=status)


def _respond(state: State, response: Response, said: Payload) -> list[Problem]:
    """Execute a response; returns the problems that Slack ignores. Raises Refused."""
    problems = [Problem((key,), "the server knows no such key") for key in sorted(said.keys() - KEYS)]
    original = state.world.messages.get(response.source.ts) if response.source else None
    # A shortcut's source may be anybody's message, but only the app's own can be changed.
    if original is not None and original.bot_id != response.team.bot_id:
        original = None
    if said.get("delete_original"):
        if original is None:
            return [*problems, Problem(("delete_original",), "there is no original to delete")]
        posting.remove(state, original)
        return problems
    problems += check_said(state.description, said, total=False)
    blocks = said.get("blocks") or []
    content: dict[str, Any] = {
        "text": shown_text(said.get("text") or "", blocks),
        "blocks": tuple(blocks),
    }
    if said.get("replace_original") and original is not None:
        posting.change(state, original, **content)
        return problems
    if said.get("replace_original"):
        problems.append(Problem(("replace_original",), "there is no original to replace: it appears anew"))
    kind = said.get("response_type", EPHEMERAL)
    if kind not in (IN_CHANNEL, EPHEMERAL):
        raise Refused("invalid_response_type")
    if kind == IN_CHANNEL:
        problems += unfurl_problems(said)
    message = posting.bot_message(
        state,
        state.world.channels[response.channel.id],
        response.team,
        **content,
        thread_ts=said.get("thread_ts"),
        viewer_id=response.user.id if kind == EPHEMERAL else None,
        source=RESPONSE_URL,
        origin=response.origin,
    )
    posting.post(state, message)
    return problems
