"""Makes the article of a document that a worker process parses."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_process import PAGE_SECONDS, WorkerParser


@dataclass(slots=True)
class WorkerFormat:
    """A file format with one article in a file. `parser` is the module and function (`module:name`) that
    parse its bytes, at most `limit` of them, in at most `seconds` of wall time."""

    parser: str
    what: str
    limit: int
    seconds: float = PAGE_SECONDS
    _reader: WorkerParser | None = field(default=None, init=False)

    def read(self, document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
        """The article of the file, or the problem with it."""
        try:
            with document.path.open("rb") as file:
                content = file.read(self.limit + 1)
            if len(content) > self.limit:
                size = self.limit // 1024 // 1024
                raise BadArticle(f"the {self.what} has more than {size} MB: split it, or leave out pictures")
            if self._reader is None:
                self._reader = WorkerParser(self.parser, what=self.what, seconds=self.seconds)
            found = self._reader.read(content)
            if isinstance(reason := found.get("refused"), str):
                raise BadArticle(reason)
            article, remarks = make_article(
                {**found, "published": found.get("published") or document.named_day},
                collection=collection,
                fallback_id=document.name,
                fallback_source=document.source,
                day_first=document.options.day_first,
            )
        except OSError as error:
            yield None, Problem(document.where, f"it can't be read: {error.strerror or error}")
        except BadArticle as error:
            yield None, Problem(document.where, error.reason)
        else:
            notes = found.get("notes")
            for reason in [*map(str, notes if isinstance(notes, list) else ()), *remarks]:
                yield None, Problem(document.where, reason, refused=False)
            yield None, article
