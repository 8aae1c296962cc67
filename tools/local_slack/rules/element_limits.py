"""The sizes of buttons, selects, pickers and inputs."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem
from tools.local_slack.rules.size_problems import items_size, text_size, text_sizes

PLACEHOLDER_LIMIT = 150
OPTIONS_LIMIT = 100
"""Options of a select, and groups of options."""
FEW_OPTIONS_LIMIT = 10
"""Options of check boxes and radio buttons."""
OVERFLOW_LIMIT = 5
OPTION_TEXT_LIMIT = 75
INPUT_LIMIT = 3_000
"""Characters of what is typed into an input, and of what stands in it at the beginning."""

BUTTON_SIZES = (("text/text", 75), ("value", 2_000), ("url", 3_000), ("accessibility_label", 75))
OPTION_SIZES = (("text/text", OPTION_TEXT_LIMIT), ("description/text", 75), ("value", 150))
"""Characters of the texts in a button and in an option."""

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def element_problems(element: Payload, at: ProblemPath) -> list[Problem]:
    """What is wrong with the sizes in an element that is of the right shape; nothing if it is none."""
    problems = list(_ELEMENTS.get(str(element.get("type")), _nothing)(element, at))
    if isinstance(placeholder := element.get("placeholder"), dict):
        problems += text_size(placeholder, "text", PLACEHOLDER_LIMIT, (*at, "placeholder"))
    return problems


def option_problems(options: Sequence[Payload], at: ProblemPath) -> list[Problem]:
    """What is wrong with options."""
    problems: list[Problem] = []
    for index, option in enumerate(options):
        where = (*at, index)
        problems += text_sizes(option, OPTION_SIZES, where)
        if not option.get("value"):
            problems.append(Problem(where, "missing required field: value"))
    counts = Counter(option.get("value") for option in options)
    problems += [Problem(at, f"option value {value!r} is not unique") for value, n in counts.items() if n > 1]
    return problems


def offered_problems(offer: Payload, at: ProblemPath = ()) -> list[Problem]:
    """What is wrong with `options` or `option_groups`, in a select or in the answer to what was typed."""
    options, groups = offer.get("options"), offer.get("option_groups")
    if (options is None) == (groups is None):
        return [Problem(at, "must have either options or option_groups")]
    problems = [
        problem
        for key in ("options", "option_groups")
        for problem in items_size(offer, key, OPTIONS_LIMIT, at, least=0)
    ]
    if options is not None:
        return problems + option_problems(options, (*at, "options"))
    for index, group in enumerate(groups or []):
        where = (*at, "option_groups", index)
        problems += text_size(group["label"], "text", OPTION_TEXT_LIMIT, (*where, "label"))
        problems += items_size(group, "options", OPTIONS_LIMIT, where)
        problems += option_problems(group["options"], (*where, "options"))
    return problems


def _nothing(_element: Payload, _at: ProblemPath) -> Iterator[Problem]:
    return iter(())


def _button(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    yield from text_sizes(element, BUTTON_SIZES, at)


def _static_select(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    yield from offered_problems(element, at)
    offered = list(element.get("options") or [])
    offered += [option for group in element.get("option_groups") or [] for option in group["options"]]
    if not offered:
        yield Problem((*at, "options"), "no fewer than 1 items allowed")
    yield from _initial(element, offered, at)


def _initial(element: Payload, offered: Sequence[Payload], at: ProblemPath) -> Iterator[Problem]:
    initial = element.get("initial_options") or [element.get("initial_option")]
    if any(one is not None and one not in offered for one in initial):
        yield Problem(at, "initial option is none of the options")


def _few(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    limit = OVERFLOW_LIMIT if element["type"] == "overflow" else FEW_OPTIONS_LIMIT
    yield from items_size(element, "options", limit, at)
    yield from option_problems(element["options"], (*at, "options"))
    yield from _initial(element, element["options"], at)


def _datepicker(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    if (day := element.get("initial_date")) is not None and not _is_day(day):
        yield Problem((*at, "initial_date"), "must be a date as YYYY-MM-DD")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _timepicker(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    if (time := element.get("initial_time")) is not None and not _CLOCK.fullmatch(time):
        yield Problem((*at, "initial_time"), "must be a time as HH:MM")


def _typed(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    least, most = element.get("min_length", 0), element.get("max_length", INPUT_LIMIT)
    if not 0 <= least <= INPUT_LIMIT:
        yield Problem((*at, "min_length"), f"must be between 0 and {INPUT_LIMIT}")
    if not 1 <= most <= INPUT_LIMIT or most < least:
        yield Problem((*at, "max_length"), f"must be between 1 and {INPUT_LIMIT}, and min_length or more")
    yield from text_size(element, "initial_value", most, at, least=0)


def _feedback(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    for key in ("positive_button", "negative_button"):
        yield from _button(element[key], (*at, key))


_ELEMENTS: Mapping[str, Callable[[Payload, ProblemPath], Iterator[Problem]]] = {
    "button": _button,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "checkboxes": _few,
    "radio_buttons": _few,
    "overflow": _few,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "plain_text_input": _typed,
    "feedback_buttons": _feedback,
}
