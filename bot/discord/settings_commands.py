"""The commands for settings."""

import discord
from discord import app_commands

from bot.cards.press import Press
from bot.discord.api.send import InteractionReply
from bot.discord.buttons import ButtonHandlers
from bot.discord.commands import Tree
from bot.discord.dispatch import Dispatch
from bot.discord.translator import words
from bot.service.actions import Actions


def add_settings_commands(tree: Tree, front: Dispatch, acts: Actions, presses: ButtonHandlers) -> None:
    """Register them, for servers alone."""
    group = app_commands.Group(
        name=words("command-settings"),
        description=words("describe-settings"),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        # A hint to Discord, as for /corpus.
        default_permissions=discord.Permissions(manage_guild=True),
    )

    async def show(interaction: discord.Interaction, channel: str) -> None:
        turn = presses.turn(interaction, Press("settings", channel))
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            await front.attempt(reply.show, lambda: acts.panel(turn), turn.messages)

    @group.command(name=words("command-server"), description=words("describe-server"))
    async def server(interaction: discord.Interaction) -> None:
        await show(interaction, "")

    @group.command(name=words("command-channel"), description=words("describe-channel"))
    @app_commands.rename(channel=words("option-channel"))
    @app_commands.describe(channel=words("describe-channel-option"))
    async def channel(
        interaction: discord.Interaction,
        channel: discord.TextChannel | discord.VoiceChannel | discord.StageChannel | None = None,
    ) -> None:
        await show(interaction, str(channel.id) if channel else front.venue(interaction).channel)

    tree.add_command(group)
