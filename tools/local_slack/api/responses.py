"""Answers that come with an acknowledgement, or to a response's address."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tools.local_slack.model.entities import Message, Payload
from tools.local_slack.rules.errors import Problem, Refused
from tools.local_slack.rules.message_checks import check_said, shown_text, unfurl_problems
from tools.local_slack.state import posting
from tools.local_slack.state.grants import Response
from tools.local_slack.state.requests import ACK, RESPONSE_URL
from tools.local_slack.state.state import State

KEYS = frozenset(
    """
    text blocks attachments response_type replace_original delete_original unfurl_links unfurl_media
    thread_ts metadata mrkdwn parse link_names
    """.split()
)
IN_CHANNEL, EPHEMERAL = "in_channel", "ephemeral"


async def take_response(state: State, request: web.Request) -> web.Response:
    """Answer what is sent to a response's address."""
    text = await request.text()
    problems: list[Problem] = []
    said: Any = None
    try:
        said = json.loads(text)
        if not isinstance(said, dict):
            raise Refused("invalid_payload", status=400)
        response = state.grants.take_response(request.match_info["path"])
        problems += respond(state, response, said, RESPONSE_URL)
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


def take_ack(state: State, response: Response, said: Payload) -> None:
    """Show what came with the acknowledgement of a command."""
    problems: list[Problem] = []
    error = None
    try:
        problems += respond(state, response, said, ACK)
    except Refused as refused:
        problems += refused.problems or [Problem((), refused.error)]
        error = refused.error
    state.record(ACK, said, error=error, problems=problems)


def respond(state: State, response: Response, said: Payload, source: str) -> list[Problem]:
    """Carry out an answer; returns what is wrong though Slack lets it pass, and raises Refused."""
    problems = [Problem((key,), "Slack knows no such key") for key in sorted(said.keys() - KEYS)]
    original = state.world.messages.get(response.source.ts) if response.source else None
    # A shortcut's source may be anybody's message: only the app's own can be changed.
    if original is not None and original.bot_id != response.team.bot_id:
        original = None
    if said.get("delete_original"):
        if original is None:
            return [*problems, Problem(("delete_original",), "there is no original to delete")]
        posting.remove(state, original)
        return problems
    problems += check_said(state.description, said, total=False)
    content: dict[str, Any] = {
        "text": shown_text(said.get("text") or "", said.get("blocks") or []),
        "blocks": tuple(said.get("blocks") or ()),
        "attachments": tuple(said.get("attachments") or ()),
    }
    typed = said.get("parse") == "full" or bool(said.get("link_names"))
    if said.get("replace_original") and original is not None:
        posting.change(state, original, **content, typed=typed)
        return problems
    if said.get("replace_original"):
        problems.append(Problem(("replace_original",), "there is no original to replace: it appears anew"))
    kind = said.get("response_type", EPHEMERAL)
    if kind not in (IN_CHANNEL, EPHEMERAL):
        raise Refused("invalid_response_type")
    if kind == IN_CHANNEL:
        problems += unfurl_problems(said)
    posting.post(state, _written(state, response, said, content, kind, source), typed=typed)
    return problems


def _written(
    state: State,
    response: Response,
    said: Mapping[str, Any],
    content: Mapping[str, Any],
    kind: str,
    source: str,
) -> Message:
    channel = state.world.channels[response.channel.id]
    return posting.bot_message(
        state,
        channel,
        response.team,
        **content,
        thread_ts=said.get("thread_ts"),
        viewer_id=response.user.id if kind == EPHEMERAL else None,
        metadata=said.get("metadata"),
        source=source,
        origin=response.origin,
    )
