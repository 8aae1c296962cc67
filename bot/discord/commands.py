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
"""The most choices of an autocompletion."""
CHOICE_LIMIT = 100
"""The most characters of a choice."""

Tree = app_commands.CommandTree[discord.Client]
Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel
TYPES: Mapping[Kind, Any] = {Kind.FLAG: bool, Kind.FILE: discord.Attachment, Kind.CHANNEL: Channel}
"""Discord's type of each kind of option; text for the others."""
OFFERED = frozenset(
    {Kind.SOURCE, Kind.SEARCHED, Kind.GOVERNED, Kind.PERIOD, Kind.DATES, Kind.ARTICLE, Kind.TARGET}
)
"""The kinds of options that have autocompletion."""
EVERYWHERE = AppInstallationType(guild=True, user=True)
CONTEXTS = AppCommandContext(guild=True, dm_channel=True, private_channel=True)


def words(key: str) -> locale_str:
    """A message of the catalogue as discord.py's translatable string."""
    return locale_str(messages_for(ENGLISH)(key), key=key)


class Translator(app_commands.Translator):
    """Translates discord.py's strings with the catalogue."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - part of discord.py's interface
    ) -> str | None:
        """The message in the locale's language; None if the catalogue does not have it."""
        language = str(locale).partition("-")[0]
        key = string.extras.get("key")
        if language not in LOCALES or language == ENGLISH or key is None:
            return None
        return messages_for(language)(key)


def add_commands(tree: Tree, dispatcher: Dispatcher) -> None:
    """Register all commands of the table."""
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
    """A group of commands for administrators of servers."""
    return app_commands.Group(
        name=words(f"command-{name}"),
        description=words(f"describe-{name}"),
        guild_only=True,
        allowed_installs=AppInstallationType(guild=True, user=False),
        # Only a hint for Discord, which administrators can change; the rights are checked when a command is
        # used.
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
    """Give a callback a signature with the options, since discord.py reads them from it."""
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
        """Nothing is downloaded yet."""
        self._attachment = attachment
        self.name = attachment.filename

    async def size(self) -> int:
        """The size in bytes that Discord gives."""
        return self._attachment.size

    async def read(self) -> bytes:
        """The content."""
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
