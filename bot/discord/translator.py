"""Names and descriptions of commands in the languages of the catalogue."""

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.messages.catalogue import ENGLISH, LOCALES, messages_for


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
        """The message in that language, None where the catalogue does not have the language."""
        language = str(locale).partition("-")[0]
        key = string.extras.get("key")
        if language not in LOCALES or language == ENGLISH or key is None:
            return None
        return messages_for(language)(key)
