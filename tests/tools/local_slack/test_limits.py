"""The shapes and sizes of blocks and views, each rule by its error and where it points."""

from typing import Any

import pytest

from tests.tools.local_slack.conftest import Raw
from tests.tools.local_slack.samples import button, form, plain
from tools.local_slack import LocalSlack


def text(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def section(words: str = "Words", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": text(words), **more}


def option(value: str, label: str = "Label", **more: Any) -> dict[str, Any]:
    return {"text": plain(label), "value": value, **more}


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def select(*options: Any, **more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": list(options), **more}


LARGEST = [section("x" * 3000), {"type": "header", "text": plain("x" * 150)}]


def fewer(characters: int) -> str:
    return f"must be less than {characters} characters"


def items(most: int) -> str:
    return f"no more than {most} items allowed"


def missing(field: str) -> str:
    return f"missing required field: {field}"


NO_ENUM = "must be a valid enum value"

BAD: list[tuple[str, Any, str, str]] = [
    ("a block of no kind", {"type": "banner"}, "unsupported type: banner", "/type"),
    ("no text", {"type": "header"}, missing("text"), ""),
    ("a section of nothing", {"type": "section"}, missing("text"), ""),
    (
        "a kind that is not used",
        section(accessory={"type": "overflow", "action_id": "o"}),
        "unsupported type: overflow",
        "/accessory/type",
    ),
    ("a key too many", section(color="red"), "invalid additional property: color", ""),
    ("no text object", {"type": "section", "text": "Words"}, "must provide an object", "/text"),
    ("an empty text", section(""), "must be more than 0 characters", "/text/text"),
    ("a long text", section("x" * 3001), fewer(3001), "/text/text"),
    ("mrkdwn in a header", {"type": "header", "text": text("Words")}, NO_ENUM, "/text/type"),
    ("a long header", {"type": "header", "text": plain("x" * 151)}, fewer(151), "/text/text"),
    ("many small prints", {"type": "context", "elements": [text("A")] * 11}, items(10), "/elements"),
    ("many buttons", actions(*(button("A", str(n)) for n in range(26))), items(25), "/elements"),
    ("no buttons", actions(), "no fewer than 1 items allowed", "/elements"),
    ("a long label", actions(button("x" * 76, "a")), fewer(76), "/elements/0/text/text"),
    ("a long value", actions(button("A", "a", "x" * 2001)), fewer(2001), "/elements/0/value"),
    ("a long action_id", actions(button("A", "x" * 256)), fewer(256), "/elements/0/action_id"),
    ("an action_id twice", actions(button("A", "a"), button("B", "a")), "`action_id` 'a' already exists", ""),
    ("a style of no kind", actions({**button("A", "a"), "style": "x"}), NO_ENUM, "/elements/0/style"),
    (
        "many options",
        actions(select(*(option(str(n)) for n in range(101)))),
        items(100),
        "/elements/0/options",
    ),
    ("a long option", actions(select(option("1", "x" * 76))), fewer(76), "/elements/0/options/0/text/text"),
    ("a long option's value", actions(select(option("x" * 151))), fewer(151), "/elements/0/options/0/value"),
    (
        "a choice that is not offered",
        actions(select(option("1"), initial_option=option("2"))),
        "initial option is none of the options",
        "/elements/0",
    ),
    (
        "a long placeholder",
        actions(select(option("1"), placeholder=plain("x" * 151))),
        fewer(151),
        "/elements/0/placeholder/text",
    ),
    ("a long block_id", section(block_id="x" * 256), fewer(256), "/block_id"),
]


async def test_blocks_within_their_limits(slack: LocalSlack, raw: Raw) -> None:
    sent = await raw.post(blocks=LARGEST, unfurl_links=False, unfurl_media=False)
    assert sent.error is None, sent.messages
    slack.assert_valid()


@pytest.mark.parametrize(("block", "wrong", "at"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
async def test_blocks_beyond_their_limits(
    slack: LocalSlack, raw: Raw, block: Any, wrong: str, at: str
) -> None:
    refused = await raw.blocks(block)
    message = f"{wrong} [json-pointer:/blocks/0{at}]"
    assert refused.error == "invalid_blocks"
    assert refused.messages == [f"[ERROR] {message}"]
    assert refused.body["errors"] == [message]
    assert not slack.world.messages


async def test_a_message_has_fifty_blocks_with_ids_of_their_own(slack: LocalSlack, raw: Raw) -> None:
    divider = {"type": "divider"}
    assert (await raw.blocks(*[divider] * 50)).error is None
    assert (await raw.blocks(*[divider] * 51)).messages == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    twice = await raw.blocks({**divider, "block_id": "a"}, {**divider, "block_id": "a"})
    assert twice.messages == ["[ERROR] `block_id` 'a' already exists [json-pointer:/blocks/1/block_id]"]
    assert (await raw.post(blocks={"type": "divider"})).error == "invalid_blocks_format"


async def test_the_total_of_a_message(slack: LocalSlack, raw: Raw) -> None:
    assert (await raw.blocks(*[section("x" * 2500)] * 5)).error is None
    assert (await raw.blocks(*[section("x" * 2700)] * 5)).error == "msg_blocks_too_long"


async def test_a_message_without_words(slack: LocalSlack, raw: Raw) -> None:
    assert (await raw.post("")).error == "no_text"
    assert (await raw.post("", blocks=[section()])).error is None
    assert slack.problems == [
        "chat.postMessage: no_text",
        "chat.postMessage: there is no text for notifications and screen readers [json-pointer:/text]",
    ]


VIEWS: list[tuple[str, dict[str, Any], str, str]] = [
    ("a long title", {"title": plain("x" * 25)}, fewer(25), "/title/text"),
    ("a long button", {"submit": plain("x" * 25)}, fewer(25), "/submit/text"),
    ("a long note", {"private_metadata": "x" * 3001}, fewer(3001), "/private_metadata"),
    ("a long callback_id", {"callback_id": "x" * 256}, fewer(256), "/callback_id"),
    ("no blocks", {"blocks": []}, "no fewer than 1 items allowed", "/blocks"),
    ("many blocks", {"blocks": [section()] * 101}, items(100), "/blocks"),
    ("inputs and no button", {"submit": None}, missing("submit"), ""),
    ("another kind", {"type": "home"}, "", ""),
    (
        "a block of messages",
        {"blocks": [{"type": "markdown", "text": "A"}]},
        "unsupported type: markdown",
        "/blocks/0/type",
    ),
    ("a key too many", {"colour": "red"}, "invalid additional property: colour", ""),
]


@pytest.mark.parametrize(("change", "wrong", "at"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS])
async def test_views_beyond_their_limits(
    slack: LocalSlack, raw: Raw, change: dict[str, Any], wrong: str, at: str
) -> None:
    view = {key: value for key, value in {**form(), **change}.items() if value is not None}
    refused = await raw("views.open", trigger_id="1", view=view)
    assert refused.error == "invalid_arguments"
    assert not wrong or refused.messages == [f"[ERROR] {wrong} [json-pointer:/view{at}]"]


async def test_a_view_has_so_many_bytes(slack: LocalSlack, raw: Raw) -> None:
    blocks = [section("뉴" * 900)] * 99
    home = {"type": "home", "blocks": blocks}
    assert (await raw("views.publish", user_id=slack.ann.id, view=home)).error == "view_too_large"
    home = {"type": "home", "blocks": blocks[:80]}
    assert (await raw("views.publish", user_id=slack.ann.id, view=home)).error is None
