"""Builds the Slack app for a workspace, with everything that it listens to."""

import logging
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.notices import failure
from bot.chat.preferences import AnswerPolicy
from bot.dispatch.acknowledging import acknowledge_now, wait_for_claim
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.event_gate import EventGate
from bot.dispatch.incidents import log_incident
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Reply
from bot.service.service import Service
from bot.slack.api.client import MAKE_ONE, UNREACHABLE, reason_of, refusal, web_client
from bot.slack.api.files import Files
from bot.slack.api.installation import Installation
from bot.slack.api.interaction import Body, Interaction, user_of
from bot.slack.api.send import Sender
from bot.slack.buttons import ButtonHandlers
from bot.slack.commands import CommandHandlers
from bot.slack.drawing.render import CANVAS
from bot.slack.home_tab import HomeTab
from bot.slack.message_reply import MessageReply
from bot.slack.messages import MessageHandlers
from bot.slack.poster import SlackPoster
from bot.slack.removals import RemovalHandlers
from bot.slack.replies import InteractionReply, ReplyTarget
from bot.slack.requests import PLATFORM, Requests
from bot.standing.standing_rounds import StandingRounds
from corpus.errors import PlatformRefused

UPDATE_EVERY = 3.0
"""Seconds between two updates of a progress message: Slack accepts about one message a second for each
channel, from all senders together."""
READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)
"""Environment variables that Bolt reads by itself, and then uses or warns about."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in the workspace `team`: `bot` is its user id there, and `app` is empty if Slack does
    not give it. If `whole_enterprise`, its token is valid in all workspaces of the `enterprise`."""

    team: str
    bot: str
    bot_id: str = ""
    enterprise: str = ""
    app: str = ""
    whole_enterprise: bool = False


@dataclass(frozen=True, slots=True)
class SlackApp:
    """The bot in the workspace `team`, with its user id `bot`; `bolt` dispatches its events."""

    bolt: AsyncApp
    client: AsyncWebClient
    team: str
    bot: str
    dispatcher: Dispatcher
    requests: Requests
    sender: Sender
    messages: MessageHandlers
    home: HomeTab
    standing: StandingRounds

    async def recover(self) -> None:
        """Answer the questions that a crash left unanswered."""
        await self.dispatcher.recover(ReplyTarget, self.messages.resume)

    async def apologise(self, body: Body) -> None:
        """Log the current exception, which nothing handled, and tell the person who waits for a reply."""
        number = log_incident(f"handling {body.get('type') or body.get('command') or 'something'}")
        event, user = body.get("event") or {}, user_of(body)
        spoken_to = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if not user or (event and not spoken_to):
            return  # nobody waits for a reply
        try:
            person = await self.requests.directory.person(user)
            channel = str(event.get("channel") or body.get("channel_id") or user)
            request = self.dispatcher.request(self.requests.venue(channel), person)
            address = str(body.get("response_url") or "")
            reply: Reply = InteractionReply(self.sender, request, Interaction(user, address=address))
            if event:
                thread = str(event.get("thread_ts") or event.get("ts") or "")
                closed = (
                    self.dispatcher.service.access.preferences(request.venue).answers is AnswerPolicy.NOWHERE
                )
                target = ReplyTarget(channel, thread)
                reply = MessageReply(self.sender, request, target, None, fails_alone=closed)
            await reply.fail(failure(request.messages("broken", incident=number)))
        except Exception:  # noqa: BLE001 - it can only be logged
            log_incident("saying that something went wrong")


async def make_app(
    service: Service, token: str, api: str, prefix: str = "", dispatcher: Dispatcher | None = None
) -> SlackApp:
    """The app in the workspace of `token`; `prefix` stands before the names of its commands. It gets a
    dispatcher of its own if none is given.

    Raises PlatformRefused if Slack rejects the token, SlackApiError if a retry may succeed, and the
    exceptions in `bot.slack.api.client.UNREACHABLE`.
    """
    client = web_client(token, api)
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        if reason := refusal(error):
            raise PlatformRefused(f"Slack refuses SLACK_BOT_TOKEN ({reason}): {MAKE_ONE}") from error
        raise
    team, bot = str(who["team_id"]), str(who["user_id"])
    identity = Identity(
        team,
        bot,
        str(who.get("bot_id") or ""),
        str(who.get("enterprise_id") or ""),
        await _app_id(client, bot),
    )
    if dispatcher is None:
        dispatcher = make_dispatcher(service, prefix)
        await dispatcher.threads.load()
    await service.settings.record_communities(PLATFORM, [team])
    app = build_app(dispatcher, client, identity)
    RemovalHandlers(service, client, team).register(app.bolt)
    return app


