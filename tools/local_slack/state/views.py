"""Modals and Homes: what is open for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload, Team, User
from tools.local_slack.rules.blocks import text_of, walk_blocks
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments

STACK_LIMIT = 3
"""Modals on top of one another."""


@dataclass(frozen=True, slots=True)
class View:
    """A modal, or a Home, as it stands now. `payload` is what the app gave, with ids where it gave none.

    `origin` is the id of the delivery that it came of, `changed` when it was last changed, in seconds of the
    server's clock; `previous` and `root` are ids of views of the same stack.
    """

    id: str
    team: Team
    user: User
    payload: Payload
    hash: str
    root: str
    previous: str | None = None
    origin: str | None = None
    changed: float = 0.0
    values: Payload = field(default_factory=dict)
    """What is filled in: by block_id and action_id, as Slack sends it."""

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
    """Every view, by id; each person's open modals, the last on top; each person's Home."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.by_origin: dict[str, list[str]] = {}
        """The views that came of a delivery, by its id."""

    def open(self, user: User, team: Team, payload: Payload, origin: str) -> View:
        """Show a modal, in place of those that are open."""
        self.stacks[user.id] = []
        return self.push(user, team, payload, origin)

    def push(self, user: User, team: Team, payload: Payload, origin: str) -> View:
        """Show a modal on top of the one that is open."""
        stack = self.stacks.setdefault(user.id, [])
        if len(stack) >= STACK_LIMIT:
            raise Refused("push_limit_reached")
        self._check_external_id(payload)
        view_id = self._clock.new_id("V")
        root, previous = (stack[0], stack[-1]) if stack else (view_id, None)
        view = View(
            view_id,
            team,
            user,
            canonical_view(payload, self._clock),
            self._hash(),
            root,
            previous,
            origin,
            self._clock.seconds(),
        )
        self.views[view_id] = view
        self.by_origin.setdefault(origin, []).append(view_id)
        stack.append(view_id)
        return view

    def update(self, view: View, payload: Payload, given_hash: str | None = None) -> View:
        """Change a view; what is filled in stays where the block_id and action_id do."""
        if given_hash is not None and given_hash != view.hash:
            raise Refused("hash_conflict")
        if payload["type"] != view.type:
            raise invalid_arguments([Problem(("view", "type"), f"must be {view.type}")])
        self._check_external_id(payload, view)
        made = canonical_view(payload, self._clock)
        inputs = {(block["block_id"], action_id) for block, action_id in inputs_of(made["blocks"])}
        values = {
            block_id: {one: value for one, value in actions.items() if (block_id, one) in inputs}
            for block_id, actions in view.values.items()
        }
        changed = replace(view, payload=made, hash=self._hash(), changed=self._clock.seconds(), values=values)
        self.views[view.id] = changed
        return changed

    def publish(self, user: User, team: Team, payload: Payload, given_hash: str | None = None) -> View:
        """Show a Home."""
        if current := self.home(user):
            return self.update(current, payload, given_hash)
        view_id = self._clock.new_id("V")
        view = View(
            view_id,
            team,
            user,
            canonical_view(payload, self._clock),
            self._hash(),
            view_id,
            changed=self._clock.seconds(),
        )
        self.views[view_id] = view
        self.homes[user.id] = view_id
        return view

    def keep(self, view: View) -> View:
        """Keep a view, in place of what it was before."""
        self.views[view.id] = view
        return view

    def close(self, view: View, *, all_of_them: bool = False) -> None:
        """Close the modal on top, or all of a person's."""
        stack = self.stacks.get(view.user.id, [])
        if all_of_them:
            stack.clear()
        elif view.id in stack:
            del stack[stack.index(view.id) :]

    def is_open(self, view: View) -> bool:
        """Whether it is a Home, or a modal that is on top."""
        stack = self.stacks.get(view.user.id, [])
        return self.homes.get(view.user.id) == view.id or (bool(stack) and stack[-1] == view.id)

    def home(self, user: User) -> View | None:
        """What a person's Home shows."""
        return self.views.get(self.homes.get(user.id, ""))

    def _alive(self) -> list[View]:
        ids = [*self.homes.values(), *(view_id for stack in self.stacks.values() for view_id in stack)]
        return [self.views[view_id] for view_id in ids]

    def _check_external_id(self, payload: Payload, view: View | None = None) -> None:
        external_id = payload.get("external_id")
        others = (one for one in self._alive() if view is None or one.id != view.id)
        if external_id and any(one.payload.get("external_id") == external_id for one in others):
            raise Refused("duplicate_external_id")

    def _hash(self) -> str:
        return f"{self._clock.unix()}.{self._clock.new_secret()[:8]}"


def inputs_of(blocks: list[Payload]) -> Iterator[tuple[Payload, str]]:
    """The blocks whose element's value belongs to a view's state, and the action_id of each element."""
    for block in blocks:
        for _, node in walk_blocks(block):
            if "action_id" in node and node["type"] != "button" and node["type"] != "overflow":
                yield block, node["action_id"]


def canonical_view(payload: Payload, clock: Clock) -> Payload:
    """A view as Slack gives it back."""
    given: Payload = {"callback_id": "", "private_metadata": "", "external_id": "", **payload}
    return {**given, "blocks": canonical(payload["blocks"], clock)}


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
    button workflow_button checkboxes datepicker datetimepicker timepicker radio_buttons overflow
    static_select external_select users_select conversations_select channels_select
    multi_static_select multi_external_select multi_users_select multi_conversations_select
    multi_channels_select plain_text_input email_text_input url_text_input number_input rich_text_input
    file_input feedback_buttons icon_button
    """.split()
)
"""Types of elements whose use is sent to the app."""
