"""What one community may have in the corpus: no more than the settings say, and what the operator has added
is never counted."""

import json
import logging
from pathlib import Path

import pytest

from bot.cards.failures import explained
from bot.chat.venue import Caller, Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from corpus.errors import OverLimit
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import opened, publish
from tests.bot.service.people import ADMIN, CITY, CITY_ADMIN, TOWN


def rows(name: str, number: int = 1, words: str = "A storm broke the weather vane.") -> bytes:
    found = ({"id": f"{name}-{one}", "text": words, "source": "The Post"} for one in range(number))
    return "".join(f"{json.dumps(row)}\n" for row in found).encode()


async def upload(service: Service, collection: str, name: str, data: bytes, venue: Venue = CITY) -> None:
    await service.corpus_editor.add_upload(
        Caller(venue, ADMIN), collection, f"{name}.jsonl", data, ChangeProgress()
    )


async def refused(service: Service, collection: str, name: str, data: bytes) -> OverLimit:
    """What is said; nothing of it stays."""
    before = dict(service.desk.collections)
    with service.home.store() as store:
        sources = store.sources()
    with pytest.raises(OverLimit) as caught:
        await upload(service, collection, name, data)
    with service.home.store() as store:
        assert store.sources() == sources
    assert service.desk.collections == before
    assert collection in before or collection not in service.settings.rights.bindings
    return caught.value


def told(error: OverLimit) -> tuple[str, int, int]:
    return error.kind, error.used, error.most


async def test_a_community_has_no_more_sources_than_it_may_have(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, limits=Limits(sources=2)) as service:
        await upload(service, "storms", "a", rows("a"))
        await upload(service, "storms", "b", rows("b"))
        assert told(await refused(service, "storms", "c", rows("c"))) == ("sources", 2, 2)
        assert told(await refused(service, "floods", "c", rows("c"))) == ("sources", 2, 2)
        await upload(service, "storms", "a", rows("a", 2))  # in the place of what was there
        await upload(service, "town-storms", "d", rows("d"), TOWN)  # another's are none of its business
        await service.corpus_editor.remove(CITY_ADMIN, "storms", "b.jsonl", ChangeProgress())
        await upload(service, "storms", "c", rows("c"))


async def test_a_community_has_no_more_collections_than_it_may_have(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, limits=Limits(collections=1)) as service:
        await upload(service, "storms", "a", rows("a"))
        assert told(await refused(service, "floods", "b", rows("b"))) == ("collections", 1, 1)
        await upload(service, "storms", "b", rows("b"))


async def test_a_community_has_no_more_articles_than_it_may_have(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, limits=Limits(articles=5)) as service:
        await upload(service, "storms", "a", rows("a", 3))
        await upload(service, "floods", "b", rows("b", 1))
        assert told(await refused(service, "storms", "c", rows("c", 2))) == ("articles", 4, 5)
        assert told(await refused(service, "floods", "c", rows("c", 2))) == ("articles", 4, 5)
        await upload(service, "floods", "c", rows("c", 1))


async def test_a_community_has_no_more_text_than_it_may_have(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, limits=Limits(megabytes=1)) as service:
        long = rows("a", words="장마가 시작됐다. " * 50_000)
        assert len(long) > 1_000_000
        assert told(await refused(service, "storms", "a", long)) == ("megabytes", 0, 1)


async def test_what_grew_beyond_the_limit_is_refused_at_the_next_reload_and_can_be_removed(
    home: Home, minilm: OnnxEmbedder
) -> None:
    async with opened(home, minilm) as service:
        await upload(service, "storms", "a", rows("a", 3))
        await upload(service, "storms", "b", rows("b", 3))
    async with opened(home, minilm, limits=Limits(articles=4, sources=1, collections=1)) as service:
        with pytest.raises(OverLimit, match="6 of the 4 articles"):
            await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress(), force=True)
        with pytest.raises(OverLimit, match="6 of the 4 articles"):
            await service.corpus_editor.plan(CITY_ADMIN, ChangeProgress())
        await service.corpus_editor.remove(CITY_ADMIN, "storms", "b.jsonl", ChangeProgress())
        await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())
        assert len(service.desk.collections["storms"].articles) == 3


async def test_what_the_operator_added_is_not_counted(home: Home, minilm: OnnxEmbedder) -> None:
    publish(home, "archive", [json.loads(line) for line in rows("old", 9).splitlines()], minilm)
    async with opened(home, minilm, limits=Limits(collections=1, sources=1, articles=2)) as service:
        await service.settings.bind(CITY, "archive")
        await upload(service, "storms", "a", rows("a", 2))
        assert told(await refused(service, "archive", "b", rows("b"))) == ("sources", 1, 1)
        await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())


async def test_zero_is_any_number(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, limits=Limits(0, 0, 0, 0)) as service:
        for name in ("a", "b", "c"):
            await upload(service, f"storms-{name}", name, rows(name, 3))


@pytest.mark.parametrize("kind", ["collections", "sources", "articles", "megabytes"])
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_asker_reads_the_limit_and_what_is_used_but_no_setting(kind: str, language: str) -> None:
    words = explained(OverLimit(kind, 7, 9), messages_for(language))
    assert "7" in words
    assert "9" in words
    assert "NEWSDESK" not in words


async def test_the_operator_reads_which_setting_it_was(
    home: Home, minilm: OnnxEmbedder, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.WARNING)
    async with opened(home, minilm, limits=Limits(collections=1)) as service:
        await upload(service, "storms", "a", rows("a"))
        await refused(service, "floods", "b", rows("b"))
        [act, *_] = await service.corpus_overview.audit(CITY_ADMIN)
    assert "NEWSDESK_COMMUNITY_COLLECTIONS" in caplog.text
    assert act.result.startswith("failed: 1 of the 1 collections that one community may have")
    assert "NEWSDESK" not in act.result
