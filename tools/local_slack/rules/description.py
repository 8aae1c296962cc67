"""Slack's own types, and blocks and views held to them."""

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Path, Problem

MEANT = "x-meant"
"""Our keyword on a branch of a union: the `type` of the objects that it is for, or None."""
PREFIX = "#/definitions/"


class Description:
    """What the types say."""

    def __init__(self, document: Payload) -> None:
        self.arguments: Mapping[str, Mapping[str, list[str]]] = document["arguments"]
        """The names of the arguments of the methods that the types describe: all, and the required ones."""
        definitions: dict[str, Payload] = document["definitions"]
        self._definitions = {name: _marked(schema, definitions) for name, schema in definitions.items()}
        self._validators: dict[str, Validator] = {}

    def block_problems(self, blocks: Any, at: Path) -> list[Problem]:
        """What is wrong with the blocks of a message, which are at `at`."""
        return self._problems("KnownBlock", blocks, at, several=True)

    def attachment_problems(self, attachments: Any, at: Path) -> list[Problem]:
        """What is wrong with the attachments of a message."""
        return self._problems("MessageAttachment", attachments, at, several=True)

    def view_problems(self, view: Any, at: Path) -> list[Problem]:
        """What is wrong with a modal or a Home."""
        if not isinstance(view, dict):
            return [Problem(at, "must provide an object")]
        names = {"modal": "ModalView", "home": "HomeView"}
        if view.get("type") not in names:
            return [Problem((*at, "type"), f"unsupported type: {view.get('type')}")]
        return self._problems(names[view["type"]], view, at)

    def option_problems(self, options: Any, at: Path) -> list[Problem]:
        """What is wrong with the options that a select is offered."""
        return self._problems("PlainTextOption", options, at, several=True)

    def _problems(self, name: str, instance: Any, at: Path, *, several: bool = False) -> list[Problem]:
        key = f"{name}[]" if several else name
        if key not in self._validators:
            one = {"$ref": PREFIX + name}
            schema = {"type": "array", "items": one} if several else one
            self._validators[key] = _Validator({**schema, "definitions": self._definitions})
        errors = self._validators[key].iter_errors(instance)
        return [problem for error in errors for problem in _as_problems(error, at)]


@functools.cache
def load_description() -> Description:
    """The types beside this file; read once."""
    text = (File(__file__).parent / "types.json").read_text(encoding="utf-8")
    return Description(json.loads(text))


def _marked(node: Any, definitions: Mapping[str, Payload]) -> Any:
    """The schema with unions that are flat and whose branches say which objects they are for."""
    if isinstance(node, list):
        return [_marked(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "anyOf" in node:
        leaves = _leaves(node["anyOf"], definitions)
        return {**node, "anyOf": [{**_marked(leaf, definitions), MEANT: kind} for leaf, kind in leaves]}
    return {key: _marked(value, definitions) for key, value in node.items()}


def _leaves(
    branches: Sequence[Payload], definitions: Mapping[str, Payload]
) -> Iterator[tuple[Payload, str | None]]:
    for branch in branches:
        target = definitions[branch["$ref"].removeprefix(PREFIX)] if "$ref" in branch else branch
        if "anyOf" in target:
            yield from _leaves(target["anyOf"], definitions)
        else:
            yield branch, target.get("properties", {}).get("type", {}).get("const")


def _union(validator: Any, branches: list[Any], instance: Any, schema: Payload) -> Iterator[ValidationError]:
    """An anyOf, told by the branch that was meant: that of the object's `type`, or the nearest."""
    if not isinstance(instance, dict):
        if not any(validator.evolve(schema=branch).is_valid(instance) for branch in branches):
            yield ValidationError("must provide an object")
        return
    kind = instance.get("type")
    meant = [branch for branch in branches if branch[MEANT] in (None, kind)]
    if not meant:
        yield ValidationError(f"unsupported type: {kind}", path=["type"])
        return
    tried = [list(validator.descend(instance, branch)) for branch in meant]
    yield from min(tried, key=len)


_Validator: Any = extend(Draft202012Validator, {"anyOf": _union})  # type: ignore[no-untyped-call]

_NOUNS = {"string": "a string", "boolean": "a boolean", "number": "a number", "object": "an object"}


def _as_problems(error: ValidationError, at: Path) -> Iterator[Problem]:
    path: Path = (*at, *error.absolute_path)
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
        case "enum" | "const":
            yield Problem(path, "must be a valid enum value")
        case _:
            yield Problem(path, error.message[:300])
