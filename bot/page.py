"""An article as a page of its own, for articles that have no address."""

from html import escape

from bot.wording import date_words
from corpus.article import Article

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
        paragraphs="\n".join(f"<p>{escape(block)}</p>" for block in blocks),
    )
