"""Web pages for articles without an address, which their citations link to."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.wording import date_words
from bot.messages.readable import readable_text
from corpus.article import Article
from corpus.storage import private_files
from retrieval.text.sentences import is_heading

if TYPE_CHECKING:
    from jinja2 import Template


class ArticlePages:
    """The folder `pages` of a home, with a folder for each collection and in it a page for each version of an
    article without an address. Pages can be recreated at any time, so nothing is fsynced."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder; nothing is created or read yet."""
        self._root = root

    def folder(self, collection: str) -> Path:
        """The folder of the collection's pages."""
        return self._root / collection

    def path(self, article: Article) -> Path:
        """The path of the page of this version of the article."""
        return self.folder(article.collection) / _file_name(article.version())

    def link_for(self, article: Article) -> str:
        """The article's own address, or else the address of its page."""
        return article.url or self.path(article).as_uri()

    def add(self, collection: str, articles: Iterable[Article]) -> None:
        """Write the pages that are missing, or truncated by a power cut. Raises OSError."""
        wanted = [article for article in articles if article.url is None]
        if wanted:
            for folder in (self._root, self.folder(collection)):
                private_files.make_folder(folder)
        for article in wanted:
            path = self.path(article)
            content = article_page(article).encode()
            if not path.exists() or path.stat().st_size != len(content):
                aside = path.with_suffix(".part")
                with open(aside, "wb", opener=private_files.open_private) as file:
                    file.write(content)
                aside.replace(path)

    def is_missing(self, collection: str, version: str) -> bool:
        """Whether the page of this version of an article is missing or empty."""
        path = self.folder(collection) / _file_name(version)
        return not path.exists() or not path.stat().st_size

    def drop_others(self, collection: str, versions: Iterable[str]) -> None:
        """Remove all pages of the collection except those of these versions, so that no page has withdrawn or
        corrected text. Raises OSError."""
        kept = set(map(_file_name, versions))
        folder = self.folder(collection)
        for path in folder.glob("*") if folder.is_dir() else ():
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _file_name(version: str) -> str:
    return f"{version[:24]}.html"


def article_page(article: Article) -> str:
    """A complete HTML page. It loads no external resources, and the article's text is escaped."""
    by = " · ".join(part for part in (article.source, article.author, date_words(article.published)) if part)
    lines = [line.strip() for line in article.text.split("\n") if line.strip()]
    blocks = [("h2" if is_heading(line) else "p", readable_text(line)) for line in lines]
    return _template().render(article=article, by=by, blocks=blocks)


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only needed for such articles

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("article_page.html")
