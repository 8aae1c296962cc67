"""What is for another workspace, enterprise or app is left out, whatever it is and wherever it came from."""

import copy
import logging
from collections.abc import Callable

import pytest
import pytest_asyncio

from bot.slack.api.installation import Installation
from bot.slack.requests import PLATFORM
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.slack.live import LiveBot
from tools.local_slack import Delivery, Payload, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER, OTHER_ENTERPRISE, OTHER_APP = "T0OTHER", "E0OTHER", "A0OTHER"
SECRET = "The Quiet Gazette"
OURS = Installation("T1", "E1", "A1")


def authorized(team: str, enterprise: str | None = None) -> Payload:
    """Where an event says as whose app the bot is told of it."""
    return {"authorizations": [{"team_id": team, "enterprise_id": enterprise, "is_bot": True}]}


TAKEN: dict[str, Payload] = {
    "an event": {"event": {}, "team_id": "T1", **authorized("T1", "E1")},
    "an event of a stranger in a shared channel": {"event": {}, "team_id": OTHER, **authorized("T1", "E1")},
    "an event without authorizations": {"event": {}, "team_id": "T1"},
    "a command": {"command": "/ask", "team_id": "T1", "enterprise_id": "E1", "api_app_id": "A1"},
    "a press": {"type": "block_actions", "team": {"id": "T1", "enterprise_id": "E1"}},
    "a press of a stranger": {"type": "block_actions", "team": {"id": OTHER}, "message": {"team": "T1"}},
    "a stranger's press of what they alone see": {
        "type": "block_actions",
        "team": {"id": OTHER},
        "response_url": "https://hooks.slack.com/actions/T1/2/3",
    },
    "a form": {"type": "view_submission", "team": {"id": OTHER}, "view": {"app_installed_team_id": "T1"}},
    "a check of the address": {"type": "url_verification", "challenge": "x"},
}
LEFT: dict[str, Payload] = {
    "an event": {"event": {}, "team_id": OTHER, **authorized(OTHER)},
    "an event of one of ours elsewhere": {"event": {}, "team_id": "T1", **authorized(OTHER)},
    "an event of another enterprise": {"event": {}, "team_id": "T1", **authorized("T1", OTHER_ENTERPRISE)},
    "an event of another app": {"event": {}, "api_app_id": OTHER_APP, **authorized("T1")},
    "an event of nobody": {"event": {}},
    "a command": {"command": "/ask", "team_id": OTHER, "api_app_id": "A1"},
    "a command of another enterprise": {
        "command": "/ask",
        "team_id": "T1",
        "enterprise_id": OTHER_ENTERPRISE,
    },
    "a press": {"type": "block_actions", "team": {"id": OTHER}, "message": {"team": OTHER}},
    "a press of what one alone sees": {
        "type": "block_actions",
        "team": {"id": OTHER},
        "response_url": f"https://hooks.slack.com/actions/{OTHER}/T1/3",
    },
    "a form that was opened elsewhere": {
        "type": "view_submission",
        "team": {"id": "T1"},
        "view": {"app_installed_team_id": OTHER},
    },
    "nothing": {},
    "odd kinds": {
        "team": ["T1"],
        "view": "T1",
        "message": None,
        "response_url": 7,
        "authorizations": "T1",
        "api_app_id": {},
    },
    "odd kinds of an event": {"event": None, "authorizations": ["T1", None, {"team_id": ["T1"]}]},
}


@pytest.mark.parametrize("what", TAKEN)
async def test_what_is_for_this_installation_is_taken(what: str) -> None:
    assert OURS.refuses(TAKEN[what]) is None


@pytest.mark.parametrize("what", LEFT)
async def test_what_is_for_another_is_left_out(what: str) -> None:
    assert OURS.refuses(LEFT[what])


async def test_a_workspace_of_no_enterprise_takes_nothing_of_one() -> None:
    assert Installation("T1").refuses({"event": {}, **authorized("T1", "E1")})
    assert Installation("T1").refuses({"event": {}, **authorized("T1")}) is None


# The whole bot: what Slack really sent, turned into another's


Turned = Callable[[Payload], None]


def of_another_team(body: Payload) -> None:
    """All that names the workspace names another."""
    for place in (body, *body.get("authorizations", ())):
        for key in ("team_id", "context_team_id"):
            if key in place:
                place[key] = OTHER
    for key in ("team", "message"):
        if isinstance(body.get(key), dict):
            body[key]["id" if key == "team" else "team"] = OTHER
    if "view" in body:
        body["view"] |= {"team_id": OTHER, "app_installed_team_id": OTHER}
    if body.get("response_url"):
        scheme, host, way, _, rest = (
            body["response_url"].replace("://", "|", 1).replace("/", "|", 3).split("|")
        )
        body["response_url"] = f"{scheme}://{host}/{way}/{OTHER}/{rest}"


