"""A small bot made with slack_bolt, for what the library does by itself; and samples of blocks and forms."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tools.local_slack.server import LocalSlack

Body = Mapping[str, Any]
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
PING_SECONDS = 0.5
"""A short interval, so that a lost connection is soon noticed."""


def plain(text: str) -> dict[str, Any]:
    """A plain text."""
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str, value: str = "-") -> dict[str, Any]:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def answer(text: str) -> list[dict[str, Any]]:
    """A quote with buttons."""
    said = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [said, {"type": "actions", "elements": [button("More", "more")]}]


def form(title: str = "Ask the news") -> dict[str, Any]:
    """A modal with one of each that the bot needs."""
    return {
        "type": "modal",
        "callback_id": "ask_form",
        "title": plain(title),
        "submit": plain("Ask"),
        "notify_on_close": True,
        "private_metadata": "here",
        "blocks": [
            {
                "type": "input",
                "block_id": "question",
                "label": plain("Question"),
                "element": {"type": "plain_text_input", "action_id": "typed", "max_length": 100},
            },
            {
                "type": "input",
                "block_id": "source",
                "optional": True,
                "label": plain("Source"),
                "element": {"type": "external_select", "action_id": "source", "min_query_length": 0},
            },
            {
                "type": "input",
                "block_id": "since",
                "optional": True,
                "label": plain("Since"),
                "element": {"type": "datepicker", "action_id": "since"},
            },
        ],
    }


class SmallBot:
    """Answers mentions, commands, a button and a form; `heard` is what it was told, `failed` its errors."""

    def __init__(self, slack: LocalSlack) -> None:
        self.client = AsyncWebClient(token=slack.bot_token, base_url=slack.api)
        self.app = AsyncApp(client=self.client, signing_secret=slack.signing_secret)
        self.handler = AsyncSocketModeHandler(self.app, slack.app_token, ping_interval=PING_SECONDS)
        self.heard: list[dict[str, Any]] = []
        self.failed: list[Exception] = []
        # What it is told of a lost connection is expected.
        self.app.logger.setLevel(logging.CRITICAL)
        self._listen()

    async def start(self) -> None:
        """Connect."""
        await self.handler.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Disconnect, and wait until nothing of it is left."""
        await self.handler.close_async()  # type: ignore[no-untyped-call]
        left = [
            task
            for task in (
                self.handler.client.message_processor,
                self.handler.client.current_session_monitor,
                self.handler.client.message_receiver,
            )
            if task is not None
        ]
        await asyncio.gather(*left, return_exceptions=True)

    def _listen(self) -> None:
        app = self.app

        @app.error
        async def note(error: Exception) -> None:
            self.failed.append(error)

        @app.command("/ask")
        async def ask(ack: AsyncAck, client: AsyncWebClient, command: Body) -> None:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=form())

        @app.command("/say")
        async def say_it(ack: AsyncAck, command: Body) -> None:
            await ack(text=f"You typed {command['text']}", response_type="ephemeral")

        @app.action("more")
        async def more(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(text="More of it", replace_original=False)

        @app.options("source")
        async def sources(ack: AsyncAck, payload: Body) -> None:
            names = [name for name in ("Reuters", "Recorder", "Herald") if payload["value"] in name.lower()]
            await ack(options=[{"text": plain(name), "value": name.lower()} for name in names])

        @app.view("ask_form")
        async def sent(ack: AsyncAck) -> None:
            await ack(response_action="errors", errors={"question": "Ask something else"})

        @app.event("app_mention")
        async def mentioned(say: AsyncSay, event: dict[str, Any]) -> None:
            self.heard.append(event)
            await say(
                text=f"You said: {event['text']}", thread_ts=event.get("thread_ts") or event["ts"], **QUIET
            )

        @app.event("message")
        async def said(event: dict[str, Any]) -> None:
            self.heard.append(event)
