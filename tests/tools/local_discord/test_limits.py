"""Messages and modals that break one rule each."""

import copy
from typing import Any

import pytest

from tests.tools.local_discord.conftest import Raw, layout
from tools.local_discord import LocalDiscord, Upload
from tools.local_discord.rules.limits import modal_problems
from tools.local_discord.state.requests import Request


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more", **changes}


def link(url: str) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "Open", "url": url}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def select(*options: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "choose", "options": list(options), **changes}


def option(value: str, **changes: Any) -> dict[str, Any]:
    return {"label": value, "value": value, **changes}


def rows(*components: dict[str, Any]) -> dict[str, Any]:
    """A message with one row of these."""
    return layout(row(*components))


def container(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def numbered(count: int) -> list[dict[str, Any]]:
    return [button(custom_id=f"b{number}") for number in range(count)]


FINE: list[dict[str, Any]] = [
    rows(*numbered(5)),
    rows(select(option("a"), option("b"), max_values=2)),
    layout("x" * 4000),
    layout(*["x"] * 40),
    layout(container(*[text("x")] * 39)),
    rows(button(label="l" * 80, custom_id="c" * 100)),
    rows(link("discord://-/channels/1"), link("http://example.org"), link("https://e.org/" + "p" * 498)),
    layout("奈" * 3386),
]


@pytest.mark.parametrize("body", FINE)
async def test_what_is_within_the_limits_is_sent(discord: LocalDiscord, raw: Raw, body: Any) -> None:
    answer = await raw.post(body)
    assert answer.status == 200, answer.body
    discord.assert_valid()


def file(url: str) -> dict[str, Any]:
    return layout({"type": 13, "file": {"url": url}})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"content": "x"}, "BASE_TYPE_INVALID"),
    ({**layout("x"), "embeds": [{"title": "x"}]}, "BASE_TYPE_INVALID"),
    ({"components": [text("x")]}, "MESSAGE_MUST_BE_A_LAYOUT"),
    (layout(row(button()), row(button())), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (rows(*numbered(6)), "BASE_TYPE_MAX_LENGTH"),
    (rows(button(), select(option("a"))), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (rows(button(label="l" * 81)), "BASE_TYPE_MAX_LENGTH"),
    (rows(button(label=None)), "BUTTON_COMPONENT_INVALID_LABEL"),
    (rows(button(custom_id=None)), "BASE_TYPE_REQUIRED"),
    (rows(button(url="https://e.org")), "BUTTON_COMPONENT_INVALID_STYLE"),
    (rows(button(style=7)), "BASE_TYPE_CHOICES"),
    (rows(link("ftp://example.org")), "URL_TYPE_INVALID_SCHEME"),
    (rows(link("https://")), "URL_TYPE_INVALID_URL"),
    (rows({**link("https://e.org"), "custom_id": "both"}), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL"),
    (rows(select()), "BASE_TYPE_BAD_LENGTH"),
    (rows(select(option("a"), option("a"))), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    (rows(select(option("a"), min_values=2)), "NUMBER_TYPE_MAX"),
    (rows(select(*[option(one, default=True) for one in "ab"])), "SELECT_COMPONENT_TOO_MANY_DEFAULTS"),
    (rows({"type": 5, "custom_id": "people"}), "UNION_TYPE_CHOICES"),
    (layout(*["x"] * 41), "BASE_TYPE_MAX_LENGTH"),
    (layout(container(*[text("x")] * 40)), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (layout("x" * 2000, container(text("x" * 2001))), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (layout("  "), "BASE_TYPE_REQUIRED"),
    (layout(container(container(text("x")))), "UNION_TYPE_CHOICES"),
    (layout({**text("x"), "id": 7}, {**text("y"), "id": 7}), "COMPONENT_ID_DUPLICATED"),
    (file("attachment://missing.txt"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"),
    (file("https://example.org/a.txt"), "UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT"),
    ({**layout("x"), "allowed_mentions": {"parse": ["users"]}}, "BASE_TYPE_MAX_LENGTH"),
    ({**layout("x"), "nonce": "n" * 26}, "BASE_TYPE_MAX_LENGTH"),
    ({**layout("x"), "attachments": [{"id": 0}]}, "ATTACHMENT_NOT_FOUND"),
    ({**layout("x"), "message_reference": {"message_id": "1"}}, "REPLIES_UNKNOWN_MESSAGE"),
]


@pytest.mark.parametrize(("body", "code"), WRONG, ids=[f"{n}-{code}" for n, (_, code) in enumerate(WRONG)])
async def test_one_rule_broken_is_one_refusal(
    discord: LocalDiscord, raw: Raw, body: dict[str, Any], code: str
) -> None:
    answer = await raw.post(body)
    assert (answer.status, answer.code) == (400, 50035), answer.body
    assert answer.codes == {code}
    assert not discord.world.messages_in(discord.general.id)
    assert discord.problems


async def test_an_empty_message_is_refused(raw: Raw) -> None:
    for body in ({}, layout()):
        answer = await raw.post(body)
        assert (answer.status, answer.code) == (400, 50006)


async def test_a_layout_of_too_many_bytes_fails_on_discords_side(raw: Raw) -> None:
    assert (await raw.post(layout("奈" * 3387))).status == 500


async def test_a_misspelt_key_is_carried_out_and_noted(discord: LocalDiscord, raw: Raw) -> None:
    answer = await raw.post({**layout("x"), "alowed_mentions": {"parse": []}})
    assert answer.status == 200
    with pytest.raises(AssertionError, match="alowed_mentions"):
        discord.assert_valid()


async def test_a_layout_stays_one(discord: LocalDiscord, raw: Raw) -> None:
    message = (await raw.post(layout("x"))).body
    path = f"/channels/{discord.general.id}/messages/{message['id']}"
    taken = await raw("PATCH", path, {"flags": 0, "components": [text("y")]})
    assert taken.codes == {"MESSAGE_FLAG_CANNOT_BE_REMOVED"}
    assert (await raw("PATCH", path, {"components": [text("y")]})).body["components"][0]["content"] == "y"


async def test_kept_components_have_ids_and_what_was_left_out(raw: Raw) -> None:
    answer = await raw.post(layout({**text("x"), "id": 2}, container({"type": 14}, row(button()))))
    (first, second) = answer.body["components"]
    assert first["id"] == 2
    assert [second["id"], *[one["id"] for one in second["components"]]] == [1, 3, 4]
    assert second["components"][0] == {"type": 14, "id": 3, "spacing": 1, "divider": True}


async def test_files_come_with_a_form(discord: LocalDiscord, raw: Raw) -> None:
    path = f"/channels/{discord.general.id}/messages"
    body = layout({"type": 13, "file": {"url": "attachment://a.txt"}})
    body["attachments"] = [{"id": "0", "description": "An article"}]
    answer = await raw("POST", path, body, files={"files[0]": Upload("a.txt", b"text", "text/plain")})
    assert answer.status == 200, answer.body
    assert answer.body["attachments"][0]["description"] == "An article"
    assert answer.body["components"][0]["file"]["url"] == answer.body["attachments"][0]["url"]
    discord.assert_valid()
    large = Upload("a.txt", bytes(10 * 1024 * 1024 + 1), None)
    refused = await raw("POST", path, {}, files={"files[0]": large})
    assert (refused.status, refused.code) == (413, 40005)
    many = {f"files[{number}]": Upload("a.txt", b"x", None) for number in range(11)}
    assert (await raw("POST", path, {}, files=many)).code == 50035


async def test_what_is_no_json_is_refused(discord: LocalDiscord, raw: Raw) -> None:
    path = f"/channels/{discord.general.id}/messages"
    assert (await raw("POST", path, "{")).code == 50109
    plain = {"Content-Type": "text/plain"}
    assert (await raw("POST", path, '{"content": null}', headers=plain)).codes == {"CONTENT_TYPE_INVALID"}
    charset = {"Content-Type": "application/json; charset=utf-8"}
    assert (await raw("POST", path, '{"content": null}', headers=charset)).codes == {"CONTENT_TYPE_INVALID"}


async def test_a_wrong_token_is_refused_and_noted(discord: LocalDiscord, raw: Raw) -> None:
    for header in ("Bot wrong", discord.token, f"Bearer {discord.token}"):
        answer = await raw("GET", "/users/@me", headers={"Authorization": header})
        assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})
    assert len(discord.problems) == 3


async def test_unknown_routes_and_parameters_are_noted(discord: LocalDiscord, raw: Raw) -> None:
    assert (await raw("GET", "/voice/regions")).status == 404
    assert (await raw("GET", f"/guilds/{discord.guild.id}?with_counts=true&page=2")).status == 200
    assert len(discord.problems) == 2
    last: Request = discord.requests[-1]
    assert str(last).startswith(f"GET /guilds/{discord.guild.id}")
    assert "No such parameter" in str(last)


FORM: dict[str, Any] = {
    "custom_id": "form",
    "title": "Why?",
    "components": [
        {"type": 18, "label": "Why", "component": {"type": 4, "custom_id": "why", "style": 1}},
        {"type": 18, "label": "Who", "component": {"type": 4, "custom_id": "who", "style": 1}},
    ],
}


def test_a_modal_is_fine() -> None:
    assert not modal_problems(FORM)


@pytest.mark.parametrize(
    ("at", "change", "code"),
    [
        (("components", 1, "component"), {"custom_id": "why"}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (("components", 0, "component"), {"min_length": 9, "max_length": 3}, "NUMBER_TYPE_MAX"),
        (("components", 0, "component"), {"max_length": 3, "value": "four"}, "BASE_TYPE_BAD_LENGTH"),
    ],
)
def test_a_modal_that_breaks_a_rule(at: tuple[str | int, ...], change: dict[str, Any], code: str) -> None:
    modal = copy.deepcopy(FORM)
    node: Any = modal
    for step in at:
        node = node[step]
    node.update(change)
    assert {problem.code for problem in modal_problems(modal)} == {code}
