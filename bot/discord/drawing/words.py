"""Extracts the text of a Discord message, and that of the message it refers to."""

from collections.abc import Iterator, Mapping

import discord
from discord.components import Component, TextDisplay

from bot.chat.incoming_message import asks_to_check
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.text.chat_markup import without_addressees

_MENTION = lazy_pattern(r"<@(&?)!?(\d+)>")
_ADDRESS = lazy_pattern(r"https?://\S+")

Written = discord.Message | discord.MessageSnapshot


def asked_words(message: discord.Message, me: int) -> str:
    """The question in a message: its text without the mention of the bot, and with the names of others that
    it mentions, unless they are only addressed."""
    role = own_role(message)
    ours = {str(me), f"&{role.id}" if role else ""}
    names = {str(user.id): user.display_name for user in message.mentions}
    names |= {f"&{one.id}": one.name for one in message.role_mentions}
    content = without_addressees(message.content)
    return _named(content, {name: shown for name, shown in names.items() if name not in ours})


def words_of(message: Written) -> str:
    """All words of a message: its text, embeds, components, and forwarded messages.

    Addresses are left out, since they contain nothing to look up.
    """
    mentions = getattr(message, "mentions", ())
    names = {str(user.id): user.display_name for user in mentions}
    pieces = [_named(_ADDRESS.sub(" ", message.content), names)]
    for embed in message.embeds:
        pieces += [embed.title or "", embed.description or ""]
        pieces += [part for field in embed.fields for part in (field.name or "", field.value or "")]
    pieces += _shown(message.components)
    pieces += [words_of(one) for one in getattr(message, "message_snapshots", ())]
    return " ".join(one_line(piece) for piece in pieces if piece.strip())


def text_to_check(message: discord.Message, text: str, me: int, *, own: bool) -> str | None:
    """The words that a message asks to check: those of the message that it forwards or replies to. Empty if
    they can't be read; None if the message is a question itself.

    `text` is the message's own text, and `own` whether it continues a conversation with the bot.
    """
    if message.message_snapshots and not text:
        return words_of(message)
    checks = asks_to_check(text)
    if text and not checks:
        return None
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return "" if checks and not own else None
    answered = reference.resolved
    if not isinstance(answered, discord.Message):
        return ""
    return None if answered.author.id == me else words_of(answered)


def own_role(message: discord.Message) -> discord.Role | None:
    """The bot's own role in the server of a message, which many people mention instead of the bot."""
    return message.guild.self_role if message.guild else None


def _named(text: str, names: Mapping[str, str]) -> str:
    words = _MENTION.sub(lambda found: names.get(f"{found[1]}{found[2]}", " "), text)
    return one_line(words)


def _shown(components: object) -> Iterator[str]:
    """The texts of components, and of those nested in them."""
    if isinstance(components, list | tuple):
        for one in components:
            yield from _shown(one)
    elif isinstance(components, TextDisplay):
        yield components.content
    elif isinstance(components, Component):
        yield from _shown(getattr(components, "children", ()))
