"""Modals and Homes, what people fill in and choose in them, and the assistant's pane."""

from typing import Any

import pytest

from tests.tools.local_slack.conftest import Answer, Raw
from tests.tools.local_slack.samples import form, plain
from tools.local_slack import Exchange, LocalSlack, NotPossible, text_of

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


async def _open(slack: LocalSlack, raw: Raw) -> tuple[Exchange, Answer]:
    asked = await slack.command(slack.ann, slack.general, "/ask")
    return asked, await raw("views.open", trigger_id=_trigger(asked), view=form())


def _trigger(exchange: Exchange) -> str:
    return str(exchange.deliveries[0].payload["trigger_id"])


def _acked(slack: LocalSlack, exchange: Exchange, payload: Any) -> None:
    """Acknowledge an interaction as the app would."""
    (delivery,) = exchange.deliveries
    slack.delivery_queue.take_ack(delivery, payload)


async def test_a_trigger_opens_one_modal_within_three_seconds(slack: LocalSlack, raw: Raw) -> None:
    asked, opened = await _open(slack, raw)
    assert opened.error is None
    assert asked.view is not None
    assert opened.body["view"]["id"] == asked.view.id
    assert opened.body["view"]["private_metadata"] == "here"
    assert text_of(asked.view.payload) == "Ask the news\nAsk\nQuestion\nSource\nSince"
    again = await raw("views.open", trigger_id=_trigger(asked), view=form())
    assert again.error == "exchanged_trigger_id"
    late = await slack.global_shortcut(slack.ann, "ask")
    slack.clock.advance(3.1)
    expired = await raw("views.open", trigger_id=_trigger(late), view=form())
    assert expired.error == "expired_trigger_id"
    assert (await raw("views.open", trigger_id="1.2.3", view=form())).error == "invalid_trigger_id"
    assert (await raw("views.open", view=form())).error == "invalid_arguments"


async def test_home(slack: LocalSlack, raw: Raw) -> None:
    published = await raw("views.publish", user_id=slack.ann.id, view=HOME)
    again = await raw("views.publish", user_id=slack.ann.id, view=HOME)
    assert again.body["view"]["id"] == published.body["view"]["id"]
    assert (await raw("views.publish", user_id="U1", view=HOME)).error == "user_not_found"
    assert (await raw("views.publish", user_id=slack.ann.id, view=form())).error == "invalid_arguments"
    opened = await slack.open_home(slack.ann)
    assert opened.deliveries[0].payload["event"]["view"]["id"] == published.body["view"]["id"]
    assert slack.home(slack.kim) is None


async def test_a_form_is_filled_in_as_a_client_lets_people_and_closes(slack: LocalSlack, raw: Raw) -> None:
    asked, _ = await _open(slack, raw)
    for values, reason in (
        ({}, "'Question' must be filled in"),
        ({"question": "x" * 101}, "0 to 100 characters"),
        ({"question": "two\nlines"}, "one line"),
        ({"question": "A", "since": "someday"}, "no day"),
        ({"question": "A", "source": "reuters"}, "no option 'reuters'"),
        ({"question": "A", "colour": "red"}, r"no \['colour'\]"),
    ):
        with pytest.raises(NotPossible, match=reason):
            await slack.submit(slack.ann, asked.view, values)
    with pytest.raises(NotPossible, match="not open for Kim"):
        await slack.submit(slack.kim, asked.view, {"question": "A"})
    sent = await slack.submit(slack.ann, asked.view, {"Question": "A", "since": "2026-01-31"})
    assert sent.deliveries[0].payload["view"]["state"]["values"] == {
        "question": {"typed": {"type": "plain_text_input", "value": "A"}},
        "since": {"since": {"type": "datepicker", "selected_date": "2026-01-31"}},
        "source": {"source": {"type": "external_select", "selected_option": None}},
    }
    _acked(slack, sent, {"response_action": "clear"})
    assert slack.modal(slack.ann) is None
    assert slack.problems == ["ack: the bot answers by calls, and not with this"]


