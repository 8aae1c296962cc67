from datetime import UTC, datetime, timedelta

from bot.chat_store.chat_store import ChatStore
from tests.bot.service.people import (
    ANN,
    BOB,
)
from tests.bot.service.records import RECORD


def test_the_last_word_of_each_person_counts(chat_store: ChatStore) -> None:
    chat_store.answers.add(RECORD)
    chat_store.votes.cast("first", ANN.id, helpful=True)
    chat_store.votes.cast("first", BOB.id, helpful=False, reason="old: of 2019")
    chat_store.votes.cast("first", ANN.id, helpful=False, reason="wrong")
    votes = {vote.person: vote for vote in chat_store.votes.of("first")}
    assert len(chat_store.votes.of("first")) == 2
    assert (votes[ANN.id].helpful, votes[ANN.id].reason) == (False, "wrong")
    assert (votes[BOB.id].helpful, votes[BOB.id].reason) == (False, "old: of 2019")
    assert all(abs(vote.at - datetime.now(UTC)) < timedelta(minutes=1) for vote in votes.values())
    assert chat_store.votes.of("other") == []
