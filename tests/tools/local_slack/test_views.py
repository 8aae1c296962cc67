"""Modals and Homes: triggers, stacks, hashes, and what a form answers."""

from typing import Any

import pytest

from tests.tools.local_slack.conftest import Answer, Raw
from tests.tools.local_slack.small_bot import form, plain
from tools.local_slack import Exchange, LocalSlack, NotPossible
from tools.local_slack.delivery.delivery_queue import Delivery

HOME = {"type": "home", "blocks": [{"type": "divider"}]}


def note(**more: Any) -> dict[str, Any]:
    """A modal that asks nothing."""
    return {"type": "modal", "title": plain("Note"), "blocks": [{"type": "divider"}], **more}


async def _open(slack: LocalSlack, raw: Raw, view: Any) -> tuple[Exchange, Answer]:
    asked = await slack.command(slack.ann, slack.general, "/ask")
    return asked, await raw("views.open", trigger_id=_trigger(asked), view=view)


def _trigger(exchange: Exchange) -> str:
    return str(exchange.deliveries[0].payload["trigger_id"])


def _acked(slack: LocalSlack, exchange: Exchange, payload: Any) -> Delivery:
    """Acknowledge an interaction as the app would."""
    (delivery,) = exchange.deliveries
    slack.delivery_queue.take_ack(delivery, payload)
    return delivery


async def test_a_trigger_opens_one_modal_within_three_seconds(slack: LocalSlack, raw: Raw) -> None:
    asked, opened = await _open(slack, raw, form())
    assert opened.error is None
    assert asked.view is not None
    assert opened.body["view"]["id"] == asked.view.id
    assert opened.body["view"]["private_metadata"] == "here"
    again = await raw("views.open", trigger_id=_trigger(asked), view=form())
    assert again.error == "exchanged_trigger_id"
    late = await slack.command(slack.ann, slack.general, "/ask")
    slack.clock.advance(3.1)
    expired = await raw("views.open", trigger_id=_trigger(late), view=form())
    assert expired.error == "expired_trigger_id"
    assert (await raw("views.open", trigger_id="1.2.3", view=form())).error == "invalid_trigger_id"
    assert (await raw("views.open", view=form())).error == "invalid_arguments"


async def test_modals_are_stacked_three_high(slack: LocalSlack, raw: Raw) -> None:
    sends = note(submit=plain("Deeper"))
    asked, _ = await _open(slack, raw, sends)
    for _ in range(3):
        sent = await slack.submit(slack.ann, slack.modal(slack.ann))
        _acked(slack, sent, {"response_action": "push", "view": sends})
    assert slack.problems == ["ack: push_limit_reached"]
    view = slack.modal(slack.ann)
    assert view is not None
    assert asked.view is not None
    assert view.root == asked.view.id
    with pytest.raises(NotPossible, match="not open"):
        await slack.submit(slack.ann, asked.view)
    await slack.close(slack.ann, view)
    assert slack.modal(slack.ann) == slack.views.views[view.previous or ""]
    await slack.close(slack.ann, slack.modal(slack.ann), all_of_them=True)
    assert slack.modal(slack.ann) is None


async def test_an_external_id_is_given_once(slack: LocalSlack, raw: Raw) -> None:
    await _open(slack, raw, note(external_id="mine"))
    other = await slack.command(slack.kim, slack.general, "/ask")
    again = await raw("views.open", trigger_id=_trigger(other), view=note(external_id="mine"))
    assert again.error == "duplicate_external_id"


async def test_home(slack: LocalSlack, raw: Raw) -> None:
    published = await raw("views.publish", user_id=slack.ann.id, view=HOME)
    first = published.body["view"]["hash"]
    again = await raw("views.publish", user_id=slack.ann.id, view=HOME, hash=first)
    assert again.body["view"]["id"] == published.body["view"]["id"]
    stale = await raw("views.publish", user_id=slack.ann.id, view=HOME, hash=first)
    assert stale.error == "hash_conflict"
    assert (await raw("views.publish", user_id="U1", view=HOME)).error == "user_not_found"
    assert (await raw("views.publish", user_id=slack.ann.id, view=note())).error == "invalid_arguments"
    opened = await slack.open_home(slack.ann)
    assert opened.deliveries[0].payload["event"]["view"]["id"] == published.body["view"]["id"]
    assert slack.home(slack.kim) is None


