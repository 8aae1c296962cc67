"""Sentences of a text, as exact spans.

The rules of a language are sentencex's (Wikimedia; about 300 languages, no model, linear time). What news
text needs besides is here: paragraphs, lists and lines wrapped by hand come first, and a few cuts that the
rules make inside a sentence are mended.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sentencex import segment

Span = tuple[int, int]
"""A half-open range of characters, [start, end)."""

SENTENCE_LIMIT = 600
"""Characters; a longer "sentence" (a table, a list without stops) is cut at spaces, so that two of its
pieces never make a passage longer than 900. Of NewsQA's 15,730 sentences 11 are longer."""

_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—▪◦]|\d{1,3}[.)])\s")
_ENDS = re.compile(r"[.!?。！？…:;]['\"”’»」』)\]]*\s*$")
_CUT_AFTER = re.compile(r"\b(?:[ap]\.m\.|No\.|Nos\.|vs\.|approx\.)\s*$", re.IGNORECASE)
_CONTINUES = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:GMT|UTC|EST|EDT|CET|JST|KST)\b|[a-z0-9]|on\b|to\b"
)
_QUOTED_JA = re.compile(r"[」』]\s*$")
_CONTINUES_JA = re.compile(r"(?:と|って|など|は|が|を|に|の)")
_SPACE_OR_STOP = re.compile(r"[\s、。，；;,]")


def sentence_spans(text: str, language: str) -> list[Span]:
    """The spans of the sentences, in order, without the white space around them.

    They never overlap, leave out nothing but white space, and are at most SENTENCE_LIMIT characters long.
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        for span in _mended(text, _cuts(text, start, end, language)):
            spans.extend(_limited(text, *span))
    return spans


def _blocks(text: str) -> Iterator[Span]:
    """Paragraphs, list items and single lines; lines wrapped inside a sentence stay together."""
    start = end = -1
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        if start >= 0 and _wrapped(text[start:end], text[end : line.start()], line[0]):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.span()
    if start >= 0:
        yield start, end


def _wrapped(before: str, between: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if between.count("\n") != 1 or _LIST_ITEM.match(line):
        return False
    return line.lstrip()[:1].islower() and not _ENDS.search(before[-20:])


def _cuts(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    block = text[start:end]
    position = start
    for sentence in segment(_known(language), block):
        yield position, position + len(sentence)
        position += len(sentence)
    if position < end:
        yield position, end


@lru_cache(maxsize=64)
def _known(language: str) -> str:
    return language if language not in ("", "und") else "en"


def _mended(text: str, cuts: Iterator[Span]) -> list[Span]:
    """Cuts inside one sentence undone: "5 p.m. | Friday", 「…。」| と述べた."""
    spans: list[Span] = []
    for start, end in cuts:
        if spans and _same_sentence(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _same_sentence(before: str, after: str) -> bool:
    if not after.strip():
        return True
    tail = before[-12:]
    if _CUT_AFTER.search(tail):
        return bool(_CONTINUES.match(after))
    return bool(_QUOTED_JA.search(tail) and _CONTINUES_JA.match(after))


def _limited(text: str, start: int, end: int) -> Iterator[Span]:
    """The trimmed span, cut at spaces where it is over the limit."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > SENTENCE_LIMIT:
        at = _last_space(text, start, start + SENTENCE_LIMIT)
        yield from _limited(text, start, at)
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _last_space(text: str, start: int, limit: int) -> int:
    """Where to cut [start, limit): after the last space or stop of its second half, else at the limit."""
    places = [found.end() + start for found in _SPACE_OR_STOP.finditer(text[start:limit])]
    return places[-1] if places and places[-1] > start + (limit - start) // 2 else limit
