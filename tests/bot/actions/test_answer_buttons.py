"""What the buttons under an answer say where they can't do what they are for."""

import pytest

from bot.cards.card import Card
from bot.cards.press import Press
from bot.chat.article_key import article_key
from bot.chat.refusal import Refusal
from bot.corpus_admin.home import Home
from bot.service.service import Service
from tests.bot.actions.presses import press
from tests.bot.service.office import ask
from tests.bot.service.people import ANN, CITY
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
        ("context", "99999999999999999999", "Around quote 3"),
        ("context", "x", "Around quote 1"),
        ("context", "0", "Around quote 1"),
        ("read", "٣", "Bridge closed"),
        ("read", "x", "Bridge closed"),
    ],
)
async def test_a_press_with_odd_values_does_nothing_odd(
    service: Service, act: str, argument: str, said: str
) -> None:
    subject = (await ask(service, CITY, ANN, "Who met in Nara?")).record.id
    if act == "read":
        subject = article_key(await service.browsing.article(CITY, "post-bridge"))
    card = await press(service, Press(act, subject, argument))
    assert isinstance(card, Card)
    assert said in card.summary


async def test_a_filter_that_never_was_takes_none_away(service: Service) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, since="2026-02")
    made = await press(service, Press("widen", shown.record.id, "everything"), person=ANN)
    assert "2026, 2, 1" in repr(made)
