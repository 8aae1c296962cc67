"""Articles from saved e-mails, mainly newsletters."""

from collections.abc import Iterator

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.documents.mail import MESSAGE_LIMIT, read_mail
from corpus.readers.parsing.format import Document, Format


def read_eml(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The article of the e-mail, or the problem with it: the subject is the title, the sender the source.
    Attachments are listed but not read."""
    try:
        with document.path.open("rb") as file:
            content = file.read(MESSAGE_LIMIT + 1)
    except OSError as error:
        yield None, Problem(document.where, f"it can't be read: {error.strerror or error}")
        return
    yield from ((None, item) for item in read_mail(content, document, collection))


FORMAT = Format(endings=(".eml",), media_types=("message/rfc822",), read=read_eml, names_collections=False)
