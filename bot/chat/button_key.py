"""A short key for an article in a button."""

import hashlib

from corpus.article import Article


def button_key(article: Article) -> str:
    """The key of an article, 24 hexadecimal digits, which does not depend on its text."""
    return hashlib.sha256(f"{article.collection}:{article.id}".encode()).hexdigest()[:24]
