"""Extracts the text of a page's article in several ways, and chooses the fullest plausible one."""

import re
from typing import Any

import trafilatura
from trafilatura.settings import Document

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.page_blocks import is_run_together, own_paragraphs, without_boxes
from corpus.text import one_line

MAX_WORD = 5000
"""The most characters without a space or punctuation; a longer word is data, in every script."""
MIN_FALLBACK = 80
"""The least characters of a text from standard mode if precision mode finds none; a shorter one is a menu."""
MIN_RATIO = 3
"""A text replaces a more precisely extracted one if it is at least this many times as long. On 439
publishers' pages, a text shorter than a third of another was cut off."""
ALMOST = 0.9
"""The least ratio of two texts' lengths for them to be the same."""
CHARACTERS_COMPARED = 2 * 1024 * 1024
"""The most characters of markup for which several ways are tried; the largest news pages measured have this
many."""
MIN_CAPTIONS = 3
"""The least captions for a page with hardly any other text to be a gallery."""
HARDLY_ANY = 300
"""The most characters of "hardly any" text."""
MAX_JOINED = 20_000
"""The most characters of a text in one paragraph that is checked for being all words of the page run
together, as trafilatura returns them when it finds no article."""
MIN_LETTER_SHARE = 0.25
"""The least share of letters and digits in a text; prose of any script has more than twice that."""

_CAPTION = lazy_pattern(r"(?:^|[\s_-])caption(?:$|\s)", re.IGNORECASE)
"""Matches the class of a picture's caption; of nested captions, the outer one counts."""
_AFTER = dict.fromkeys(("p", "head", "quote", "list", "table"), "\n\n")
_BEFORE = _AFTER | {"item": "\n", "row": "\n", "lb": "\n", "cell": "\t"}
"""The separators before and after each of trafilatura's elements in the plain text."""


def article_text(tree: Any, body: str, size: int) -> str:
    """The text of the page's article; empty if there is none. `tree` is an lxml tree, `size` its characters
    of markup, `body` the text in its JSON-LD.

    Precision mode is right most of the time and includes the least of other stories. If it finds less than a
    third of what standard mode or `body` has, it has cut the article off.
    """
    tree = without_boxes(tree)
    text = _extracted(tree, precise=True)
    if not text or size <= CHARACTERS_COMPARED:
        other = _extracted(tree, precise=False)
        if len(other) >= max(MIN_RATIO * len(text), MIN_FALLBACK):
            text = other
    # Standard mode also reads JSON-LD, but loses its paragraphs.
    same = len(body) >= ALMOST * len(text) and body.count("\n\n") > text.count("\n\n") == 0
    if len(body) >= MIN_FALLBACK and (same or len(body) >= MIN_RATIO * len(text)) and _is_prose(body):
        text = body
    if len(text) < HARDLY_ANY:
        captions = _captions(tree)
        if len(captions) >= MIN_CAPTIONS and len("\n\n".join(captions)) > len(text):
            text = "\n\n".join([*([text] if text else []), *(one for one in captions if one not in text)])
    return text


def plain_text(body: Any) -> str:
    """The text of trafilatura's XML, with spaces, tabs between cells and line breaks as the only
    additions."""
    pieces: list[str] = []
    _collect(body, pieces)
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _extracted(tree: Any, *, precise: bool) -> str:
    found = trafilatura.bare_extraction(
        tree, favor_precision=precise, include_comments=False, include_formatting=False
    )
    text = plain_text(found.body) if isinstance(found, Document) else ""
    if len(text) <= MAX_JOINED and is_run_together(tree, text):
        text = "\n\n".join(own_paragraphs(tree))
    return text if _is_prose(text) else ""


def _captions(tree: Any) -> list[str]:
    found = [
        caption
        for caption in tree.iter("figcaption", "p", "div", "span")
        if caption.tag == "figcaption" or _CAPTION.search(caption.get("class") or "")
    ]
    inner = {id(below) for caption in found for below in caption.iterdescendants()}
    lines = (one_line(" ".join(caption.itertext())) for caption in found if id(caption) not in inner)
    return list(dict.fromkeys(line for line in lines if line))


def _collect(element: Any, pieces: list[str]) -> None:
    # Recursion is safe: the parser limits the depth to 256 elements.
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
    return words > MIN_LETTER_SHARE * len(text) and longest <= MAX_WORD
