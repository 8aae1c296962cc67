"""Forms: within Slack's limits in every language, and read again as they were sent."""

import asyncio
from typing import Any, cast

import pytest

from bot.actions.button_handlers import REASONS, reason_form
from bot.actions.call import ButtonPress
from bot.actions.settings_panel import NAMES_LIMIT
from bot.cards.form import Field, Form
from bot.cards.press import Press
from bot.cards.request import Request
from bot.chat.venue import Person, Venue
from bot.messages.catalogue import LOCALES, messages_for
from bot.slack.drawing.forms import ask_form, chosen_of, draw_form, read_form, read_note
from bot.slack.drawing.render import CANVAS, Block
from retrieval.question.query import QUESTION_LIMIT
from tools.local_slack import check_view, load_description

NOTE = {"channel": "C012AB3CD", "address": "https://hooks.example/" + "a" * 150, "thread": "1.2"}


def pressed(language: str, press: Press) -> ButtonPress:
    """A press by a reader of that language, which needs nothing but words."""
    messages = messages_for(language, "slack")
    venue, nothing = Venue("slack", "T1", "C1"), cast(Any, None)
    request = Request(venue, Person("U1", "Ann"), messages, messages, CANVAS)
    return ButtonPress(nothing, nothing, request, nothing, press)


def reason(language: str) -> Form:
    return asyncio.run(reason_form(pressed(language, Press("down", "AbCdEfGhIjKl"))))


def names(language: str, press: Press, chosen: str) -> Form:
    messages = messages_for(language, "slack")
    field = Field("names", messages("setting-sources-names"), value=chosen, limit=NAMES_LIMIT)
    return Form(messages("sources-title"), press, (field,))


def forms(language: str) -> list[Block]:
    messages = messages_for(language, "slack")
    return [
        ask_form(messages, NOTE),
        ask_form(messages, NOTE, "q" * (QUESTION_LIMIT + 5)),
        draw_form(reason(language), messages, NOTE),
        draw_form(
            names(language, Press("named-sources", "C012AB3CD"), "n" * (NAMES_LIMIT + 5)), messages, NOTE
        ),
        draw_form(names(language, Press("named-sources"), ""), messages, NOTE),
    ]


@pytest.mark.parametrize("language", LOCALES)
def test_every_form_is_valid_and_keeps_its_note(language: str) -> None:
    for form in forms(language):
        check_view(load_description(), form, "modal")
        assert read_note(form) == NOTE
        assert "…" not in form["title"]["text"]
        assert "…" not in form["submit"]["text"]


def test_the_reasons_are_those_that_are_kept() -> None:
    form = draw_form(reason("en"), messages_for("en", "slack"), {})
    (kinds,) = [block["element"] for block in form["blocks"] if block["block_id"] == "kind"]
    assert tuple(option["value"] for option in kinds["options"]) == REASONS


def test_a_form_is_read_by_the_names_of_its_fields() -> None:
    values = {
        "question": {"question": {"type": "plain_text_input", "value": "Who won?"}},
        "source": {"source": {"type": "external_select", "selected_option": {"value": "AP"}}},
        "since": {"since": {"type": "datepicker", "selected_date": "2026-01-14"}},
        "until": {"until": {"type": "datepicker", "selected_date": None}},
        "private": {"private": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
    }
    assert read_form({"state": {"values": values}}) == {
        "question": "Who won?",
        "source": "AP",
        "since": "2026-01-14",
        "until": "",
        "private": "yes",
    }


@pytest.mark.parametrize(
    ("element", "chosen"),
    [
        ({"selected_users": ["U1", "U2"]}, ["U1", "U2"]),
        ({"selected_users": []}, []),
        ({"selected_options": [{"value": "S1"}, {"value": "S2"}]}, ["S1", "S2"]),
        ({"selected_options": []}, []),
        ({"selected_option": None}, []),
        ({"selected_option": {"value": "a"}}, ["a"]),
        ({"value": None}, []),
        ({}, []),
    ],
)
def test_what_was_chosen_is_read_from_every_kind_of_element(
    element: dict[str, Any], chosen: list[str]
) -> None:
    assert chosen_of(element) == chosen


@pytest.mark.parametrize("metadata", [None, "", "not JSON", "[1]", "null", '"x"'])
def test_a_note_that_is_none_is_an_empty_one(metadata: str | None) -> None:
    assert read_note({"private_metadata": metadata}) == {}


@pytest.mark.parametrize("state", [None, {}, {"values": None}, {"values": {}}])
def test_a_form_without_fields_has_none(state: Any) -> None:
    assert read_form({"state": state}) == {}
