"""Cuts Discord's official description of its REST API down to what the local server speaks.

    python tools/local_discord/rules/trim_description.py PATH/TO/discord-openapi.json

writes description.json beside this file: the operations in OPERATIONS and the schemas reachable from them.
The description is Discord's (github.com/discord/discord-api-spec, specs/openapi.json), under the MIT licence;
the copy keeps the licence's name and the source in its `info`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

OPERATIONS = frozenset(
    """
    get_gateway get_bot_gateway get_my_user get_user list_my_guilds leave_guild create_dm
    get_my_application get_my_oauth2_application
    get_guild list_guild_channels list_guild_roles get_guild_member get_active_guild_threads
    list_application_commands create_application_command bulk_set_application_commands
    get_application_command update_application_command delete_application_command
    list_guild_application_commands create_guild_application_command bulk_set_guild_application_commands
    get_guild_application_command update_guild_application_command delete_guild_application_command
    create_interaction_response execute_webhook
    get_original_webhook_message update_original_webhook_message delete_original_webhook_message
    get_webhook_message update_webhook_message delete_webhook_message
    get_channel update_channel delete_channel trigger_typing_indicator
    list_messages create_message get_message update_message delete_message bulk_delete_messages
    create_thread create_thread_from_message join_thread leave_thread
    add_my_message_reaction delete_my_message_reaction
    """.split()
)
PROSE = frozenset(
    {"description", "title", "externalDocs", "x-discord-union", "deprecated", "security", "headers"}
)
METHODS = ("get", "put", "post", "patch", "delete")


def trim(description: dict[str, Any]) -> dict[str, Any]:
    """The part of the description that the local server needs, without prose."""
    paths: dict[str, Any] = {}
    for path, item in description["paths"].items():
        kept = {name: _operation(item[name]) for name in METHODS if _wanted(item.get(name))}
        if kept:
            paths[path] = {"parameters": _without_prose(item.get("parameters", [])), **kept}
    schemas = description["components"]["schemas"]
    reachable: dict[str, Any] = {}
    waiting = list(_references(paths))
    while waiting:
        name = waiting.pop()
        if name not in reachable:
            reachable[name] = _without_prose(schemas[name])
            waiting.extend(_references(reachable[name]))
    # It names the kind of a reply alone; what the gateway sends of a forwarded message has FORWARD too.
    if kinds := reachable.get("MessageReferenceType"):
        kinds["oneOf"].append({"const": 1})
    # Locales are no part of a request's schema, which allows any key in a localisation.
    reachable["AvailableLocalesEnum"] = _without_prose(schemas["AvailableLocalesEnum"])
    info = {
        "title": description["info"]["title"],
        "version": description["info"]["version"],
        "license": description["info"]["license"],
        "source": "github.com/discord/discord-api-spec, specs/openapi.json, trimmed by trim_description.py",
    }
    return {
        "openapi": description["openapi"],
        "info": info,
        "paths": paths,
        "components": {"schemas": dict(sorted(reachable.items()))},
    }


def _wanted(operation: dict[str, Any] | None) -> bool:
    return operation is not None and operation["operationId"] in OPERATIONS


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with its JSON body and its good answers; other encodings carry the same schema."""
    kept: dict[str, Any] = {"operationId": operation["operationId"]}
    if "parameters" in operation:
        kept["parameters"] = _without_prose(operation["parameters"])
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        kept["requestBody"] = {
            "required": operation["requestBody"].get("required", False),
            "multipart": "multipart/form-data" in content,
            "schema": _without_prose(content["application/json"]["schema"]),
        }
    kept["responses"] = {
        status: _without_prose(answer.get("content", {}).get("application/json", {}).get("schema"))
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }
    return kept


def _without_prose(node: Any) -> Any:
    if isinstance(node, dict):
        # A property may be called "title" or "description": then its value is a schema, not prose.
        return {
            key: _without_prose(value)
            for key, value in node.items()
            if key not in PROSE or not isinstance(value, str | bool | list)
        }
    return [_without_prose(item) for item in node] if isinstance(node, list) else node


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix("#/components/schemas/")
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def written(trimmed: dict[str, Any]) -> str:
    """As JSON with a path or a schema a line, so that an update shows what changed."""

    def lines(members: dict[str, Any]) -> str:
        return ",\n".join(
            f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}"
            for name, value in members.items()
        )

    head = json.dumps({"openapi": trimmed["openapi"], "info": trimmed["info"]})[:-1]
    paths, schemas = lines(trimmed["paths"]), lines(trimmed["components"]["schemas"])
    return f'{head},\n"paths":{{\n{paths}\n}},\n"components":{{"schemas":{{\n{schemas}\n}}}}}}\n'


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "description.json").write_text(written(trimmed), encoding="utf-8")
