"""The fields above a text: front matter in YAML between `---`, TOML between `+++`, or an object of JSON."""

import json
import re
import tomllib

import yaml

from corpus.errors import BadArticle

FRONT_MATTER_LIMIT = 16 * 1024
"""Bytes; front matter is a few lines, and YAML's aliases can grow a small text without end."""

_FENCE = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
_PLAIN = re.compile(r"(?P<name>[A-Za-z_][\w -]*):[ \t]+(?P<value>\S.*?)[ \t]*")
"""A line with a name and a value, as people write it who know nothing of YAML's signs."""
_NEEDS_QUOTES = re.compile(r":(?:\s|$)|\s#|^[@`%]|^[\"']")


class _Texts(yaml.SafeLoader):
    """YAML whose values are texts as they stand: `no` is Norwegian, 007 has its zeros, a bad date is a text.
    Aliases are refused: nothing in front matter needs them, and they are how it explodes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)


_Texts.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in known if tag == "tag:yaml.org,2002:null"]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields above the text, and the text. Raises BadArticle with the reason, yaml.YAMLError with the
    place, ValueError for a value that can't be read."""
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
    """The object that the text begins with, as Hugo takes it, and what follows on lines of its own."""
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
        raise  # the mistake in what was really written


def _load(text: str) -> object:
    try:
        return yaml.load(text, Loader=_Texts)  # noqa: S506 - a SafeLoader that refuses even more
    except (LookupError, AttributeError, TypeError) as error:  # `!!int ""`, `!!bool x`, `!!timestamp x`
        raise BadArticle("its front matter has a value that does not fit its tag") from error


def _quoted(line: str) -> str:
    """The line with its value in quotes, where YAML would take a sign in it for its own: `title: A: B`."""
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
    """Whether it is a list or an object by itself."""
    try:
        return isinstance(_load(value), list | dict)
    except (yaml.YAMLError, BadArticle):
        return False
