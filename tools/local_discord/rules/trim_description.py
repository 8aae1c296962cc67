"""Cuts Discord's official description of its REST API down to what the local server speaks.

    python -m tools.local_discord.rules.trim_description PATH/TO/discord-openapi.json

writes description.json beside this file: the operations in OPERATIONS and the schemas reachable from them.
The description is Discord's (github.com/discord/discord-api-spec, specs/openapi.json), under the MIT licence;
the copy keeps the licence's name and the source in its `info`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tools.local_platform.trimming import lines, reachable, references, without_prose

HERE = Path(__file__).parent

OPERATIONS = frozenset(
    """
    get_gateway get_bot_gateway get_my_user list_my_guilds get_guild create_dm
    get_my_application get_my_oauth2_application list_application_commands bulk_set_application_commands
    create_interaction_response execute_webhook
    get_original_webhook_message update_original_webhook_message delete_original_webhook_message
    get_webhook_message update_webhook_message delete_webhook_message
    get_channel update_channel delete_channel trigger_typing_indicator
    create_message get_message update_message delete_message create_thread_from_message
    """.split()
)
PROSE = frozenset(
    {"description", "title", "externalDocs", "x-discord-union", "deprecated", "security", "headers"}
)
PREFIX = "#/components/schemas/"
METHODS = ("get", "put", "post", "patch", "delete")


def trim(description: dict[str, Any]) -> dict[str, Any]:
    """The part of the description that the local server needs, without prose."""
    paths: dict[str, Any] = {}
    for path, item in description["paths"].items():
        kept = {name: _operation(item[name]) for name in METHODS if _wanted(item.get(name))}
        if kept:
            paths[path] = {"parameters": _clean(item.get("parameters", [])), **kept}
    schemas = {name: _clean(schema) for name, schema in description["components"]["schemas"].items()}
    # Locales are no part of a request's schema, which allows any key in a localisation.
    kept_schemas = reachable(schemas, [*references(paths, PREFIX), "AvailableLocalesEnum"], PREFIX)
    # It names the kind of a reply alone; what the gateway sends of a forwarded message has FORWARD too.
    if kinds := kept_schemas.get("MessageReferenceType"):
        kinds["oneOf"].append({"const": 1})
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
        "components": {"schemas": kept_schemas},
    }


def _wanted(operation: dict[str, Any] | None) -> bool:
    return operation is not None and operation["operationId"] in OPERATIONS


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with its JSON body and its good answers; other encodings carry the same schema."""
    kept: dict[str, Any] = {"operationId": operation["operationId"]}
    if "parameters" in operation:
        kept["parameters"] = _clean(operation["parameters"])
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        kept["requestBody"] = {
            "required": operation["requestBody"].get("required", False),
            "multipart": "multipart/form-data" in content,
            "schema": _clean(content["application/json"]["schema"]),
        }
    kept["responses"] = {
        status: _clean(answer.get("content", {}).get("application/json", {}).get("schema"))
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }
    return kept


def _clean(node: Any) -> Any:
    return without_prose(node, PROSE)


def written(trimmed: dict[str, Any]) -> str:
    """As JSON with a path or a schema a line, so that an update shows what changed."""
    head = json.dumps({"openapi": trimmed["openapi"], "info": trimmed["info"]})[:-1]
    paths, schemas = lines(trimmed["paths"]), lines(trimmed["components"]["schemas"])
    return f'{head},\n"paths":{{\n{paths}\n}},\n"components":{{"schemas":{{\n{schemas}\n}}}}}}\n'


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "description.json").write_text(written(trimmed), encoding="utf-8")
