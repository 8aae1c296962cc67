"""Two communities, a direct message, and who is there and asks there."""

from dataclasses import replace

from bot.chat.venue import Audience, Caller, Person, Venue

CITY = Venue("discord", "100", "10")
CITY_OTHER = Venue("discord", "100", "11")
CITY_THREAD = Venue("discord", "100", "10", thread="15", own=True)
TOWN = Venue("discord", "200", "20")
DIRECT = Venue("discord", None, "77", own=True, audience=Audience.PERSON)
SLACK_DIRECT = Venue("slack", "T1", "D7", own=True, audience=Audience.PERSON)
SLACK_GROUP = Venue("slack", "T1", "C8", audience=Audience.GROUP)
PLACES = (CITY, CITY_OTHER, CITY_THREAD, TOWN, DIRECT)

ANN = Person("1", "Ann")
BOB = Person("2", "Bob")
MODERATOR = Person("3", "Mo", moderates=True)
EDITOR = Person("4", "Ed", roles=frozenset({"desk", "press"}))
ADMIN = Person("5", "Ada", manages=True)

CITY_ADMIN = Caller(CITY, ADMIN)
TOWN_ADMIN = Caller(TOWN, ADMIN)
CITY_ANN = Caller(CITY, ANN)
CITY_BOB = Caller(CITY, BOB)
TOWN_BOB = Caller(TOWN, BOB)
CITY_EDITOR = Caller(CITY, EDITOR)
CITY_MODERATOR = Caller(CITY, MODERATOR)
DIRECT_ANN = Caller(DIRECT, ANN)


def somebody(number: int) -> Person:
    """One of many people, each with an id of their own."""
    return replace(ANN, id=str(1000 + number))
