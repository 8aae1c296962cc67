"""A question as a person asked it."""

from dataclasses import dataclass

from bot.chat.venue import Caller, Person, Venue


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question of a person.

    `since` and `until` are periods as people type them. `private` is None if the person did not choose.
    `message` is the id of the message with the question, unique in its community, if there is one; `replied`
    is the message that it replies to. `checked` is whether `text` is another person's message that is to be
    looked up. `addressed` is false if the question was not addressed to the bot, which then answers only if
    it is sure.
    """

    venue: Venue
    person: Person
    text: str
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    private: bool | None = None
    message: str = ""
    replied: str | None = None
    checked: bool = False
    addressed: bool = True

    def __post_init__(self) -> None:
        """Replace lone surrogates, which can't be stored or sent, by question marks."""
        for name in ("text", "since", "until"):
            object.__setattr__(self, name, _whole(getattr(self, name)))
        for name in ("sources", "collections"):
            object.__setattr__(self, name, tuple(map(_whole, getattr(self, name))))

    @property
    def caller(self) -> Caller:
        """Who asks, and where."""
        return Caller(self.venue, self.person)


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()
