"""Validates values against a platform's JSON Schema; a union's errors are those of the intended branch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

ProblemPath = tuple[str | int, ...]
"""A path in a request: keys and indices from the outside in; empty for the whole request."""
Schema = dict[str, Any]
MEANT = "x-meant"
"""Our keyword on a branch of a union: its JSON types, and, for objects, the values of their `type`."""
UNIONS = ("oneOf", "anyOf")


class Schemas:
    """Named schemas, which refer to each other with `prefix`, such as `#/definitions/`."""

    def __init__(self, definitions: Mapping[str, Schema], prefix: str) -> None:
        self._definitions = definitions
        self._prefix = prefix
        self._root: Any = {name: self._marked(schema) for name, schema in definitions.items()}
        for step in reversed(prefix.strip("#/").split("/")):
            self._root = {step: self._root}
        self._validators: dict[object, Validator] = {}

    def errors(self, key: object, schema: Schema, instance: Any) -> Iterator[ValidationError]:
        """The errors of a value; `key` identifies the schema, whose validator is cached."""
        if key not in self._validators:
            self._validators[key] = _Validator({**self._marked(schema), **self._root})
        return self._validators[key].iter_errors(instance)

    def _marked(self, node: Any) -> Any:
        """The schema with flattened unions whose branches have the keyword MEANT."""
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
    """Validates oneOf and anyOf with the intended branch only: the one for the value's JSON type and `type`;
    of several, the one with the fewest errors. So a tree of components is walked once, and not once for each
    branch."""
    meant = [branch for branch in branches if _can_mean(validator, branch, instance)]
    if not meant:
        yield ValidationError("This is none of what is allowed here")
        return
    yield from min((list(validator.descend(instance, branch)) for branch in meant), key=len)


def _can_mean(validator: Any, branch: Schema, instance: Any) -> bool:
    """Whether a value has one of the branch's JSON types and, if it is an object, one of its `type`s."""
    kinds, types = branch[MEANT]
    if kinds and not any(validator.is_type(instance, kind) for kind in kinds):
        return False
    return types is None or not isinstance(instance, dict) or instance.get("type") in types


def _reference(validator: Any, name: str, instance: Any, schema: Schema) -> Iterator[ValidationError]:
    """Validates what a reference names, which is looked up once."""
    if id(schema) not in _named:
        _named[id(schema)] = validator._resolver.lookup(name).contents
    yield from validator.descend(instance, _named[id(schema)])


def _descend(
    validator: Any,
    instance: Any,
    schema: Any,
    path: str | int | None = None,
    schema_path: str | int | None = None,
) -> Iterator[ValidationError]:
    """As jsonschema's method, which makes a validator for each value: that takes longer than validating."""
    if id(schema) not in _validators:
        _validators[id(schema)] = validator.evolve(schema=schema)
    for error in _validators[id(schema)].iter_errors(instance):
        if path is not None:
            error.path.appendleft(path)
        if schema_path is not None:
            error.schema_path.appendleft(schema_path)
        yield error


_validators: dict[int, Any] = {}
"""By the identity of their schemas, which they hold."""
_named: dict[int, Any] = {}
"""Schemas by the identity of the references that name them; the validators of these hold them."""
_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {**dict.fromkeys(UNIONS, _union), "$ref": _reference}
)
_Validator.descend = _descend
