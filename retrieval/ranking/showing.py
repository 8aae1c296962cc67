"""What of each hit is shown at once: the sentences that are likeliest to answer, and not a wall of text."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.ranking.diversity import PAGE
from retrieval.ranking.hit import Hit
from retrieval.ranking.read_hits import odds_read
from retrieval.text.sentences import Span, sentence_spans

AT_ONCE = 700
"""Characters of a page of hits together: where Slack folds a message."""

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
class _Told:
    """A sentence that may be shown: its span, the chance that the answer stands in it, and whether it follows
    right after the one before it and is not understood without that."""

    span: Span
    chance: float
    follows: bool
    leans: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring sentences of a hit, from the first to the last of these places."""

    told: Sequence[_Told]
    first: int
    last: int

    @property
    def span(self) -> Span:
        return self.told[self.first].span[0], self.told[self.last].span[1]

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0]

    @property
    def chance(self) -> float:
        return sum(one.chance for one in self.told[self.first : self.last + 1])


def with_shown(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, each with the span of it that is shown at once.

    A page of them shows AT_ONCE characters at most: of each the sentence that is likeliest to answer, with
    the one before it where it leans on that, then neighbours, wherever the chance is largest for their
    length. Headings and asides are left out, and a dateline at the beginning. A sentence is never cut: where
    none of a hit fits into the room that is left, its shortest one is shown.
    """
    return [
        replace(hit, shown=span)
        for at in range(0, len(hits), PAGE)
        for hit, span in zip(hits[at : at + PAGE], _page(hits[at : at + PAGE]), strict=True)
    ]


def _page(hits: Sequence[Hit]) -> list[Span]:
    told = _told(hits)
    runs: list[_Run] = []
    left = AT_ONCE
    for place, one in enumerate(told):
        kept_for_others = sum(min(_lengths(other)) for other in told[place + 1 :])
        run = _begun(one, left - kept_for_others)
        runs.append(run)
        left -= run.length
    while grown := _grown(runs, left):
        place, run = grown
        left -= run.length - runs[place].length
        runs[place] = run
    return [run.span for run in runs]


def _lengths(told: Sequence[_Told]) -> list[int]:
    return [one.span[1] - one.span[0] for one in told]


def _begun(told: Sequence[_Told], room: int) -> _Run:
    """The likeliest sentence that fits, with what it leans on if that fits too."""
    lengths = _lengths(told)
    ranked = sorted(range(len(told)), key=lambda place: -told[place].chance)
    at = next((place for place in ranked if lengths[place] <= room), lengths.index(min(lengths)))
    alone, with_before = _Run(told, at, at), _Run(told, at - 1, at)
    return with_before if told[at].leans and with_before.length <= room else alone


def _grown(runs: Sequence[_Run], room: int) -> tuple[int, _Run] | None:
    """The run that gains the most chance a character from what stands beside it; None where nothing fits."""
    found = [
        ((wider.chance - run.chance) / (wider.length - run.length), place, wider)
        for place, run in enumerate(runs)
        for wider in _wider(run)
        if wider.length - run.length <= room
    ]
    best = max(found, key=lambda one: one[0], default=None)
    return best and best[1:]


def _wider(run: _Run) -> Iterator[_Run]:
    """The run with the sentence after it, and with the one before it and what that leans on."""
    told = run.told
    if run.last + 1 < len(told) and told[run.last + 1].follows:
        yield _Run(told, run.first, run.last + 1)
    if told[run.first].follows:
        before = run.first - 1
        yield _Run(told, before - 1 if told[before].leans else before, run.last)


def _told(hits: Sequence[Hit]) -> list[list[_Told]]:
    """For each hit the sentences that may be shown, with their chances: never none."""
    return [_sentences(hit, 1 / (1 + math.exp(-odds_read(hit)))) for hit in hits]


def _sentences(hit: Hit, chance: float) -> list[_Told]:
    text = hit.passage.article.text
    spans = [one.span for one in hit.sentences]
    highest = max((one.score for one in hit.sentences), default=0.0)
    powers = [math.exp(one.score - highest) for one in hit.sentences]
    if not spans:
        start = hit.passage.start
        cut = sentence_spans(hit.passage.text, hit.passage.article.language) or [(0, len(hit.passage.text))]
        spans = [(start + one, start + other) for one, other in cut]
        powers = [1.0, *[0.0] * (len(spans) - 1)]
    found: list[_Told] = []
    for span, power in zip(spans, powers, strict=True):
        follows = bool(found) and not text[found[-1].span[1] : span[0]].strip()
        leans = follows and bool(_LEANS.match(text[slice(*span)]))
        found.append(_Told(span, chance * power / sum(powers), follows, leans))
    return found
