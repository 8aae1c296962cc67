"""The bot's texts in a reader's language, from the Fluent files beside this module.

Mozilla's Fluent is used because plurals and word order differ between languages, and because people who do
not program can translate its files. A test finds keys that a language lacks.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message

from corpus.lazy_pattern import lazy_pattern

_Day = date
"""A datetime too; within `Messages`, its method hides the name."""
ENGLISH = "en"
LOCALES = {"en": "en_GB", "ko": "ko", "ja": "ja"}
"""The supported languages, each with the locale that formats its dates and numbers."""

_COMMAND = lazy_pattern(r"(?<![\w/])/(?=(?:ask|latest|sources|article|corpus|newsdesk)\b)")
"""The slash of a command in a message; the names of commands are the same in every language."""

_BEGINS = lazy_pattern(r"^(?=[a-z][\w-]* =)", re.MULTILINE)
"""Where the next message of a file begins."""


class Messages:
    """Every message of one language: `messages("searched", articles=3)`.

    A message `KEY-PLATFORM` replaces `KEY` on that platform, where the terms differ.
    """

    def __init__(self, language: str, platform: str = "", prefix: str = "") -> None:
        """The language's file is read on first use; `prefix` is put before the names of the commands."""
        self.language = language
        self._platform, self._prefix = platform, prefix
        self.locale = LOCALES[language]
        # Without bidi isolation marks: the bot removes invisible characters from everything else.
        self._bundle = FluentBundle([str(Locale.parse(self.locale)).replace("_", "-")], use_isolating=False)

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The messages by their keys, not parsed yet."""
        text = (Path(__file__).parent / f"{self.language}.ftl").read_text(encoding="utf-8")
        if self._prefix:
            text = _COMMAND.sub(f"/{self._prefix}", text)
        return {one.partition(" =")[0]: one for one in _BEGINS.split(text)[1:]}

    def __call__(self, key: str, /, **values: object) -> str:
        """The message with these values; numbers are formatted for the language.

        Raises LookupError for an unknown key or a missing value.
        """
        own = f"{key}-{self._platform}"
        message = self._message(own if own in self._texts else key)
        if message.value is None:
            raise LookupError(key)
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise LookupError(f"{key}: {errors[0]}")
        return str(text)

    def _message(self, key: str) -> Message:
        """A message, parsed when it is first used: parsing all takes 70 ms, and an answer uses few."""
        if not self._bundle.has_message(key) and key in self._texts:
            self._bundle.add_resource(FluentResource(self._texts[key]))
        return self._bundle.get_message(key)

    def spoken(self, language: str) -> "Messages":
        """The messages for the same platform in another language; these if that language is not supported."""
        return messages_for(language, self._platform, self._prefix) if language in LOCALES else self

    def has(self, key: str) -> bool:
        """Whether there is a message with this key."""
        return key in self._texts

    def date(self, moment: _Day | None) -> str:
        """`14 January 2026`, or that there is no date."""
        return format_date(moment, "long", locale=self.locale) if moment else self("undated")

    def short_date(self, moment: _Day | None) -> str:
        """`14 Jan 2026`, or that there is no date."""
        return format_date(moment, "medium", locale=self.locale) if moment else self("undated")

    def either(self, words: Sequence[str]) -> str:
        """`2019, 2020 or 2021`."""
        return format_list(words, style="or", locale=self.locale)

    def days(self, first: datetime, last: datetime) -> str:
        """`2–8 March 2026`, or a single date if both are the same day."""
        if first.date() == last.date():
            return self.date(first)
        return str(format_interval(first.date(), last.date(), "yMMMMd", locale=self.locale))


@cache
def messages_for(locale: str, platform: str = "", prefix: str = "") -> Messages:
    """The messages for a language tag (`en-US`, `ko`), in English if the language is not supported."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return Messages(language if language in LOCALES else ENGLISH, platform, prefix)
