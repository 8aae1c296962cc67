"""The local Slack: a server with the Web API, Socket Mode and files, and simulated people."""

from types import TracebackType
from typing import Any

from aiohttp import web

from tools.local_platform.changes import Changes
from tools.local_platform.issued_secrets import issue_secret
from tools.local_platform.local_server import LocalServer
from tools.local_platform.requests import Requests
from tools.local_slack.api.consent import CONSENT, show_consent, take_consent
from tools.local_slack.api.file_methods import give_file, take_upload
from tools.local_slack.api.responses import take_response
from tools.local_slack.api.web_api import WebApi
from tools.local_slack.delivery.delivery_queue import Delivery, Kind
from tools.local_slack.delivery.http_mode import HttpMode
from tools.local_slack.delivery.socket_mode import LINGER_SECONDS
from tools.local_slack.model.app import App
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload, Team, User
from tools.local_slack.people.people import People
from tools.local_slack.rules.description import load_description
from tools.local_slack.state.events import event_body
from tools.local_slack.state.mentions import Ping
from tools.local_slack.state.requests import DOWNLOAD, RESPONSE_URL, UPLOAD, Request
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View
from tools.local_slack.state.world import World

PREFIX = "/api/"
AUTHORIZE = "/oauth/v2/authorize"
SIGNING_SECRET = issue_secret("local-signing-secret")
UPLOAD_LIMIT = 64 * 1024 * 1024
"""The most bytes of a request; the files of tests are small."""


