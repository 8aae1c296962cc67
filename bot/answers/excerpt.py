"""Shortens or extends a quote; what is left is always the article's own words."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.answer import Quote
from bot.messages.readable import readable_text
from corpus.lazy_pattern import lazy_pattern
from retrieval.text.sentences import Span, sentence_spans

_WORD = lazy_pattern(r"\S+")

CONTEXT = 600
"""Characters shown before and after a quote as its context: about four sentences each way."""

LINE = 62
"""The most characters of a quote shown in one line, with its ellipses: three lines on a phone together with
its title, source and date. With 90 and longer titles, half of RealTimeQA's answers had more than 830
characters (`benchmarks.lengths`)."""
CUT = "…"
"""The ellipsis where a line of a quote leaves words out."""

Measure = Callable[[str], int]
"""Returns the length of a text as the platform that will show it counts."""


def surroundings(quote: Quote) -> tuple[str, str]:
    """The whole sentences just before and just after a quote, about CONTEXT characters each."""
    text = quote.article.text
    spans = sentence_spans(text, quote.article.language)
    before = next((start for start, _ in spans if start >= quote.start - CONTEXT), quote.start)
    after = max((end for _, end in spans if end <= quote.end + CONTEXT), default=quote.end)
    return text[min(before, quote.start) : quote.start], text[quote.end : max(after, quote.end)]


def at_once(quote: Quote) -> Quote:
    """The part of a quote that is shown at first, with only the exact answer highlighted if it is known and
    lies inside, or else with its highlighted sentences."""
    span = quote.shown or (quote.start, quote.end)
    made = _between(quote, span)
    if quote.answer and span[0] <= quote.answer[0] < quote.answer[1] <= span[1]:
        return replace(made, highlights=(quote.answer,))
    return made


def line_of(quote: Quote, limit: int = LINE) -> str:
    """One line of a quote, of at most `limit` characters.

    It is the sentence with the exact answer if that is known, else the first highlighted sentence. A longer
    sentence keeps whole words around the answer, or its first words, with CUT where words are left out. White
    space becomes single spaces, and markup is removed as in `readable_text`.
    """
    seen = at_once(quote)
    answer = seen.highlights[0] if quote.answer and seen.highlights == (quote.answer,) else None
    marked = [one for one in quote.highlights if _overlap(one, seen)]
    holding = [one for one in marked if answer and one[0] <= answer[0] < one[1]]
    start, end = next(iter(holding or marked), (seen.start, seen.end))
    start, end = max(start, seen.start), min(end, seen.end)
    text = quote.article.text
    words = [(start + one.start(), start + one.end()) for one in _WORD.finditer(text[start:end])]
    if not words:
        return ""
    inside = [at for at, word in enumerate(words) if answer and word[0] < answer[1] and answer[0] < word[1]]
    lengths = [high - low for low, high in words]
    if sum(lengths) + len(lengths) - 1 > limit:
        limit = max(limit - 2 * len(CUT), 1)
    first, last = _around(lengths, inside or [0], limit)
    line = " ".join(text[slice(*word)] for word in words[first : last + 1])
    cut = last + 1 < len(words) or len(line) > limit
    return readable_text(f"{CUT if first else ''}{line[:limit].rstrip()}{CUT if cut else ''}")


def _around(lengths: Sequence[int], core: Sequence[int], limit: int) -> tuple[int, int]:
    """The indexes of the first and last of the words to keep, given the words' lengths.

    These are the words `core`, from the first on, and then words after and before them in turn, as long as
    all have at most `limit` characters with single spaces between.
    """
    first = last = core[0]
    room = limit - lengths[first]
    for word in range(first + 1, core[-1] + 1):
        if lengths[word] >= room:
            return first, last
        last, room = word, room - lengths[word] - 1
    grown = True
    while grown:
        grown = False
        for step in (1, -1):
            word = last + 1 if step > 0 else first - 1
            if 0 <= word < len(lengths) and lengths[word] < room:
                first, last, grown = min(first, word), max(last, word), True
                room -= lengths[word] + 1
    return first, last


def _overlap(span: Span, quote: Quote) -> bool:
    return span[0] < quote.end and quote.start < span[1]


def shortened(quote: Quote, limit: int, measure: Measure = len) -> Quote:
    """The quote, shortened if necessary to at most `limit` by `measure`.

    It keeps the first highlighted sentence and as many whole sentences around it as fit. If that sentence
    alone is too long, it is cut after the last word that fits; if nothing fits, the quote is empty.
    """
    if measure(quote.text) <= limit:
        return quote
    text = quote.article.text
    spans = [
        (start + quote.start, end + quote.start)
        for start, end in sentence_spans(quote.text, quote.article.language)
    ]
    core = quote.highlights[0] if quote.highlights else (spans[0] if spans else (quote.start, quote.end))
    inside = [at for at, span in enumerate(spans) if span[0] < core[1] and core[0] < span[1]]
    if not inside:
        return _cut(quote, core, limit, measure)
    first, last = inside[0], inside[-1]
    if measure(text[spans[first][0] : spans[last][1]]) > limit:
        return _cut(quote, core, limit, measure)
    grown = True
    while grown:
        grown = False
        for low, high in ((first, last + 1), (first - 1, last)):
            if low >= 0 and high < len(spans) and measure(text[spans[low][0] : spans[high][1]]) <= limit:
                first, last, grown = low, high, True
    return _between(quote, (spans[first][0], spans[last][1]))


def _cut(quote: Quote, span: Span, limit: int, measure: Measure) -> Quote:
    """As much of the start of the span as fits, up to the end of a word if there are several words."""
    text = quote.article.text[slice(*span)]
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    whole = text[:low]
    inside_word = low < len(text) and not text[low].isspace() and not whole[-1:].isspace()
    if inside_word and " " in whole.strip():
        whole = whole[: whole.rstrip().rindex(" ")]
    return _between(quote, (span[0], span[0] + len(whole.rstrip())))


def _between(quote: Quote, span: Span) -> Quote:
    start, end = span
    marks = ((max(low, start), min(high, end)) for low, high in quote.highlights)
    return replace(
        quote,
        start=start,
        end=end,
        text=quote.article.text[start:end],
        highlights=tuple((low, high) for low, high in marks if low < high),
    )
