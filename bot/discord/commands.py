"""Discord's slash commands, built from `bot/actions/command_table.py`."""

import inspect
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice, locale_str

from bot.actions.call import Arguments, CommandCall
from bot.actions.command_table import COMMANDS, Command, Kind, Option, Policy, command_job
from bot.actions.completions import offer
from bot.cards.card import truncate
from bot.discord.drawing.words import words_of
from bot.discord.replies import InteractionReply
from bot.discord.requests import channel_name, request_of
from bot.dispatch.dispatcher import Dispatcher
from bot.messages.catalogue import ENGLISH, LOCALES, messages_for

CHOICES = 25
"""Choices of an autocompletion."""
CHOICE_LIMIT = 100
"""Characters of a choice."""

Tree = app_commands.CommandTree[discord.Client]
Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel
TYPES: Mapping[Kind, Any] = {Kind.FLAG: bool, Kind.FILE: discord.Attachment, Kind.CHANNEL: Channel}
"""What Discord takes for an option; a text for those that are not here."""
OFFERED = frozenset(
    {Kind.SOURCE, Kind.SEARCHED, Kind.GOVERNED, Kind.PERIOD, Kind.DATES, Kind.ARTICLE, Kind.TARGET}
)
"""The options for which something is offered while somebody types."""
EVERYWHERE = AppInstallationType(guild=True, user=True)
CONTEXTS = AppCommandContext(guild=True, dm_channel=True, private_channel=True)


def words(key: str) -> locale_str:
    """A message of the catalogue as discord.py wants a text that is translated."""
    return locale_str(messages_for(ENGLISH)(key), key=key)


class Translator(app_commands.Translator):
    """Looks the catalogue up for discord.py."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - discord.py gives it
    ) -> str | None:
        """The message in that language, None if the catalogue does not have the language."""
        language = str(locale).partition("-")[0]
        key = string.extras.get("key")
        if language not in LOCALES or language == ENGLISH or key is None:
            return None
        return messages_for(language)(key)


def add_commands(tree: Tree, dispatcher: Dispatcher) -> None:
    """Register all of the table."""
    groups: dict[str, app_commands.Group] = {}
    for command in COMMANDS.values():
        if command.on_message:
            tree.add_command(_message_command(command, dispatcher))
        elif not command.group:
            tree.add_command(_command(command, dispatcher))
        else:
            if command.group not in groups:
                groups[command.group] = _group(command.group)
                tree.add_command(groups[command.group])
            groups[command.group].add_command(_command(command, dispatcher))


def _group(name: str) -> app_commands.Group:
    """A command with others below it, for administrators of servers."""
    return app_commands.Group(
        name=words(f"command-{name}"),
        description=words(f"describe-{name}"),
        guild_only=True,
        allowed_installs=AppInstallationType(guild=True, user=False),
        # A hint to Discord, which others may change there: it is looked at again when the command is used.
        default_permissions=discord.Permissions(manage_guild=True),
    )


def _command(command: Command, dispatcher: Dispatcher) -> app_commands.Command[Any, ..., None]:
    async def callback(interaction: discord.Interaction, **given: Any) -> None:
        request, reply = request_of(dispatcher, interaction), InteractionReply(interaction)
        arguments = _arguments(command, given)
        channel = channel_name(interaction, arguments.text("channel") or request.venue.channel)
        call = CommandCall(dispatcher.service, dispatcher.profile, request, reply, arguments, channel=channel)
        await dispatcher.run(str(interaction.id), request, reply, command_job(command, call))

    _declare(callback, command.options)
    everybody = command.policy is Policy.EVERYBODY
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=words(f"command-{command.name}"),
        description=words(f"describe-{command.name}"),
        callback=callback,
        allowed_installs=EVERYWHERE if everybody else None,
        allowed_contexts=CONTEXTS if everybody else None,
    )
    for option in command.options:
        if option.kind in OFFERED:
            made.autocomplete(option.name)(_offer(option, dispatcher))
    return made


def _declare(callback: Callable[..., Coroutine[Any, Any, None]], options: tuple[Option, ...]) -> None:
    """Say what options a callback takes: discord.py reads that from its signature."""
    parameters = [inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for option in options:
        kind = TYPES.get(option.kind) or app_commands.Range[str, 1, option.limit]
        parameters.append(
            inspect.Parameter(
                option.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if option.required else None,
                annotation=kind if option.required else kind | None,
            )
        )
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    if options:
        app_commands.rename(**{one.name: words(f"option-{one.name}") for one in options})(callback)
        app_commands.describe(**{one.name: words(one.description) for one in options})(callback)


def _arguments(command: Command, given: Mapping[str, Any]) -> Arguments:
    texts, flags, file = {}, {}, None
    for option in command.options:
        value = given.get(option.name)
        if value is None:
            continue
        if option.kind is Kind.FLAG:
            flags[option.name] = bool(value)
        elif option.kind is Kind.FILE:
            file = AttachmentUpload(value)
        else:
            texts[option.name] = str(value.id) if option.kind is Kind.CHANNEL else str(value)
    return Arguments(texts, flags, file)


class AttachmentUpload:
    """A file that was attached to a command."""

    def __init__(self, attachment: discord.Attachment) -> None:
        """Nothing is fetched yet."""
        self._attachment = attachment
        self.name = attachment.filename

    async def size(self) -> int:
        """As Discord says."""
        return self._attachment.size

    async def read(self) -> bytes:
        """What is in it."""
        return await self._attachment.read()


def _message_command(command: Command, dispatcher: Dispatcher) -> app_commands.ContextMenu:
    async def callback(interaction: discord.Interaction, message: discord.Message) -> None:
        request, reply = request_of(dispatcher, interaction), InteractionReply(interaction)
        call = CommandCall(
            dispatcher.service,
            dispatcher.profile,
            request,
            reply,
            Arguments({"text": words_of(message)}),
            str(message.id),
        )
        await dispatcher.run(str(interaction.id), request, reply, command_job(command, call))

    return app_commands.ContextMenu(
        name=words(f"command-{command.name}"),
        callback=callback,
        allowed_installs=EVERYWHERE,
        allowed_contexts=CONTEXTS,
    )


def _offer(
    option: Option, dispatcher: Dispatcher
) -> Callable[[discord.Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    async def offered(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        request = request_of(dispatcher, interaction)
        found = await offer(
            dispatcher.service, request, option.kind, typed, limit=CHOICES, length=CHOICE_LIMIT
        )
        return [Choice(name=truncate(shown, CHOICE_LIMIT), value=value) for value, shown in found]

    return offered
