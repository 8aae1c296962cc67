"""Makes rivals for the anchors of a question: the same window with another year, number, month, day or name.

The question keeps its words. If it has no anchor, a time or place of the answer's sentence is added to it, as
people say it: "Who won the race?" becomes "Who won the race in 2012?".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from retrieval.text.sentences import Span
from training.near_misses import names

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("first", "second", "third", "fourth")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TIME = re.compile(
    rf"\b(?:in|on|during|since|by|for) (?:(?:the )?(?:{'|'.join(_ORDINALS)}) (?:quarter|half)(?: of \d{{4}})?"
    rf"|(?:(?:early|late|mid) )?(?:{'|'.join(_MONTHS)})(?: \d{{1,2}}\b)?(?:,? \d{{4}})?"
    rf"|(?:{'|'.join(_DAYS)})|(?:1[5-9]|20)\d\d)\b"
)
_PLACE = re.compile(r"\b(?:in|at|near|against) (?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)*")
_ANCHOR = re.compile(
    rf"\b(?:{'|'.join((*_MONTHS, *_DAYS))}|(?:{'|'.join(_ORDINALS)})(?= (?:quarter|half))|\d[\d,.]*\d|\d)\b"
)
_LISTS = (_MONTHS, _DAYS, _ORDINALS)


@dataclass(frozen=True, slots=True)
class AnchoredQuestion:
    """A question that depends on `anchors`, words that are both in it and in the window."""

    question: str
    anchors: Sequence[str]


def anchored_question(
    question: str, window: str, sentence: Span, answer: Span, rng: Random
) -> AnchoredQuestion | None:
    """The question with its anchors; None if it has none and the answer's sentence has nothing to add.
    `sentence` and `answer` are spans of the window."""
    said = window[slice(*answer)]
    own = [one for one in anchors_of(question) if contains_word(one, window) and not contains_word(one, said)]
    if own:
        return AnchoredQuestion(question, own)
    text = window[slice(*sentence)]
    times, places = list(_TIME.finditer(text)), list(_PLACE.finditer(text))
    ways = (
        [times[0][0]]
        if len(times) == 1 and not re.match(r"when|what (?:day|year|date)", question, re.I)
        else []
    )
    ways += [one[0] for one in places if not question.lower().startswith("where")]
    ways = [
        one
        for one in ways
        if not any(
            contains_word(word, said) or contains_word(word, question) for word in anchors_of("x " + one)
        )
    ]
    if not ways:
        return None
    way = ways[0] if rng.random() < 0.6 else rng.choice(ways)
    found = [one for one in anchors_of("x " + way) if contains_word(one, window)]
    return AnchoredQuestion(f"{question.rstrip(' ?')} {way}?", found) if found else None


def anchors_of(text: str) -> list[str]:
    """The years, numbers, months, days, quarters and names in a question."""
    found = [match[0] for match in _ANCHOR.finditer(text)]
    return found + [one for one in names(text) if not _ANCHOR.search(one)]


def rival(anchor: str, pool: Sequence[str], taken: str, rng: Random) -> str | None:
    """Another anchor of the same kind that is not in the text `taken`; names are drawn from `pool`."""
    for words in _LISTS:
        if anchor in words:
            others: Sequence[str] = words
            break
    else:
        if _YEAR.fullmatch(anchor):
            others = [str(int(anchor) + by) for by in (-10, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 10)]
        elif anchor[0].isdigit():
            whole = int(re.sub(r"\D", "", anchor)[:9])
            others = [str(whole + by) for by in (-7, -3, -2, -1, 1, 2, 3, 4, 10, 40) if whole + by > 0]
        else:
            others = [one for one in pool if min(2, len(one.split())) == min(2, len(anchor.split()))]
    mine = set(anchor.split())
    left = [one for one in others if not mine & set(one.split()) and not contains_word(one, taken)]
    return rng.choice(left) if left else None


def replace_word(text: str, anchor: str, other: str) -> str:
    """The text with every occurrence of the anchor replaced."""
    return re.sub(rf"(?<!\w){re.escape(anchor)}(?!\w)", lambda _: other, text)


def rival_windows(
    anchored: AnchoredQuestion, window: str, answer: Span, sentence: Span, pool: Sequence[str], rng: Random
) -> Iterator[tuple[str, Span | None]]:
    """The window with another anchor, which does not answer; and, if the answer can be replaced with another
    of its kind, the window with its rival sentence before or after it, which does answer."""
    anchor = rng.choice(anchored.anchors)
    other = rival(anchor, pool, window + anchored.question, rng)
    if other is None:
        return
    yield replace_word(window, anchor, other), None
    said = window[slice(*answer)]
    kinds = [said] if said in pool or said[0].isdigit() else anchors_of("x " + said)[:1]
    instead = rival(kinds[0], pool, window, rng) if kinds else None
    if instead is None:
        return
    beside = replace_word(replace_word(window[slice(*sentence)], anchor, other), kinds[0], instead)
    if said in beside:
        return
    if rng.random() < 0.5:
        yield f"{window} {beside}", answer
    else:
        moved = len(beside) + 1
        yield f"{beside} {window}", (answer[0] + moved, answer[1] + moved)


def contains_word(word: str, text: str) -> bool:
    """Whether the word, or the words, occur in the text as a whole."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
