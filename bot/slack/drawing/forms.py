"""Renders forms as Slack modals, and parses submitted ones."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.cards.card import truncate
from bot.cards.form import Field, Form
from bot.cards.press import Press
from bot.messages.catalogue import Messages
from bot.slack.drawing.render import LABEL, Block, option, plain
from retrieval.question.query import QUESTION_LIMIT

TITLE = 24
"""The most characters of a modal's title."""
NOTE = 3000
"""The most characters of a modal's private metadata."""


def ask_form(messages: Messages, note: Mapping[str, str], question: str = "") -> Block:
    """The form for a question with source, dates and privacy; `note` is returned when it is submitted."""
    field: Block = {
        "type": "plain_text_input",
        "action_id": "question",
        "multiline": True,
        "max_length": QUESTION_LIMIT,
        "min_length": 1,
    }
    if question:
        field["initial_value"] = question[:QUESTION_LIMIT]
    source = {
        "type": "external_select",
        "action_id": "source",
        "min_query_length": 0,
        "placeholder": plain(truncate(messages("describe-source"), LABEL)),
    }
    private = {
        "type": "checkboxes",
        "action_id": "private",
        "options": [{"text": plain(truncate(messages("describe-private"), LABEL)), "value": "yes"}],
    }
    return _form(
        messages("form-ask"),
        Press("asked"),
        messages,
        note,
        [
            _input("question", messages("describe-question"), field),
            _input("source", messages("form-source"), source, optional=True),
            _input(
                "since", messages("form-since"), {"type": "datepicker", "action_id": "since"}, optional=True
            ),
            _input(
                "until", messages("form-until"), {"type": "datepicker", "action_id": "until"}, optional=True
            ),
            _input("private", messages("form-private"), private, optional=True),
        ],
    )


def draw_form(form: Form, messages: Messages, note: Mapping[str, str]) -> Block:
    """A form as a modal; `note` is returned when it is submitted."""
    blocks = [
        _input(field.name, field.label, _element(field), optional=not field.options) for field in form.fields
    ]
    return _form(form.title, form.press, messages, note, blocks)


def _element(field: Field) -> Block:
    """A menu of the field's options, or a multi-line text input."""
    if field.options:
        options = [option(label, value) for value, label in field.options]
        return {"type": "static_select", "action_id": field.name, "options": options}
    element: Block = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": True,
        "max_length": field.limit,
    }
    return element | ({"initial_value": field.value[: field.limit]} if field.value else {})


def _form(
    title: str, press: Press, messages: Messages, note: Mapping[str, str], blocks: list[Block]
) -> Block:
    return {
        "type": "modal",
        "callback_id": str(press),
        "title": plain(truncate(title, TITLE)),
        "submit": plain(truncate(messages("form-send"), TITLE)),
        "close": plain(truncate(messages("button-cancel"), TITLE)),
        "private_metadata": json.dumps(dict(note))[:NOTE],
        "blocks": blocks,
    }


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(truncate(label, 2000)),
        "element": element,
        "optional": optional,
    }


def read_form(view: Mapping[str, Any]) -> dict[str, str]:
    """The values of a submitted form by the names of its fields."""
    return dict(_fields(view.get("state") or {}))


def _fields(state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for block in (state.get("values") or {}).values():
        for name, field in block.items():
            yield name, ",".join(chosen_of(field))


def chosen_of(element: Mapping[str, Any]) -> list[str]:
    """The values that were chosen or typed in an element of any kind."""
    if isinstance(element.get("selected_users"), list):
        return [str(one) for one in element["selected_users"]]
    options = element.get("selected_options") or [element.get("selected_option")]
    values = [str(option["value"]) for option in options if option]
    typed = element.get("value") or element.get("selected_date") or ""
    return values or ([str(typed)] if typed else [])


def read_note(view: Mapping[str, Any]) -> dict[str, str]:
    """The note in a modal's private metadata; empty if it is malformed."""
    try:
        note = json.loads(view.get("private_metadata") or "{}")
    except json.JSONDecodeError:
        return {}
    return {str(name): str(value) for name, value in note.items()} if isinstance(note, dict) else {}
