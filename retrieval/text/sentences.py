"""Splits a text into sentences, as exact spans.

Languages' rules are sentencex's (Wikimedia; about 300 languages, no model). This module adds what news text
needs: paragraphs, headings, lists and hard-wrapped lines are separated first, and some wrong cuts are
repaired.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import segment

from corpus.lazy_pattern import lazy_pattern

Span = tuple[int, int]
"""A half-open range of characters, [start, end)."""

SENTENCE_LIMIT = 600
"""Characters; a longer "sentence" (a table, a list without stops) is cut at spaces, so that any sentence fits
into a passage. Of NewsQA's 15,730 sentences 11 are longer."""
PIECE = 4000
"""Characters passed to sentencex at a time, since its time is quadratic for quotes that are never closed (80
kB took 1.7 s in one piece, 0.2 s in several). Hardly any news paragraph is longer."""
WRAP_WIDTH = 40
"""Characters; shorter lines were not wrapped for lack of space: they are headlines and lists."""

_LINE = lazy_pattern(r"[^\n]+")
_SPACE = lazy_pattern(r"\s")
_HEADING = lazy_pattern(r"\s{0,3}#{1,6}\s")
_LIST_ITEM = lazy_pattern(r"\s*(?:[-*•·–—▪◦]|\d{1,3}[.)])\s")
_ENDS = lazy_pattern(r"[.!?。！？…:;]['\"”’»」』)\]]*\s*$")
_SPACE_OR_STOP = lazy_pattern(r"[\s、。，；;,]")
_JOINTS = (
    # "5 p.m. | Friday", "No. | 10"
    (
        lazy_pattern(r"\b(?:[ap]\.m\.|No\.|Nos\.|vs\.|approx\.)\s*$", re.IGNORECASE),
        lazy_pattern(
            r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:GMT|UTC|CET|BST|JST|KST|[ECMP][SD]?T)\b|[a-z0-9]"
        ),
    ),
    # "Ms. | Takaichi": the titles that the rules don't have
    (lazy_pattern(r"\b(?:Ms|Mx|Mmes|Govs|Gens|Profs|Amb|Dep|Cdr|Ft)\.\s*$"), lazy_pattern(r"[A-Z]")),
    # "Is it over?" | Ida Berg asked
    (
        lazy_pattern(r"(?:[?!…]|\.\.\.) ?['\"”’»]\s*$"),
        lazy_pattern(
            r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|told|asks|asked|added|wrote|replied|answered|recalled"
            r"|wondered|explained|exclaimed|shouted|cried|yelled|joked)\b"
        ),
    ),
    # 「…。」| と述べた
    (lazy_pattern(r"[」』”\"]\s*$"), lazy_pattern(r"と|って|など|は|が|を|に|の")),
    # "…다."| 라고 말했다
    (lazy_pattern(r"[」』\"”'’]$"), lazy_pattern(r"[가-힣]")),
    (lazy_pattern(r"[」』\"”'’]\s*$"), lazy_pattern(r"이?라[고며는]")),
    # 『…。| 』『…。| 』
    (lazy_pattern(r""), lazy_pattern(r"[」』）”’»]")),
    # "1. | One thing"
    (lazy_pattern(r"^\s*\d{1,3}[.)]\s*$"), lazy_pattern(r"")),
)
"""What is before and after a wrong cut."""
_TAIL = 12
"""Characters before a cut that are examined."""
_STOP_BEFORE_NUMBER = lazy_pattern(r"。(?=[0-9０-９])")
"""「…した。| 2019年…」: sentencex does not cut there in any language."""
_IN_BRACKETS = lazy_pattern(
    r"[(\[](?P<said>(?:[^\s()\[\]]+\s+){2,}[^\s()\[\]]*[.!?…]['\"”’]*)[)\]](?=\s+['\"“‘]?(?P<next>[A-Z]\w*))"
)
"""A sentence that ends in brackets, "(It was late.) | He left": at least three words, as "(really!)" and
"(sic.)" end none. sentencex does not cut after brackets."""
_OPENING = lazy_pattern(r"[.!?。！？…]\s+(?P<quote>['\"‘“「『])$")
"""An opening quote that sentencex leaves at the end of the sentence before: "…다. '" | "한국'은 …"."""


