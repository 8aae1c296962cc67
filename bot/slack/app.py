"""The Slack app: everything it listens to, in one place."""

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
"""Seconds between two updates of a message that shows progress: Slack takes about one a second of a channel's
messages, everybody's together."""
READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)
"""What bolt takes from the environment by itself, and then warns of, or follows."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in a workspace, `team`: `bot` is its user there, and `app` may be "" where Slack does
    not tell. With `whole_enterprise` its token is good in all workspaces of the `enterprise`."""

    team: str
    bot: str
    bot_id: str = ""
    enterprise: str = ""
    app: str = ""
    whole_enterprise: bool = False


@dataclass(frozen=True, slots=True)
class SlackApp:
    """The bot in one workspace, `team`, with `bot` as its user there; `bolt` listens to everything."""

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
        """Answer the questions that a crash had left."""
        await self.dispatcher.recover(ReplyTarget, self.messages.again)

    async def apologise(self, body: Body) -> None:
        """Log the exception at hand, which nobody caught, and tell whoever waits for an answer."""
        number = log_incident(f"handling {body.get('type') or body.get('command') or 'something'}")
        event, user = body.get("event") or {}, user_of(body)
        spoken_to = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if not user or (event and not spoken_to):
            return  # nobody waits
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
        except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
            log_incident("saying that something went wrong")


async def make_app(
    service: Service, token: str, api: str, prefix: str = "", dispatcher: Dispatcher | None = None
) -> SlackApp:
    """The app in the workspace of the token, listening to everything; `prefix` stands before the names of its
    commands. It has a `dispatcher` of its own where none is given.

    Raises PlatformRefused where Slack does not take the token, SlackApiError where it may another time, and
    what UNREACHABLE in `bot.slack.api.client` lists.
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
    await service.settings.meet(PLATFORM, [team])
    app = build_app(dispatcher, client, identity)
    RemovalHandlers(service, client, team).register(app.bolt)
    return app


def make_dispatcher(service: Service, prefix: str = "") -> Dispatcher:
    """What carries out the events of every workspace. The service must be open."""
    profile = PlatformProfile(PLATFORM, CANVAS, UPDATE_EVERY, reads_messages=True, prefix=prefix)
    return Dispatcher(service, profile)


def build_app(dispatcher: Dispatcher, client: AsyncWebClient, identity: Identity) -> SlackApp:
    """The app in one workspace, listening to everything but its own end, with `client` as the bot there.
    Whether a request is Slack's is not its concern, but whether it is for that workspace. Nothing is asked of
    Slack."""
    team, bot, prefix = identity.team, identity.bot, dispatcher.profile.prefix
    installation = Installation(team, identity.enterprise, identity.app)

    async def authorize() -> AuthorizeResult:
        # Known already: bolt would ask again before it acknowledges, and an event would wait for it.
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
            # A client without a token: bolt gives one to those that it makes, as `authorize` says.
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
        """Whatever nobody caught; where the platform refuses the bot, that ends it, and is said there."""
        try:
            raise error
        except PlatformRefused:
            return
        except Exception:  # noqa: BLE001 - it is the one at hand
            await app.apologise(body)

    return app


def _only(installation: Installation) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Middleware: what Slack sends for another installation is acknowledged, so that it is not sent again,
    and nothing else is done with it."""

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
    """Middleware, the last one: acknowledges everything before anything is done, but for what asks for a
    menu's choices, which are its acknowledgement. What comes here is carried out; what the bot itself said,
    and what is for another installation, ended before."""
    wait_for_claim()
    if options is None:
        await ack()
    await next_()
    return None


async def _app_id(client: AsyncWebClient, bot: str) -> str:
    """The id of the app that the bot's user is of; "" where Slack does not tell."""
    try:
        answer = await client.users_info(user=bot)
    except (SlackApiError, *UNREACHABLE) as error:
        _log.warning("Slack does not tell which app the bot is of: %s", reason_of(error))
        return ""
    profile = (answer.get("user") or {}).get("profile") or {}
    return str(profile.get("api_app_id") or "")


@contextmanager
def hidden_environment() -> Iterator[None]:
    """For the time of the block, bolt finds no settings of its own: ours are all there are."""
    hidden = {name: os.environ.pop(name) for name in READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _count(bolt: AsyncApp, gate: EventGate) -> None:
    """What was acknowledged is under way from its first moment on, so that a stop waits for it."""

    async def begin() -> None:
        gate.begin()

    async def end() -> None:
        gate.end()
        acknowledge_now()  # whatever was not claimed was nothing to carry out

    runner = bolt.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(bolt.logger, begin)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(bolt.logger, end)
