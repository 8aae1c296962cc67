"""The limits of messages, forms and commands that Discord's description leaves out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Any
from urllib.parse import urlsplit

from tools.local_discord.model.entities import Message, MessageFlag, Payload
from tools.local_discord.rules.components import (
    BUTTON,
    FILE,
    LINK_STYLE,
    ROW,
    SELECTS,
    TEXT_INPUT,
    component_texts,
    walk_components,
)
from tools.local_discord.rules.errors import Problem, Refused, problem
from tools.local_platform.schemas import ProblemPath

CONTENT_LIMIT = 2_000
"""The most characters of a person's message; the API description allows 4,000, as for paying people."""
COMPONENTS_LIMIT = 40
"""The most components of a layout, including nested ones."""
LAYOUT_TEXT_LIMIT = 4_000
"""The most characters in all text displays of a layout."""
LAYOUT_BYTES_LIMIT = 10_170
LAYOUT_BYTES_EACH = 12
"""Bytes that are added for each text display. Discord fails (500) if the UTF-8 bytes of all text displays,
plus 12 for each, are more than 10,170: measured in discord-api-docs issue 8554. Text with three bytes per
character reaches this below 4,000 characters."""
INPUT_LIMIT = 4_000
"""The most characters of a text input without a limit of its own."""

CHAT_INPUT, USER_COMMAND, MESSAGE_COMMAND = 1, 2, 3
SUBCOMMAND = 1
STRING, BOOLEAN, CHANNEL, ATTACHMENT = 3, 5, 7, 11
COMMANDS_LIMIT = {CHAT_INPUT: 100, USER_COMMAND: 15, MESSAGE_COMMAND: 15}
"""The most commands of each kind."""
COMMAND_SIZE_LIMIT = 8_000
"""The most characters in the names and descriptions of a command and its options; of localisations only the
longest counts."""
_NAME = re.compile(r"[-_'\w]{1,32}")


