"""Markup of Discord and Slack in a text that people type or paste: mentions, channels, emoji and times."""

import re

from corpus.lazy_pattern import lazy_pattern

_MENTION = (
    r"<(?:@[!&]?|#)[A-Z0-9]{1,30}(?:\|[^<>]{0,100})?>"  # people, roles and channels of both
    r"|<![a-z]{1,20}(?:\^[^<>|]{0,100})?(?:\|[^<>]{0,100})?>"  # Slack's groups, times and @here
)
_EMOJI = (
    r"<a?:\w{1,40}:\d{1,30}>"  # Discord's own
    r"|(?<![\w:]):[a-z][\w+'-]{1,60}:(?![\w:])"
)
_MARKUP = lazy_pattern(rf"{_MENTION}|{_EMOJI}|<(?:t|id):[\w:-]{{1,40}}>")
_BEFORE = lazy_pattern(rf"\A(?:\s*(?:{_MENTION}|{_EMOJI})(?:\s*[,:](?=\s))?)+\s*(?=\S)")
_AFTER = lazy_pattern(
    rf"(?<=[?!.…])\s*(?:/?(?:cc|fyi)\b:?)?(?:\s*(?:{_MENTION}|{_EMOJI}))+\s*\Z", re.IGNORECASE
)


def without_markup(text: str) -> str:
    """The text with a space for each mention and emoji, whose ids and names tell nothing of the news."""
    return _MARKUP.sub(" ", text) if "<" in text or ":" in text else text


def without_addressees(text: str) -> str:
    """The text without the mentions and emoji before it and after its last sentence: they say to whom it is
    written, and are no part of a question."""
    return _BEFORE.sub("", _AFTER.sub("", text))
