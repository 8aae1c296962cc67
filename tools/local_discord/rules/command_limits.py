"""The rules for commands that Discord's description does not express."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.errors import Problem
from tools.local_discord.rules.problems import bad_length, problem, too_long
from tools.local_platform.schemas import ProblemPath

CHAT_INPUT, USER_COMMAND, MESSAGE_COMMAND = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
STRING, BOOLEAN, CHANNEL, ATTACHMENT = 3, 5, 7, 11
COMMANDS_LIMIT = {CHAT_INPUT: 100, USER_COMMAND: 15, MESSAGE_COMMAND: 15}
"""Commands of each kind, global or of a guild."""
SIZE_LIMIT = 8_000
"""Characters over the names, descriptions and values of a command, its options and their choices; of
localisations, the longest counts."""
CHOICE_LIMIT = 100
"""Characters of a choice that is a text."""
_NAME = re.compile(r"[-_'\w]{1,32}")


def registry_problems(commands: Sequence[Payload], locales: Set[str]) -> list[Problem]:
    """What is wrong with all the commands that are to be registered together."""
    problems = [
        one for index, command in enumerate(commands) for one in _command_problems(command, locales, (index,))
    ]
    kinds = Counter(_kind(command) for command in commands)
    for kind, limit in COMMANDS_LIMIT.items():
        if kinds[kind] > limit:
            problems.append(
                Problem((), "APPLICATION_COMMANDS_TOO_MANY", f"More than {limit} commands of type {kind}")
            )
    keys = [(_kind(command), command["name"]) for command in commands]
    problems += [
        problem("APPLICATION_COMMANDS_DUPLICATE_NAME", index)
        for index, key in enumerate(keys)
        if key in keys[:index]
    ]
    return problems


def _kind(command: Payload) -> int:
    return command.get("type") or CHAT_INPUT


def _command_problems(command: Payload, locales: Set[str], at: ProblemPath) -> Iterator[Problem]:
    chat = _kind(command) == CHAT_INPUT
    yield from _texts_problems(command, locales, at, any_name=not chat)
    described = bool(command.get("description"))
    if chat and not described:
        yield problem("BASE_TYPE_REQUIRED", *at, "description")
    if not chat and (described or command.get("options")):
        yield problem("APPLICATION_COMMAND_INVALID", *at, "description")
    yield from _options_problems(command.get("options") or [], locales, (*at, "options"), depth=0)
    if (size := _size(command)) > SIZE_LIMIT:
        yield Problem(
            at, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({SIZE_LIMIT}): it has {size}"
        )


def _options_problems(
    options: Sequence[Payload], locales: Set[str], at: ProblemPath, depth: int
) -> Iterator[Problem]:
    seen: set[str] = set()
    optional = False
    nested = [option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in options]
    if any(nested) and not all(nested):
        yield problem("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", *at)
    for index, option in enumerate(options):
        path: ProblemPath = (*at, index)
        yield from _texts_problems(option, locales, path)
        if option["name"] in seen:
            yield problem("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", *path)
        seen.add(option["name"])
        if option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP):
            if depth > 1 or (option["type"] == SUBCOMMAND_GROUP and depth):
                yield problem("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", *path, "type")
            yield from _options_problems(option.get("options") or [], locales, (*path, "options"), depth + 1)
            continue
        if option.get("required") and optional:
            yield problem("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", *path)
        optional = optional or not option.get("required")
        yield from _choices_problems(option, locales, path)


def _choices_problems(option: Payload, locales: Set[str], at: ProblemPath) -> Iterator[Problem]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield problem("APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", *at, "autocomplete")
    names = Counter(choice["name"] for choice in choices)
    for index, choice in enumerate(choices):
        path: ProblemPath = (*at, "choices", index)
        yield from _localisation_problems(choice, "name", locales, path, CHOICE_LIMIT)
        if isinstance(choice["value"], str) and len(choice["value"]) > CHOICE_LIMIT:
            yield too_long((*path, "value"), CHOICE_LIMIT)
        if names[choice["name"]] > 1:
            yield problem("APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", *path, "name")


def _texts_problems(
    named: Payload, locales: Set[str], at: ProblemPath, *, any_name: bool = False
) -> Iterator[Problem]:
    name = named["name"]
    localised = (named.get("name_localizations") or {}).values()
    for one in () if any_name else (name, *localised):
        if not _NAME.fullmatch(_letters(one)) or one != one.lower():
            yield problem("APPLICATION_COMMAND_INVALID_NAME", *at, "name")
    if any_name and name != name.strip():
        yield problem("APPLICATION_COMMAND_INVALID_NAME", *at, "name")
    yield from _localisation_problems(named, "name", locales, at, 32)
    yield from _localisation_problems(named, "description", locales, at, 100)


def _localisation_problems(
    named: Payload, key: str, locales: Set[str], at: ProblemPath, limit: int
) -> Iterator[Problem]:
    for locale, text in (named.get(f"{key}_localizations") or {}).items():
        path: ProblemPath = (*at, f"{key}_localizations", locale)
        if locale not in locales:
            yield Problem(path, "BASE_TYPE_CHOICES", f"{locale!r} is no locale of Discord's")
        if not 1 <= len(text) <= limit:
            yield bad_length(path, 1, limit)


def _letters(name: str) -> str:
    """The name without the marks that Discord allows in Devanagari and Thai, and that \\w does not know."""
    return "".join(character for character in name if not unicodedata.category(character).startswith("M"))


def _size(node: Payload) -> int:
    size = sum(
        max(
            len(node.get(key) or ""),
            *(len(text) for text in (node.get(f"{key}_localizations") or {}).values()),
            0,
        )
        for key in ("name", "description")
    )
    if isinstance(node.get("value"), str):
        size += len(node["value"])
    children = [*(node.get("options") or []), *(node.get("choices") or [])]
    return size + sum(map(_size, children))
