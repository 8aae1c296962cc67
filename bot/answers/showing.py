"""What of an answer's quotes is shown at once: a few sentences of each, and not a wall of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Quote
from retrieval.text.asides import dateline_length, is_aside
from retrieval.text.sentences import Span, is_heading, sentence_spans

AT_ONCE = 700
"""Characters of the first AT_ONCE_QUOTES quotes together: where Slack folds a message."""
AT_ONCE_QUOTES = 3
FIRST = 340
"""Characters of the first quote at most."""
OTHERS = 180
"""Characters of each other quote at most, unless the first left room."""

_LEANS = re.compile(
    r"\W*(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|there|another|the (?:man|woman|"
    r"company|group|agency|two|three|ship|plane|attack|report|move|decision)|and|but|so|also|however|meanwhile|"
    r"then|instead|still|yet|that's|it's|he's|she's|they're)\b"
    r"|\W*(?:그는|그녀는|그가|이는|이에|이들은|그들은|그러나|하지만|또한|또|이어|이 )"
    r"|\W*(?:彼は|彼女は|彼らは|これ|それ|この|その|しかし|また|そして|一方)",
    re.IGNORECASE,
)
"""How a sentence begins that is not understood without the one before it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Whole sentences of a quote, from the first to the last of these spans."""

    spans: Sequence[Span]
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.spans[self.last][1] - self.spans[self.first][0]


def shown_spans(quotes: Sequence[Quote]) -> list[Span]:
    """For each quote the part of it that is shown at once, as a span of its article.

    It is whole sentences around the one that answers best: the one before where it leans on that, then
    neighbours as long as there is room. Headings and asides are not at its edges, and no dateline at its
    beginning. A sentence is never cut, so that one that is longer than the room for it is shown whole.
    """
    left = AT_ONCE
    shown: list[Span] = []
    for place, quote in enumerate(quotes):
        wanted = FIRST if place == 0 else OTHERS
        others = max(0, min(AT_ONCE_QUOTES, len(quotes)) - place - 1)
        room = max(wanted, left - others * OTHERS) if place < AT_ONCE_QUOTES else OTHERS
        span = _part(quote, room)
        shown.append(span)
        left -= span[1] - span[0]
    return shown


def _part(quote: Quote, room: int) -> Span:
    text = quote.article.text
    spans = [
        (start + quote.start, end + quote.start)
        for start, end in sentence_spans(quote.text, quote.article.language)
    ]
    told = [span for span in spans if not is_heading(text[slice(*span)]) and not is_aside(text[slice(*span)])]
    best = quote.best or (quote.highlights[0] if quote.highlights else None)
    core = next((span for span in told if best and span[0] < best[1] and best[0] < span[1]), None)
    core = core or next(iter(told or spans), None)
    if core is None:
        return quote.start, quote.end
    at = spans.index(core)
    part = _Part(spans, at, at)
    if at and _LEANS.match(text[slice(*core)]) and spans[at - 1] in told:
        leaning = _Part(spans, at - 1, at)
        part = leaning if leaning.length <= room else part
    while grown := _grown(part, told, room):
        part = grown
    start, end = spans[part.first][0], spans[part.last][1]
    return start + dateline_length(text[start:end]), end


def _grown(part: _Part, told: Sequence[Span], room: int) -> _Part | None:
    """The part with one sentence more, the next rather than the one before; None where none fits."""
    for first, last, new in (
        (part.first, part.last + 1, part.last + 1),
        (part.first - 1, part.last, part.first - 1),
    ):
        if 0 <= new < len(part.spans) and part.spans[new] in told:
            wider = _Part(part.spans, first, last)
            if wider.length <= room:
                return wider
    return None
