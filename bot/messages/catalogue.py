"""The bot's texts in a reader's language, from the Fluent files beside this module.

Fluent (Mozilla's) because plurals and the order of words differ between languages, and because its files
can be translated by people who do not program. A key that a language lacks is a defect, which a test finds.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

ENGLISH = "en"
LOCALES = {"en": "en_GB", "ko": "ko", "ja": "ja"}
"""The languages that there are, and the locale that each formats dates and numbers by."""

_COMMAND = re.compile(r"(?<![\w/])/(?=(?:ask|latest|sources|article|corpus|newsdesk)\b)")
"""Where a message names a command as it is called in every language."""


class Messages:
    """Every message of one language: `messages("searched", articles=3)`.

    A message `KEY-PLATFORM` stands in for `KEY` on that platform, where things are called otherwise.
    """

    def __init__(self, language: str, platform: str = "", prefix: str = "") -> None:
        """Read the language's file; `prefix` stands before the names of the commands."""
        self.language = language
        self._platform, self._prefix = platform, prefix
        self.locale = LOCALES[language]
        text = (Path(__file__).parent / f"{language}.ftl").read_text(encoding="utf-8")
        if prefix:
            text = _COMMAND.sub(f"/{prefix}", text)
        # Without marks of isolation: they are invisible characters, which we take out of everything else.
        self._bundle = FluentBundle([str(Locale.parse(self.locale)).replace("_", "-")], use_isolating=False)
        self._bundle.add_resource(FluentResource(text))

    def __call__(self, key: str, /, **values: object) -> str:
        """The message with these values; numbers are written as the language does.

        Raises LookupError for a key that is not there, or a value that the message needs and did not get.
        """
        own = f"{key}-{self._platform}"
        message = self._bundle.get_message(own if self._bundle.has_message(own) else key)
        if message.value is None:
            raise LookupError(key)
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise LookupError(f"{key}: {errors[0]}")
        return str(text)

    def spoken(self, language: str) -> "Messages":
        """The same messages for the same platform in another language, these where there is no other."""
        return messages_for(language, self._platform, self._prefix) if language in LOCALES else self

    def has(self, key: str) -> bool:
        """Whether there is a message of that key."""
        return bool(self._bundle.has_message(key))

    def date(self, moment: datetime | None) -> str:
        """`14 January 2026`, or that there is no date."""
        return format_date(moment, "long", locale=self.locale) if moment else self("undated")

    def short_date(self, moment: datetime | None) -> str:
        """`14 Jan 2026`, or that there is no date."""
        return format_date(moment, "medium", locale=self.locale) if moment else self("undated")

    def either(self, words: Sequence[str]) -> str:
        """`2019, 2020 or 2021`."""
        return format_list(words, style="or", locale=self.locale)

    def days(self, first: datetime, last: datetime) -> str:
        """`2–8 March 2026`; a single day alone."""
        if first.date() == last.date():
            return self.date(first)
        return str(format_interval(first.date(), last.date(), "yMMMMd", locale=self.locale))


@cache
def messages_for(locale: str, platform: str = "", prefix: str = "") -> Messages:
    """The messages for a platform's tag of a language (`en-US`, `ko`), English where there are none."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return Messages(language if language in LOCALES else ENGLISH, platform, prefix)
