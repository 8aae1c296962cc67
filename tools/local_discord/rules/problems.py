"""What Discord says of the commonest mistakes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.components import walk_components
from tools.local_discord.rules.errors import Problem
from tools.local_platform.schemas import ProblemPath


def unique(key: str, components: Sequence[Payload], at: ProblemPath, code: str) -> Iterator[Problem]:
    """Every later component that has the same under `key` as an earlier one."""
    found = [
        (path, component[key]) for path, component in walk_components(components, at) if component.get(key)
    ]
    counts = Counter(value for _, value in found)
    for path, value in found[::-1]:
        if counts[value] > 1:
            counts[value] -= 1
            yield Problem((*path, key), code, f"Component {key.replace('_', ' ')} cannot be duplicated")


_MESSAGES = {
    "BUTTON_COMPONENT_CUSTOM_ID_AND_URL": "A custom id and url cannot both be specified",
    "BUTTON_COMPONENT_INVALID_LABEL": "A button needs a label or an emoji",
    "BUTTON_COMPONENT_INVALID_STYLE": "Only link buttons may have a url",
    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED": "The specified option value is already used",
    "SELECT_COMPONENT_TOO_MANY_DEFAULTS": "More options are default than max_values allows",
    "UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT": "Only attachment:// can be used here",
    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND": "The referenced attachment was not found",
    "URL_TYPE_INVALID_URL": "Not a well formed URL.",
    "APPLICATION_COMMANDS_DUPLICATE_NAME": "Application command names must be unique",
    "APPLICATION_COMMAND_INVALID": "Context menu commands have no description or options",
    "APPLICATION_COMMAND_INVALID_NAME": "Command name is invalid",
    "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID": "Choices exclude autocomplete",
    "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS": "Choice names are unique",
    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS": "Option names must be unique",
    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID": "Required options come before non-required options",
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID": "Sub-commands are not mixed with options, nor nested deeper",
    "BASE_TYPE_REQUIRED": "This field is required",
    "COMPONENT_LAYOUT_WIDTH_EXCEEDED": "The specified component exceeds the maximum width",
    "MESSAGE_FLAG_CANNOT_BE_REMOVED": "IS_COMPONENTS_V2 cannot be removed from a message",
}
"""What Discord says with each code."""


def problem(code: str, *path: str | int) -> Problem:
    """The mistake with this code, in Discord's words."""
    return Problem(path, code, _MESSAGES[code])


def required(path: ProblemPath) -> Problem:
    return problem("BASE_TYPE_REQUIRED", *path)


def too_long(path: ProblemPath, limit: int) -> Problem:
    return Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def bad_length(path: ProblemPath, least: int, most: int) -> Problem:
    return Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def too_wide(path: ProblemPath) -> Problem:
    return problem("COMPONENT_LAYOUT_WIDTH_EXCEEDED", *path)


def bad_scheme(path: ProblemPath, url: str) -> Problem:
    scheme = urlsplit(url).scheme
    return Problem(
        path,
        "URL_TYPE_INVALID_SCHEME",
        f"Scheme \"{scheme}\" is not supported. Scheme must be one of ('http', 'https', 'discord').",
    )
