"""The Slack app: everything it listens to, in one place."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler
from slack_sdk.errors import SlackApiError

from bot.service.acts import Acts
from bot.service.service import Service
from bot.slack.asking import Asks
from bot.slack.client import MAKE_ONE, refusal, web_client
from bot.slack.front import Front
from bot.slack.home import Pages
from bot.slack.keeping import Keeping
from bot.slack.pressing import Pressing
from corpus.errors import PlatformRefused

READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)
"""What bolt takes from the environment by itself, and then warns of, or follows."""


async def make_app(service: Service, token: str, api: str) -> tuple[AsyncApp, Front]:
    """The app, listening to everything, and its front. Whether a request is Slack's is not its concern.

    Raises PlatformRefused where Slack does not take the token, SlackApiError where it may another time, and
    what UNREACHABLE in `bot.slack.client` lists.
    """
    client = web_client(token, api)
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        if reason := refusal(error):
            raise PlatformRefused(f"Slack refuses SLACK_BOT_TOKEN ({reason}): {MAKE_ONE}") from error
        raise
    team, bot = str(who["team_id"]), str(who["user_id"])

    async def authorize() -> AuthorizeResult:
        # Asked once: bolt would ask again before it acknowledges, and an event would wait for it.
        return AuthorizeResult(
            enterprise_id=who.get("enterprise_id"),
            team_id=team,
            bot_token=token,
            bot_id=who.get("bot_id"),
            bot_user_id=bot,
        )

    with _unread():
        app = AsyncApp(
            # A client without a token: bolt gives one to those that it makes, as `authorize` says.
            client=web_client(None, api),
            authorize=authorize,
            signing_secret="",
            request_verification_enabled=False,
            logger=logging.getLogger("slack_bolt"),
        )
    front = Front(service, client, team, bot)
    await front.load()
    acts = Acts(service, hears_everything=True)
    pages = Pages(front, acts)
    front.publish_home = pages.publish
    keeping = Keeping(front, acts)
    for listener in (Asks(front), Pressing(front, acts, keeping), keeping, pages):
        listener.register(app)
    _count(app, front)

    @app.error
    async def broke(error: Exception, body: Mapping[str, Any]) -> None:
        """Whatever nobody caught: it is logged, and whoever waits for an answer is told."""
        if isinstance(error, PlatformRefused):
            return  # it ends the bot, which says so
        try:
            raise error
        except Exception:  # noqa: BLE001 - it is the one at hand
            number = front.broke(f"handling {body.get('type') or body.get('command') or 'something'}")
        await front.apologise(body, number, error)

    return app, front


@contextmanager
def _unread() -> Iterator[None]:
    """For the time of the block, bolt finds no settings of its own: ours are all there are."""
    hidden = {name: os.environ.pop(name) for name in READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _count(app: AsyncApp, front: Front) -> None:
    """What was acknowledged is under way from its first moment on, so that a stop waits for it."""

    async def began() -> None:
        front.begin()

    async def ended() -> None:
        front.end()

    runner = app.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(app.logger, began)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(app.logger, ended)
