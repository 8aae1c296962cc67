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
    """Compares quotes with the articles that are served now. Thread-safe."""

    def __init__(self, home: Home, desk: Desk) -> None:
        """`desk` is open."""
        self._home = home
        self._desk = desk

    def version(self, collection: str, article_id: str, version: str) -> Article | None:
        """A version of an article: the served one, or one of the stored old ones; None if it is not stored
        any more."""
        served = self._desk.article(collection, article_id)
        if served is not None and served.version() == version:
            return served
        with suppress(NewsdeskError), self._home.store() as store:  # a reload may be writing
            return store.article(collection, article_id, version)
        return None

    def check(
        self, collection: str, article_id: str, version: str, words: str, title: str, source: str
    ) -> QuoteCheck:
        """What became of quoted words of a version of an article, which had this title and source; the words
        are empty if they are not known any more."""
        article = self._desk.article(collection, article_id)
        others: list[Article] = []
        # The words of a withdrawn article must not be shown, whichever article has them.
        if words and not article and article_id not in self._home.withdrawn.of(collection):
            others = self._holding(collection, words, source)
        return recheck(title, source, version, words, article, others)

    def _holding(self, collection: str, words: str, source: str) -> list[Article]:
        """The articles of the collection that contain the longest sentence of the words, those of that source
        first."""
        if collection not in self._desk.collections:
            return []
        sentences = [words[start:end] for start, end in sentence_spans(words, "und")]
        longest = max(sentences, key=len, default="")[:QUESTION_LIMIT]
        with suppress(BadQuestion):  # it has no words
            query = make_query(longest, (collection,), as_asked=True)
            return sorted(
                self._desk.articles_with_phrase(query, [longest]), key=lambda one: one.source != source
            )
        return []
