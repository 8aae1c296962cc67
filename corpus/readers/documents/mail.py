"""Makes the article of an e-mail, which is parsed only in a worker process."""

from collections.abc import Iterator
from functools import cache

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_process import WorkerParser

MESSAGE_LIMIT = 40 * 1024 * 1024
"""The most bytes of a message with its attachments; mail servers accept 25 to 50 MB."""


def read_mail(
    content: bytes, document: Document, collection: str, number: int | None = None
) -> Iterator[Article | Problem]:
    """The problems with the message's fields and then its article, or only the problem with it. `number` is
    that of the message in a mailbox, from 1."""
    try:
        if len(content) > MESSAGE_LIMIT:
            size = MESSAGE_LIMIT // 1024 // 1024
            raise BadArticle(f"the message has more than {size} MB: save it without what is attached")
        found = _messages().read(content)
        if isinstance(reason := found.get("refused"), str):
            raise BadArticle(reason)
        named = document.named_day if number is None else None
        article, remarks = make_article(
            {**found, "published": found.get("published") or named},
            collection=collection,
            fallback_id=document.name if number is None else f"{document.name}-{number}",
            fallback_source=document.source,
            day_first=document.options.day_first,
        )
    except BadArticle as error:
        yield Problem(document.where, error.reason, number)
        return
    if isinstance(attached := found.get("attachments"), list) and attached:
        remarks.append(f"what is attached to it is not read: {', '.join(map(str, attached))}")
    yield from (Problem(document.where, reason, number, refused=False) for reason in remarks)
    yield article


@cache
def _messages() -> WorkerParser:
    return WorkerParser("corpus.readers.documents.mail_message:read_message", what="e-mail")
