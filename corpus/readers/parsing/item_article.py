"""Makes the article of one item in a file of several."""

from collections.abc import Iterator, Mapping

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document


def item_article(
    fields: Mapping[str, object], number: int, document: Document, collection: str, fallback_id: str
) -> Iterator[tuple[int, Article | Problem]]:
    """The problems with an item's fields and then its article, or only the problem with it; each with the
    item's number, from 1."""
    try:
        article, remarks = make_article(
            fields,
            collection=collection,
            fallback_id=fallback_id,
            fallback_source=document.source,
            day_first=document.options.day_first,
        )
    except BadArticle as error:
        yield number, Problem(document.where, error.reason, number)
        return
    yield from ((number, Problem(document.where, reason, number, refused=False)) for reason in remarks)
    yield number, article
