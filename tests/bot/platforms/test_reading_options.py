"""What administrators say of a source that they add: how its fields, dates and letters are to be read."""

from datetime import UTC, datetime

import pytest

from corpus.web import web_fetcher
from corpus.web.fetcher import CannedFetcher, Fetched
from tests.bot.platforms.platform import Platform
from tests.bot.samples.articles import File, jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

TABLE = File(
    "register.csv",
    "Kopf;Inhalt;Tag\nFähre fällt aus;Die Fähre nach Skarvik fällt am Montag aus.;03/04/2026\n".encode(
        "cp1252"
    ),
    "text/csv",
)
SAID = {
    "source": "Hafen Kurier",
    "language": "de",
    "dates": "day-first",
    "encoding": "cp1252",
    "fields": "title=Kopf, text=Inhalt, published=Tag",
}


async def test_a_table_with_names_of_its_own_is_read_as_was_said(platform: Platform) -> None:
    added = await platform.add(platform.admin, platform.general, TABLE, collection="news", wait=True, **SAID)
    assert "1 new" in "".join(added.texts), added.texts
    (article,) = [one for one in platform.service.desk.collections["news"].articles if "Fähre" in one.title]
    assert (article.source, article.language) == ("Hafen Kurier", "de")
    assert article.published == datetime(2026, 4, 3, tzinfo=UTC)
    assert article.text == "Die Fähre nach Skarvik fällt am Montag aus."
    entry = (await platform.audit())[0]
    assert entry.detail["dates"] == "day-first"
    assert entry.detail["fields"] == {"title": "Kopf", "text": "Inhalt", "published": "Tag"}
    # Handed over again without a word, it is read as before; with another word, by that one.
    again = await platform.add(platform.admin, platform.general, TABLE)
    assert "Nothing had changed." in "".join(again.texts)
    other = {**SAID, "dates": "month-first"}
    await platform.add(platform.admin, platform.general, TABLE, collection="news", wait=True, **other)
    (article,) = [one for one in platform.service.desk.collections["news"].articles if "Fähre" in one.title]
    assert article.published == datetime(2026, 3, 4, tzinfo=UTC)


async def test_a_page_at_an_address_has_the_outlet_and_language_that_were_said(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"https://harbour.example/{platform.name}-lock"
    text = b"The lock of Skarvik was repaired by forty people on Tuesday."
    web = CannedFetcher({address: Fetched(address, text, "text/plain")})
    monkeypatch.setattr(web_fetcher, "WebFetcher", lambda: web)
    said = {"source": "Lock Gazette", "language": "da", "collection": "news"}
    added = await platform.administer(platform.admin, platform.general, "add", url=address, **said)
    assert "Done" in "".join(added.texts)
    (article,) = [one for one in platform.service.desk.collections["news"].articles if one.url == address]
    assert (article.source, article.language) == ("Lock Gazette", "da")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"dates": "upside-down"}, "is not an order of dates: write day-first or month-first"),
        ({"language": "english!"}, "is not a language: write a tag such as en, de or ja"),
        ({"encoding": "cp9"}, "is not an encoding: write for instance cp1252 or shift_jis"),
        ({"fields": "headline"}, "is no pair of fields: write for instance title=Headline"),
        ({"fields": "headline=Kopf"}, "is not a field of an article: there are id, title, text"),
    ],
)
async def test_what_can_not_be_used_is_said_and_nothing_is_fetched_or_kept(
    platform: Platform, said: dict[str, str], words: str
) -> None:
    platform.rest()
    file = jsonl("odd.jsonl", {"id": "odd", "title": "Odd", "text": "An odd text about nothing at all."})
    refused = await platform.add(platform.admin, platform.general, file, collection="news", wait=True, **said)
    assert words in "".join(refused.texts)
    assert platform.service.desk.article("news", "odd") is None
    assert not list(platform.home.glob("uploads/**/odd.jsonl"))
