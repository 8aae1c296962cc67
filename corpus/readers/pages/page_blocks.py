"""Splits a page into boxes and paragraphs by its elements, for pages on which the extraction of articles
fails."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.hidden_elements import CONSENT_TAGS, hides
from corpus.text import one_line

MAX_BOX = 700
"""The most characters of a box that is removed for its class or id; some sites name the article itself after
their paywall."""
BEGINNING = 60
"""The number of first letters of a text by which it is found in the page."""

_BOXES = lazy_pattern(
    r"(?:kg-signup|subscription-widget|"
    r"(?:newsletter|email|mail)-?_?(?:sign-?up|form|box|widget|promo|card|cta)|"
    r"sign-?up-?_?(?:form|box|card)|pay-?wall|reg-?wall|piano-|tp-container|"
    r"cookie-?_?(?:banner|bar|box|consent|law|message|modal|notice|popup)|cookieconsent|"
    r"onetrust|didomi|qc-cmp|sp_message|usercentrics|cky-consent|"
    r"slide-?_?(?:count|number|index)|social-?_?share|share-?_?(?:bar|buttons|tools))",
    re.IGNORECASE,
)
"""Matches classes and ids of calls to subscribe, cookie banners, picture counters and share buttons."""
_AROUND = lazy_pattern(
    r"(?:\b|_)(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|related|comments?|share|social|"
    r"newsletter|cookies?|consent|banner|advert\w*|ad)(?:\b|_)",
    re.IGNORECASE,
)
"""Matches classes and ids of elements around an article."""
_UNSHOWN = frozenset(("script", "style", "template"))
_SKIPPED = frozenset(
    "nav footer aside form button script style noscript template select svg iframe head video audio".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header "
    "hr html li main ol p pre section table tbody td th thead tr ul br".split()
)


def without_boxes(tree: Any) -> Any:
    """The page (an lxml tree); a copy without calls to subscribe, cookie banners and what is hidden, if it
    has any. A long part that is hidden may be the article, which a script shows, and stays."""
    if not any(_is_box(element) for element in tree.iter()):
        return tree
    left = deepcopy(tree)
    for element in list(left.iter()):
        if _is_box(element) and element.getparent() is not None:
            element.drop_tree()
    return left


def is_run_together(tree: Any, text: str) -> bool:
    """Whether the text is one paragraph of words that are visible on the page, but not in one element."""
    if not text or "\n" in text or _letters(text)[:BEGINNING] not in _letters(_shown(tree)):
        return False
    for element in tree.iter(
        "p", "div", "section", "article", "td", "li", "body", "blockquote", "pre", "span"
    ):
        own = one_line("".join(element.itertext()))
        if own and own in text and len(own) >= 0.9 * len(text):
            return any(_is_block(below) for below in element.iterdescendants())
    return True


def _shown(tree: Any) -> str:
    """All words of the page except those of scripts: JSON-LD may contain a whole article."""
    return "".join(
        f"{(element.text or '') if element.tag not in _UNSHOWN else ''}{element.tail or ''}"
        for element in tree.iter()
        if isinstance(element.tag, str)
    )


def _letters(text: str) -> str:
    return "".join(text.split())


def own_paragraphs(tree: Any) -> list[str]:
    """The texts between the page's block elements, without menus and other elements around an article."""
    pieces = [one_line(piece) for piece in "".join(_pieces(tree)).split("\0")]
    return [piece for piece in pieces if piece]


def _pieces(element: Any) -> Iterator[str]:
    # Recursion is safe: the parser limits the depth to 256 elements.
    if isinstance(element.tag, str) and not _is_skipped(element):
        parts = "\0" if element.tag in _BLOCKS else " " if element.tag == "span" else ""
        yield parts
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
        yield parts
    yield element.tail or ""


def _is_skipped(element: Any) -> bool:
    if element.tag in _SKIPPED or (element.tag == "header" and any(True for _ in element.iter("nav"))):
        return True
    return element.tag not in ("html", "body", "main", "article") and bool(_AROUND.search(_names(element)))


def _is_box(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in CONSENT_TAGS:
        return True
    if not (_BOXES.search(_names(element)) or hides(element.attrib)):
        return False
    if any(True for _ in element.iter("h1")):
        return False
    return sum(map(len, element.itertext())) <= MAX_BOX


def _is_block(element: Any) -> bool:
    return element.tag in _BLOCKS and element.tag != "br"


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
