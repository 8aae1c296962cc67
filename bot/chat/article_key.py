"""A short key that stands for an article in a button."""

import hashlib

from corpus.article import Article


def article_key(article: Article) -> str:
    """24 hexadecimal digits that stand for the article, whatever its text is at the moment."""
    return hashlib.sha256(f"{article.collection}:{article.id}".encode()).hexdigest()[:24]
