"""What is shown of each hit at once: the sentences that most likely answer, in a message that is not too
long."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from corpus.lazy_pattern import lazy_pattern
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.highlight import without_questions
from retrieval.ranking.hit import Hit
from retrieval.text.asides import is_titled_link
from retrieval.text.captions import is_caption
from retrieval.text.sentences import Span, sentence_spans

AT_ONCE = 700
"""Characters of a page of hits: Slack folds longer messages. A page has more only for its best sentences."""
LONGEST_PIECE = 425
"""Maximum characters of one hit's piece, unless it is a single sentence: a message shows the first hit's
piece whole. The median length of RealTimeQA's messages is 699 with it, 710 with 450 and 725 without
(`benchmarks.lengths`); the answer is shown as often."""

_LEANS = lazy_pattern(
    r"\W*(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|there|another|the (?:man|woman|"
    r"company|group|agency|two|three|ship|plane|attack|report|move|decision)|and|but|so|also|however|meanwhile|"
    r"then|instead|still|yet|that's|it's|he's|she's|they're)\b"
    r"|\W*(?:그는|그녀는|그가|이는|이에|이들은|그들은|그러나|하지만|또한|또|이어|이 )"
    r"|\W*(?:彼は|彼女は|彼らは|これ|それ|この|その|しかし|また|そして|一方)",
    re.IGNORECASE,
)
"""Beginnings of sentences that are not understood without the sentence before."""
_LEANING = 4.0
"""Penalty for a piece that begins with such a sentence: more than the sum of all chances of a page, so that
one is shown only if nothing else fits with the best sentence."""
_ANNOUNCED = 4.0
"""Penalty for a piece that ends with a colon although it could go on with what that announces (“Cook
said:”): as large as _LEANING."""
_CAPTIONED = 0.1
"""Penalty for a caption inside a piece, in chances: it is shown only between two sentences of which each may
well answer."""


@dataclass(frozen=True, slots=True)
class _CandidateSentence:
    """A sentence that may be shown: its span, the probability that it has the answer, whether it directly
    follows the one before (with at most a caption between them, and neither is a link to another page),
    whether a caption is between them, whether it is not understood without the text before it in the article,
    and whether it ends with a colon."""

    span: Span
    chance: float
    follows: bool
    captioned: bool
    leans: bool
    announces: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """A span to show of each of some hits, with their total length in characters and their total worth."""

    length: int
    worth: float
    spans: tuple[Span, ...]


def with_shown(hits: Sequence[Hit]) -> list[Hit]:
    """Choose the span of each hit that is shown at once.

    Each hit shows its best sentence, in which the exact answer stands if a reader found one, alone or with
    neighbouring sentences. A page of hits has AT_ONCE characters, and they are used so that the page as a
    whole most likely has the answer; it has more if the best sentences of the hits after the first are too
    long for it. A sentence that is not understood without the one before is shown with it if there is room.
    Headings, asides and a dateline at the beginning are left out. Sentences are never cut.
    """
    return [
        replace(hit, shown=span)
        for at in range(0, len(hits), PAGE)
        for hit, span in zip(hits[at : at + PAGE], _page(hits[at : at + PAGE]), strict=True)
    ]


def _page(hits: Sequence[Hit]) -> tuple[Span, ...]:
    """The spans to show of a page's hits.

    The first one is chosen as if the others might show any of their sentences: messages show it whole, and of
    the others a line. Without this, NewsQA's first piece shows the answer in 0.604 instead of 0.631, because
    long sentences of the others leave it alone.
    """
    read = all(hit.features.sentences is not None for hit in hits)
    chances = _shares(hits) if read else [hit.score for hit in hits]
    candidates = [_sentences(hit, chance) for hit, chance in zip(hits, chances, strict=True)]
    best = [_choices(one, max(one, key=lambda sentence: sentence.chance)) for one in candidates]
    first = _likeliest([best[0], *map(_choices, candidates[1:])]).spans[0]
    return _likeliest([[one for one in best[0] if one.spans == (first,)], *best[1:]]).spans


def _likeliest(choices: Sequence[Sequence[_Choice]]) -> _Choice:
    """Of the combinations that fit on a page, the one that most likely has the answer; the shortest if none
    fits."""
    found = reduce(_combinations, choices, [_Choice(0, 0.0, ())])
    return max((one for one in found if one.length <= AT_ONCE), key=lambda one: one.worth, default=found[0])


def _choices(
    candidates: Sequence[_CandidateSentence], holding: _CandidateSentence | None = None
) -> list[_Choice]:
    """The pieces of a hit that may be shown, if a sentence is given only those with it."""
    found = []
    for start, one in enumerate(candidates):
        worth = -_LEANING if one.leans else 0.0
        held = holding is None
        for end, last in enumerate(candidates[start:], start):
            length = last.span[1] - one.span[0]
            if end > start and (not last.follows or length > LONGEST_PIECE):
                break
            worth += last.chance - (_CAPTIONED if end > start and last.captioned else 0.0)
            held = held or last is holding
            if held:
                cut = last.announces and end + 1 < len(candidates) and candidates[end + 1].follows
                kept = worth - (_ANNOUNCED if cut else 0.0)
                found.append(_Choice(length, kept, ((one.span[0], last.span[1]),)))
    return _pareto_front(found)


def _combinations(some: Sequence[_Choice], others: Sequence[_Choice]) -> list[_Choice]:
    """All combinations of the choices for some hits with those for one more hit."""
    return _pareto_front(
        _Choice(one.length + other.length, one.worth + other.worth, one.spans + other.spans)
        for one in some
        for other in others
    )


def _pareto_front(choices: Iterable[_Choice]) -> list[_Choice]:
    """The Pareto-optimal choices, by length: the shortest, and each that is worth more than all shorter
    ones."""
    kept: list[_Choice] = []
    for one in sorted(choices, key=lambda one: (one.length, -one.worth)):
        if not kept or one.worth > kept[-1].worth:
            kept.append(one)
    return kept


def _shares(hits: Sequence[Hit]) -> list[float]:
    """For each hit of a page that was read, the probability that it has the answer, given that one does."""
    weighed = [hit.features.sentences or 0.0 for hit in hits]
    powers = [math.exp(one - max(weighed)) for one in weighed]
    return [power / sum(powers) for power in powers]


def _sentences(hit: Hit, chance: float) -> list[_CandidateSentence]:
    text = hit.passage.article.text
    spans = [one.span for one in hit.sentences]
    telling = without_questions(hit.sentences)  # a sentence that only asks tells the reader nothing
    highest = max((one.score for one in telling), default=0.0)
    powers = [math.exp(one.score - highest) if one in telling else 0.0 for one in hit.sentences]
    if not spans:
        start = hit.passage.start
        cut = sentence_spans(hit.passage.text, hit.passage.article.language) or [(0, len(hit.passage.text))]
        spans = [(start + one, start + other) for one, other in cut]
        powers = [0.5**place for place in range(len(spans))]  # a passage begins with what it is about
    found: list[_CandidateSentence] = []
    after_link = False
    for span, power in zip(spans, powers, strict=True):
        between = text[found[-1].span[1] : span[0]].strip() if found else ""
        captioned = bool(between) and is_caption(between)
        link = is_titled_link(text[slice(*span)])
        follows = bool(found) and (not between or captioned) and not (link or after_link)
        after_link = link
        leans = bool(_LEANS.match(text[slice(*span)])) and bool(text[: span[0]].strip())
        announces = text[: span[1]].rstrip().endswith((":", "："))
        sure = chance * power / sum(powers)
        found.append(_CandidateSentence(span, sure, follows, captioned, leans, announces))
    return found