def make_dispatcher(service: Service, prefix: str = "") -> Dispatcher:
    """The dispatcher for the events of all workspaces. The service must be open."""
    profile = PlatformProfile(PLATFORM, CANVAS, UPDATE_EVERY, reads_messages=True, prefix=prefix)
    return Dispatcher(service, profile)


def build_app(dispatcher: Dispatcher, client: AsyncWebClient, identity: Identity) -> SlackApp:
    """The app in one workspace, with `client` as the bot there. It listens to everything except its
    uninstallation, and makes no request to Slack.

    The caller must have verified that requests are Slack's; the app checks that they are for its workspace.
    """
    team, bot, prefix = identity.team, identity.bot, dispatcher.profile.prefix
    installation = Installation(team, identity.enterprise, identity.app)

    async def authorize() -> AuthorizeResult:
        # Known already: Bolt would request it from Slack before each acknowledgement.
        return AuthorizeResult(
            enterprise_id=identity.enterprise or None,
            team_id=team,
            bot_token=client.token,
            bot_id=identity.bot_id or None,
            bot_user_id=bot,
        )

    with hidden_environment():
        bolt = AsyncApp(
            before_authorize=_only(installation),
            # Without a token: Bolt sets that of `authorize` on its clients.
            client=web_client(None, client.base_url),
            authorize=authorize,
            signing_secret="",
            request_verification_enabled=False,
            logger=logging.getLogger("slack_bolt"),
        )
    whole = identity.whole_enterprise
    requests, sender = Requests(dispatcher, client, team, whole_enterprise=whole), Sender(client)
    files = Files(client, f"/{prefix}corpus")
    messages = MessageHandlers(dispatcher, requests, sender, client, bot)
    home = HomeTab(dispatcher, requests, sender, client)
    standing = StandingRounds(dispatcher, SlackPoster(sender, client, team))
    app = SlackApp(bolt, client, team, bot, dispatcher, requests, sender, messages, home, standing)
    bolt.use(_acknowledge)
    messages.register(bolt)
    home.register(bolt)
    CommandHandlers(dispatcher, requests, sender, files, bot).register(bolt)
    ButtonHandlers(dispatcher, requests, sender, home).register(bolt)
    _count(bolt, dispatcher.gate)

    @bolt.error
    async def broke(error: Exception, body: Body) -> None:
        """Handle an exception of a listener. PlatformRefused is left to the watch, which stops the bot for
        it."""
        try:
            raise error
        except PlatformRefused:
            return
        except Exception:  # noqa: BLE001 - every other error is reported
            await app.apologise(body)

    return app


def _only(installation: Installation) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Middleware that acknowledges requests for other installations, so that Slack does not resend them, and
    then drops them."""

    async def let_in(body: Body, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        if reason := installation.refuses(body):
            _log.warning("something that Slack sent for another was left out: %s", reason)
            return BoltResponse(status=200)
        await next_()
        return None

    return let_in


async def _acknowledge(
    ack: AsyncAck, options: Body | None, next_: Callable[[], Awaitable[None]]
) -> BoltResponse | None:
    """The last middleware: acknowledges a request before it is handled, except one for a menu's options,
    which are its acknowledgement."""
    wait_for_claim()
    if options is None:
        await ack()
    await next_()
    return None


async def _app_id(client: AsyncWebClient, bot: str) -> str:
    """The app id of the bot's user; empty if Slack does not give it."""
    try:
        answer = await client.users_info(user=bot)
    except (SlackApiError, *UNREACHABLE) as error:
        _log.warning("Slack does not tell which app the bot is of: %s", reason_of(error))
        return ""
    profile = (answer.get("user") or {}).get("profile") or {}
    return str(profile.get("api_app_id") or "")


@contextmanager
def hidden_environment() -> Iterator[None]:
    """Hide the environment variables that Bolt would read while the context is open."""
    hidden = {name: os.environ.pop(name) for name in READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _count(bolt: AsyncApp, gate: EventGate) -> None:
    """Count each acknowledged event as being handled from the start, so that a stop waits for it."""

    async def begin() -> None:
        gate.begin()

    async def end() -> None:
        gate.end()
        acknowledge_now()  # what was not claimed until now needs no claim

    runner = bolt.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(bolt.logger, begin)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(bolt.logger, end)