def message_problems(body: Payload, current: Message | None, filenames: Set[str]) -> list[Problem]:
    """The problems of a new message (`current` is None) or of an edit of the message `current`.

    `filenames` are the names of the files that the message has afterwards.
    """
    components: list[Payload] = body.get("components") or []
    is_layout = MessageFlag.COMPONENTS_V2 in MessageFlag(body.get("flags") or 0)
    problems = list(_component_problems(components, ("components",), filenames))
    if current is not None and current.v2 and body.get("flags") is not None and not is_layout:
        problems.append(problem("MESSAGE_FLAG_CANNOT_BE_REMOVED", "flags"))
    elif components and not is_layout and not (current is not None and current.v2):
        problems.append(problem("MESSAGE_MUST_BE_A_LAYOUT", "flags"))
    if sum(1 for _ in walk_components(components)) > COMPONENTS_LIMIT:
        problems.append(problem("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "components"))
    if sum(map(len, component_texts(components))) > LAYOUT_TEXT_LIMIT:
        problems.append(problem("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "components"))
    return problems


def check_layout_bytes(components: Sequence[Payload]) -> None:
    """Fail as Discord does on layouts with too many bytes."""
    said = component_texts(components)
    if sum(len(text.encode()) + LAYOUT_BYTES_EACH for text in said) > LAYOUT_BYTES_LIMIT:
        raise Refused(500, 0, "500: Internal Server Error")


def modal_problems(modal: Payload) -> list[Problem]:
    """The problems of a modal."""
    return list(_component_problems(modal["components"], ("data", "components"), frozenset()))


def _component_problems(
    components: Sequence[Payload], at: ProblemPath, filenames: Set[str]
) -> Iterator[Problem]:
    seen: set[tuple[str, Any]] = set()
    for path, component in walk_components(components, at):
        for key in ("custom_id", "id"):
            if (found := (key, component.get(key))) in seen:
                yield problem(f"COMPONENT_{key.upper()}_DUPLICATED", *path, key)
            if component.get(key):
                seen.add(found)
        for is_broken, key, code in _rules(component, filenames):
            if is_broken:
                yield problem(code, *path, key)


def _rules(one: Payload, filenames: Set[str]) -> Iterator[tuple[object, str, str]]:
    """The rules of a component's kind: whether it is broken, the property, and the error code."""
    kind, url, custom_id = one["type"], one.get("url"), one.get("custom_id")
    if kind == ROW:
        crowded = len(one["components"]) > 1 and SELECTS & {inner["type"] for inner in one["components"]}
        yield crowded, "components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"
    elif kind == BUTTON:
        is_link, parts = one["style"] == LINK_STYLE, urlsplit(url or "")
        yield is_link and not url, "url", "BASE_TYPE_REQUIRED"
        yield url and parts.scheme not in ("http", "https", "discord"), "url", "URL_TYPE_INVALID_SCHEME"
        yield url and parts.scheme != "discord" and not parts.hostname, "url", "URL_TYPE_INVALID_URL"
        yield url and not is_link, "url", "BUTTON_COMPONENT_INVALID_STYLE"
        yield not custom_id and not is_link, "custom_id", "BASE_TYPE_REQUIRED"
        yield custom_id and is_link, "custom_id", "BUTTON_COMPONENT_CUSTOM_ID_AND_URL"
        yield not (one.get("label") or one.get("emoji")), "label", "BUTTON_COMPONENT_INVALID_LABEL"
    elif kind in SELECTS:
        least, most = _bounds(one, "values", 1, 1)
        options: list[Payload] = one.get("options") or []
        twice = len({option["value"] for option in options}) < len(options)
        chosen = sum(bool(option.get("default")) for option in options)
        yield least > most, "min_values", "NUMBER_TYPE_MAX"
        yield twice, "options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
        yield chosen > most, "options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS"
    elif kind == FILE:
        scheme, _, name = one["file"]["url"].partition("://")
        is_file = scheme == "attachment"
        yield not is_file, "file", "UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT"
        missing = is_file and name not in filenames
        yield missing, "file", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
    elif kind == TEXT_INPUT:
        least, most = _bounds(one, "length", 0, INPUT_LIMIT)
        yield least > most, "min_length", "NUMBER_TYPE_MAX"
        value = one.get("value")
        yield value and not least <= len(value) <= most, "value", "BASE_TYPE_BAD_LENGTH"


def _bounds(component: Payload, what: str, least: int, most: int) -> tuple[int, int]:
    """The bounds that a component sets itself, or else `least` and `most`."""
    low, high = component.get(f"min_{what}"), component.get(f"max_{what}")
    return least if low is None else low, most if high is None else high


def registry_problems(commands: Sequence[Payload], locales: Set[str]) -> list[Problem]:
    """The problems of commands that are registered together."""
    problems: list[Problem] = []
    keys = [(command.get("type") or CHAT_INPUT, command["name"]) for command in commands]
    kinds = Counter(kind for kind, _ in keys)
    if any(kinds[kind] > limit for kind, limit in COMMANDS_LIMIT.items()):
        problems.append(problem("APPLICATION_COMMANDS_TOO_MANY"))
    for index, (command, (kind, _)) in enumerate(zip(commands, keys, strict=True)):
        if keys.index(keys[index]) < index:
            problems.append(problem("APPLICATION_COMMANDS_DUPLICATE_NAME", index))
        described, chat = bool(command.get("description")), kind == CHAT_INPUT
        if chat and not described:
            problems.append(problem("BASE_TYPE_REQUIRED", index, "description"))
        if not chat and (described or command.get("options")):
            problems.append(problem("APPLICATION_COMMAND_INVALID", index, "description"))
        if _size(command) > COMMAND_SIZE_LIMIT:
            problems.append(problem("APPLICATION_COMMAND_TOO_LARGE", index))
        problems += _named_problems(command, locales, (index,), any_name=not chat)
    return problems


def _named_problems(
    named: Payload, locales: Set[str], at: ProblemPath, *, any_name: bool = False
) -> Iterator[Problem]:
    """The problems of a command or an option and of all options below it."""
    localised = named.get("name_localizations") or {}
    for one in () if any_name else (named["name"], *localised.values()):
        # Combining marks, as in Devanagari and Thai, are allowed, but \w does not match them.
        letters = "".join(character for character in one if unicodedata.category(character)[0] != "M")
        if not _NAME.fullmatch(letters) or one != one.lower():
            yield problem("APPLICATION_COMMAND_INVALID_NAME", *at, "name")
    for locale in {*localised, *(named.get("description_localizations") or {})} - locales:
        yield problem("BASE_TYPE_CHOICES", *at, "name_localizations", locale)
    options: list[Payload] = named.get("options") or []
    path = (*at, "options")
    if len({option["type"] == SUBCOMMAND for option in options}) > 1:
        yield problem("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", *path)
    names = [option["name"] for option in options]
    if len(set(names)) < len(names):
        yield problem("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", *path)
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield problem("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", *path)
    for index, option in enumerate(options):
        yield from _named_problems(option, locales, (*path, index))


def _size(node: Payload) -> int:
    """The number of characters of a command or an option and of all options below it."""
    size = sum(_size(option) for option in node.get("options") or [])
    for key in ("name", "description"):
        said = [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()]
        size += max(map(len, said))
    return size
