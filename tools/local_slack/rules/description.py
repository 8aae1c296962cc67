"""Slack's types, and the validation of blocks and views against them."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

from jsonschema.exceptions import ValidationError

from tools.local_platform.schemas import ProblemPath, Schemas
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem

PREFIX = "#/definitions/"


class Description:
    """The schemas of Slack's types."""

    def __init__(self, document: Payload) -> None:
        self._schemas = Schemas(document["definitions"], PREFIX)

    def block_problems(self, blocks: Any) -> list[Problem]:
        """The problems of a message's blocks."""
        return self._problems("KnownBlock", blocks, ("blocks",), several=True)

    def view_problems(self, view: Any) -> list[Problem]:
        """The problems of a modal or a Home."""
        names = {"modal": "ModalView", "home": "HomeView"}
        if not isinstance(view, dict):
            return [Problem(("view",), "must provide an object")]
        if view.get("type") not in names:
            return [Problem(("view", "type"), f"unsupported type: {view.get('type')}")]
        return self._problems(names[view["type"]], view, ("view",))

    def option_problems(self, options: Any) -> list[Problem]:
        """The problems of the options that a select is offered."""
        return self._problems("PlainTextOption", options, ("options",), several=True)

    def _problems(self, name: str, instance: Any, at: ProblemPath, *, several: bool = False) -> list[Problem]:
        one = {"$ref": PREFIX + name}
        schema = {"type": "array", "items": one} if several else one
        errors = self._schemas.errors((name, several), schema, instance)
        return [problem for error in errors for problem in _as_problems(error, at)]


@functools.cache
def load_description() -> Description:
    """The types in the file beside this module, which is read once."""
    text = (File(__file__).parent / "types.json").read_text(encoding="utf-8")
    return Description(json.loads(text))


_NOUNS = {"string": "a string", "boolean": "a boolean", "number": "a number", "object": "an object"}


def _as_problems(error: ValidationError, at: ProblemPath) -> Iterator[Problem]:
    path: ProblemPath = (*at, *error.absolute_path)
    instance: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = next(name for name in rule if name not in instance)
            yield Problem(path, f"missing required field: {missing}")
        case "additionalProperties" if rule is False:
            for key in sorted(instance.keys() - schema["properties"].keys()):
                yield Problem(path, f"invalid additional property: {key}")
        case "type":
            yield Problem(path, f"must provide {_NOUNS.get(rule, f'an {rule}')}")
        case "anyOf" if isinstance(instance, dict):
            yield Problem((*path, "type"), f"unsupported type: {instance.get('type')}")
        case "anyOf":
            yield Problem(path, "must provide an object")
        case "enum" | "const":
            yield Problem(path, "must be a valid enum value")
        case _:
            yield Problem(path, error.message[:300])
