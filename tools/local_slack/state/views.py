"""Modals and Homes: what is open for whom."""

from dataclasses import dataclass

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload, Team, User
from tools.local_slack.rules.blocks import text_of


@dataclass(frozen=True, slots=True)
class View:
    """A modal, or a Home, as it stands now. `payload` is what the app gave, with ids where it gave none.

    `origin` is the id of the delivery that it came of, `changed` when it was last changed, in seconds of the
    server's clock.
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
        """All that it says."""
        return text_of(self.payload)

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def blocks(self) -> list[Payload]:
        return list(self.payload["blocks"])


class Views:
    """Every view, by id; each person's open modal, and each person's Home."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.views: dict[str, View] = {}
        self.modals: dict[str, str] = {}
        self.homes: dict[str, str] = {}
        self.by_origin: dict[str, list[str]] = {}
        """The views that came of a delivery, by its id."""

    def open(self, user: User, team: Team, payload: Payload, origin: str) -> View:
        """Show a modal, in place of the one that is open."""
        view = self._keep(self._clock.new_id("V"), team, user, payload, origin)
        self.by_origin.setdefault(origin, []).append(view.id)
        self.modals[user.id] = view.id
        return view

    def publish(self, user: User, team: Team, payload: Payload) -> View:
        """Show a Home."""
        view_id = self.homes.setdefault(user.id, self._clock.new_id("V"))
        return self._keep(view_id, team, user, payload)

    def is_open(self, view: View) -> bool:
        """Whether it is what a person's Home shows, or their modal."""
        return view.id in (self.homes.get(view.user.id), self.modals.get(view.user.id))

    def home(self, user: User) -> View | None:
        """What a person's Home shows."""
        return self.views.get(self.homes.get(user.id, ""))

    def modal(self, user: User) -> View | None:
        """The modal that is open for a person."""
        return self.views.get(self.modals.get(user.id, ""))

    def _keep(
        self, view_id: str, team: Team, user: User, payload: Payload, origin: str | None = None
    ) -> View:
        """A view as Slack gives it back."""
        given = {"callback_id": "", "private_metadata": "", **payload}
        shown = {**given, "blocks": canonical(payload["blocks"], self._clock)}
        view = self.views[view_id] = View(view_id, team, user, shown, self._clock.seconds(), origin)
        return view


def canonical(blocks: list[Payload] | tuple[Payload, ...], clock: Clock) -> list[Payload]:
    """Blocks as Slack gives them back: with a block_id and action_ids, and what texts leave out."""
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
"""Types of elements whose use is sent to the app."""
