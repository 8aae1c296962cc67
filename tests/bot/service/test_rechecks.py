"""Checking an answer again after a correction, a withdrawal and a move: the real desk, model and index."""

import json
from functools import partial

import pytest

from bot.answers.rechecking import QuoteCheck, QuoteStatus
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.corpus_admin.changes import forget, remove
from bot.service.service import Service
from corpus.errors import StoreUnusable
from corpus.plan import ReloadRequest
from tests.bot.service.office import ROWS, TEXTS, ask, sources_of
from tests.bot.service.people import ANN, CITY, TOWN
from tests.fault.newsroom import no_progress

QUESTION = "Why was the old bridge over the Elbe closed?"


def edit(service: Service, article_id: str, **fields: str | None) -> None:
    """Change these fields of an article in its source, and reload."""
    changed = [{**row, **fields} if row["id"] == article_id else row for row in ROWS]
    lines = [json.dumps(row) for row in changed if row["id"]]
    (sources_of(service.home) / "outlets.jsonl").write_text("\n".join(lines))
    service.desk.reload(ReloadRequest(force=True), progress=no_progress)


async def check(service: Service, answer: DeliveredAnswer, article_id: str = "post-bridge") -> QuoteCheck:
    """What became of the answer's quote of that article."""
    found = await service.rechecks.check(answer.record.id, CITY)
    assert len(found.checks) == len(answer.record.kept)
    assert found.first == 1
    place = [kept.article_id for kept in answer.record.kept].index(article_id)
    return found.checks[place]


async def test_an_answer_whose_articles_are_the_same_is_unchanged(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    checked = await service.rechecks.check(answer.record.id, CITY)
    assert {one.status for one in checked.checks} == {QuoteStatus.UNCHANGED}
    shown = [quote.article.text[slice(*(quote.shown or (quote.start, quote.end)))] for quote in answer.quotes]
    assert [one.words for one in checked.checks] == [one.was for one in checked.checks] == shown


async def test_a_correction_is_told_with_both_wordings(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    corrected = TEXTS["post-bridge"].replace("after the storm", "after the flood")
    edit(service, "post-bridge", text=corrected)
    found = await check(service, answer)
    assert found.status is QuoteStatus.CHANGED
    assert "after the storm" in found.was
    assert found.words == found.was.replace("storm", "flood")
    again = await ask(service, CITY, ANN, QUESTION)
    assert "after the flood" in again.quotes[0].text


async def test_words_that_an_edit_left_alone_stand(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    edit(service, "post-bridge", text=f"{TEXTS['post-bridge']} Buses go by another way.")
    found = await check(service, answer)
    assert (found.status, found.words) == (QuoteStatus.STANDS, found.was)


async def test_an_article_that_left_its_source_is_withdrawn(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    edit(service, "post-bridge", id="")
    found = await check(service, answer)
    assert (found.status, found.title, found.source) == (QuoteStatus.WITHDRAWN, "Bridge closed", "The Post")
    assert (found.was, found.words) == ("", "")


async def test_an_article_that_stands_under_another_name_moved(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    edit(service, "post-bridge", id="post-bridge-2", url="https://post.example/bridge-closed")
    found = await check(service, answer)
    assert found.status is QuoteStatus.MOVED
    assert found.article is not None
    assert (found.article.id, found.words) == ("post-bridge-2", found.was)


async def test_what_was_taken_out_by_hand_is_not_told_from_elsewhere(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    edit(service, "times-bridge", text=TEXTS["post-bridge"])
    remove(service.home, "news", "post-bridge", partial(service.desk.reload, progress=no_progress))
    found = await check(service, answer)
    assert (found.status, found.article) == (QuoteStatus.WITHDRAWN, None)


async def test_of_what_was_erased_nothing_is_told(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    forget(service.home, "news", "post-bridge", partial(service.desk.reload, progress=no_progress))
    with pytest.raises(Refusal, match="answer-gone"):
        await check(service, answer)


async def test_old_words_that_are_not_kept_are_not_told(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    edit(service, "post-bridge", text="The bridge is open.")
    (service.home.root / "store.sqlite3").write_bytes(b"damaged" * 1000)
    with pytest.raises(StoreUnusable), service.home.store():
        pass
    found = await check(service, answer)
    assert (found.status, found.was, found.words) == (QuoteStatus.CHANGED, "", "")


async def test_another_community_checks_nothing(service: Service) -> None:
    answer = await ask(service, CITY, ANN, QUESTION)
    with pytest.raises(Refusal, match="answer-gone"):
        await service.rechecks.check(answer.record.id, TOWN)
