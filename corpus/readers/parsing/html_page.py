"""Extracts the article and its metadata from a page. Runs only in the worker process."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import trafilatura
from trafilatura.settings import set_date_params
from trafilatura.utils import decode_file

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.article_text import article_text
from corpus.readers.pages.boilerplate import without_boilerplate
from corpus.readers.pages.first_lines import read_first_lines
from corpus.readers.pages.json_ld import body_of, clean, is_live
from corpus.readers.pages.live_blog import live_text, shown_updates, updates_of
from corpus.readers.pages.no_article import why_no_article
from corpus.readers.pages.page_address import saved_from
from corpus.readers.pages.shown_date import shown_date
from corpus.readers.parsing.html_charset import decode_page
from corpus.readers.parsing.html_metadata import PageFacts, PageMetadata, read_facts
from corpus.text import host

BINARY_SHARE = 1000
"""Content with at least one NUL in this many characters is binary, not a page."""

ABOVE = 8
"""The number of first paragraphs in which the headline is looked for, below words of the menu."""
MENU_WORD = 40
"""The most characters of a menu's word."""

_XML_DECLARATION = lazy_pattern(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_NOT_THE_ARTICLES = lazy_pattern(
    r"\b(?:comments?|commentlist|disqus|replies|related|recommend\w*|sidebar|most-?(?:read|popular)|trending|"
    r"read-?(?:more|next)|newsletter|promo\w*|footer|teasers?)\b|comment(?:s|list)?[-_]",
    re.IGNORECASE,
)
"""Classes and ids of elements around an article that have dates and names of their own."""
_BY_SCRIPT = lazy_pattern(
    r"<(?:script|div)\b[^>]*\bid=[\"'](?:__NEXT_DATA__|__next|__nuxt|___gatsby|root|app)[\"']|<app-root\b",
    re.IGNORECASE,
)
"""Marks of a page whose content is created by a script."""
_BY = lazy_pattern(r"\A(?:by|von|par|por)\s+", re.IGNORECASE)


class Page(PageMetadata):
    """The facts of a page, and the text of its article: plain text with empty lines between paragraphs.
    `no_article` is the reason that the page seems to be no article; `is_article` is whether it declares that
    it is one; `is_change` is whether the last of its dates, a guess, equals a date of modification that it
    declares."""

    text: str | None
    no_article: str | None
    is_article: bool
    is_change: bool


def read_page(page: bytes) -> Page:
    """The article of the page; `text` is None if there is none. Fetches nothing."""
    markup = _markup(page)
    tree = trafilatura.load_html(markup) if markup.strip() else None
    if tree is None:
        return Page(
            title=None,
            author=None,
            source=None,
            url=None,
            language=None,
            dates=[],
            text=None,
            no_article=None,
            is_article=False,
            is_change=False,
        )
    facts = read_facts(tree)
    its = facts.metadata
    # The extensive date search takes any date in the text, even a copyright's; no date is better than that.
    alone = _without_neighbours(tree, json_ld=not facts.describes_articles)
    guessed = trafilatura.extract_metadata(
        alone,
        date_config=set_date_params(extensive=False),
    )
    title = its["title"] or clean(guessed.title) or None
    source = its["source"] or _guessed_source(guessed)
    text = without_boilerplate(article_text(tree, body_of(facts.article), len(markup)))
    updates = updates_of(facts.article) if is_live(facts.article) else shown_updates(alone)
    if updates:
        text = live_text(updates, body_of(facts.article) if is_live(facts.article) else "", text)
    lines = read_first_lines(_without_heading(text.split("\n\n"), title), next(iter(its["dates"]), None))
    guesses = [date for date in (shown_date(alone, title), guessed.date) if date]
    return Page(
        title=title,
        author=_author(
            (its["author"], clean(guessed.author).replace("; ", ", "), lines.author), source, its["url"]
        ),
        source=source,
        url=its["url"] or saved_from(markup),
        language=its["language"],
        dates=[*its["dates"], *([lines.published] if lines.published else []), *guesses],
        is_change=any(guessed.date and one.startswith(guessed.date) for one in facts.changes),
        text="\n\n".join(lines.paragraphs) or None,
        no_article=_why_no_article(tree, markup, facts, title, text),
        is_article=facts.is_article,
    )


def _markup(page: bytes) -> str:
    """The page as text with an `html` element; empty if it is binary."""
    markup = _XML_DECLARATION.sub("", decode_page(page) or decode_file(page, max_size=len(page)))
    if markup.count("\0") * BINARY_SHARE > len(markup):
        return ""
    return markup if "<html" in markup.lower() else f"<html><body>{markup}</body></html>"


def _guessed_source(guessed: Any) -> str | None:
    """The site's name that trafilatura found, unless it is only the host of an address that the page claims,
    which may be wrong."""
    source = clean(guessed.sitename)
    return source if source and _plain(source) != _plain(_host(guessed.url)) else None


def _why_no_article(tree: Any, markup: str, facts: PageFacts, title: str | None, text: str) -> str | None:
    """Why the page seems to be no article; None if it seems to be one."""
    if facts.is_home_or_list and not facts.is_article:
        return "the page says that it is a home page or a list, and no article"
    titles = [*facts.titles, *([title] if title else [])]
    if reason := why_no_article(tree, titles, text, facts.is_article):
        return reason
    if not text and _BY_SCRIPT.search(markup):
        return "its text is put there by a script: save it from a browser that shows it"
    return None


def _without_neighbours(tree: Any, *, json_ld: bool) -> Any:
    """A copy of the page without comments and teasers, whose dates and names would be wrong, and without
    JSON-LD unless `json_ld` is set."""
    copy = deepcopy(tree)
    if not json_ld:
        for script in list(copy.iter("script")):
            script.drop_tree()
    for element in list(copy.iter("div", "section", "aside", "ul", "ol", "li", "footer")):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NOT_THE_ARTICLES.search(names) or (element.get("itemtype") or "").endswith("/Comment"):
            above = element.getparent()
            if above is not None and not any(True for _ in element.iter("h1")):
                element.drop_tree()
    return copy


def _author(claims: Sequence[str | None], source: str | None, url: str | None) -> str | None:
    """The first claim that is not the publisher's name: a publisher is no author."""
    publisher = {_plain(source or ""), _plain(_host(url)), _plain(_host(url).partition(".")[0]), ""}
    for claim in claims:
        names = [_BY.sub("", name.strip()) for name in (claim or "").split(", ")]
        kept = [name for name in names if _plain(name) not in publisher and "@" not in name]
        if kept:
            return ", ".join(dict.fromkeys(kept))
    return None


def _host(url: str | None) -> str:
    try:
        return host(url or "")
    except ValueError:
        return ""


def _plain(name: str) -> str:
    return re.sub(r"\W|\Athe\b", "", name.casefold())


def _without_heading(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs after a repeated title, which would otherwise be quoted as a sentence; words of a menu
    above it are dropped too."""
    for number, paragraph in enumerate(paragraphs[:ABOVE]):
        if paragraph == title and number + 1 < len(paragraphs):
            return paragraphs[number + 1 :]
        if len(paragraph) > MENU_WORD:
            break
    return paragraphs
