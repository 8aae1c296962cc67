"""An article is removed, and what the bot kept of its text is erased."""

import pytest

from corpus.article import Article
from corpus.sources.files import SAMPLE, read
from tests.bot.corpus_admin.test_erasure import traces
from tests.bot.slack.live import LiveBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_article_is_removed_and_its_text_erased(live: LiveBot) -> None:
    slack = live.slack
    sample = [one for one in read(SAMPLE, "news") if isinstance(one, Article)]
    [article] = [one for one in sample if one.id == "seafood-import-ban"]
    sentences = tuple(part.strip() for part in article.text.replace("\n", " ").split(". ") if len(part) > 40)
    assert traces(live.home, sentences, stems=False)
    asked = await live.ask(slack.ann, slack.general, "Why was seafood from Japan banned?")
    assert "seafood" in asked.text
    gone = await live.command(
        slack.admin, slack.general, "/corpus", "remove seafood-import-ban forget:yes in:news"
    )
    assert "1 removed" in gone.text
    assert "files outside the state folder are their owner" in gone.text
    assert traces(live.home, sentences, stems=False) == set()
    audit = await live.acts()
    assert audit[0].detail == {"target": "seafood-import-ban", "collection": "news", "forget": True}
    back = await live.command(slack.admin, slack.general, "/corpus", "restore seafood-import-ban")
    assert "1 new" in back.text
    assert traces(live.home, sentences, stems=False)
