"""Commands registered, and commands that break one rule each."""

from typing import Any

import pytest

from tests.tools.local_discord.conftest import ASK, Raw
from tools.local_discord import LocalDiscord, NotPossible


def option(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": "word", "description": "A word", **changes}


def command(*options: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"name": "ask", "description": "Ask", "options": list(options), **changes}


FINE: list[dict[str, Any]] = [
    ASK,
    command(name="n" * 32, description="d" * 100),
    command(name="질문", name_localizations={"ko": "질문", "ja": "質問", "th": "ถามข่าว", "hi": "पूछें"}),
    command(*[option(name=f"o{number}") for number in range(25)]),
    command(option(type=1, name="reload"), option(type=1, name="add", options=[option()])),
    {"name": "Check this", "type": 3},
]


@pytest.mark.parametrize("body", FINE)
async def test_what_is_within_the_limits_is_registered(
    discord: LocalDiscord, raw: Raw, body: dict[str, Any]
) -> None:
    answer = await raw.register(body)
    assert answer.status == 200, answer.body
    discord.assert_valid()


WRONG: list[tuple[dict[str, Any], str]] = [
    (command(name="Ask"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name="ask it"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name="ask!"), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(name="n" * 33), "BASE_TYPE_MAX_LENGTH"),
    (command(description=""), "BASE_TYPE_REQUIRED"),
    (command(description="d" * 101), "BASE_TYPE_MAX_LENGTH"),
    (command(name_localizations={"kr": "질문"}), "BASE_TYPE_CHOICES"),
    (command(name_localizations={"fr": "Demander"}), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(description_localizations={"ko": "d" * 101}), "BASE_TYPE_MAX_LENGTH"),
    (command(option(description="")), "BASE_TYPE_BAD_LENGTH"),
    (command(option(name="Word")), "APPLICATION_COMMAND_INVALID_NAME"),
    (command(option(), option()), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
    (command(*[option(name=f"o{number}") for number in range(26)]), "BASE_TYPE_MAX_LENGTH"),
    (command(option(), option(name="b", required=True)), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
    (command(option(choices=[{"name": "n", "value": "v"}])), "BASE_TYPE_INVALID"),
    (command(option(type=1, name="a"), option()), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    (command(option(type=99)), "UNION_TYPE_CHOICES"),
    ({"name": "Check", "type": 3, "description": "x"}, "APPLICATION_COMMAND_INVALID"),
    ({"name": "n" * 33, "type": 3}, "BASE_TYPE_MAX_LENGTH"),
    (
        command(
            *[
                option(
                    type=1,
                    name=f"a{n}",
                    options=[option(name=f"o{m}", description="d" * 99) for m in range(25)],
                )
                for n in range(4)
            ]
        ),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
]


@pytest.mark.parametrize(("body", "code"), WRONG, ids=[f"{n}-{code}" for n, (_, code) in enumerate(WRONG)])
async def test_one_rule_broken_is_one_refusal(
    discord: LocalDiscord, raw: Raw, body: dict[str, Any], code: str
) -> None:
    answer = await raw.register(body)
    assert (answer.status, answer.code) == (400, 50035), answer.body
    assert answer.codes == {code}
    assert discord.commands[""] == []


async def test_names_are_unique_and_counted_by_kind(raw: Raw) -> None:
    assert (await raw("GET", "/applications/1/commands")).code == 10002
    assert (await raw.register(command(), command())).codes == {"APPLICATION_COMMANDS_DUPLICATE_NAME"}
    kept = await raw.register(command())
    again = await raw.register(command(description="Again"), {"name": "ask", "type": 3})
    assert (again.status, again.body[0]["id"]) == (200, kept.body[0]["id"])
    many = [{"name": f"Check {number}", "type": 3} for number in range(16)]
    assert (await raw.register(*many)).codes == {"APPLICATION_COMMANDS_TOO_MANY"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "required"),
        ({"question": "x" * 101}, "does not take 101"),
        ({"question": 3}, "takes no int"),
        ({"question": "x", "private": "yes"}, "takes no str"),
        ({"question": "x", "colour": "red"}, "no option 'colour'"),
    ],
)
async def test_a_client_sends_no_options_that_do_not_fit(
    discord: LocalDiscord, raw: Raw, options: dict[str, Any], reason: str
) -> None:
    await raw.register(ASK)
    with pytest.raises(NotPossible, match=reason):
        await discord.command(discord.ann, discord.general, "ask", **options)
    with pytest.raises(NotPossible, match="no option 'question' with autocomplete"):
        await discord.autocomplete(discord.ann, discord.general, "ask", focused="question")
    with pytest.raises(NotPossible, match="no command 'tell'"):
        await discord.command(discord.ann, discord.general, "tell")


async def test_a_client_offers_what_is_registered_installed_and_not_hidden(
    discord: LocalDiscord, raw: Raw
) -> None:
    hidden = {"name": "corpus", "description": "Corpus", "default_member_permissions": 32, "contexts": [0]}
    await raw.register(command(name="ask", integration_types=[1]), hidden)
    away = discord.world.add_channel(
        discord.world.add_guild("Elsewhere", owner=discord.ann, bot_inside=False), "hall"
    )
    places = (away, discord.world.private_channel(discord.ann, discord.kim), discord.world.dm(discord.ann))
    for place in places:
        with pytest.raises(NotPossible, match="not installed"):
            await discord.command(discord.ann, place, "ask")
    discord.world.installed_by.add(discord.ann.id)
    for place in places:
        asked = await discord.command(discord.ann, place, "ask")
        assert asked.interaction.owners == {"1": discord.ann.id}
    with pytest.raises(NotPossible, match="not offered"):
        await discord.command(discord.admin, discord.world.dm(discord.admin), "corpus")
    with pytest.raises(NotPossible, match="hidden from Ann"):
        await discord.command(discord.ann, discord.general, "corpus")
    discord.granted.add((discord.ann.id, "corpus"))
    for user in (discord.ann, discord.admin):
        await discord.command(user, discord.general, "corpus")
