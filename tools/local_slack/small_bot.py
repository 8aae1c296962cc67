"""A small bot made with slack_bolt, which does a little of everything that the server must carry."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncAssistant, AsyncRespond, AsyncSay
from slack_bolt.context.assistant.thread_context_store.async_store import AsyncAssistantThreadContextStore
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
    buttons = [
        button("More", "more"),
        button("Next", "next"),
        button("Wrong", "wrong"),
        button("Share", "share"),
    ]
    return [said, {"type": "actions", "elements": [*buttons, button("Dismiss", "dismiss")]}]


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
    """Answers commands, mentions, presses and forms; `heard` is what it was told, `failed` what it raised."""

    def __init__(self, slack: LocalSlack) -> None:
        self.client = AsyncWebClient(token=slack.bot_token, base_url=slack.api)
        self.app = AsyncApp(client=self.client, signing_secret=slack.signing_secret)
        self.handler = AsyncSocketModeHandler(self.app, slack.app_token, ping_interval=PING_SECONDS)
        self.heard: list[dict[str, Any]] = []
        self.failed: list[Exception] = []
        self.pause = 0.0
        """Seconds before a command is acknowledged."""
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
        async def ask(ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient, command: Body) -> None:
            await asyncio.sleep(self.pause)
            await ack()
            if not command["text"]:
                await client.views_open(trigger_id=command["trigger_id"], view=form())
                return
            await respond(text=f"About {command['text']}", blocks=answer(f"*{command['text']}* it is"))

        @app.command("/say")
        async def say_it(ack: AsyncAck, command: Body) -> None:
            await ack(text=f"You typed {command['text']}", response_type="ephemeral")

        @app.command("/post")
        async def post(ack: AsyncAck, client: AsyncWebClient, command: Body) -> None:
            await ack()
            text = command["text"]
            await client.chat_postMessage(
                channel=command["channel_id"], text=text, blocks=answer(text), **QUIET
            )

        @app.action("more")
        async def more(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(text="More of it", replace_original=False)

        @app.action("next")
        async def following(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(text="The next page", blocks=answer("The next page"), replace_original=True)

        @app.action("wrong")
        async def wrong(ack: AsyncAck, client: AsyncWebClient, body: Body) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form("What was wrong?"))

        @app.action("share")
        async def share(ack: AsyncAck, client: AsyncWebClient, body: Body) -> None:
            await ack()
            await client.chat_postMessage(channel=body["channel"]["id"], text="Shared", **QUIET)

        @app.action("dismiss")
        async def dismiss(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(delete_original=True)

        @app.options("source")
        async def sources(ack: AsyncAck, payload: Body) -> None:
            names = [name for name in ("Reuters", "Recorder", "Herald") if payload["value"] in name.lower()]
            await ack(options=[{"text": plain(name), "value": name.lower()} for name in names])

        @app.view("ask_form")
        async def sent(ack: AsyncAck, client: AsyncWebClient, body: Body, view: Body) -> None:
            values = view["state"]["values"]
            if values["question"]["typed"]["value"] == "bad":
                await ack(response_action="errors", errors={"question": "Ask something else"})
                return
            await ack()
            source = (values["source"]["source"]["selected_option"] or {}).get("value")
            since = values["since"]["since"]["selected_date"]
            text = f"{values['question']['typed']['value']} from {source} since {since}"
            await client.chat_postMessage(channel=body["user"]["id"], text=text, **QUIET)

        @app.view_closed("ask_form")
        async def closed(ack: AsyncAck, body: Body) -> None:
            await ack()
            self.heard.append({"type": body["type"]})

        @app.shortcut("check_news")
        async def check(ack: AsyncAck, respond: AsyncRespond, shortcut: Body) -> None:
            await ack()
            await respond(text=f"Checked: {shortcut['message']['text']}")

        @app.event("app_home_opened")
        async def home(client: AsyncWebClient, event: Body) -> None:
            view = {"type": "home", "blocks": [{"type": "header", "text": plain("The corpus")}]}
            await client.views_publish(user_id=event["user"], view=view)

        @app.event("app_mention")
        async def mentioned(say: AsyncSay, event: dict[str, Any]) -> None:
            self.heard.append(event)
            await say(
                text=f"You said: {event['text']}", thread_ts=event.get("thread_ts") or event["ts"], **QUIET
            )

        self._listen_to_pane()

        @app.event("message")
        async def said(event: dict[str, Any]) -> None:
            self.heard.append(event)

        @app.event("member_joined_channel")
        async def joined(event: dict[str, Any]) -> None:
            self.heard.append(event)

        for kind in ("app_uninstalled", "tokens_revoked"):
            app.event(kind)(joined)

    def _listen_to_pane(self) -> None:
        assistant = AsyncAssistant(thread_context_store=_NoContext())

        @assistant.thread_started
        async def started(say: AsyncSay, set_suggested_prompts: Any) -> None:
            await say("What do you want to know?")
            await set_suggested_prompts(prompts=[{"title": "Who won?", "message": "Who won the cup?"}])

        @assistant.thread_context_changed
        async def changed(payload: Body) -> None:
            self.heard.append({"type": payload["type"]})

        @assistant.user_message
        async def asked(say: AsyncSay, set_status: Any, set_title: Any, payload: Body) -> None:
            await set_status("is searching...")
            await set_title(payload["text"])
            await say(f"You asked: {payload['text']}")

        self.app.assistant(assistant)


class _NoContext(AsyncAssistantThreadContextStore):
    """Keeps no context: what bolt does by itself reads a thread's history, which Slack limits."""

    async def save(self, *, channel_id: str, thread_ts: str, context: dict[str, str]) -> None: ...

    async def find(self, *, channel_id: str, thread_ts: str) -> None:
        return None
