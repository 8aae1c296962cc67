"""The settings as a panel of menus: each choice holds at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord
from discord import SelectOption, ui

from bot.discord.layout import CHOICE_LIMIT, CHOICES, NEUTRAL, button, card, fitting, text
from bot.discord.press import Press
from bot.messages.catalogue import Messages
from bot.service.preferences import LANGUAGES, LIMITS, PASSAGES, Answers, Changes

INHERIT = "-"
"""The value of the option that leaves a setting to the server."""
ROLES = 10
"""Roles that may administer, at most."""

Item = ui.Item[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel shows: of the whole server, or with a `channel` (its id and how it is mentioned) of that
    channel; what was chosen there, and what there is to choose from."""

    changes: Changes
    collections: Sequence[str]
    sources: Sequence[str]
    channel: str = ""
    mention: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is the server's."""
        return not self.channel


def panel_message(panel: Panel, say: Messages) -> ui.LayoutView:
    """The panel with what was chosen."""
    chosen = panel.changes
    title = say("settings-server") if panel.whole else say("settings-channel", channel=panel.mention)
    hint = say("settings-hint" if panel.whole else "settings-channel-hint")
    items: list[Item] = [text(f"### {title}\n-# {hint}")]
    items += _one(
        panel,
        say,
        "answers",
        [(kind.value, say(f"setting-answers-{kind.value}")) for kind in Answers],
        (chosen.answers or Answers.MENTIONS).value if panel.whole or chosen.answers else None,
    )
    items += _many(panel, say, "collections", panel.collections, chosen.collections or ())
    items += _many(panel, say, "sources", panel.sources, chosen.sources or ())
    items += _one(
        panel,
        say,
        "passages",
        [(str(n), say("setting-passages-value", count=n)) for n in range(1, PASSAGES + 1)],
        _chosen(panel, chosen.passages, 3),
    )
    items += _one(
        panel,
        say,
        "language",
        [(language or "auto", say(f"setting-language-{language or 'auto'}")) for language in LANGUAGES],
        (chosen.language or "auto") if panel.whole or chosen.language is not None else None,
    )
    for name, default in (("person_limit", 10), ("channel_limit", 60)):
        items += _one(
            panel,
            say,
            name,
            [(str(limit), say("setting-limit-value", count=limit)) for limit in LIMITS],
            _chosen(panel, getattr(chosen, name), default),
        )
    if panel.whole:
        items += [
            text(f"**{say('setting-admin_roles')}**\n-# {say('setting-admin-hint')}"),
            ui.ActionRow(
                ui.RoleSelect(
                    custom_id=str(_press(panel, "admin_roles")),
                    min_values=0,
                    max_values=ROLES,
                    default_values=[
                        discord.Object(int(role), type=discord.Role) for role in chosen.admin_roles or ()
                    ],
                )
            ),
        ]
    items.append(ui.ActionRow(*_buttons(panel, say)))
    return card(NEUTRAL, *items)


def _press(panel: Panel, name: str, value: str = "") -> Press:
    return Press("set", panel.channel, f"{name}={value}" if value else name)


def _chosen(panel: Panel, value: int | None, default: int) -> str | None:
    if value is None:
        return str(default) if panel.whole else None
    return str(value)


def _one(
    panel: Panel, say: Messages, name: str, options: Iterable[tuple[str, str]], chosen: str | None
) -> list[Item]:
    made = [
        SelectOption(label=fitting(label, CHOICE_LIMIT), value=value, default=value == chosen)
        for value, label in options
    ]
    if not panel.whole:
        made.insert(0, SelectOption(label=say("settings-inherit"), value=INHERIT, default=chosen is None))
    menu: ui.Select[ui.LayoutView] = ui.Select(custom_id=str(_press(panel, name)), options=made)
    return [text(f"**{say(f'setting-{name}')}**"), ui.ActionRow(menu)]


def _many(panel: Panel, say: Messages, name: str, there: Sequence[str], chosen: Sequence[str]) -> list[Item]:
    # What was chosen comes first: it must stay in sight, also where there are more than fit.
    names = list(dict.fromkeys([*chosen, *there]))[:CHOICES]
    fit = [one for one in names if len(one) <= CHOICE_LIMIT]
    if not fit:
        return []
    menu: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=str(_press(panel, name)),
        min_values=0,
        max_values=len(fit),
        options=[SelectOption(label=one, value=one, default=one in chosen) for one in fit],
    )
    return [text(f"**{say(f'setting-{name}')}**"), ui.ActionRow(menu)]


def _buttons(panel: Panel, say: Messages) -> Iterable[ui.Button[ui.LayoutView]]:
    private = panel.changes.private
    following = {None: "yes", True: "no", False: "no" if panel.whole else INHERIT}[private]
    if panel.whole and not private:
        following = "yes"
    key = {None: "setting-public" if panel.whole else "setting-private-inherit", True: "setting-private"}
    yield button(say(key.get(private, "setting-public")), _press(panel, "private", following))
    if len(panel.sources) > CHOICES:
        yield button(say("setting-sources-more"), Press("name-sources", panel.channel))
    yield button(
        say("setting-reset" if panel.whole else "setting-reset-channel"), Press("reset", panel.channel)
    )


def read_choice(name: str, values: Sequence[str]) -> dict[str, object]:
    """What a menu or a button of the panel says, as values for `choose`. Raises ValueError for nonsense."""
    value = values[0] if values else ""
    if name in ("collections", "sources", "admin_roles"):
        return {name: tuple(values) or None}
    if value == INHERIT:
        return {name: None}
    if name == "answers":
        return {name: Answers(value)}
    if name == "language":
        return {name: "" if value == "auto" else value}
    if name == "private":
        return {name: value == "yes"}
    if name in ("passages", "person_limit", "channel_limit"):
        return {name: int(value)}
    raise ValueError(name)