async def test_options_are_held_to_the_rules(slack: LocalSlack, raw: Raw) -> None:
    asked, _ = await _open(slack, raw)
    many = [{"text": plain("A"), "value": str(number)} for number in range(101)]
    marked = [{"text": {"type": "mrkdwn", "text": "A"}, "value": "1"}]
    typed = [await slack.suggest(slack.ann, asked.view, "source", "") for _ in range(3)]
    for one, options in zip(typed, (many, marked, many[:2]), strict=True):
        _acked(slack, one, {"options": options})
    assert typed[-1].options == many[:2]
    assert slack.problems == [
        "ack: no more than 100 items allowed [json-pointer:/options]",
        "ack: must be a valid enum value [json-pointer:/options/0/text/type]",
    ]
    sent = await slack.submit(slack.ann, asked.view, {"question": "A", "source": "1"})
    state = sent.deliveries[0].payload["view"]["state"]["values"]
    assert state["source"]["source"]["selected_option"] == many[1]


async def test_choices_in_messages(slack: LocalSlack, raw: Raw) -> None:
    options = [{"text": {**plain(name), "emoji": False}, "value": name.lower()} for name in ("Day", "Week")]
    several = {"max_selected_items": 1, "type": "multi_external_select", "initial_options": options}
    elements: list[dict[str, Any]] = [
        {"type": "static_select", "action_id": "since", "options": options},
        {"type": "checkboxes", "action_id": "boxes", "options": options},
        {"type": "multi_users_select", "action_id": "who"},
        {"type": "button", "action_id": "more", "text": plain("More")},
        {**several, "action_id": "several"},
    ]
    row = {"type": "actions", "elements": elements}
    message = slack.world.messages[(await raw.post("A", blocks=[row])).body["ts"]]
    for name, chosen, key, told in (
        ("since", "Week", "selected_option", options[1]),
        ("boxes", ["day", "week"], "selected_options", options),
        ("who", slack.kim, "selected_users", [slack.kim.id]),
        ("several", "day", "selected_options", options[:1]),
    ):
        payload = (await slack.choose(slack.ann, message, name, chosen)).deliveries[0].payload
        assert payload["actions"][0][key] == told
    pressed = (await slack.click(slack.ann, message, "More")).deliveries[0].payload
    assert pressed["actions"][0]["block_id"] == message.blocks[0]["block_id"]
    for act, reason in (
        (slack.choose(slack.ann, message, "since", "month"), "no option 'month'"),
        (slack.choose(slack.ann, message, "several", options), "no more than 1"),
        (slack.choose(slack.ann, message, "more", "day"), "is a button"),
        (slack.click(slack.ann, message, "since"), "is no button"),
        (slack.click(slack.ann, message, "Less"), "no 'Less'"),
    ):
        with pytest.raises(NotPossible, match=reason):
            await act


async def test_a_status_can_stand_in_a_channels_thread(slack: LocalSlack, raw: Raw) -> None:
    said = (await slack.say(slack.ann, slack.general, "Words")).said
    assert said is not None
    place = {"channel_id": slack.general.id, "thread_ts": said.ts}
    assert (await raw("assistant.threads.setStatus", **place, status="is searching...")).error is None
    nowhere = {"channel_id": slack.general.id, "thread_ts": "1.000000"}
    refused = await raw("assistant.threads.setStatus", **nowhere, status="is searching...")
    assert refused.error == "invalid_thread_ts"
    assert (await raw("assistant.threads.setTitle", **nowhere, title="A")).error == "invalid_thread_ts"


@pytest.mark.parametrize(
    ("prompts", "wrong"),
    [
        ([{"title": "A", "message": "B"}] * 4, False),
        ([{"title": "A", "message": "B"}] * 5, True),
        ([], True),
        ([{"title": "A"}], True),
        ([{"title": "A", "message": "B", "text": "C"}], True),
    ],
)
async def test_prompts(slack: LocalSlack, raw: Raw, prompts: Any, wrong: bool) -> None:
    opened = await slack.open_assistant(slack.ann)
    place = {"channel_id": slack.world.dm(slack.ann).id, "thread_ts": opened.thread_ts}
    answer = await raw("assistant.threads.setSuggestedPrompts", **place, prompts=prompts, title="Try")
    assert (answer.error == "invalid_arguments") is wrong
    assert opened.pane is not None
    assert opened.pane.prompts == (() if wrong else tuple(prompts))
