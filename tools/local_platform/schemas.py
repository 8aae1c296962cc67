"""Values held to a platform's own JSON Schema, in which a union's errors are those of the branch meant."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

ProblemPath = tuple[str | int, ...]
"""Where in a request something is: keys and indices, from the outside in; empty if it is the whole."""
Schema = dict[str, Any]
MEANT = "x-meant"
"""Our keyword on a branch of a union: its kinds of value, and its `type`s where it is an object with one."""
UNIONS = ("oneOf", "anyOf")


class Schemas:
    """Named schemas, which refer to one another below `prefix`, such as `#/definitions/`."""

    def __init__(self, definitions: Mapping[str, Schema], prefix: str) -> None:
        self._definitions = definitions
        self._prefix = prefix
        self._root: Any = {name: self._marked(schema) for name, schema in definitions.items()}
        for step in reversed(prefix.strip("#/").split("/")):
            self._root = {step: self._root}
        self._validators: dict[object, Validator] = {}

    def errors(self, key: object, schema: Schema, instance: Any) -> Iterator[ValidationError]:
        """What is wrong with a value; `key` names the schema, whose validator is kept."""
        if key not in self._validators:
            self._validators[key] = _Validator({**self._marked(schema), **self._root})
        return self._validators[key].iter_errors(instance)

    def _marked(self, node: Any) -> Any:
        """The schema with unions that are flat and whose branches say which values they are meant for."""
        if isinstance(node, list):
            return [self._marked(item) for item in node]
        if not isinstance(node, dict):
            return node
        marked = {key: self._marked(value) for key, value in node.items()}
        for union in UNIONS:
            if union in node:
                marked[union] = [
                    {**self._marked(leaf), MEANT: meant} for leaf, meant in self._leaves(node[union])
                ]
        return marked

    def _leaves(self, branches: Sequence[Schema]) -> Iterator[tuple[Schema, tuple[list[str], Any]]]:
        for branch in branches:
            target = branch
            if "$ref" in branch:
                target = self._definitions[branch["$ref"].removeprefix(self._prefix)]
            inner = next((target[union] for union in UNIONS if union in target), None)
            if inner is not None and not any("const" in leaf for leaf in inner):
                yield from self._leaves(inner)
                continue
            kinds = target.get("type", [])
            kind = target.get("properties", {}).get("type", {})
            types = kind.get("enum") or ([kind["const"]] if "const" in kind else None)
            yield branch, ([kinds] if isinstance(kinds, str) else kinds, types)


def _union(validator: Any, branches: list[Any], instance: Any, schema: Schema) -> Iterator[ValidationError]:
    """A oneOf or anyOf, told by the branch that was meant: that of the value's kind and `type`, or of those
    the nearest. A tree of components is so gone through once instead of once a branch."""
    meant = [branch for branch in branches if _can_mean(validator, branch, instance)]
    if not meant:
        yield ValidationError("This is none of what is allowed here")
        return
    yield from min((list(validator.descend(instance, branch)) for branch in meant), key=len)


def _can_mean(validator: Any, branch: Schema, instance: Any) -> bool:
    """Whether an instance is of the branch's kind of value and, where it is an object, of its `type`."""
    kinds, types = branch[MEANT]
    if kinds and not any(validator.is_type(instance, kind) for kind in kinds):
        return False
    return types is None or not isinstance(instance, dict) or instance.get("type") in types


_Validator: Any = extend(Draft202012Validator, dict.fromkeys(UNIONS, _union))  # type: ignore[no-untyped-call]
