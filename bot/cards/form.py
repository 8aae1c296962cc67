"""A form, which each platform renders as its own dialog."""

from dataclasses import dataclass

from bot.cards.press import Press


@dataclass(frozen=True, slots=True)
class Field:
    """A field: a choice of exactly one of the `options` (values and their labels), or without any a text of
    at most `limit` characters, which may be empty. `value` is its initial value."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `press` is the act when it is submitted."""

    title: str
    press: Press
    fields: tuple[Field, ...]