def sentence_spans(text: str, language: str) -> list[Span]:
    """The spans of the sentences, in order, without white space around them.

    They do not overlap, cover everything but white space, and have at most SENTENCE_LIMIT characters.
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        heading = is_heading(text[start:end])
        cuts = [(start, end)]
        if not heading:
            cuts = _mended(text, _recut(text, _cuts(text, start, end, language), language))
        for span in cuts:
            spans.extend(_limited(text, *span))
    return spans


def is_heading(sentence: str) -> bool:
    """Whether it is a Markdown heading, which introduces what follows and is no sentence itself."""
    return bool(_HEADING.match(sentence))


def _blocks(text: str) -> Iterator[Span]:
    """Paragraphs, headings, list items and single lines; wrapped lines of a paragraph stay together."""
    width = _wrapped_at(text)
    start = end = 0
    last = ""
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        if not last or text.count("\n", end, line.start()) > 1 or not _goes_on(last, line[0], width):
            if last:
                yield start, end
            start = line.start()
        end, last = line.end(), line[0]
    if last:
        yield start, end


def _wrapped_at(text: str) -> int:
    """The line width of a hard-wrapped text: the longest line that was certainly wrapped; else 0."""
    lines = text.split("\n")
    longest = max(
        (len(line) for line, following in pairwise(lines) if _breaks_off(line, following)), default=0
    )
    return longest if longest >= WRAP_WIDTH else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether `following` continues the paragraph of `line`."""
    if is_heading(line) or is_heading(following) or _LIST_ITEM.match(following):
        return False
    no_room = len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
    return _breaks_off(line, following) or (width > 0 and no_room)


def _breaks_off(line: str, following: str) -> bool:
    return following.lstrip()[:1].islower() and bool(line.strip()) and not _ENDS.search(line[-20:])


def _cuts(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """The sentences of a block according to sentencex, piece by piece; each piece begins with a sentence."""
    rules = _rules(language)
    while start < end:
        stop = min(start + PIECE, end)
        at = start
        # All white space becomes plain spaces: beside a no-break space or U+2028, sentencex 1.0.32 panics.
        for sentence in segment(rules, _SPACE.sub(" ", text[start:stop])):
            if at + len(sentence) == stop < end:
                break  # the sentence may continue in the next piece
            yield at, at + len(sentence)
            at += len(sentence)
        if at < stop and (stop == end or at - start < PIECE // 2):
            cut = stop if stop == end else _last_space(text, at, stop)
            yield at, cut
            at = cut
        start = at


def _rules(language: str) -> str:
    """The language whose rules sentencex uses."""
    return language if language not in ("", "und") else "en"


def _recut(text: str, cuts: Iterator[Span], language: str) -> Iterator[Span]:
    """Add cuts that sentencex misses, and move an opening quote to the sentence that it opens."""
    begin: int | None = None
    for start, end in cuts:
        begin = start if begin is None else begin
        for found in _STOP_BEFORE_NUMBER.finditer(text, begin, end):
            if _closed(text[begin : found.end()]):
                yield begin, found.end()
                begin = found.end()
        for found in _IN_BRACKETS.finditer(text, begin, end):
            if _ends_sentence(found["said"], found["next"], language):
                yield begin, found.end()
                begin = found.end()
        opening = _OPENING.search(text[max(begin, end - _TAIL) : end])
        if opening and end < len(text) and not text[end].isspace():
            end -= 1
        yield begin, end
        begin = end


def _ends_sentence(said: str, following: str, language: str) -> bool:
    """Whether sentencex cuts between the two, as it does not after "Acme Inc."."""
    plain = _SPACE.sub(" ", said)
    *_, last = segment(_rules(language), f"{plain} {following}")
    return bool(last == following)


def _closed(text: str) -> bool:
    """Whether every Japanese bracket opened in the text is closed."""
    return all(text.count(one) <= text.count(other) for one, other in ("「」", "『』", "（）"))


def _mended(text: str, cuts: Iterator[Span]) -> list[Span]:
    """Remove cuts inside a sentence."""
    spans: list[Span] = []
    for start, end in cuts:
        if spans and _same_sentence(text[max(spans[-1][0], start - _TAIL) : start], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _same_sentence(tail: str, after: str) -> bool:
    return not after.strip() or any(
        before.search(tail) and following.match(after) for before, following in _JOINTS
    )


def _limited(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without surrounding white space, cut at spaces if it is longer than the limit."""
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
    """Where to cut [start, limit): after the last space or stop in its second half, else at the limit."""
    places = [found.end() + start for found in _SPACE_OR_STOP.finditer(text[start:limit])]
    return places[-1] if places and places[-1] > start + (limit - start) // 2 else limit
