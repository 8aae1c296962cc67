"""The settings of a community and of each of its channels."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import msgspec

PASSAGES = 5
"""Most quotes of an answer: with their buttons they fill the 40 components of a Discord message to 37."""
LIMITS = (1, 2, 3, 6, 10, 20, 30, 60, 120)
"""Questions a minute to choose from. A question costs about 20 ms of one core at 53,000 passages, so the
highest is a twenty-fifth of a machine."""
LANGUAGES = ("", "en", "ko", "ja")
"""The languages of the bot's own words; empty is each reader's own."""


class AnswerPolicy(StrEnum):
    """What the bot answers in a channel; each includes those before it."""

    NOWHERE = "nowhere"
    COMMANDS = "commands"
    MENTIONS = "mentions"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting with its default.

    `collections` and `sources` narrow what the community may see, and are all of it where they are empty.
    `private` shows answers to commands to the asker alone unless they say otherwise. `person_limit` and
    `channel_limit` are questions a minute. `notices` has a channel told of sources that can't be read; a
    whole community does not choose it.
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
        """These with what a channel has chosen otherwise."""
        chosen = {name: value for name, value in asdict(changes).items() if value is not None}
        return replace(self, **chosen)


@dataclass(frozen=True, slots=True)
class PreferenceChanges:
    """What one channel, or the community as a whole, has chosen; None if it has not."""

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
    """As it is kept."""
    return msgspec.json.encode({k: v for k, v in asdict(changes).items() if v is not None}).decode()


def decode(body: str) -> PreferenceChanges:
    """Out of what `encode` made; a setting that is not known any more is left out."""
    return msgspec.json.decode(body, type=PreferenceChanges)


def change(changes: PreferenceChanges, values: Mapping[str, object]) -> PreferenceChanges:
    """The changes with these values, checked. Raises ValueError if one can't be chosen."""
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
