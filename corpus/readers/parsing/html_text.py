"""Converts HTML in a field to plain text with its paragraphs.

Such a field holds only an article, so nothing has to be located in it and no tree is built: the tags are
processed in order, in linear time. Python's `html.parser` takes minutes for 200 kB of `<a`, and lxml is C
code that may only parse pages in its own process (`html_page`).
"""

import html
import re

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.hidden_elements import CONSENT_TAGS, hides

MARKUP_LIMIT = 8 * 1024 * 1024
"""The most characters of markup that are processed; an article's text may have 5 million."""

_PARAGRAPHS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section summary table ul".split()
)
_LINES = frozenset(("br", "li", "tr", "option", "caption"))
_CELLS = frozenset(("td", "th"))
_UNREAD = frozenset(
    "audio button canvas head iframe math noscript object script select style svg template textarea title "
    "video".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end."""
_ATTRIBUTE = lazy_pattern(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_TAG = lazy_pattern(r"""<(/?)([A-Za-z][A-Za-z0-9:-]*)(?:(?:[^<>"']++|"[^"<]*"|'[^'<]*')*+|[^<>]*)>""")
_OTHER = lazy_pattern(r"<[!?/][^<>]*>")
"""A document type, a processing instruction, the start of CDATA, or a closing tag without a name."""
_SIGN = lazy_pattern(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--")


def looks_like_html(text: str) -> bool:
    """Whether the text has a tag or a comment; a lone `<` is not enough."""
    return _SIGN.search(text) is not None


def html_to_text(markup: str, *, line_breaks: bool = False) -> str:
    """The text of the markup, without entities, with empty lines between paragraphs.

    With `line_breaks`, its line breaks are kept too, as in WordPress where there is no `<p>`.
    """
    markup = markup[:MARKUP_LIMIT]
    pieces, ended = _pieces(markup, line_breaks)
    if not ended:  # an element that is hidden and has no end would hide everything after it
        pieces, _ = _pieces(markup, line_breaks, hiding=False)
    text = "".join(pieces)
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _pieces(markup: str, line_breaks: bool, *, hiding: bool = True) -> tuple[list[str], bool]:
    """The pieces of the text, without hidden elements if `hiding`, and whether each of these has an end."""
    pieces: list[str] = []
    lower = markup.lower() if markup.isascii() else re.sub("[A-Z]+", lambda found: found[0].lower(), markup)
    unended: set[str] = set()
    at = 0
    as_it_stands = 0
    hidden, depth, start = "", 0, 0
    while (sign := markup.find("<", at)) >= 0:
        kept = line_breaks or as_it_stands > 0
        pieces.append(_words(markup[at:sign], kept))
        if markup.startswith("<!--", sign) and (end := _find("-->", markup, sign + 4, unended)) >= 0:
            at = end + 3
        elif tag := _TAG.match(markup, sign):
            name, closes, at = tag[2].lower(), bool(tag[1]), tag.end()
            if name in _UNREAD and not closes and (end := _find(f"</{name}", lower, at, unended)) >= 0:
                at = end
            if depth:
                depth += (name == hidden) * (-1 if closes else 1)
                if not depth:
                    del pieces[start:]
            elif hiding and not closes and name not in _VOID and _is_hidden(name, tag[0]):
                hidden, depth, start = name, 1, len(pieces)
            as_it_stands += (name == "pre") * (-1 if closes else 1)
            pieces.append(_separator(name, closes))
        elif other := _OTHER.match(markup, sign):
            at = other.end()
        else:
            pieces.append("<")
            at = sign + 1
    pieces.append(_words(markup[at:], line_breaks))
    return pieces, not depth


def _is_hidden(name: str, tag: str) -> bool:
    if name in CONSENT_TAGS:
        return True
    if "hidden" not in tag.lower() and "style" not in tag.lower():
        return False
    found = _ATTRIBUTE.findall(tag[len(name) + 1 : -1])
    return hides({key.lower(): html.unescape(a or b or c) for key, a, b, c in found})


def _find(end: str, text: str, at: int, unended: set[str]) -> int:
    """The position of `end`, -1 if it does not occur again; that is remembered in `unended`, so it is
    searched once."""
    if end in unended:
        return -1
    found = text.find(end, at)
    if found < 0:
        unended.add(end)
    return found


def _words(text: str, kept: bool) -> str:
    return re.sub(r"[^\S\n]+" if kept else r"\s+", " ", html.unescape(text)) if text else ""


def _separator(name: str, closes: bool) -> str:
    if name in _PARAGRAPHS:
        return "\n\n"
    if closes:
        return ""
    return "\n" if name in _LINES else "\t" if name in _CELLS else ""
