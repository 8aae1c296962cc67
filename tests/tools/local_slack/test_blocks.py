"""What blocks say, and what people can choose in them."""

from typing import Any

import pytest

from tests.tools.local_slack.conftest import Raw
from tests.tools.local_slack.small_bot import form, plain
from tools.local_slack import LocalSlack, NotPossible, text_of
from tools.local_slack.people.element_values import chosen_value, initial_value, pressed_value

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Words "},
                {"type": "link", "url": "https://a.example"},
                {"type": "emoji", "name": "x"},
                {"type": "user", "user_id": "U1"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 0, "format": "{date}", "fallback": " then"},
                {"type": "color", "value": "#fff"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
    ],
}
OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Day", "Week", "Month")]


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "a", **more}


def test_all_that_blocks_say() -> None:
    assert text_of([RICH]) == "Words https://a.example:x:@U1@here then\none"
    assert text_of([{"type": "markdown", "text": "**Bold**"}, {"type": "divider"}]) == "**Bold**"
    assert text_of(form()) == "Ask the news\nAsk\nQuestion\nSource\nSince"


async def test_a_message_says_its_blocks_or_its_text(slack: LocalSlack, raw: Raw) -> None:
    ts = (await raw.post("*A* &amp; B")).body["ts"]
    assert text_of(slack.world.messages[ts]) == "A & B"
    markdown = await raw("chat.postMessage", channel=slack.general.id, markdown_text="**A**")
    assert text_of(slack.world.messages[markdown.body["ts"]]) == "**A**"
    assert (await raw.post(markdown_text="A")).error == "markdown_text_conflict"
    long = await raw("chat.postMessage", channel=slack.general.id, markdown_text="x" * 12_001)
    assert long.error == "msg_too_long"


@pytest.mark.parametrize(
    ("given", "chosen", "told"),
    [
        (element("plain_text_input", multiline=True), "two\nlines", {"value": "two\nlines"}),
        (element("plain_text_input"), "", {"value": None}),
        (element("timepicker"), "09:30", {"selected_time": "09:30"}),
        (element("datetimepicker"), 1768392000, {"selected_date_time": 1768392000}),
        (element("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        (element("radio_buttons", options=OPTIONS), "Week", {"selected_option": OPTIONS[1]}),
        (element("static_select", options=OPTIONS), None, {"selected_option": None}),
        (element("multi_static_select", options=OPTIONS), "day", {"selected_options": [OPTIONS[0]]}),
        (
            element("static_select", option_groups=[{"label": plain("G"), "options": OPTIONS}]),
            OPTIONS[2],
            {"selected_option": OPTIONS[2]},
        ),
        (element("external_select", initial_option=OPTIONS[0]), "day", {"selected_option": OPTIONS[0]}),
    ],
)
def test_what_can_be_chosen(given: Any, chosen: Any, told: Any) -> None:
    assert chosen_value(given, chosen) == {"type": given["type"], **told}


@pytest.mark.parametrize(
    ("given", "chosen", "reason"),
    [
        (element("plain_text_input", min_length=3), "no", "3 to 3000 characters"),
        (
            element("multi_static_select", options=OPTIONS, max_selected_items=1),
            ["day", "week"],
            "no more than 1",
        ),
        (element("checkboxes", options=OPTIONS), ["year"], "no option 'year'"),
        (element("rich_text_input"), "Words", "nobody can choose"),
    ],
)
def test_what_can_not_be_chosen(given: Any, chosen: Any, reason: str) -> None:
    with pytest.raises(NotPossible, match=reason):
        chosen_value(given, chosen)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (element("plain_text_input", initial_value="A"), {"value": "A"}),
        (element("datepicker", initial_date="2026-01-31"), {"selected_date": "2026-01-31"}),
        (element("multi_users_select", initial_users=["U1"]), {"selected_users": ["U1"]}),
        (
            element("checkboxes", options=OPTIONS, initial_options=OPTIONS[:1]),
            {"selected_options": OPTIONS[:1]},
        ),
        (element("radio_buttons", options=OPTIONS), {"selected_option": None}),
        (element("file_input"), {}),
    ],
)
def test_what_stands_in_an_element_at_first(given: Any, told: Any) -> None:
    assert initial_value(given) == {"type": given["type"], **told}


async def test_two_buttons_for_feedback(slack: LocalSlack, raw: Raw) -> None:
    feedback = element(
        "feedback_buttons",
        positive_button={"text": plain("Good"), "value": "up"},
        negative_button={"text": plain("Bad"), "value": "down"},
    )
    block = {"type": "context_actions", "elements": [feedback]}
    message = slack.world.messages[(await raw.blocks(block)).body["ts"]]
    for name in ("Bad", "down"):
        payload = (await slack.click(slack.ann, message, name)).deliveries[0].payload
        assert payload["actions"][0]["value"] == "down"
    with pytest.raises(NotPossible, match="none of the two"):
        pressed_value(feedback, "a")


async def test_one_of_several_with_the_same_name(slack: LocalSlack, raw: Raw) -> None:
    def row(value: str) -> dict[str, Any]:
        return {
            "type": "actions",
            "block_id": value,
            "elements": [element("button", text=plain("More"), value=value)],
        }

    message = slack.world.messages[(await raw.blocks(row("1"), row("2"))).body["ts"]]
    payload = (await slack.click(slack.ann, message, "More", nth=1)).deliveries[0].payload
    assert payload["actions"][0]["block_id"] == "2"
    with pytest.raises(NotPossible, match=r"no 'More' \(2\)"):
        await slack.click(slack.ann, message, "More", nth=2)


async def test_a_global_shortcut_is_of_no_channel(slack: LocalSlack, raw: Raw) -> None:
    chosen = await slack.global_shortcut(slack.ann, "ask")
    payload = chosen.deliveries[0].payload
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "ask")
    assert "channel" not in payload
    assert "response_url" not in payload
    await raw("views.open", trigger_id=payload["trigger_id"], view=form())
    assert chosen.view is not None
    await raw("chat.postMessage", channel=slack.ann.id, text="Here")
    assert chosen.text == "Here"


async def test_an_answer_in_the_acknowledgement_is_held_to_the_rules(slack: LocalSlack) -> None:
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    slack.delivery_queue.take_ack(asked.deliveries[0], {"text": "", "response_type": "public"})
    assert not asked.messages
    assert slack.problems == ["ack: no_text"]