async def test_a_form_closes_stays_changes_or_grows(slack: LocalSlack, raw: Raw) -> None:
    asked, _ = await _open(slack, raw, form())
    view = asked.view
    wrong = await slack.submit(slack.ann, view, {"question": "bad"})
    _acked(slack, wrong, {"response_action": "errors", "errors": {"question": "No"}})
    assert wrong.errors == {"question": "No"}
    assert slack.modal(slack.ann) is not None
    changed = await slack.submit(slack.ann, view, {"question": "A"})
    _acked(slack, changed, {"response_action": "update", "view": form("Wait")})
    assert changed.view is not None
    assert changed.view.title == "Wait"
    assert changed.view.values["question"]["typed"]["value"] == "A"
    pushed = await slack.submit(slack.ann, view, {})
    _acked(slack, pushed, {"response_action": "push", "view": note()})
    assert pushed.view is not None
    assert pushed.view.title == "Note"
    await slack.close(slack.ann, pushed.view)
    closed = await slack.close(slack.ann, view)
    assert closed.deliveries[0].payload["type"] == "view_closed"
    view = (await _open(slack, raw, form()))[0].view
    sent = await slack.submit(slack.ann, view, {"question": "A"})
    _acked(slack, sent, None)
    assert slack.modal(slack.ann) is None
    slack.assert_valid()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"response_action": "errors", "errors": {"other": "No"}}, "ack: errors for what is no input: other"),
        ({"response_action": "errors", "errors": {}}, "ack: errors must be an object that is not empty"),
        ({"response_action": "shut"}, "ack: unknown response_action: shut"),
        ({"text": "Done"}, "ack: missing response_action"),
        (
            {"response_action": "push", "view": note(title=plain("x" * 25))},
            "ack: must be less than 25 characters [json-pointer:/view/title/text]",
        ),
    ],
)
async def test_answers_to_a_form_that_are_wrong(
    slack: LocalSlack, raw: Raw, given: Any, message: str
) -> None:
    asked, _ = await _open(slack, raw, form())
    sent = await slack.submit(slack.ann, asked.view, {"question": "A"})
    _acked(slack, sent, given)
    assert slack.problems == [message]
    assert slack.modal(slack.ann) is not None


async def test_what_people_can_fill_in(slack: LocalSlack, raw: Raw) -> None:
    asked, _ = await _open(slack, raw, form())
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
    state = sent.deliveries[0].payload["view"]["state"]["values"]
    assert state["question"]["typed"] == {"type": "plain_text_input", "value": "A"}
    assert state["since"]["since"] == {"type": "datepicker", "selected_date": "2026-01-31"}
    assert state["source"]["source"] == {"type": "external_select", "selected_option": None}


async def test_options_are_held_to_the_rules(slack: LocalSlack, raw: Raw) -> None:
    asked, _ = await _open(slack, raw, form())
    many = [{"text": plain("A"), "value": str(number)} for number in range(101)]
    typed = await slack.suggest(slack.ann, asked.view, "source", "")
    _acked(slack, typed, {"options": many})
    typed = await slack.suggest(slack.ann, asked.view, "source", "")
    _acked(slack, typed, {"options": [{"text": {"type": "mrkdwn", "text": "A"}, "value": "1"}]})
    typed = await slack.suggest(slack.ann, asked.view, "source", "")
    _acked(slack, typed, {"option_groups": [{"label": plain("G"), "options": many[:2]}]})
    assert [one["value"] for one in typed.options] == ["0", "1"]
    assert slack.problems == [
        "ack: no more than 100 items allowed [json-pointer:/options]",
        "ack: must be a valid enum value [json-pointer:/options/0/text/type]",
    ]


async def test_choices_in_messages(slack: LocalSlack, raw: Raw) -> None:
    options = [{"text": plain(name), "value": name.lower()} for name in ("Day", "Week")]
    blocks = [
        {
            "type": "actions",
            "block_id": "when",
            "elements": [
                {"type": "static_select", "action_id": "since", "options": options},
                {"type": "checkboxes", "action_id": "boxes", "options": options},
                {"type": "users_select", "action_id": "who"},
                {"type": "datepicker", "action_id": "day"},
                {"type": "overflow", "action_id": "more", "options": options},
            ],
        }
    ]
    message = slack.world.messages[(await raw.post("A", blocks=blocks)).body["ts"]]
    chosen = await slack.choose(slack.ann, message, "since", "Week")
    action = chosen.deliveries[0].payload["actions"][0]
    assert action["selected_option"]["value"] == "week"
    boxes = (await slack.choose(slack.ann, message, "boxes", ["day", "week"])).deliveries[0].payload
    assert [one["value"] for one in boxes["actions"][0]["selected_options"]] == ["day", "week"]
    who = (await slack.choose(slack.ann, message, "who", slack.kim)).deliveries[0].payload
    assert who["actions"][0]["selected_user"] == slack.kim.id
    day = (await slack.choose(slack.ann, message, "day", "2026-01-31")).deliveries[0].payload
    assert day["actions"][0]["selected_date"] == "2026-01-31"
    assert day["state"]["values"]["when"].keys() == {"since", "boxes", "who", "day"}
    more = (await slack.choose(slack.ann, message, "more", "day")).deliveries[0].payload
    assert more["actions"][0]["selected_option"]["value"] == "day"
    with pytest.raises(NotPossible, match="no option 'month'"):
        await slack.choose(slack.ann, message, "since", "month")
    with pytest.raises(NotPossible, match="is no button"):
        await slack.click(slack.ann, message, "since")
    with pytest.raises(NotPossible, match="there is no 'until'"):
        await slack.choose(slack.ann, message, "until", "day")
