"""Decodes the text of Slack messages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.text.chat_markup import without_addressees

_ENTITY = lazy_pattern(r"<([^<>\s][^<>\n]*)>")
_ESCAPED = lazy_pattern("&(amp|lt|gt);")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}
"""The only characters that Slack escapes, in messages, commands and names."""
_ADDRESS = lazy_pattern(r"https?://\S+")
_BELOW = ("blocks", "elements", "text", "fields")
"""The fields of blocks that contain their texts."""


def unescaped(text: str) -> str:
    """Text of Slack as it was typed."""
    return _ESCAPED.sub(lambda found: _SIGNS[found[1]], text)


def typed_words(text: str) -> str:
    """The text after a command on one line; an address that Slack turned into a link is only that address."""
    return " ".join(unescaped(_ENTITY.sub(lambda found: found[1].partition("|")[0], text)).split())


def question_words(text: str, bot: str) -> str:
    """The question in a message: as `plain_words`, but without mentions of those who are only addressed, and
    with the addresses of links, which may be asked about."""
    return plain_words(without_addressees(text), bot, addresses=True)


def plain_words(
    text: str, bot: str, names: Mapping[str, str] | None = None, *, addresses: bool = False
) -> str:
    """A message's text without the mention of the bot. Other mentions become names (`names` by user id), and
    links their text, with `addresses` as in Markdown."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return " " if target[1:] == bot else (label or (names or {}).get(target[1:], ""))
        if target.startswith("#"):
            return f"#{label}" if label else " "
        if target.startswith("!"):
            return label or " "
        return f"[{label}]({target})" if label and addresses else label or target

    return " ".join(unescaped(_ENTITY.sub(shown, text)).split())


def mentions(text: str) -> frozenset[str]:
    """The ids of the users that a message mentions."""
    return frozenset(mentioned(text))


def mentioned(text: str) -> list[str]:
    """The ids of the users that a message mentions, in their order."""
    return [found[1] for found in re.finditer(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>", text)]


def words_of(message: Mapping[str, Any], bot: str) -> str:
    """All words of a message: its text, or that of its blocks, and its attachments (forwarded messages and
    link previews).

    Addresses are left out, since they contain nothing to look up.
    """
    own = str(message.get("text") or "") or " ".join(_texts(message.get("blocks")))
    pieces = [_ADDRESS.sub(" ", plain_words(own, bot)), *_attached(message.get("attachments"), bot)]
    return one_line(" ".join(pieces))


def shared_words(message: Mapping[str, Any], bot: str) -> str:
    """The words of the messages that a message forwards."""
    attached = message.get("attachments")
    shared = [one for one in _dicts(attached) if one.get("is_share") or one.get("is_msg_unfurl")]
    return " ".join(_attached(shared, bot))


def _attached(attachments: object, bot: str) -> Iterator[str]:
    for one in _dicts(attachments):
        said = [str(one.get("title") or ""), str(one.get("text") or "")]
        said = said if any(said) else [*_texts(one.get("message_blocks")), *_texts(one.get("blocks"))]
        said = said if any(said) else [str(one.get("fallback") or "")]
        yield from (_ADDRESS.sub(" ", plain_words(words, bot)) for words in said if words)


def _dicts(values: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in values if isinstance(one, dict)) if isinstance(values, list) else iter(())


def _texts(blocks: object) -> Iterator[str]:
    """The texts of blocks and of the elements in them."""
    if isinstance(blocks, str):
        yield blocks
    elif isinstance(blocks, list):
        for one in blocks:
            yield from _texts(one)
    elif isinstance(blocks, dict):
        below = ("message", *_BELOW) if "message" in blocks else _BELOW
        for name in below:
            yield from _texts(blocks.get(name))
