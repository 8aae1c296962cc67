"""Cuts Slack's own types, as JSON Schema, down to what the local server holds requests to.

    python tools/local_slack/rules/trim_types.py PATH/TO/slack-types.schema.json

writes types.json beside this file: the blocks, the views and what they are made of, and the names of the
arguments of each method that the types describe. The types are Slack's (npm: @slack/types 3.2.0 and
@slack/web-api 8.2.0), under the MIT licence, made into a schema with ts-json-schema-generator.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOTS = ("HomeView", "ModalView", "MessageAttachment")
ARGUMENTS = {
    "assistant.threads.setStatus": "AssistantThreadsSetStatusArguments",
    "assistant.threads.setSuggestedPrompts": "AssistantThreadsSetSuggestedPromptsArguments",
    "assistant.threads.setTitle": "AssistantThreadsSetTitleArguments",
    "chat.postEphemeral": "ChatPostEphemeralArguments",
    "chat.postMessage": "ChatPostMessageArguments",
    "chat.update": "ChatUpdateArguments",
    "conversations.replies": "ConversationsRepliesArguments",
    "views.open": "ViewsOpenArguments",
    "views.publish": "ViewsPublishArguments",
}
PROSE = frozenset({"description", "deprecated", "title", "default", "defaultSnippets"})
ANY_BLOCK, KNOWN_BLOCK = "#/definitions/AnyBlock", "#/definitions/KnownBlock"


def trim(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema that the local server needs, without prose."""
    definitions = schema["definitions"]
    reachable: dict[str, Any] = {}
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in reachable:
            reachable[name] = _without_prose(definitions[name])
            waiting.extend(_references(reachable[name]))
    return {
        "source": "npm: @slack/types 3.2.0, @slack/web-api 8.2.0 (MIT), trimmed by trim_types.py",
        "arguments": {method: _arguments(definitions[name]) for method, name in ARGUMENTS.items()},
        "definitions": dict(sorted(reachable.items())),
    }


def _arguments(schema: dict[str, Any]) -> dict[str, list[str]]:
    """The names of all arguments, and of those that no call does without."""
    branches = schema.get("anyOf", [schema])
    names = set[str]().union(*(branch["properties"] for branch in branches))
    required = set.intersection(*(set(branch.get("required", [])) for branch in branches))
    return {"names": sorted(names - {"token"}), "required": sorted(required)}


def _without_prose(node: Any) -> Any:
    if isinstance(node, dict):
        # A property may be called "title": then its value is a schema, not prose.
        kept = {
            key: _without_prose(value)
            for key, value in node.items()
            if key not in PROSE or (key != "default" and isinstance(value, dict))
        }
        # The generic block would let a block of any type pass.
        return {"$ref": KNOWN_BLOCK} if kept.get("$ref") == ANY_BLOCK else kept
    return [_without_prose(item) for item in node] if isinstance(node, list) else node


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix("#/definitions/")
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def written(trimmed: dict[str, Any]) -> str:
    """As JSON with a definition a line, so that an update shows what changed."""

    def lines(members: dict[str, Any]) -> str:
        return ",\n".join(
            f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}"
            for name, value in members.items()
        )

    return (
        f'{{"source":{json.dumps(trimmed["source"])},\n'
        f'"arguments":{{\n{lines(trimmed["arguments"])}\n}},\n'
        f'"definitions":{{\n{lines(trimmed["definitions"])}\n}}}}\n'
    )


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "types.json").write_text(written(trimmed), encoding="utf-8")
