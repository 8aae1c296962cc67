"""A form, which each platform renders as its own dialog."""

from dataclasses import dataclass

from bot.cards.press import Press


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a choice of exactly one of the `options` (values and their labels), or, without any, text of
    at most `limit` characters, which may be left empty. `value` is what stands in it at first."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `press` says what is done with it once it is sent in."""

    title: str
    press: Press
    fields: tuple[Field, ...]
