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


def required(path: ProblemPath) -> Problem:
    return Problem(path, "BASE_TYPE_REQUIRED", "This field is required")


def too_long(path: ProblemPath, limit: int) -> Problem:
    return Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def bad_length(path: ProblemPath, least: int, most: int) -> Problem:
    return Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def too_wide(path: ProblemPath) -> Problem:
    return Problem(
        path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
    )


def bad_scheme(path: ProblemPath, url: str) -> Problem:
    scheme = urlsplit(url).scheme
    return Problem(
        path,
        "URL_TYPE_INVALID_SCHEME",
        f"Scheme \"{scheme}\" is not supported. Scheme must be one of ('http', 'https', 'discord').",
    )
