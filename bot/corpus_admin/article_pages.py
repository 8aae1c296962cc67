"""Articles as pages of our own, for those that have no address: what their citations link to."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from bot.answers.wording import date_words
from bot.messages.headings import without_marks
from corpus.article import Article
from corpus.storage import private_files
from retrieval.text.sentences import is_heading

_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.6 Georgia, serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #222; }}
h1 {{ line-height: 1.2; }}
.by {{ color: #666; font-family: system-ui, sans-serif; font-size: .9rem; }}
::target-text {{ background: #ffe08a; }}
</style>
<h1>{title}</h1>
<p class="by">{by}</p>
{paragraphs}
</html>
"""


def article_page(article: Article) -> str:
    """A whole HTML page: it loads nothing from anywhere, and the article's text can't become markup."""
    by = " · ".join(part for part in (article.source, article.author, date_words(article.published)) if part)
    blocks = [block.strip() for block in article.text.split("\n") if block.strip()]
    return _PAGE.format(
        language=escape(article.language, quote=True),
        title=escape(article.title),
        by=escape(by),
        paragraphs="\n".join(map(_paragraph, blocks)),
    )


def _paragraph(block: str) -> str:
    tag = "h2" if is_heading(block) else "p"
    return f"<{tag}>{escape(without_marks(block))}</{tag}>"


def page_path(folder: Path, article: Article) -> Path:
    """Where the page of this version of the article is."""
    return folder / f"{article.version()[:24]}.html"


def add_pages(folder: Path, articles: Sequence[Article]) -> None:
    """Write the pages that are missing, or that a power cut left short.

    They can be made again at any time, so nothing is fsynced.
    """
    wanted = [article for article in articles if article.url is None]
    if wanted:
        for above in (folder.parent, folder):
            private_files.make_folder(above)
    for article in wanted:
        path = page_path(folder, article)
        content = article_page(article).encode()
        if not path.exists() or path.stat().st_size != len(content):
            aside = path.with_suffix(".part")
            with open(aside, "wb", opener=private_files.open_private) as file:
                file.write(content)
            aside.replace(path)


def drop_pages(folder: Path, articles: Sequence[Article]) -> None:
    """Remove every page but those of these articles: what is withdrawn or corrected is gone here too."""
    kept = {page_path(folder, article).name for article in articles if article.url is None}
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)
