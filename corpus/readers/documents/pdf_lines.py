"""Joins the lines of a PDF's pages into paragraphs: a PDF only contains the positions of its letters."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.documents.english_words import english_words
from corpus.readers.documents.wrapped_lines import join_lines

MARGIN = 0.12
"""The share of a page's height, at its top and its bottom, in which page numbers and running heads are."""
RUNNING = 0.4
"""The least share of the pages, and at least two of them, that must repeat a line in the margin for it to be
a running head."""
INDENT = 0.8
"""The indentation of a paragraph's first line, in heights of a letter."""
SHORT_LINE = 0.85
"""A line that ends a sentence ends its paragraph too if it is shorter than this share of its block's
width."""
HEADLINE = 1.25
"""The least size of a headline's letters, as a multiple of the most common size."""
HEADLINE_LENGTH = 250
"""The most characters of a headline."""

_PAGE_NUMBER = lazy_pattern(
    r"(?:page |p\. ?|seite |s\. ?)?[-–—|·\s]*(?:\d{1,4}|[ivxlc]{1,6})[-–—|·\s]*(?:(?:of|/|von|de) ?\d{1,4})?",
    re.IGNORECASE,
)
_ENDS = lazy_pattern(r"[.!?…:;。！？][\"'”’)\]」』）]*\Z")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of text: its left and right edge and the size of its letters in points, the height of its middle
    as a share of the page (0 is the bottom), and the number of its block on the page."""

    text: str
    left: float
    right: float
    size: float
    height: float
    block: int


def without_margins(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """The pages without page numbers and running heads."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page if _in_margin(line)})
    least = max(2, RUNNING * len(pages))
    return [
        [
            line
            for line in page
            if not _in_margin(line) or not (_PAGE_NUMBER.fullmatch(line.text) or seen[_key(line)] >= least)
        ]
        for page in pages
    ]


def headline_of(page: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines of the first page's headline: the first ones in the largest letters, if these are larger than
    the rest. Empty if there is none."""
    sizes = Counter[float]()
    for line in page:
        sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return []
    usual = sizes.most_common(1)[0][0]
    largest = max(sizes)
    if largest < HEADLINE * usual:
        return []
    first = next(number for number, line in enumerate(page) if round(line.size, 1) == largest)
    lines = []
    for line in page[first:]:
        if round(line.size, 1) != largest:
            break
        lines.append(line)
    return lines if sum(len(line.text) for line in lines) <= HEADLINE_LENGTH else []


def paragraphs_of(pages: Sequence[Sequence[PdfLine]]) -> list[str]:
    """The paragraphs, each on one line. A hyphen at the end of a line is removed if the document has the word
    without it elsewhere, or English has it, and the document nowhere has it with the hyphen; otherwise it may
    belong to the word."""
    words = Counter(
        word.casefold()
        for page in pages
        for line in page
        for word in re.findall(r"\w+(?:[-‐]\w+)*", line.text)
    )
    paragraphs: list[str] = []
    for block in _blocks(pages):
        for lines in _split(block):
            text = ""
            for line in lines:
                text = _joined(text, line.text, words)
            if paragraphs and text[:1].islower() and not _ENDS.search(paragraphs[-1]):
                # It continues in the next column or on the next page.
                paragraphs[-1] = _joined(paragraphs[-1], text, words)
            else:
                paragraphs.append(text)
    return paragraphs


def _blocks(pages: Sequence[Sequence[PdfLine]]) -> Iterator[list[PdfLine]]:
    for page in pages:
        block: list[PdfLine] = []
        for line in page:
            if block and block[-1].block != line.block:
                yield block
                block = []
            block.append(line)
        if block:
            yield block


def _split(block: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """The paragraphs of a block: each begins with an indented line, or after a short line that ends a
    sentence."""
    left, right = min(line.left for line in block), max(line.right for line in block)
    paragraph = [block[0]]
    for before, line in pairwise(block):
        moved_in = line.left > left + INDENT * line.size and before.left <= left + INDENT * line.size
        short = before.right < left + SHORT_LINE * (right - left) and bool(_ENDS.search(before.text))
        larger = abs(line.size - before.size) > 0.2 * before.size
        if moved_in or short or larger:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _joined(text: str, after: str, words: Counter[str]) -> str:
    if text.endswith("\u00ad"):  # a soft hyphen, which is only there because the line ends
        return text[:-1] + after
    found = re.search(r"(\w+)[-‐]\Z", text)
    follows = re.match(r"\w+", after)
    if found and follows and follows[0][0].islower():
        whole, hyphened = (f"{found[1]}{sign}{follows[0]}".casefold() for sign in ("", "-"))
        # No word is divided after its first letter, but "e-mail" is a compound.
        is_word = words[whole] or (min(len(found[1]), len(follows[0])) > 1 and whole in english_words())
        if is_word and not words[hyphened]:
            return text[:-1] + after
    return join_lines(text, after)


def _in_margin(line: PdfLine) -> bool:
    return not MARGIN < line.height < 1 - MARGIN


def _key(line: PdfLine) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())
