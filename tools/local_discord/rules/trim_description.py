"""Reduces Discord's official description of its REST API to what the local server supports.

    python -m tools.local_discord.rules.trim_description PATH/TO/discord-openapi.json

writes description.json beside this file: the operations in OPERATIONS and the schemas reachable from them.
The description is Discord's (github.com/discord/discord-api-spec, specs/openapi.json), under the MIT licence;
the copy has the licence's name and the source in its `info`.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.local_platform.schemas import UNIONS
from tools.local_platform.trimming import lines, reachable, references, without_prose

HERE = Path(__file__).parent

OPERATIONS = frozenset(
    """
    get_bot_gateway get_my_user list_my_guilds get_guild create_dm
    get_my_oauth2_application list_application_commands bulk_set_application_commands
    create_interaction_response execute_webhook
    get_original_webhook_message update_original_webhook_message delete_original_webhook_message
    update_channel delete_channel trigger_typing_indicator
    create_message update_message delete_message create_thread_from_message list_messages get_guild_member
    """.split()
)
NOT_SENT = re.compile(
    r"(MediaGallery|Section|User|Channel|Mentionable)\w*ForMessageRequest"
    r"|(ActionRow|TextDisplay|User|Role|Channel|Mentionable|Checkbox|FileUpload|RadioGroup)\w*ForModalRequest"
    r"|ApplicationCommand(Integer|Number|User|Role|Mentionable|SubcommandGroup)Option"
    r"|\w*Autocomplete\w*(Integer|Number)Data|(Pong|Launch|SocialLayer)\w*CallbackRequest"
    r"|Update(DM|GroupDM|GuildChannel)RequestPartial"
)
"""Schemas that the bot never sends. They are removed from unions, so that they are refused."""
_MESSAGES = (
    *("MessageCreateRequest", "MessageEditRequestPartial", "IncomingWebhookInteractionRequest"),
    *("IncomingWebhookRequestPartial", "IncomingWebhookUpdateRequestPartial"),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
)
_FLAGS = [None, 0, 1 << 6, 1 << 15, 1 << 6 | 1 << 15]
"""The combinations of EPHEMERAL and IS_COMPONENTS_V2."""
NULL = {
    **dict.fromkeys(
        _MESSAGES,
        ("content", "embeds", "sticker_ids", "poll", "shared_client_theme", "thread_name", "username"),
    ),
    "MessageAllowedMentionsRequest": ("users", "roles"),
    "ApplicationCommandStringOption": ("choices",),
    "UpdateThreadRequestPartial": ("name", "locked", "invitable", "auto_archive_duration", "applied_tags"),
}
"""Properties that the bot leaves empty, by schema, since its messages are layouts that mention nobody."""
STRICTER: tuple[tuple[str, str, dict[str, Any]], ...] = (
    *((name, "flags", {"enum": _FLAGS}) for name in _MESSAGES),
    ("MessageAllowedMentionsRequest", "parse", {"maxItems": 0}),
    ("MessageAllowedMentionsRequest", "replied_user", {"enum": [None, False]}),
    # From the documentation; the description allows 40, and 6,000 characters.
    ("ModalInteractionCallbackRequestData", "components", {"maxItems": 5}),
    ("ApplicationCommandOptionStringChoice", "value", {"maxLength": 100}),
    ("TextDisplayComponentForMessageRequest", "content", {"pattern": r"\S"}),
    # A text input has no label of its own, but that of the Label around it.
    ("TextInputComponentForModalRequest", "label", {"type": "null"}),
)
"""Rules that the description leaves out: (schema, property, rule)."""
PROSE = frozenset(
    {"description", "title", "externalDocs", "x-discord-union", "deprecated", "security", "headers"}
)
PREFIX = "#/components/schemas/"
METHODS = ("get", "put", "post", "patch", "delete")


def trim(description: dict[str, Any]) -> dict[str, Any]:
    """The part of the description that the local server needs, without explanatory text."""
    paths: dict[str, Any] = {}
    for path, item in description["paths"].items():
        kept = {name: _operation(item[name]) for name in METHODS if _wanted(item.get(name))}
        if kept:
            paths[path] = {"parameters": _clean(item.get("parameters", [])), **kept}
    schemas = {name: _clean(schema) for name, schema in description["components"]["schemas"].items()}
    _narrow(schemas, paths)
    # The locales are listed too: they are not in a request's schema, which allows any key there.
    kept_schemas = reachable(schemas, [*references(paths, PREFIX), "AvailableLocalesEnum"], PREFIX)
    # It only has the type of a reply, but forwarded messages from the gateway also have FORWARD.
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


def _narrow(schemas: dict[str, Any], paths: dict[str, Any]) -> None:
    """Restrict the schemas to what the bot sends."""
    for union in _unions([schemas, paths]):
        union[:] = [one for one in union if not NOT_SENT.fullmatch(one.get("$ref", "").removeprefix(PREFIX))]
    for name, keys in NULL.items():
        properties = schemas.get(name, {}).get("properties", {})
        properties.update({key: {"type": "null"} for key in keys if key in properties})
    for name, key, rule in STRICTER:
        if name in schemas:
            schemas[name]["properties"][key].update(rule)


def _unions(node: Any) -> Iterator[list[Any]]:
    """Every list of a union's branches anywhere in a schema."""
    if isinstance(node, dict):
        yield from (node[key] for key in UNIONS if isinstance(node.get(key), list))
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _unions(inner)


def _wanted(operation: dict[str, Any] | None) -> bool:
    return operation is not None and operation["operationId"] in OPERATIONS


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with its JSON body and successful responses; other encodings have the same schema."""
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
    """The JSON with one path or schema per line, so that the diff of an update is readable."""
    head = json.dumps({"openapi": trimmed["openapi"], "info": trimmed["info"]})[:-1]
    paths, schemas = lines(trimmed["paths"]), lines(trimmed["components"]["schemas"])
    return f'{head},\n"paths":{{\n{paths}\n}},\n"components":{{"schemas":{{\n{schemas}\n}}}}}}\n'


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    (HERE / "description.json").write_text(written(trimmed), encoding="utf-8")
