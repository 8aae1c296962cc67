"""Articles from saved e-mails, above all newsletters."""

from collections.abc import Iterator

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.documents.mail import MESSAGE_LIMIT, read_mail
from corpus.readers.parsing.format import Document, Format


def read_eml(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The one article of the e-mail, or the problem with it: its subject is the title, its sender the source.

    Attachments are not read, and named.
    """
    try:
        with document.path.open("rb") as file:
            content = file.read(MESSAGE_LIMIT + 1)
    except OSError as error:
        yield None, Problem(document.where, f"it can't be read: {error.strerror or error}")
        return
    yield from ((None, item) for item in read_mail(content, document, collection))


FORMAT = Format(endings=(".eml",), media_types=("message/rfc822",), read=read_eml, names_collections=False)
