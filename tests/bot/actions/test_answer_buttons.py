"""What the buttons under an answer say where they can't do what they are for."""

import pytest

from bot.cards.card import Card
from bot.cards.press import Press
from bot.chat.button_key import button_key
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.corpus_admin.home import Home
from bot.dispatch.job import PrivateAnswer
from bot.service.service import Service
from tests.bot.actions.presses import press
from tests.bot.service.office import ask
from tests.bot.service.people import ANN, BOB, CITY
from tests.fault.newsroom import no_progress

BRIDGE = "Why was the Elbe bridge closed?"


async def test_after_the_last_quote_there_is_nothing_more(service: Service) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, sources=("The Times",))
    more = await press(service, Press("more", shown.record.id))
    assert isinstance(more, Card)
    assert more.summary == "There is nothing more about this."


async def test_what_was_withdrawn_is_explained_no_more(service: Service, home: Home) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, sources=("The Times",))
    home.withdrawn.add("news", "times-bridge")
    service.desk.reload(progress=no_progress)
    with pytest.raises(Refusal, match="quotes-gone"):
        await press(service, Press("why", shown.record.id))


@pytest.mark.parametrize(
    ("act", "argument", "said"),
    [
        ("read", "٣", "Bridge closed"),
        ("read", "x", "Bridge closed"),
    ],
)
async def test_a_press_with_odd_values_does_nothing_odd(
    service: Service, act: str, argument: str, said: str
) -> None:
    subject = (await ask(service, CITY, ANN, "Who met in Nara?")).record.id
    if act == "read":
        subject = button_key(await service.browsing.article(CITY, "post-bridge"))
    card = await press(service, Press(act, subject, argument))
    assert isinstance(card, Card)
    assert said in card.summary


@pytest.mark.parametrize(("argument", "opened"), [("99999999999999999999", 3), ("x", 1), ("0", 0), ("2", 2)])
async def test_a_passage_is_opened_in_the_place_of_the_askers_answer_and_aside_for_others(
    service: Service, argument: str, opened: int
) -> None:
    subject = (await ask(service, CITY, ANN, "Who met in Nara?")).record.id
    made = await press(service, Press("context", subject, argument), person=ANN)
    assert isinstance(made, DeliveredAnswer)
    assert made.opened == opened
    aside = await press(service, Press("context", subject, argument), person=BOB)
    assert aside == PrivateAnswer(made)


async def test_all_buttons_are_shown_and_put_away_again(service: Service) -> None:
    subject = (await ask(service, CITY, ANN, "Who met in Nara?")).record.id
    for act, shown in (("actions", True), ("fewer", False)):
        made = await press(service, Press(act, subject), person=ANN)
        assert isinstance(made, DeliveredAnswer)
        assert made.all_buttons is shown


async def test_a_filter_that_never_was_takes_none_away(service: Service) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, since="2026-02")
    made = await press(service, Press("widen", shown.record.id, "everything"), person=ANN)
    assert "2026, 2, 1" in repr(made)
