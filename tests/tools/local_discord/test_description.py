"""The trimmed description, and the server's own answers held to it."""

from typing import Any

import pytest

from tests.tools.local_discord.conftest import Raw, layout
from tools.local_discord import LocalDiscord
from tools.local_discord.api.call import HANDLERS
from tools.local_discord.rules.description import UNKNOWN_KEY, load_description
from tools.local_discord.rules.trim_description import OPERATIONS, trim, written
from tools.local_discord.state.message_payloads import gateway_message_payload

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "10", "license": {"name": "MIT"}, "description": "long"},
    "paths": {
        "/users/@me": {
            "get": {
                "operationId": "get_my_user",
                "description": "prose",
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
                    },
                    "4XX": {},
                },
            },
            "patch": {"operationId": "update_my_user", "responses": {}},
        },
        "/voice": {"get": {"operationId": "voice", "responses": {}}},
    },
    "components": {
        "schemas": {
            "User": {
                "type": "object",
                "description": "prose",
                "properties": {
                    "description": {"type": "string"},
                    "friend": {"$ref": "#/components/schemas/Friend"},
                },
            },
            "Friend": {"type": "string"},
            "Stranger": {"type": "string"},
            "AvailableLocalesEnum": {"type": "string"},
        }
    },
}


def test_every_operation_is_served() -> None:
    assert HANDLERS.keys() == OPERATIONS
    assert {operation.id for operation in load_description().operations} == OPERATIONS


def test_trimming_keeps_what_is_reachable_and_no_prose() -> None:
    trimmed = trim(DESCRIPTION)
    assert trimmed["paths"].keys() == {"/users/@me"}
    assert trimmed["paths"]["/users/@me"].keys() == {"parameters", "get"}
    schemas = trimmed["components"]["schemas"]
    assert schemas.keys() == {"User", "Friend", "AvailableLocalesEnum"}
    assert schemas["User"].keys() == {"type", "properties"}
    assert schemas["User"]["properties"].keys() == {"description", "friend"}
    assert len(written(trimmed).splitlines()) == 9


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("/users/@me", "get_my_user"),
        ("/webhooks/1/t/messages/@original", "get_original_webhook_message"),
        ("/users/12", None),
    ],
)
def test_a_path_is_of_the_most_specific_operation(path: str, operation: str | None) -> None:
    found = load_description().operation("GET", path)
    assert (found and found[0].id) == operation


def test_a_wrong_answer_of_the_server_would_be_noticed() -> None:
    description = load_description()
    found = description.operation("DELETE", "/channels/1/messages/2")
    assert found is not None
    assert not description.answer_problems(found[0], 204, None)
    assert description.answer_problems(found[0], 204, {"id": "2"})
    assert description.answer_problems(found[0], 200, None)


def test_an_unknown_key_is_found_inside_a_union_of_unions() -> None:
    description = load_description()
    found = description.operation("POST", "/channels/1/messages")
    assert found is not None
    button = {"type": 2, "style": 1, "label": "x", "custom_id": "x", "colour": "red"}
    body = {"components": [{"type": 17, "components": [{"type": 1, "components": [button]}]}]}
    (problem,) = description.request_problems(found[0], body)
    assert problem.code == UNKNOWN_KEY
    assert problem.path == ("components", 0, "components", 0, "components", 0, "colour")


async def test_messages_of_the_gateway_are_as_described(discord: LocalDiscord, raw: Raw) -> None:
    said = await discord.say(discord.ann, discord.general, f"{discord.mention()} hello")
    await raw.post({**layout("x"), "message_reference": {"message_id": said.said.id}})
    description = load_description()
    found = description.operation("POST", "/channels/1/messages")
    assert found is not None
    for message in discord.world.messages_in(discord.general.id):
        payload = gateway_message_payload(discord.world, message)
        assert payload["guild_id"] == discord.guild.id
        assert not description.answer_problems(found[0], 200, payload)
