"""An article is removed, and what the bot kept of its text is erased."""

import pytest

from corpus.article import Article
from corpus.sources.files import SAMPLE, read
from tests.bot.corpus_admin.test_erasure import traces
from tests.bot.platforms.platform import Platform

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTICLE = "seafood-import-ban"


async def test_an_article_is_removed_and_its_text_erased(platform: Platform) -> None:
    sample = [one for one in read(SAMPLE, "news") if isinstance(one, Article)]
    [article] = [one for one in sample if one.id == ARTICLE]
    sentences = tuple(part.strip() for part in article.text.replace("\n", " ").split(". ") if len(part) > 40)
    assert traces(platform.home, sentences, stems=False)
    asked = await platform.ask(platform.ann, platform.general, "Why was seafood from Japan banned?")
    assert "seafood" in asked.text
    named = {"target": ARTICLE, "collection": "news", "forget": True}
    gone = await platform.administer(platform.admin, platform.general, "remove", **named)
    assert "1 removed" in gone.text
    assert "files outside the home belong to their owner" in gone.text
    assert traces(platform.home, sentences, stems=False) == set()
    assert (await platform.audit())[0].detail == named
    back = await platform.administer(platform.admin, platform.general, "restore", article=ARTICLE)
    assert "1 new" in back.text
    assert traces(platform.home, sentences, stems=False)
