"""From the bytes of a page to its article's text and facts. Runs in the worker process alone."""

import re
from typing import Any

import trafilatura
from trafilatura.settings import Document, set_date_params
from trafilatura.utils import decode_file

from corpus.readers.parsing.html_charset import decode_page
from corpus.readers.parsing.html_metadata import PageMetadata, clean, read_metadata

LONGEST_WORD = 5000
"""Characters without any space or punctuation; beyond that it is data, in every script."""
LEAST_FALLBACK = 80
"""Characters; what standard mode finds beyond what precision mode found is a menu if it is shorter."""
BINARY_SHARE = 1000
"""One NUL in so many characters, or more, is no page but a picture or a program."""
LEAST_WORDS = 0.25
"""Share of letters and digits in a text; prose of any script has more than twice that."""

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
_AFTER = dict.fromkeys(("p", "head", "quote", "list", "table"), "\n\n")
_BEFORE = _AFTER | {"item": "\n", "row": "\n", "lb": "\n", "cell": "\t"}
"""What separates each of trafilatura's elements from its neighbours in our plain text."""


class Page(PageMetadata):
    """The facts of a page, and its article's text: plain, paragraphs apart by an empty line."""

    text: str | None


def read_page(page: bytes) -> Page:
    """The article of the page; `text` is None where there is none. Fetches nothing."""
    markup = _XML_DECLARATION.sub("", decode_page(page) or decode_file(page, max_size=len(page)))
    if markup.count("\0") * BINARY_SHARE > len(markup):
        markup = ""
    elif "<html" not in markup.lower():
        markup = f"<html><body>{markup}</body></html>"
    tree = trafilatura.load_html(markup) if markup.strip() else None
    if tree is None:
        return Page(title=None, author=None, source=None, url=None, language=None, dates=[], text=None)
    facts = read_metadata(tree)
    # The wider date search takes any date in the text, a copyright's too; no date is better than that.
    guessed = trafilatura.extract_metadata(tree, date_config=set_date_params(extensive=False))
    title = facts["title"] or clean(guessed.title) or None
    return Page(
        title=title,
        author=facts["author"] or clean(guessed.author).replace("; ", ", ") or None,
        source=facts["source"] or clean(guessed.sitename) or None,
        url=facts["url"],
        language=facts["language"],
        dates=[*facts["dates"], *([guessed.date] if guessed.date else [])],
        text=_without_title(_article_text(tree), title),
    )


def _article_text(tree: Any) -> str:
    for precise, least in ((True, 1), (False, LEAST_FALLBACK)):
        found = trafilatura.bare_extraction(
            tree, favor_precision=precise, include_comments=False, include_formatting=False
        )
        text = plain_text(found.body) if isinstance(found, Document) else ""
        if len(text) >= least:
            return text if _is_prose(text) else ""
    return ""


def plain_text(body: Any) -> str:
    """The text of trafilatura's XML with no sign added: only spaces, tabs between cells, line breaks."""
    pieces: list[str] = []
    _collect(body, pieces)
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _collect(element: Any, pieces: list[str]) -> None:
    # Recursion is safe: the parser itself goes no deeper than 256 elements.
    if not isinstance(element.tag, str):
        return
    pieces.append(_BEFORE.get(element.tag, ""))
    pieces.append(_spaced(element.text))
    for child in element:
        _collect(child, pieces)
        pieces.append(_spaced(child.tail))
    pieces.append(_AFTER.get(element.tag, ""))


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_prose(text: str) -> bool:
    words = sum(character.isalnum() for character in text)
    longest = max((len(word[0]) for word in re.finditer(r"\w+", text)), default=0)
    return words > LEAST_WORDS * len(text) and longest <= LONGEST_WORD


def _without_title(text: str, title: str | None) -> str | None:
    """A first paragraph that only repeats the title would be quoted as if it were a sentence."""
    first, _, rest = text.partition("\n\n")
    return (rest if rest and first == title else text) or None
