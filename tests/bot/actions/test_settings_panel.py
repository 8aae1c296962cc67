"""What the presses do to the settings; those under an answer are tested where a platform shows them."""

import pytest

from bot.cards.press import Press
from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.service.service import Service
from tests.bot.actions.presses import press
from tests.bot.service.people import CITY, CITY_ADMIN, CITY_OTHER, TOWN


def chosen(service: Service, venue: Venue = CITY, *, whole: bool = True) -> PreferenceChanges:
    return service.settings.chosen(venue, whole=whole)


@pytest.mark.parametrize(
    "typed", ["the post,The Times", "The Post, The Times ,", "The Post、the times", "The Post，The Times"]
)
async def test_sources_are_chosen_by_name_with_the_readers_own_commas(service: Service, typed: str) -> None:
    await press(service, Press("named-sources"), typed)
    assert chosen(service).sources == ("The Post", "The Times")


async def test_no_name_chooses_all_sources_again(service: Service) -> None:
    await press(service, Press("named-sources"), "The Post")
    await press(service, Press("named-sources"), " , ")
    assert chosen(service).sources is None


async def test_a_source_that_is_not_there_is_said_and_nothing_chosen(service: Service) -> None:
    with pytest.raises(Refusal) as caught:
        await press(service, Press("named-sources"), "The Post, The Pots")
    assert (caught.value.key, caught.value.values["name"]) == ("unknown-source", "The Pots")
    assert chosen(service) == PreferenceChanges()


async def test_a_choice_holds_where_it_was_made_and_is_on_record(service: Service) -> None:
    await press(service, Press("set", "", "passages"), "5")
    await press(service, Press("set", CITY_OTHER.channel, "passages"), "2")
    assert service.settings.preferences(CITY).passages == 5
    assert service.settings.preferences(CITY_OTHER).passages == 2
    assert service.settings.preferences(TOWN).passages == 3
    last, _ = await service.corpus_overview.audit(CITY_ADMIN)
    assert (last.act, last.result) == ("settings", "done")
    assert last.detail == {"channel": CITY_OTHER.channel, "passages": 2}
    await press(service, Press("reset", CITY_OTHER.channel))
    assert service.settings.preferences(CITY_OTHER).passages == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passages", "9"),
        ("passages", "many"),
        ("answers", "sometimes"),
        ("colour", "red"),
        ("language", "fr"),
        ("person_limit", "0"),
    ],
)
async def test_a_button_that_was_made_up_chooses_nothing(service: Service, name: str, value: str) -> None:
    with pytest.raises(Refusal, match="bad-choice"):
        await press(service, Press("set", "", name), value)
    assert chosen(service) == PreferenceChanges()


async def test_everything_is_answered_only_where_everything_is_heard(service: Service) -> None:
    with pytest.raises(Refusal, match="everything-unavailable"):
        await press(service, Press("set", "", "answers"), "everything", hears=False)
    assert chosen(service) == PreferenceChanges()
    await press(service, Press("set", "", "answers"), "everything", hears=True)
    assert chosen(service).answers is AnswerPolicy.EVERYTHING