class LocalSlack(LocalServer, People):
    """`async with LocalSlack() as slack:` serves on 127.0.0.1 until the end.

    At first there are a workspace, `team`, with the channels `general`, `random`, `sealed` (where only some
    may post, but not the bot), `outside` (without the bot) and the private `cabinet`, and another workspace,
    `other_team`, of an enterprise, with `elsewhere`. `shared` is a channel of the first workspace that is
    shared with the second (Slack Connect). The people are `owner`, `admin`, `editor` (of the group
    `editors`), `ann`, `kim` (ko-KR), `sato` (ja-JP) and `guest`, and `stranger` in the other workspace.
    `world` adds more.
    """

    request_limit = UPLOAD_LIMIT

    def __init__(self, app: App | None = None, *, installed: bool = True) -> None:
        """Bind a port at once, so that the addresses are known; requests are served under `async with`.

        `app` is the app's configuration; by default it has all scopes and events. If it is not `installed`,
        no team has it yet, and people install it through the page at `authorize`.
        """
        self._installed = installed
        LocalServer.__init__(self)
        self.api = f"{self.base}{PREFIX}"
        """The `base_url` for slack_sdk's clients."""
        state = State(load_description(), app or App(), self.base)
        People.__init__(self, state)
        self.world: World = state.world
        self.clock: Clock = state.clock
        self.signing_secret = SIGNING_SECRET
        self.oauth = state.oauth
        """The state of OAuth: `client_id`, `client_secret`, `redirect_uris`, `rotates`."""
        self.authorize = f"{self.base}{AUTHORIZE}"
        """The address of the consent page."""
        self._web_api = WebApi(state)
        self.faults = self._web_api.faults
        """The faults for calls."""
        self.delivery_queue = state.delivery_queue
        """The deliveries to the app: `deliveries`, `ack_seconds`, `twice_every`."""
        self.sockets = state.sockets
        """Socket Mode: `links`, `opened`, `enabled`."""
        self.mentions = state.mentions
        """The mentions in the bot's messages, including ephemeral ones."""
        self._populate()
        self.bot_token = self._new_token(self.team.id) if installed else ""
        self.other_bot_token = self._new_token(self.other_team.id) if installed else ""
        """The token of the app's bot in the other team."""
        self.app_token = state.app_token = f"xapp-1-{self.world.app_id}-{self.clock.new_secret()}"
        state.delivery_queue.transport = state.sockets

    def _populate(self) -> None:
        world = self.world
        self.team = world.add_team("The Newsroom", "newsroom", installed=self._installed)
        enterprise = self.clock.new_id("E")
        self.other_team = world.add_team(
            "The Harbour", "harbour", enterprise_id=enterprise, installed=self._installed
        )
        self.owner = world.add_user(self.team, "Olive Owner", owner=True)
        self.admin = world.add_user(self.team, "Ada Admin", admin=True)
        self.editor = world.add_user(self.team, "Eddie Editor")
        self.ann = world.add_user(self.team, "Ann", zone="America/New_York")
        self.kim = world.add_user(self.team, "Kim", locale="ko-KR", zone="Asia/Seoul")
        self.sato = world.add_user(self.team, "Sato", locale="ja-JP", zone="Asia/Tokyo")
        self.guest = world.add_user(self.team, "Guest")
        self.stranger = world.add_user(self.other_team, "Stranger", admin=True)
        self.editors = world.add_group(self.team, "Editors", self.editor)
        staff = (self.owner, self.admin, self.editor, self.ann, self.kim, self.sato)
        self.general = world.add_channel(self.team, "general", (*staff, self.guest))
        self.random = world.add_channel(self.team, "random", staff)
        self.sealed = world.add_channel(self.team, "sealed", staff, bot_may_post=False)
        self.outside = world.add_channel(self.team, "outside", staff, bot_inside=False)
        self.cabinet = world.add_channel(self.team, "cabinet", (self.owner, self.admin), private=True)
        self.shared = world.add_channel(
            self.team, "shared", (*staff, self.stranger), shared_with=(self.other_team,)
        )
        self.elsewhere = world.add_channel(self.other_team, "elsewhere", (self.stranger,))

    def _new_token(self, team_id: str) -> str:
        token = f"xoxb-{self.clock.new_secret()}"
        self._state.tokens[token] = self.world.teams[team_id]
        return token

    @property
    def bot(self) -> User:
        return self.world.bot(self.team.id)

    def home(self, user: User) -> View | None:
        """A person's Home."""
        return self._state.views.home(user)

    def modal(self, user: User) -> View | None:
        """A person's open modal."""
        return self._state.views.modal(user)

    @property
    def pings(self) -> list[Ping]:
        """The mentions in the bot's messages that notified somebody."""
        return [ping for ping in self._state.mentions if not ping.ephemeral]

    @property
    def requests(self) -> Requests[Request]:
        """All calls, in order; `print(slack.requests)` shows them."""
        return self._state.requests

    @property
    def _changes(self) -> Changes:
        return self._state.changes

    # The network

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get(AUTHORIZE, self._web_api.other(CONSENT, show_consent)),
            web.post(AUTHORIZE, self._web_api.other(CONSENT, take_consent)),
            web.get("/link/", self._state.sockets.serve),
            web.route("*", PREFIX + "{method:.*}", self._web_api.handle),
            web.post("/{kind:commands|actions}/{path:.+}", self._web_api.other(RESPONSE_URL, take_response)),
            web.post("/upload/v1/{secret}", self._web_api.other(UPLOAD, take_upload)),
            web.get("/files-pri/{file}/{name}", self._web_api.other(DOWNLOAD, give_file)),
        ]

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._state.sockets.close()
        await super().__aexit__(kind, error, trace)
        await self._state.delivery_queue.close()

    # Deliveries to the app

    def over_http(self, url: str) -> HttpMode:
        """From now on, deliver by signed requests to an address instead of Socket Mode."""
        mode = HttpMode(self.clock, self.delivery_queue, self.signing_secret, url)
        self.delivery_queue.transport = mode
        return mode

    async def disconnect(self, reason: str = "warning", linger: float = LINGER_SECONDS) -> None:
        """Announce to all connections that they will be closed (warning, refresh_requested), and close them
        after `linger` seconds. After link_disabled the app can't open new ones."""
        if reason == "link_disabled":
            self.sockets.enabled = False
        await self.sockets.disconnect(reason, linger)

    def dispatch(self, event: Any, **outer: Any) -> Delivery:
        """Send any data, even malformed, as an event. `outer` replaces keys of the envelope; a key whose
        value is `...` is left out."""
        made = event_body(self._state, event, self.team) | outer
        return self.send_raw("events_api", {key: value for key, value in made.items() if value is not ...})

    def send_raw(self, kind: Kind, payload: Payload) -> Delivery:
        """Send any data, even malformed, as an interaction or a command."""
        delivery = self.delivery_queue.new(kind)
        delivery.payload = payload
        return self.delivery_queue.send(delivery)

    def duplicate(self, event: str) -> Delivery:
        """Send the newest event of this type once more, as Slack does when it missed an acknowledgement."""
        newest = next(one for one in reversed(self.delivery_queue.deliveries) if one.event_type == event)
        return self.delivery_queue.again(newest)

    def revoke_token(self, error: str = "token_revoked") -> None:
        """Make the bot's tokens invalid from now on."""
        for token in (*self._state.tokens, *self._state.enterprise_tokens):
            self._state.revoked[token] = error

    def tokens_of(self, team: Team) -> list[str]:
        """The valid tokens of the app's bot in a team, the newest last."""
        tokens = self._state.tokens.items()
        return [token for token, one in tokens if one.id == team.id and token not in self._state.revoked]

    def revoke(self, token: str, error: str = "token_revoked") -> None:
        """Make a token invalid from now on, without an event."""
        self._state.revoked[token] = error
