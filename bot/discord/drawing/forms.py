"""Renders forms as Discord modals, and parses submitted ones."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.cards.card import truncate
from bot.cards.form import Field, Form

TITLE = 45
"""The most characters of a modal's title and of a field's label."""


def draw_form(form: Form) -> ui.Modal:
    """The form as a modal; a submission is identified by its custom id alone."""
    modal = ui.Modal(title=truncate(form.title, TITLE), custom_id=str(form.press), timeout=None)
    for field in form.fields:
        modal.add_item(ui.Label(text=truncate(field.label, TITLE), component=_component(field)))
    modal.stop()  # see `draw` in `render.py`
    return modal


def _component(field: Field) -> "ui.Item[ui.Modal]":
    if field.options:
        options = [discord.SelectOption(label=label, value=value) for value, label in field.options]
        return ui.Select(custom_id=field.name, options=options)
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=field.limit,
        default=field.value,
    )


def chosen_of(data: Any) -> list[str]:
    """The values that were chosen in the menu of an interaction."""
    values = dict(data or {}).get("values")
    return [str(one) for one in values] if isinstance(values, list) else []


def read_form(data: Any) -> Iterator[tuple[str, str]]:
    """The fields of a submitted form with their custom ids, at any depth."""
    if isinstance(data, list):
        for one in data:
            yield from read_form(one)
    elif isinstance(data, dict):
        for below in ("components", "component"):
            yield from read_form(data.get(below))
        if "components" in data:
            return
        if isinstance(data.get("value"), str):
            yield str(data.get("custom_id")), data["value"]
        elif isinstance(data.get("values"), list) and "component_type" not in data:
            yield str(data.get("custom_id")), ", ".join(map(str, data["values"]))
