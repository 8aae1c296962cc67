"""The words of a message as its writer meant them, out of Slack's encoding."""

import re
from collections.abc import Mapping
from html import unescape

_ENTITY = re.compile(r"<([^<>\s][^<>\n]*)>")


def plain_words(text: str, bot: str, names: Mapping[str, str] | None = None) -> str:
    """A message's text without the mention of the bot; other mentions become names, links what they show."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return " " if target[1:] == bot else (label or (names or {}).get(target[1:], ""))
        if target.startswith("#"):
            return f"#{label}" if label else " "
        if target.startswith("!"):
            return label or " "
        return label or target

    return " ".join(unescape(_ENTITY.sub(shown, text)).split())


def mentions(text: str) -> frozenset[str]:
    """The ids of the users that a message names."""
    return frozenset(found[1] for found in re.finditer(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>", text))
