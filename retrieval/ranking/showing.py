"""What is shown of each hit at once: the sentences that most likely answer, in a message that is not too
long."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from corpus.lazy_pattern import lazy_pattern
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.highlight import SECOND, without_questions
from retrieval.ranking.hit import Hit
from retrieval.text.asides import is_titled_link
from retrieval.text.captions import is_caption
from retrieval.text.sentences import Span, sentence_spans

AT_ONCE = 700
"""Maximum characters of a page of hits: Slack folds longer messages."""
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
one is shown only if nothing else fits."""
_CAPTIONED = 0.1
"""Penalty for a caption inside a piece, in chances: it is shown only between two sentences of which each may
well answer."""
_WITHOUT_ANY = 8.0
"""Penalty for showing a hit without any of its likeliest sentences (`_choices`)."""


@dataclass(frozen=True, slots=True)
class _CandidateSentence:
    """A sentence that may be shown: its span, the probability that it has the answer, whether it directly
    follows the one before (with at most a caption between them, and neither is a link to another page),
    whether a caption is between them, and whether it is not understood without the text before it in the
    article."""

    span: Span
    chance: float
    follows: bool
    captioned: bool
    leans: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """A span to show of each of some hits, with their total length in characters and their total worth."""

    length: int
    worth: float
    spans: tuple[Span, ...]


def with_shown(hits: Sequence[Hit]) -> list[Hit]:
    """Choose the span of each hit that is shown at once.

    A page of hits shows at most AT_ONCE characters. Each hit shows one sentence or several neighbouring ones,
    chosen so that the page as a whole most likely has the answer. The likeliest sentence of the first hit is
    included, and that of every hit if no reader has compared them; another hit shows at least one sentence
    that is at most SECOND below its likeliest, since a sentence chosen only to save room helps nobody. A
    sentence that is not understood without the one before is shown with it. Headings, asides and a dateline
    at the beginning are left out. Sentences are never cut: if a page has no room, the shortest piece of each
    hit is shown.
    """
    return [
        replace(hit, shown=span)
        for at in range(0, len(hits), PAGE)
        for hit, span in zip(hits[at : at + PAGE], _page(hits[at : at + PAGE]), strict=True)
    ]


def _page(hits: Sequence[Hit]) -> tuple[Span, ...]:
    read = all(hit.features.sentences is not None for hit in hits)
    chances = _shares(hits) if read else [hit.score for hit in hits]
    candidates = [_sentences(hit, chance) for hit, chance in zip(hits, chances, strict=True)]
    choices = [_choices(one, SECOND if read and place else 0.0) for place, one in enumerate(candidates)]
    chosen = reduce(_combinations, choices, [_Choice(0, 0.0, ())])
    fitting = [one for one in chosen if one.length <= AT_ONCE]
    return max(fitting or chosen[:1], key=lambda one: one.worth).spans


def _choices(candidates: Sequence[_CandidateSentence], behind: float) -> list[_Choice]:
    """The pieces of a hit that may be shown. Those without any sentence whose log-chance is within `behind`
    of the likeliest are penalised."""
    least = max(one.chance for one in candidates) * math.exp(-behind)
    found = []
    for start, one in enumerate(candidates):
        chance = -_LEANING if one.leans else 0.0
        for end in range(start, len(candidates)):
            if end > start and not candidates[end].follows:
                break
            chance += candidates[end].chance
            if end > start and candidates[end].captioned:
                chance -= _CAPTIONED
            belongs = any(other.chance >= least for other in candidates[start : end + 1])
            off = 0.0 if belongs else _WITHOUT_ANY
            span = one.span[0], candidates[end].span[1]
            if end > start and span[1] - span[0] > LONGEST_PIECE:
                break
            found.append(_Choice(span[1] - span[0], chance - off, (span,)))
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
        found.append(_CandidateSentence(span, chance * power / sum(powers), follows, captioned, leans))
    return found
