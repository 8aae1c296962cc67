"""The rules for messages that Discord's description does not express."""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from tools.local_discord.model.entities import Message, MessageFlag, Payload
from tools.local_discord.rules.component_limits import component_problems
from tools.local_discord.rules.components import ROW, component_texts, walk_components
from tools.local_discord.rules.errors import Problem, Refused
from tools.local_discord.rules.problems import bad_length, problem, too_long

CONTENT_LIMIT = 2_000
"""Characters; the description allows the 4,000 of paying people."""
EMBEDS_LIMIT = 6_000
"""Characters over all embeds of a message."""
ROWS_LIMIT = 5
"""Rows of a message that is no layout."""
COMPONENTS_LIMIT = 40
"""Components of a layout, nested ones counted."""
LAYOUT_TEXT_LIMIT = 4_000
"""Characters over all text displays of a layout."""
LAYOUT_BYTES_LIMIT = 10_170
LAYOUT_BYTES_EACH = 12
"""Discord fails (500) where the UTF-8 bytes of all text displays, and 12 for each display, are more than
10,170: measured in discord-api-docs issue 8554. Text of three bytes a character meets this below 4,000."""


def message_problems(body: Payload, current: Message | None, filenames: Set[str]) -> list[Problem]:
    """What is wrong with a message to be sent (no `current`) or with an edit of one.

    `filenames` are those that the message has once this is done.
    """
    return list(_problems(body, current, filenames))


def _problems(body: Payload, current: Message | None, filenames: Set[str]) -> Iterator[Problem]:
    flags = MessageFlag(body.get("flags") or 0)
    asked_v2 = MessageFlag.COMPONENTS_V2 in flags
    was_v2 = current is not None and current.v2
    components: list[Payload] = body.get("components") or []
    content = body.get("content") or ""
    embeds: list[Payload] = body.get("embeds") or []
    if len(content) > CONTENT_LIMIT:
        yield too_long(("content",), CONTENT_LIMIT)
    if sum(map(_embed_size, embeds)) > EMBEDS_LIMIT:
        yield Problem(
            ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_LIMIT}"
        )
    yield from _mention_problems(body.get("allowed_mentions") or {})
    if was_v2 and body.get("flags") is not None and not asked_v2:
        yield problem("MESSAGE_FLAG_CANNOT_BE_REMOVED", "flags")
    if asked_v2 or was_v2:
        yield from _legacy_problems(body, current)
        yield from _layout_problems(components)
    else:
        yield from _row_problems(components)
    yield from component_problems(components, filenames)


def check_layout_bytes(components: Sequence[Payload]) -> None:
    """Fail as Discord does on layouts of too many bytes."""
    said = component_texts(components)
    if sum(len(text.encode()) + LAYOUT_BYTES_EACH for text in said) > LAYOUT_BYTES_LIMIT:
        raise Refused(500, 0, "500: Internal Server Error")


def _legacy_problems(body: Payload, current: Message | None) -> Iterator[Problem]:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        stays = current is not None and not current.v2 and key not in body and getattr(current, key, None)
        if body.get(key) or stays:
            yield Problem(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _layout_problems(components: Sequence[Payload]) -> Iterator[Problem]:
    if sum(1 for _ in walk_components(components)) > COMPONENTS_LIMIT:
        yield Problem(
            ("components",),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The total number of components exceeds maximum of {COMPONENTS_LIMIT}",
        )
    if sum(map(len, component_texts(components))) > LAYOUT_TEXT_LIMIT:
        yield Problem(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {LAYOUT_TEXT_LIMIT}",
        )


def _row_problems(components: Sequence[Payload]) -> Iterator[Problem]:
    if len(components) > ROWS_LIMIT:
        yield bad_length(("components",), 1, ROWS_LIMIT)
    for index, component in enumerate(components):
        if component["type"] != ROW:
            yield Problem(
                ("components", index, "type"),
                "BASE_TYPE_CHOICES",
                'Value of field "type" must be one of (1,).',
            )


def _mention_problems(allowed: Payload) -> Iterator[Problem]:
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            yield Problem(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def _embed_size(embed: Payload) -> int:
    said: list[Any] = [embed.get("title"), embed.get("description")]
    said += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for one in embed.get("fields") or []:
        said += [one.get("name"), one.get("value")]
    return sum(len(text) for text in said if text)
