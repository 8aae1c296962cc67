"""A week of polling feeds that do whatever feeds do: no article is lost, and none is there twice."""

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.bot.polling.newsstand import Newsstand, feed_at
from tests.corpus.feeds import item
from tests.fault.newsroom import served

WORDS = "ferry bridge tram harbour museum orchestra library market stadium river council engineer".split()
WINDOW = 8
"""Articles that a feed holds at a time."""
STEP = timedelta(hours=6)
TICKS = 28
"""Of a week."""
SEEDS = int(os.environ.pop("NEWSDESK_WEEKS", "1"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""


@dataclass
class Story:
    """An article as its newsroom knows it."""

    number: int
    text: str
    headline: str
    born: int
    slug: str
    guid: str
    edits: int = 0
    shown: str = ""
    """The text of it that a poll was given last; empty where none ever was."""


@dataclass
class Newsroom:
    """One feed with its habits, over time."""

    name: str
    chance: random.Random
    habits: frozenset[str]
    stories: list[Story] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    down: bool = False

    def work(self, tick: int) -> None:
        """Some hours of a newsroom."""
        for _ in range(self.chance.randrange(5)):
            self._publish(tick)
        for story in self.window():
            if self.chance.random() < 0.15:
                self._edit(story)
        if "deletes" in self.habits and self.chance.random() < 0.2 and self.window():
            self.hidden.add(self.chance.choice(self.window()).number)
        self.down = self.chance.random() < 0.1

    def _publish(self, tick: int) -> None:
        number = len(self.stories)
        sentences = [
            f"{self.chance.choice(WORDS).title()} {self.chance.randrange(10_000)} met "
            f"{self.chance.choice(WORDS)} {self.chance.randrange(10_000)} by {self.chance.randrange(10_000)}."
            for _ in range(40)
        ]
        text = f"Story {self.name} {number} begins here. {' '.join(sentences)}"
        headline = f"{self.name} tells of {self.chance.choice(WORDS)} {number}"
        self.stories.append(Story(number, text, headline, tick, f"/{number}-{number * 7}", f"guid-{number}"))

    def _edit(self, story: Story) -> None:
        story.edits += 1
        story.text = f"{story.text} Corrected for the {story.edits}th time, says edit {story.edits}."
        if "renames" in self.habits and self.chance.random() < 0.5:
            story.slug = f"/{story.number}-renamed-{story.edits}"
            story.headline = f"{story.headline} again"

    def window(self) -> list[Story]:
        """What the feed has, the newest first."""
        return [story for story in self.stories if story.number not in self.hidden][-WINDOW:][::-1]

    def items(self, stand: Newsstand, tick: int) -> list[str]:
        """The feed's items as it writes them at this moment."""
        return [self._item(story, stand, tick) for story in self.window()]

    def _item(self, story: Story, stand: Newsstand, tick: int) -> str:
        story.shown = story.text
        moves = "moves dates" in self.habits
        date = format_datetime(stand.now if moves else stand.now - STEP * (tick - story.born))
        guid = {"new guids": f"{story.guid}-{tick}", "one guid": "the-guid", "no guids": ""}
        link = story.slug
        if "counts" in self.habits:
            link += f"?utm_source=rss&utm_id={tick}"
        if "no links" in self.habits:
            link = ""
        name = next((value for habit, value in guid.items() if habit in self.habits), story.guid)
        return item(story.headline, link, name, story.text, "" if "no dates" in self.habits else date)


HABITS = [
    frozenset[str](),
    frozenset({"new guids", "moves dates"}),
    frozenset({"one guid", "deletes"}),
    frozenset({"no guids", "counts"}),
    frozenset({"no links", "deletes"}),
    frozenset({"renames"}),
    frozenset({"renames", "moves dates", "counts"}),
    frozenset({"no links", "new guids"}),
    frozenset({"no dates", "no guids", "deletes"}),
]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_week_loses_no_article_and_has_none_twice(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rooms = [
        Newsroom(f"room{number}", random.Random(seed * 100 + number), habits)
        for number, habits in enumerate(HABITS)
    ]
    stand = Newsstand(tmp_path, *(room.name for room in rooms))
    for tick in range(TICKS):
        for room in rooms:
            room.work(tick)
            if room.down:
                stand.fail(room.name)
            else:
                stand.give(room.name, *room.items(stand, tick))
        if chance.random() < 0.1:
            stand.poller = stand.another_poller()  # the process was started anew
        back = chance.random() < 0.05  # the clock is set back, and forward again with the next step
        stand.poll(timedelta(days=-365) if back else STEP, everything=True)
        stand.now += timedelta(days=365) + STEP if back else timedelta(0)
        if chance.random() < 0.2:
            again = stand.poll(timedelta(0), everything=True)
            assert again.counts() == (0, 0, 0), "nothing is new, so nothing changes"
    texts = served(stand.home, "news").values()
    expected = Counter(story.shown for room in rooms for story in room.stories if story.shown)
    assert Counter(texts) == expected
    assert len(stand.sources()) == len(rooms)
    assert all(stand.home.fetch_cache.get(feed_at(room.name)) for room in rooms)
