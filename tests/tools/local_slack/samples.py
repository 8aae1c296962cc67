"""Samples of blocks and forms."""

from typing import Any


def plain(text: str) -> dict[str, Any]:
    """A plain text."""
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str, value: str = "-") -> dict[str, Any]:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def answer(text: str) -> list[dict[str, Any]]:
    """A quote with buttons."""
    said = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [said, {"type": "actions", "elements": [button("More", "more")]}]


def form() -> dict[str, Any]:
    """A modal with one of each that the bot needs."""
    return {
        "type": "modal",
        "callback_id": "ask_form",
        "title": plain("Ask the news"),
        "submit": plain("Ask"),
        "private_metadata": "here",
        "blocks": [
            {
                "type": "input",
                "block_id": "question",
                "label": plain("Question"),
                "element": {"type": "plain_text_input", "action_id": "typed", "max_length": 100},
            },
            {
                "type": "input",
                "block_id": "source",
                "optional": True,
                "label": plain("Source"),
                "element": {"type": "external_select", "action_id": "source", "min_query_length": 0},
            },
            {
                "type": "input",
                "block_id": "since",
                "optional": True,
                "label": plain("Since"),
                "element": {"type": "datepicker", "action_id": "since"},
            },
        ],
    }
