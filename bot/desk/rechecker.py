"""Checks whether quotes are still in the current articles."""

from contextlib import suppress

from bot.answers.rechecking import QuoteCheck, recheck
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from corpus.article import Article
from corpus.errors import BadQuestion, NewsdeskError
from retrieval.question.query import QUESTION_LIMIT, make_query
from retrieval.text.sentences import sentence_spans


class Rechecker:
    """Compares what was quoted with what is served now. It may be used in any thread."""

    def __init__(self, home: Home, desk: Desk) -> None:
        """`desk` is open."""
        self._home = home
        self._desk = desk

    def version(self, collection: str, article_id: str, version: str) -> Article | None:
        """That version of an article: served so still, or among the old ones that are kept."""
        served = self._desk.article(collection, article_id)
        if served is not None and served.version() == version:
            return served
        with suppress(NewsdeskError), self._home.store() as store:  # a reload may be writing
            return store.article(collection, article_id, version)
        return None

    def check(
        self, collection: str, article_id: str, version: str, words: str, title: str, source: str
    ) -> QuoteCheck:
        """What became of words of that version of an article, which had this title and source; the words are
        empty if they are not known any more."""
        article = self._desk.article(collection, article_id)
        others: list[Article] = []
        # Whoever took an article out by hand wants its words to be seen no more, under whatever address.
        if words and not article and article_id not in self._home.withdrawn.of(collection):
            others = self._holding(collection, words, source)
        return recheck(title, source, version, words, article, others)

    def _holding(self, collection: str, words: str, source: str) -> list[Article]:
        """The articles of the collection that have the longest sentence of the words, those of that source
        first."""
        if collection not in self._desk.collections:
            return []
        sentences = [words[start:end] for start, end in sentence_spans(words, "und")]
        longest = max(sentences, key=len, default="")[:QUESTION_LIMIT]
        with suppress(BadQuestion):  # no words in it
            query = make_query(longest, (collection,), as_asked=True)
            return sorted(
                self._desk.articles_with_phrase(query, [longest]), key=lambda one: one.source != source
            )
        return []
