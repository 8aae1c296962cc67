"""The commands for settings, and the menus of their panel."""

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import app_commands, ui

from bot.discord.commands import Tree
from bot.discord.front import Front
from bot.discord.panel import Panel, panel_message, read_choice
from bot.discord.press import Press
from bot.discord.presses import read_form
from bot.discord.reply import InteractionReply
from bot.discord.translator import words
from bot.service.people import Venue
from bot.service.preferences import Answers, Changes
from bot.service.refusal import Refusal

NAMES_LIMIT = 2000
"""Characters of the sources' names that are typed."""


class SettingsCommands:
    """What the commands and menus do. Rights are asked at each use, by the keeper."""

    def __init__(self, front: Front) -> None:
        """The front has what they work with."""
        self._front = front
        self._service = front.service
        self.acts: dict[str, Callable[[discord.Interaction, Press], Awaitable[None]]] = {
            "set": self._set,
            "reset": self._reset,
            "name-sources": self._ask_names,
            "named-sources": self._named,
        }

    async def show(self, interaction: discord.Interaction, channel: str) -> None:
        """The panel of a channel, or of the server where `channel` is empty."""
        venue, person = self._front.venue(interaction), self._front.person(interaction)
        reply = InteractionReply(interaction)
        if not await reply.acknowledge(private=True):
            return

        async def work() -> ui.LayoutView:
            await self._service.keeper.check(venue, person, "settings", {"channel": channel})
            return self._panel(interaction, channel)

        await self._front.attempt(reply.show, work, self._front.say(interaction))

    def _panel(self, interaction: discord.Interaction, channel: str) -> ui.LayoutView:
        venue = self._venue(interaction, channel)
        panel = Panel(
            changes=self._service.settings.chosen(venue, whole=not channel),
            collections=self._service.settings.rights.visible(venue, self._service.desk.snapshots),
            sources=self._sources(venue),
            channel=channel,
            mention=f"<#{channel}>" if channel else "",
        )
        return panel_message(panel, self._front.say(interaction))

    def _venue(self, interaction: discord.Interaction, channel: str) -> Venue:
        here = self._front.venue(interaction)
        return Venue(here.platform, here.community, channel or here.channel)

    def _sources(self, venue: Venue) -> Sequence[str]:
        visible = self._service.settings.rights.visible(venue, self._service.desk.snapshots)
        names: dict[str, str] = {}
        for snapshot in self._service.desk.held(visible):
            names |= snapshot.source_names
        return sorted(names.values(), key=str.casefold)

    async def _choose(
        self, interaction: discord.Interaction, channel: str, values: Callable[[], dict[str, object]]
    ) -> None:
        venue, person = self._front.venue(interaction), self._front.person(interaction)
        reply = InteractionReply(interaction)
        if not await reply.acknowledge_change():
            return

        async def work() -> ui.LayoutView:
            chosen = values()
            detail = {"channel": channel, **chosen}
            await self._service.keeper.check(venue, person, "settings", detail)
            if chosen.get("answers") is Answers.EVERYTHING and not self._front.reads_messages:
                raise Refusal("everything-unavailable")
            await self._service.settings.choose(self._venue(interaction, channel), chosen, whole=not channel)
            await self._service.keeper.record(venue, person, "settings", detail, "done")
            return self._panel(interaction, channel)

        await self._front.attempt(reply.show, work, self._front.say(interaction), aside=reply.aside)

    async def _set(self, interaction: discord.Interaction, press: Press) -> None:
        name, _, value = press.argument.partition("=")
        chosen = dict(interaction.data or {}).get("values")
        values = [value] if value else [str(one) for one in chosen] if isinstance(chosen, list) else []
        await self._choose(interaction, press.subject, lambda: read_choice(name, values))

    async def _reset(self, interaction: discord.Interaction, press: Press) -> None:
        await self._choose(
            interaction, press.subject, lambda: dict.fromkeys(Changes.__dataclass_fields__, None)
        )

    async def _ask_names(self, interaction: discord.Interaction, press: Press) -> None:
        say = self._front.say(interaction)
        chosen = self._service.settings.chosen(
            self._venue(interaction, press.subject), whole=not press.subject
        )
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="names",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=NAMES_LIMIT,
            default=", ".join(chosen.sources or ())[:NAMES_LIMIT],
        )
        form = ui.Modal(title=say("sources-title"), custom_id=str(Press("named-sources", press.subject)))
        form.add_item(ui.Label(text=say("setting-sources-names"), component=field))
        form.stop()
        await interaction.response.send_modal(form)

    async def _named(self, interaction: discord.Interaction, press: Press) -> None:
        typed = dict(read_form(interaction.data)).get("names", "")
        wanted = [name.strip() for name in typed.split(",") if name.strip()]

        def values() -> dict[str, object]:
            known = {name.casefold(): name for name in self._sources(self._venue(interaction, press.subject))}
            for name in wanted:
                if name.casefold() not in known:
                    raise Refusal("unknown-source", name=name, near=", ".join(sorted(known.values())[:5]))
            return {"sources": tuple(known[name.casefold()] for name in wanted) or None}

        await self._choose(interaction, press.subject, values)


def add_settings_commands(tree: Tree, front: Front) -> SettingsCommands:
    """Register them, for servers alone."""
    commands = SettingsCommands(front)
    group = app_commands.Group(
        name=words("command-settings"),
        description=words("describe-settings"),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        # A hint to Discord, as for /corpus.
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name=words("command-server"), description=words("describe-server"))
    async def server(interaction: discord.Interaction) -> None:
        await commands.show(interaction, "")

    @group.command(name=words("command-channel"), description=words("describe-channel"))
    @app_commands.rename(channel=words("option-channel"))
    @app_commands.describe(channel=words("describe-channel-option"))
    async def channel(
        interaction: discord.Interaction,
        channel: discord.TextChannel | discord.VoiceChannel | discord.StageChannel | None = None,
    ) -> None:
        here = front.venue(interaction).channel
        await commands.show(interaction, str(channel.id) if channel else here)

    tree.add_command(group)
    return commands
