"""Makes the article of a row."""

import hashlib
from collections.abc import Iterator, Mapping

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.documents.ninjs import is_ninjs, ninjs_fields, reason_skipped
from corpus.readers.parsing.format import Document
from corpus.readers.rows.field_names import article_fields, without_by


def row_article(
    row: Mapping[str, object], number: int, document: Document, collection: str
) -> Iterator[Article | Problem]:
    """The problems with a row's fields and then its article, or only the problem with it; each with the row's
    number."""
    where = document.where
    try:
        fields = _ninjs(row) if is_ninjs(row) else article_fields(row, document.options)
        article, remarks = make_article(
            fields,
            collection=collection,
            fallback_id=_id(document, fields),
            fallback_source=document.source,
            day_first=document.options.day_first,
        )
    except BadArticle as error:
        yield Problem(where, error.reason, number)
    else:
        yield from (Problem(where, reason, number, refused=False) for reason in remarks)
        yield article


def _ninjs(row: Mapping[str, object]) -> dict[str, object]:
    if reason := reason_skipped(row):
        raise BadArticle(reason)
    fields = ninjs_fields(row)
    return fields | {"author": without_by(fields["author"])}


def _id(document: Document, fields: Mapping[str, object]) -> str:
    """The id of a row without id and url: from its title, so that it stays the same when the text is
    edited."""
    seed = str(fields.get("title") or fields.get("text") or "")
    digest = hashlib.sha256(seed.encode(errors="replace")).hexdigest()[:12]
    return f"{document.name}-{digest}"
