from typing import cast

import pytest
from discord import Locale
from discord.app_commands import TranslationContextTypes, locale_str

from bot.discord.commands import Translator, words

NOWHERE = cast(TranslationContextTypes, None)
"""The translator does not look where a text stands."""


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (Locale.korean, "질문"),
        (Locale.japanese, "質問"),
        (Locale.french, None),
        (Locale.british_english, None),
    ],
)
async def test_a_text_is_translated_into_the_languages_that_there_are(
    locale: Locale, said: str | None
) -> None:
    assert await Translator().translate(words("command-ask"), locale, NOWHERE) == said


async def test_a_text_of_somebody_else_is_left_alone() -> None:
    assert await Translator().translate(locale_str("ask"), Locale.korean, NOWHERE) is None


def test_english_is_what_a_text_is_without_translation() -> None:
    assert words("command-ask").message == "ask"
    with pytest.raises(LookupError):
        words("command-that-is-none")
