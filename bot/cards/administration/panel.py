"""The settings panel: a card of menus, in which each choice takes effect at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.cards.card import (
    Button,
    Buttons,
    Card,
    Menu,
    Paragraph,
    ParagraphStyle,
    Part,
    Tone,
    markup,
    plain,
    truncate,
)
from bot.cards.press import Press
from bot.chat.preferences import LANGUAGES, LIMITS, PASSAGES, AnswerPolicy, PreferenceChanges, Preferences
from bot.messages.catalogue import Messages

INHERIT = "-"
"""The value of the option that leaves a setting to the community."""
OPTIONS = 25
"""Options of a menu: Discord's limit; Slack takes 100."""
OPTION = 75
"""Characters of an option: Slack's limit; Discord takes 100."""
ADMINISTRATORS = 10
"""Roles, groups or people that may administer, at most."""
YES_NO = ("no", "yes")
"""The values of a choice between two."""
GROUPS = "admin_groups"
"""The menu of groups; what is chosen in it is a part of `admin_roles`."""

_DEFAULT = Preferences()


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel shows: of the whole community, or with a `channel` (its id and name) of that channel; what
    was chosen there, and what there is to choose from."""

    changes: PreferenceChanges
    collections: Sequence[str]
    sources: Sequence[str]
    channel: str = ""
    name: str = ""
    groups: Mapping[str, str] | None = None
    """The names, by id, of the groups of people that may administer; None if no platform has any beside
    what it offers itself."""

    @property
    def whole(self) -> bool:
        """Whether it is the community's."""
        return not self.channel


def panel_card(panel: Panel, messages: Messages) -> Card:
    """The panel with what was chosen."""
    chosen, whole = panel.changes, panel.whole
    place = panel.name or messages("settings-this-channel")
    title = messages("settings-server") if whole else messages("settings-channel", channel=place)
    hint = messages("settings-hint" if whole else "settings-channel-hint")
    parts: list[Part] = [plain(title, ParagraphStyle.HEADING), markup(hint, ParagraphStyle.SMALL)]
    answers = [(kind.value, messages(f"setting-answers-{kind.value}")) for kind in AnswerPolicy]
    parts.append(_group("where", messages))
    parts.append(_one(panel, messages, "answers", answers, chosen.answers, _DEFAULT.answers))
    seen = [(value, messages(f"setting-private-{value}")) for value in YES_NO]
    private = None if chosen.private is None else YES_NO[chosen.private]
    parts.append(_one(panel, messages, "private", seen, private, "no"))
    searched = [
        *_many(panel, messages, "collections", panel.collections, chosen.collections),
        *_many(panel, messages, "sources", panel.sources, chosen.sources),
    ]
    parts += [_group("searched", messages), *searched] if searched else []
    parts.append(_group("form", messages))
    counts = [(str(n), messages("setting-passages-value", count=n)) for n in range(1, PASSAGES + 1)]
    parts.append(_one(panel, messages, "passages", counts, chosen.passages, _DEFAULT.passages))
    languages = [(name or "auto", messages(f"setting-language-{name or 'auto'}")) for name in LANGUAGES]
    language = None if chosen.language is None else chosen.language or "auto"
    parts.append(_one(panel, messages, "language", languages, language, "auto"))
    parts.append(_group("limits", messages))
    limits = [(str(limit), messages("setting-limit-value", count=limit)) for limit in LIMITS]
    for name, limit, default in (
        ("person_limit", chosen.person_limit, _DEFAULT.person_limit),
        ("channel_limit", chosen.channel_limit, _DEFAULT.channel_limit),
    ):
        parts.append(_one(panel, messages, name, limits, limit, default))
    if not whole:
        parts.append(_group("notices", messages))
        notices = tuple((value, messages(f"setting-notices-{value}")) for value in YES_NO)
        press = _press(panel, "notices")
        parts.append(Menu(messages("setting-notices"), press, notices, (YES_NO[bool(chosen.notices)],)))
    if whole:
        parts.append(_group("administrators", messages))
        parts.append(
            Menu(
                messages("setting-admin_roles"),
                _press(panel, "admin_roles"),
                chosen=chosen.admin_roles or (),
                most=ADMINISTRATORS,
                administrators=True,
            )
        )
        parts += _groups(panel, messages)
        parts.append(markup(messages("setting-admin-hint"), ParagraphStyle.SMALL))
    parts.append(Buttons(tuple(_buttons(panel, messages))))
    return Card(Tone.NEUTRAL, tuple(parts))


def _group(name: str, messages: Messages) -> Paragraph:
    """What stands above menus that belong together."""
    return plain(messages(f"settings-group-{name}"), ParagraphStyle.HEADING)


def _groups(panel: Panel, messages: Messages) -> Iterator[Menu]:
    if panel.groups is None:
        return
    # The others are offered while somebody types: there may be hundreds.
    chosen = [one for one in panel.changes.admin_roles or () if one in panel.groups]
    names = tuple((one, truncate(panel.groups[one], OPTION)) for one in chosen)
    press = _press(panel, GROUPS)
    yield Menu(messages("setting-admin_groups"), press, names, tuple(chosen), ADMINISTRATORS)


def _press(panel: Panel, name: str, value: str = "") -> Press:
    return Press("set", panel.channel, f"{name}={value}" if value else name)


def _one(
    panel: Panel,
    messages: Messages,
    name: str,
    options: Iterable[tuple[str, str]],
    chosen: object,
    default: object,
) -> Menu:
    """A menu with one choice: the default's where the whole community has chosen nothing."""
    made = [(value, truncate(label, OPTION)) for value, label in options]
    if not panel.whole:
        made.insert(0, (INHERIT, truncate(messages("settings-inherit"), OPTION)))
    value = (default if panel.whole else INHERIT) if chosen is None else chosen
    return Menu(messages(f"setting-{name}"), _press(panel, name), tuple(made), (str(value),))


def _many(
    panel: Panel, messages: Messages, name: str, there: Sequence[str], chosen: Sequence[str] | None
) -> Iterator[Menu]:
    # What was chosen comes first: it must stay in sight, also where there are more than fit.
    names = [one for one in dict.fromkeys([*(chosen or ()), *there]) if len(one) <= OPTION][:OPTIONS]
    if len(names) > 1:  # one alone is no choice, and could not be taken back
        options = tuple((one, one) for one in names)
        yield Menu(messages(f"setting-{name}"), _press(panel, name), options, tuple(chosen or ()), len(names))


def _buttons(panel: Panel, messages: Messages) -> Iterator[Button]:
    if len(panel.sources) > OPTIONS:
        yield Button(messages("setting-sources-more"), Press("name-sources", panel.channel))
    yield Button(
        messages("setting-reset" if panel.whole else "setting-reset-channel"), Press("reset", panel.channel)
    )


def read_choice(name: str, values: Sequence[str]) -> dict[str, object]:
    """What a menu or a button of the panel says, as values for `choose`. Raises ValueError for nonsense."""
    value = values[0] if values else ""
    if name in ("collections", "sources", "admin_roles"):
        return {name: tuple(values) or None}
    if value == INHERIT:
        return {name: None}
    if name == "answers":
        return {name: AnswerPolicy(value)}
    if name == "language":
        return {name: "" if value == "auto" else value}
    if name in ("private", "notices"):
        return {name: value == "yes"}
    if name in ("passages", "person_limit", "channel_limit"):
        return {name: int(value)}
    raise ValueError(name)
