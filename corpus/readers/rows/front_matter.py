"""Reads the fields above a text: front matter in YAML between `---`, in TOML between `+++`, or in JSON."""

import json
import re
import tomllib

import yaml

from corpus.errors import BadArticle
from corpus.lazy_pattern import lazy_pattern

FRONT_MATTER_LIMIT = 16 * 1024
"""The most bytes of front matter, which has a few lines; YAML aliases can expand a small text without
limit."""

_FENCE = lazy_pattern(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_OPENING = lazy_pattern(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
_PLAIN = lazy_pattern(r"(?P<name>[A-Za-z_][\w -]*):[ \t]+(?P<value>\S.*?)[ \t]*")
"""Matches a line with a name and a value, as people write it who do not know YAML's special characters."""
_NEEDS_QUOTES = lazy_pattern(r":(?:\s|$)|\s#|^[@`%]|^[\"']")


class _Texts(yaml.SafeLoader):
    """A YAML loader that leaves values as strings: `no` is Norwegian, 007 keeps its zeros, an invalid date is
    a string. Aliases are errors: front matter does not need them, and YAML bombs consist of them."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)


_Texts.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in known if tag == "tag:yaml.org,2002:null"]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """Split a text into the fields above it and the text itself. Raises BadArticle with the reason,
    yaml.YAMLError with the place, ValueError for an invalid value."""
    fence = _FENCE.match(text)
    if not fence:
        if opening := _OPENING.match(text):
            raise BadArticle(f"its front matter opens with {opening[1]} and is never closed")
        return _json(text) or ({}, text)
    if len(fence[2].encode(errors="replace")) > FRONT_MATTER_LIMIT:
        raise BadArticle(f"its front matter is longer than {FRONT_MATTER_LIMIT // 1024} kB")
    fields = _toml(fence[2]) if fence[1] == "+++" else _yaml(fence[2])
    if not isinstance(fields, dict):
        raise BadArticle("its front matter is not a list of `name: value` lines")
    return {str(name): value for name, value in fields.items()}, text[fence.end() :]


def _json(text: str) -> tuple[dict[str, object], str] | None:
    """The JSON object at the start of the text, as in Hugo, and the text on the lines after it."""
    if not text.startswith("{\n"):
        return None
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:FRONT_MATTER_LIMIT])
    except (ValueError, RecursionError):
        return None
    return (fields, text[end:]) if text[end:].startswith("\n") and text[end:].strip() else None


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadArticle(f"its front matter is not valid TOML: {str(error)[:100]}") from error


def _yaml(text: str) -> object:
    try:
        return _load(text) or {}
    except yaml.YAMLError:
        quoted = "\n".join(map(_quoted, text.split("\n")))
        if quoted == text:
            raise
        try:
            return _load(quoted) or {}
        except yaml.YAMLError:
            pass
        raise  # the error in the original text


def _load(text: str) -> object:
    try:
        return yaml.load(text, Loader=_Texts)  # noqa: S506 - a SafeLoader that refuses even more
    except (LookupError, AttributeError, TypeError) as error:  # `!!int ""`, `!!bool x`, `!!timestamp x`
        raise BadArticle("its front matter has a value that does not fit its tag") from error


def _quoted(line: str) -> str:
    """The line with its value quoted if YAML would misread a special character in it: `title: A: B`."""
    found = _PLAIN.fullmatch(line)
    if not found or not (_NEEDS_QUOTES.search(found["value"])):
        return line
    sign = found["value"][0]
    if sign in "[{" and _is_sound(found["value"]):
        return line
    if sign in "\"'" and found["value"].endswith(sign) and found["value"].count(sign) == 2:
        return line
    value = found["value"].replace("'", "''")
    return f"{found['name']}: '{value}'"


def _is_sound(value: str) -> bool:
    """Whether the value alone is a valid YAML list or object."""
    try:
        return isinstance(_load(value), list | dict)
    except (yaml.YAMLError, BadArticle):
        return False
