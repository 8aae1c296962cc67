"""Each person's open modal and Home."""

from dataclasses import dataclass

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload, Team, User
from tools.local_slack.rules.blocks import text_of


@dataclass(frozen=True, slots=True)
class View:
    """The current state of a modal or Home. `payload` is the app's, with added ids where it has none.

    `origin` is the id of the delivery that it resulted from, and `changed` when it was last changed, in
    seconds of the server's clock.
    """

    id: str
    team: Team
    user: User
    payload: Payload
    changed: float
    origin: str | None = None

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    @property
    def title(self) -> str:
        return str(self.payload["title"]["text"]) if "title" in self.payload else ""

    @property
    def text(self) -> str:
        """The whole text of the view."""
        return text_of(self.payload)

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def blocks(self) -> list[Payload]:
        return list(self.payload["blocks"])


class Views:
    """All views by id, and each person's open modal and Home."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.views: dict[str, View] = {}
        self.modals: dict[str, str] = {}
        self.homes: dict[str, str] = {}
        self.by_origin: dict[str, list[str]] = {}
        """The views that resulted from each delivery, by the delivery's id."""

    def open(self, user: User, team: Team, payload: Payload, origin: str) -> View:
        """Open a modal, in place of the open one."""
        view = self._keep(self._clock.new_id("V"), team, user, payload, origin)
        self.by_origin.setdefault(origin, []).append(view.id)
        self.modals[user.id] = view.id
        return view

    def publish(self, user: User, team: Team, payload: Payload) -> View:
        """Publish a Home."""
        view_id = self.homes.setdefault(user.id, self._clock.new_id("V"))
        return self._keep(view_id, team, user, payload)

    def is_open(self, view: View) -> bool:
        """Whether the view is its person's current Home or open modal."""
        return view.id in (self.homes.get(view.user.id), self.modals.get(view.user.id))

    def home(self, user: User) -> View | None:
        """A person's Home."""
        return self.views.get(self.homes.get(user.id, ""))

    def modal(self, user: User) -> View | None:
        """A person's open modal."""
        return self.views.get(self.modals.get(user.id, ""))

    def _keep(
        self, view_id: str, team: Team, user: User, payload: Payload, origin: str | None = None
    ) -> View:
        """Store a view in the form in which Slack returns it."""
        given = {"callback_id": "", "private_metadata": "", **payload}
        shown = {**given, "blocks": canonical(payload["blocks"], self._clock)}
        view = self.views[view_id] = View(view_id, team, user, shown, self._clock.seconds(), origin)
        return view


def canonical(blocks: list[Payload] | tuple[Payload, ...], clock: Clock) -> list[Payload]:
    """Blocks as Slack returns them: with block_ids and action_ids, and the default values of texts."""
    return [{**_filled(block, clock), "block_id": block.get("block_id") or _short(clock)} for block in blocks]


def _filled(node: Payload, clock: Clock) -> Payload:
    made = {key: _filled_in(value, clock) for key, value in node.items()}
    if node.get("type") == "plain_text":
        return {**made, "emoji": node.get("emoji", True)}
    if node.get("type") == "mrkdwn":
        return {**made, "verbatim": node.get("verbatim", False)}
    if node.get("type") in INTERACTIVE and "action_id" not in node:
        return {**made, "action_id": _short(clock)}
    return made


def _filled_in(value: object, clock: Clock) -> object:
    if isinstance(value, dict):
        return _filled(value, clock)
    return [_filled_in(item, clock) for item in value] if isinstance(value, list | tuple) else value


def _short(clock: Clock) -> str:
    return clock.new_secret()[:5]


INTERACTIVE = frozenset(
    """
    button checkboxes datepicker static_select external_select multi_external_select multi_users_select
    plain_text_input
    """.split()
)
"""Types of elements whose use sends the app an interaction."""
