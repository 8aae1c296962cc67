"""Forms (modals) of Slack: a question with its options, what was wrong with an answer, sources by name."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.cards.card import truncate
from bot.cards.press import Press
from bot.messages.catalogue import Messages
from bot.service.actions import NAMES_LIMIT, REASON_LIMIT, REASONS
from bot.slack.drawing.render import LABEL, Block, plain
from retrieval.question.query import QUESTION_LIMIT

TITLE = 24
"""Characters of a form's title."""
NOTE = 3000
"""Characters that a form may keep for when it is sent in."""


def ask_form(messages: Messages, note: Mapping[str, str], question: str = "") -> Block:
    """A question with source, dates and whether it is private; `note` comes back with it."""
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


def reason_form(messages: Messages, press: Press, note: Mapping[str, str]) -> Block:
    """What was wrong with an answer."""
    kinds = [{"text": plain(truncate(messages(f"reason-{kind}"), LABEL)), "value": kind} for kind in REASONS]
    menu = {"type": "static_select", "action_id": "kind", "options": kinds}
    words = {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": True,
        "max_length": REASON_LIMIT,
    }
    return _form(
        messages("reason-title"),
        press,
        messages,
        note,
        [
            _input("kind", messages("reason-kind"), menu),
            _input("words", messages("reason-text"), words, optional=True),
        ],
    )


def names_form(messages: Messages, press: Press, note: Mapping[str, str], names: str) -> Block:
    """Sources by name."""
    field: Block = {
        "type": "plain_text_input",
        "action_id": "names",
        "multiline": True,
        "max_length": NAMES_LIMIT,
    }
    if names:
        field["initial_value"] = names[:NAMES_LIMIT]
    return _form(
        messages("sources-title"),
        press,
        messages,
        note,
        [_input("names", messages("setting-sources-names"), field, optional=True)],
    )


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
    """The fields of a form that was sent in, by their names."""
    return dict(_fields(view.get("state") or {}))


def _fields(state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for block in (state.get("values") or {}).values():
        for name, field in block.items():
            yield name, ",".join(chosen_of(field))


def chosen_of(element: Mapping[str, Any]) -> list[str]:
    """What was chosen in or typed into an element, whatever its kind."""
    if isinstance(element.get("selected_users"), list):
        return [str(one) for one in element["selected_users"]]
    options = element.get("selected_options") or [element.get("selected_option")]
    values = [str(option["value"]) for option in options if option]
    typed = element.get("value") or element.get("selected_date") or ""
    return values or ([str(typed)] if typed else [])


def read_note(view: Mapping[str, Any]) -> dict[str, str]:
    """What a form kept for when it is sent in."""
    try:
        note = json.loads(view.get("private_metadata") or "{}")
    except json.JSONDecodeError:
        return {}
    return {str(name): str(value) for name, value in note.items()} if isinstance(note, dict) else {}