def of_another_enterprise(body: Payload) -> None:
    """The enterprise is another."""
    for place in (body, *body.get("authorizations", ())):
        place["enterprise_id"] = OTHER_ENTERPRISE
    if isinstance(body.get("team"), dict):
        body["team"]["enterprise_id"] = OTHER_ENTERPRISE


def of_another_app(body: Payload) -> None:
    """The app is another."""
    body["api_app_id"] = OTHER_APP


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sent(live: LiveBot) -> dict[str, Payload]:
    """One of each, as Slack sent it and the bot answered it."""
    slack = live.slack
    said = await live.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    asked = await live.ask(slack.ann, slack.general)
    form = await live.command(slack.ann, slack.general, "/ask")
    suggested = await slack.suggest(slack.ann, form.view, "source", "")
    await suggested.acknowledged(PATIENCE)
    submitted = await live.done(await slack.submit(slack.ann, form.view, {"question": PASSING}))
    pressed = await live.press(slack.ann, asked.message, "why")
    checked = await live.check(slack.ann, said.said)
    mention = next(one for one in said.deliveries if one.payload["event"]["type"] == "app_mention")
    others = {
        "command": asked,
        "press": pressed,
        "form": submitted,
        "suggestion": suggested,
        "shortcut": checked,
    }
    return {"event": mention.payload} | {name: one.deliveries[0].payload for name, one in others.items()}


async def resend(live: LiveBot, kind: str, body: Payload) -> Delivery:
    """Send something again, as something new; it was acknowledged, and all that it led to is done."""
    slack = live.slack
    fresh = slack.clock.new_id("X")
    if kind == "event":
        delivery = slack.delivery_queue.new("events_api")
        delivery.payload = body | {"event_id": fresh}
        slack.delivery_queue.send(delivery)
    elif kind == "command":
        delivery = slack.send_raw("slash_commands", body | {"trigger_id": fresh})
    else:
        if kind == "form":
            body = body | {"view": body["view"] | {"id": fresh}}
        delivery = slack.send_raw("interactive", body | {"trigger_id": fresh})
    await slack.until(lambda: delivery.acked is not None, PATIENCE)
    await live.idle()
    return delivery


@pytest.mark.parametrize("turned", [of_another_team, of_another_enterprise, of_another_app])
async def test_nothing_that_is_for_another_installation_is_answered_and_all_of_it_is_acknowledged(
    live: LiveBot, caplog: pytest.LogCaptureFixture, sent: dict[str, Payload], turned: Turned
) -> None:
    live.rest()
    slack = live.slack
    calls = len(slack.requests)
    with caplog.at_level(logging.WARNING, "bot.slack.app"):
        for kind, payload in sent.items():
            body = copy.deepcopy(payload)
            turned(body)
            assert not (await resend(live, kind, body)).ack
    assert [request.method for request in slack.requests[calls:] if request.method != "ack"] == []
    assert "was left out" in caplog.text
    assert PASSING not in caplog.text


# Menus


def by(body: Payload, user: User) -> Payload:
    """The same, done by somebody else."""
    return body | {"user": {"id": user.id, "name": user.name, "team_id": user.team_id}}


@pytest.mark.parametrize("setting", ["sources", "collections", "admin_groups"])
async def test_what_can_be_set_is_offered_to_those_alone_who_may(
    live: LiveBot, sent: dict[str, Payload], setting: str
) -> None:
    slack = live.slack
    forged = copy.deepcopy(sent["suggestion"]) | {"action_id": f"nd:set::{setting}", "value": ""}
    del forged["view"]
    forged |= {"channel": {"id": slack.general.id, "name": "general"}}
    offered = (await resend(live, "suggestion", by(forged, slack.admin))).ack
    assert offered
    assert offered["options"]
    for user in (slack.ann, slack.guest, slack.stranger):
        assert (await resend(live, "suggestion", by(forged, user))).ack == {"options": []}


# Gone


async def test_where_the_app_was_removed_nothing_of_its_talk_is_kept(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    asked = await live.ask(slack.ann, slack.general)
    assert asked.message
    await live.record(asked.message)  # it is there
    await live.command(slack.admin, slack.general, "/corpus", "remove nothing")
    chat_store, team = live.service.chat_store, slack.team.id
    assert await live.service.db_worker.run(chat_store.audit.entries, PLATFORM, team, 1)
    removed = slack.dispatch({"type": "app_uninstalled"})
    await slack.until(lambda: removed.acked is not None, PATIENCE)
    await live.idle()
    with pytest.raises(AssertionError):
        await live.record(asked.message)
    assert not await live.service.db_worker.run(chat_store.audit.entries, PLATFORM, team, 1)
