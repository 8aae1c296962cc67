"""Recognises pages without an article: error pages, browser checks, lists of teasers."""

import re
from collections.abc import Sequence
from typing import Any

from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line

SHORT = 1000
"""The most characters of an error page or a browser check; they have 50 to 600."""
TEASERS = 4
"""The least linked headlines for a page to be a list: an article has two or three in its text."""
TEASER_SHARE = 0.3
"""The least share of such headlines among the paragraphs of a list: each has a line or two of its own."""
MAX_LIST = 300
"""The most paragraphs of a list; home pages have fifty to two hundred headlines."""
SOON = 5
"""The most seconds before a redirect on a page without content."""
HEADLINE_WORDS = 3
"""The least words of a link to be a headline and not the name of a section."""

_REFRESH = lazy_pattern(
    r"\s*(?P<after>\d{1,4})[\d.]*\s*[;,]\s*url\s*=\s*[\"']?(?P<to>https?://[^\"'\s<>]+)[\"']?\s*",
    re.IGNORECASE,
)
_MISSING = lazy_pattern(
    r"\A(?:error )?40[34](?=\W*\Z|\s*[-–—|:!.])|\berror 40[34]\b|\b40[34] (?:error|not found|page)|"
    r"\bpage (?:is )?not found|\A(?:page )?not found(?=\W*\Z|\s*[-–—|:!.])|"
    r"\bpage (?:you(?:['’]re| are| were)? (?:looking for|requested) )?"
    r"(?:does(?:n['’]t| not) exist|(?:can(?:['’]t|not| not)|could(?:n['’]t| not)) be found|"
    r"is (?:no longer available|missing|gone)|has (?:moved|been removed))|"
    r"we (?:can['’]t|cannot|can not|could not|couldn['’]t) find (?:the|that|this) page|"
    r"\Asorry, (?:this|that|the) page\b",
    re.IGNORECASE,
)
_CHECK = lazy_pattern(
    r"\Ajust a moment\W*\Z|attention required!? ?\W? ?cloudflare|checking (?:if the site|your browser)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a robot|human)\b|"
    r"confirm (?:that )?you are (?:not a robot|human)|pardon our interruption|"
    r"access (?:to this page has been )?denied|\Asecurity check\b|ddos protection by|"
    r"unusual (?:traffic|activity) from your|complete the (?:captcha|security check)",
    re.IGNORECASE,
)
_NO_SCRIPT = lazy_pattern(
    r"javascript (?:is|seems to be|must be|needs to be)? ?(?:currently )?"
    r"(?:disabled|not enabled|turned off|required|enabled)|"
    r"(?:enable|turn on|activate|requires?|without) javascript",
    re.IGNORECASE,
)
_CONSENT = lazy_pattern(
    r"\Abefore you continue|"
    r"(?:we|our partners)\b.{0,80}\b(?:use|store|process)\b.{0,60}\b(?:cookies|personal data)|"
    r"\b(?:accept|reject|manage) (?:all )?(?:cookies|choices|preferences)|"
    r"your (?:privacy|consent) (?:choices|settings|preferences)|we value your privacy",
    re.IGNORECASE | re.DOTALL,
)


def why_no_article(tree: Any, titles: Sequence[str], text: str, described: bool) -> str | None:
    """The reason to leave out the page (an lxml tree), in words; None if it may be an article.

    `titles` are the page's own, `text` is its extracted text. `described` is whether the page declares that
    it is an article (JSON-LD, `og:type`), which is believed.
    """
    if described:
        return None
    if len(text) <= SHORT:
        if onward := _leads_on(tree):
            return f"the page only leads on: add {onward[:300]}"
        # The message may be in the title, in the text, or outside of the extracted text.
        around = text or one_line(" ".join(tree.itertext()))[:SHORT]
        first = around[:300]
        if any(map(_CHECK.search, [*titles, first])):
            return "the page is a check of the browser and holds no article"
        if any(map(_MISSING.search, titles)) or (_MISSING.search(first) and len(text) < SHORT / 2):
            return "the page says that it was not found and holds no article"
        if _NO_SCRIPT.search(first):
            return "the page only asks for JavaScript and holds no article"
        if any(map(_CONSENT.search, [*titles, first])):
            return "the page only asks for consent and holds no article"
    if _is_list(tree, text):
        return "the page is a list of headlines that lead elsewhere and holds no article"
    return None


def _leads_on(tree: Any) -> str | None:
    """The target of an immediate redirect, if the page has one."""
    for tag in tree.iter("meta"):
        if (tag.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.fullmatch(tag.get("content") or "")
            if found and int(found["after"]) <= SOON:
                return found["to"]
    return None


def _is_list(tree: Any, text: str) -> bool:
    paragraphs = [one_line(line) for line in text.split("\n") if line.strip()]
    linked = {one_line("".join(link.itertext())) for link in tree.iter("a") if link.get("href")}
    headings = {
        one_line("".join(heading.itertext()))
        for name in ("h2", "h3", "h4")
        for heading in tree.iter(name)
        if any(True for _ in heading.iter("a")) or any(True for _ in heading.iterancestors("a"))
    }
    leading = {line for line in linked | headings if len(line.split()) >= HEADLINE_WORDS}
    found = sum(line in leading for line in paragraphs)
    if found >= TEASERS and found >= TEASER_SHARE * len(paragraphs):
        return True
    return _cards(tree, paragraphs)


def _cards(tree: Any, paragraphs: list[str]) -> bool:
    """Whether most of the text is in boxes with a link, none of which has most of it."""
    if len(paragraphs) > MAX_LIST:
        return False
    boxes = [
        one_line("".join(box.itertext()))
        for box in tree.iter("article", "li", "div")
        if (box.tag == "article" or "teaser" in _classes(box) or "card" in _classes(box))
        and any(True for _ in box.iter("a"))
        and not any(True for _ in box.iterdescendants("article"))
    ]
    size = sum(map(len, paragraphs))
    together = "\n".join(boxes)
    inside = sum(len(line) for line in paragraphs if line in together)
    return len(boxes) >= TEASERS and max(map(len, boxes)) < 0.5 * size and inside > 0.6 * size


def _classes(box: Any) -> str:
    return (box.get("class") or "").lower()
