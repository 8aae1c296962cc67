"""Cuts Slack's own types, as JSON Schema, down to what the local server holds requests to.

    python -m tools.local_slack.rules.trim_types PATH/TO/slack-types.schema.json

writes types.json beside this file: the blocks, the views and what they are made of, and the names of the
arguments of each method that the types describe. The types are Slack's (npm: @slack/types 3.2.0 and
@slack/web-api 8.2.0), under the MIT licence, made into a schema with ts-json-schema-generator.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tools.local_platform.trimming import lines, reachable, without_prose

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
PREFIX = "#/definitions/"
PROSE = frozenset({"description", "deprecated", "title", "default", "defaultSnippets"})
ANY_BLOCK, KNOWN_BLOCK = "#/definitions/AnyBlock", "#/definitions/KnownBlock"


def trim(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema that the local server needs, without prose."""
    definitions = schema["definitions"]
    cleaned = {name: _clean(schema) for name, schema in definitions.items()}
    return {
        "source": "npm: @slack/types 3.2.0, @slack/web-api 8.2.0 (MIT), trimmed by trim_types.py",
        "arguments": {method: _arguments(definitions[name]) for method, name in ARGUMENTS.items()},
        "definitions": reachable(cleaned, ROOTS, PREFIX),
    }


def _arguments(schema: dict[str, Any]) -> dict[str, list[str]]:
    """The names of all arguments, and of those that no call does without."""
    branches = schema.get("anyOf", [schema])
    names = set[str]().union(*(branch["properties"] for branch in branches))
    required = set.intersection(*(set(branch.get("required", [])) for branch in branches))
    return {"names": sorted(names - {"token"}), "required": sorted(required)}


def _clean(node: Any) -> Any:
    return _known_blocks(without_prose(node, PROSE))


def _known_blocks(node: Any) -> Any:
    """The schema without the generic block, which would let a block of any type pass."""
    if isinstance(node, dict):
        kept = {key: _known_blocks(value) for key, value in node.items()}
        return {"$ref": KNOWN_BLOCK} if kept.get("$ref") == ANY_BLOCK else kept
    return [_known_blocks(item) for item in node] if isinstance(node, list) else node


def written(trimmed: dict[str, Any]) -> str:
    """As JSON with a definition a line, so that an update shows what changed."""
    return (
        f'{{"source":{json.dumps(trimmed["source"])},\n'
        f'"arguments":{{\n{lines(trimmed["arguments"])}\n}},\n'
        f'"definitions":{{\n{lines(trimmed["definitions"])}\n}}}}\n'
    )


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "types.json").write_text(written(trimmed), encoding="utf-8")
