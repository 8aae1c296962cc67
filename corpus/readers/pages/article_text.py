"""The text of a page's article: found in several ways, of which the fullest that can be believed is taken."""

import re
from typing import Any

import trafilatura
from trafilatura.settings import Document

from corpus.readers.pages.page_blocks import is_run_together, own_paragraphs, without_boxes
from corpus.text import one_line

LONGEST_WORD = 5000
"""Characters without any space or punctuation; beyond that it is data, in every script."""
LEAST_FALLBACK = 80
"""Characters; what standard mode finds beyond what precision mode found is a menu if it is shorter."""
TIMES = 3
"""How many times as long a text must be to be taken in the place of one found with more care. Of 439 pages of
publishers, what was less than a third of another was cut off."""
ALMOST = 0.9
"""Share of another text's length from which two texts of a page are the same."""
COMPARED = 2 * 1024 * 1024
"""Characters of markup up to which several ways are tried; the largest news pages measured have so many."""
LEAST_CAPTIONS = 3
"""Captions from which a page with hardly any other text is a gallery."""
HARDLY_ANY = 300
"""Characters."""
LONGEST_JOINED = 20_000
"""Characters of a text in one paragraph that may be all of a page's words run together, as trafilatura gives
them where it finds no article."""
LEAST_WORDS = 0.25
"""Share of letters and digits in a text; prose of any script has more than twice that."""

_CAPTION = re.compile(r"(?:^|[\s_-])caption(?:$|\s)", re.IGNORECASE)
"""The class of a picture's caption; of one that is made of several, the outer one counts."""
_AFTER = dict.fromkeys(("p", "head", "quote", "list", "table"), "\n\n")
_BEFORE = _AFTER | {"item": "\n", "row": "\n", "lb": "\n", "cell": "\t"}
"""What separates each of trafilatura's elements from its neighbours in our plain text."""


def article_text(tree: Any, body: str, size: int) -> str:
    """The text of the page (an lxml tree of `size` characters of markup); empty where there is none.

    Precision mode is right most of the time and leaves out the least of other stories; where it finds less
    than a third of what standard mode or the page's own `body` (of its JSON-LD) has, the page was cut off.
    """
    tree = without_boxes(tree)
    text = _extracted(tree, precise=True)
    if not text or size <= COMPARED:
        other = _extracted(tree, precise=False)
        if len(other) >= max(TIMES * len(text), LEAST_FALLBACK):
            text = other
    # Standard mode looks into JSON-LD too, and loses its paragraphs.
    same = len(body) >= ALMOST * len(text) and body.count("\n\n") > text.count("\n\n") == 0
    if len(body) >= LEAST_FALLBACK and (same or len(body) >= TIMES * len(text)) and _is_prose(body):
        text = body
    if len(text) < HARDLY_ANY:
        captions = _captions(tree)
        if len(captions) >= LEAST_CAPTIONS and len("\n\n".join(captions)) > len(text):
            text = "\n\n".join([*([text] if text else []), *(one for one in captions if one not in text)])
    return text


def plain_text(body: Any) -> str:
    """The text of trafilatura's XML with no sign added: only spaces, tabs between cells, line breaks."""
    pieces: list[str] = []
    _collect(body, pieces)
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _extracted(tree: Any, *, precise: bool) -> str:
    found = trafilatura.bare_extraction(
        tree, favor_precision=precise, include_comments=False, include_formatting=False
    )
    text = plain_text(found.body) if isinstance(found, Document) else ""
    if len(text) <= LONGEST_JOINED and is_run_together(tree, text):
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
