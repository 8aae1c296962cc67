"""Discord's description of its API, and the validation of requests and responses against it."""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from jsonschema.exceptions import ValidationError

from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.errors import Problem
from tools.local_platform.schemas import ProblemPath, Schemas

UNKNOWN_KEY = "UNKNOWN_KEY"
"""Our code for a key that the description does not have. Discord silently ignores such keys."""
API_PREFIX = "/api/v10"
PREFIX = "#/components/schemas/"
METHODS = ("get", "put", "post", "patch", "delete")

_CODES = {
    "required": "BASE_TYPE_REQUIRED",
    "enum": "BASE_TYPE_CHOICES",
    "const": "BASE_TYPE_CHOICES",
    "oneOf": "UNION_TYPE_CHOICES",
    "anyOf": "UNION_TYPE_CHOICES",
    "type": "BASE_TYPE_INVALID",
    "minLength": "BASE_TYPE_BAD_LENGTH",
    "maxLength": "BASE_TYPE_MAX_LENGTH",
    "minItems": "BASE_TYPE_BAD_LENGTH",
    "maxItems": "BASE_TYPE_MAX_LENGTH",
    "minimum": "NUMBER_TYPE_MIN",
    "maximum": "NUMBER_TYPE_MAX",
    "pattern": "BASE_TYPE_REQUIRED",
    "uniqueItems": "SET_TYPE_ALREADY_CONTAINS_VALUE",
    "additionalProperties": UNKNOWN_KEY,
}
"""Discord's error codes for JSON Schema keywords."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path; `answers` maps each successful status to the schema of its body, if it has one."""

    id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    query: frozenset[str]
    body: Payload | None
    body_required: bool
    multipart: bool
    answers: Mapping[int, Payload | None]


class Description:
    """The operations and the schemas of their bodies."""

    def __init__(self, document: Payload) -> None:
        self._schemas = schemas = document["components"]["schemas"]
        self.locales = frozenset(one["const"] for one in schemas["AvailableLocalesEnum"]["oneOf"])
        # "/users/@me" must be tried before "/users/{user_id}".
        self.operations = sorted(_operations(document), key=lambda one: _specific(one.template))
        self._requests = Schemas(_closed(schemas), PREFIX)
        self._answers = Schemas(schemas, PREFIX)

    def completed(self, name: str, given: Payload) -> Payload:
        """An object of a schema, with an empty or minimal value for each required key that is not given."""
        schema = self._schemas[name]
        blank = {key: self._blank(schema["properties"][key]) for key in schema["required"]}
        return {**blank, **given}

    def _blank(self, schema: Payload) -> Any:
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].removeprefix(PREFIX)]
        kinds = schema.get("type") or [branch.get("type") for branch in schema.get("oneOf", [])]
        if "null" in kinds:
            return None
        least = {"array": [], "boolean": False, "integer": 0, "string": ""}
        return least.get(kinds) if isinstance(kinds, str) else {}

    def operation(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation of a request, and its path parameters; `path` is without the prefix."""
        for operation in self.operations:
            if operation.method == method and (match := operation.pattern.fullmatch(path)):
                return operation, match.groupdict()
        return None

    def request_problems(self, operation: Operation, body: Any) -> list[Problem]:
        """The problems of a body, including unknown keys."""
        if operation.body is None:
            return []
        return _problems(self._requests.errors(operation.id, _closed(operation.body), body))

    def answer_problems(self, operation: Operation, status: int, body: Any) -> list[Problem]:
        """The problems of one of this server's own responses."""
        if status not in operation.answers:
            return [Problem((), "STATUS", f"{operation.id} has no answer {status}")]
        schema = operation.answers[status]
        if schema is None and body is not None:
            return [Problem((), "BODY", f"{operation.id} answers {status} without a body")]
        return [] if schema is None else _problems(self._answers.errors((operation.id, status), schema, body))


@functools.cache
def load_description() -> Description:
    """The description in the file beside this module, which is read once."""
    text = (File(__file__).parent / "description.json").read_text(encoding="utf-8")
    return Description(json.loads(text))


def _operations(document: Payload) -> Iterator[Operation]:
    for template, item in document["paths"].items():
        pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template)))
        for method in METHODS:
            if (found := item.get(method)) is None:
                continue
            parameters = [*item.get("parameters", []), *found.get("parameters", [])]
            body = found.get("requestBody")
            yield Operation(
                id=found["operationId"],
                method=method.upper(),
                template=template,
                pattern=pattern,
                query=frozenset(one["name"] for one in parameters if one["in"] == "query"),
                body=body and body["schema"],
                body_required=bool(body and body["required"]),
                multipart=bool(body and body["multipart"]),
                answers={int(status): schema for status, schema in found["responses"].items()},
            )


def _specific(template: str) -> list[bool]:
    return [step.startswith("{") for step in template.split("/")]


def _closed(schema: Any) -> Any:
    """The schema with closed objects, and with ids that may be numbers.

    The description allows additional keys, so misspelt keys would pass; and Discord accepts numbers as ids.
    """
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if schema.get("format") == "snowflake":
        closed |= {"type": ["string", "integer"], "minimum": 0}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        closed["additionalProperties"] = False
    return closed


def _problems(errors: Iterable[ValidationError]) -> list[Problem]:
    return [problem for error in errors for problem in _as_problems(error)]


def _as_problems(error: ValidationError) -> Iterator[Problem]:
    path: ProblemPath = tuple(error.absolute_path)
    instance: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "required":
        missing = next(name for name in rule if name not in instance)
        yield Problem((*path, missing), "BASE_TYPE_REQUIRED", "This field is required")
    elif error.validator == "additionalProperties" and rule is False:
        for key in instance.keys() - schema["properties"].keys():
            yield Problem((*path, key), UNKNOWN_KEY, "Discord knows no such key here")
    elif error.validator == "oneOf" and all("const" in branch for branch in rule):
        allowed = tuple(branch["const"] for branch in rule)
        yield Problem(path, "BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")
    else:
        yield Problem(path, _CODES.get(str(error.validator), "BASE_TYPE_INVALID"), error.message[:300])
