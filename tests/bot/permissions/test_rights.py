from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.preferences import Preferences
from bot.chat.venue import Person, Venue
from bot.permissions.rights import Community, Rights, may_administer
from tests.bot.service.people import ADMIN, ANN, CITY, DIRECT, EDITOR, MODERATOR, TOWN

SERVED = ("board", "city-hall", "news", "town-hall")
BOUND = {
    "city-hall": frozenset({("", ""), ("discord", "100")}),
    "town-hall": frozenset({("", ""), ("discord", "200")}),
}
NOBODYS = {"city-hall": frozenset({("", "")})}
SLACK = Venue("slack", "100", "10")
NONE: frozenset[Community] = frozenset()
KEPT = frozenset({("discord", "100")})


@pytest.mark.parametrize(
    ("place", "named", "bindings", "seen"),
    [
        (CITY, (), {}, SERVED),
        (CITY, (), BOUND, ("board", "city-hall", "news")),
        (TOWN, (), BOUND, ("board", "news", "town-hall")),
        (DIRECT, (), BOUND, ("board", "news")),
        (CITY, ("news",), BOUND, ("city-hall", "news")),
        (TOWN, ("news",), BOUND, ("news", "town-hall")),
        (DIRECT, ("news",), BOUND, ("news",)),
        (TOWN, ("city-hall", "news"), BOUND, ("news", "town-hall")),  # naming opens nothing that is bound
        (CITY, ("sports",), {}, ()),
        (CITY, (), NOBODYS, ("board", "news", "town-hall")),
    ],
)
def test_who_sees_which_collections(
    place: Venue, named: tuple[str, ...], bindings: dict[str, frozenset[tuple[str, str]]], seen: tuple[str]
) -> None:
    assert Rights(bindings, named).visible(place, SERVED) == seen


@pytest.mark.parametrize(
    ("place", "named", "custodians", "governed"),
    [
        (CITY, (), NONE, {"city-hall"}),
        (TOWN, (), NONE, {"town-hall"}),
        (DIRECT, (), NONE, set()),
        (DIRECT, (), KEPT, set()),
        (CITY, (), KEPT, {"board", "city-hall", "news"}),
        (TOWN, (), KEPT, {"town-hall"}),
        (CITY, ("news",), KEPT, {"city-hall", "news"}),
        (TOWN, ("news",), KEPT, {"town-hall"}),
        (CITY, ("town-hall",), KEPT, {"city-hall"}),
        (SLACK, (), KEPT, set()),  # another platform's community of the same number
        (SLACK, (), {("slack", "300")}, set()),
        (SLACK, (), {("slack", "100"), ("discord", "100")}, {"board", "news"}),
        (CITY, (), {("slack", "300")}, {"city-hall"}),
    ],
)
def test_who_looks_after_which_collections(
    place: Venue, named: tuple[str, ...], custodians: frozenset[Community], governed: set[str]
) -> None:
    rights = Rights(BOUND, named, frozenset(custodians))
    assert {name for name in SERVED if rights.governs(place, name)} == governed


@pytest.mark.parametrize(
    ("place", "custodians", "home"),
    [
        (CITY, NONE, "discord-100"),
        (CITY, KEPT, "news"),
        (TOWN, KEPT, "discord-200"),
        (Venue("slack", "T0AB1", "C1"), KEPT, "slack-t0ab1"),
        (Venue("slack", "T0AB1", "C1"), {("slack", "T0AB1")}, "news"),
        (Venue("slack", "T0AB1", "C1"), {("slack", "T0AB2")}, "slack-t0ab1"),
    ],
)
def test_what_a_community_adds_goes_to_the_shared_collection_or_to_its_own(
    place: Venue, custodians: frozenset[Community], home: str
) -> None:
    assert Rights({}, (), frozenset(custodians)).home_of(place, "news") == home


COMMUNITIES = st.sampled_from(["100", "200", "300"])
COLLECTIONS = st.sampled_from(["news", "board", "a", "b", "c"])
BINDINGS = st.dictionaries(
    COLLECTIONS,
    st.frozensets(st.tuples(st.sampled_from(["discord", "slack"]), COMMUNITIES), max_size=3).map(
        lambda bound: bound | {("", "")}
    ),
)
VENUES = st.builds(
    Venue,
    platform=st.sampled_from(["discord", "slack"]),
    community=st.none() | COMMUNITIES,
    channel=COMMUNITIES,  # a direct message may have the number of a community
    thread=st.none() | COMMUNITIES,
    own=st.booleans(),
)


@given(
    BINDINGS,
    VENUES,
    st.lists(COLLECTIONS, unique=True),
    st.frozensets(st.tuples(st.sampled_from(["discord", "slack"]), COMMUNITIES)),
)
def test_a_bound_collection_is_seen_and_governed_by_those_it_is_bound_to_alone(
    bindings: dict[str, frozenset[tuple[str, str]]],
    place: Venue,
    named: list[str],
    custodians: frozenset[Community],
) -> None:
    rights = Rights(bindings, tuple(named), custodians)
    seen = rights.visible(place, ["news", "board", "a", "b", "c"])
    for collection, bound in bindings.items():
        belongs = (place.platform, place.community) in bound
        assert (collection in seen) == belongs
        assert rights.governs(place, collection) == belongs
    for collection in seen:
        # Nobody governs what they do not see, and a channel's number stands for no community.
        assert not rights.governs(replace(place, community=None), collection)
    assert all(name in seen for name in ("news", "board", "a", "b", "c") if rights.governs(place, name))


@pytest.mark.parametrize(
    ("person", "roles", "may"),
    [
        (ADMIN, (), True),
        (ANN, (), False),
        (MODERATOR, (), False),
        (EDITOR, (), False),
        (EDITOR, ("press",), True),
        (EDITOR, ("other",), False),
        (ANN, ("press",), False),
    ],
)
def test_who_administers(person: Person, roles: tuple[str, ...], may: bool) -> None:
    assert may_administer(person, Preferences(admin_roles=roles)) is may
