"""The settings of a community and of each of its channels."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import msgspec

PASSAGES = 5
"""The most quotes of an answer: with their buttons they fill 37 of the 40 components of a Discord message."""
LIMITS = (1, 2, 3, 6, 10, 20, 30, 60, 120)
"""The choices of questions per minute. A question takes about 20 ms of one core at 53,000 passages, so the
highest is a twenty-fifth of a machine."""
LANGUAGES = ("", "en", "ko", "ja")
"""The languages of the bot's messages; empty is each reader's own."""


class AnswerPolicy(StrEnum):
    """What the bot answers in a channel; each includes those before it."""

    NOWHERE = "nowhere"
    COMMANDS = "commands"
    MENTIONS = "mentions"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting with its default.

    `collections` and `sources` restrict searches; empty means no restriction. `private` shows answers to
    commands to the asker alone by default. `person_limit` and `channel_limit` are questions per minute.
    `notices` sends a channel notices about failing sources; it can't be set for a whole community.
    """

    answers: AnswerPolicy = AnswerPolicy.MENTIONS
    collections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    private: bool = False
    passages: int = 3
    language: str = ""
    admin_roles: tuple[str, ...] = ()
    person_limit: int = 10
    channel_limit: int = 60
    notices: bool = False

    def with_changes(self, changes: "PreferenceChanges") -> "Preferences":
        """These preferences with the changes that were chosen."""
        chosen = {name: value for name, value in asdict(changes).items() if value is not None}
        return replace(self, **chosen)


@dataclass(frozen=True, slots=True)
class PreferenceChanges:
    """The preferences that were chosen for a channel or a community; None is not chosen."""

    answers: AnswerPolicy | None = None
    collections: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None
    private: bool | None = None
    passages: int | None = None
    language: str | None = None
    admin_roles: tuple[str, ...] | None = None
    person_limit: int | None = None
    channel_limit: int | None = None
    notices: bool | None = None


EMPTY = PreferenceChanges()


def encode(changes: PreferenceChanges) -> str:
    """Serialise changes."""
    return msgspec.json.encode({k: v for k, v in asdict(changes).items() if v is not None}).decode()


def decode(body: str) -> PreferenceChanges:
    """Parse serialised changes; unknown settings are dropped."""
    return msgspec.json.decode(body, type=PreferenceChanges)


def change(changes: PreferenceChanges, values: Mapping[str, object]) -> PreferenceChanges:
    """The changes with these values, validated. Raises ValueError for an invalid value."""
    known = asdict(changes)
    if unknown := values.keys() - known.keys():
        raise ValueError(f"there is no setting {', '.join(sorted(unknown))}")
    made = msgspec.convert(known | dict(values), PreferenceChanges)
    if made.passages is not None and not 1 <= made.passages <= PASSAGES:
        raise ValueError(f"an answer has 1 to {PASSAGES} quotes")
    for limit in (made.person_limit, made.channel_limit):
        if limit is not None and not LIMITS[0] <= limit <= LIMITS[-1]:
            raise ValueError(f"a limit is {LIMITS[0]} to {LIMITS[-1]} questions a minute")
    if made.language is not None and made.language not in LANGUAGES:
        raise ValueError(f"the languages are {', '.join(LANGUAGES[1:])}")
    return made
