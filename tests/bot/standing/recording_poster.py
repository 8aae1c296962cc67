"""An poster that keeps what is posted through it, for tests of what all platforms share."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cards.card import Buttons, Card, Paragraph
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Audience, Venue


@dataclass
class RecordingPoster:
    """Keeps each card under its mark, as a platform keeps messages: `breaks` are ways that raise, before
    anything is kept, and `lost` raises once it is."""

    breaks: dict[str, Exception] = field(default_factory=dict)
    lost: Exception | None = None
    repeatable: timedelta = timedelta(0)
    elsewhere: frozenset[str] = frozenset()
    posted: list[tuple[Venue, str, Card]] = field(default_factory=list)

    def serves(self, venue: Venue) -> bool:
        return venue.community not in self.elsewhere

    async def place(self, standing: StandingQuestion) -> Venue:
        self._break("place")
        venue = standing.venue
        if not standing.directly:
            return venue
        return Venue(venue.platform, None, f"dm{standing.person.id}", own=True, audience=Audience.PERSON)

    async def post(self, place: Venue, card: Card, mark: str) -> str:
        self._break("post")
        assert any(mark in str(press) for press in presses(card)), "the mark is in none of its buttons"
        self.posted.append((place, mark, card))
        if self.lost:
            raise self.lost
        return f"message-{mark}"

    async def find(self, place: Venue, mark: str, since: datetime) -> str | None:
        self._break("find")
        there = [one for one in self.posted if one[:2] == (place, mark)]
        return f"message-{mark}" if there else None

    def _break(self, way: str) -> None:
        if error := self.breaks.get(way):
            raise error

    def texts(self) -> list[str]:
        """What each posted card says."""
        return [text_of(card) for _, _, card in self.posted]

    def rooms(self) -> list[str]:
        """Where each stands."""
        return [place.room for place, _, _ in self.posted]


def text_of(card: Card) -> str:
    """All that a card says."""
    return "\n".join(part.text for part in card.parts if isinstance(part, Paragraph))


def presses(card: Card) -> Iterator[object]:
    """What its buttons do."""
    for part in card.parts:
        if isinstance(part, Buttons):
            yield from (button.press for button in part.buttons)


def directly(venue: Venue) -> Venue:
    """The venue as a place of the person's own."""
    return replace(venue, audience=Audience.PERSON)
