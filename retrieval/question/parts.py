"""Splitting a question that asks several things, so that each part can be searched by itself."""

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.text.analyzer import STOP_WORDS

Span = tuple[int, int]

MOST_PARTS = 4
"""Maximum parts of a question; of the 300 questions of MultiHop-RAG none needs more articles."""
LEAST_WORDS = 3
"""Minimum words of a part: fewer say too little to be searched."""
LEAST_EAST = 4
"""Minimum characters of a Korean or Japanese part, whose words are not separated."""

QUESTION_WORDS = "what|who|whom|whose|when|where|why|how|which"
_ASKING = rf"(?:{QUESTION_WORDS})"
_AUXILIARY = r"(?:does|do|did|is|are|was|were|has|have|had|can|could|will|would)"
_TWO_QUESTIONS = lazy_pattern(
    rf"\?\s+(?:(?:and|but|also|so|then)\b,?\s+)?(?=\w)|,?\s+(?:and|but)\s+(?={_ASKING}\b)"
    rf"|,?\s+and\s+(?={_AUXILIARY}\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
_CONTRAST = lazy_pattern(r",\s+(?:while|whereas|but)\s+", re.IGNORECASE)
_TURN = r"(?:\s?,?\s(?:while|whereas|in contrast to|compared (?:to|with)|but)\s|;\s)"
_DIVIDER = lazy_pattern(
    rf"{_TURN}(?:and )?(?:does |do |did )?"
    r"|,?\s(?:and|or|with)\s(?=(?:the|an?|another|also|is|was|has|had|are|were|did|does|do|in|who|which)\b"
    r"|[\"'“‘]|$)|,\s(?=(?:is|was|has|had|are|were|also|whose|who|which)\b)",
    re.IGNORECASE,
)
"""Ends the part of one outlet: a contrast, or an "and" before another article or another verb."""
_COMMA = lazy_pattern(r"[\"'”’]?\s?,")
_INTRO = lazy_pattern(
    r"(?:between|after|before|considering|based on|given|comparing|with|from)\b", re.IGNORECASE
)
_TAIL = lazy_pattern(rf",\s(?=(?:{_ASKING}|{_AUXILIARY})\b)", re.IGNORECASE)
_HEAD = lazy_pattern(
    r"(?:who (?:is|was) the \w+|(?:which|what)(?: (?-i:[A-Z])[\w-]*){0,2} \w+|who)\b", re.IGNORECASE
)
_ASKED = lazy_pattern(rf"(?:{_ASKING}|{_AUXILIARY})\b", re.IGNORECASE)
_ASKING_EAST = "(?:누구|누가|무엇|뭐|언제|어디|왜|어떻게|몇|얼마|誰|何|いつ|どこ|なぜ|いくら|どの)"
_ASKS_EAST = lazy_pattern(_ASKING_EAST)
_EASTERN = lazy_pattern(
    rf"(.*{_ASKING_EAST}[^,、。?？]{{0,8}}(?:고|며|で|て|か|し))[,、。?？]?\s?"
    rf"((?<=[ 、。?？]).*{_ASKING_EAST}.*)"
)
_EASTERN_PAIR = lazy_pattern(r"(\S+(?: \S+)?)(?:하고|이랑) (\S+(?: \S+)?)((?:은|는)\s*[?？]?)")
_VERB_FIRST = lazy_pattern(rf"{_AUXILIARY}\b", re.IGNORECASE)
_VERB = lazy_pattern(r"(?:also\s)?(?:is|was|has|had|are|were)\b", re.IGNORECASE)
_BOTH = lazy_pattern(r"\bboth (?:the )?(?=[\"'“‘]?$)", re.IGNORECASE)
_DIFFERS = lazy_pattern(
    r"['’]s?(?P<what> .+?),? (?:(?:is|was|are|were) )?(?:differ(?:s|ed|ent)?|compare[sd]?) "
    r"(?:from|to|with|than) (?:that of )?(?:the )?[\"'“‘]?",
    re.IGNORECASE,
)
"""“(Polygon)'s take on it differ from (Engadget's)”: what of the first outlet is compared with the second."""
_OWN = lazy_pattern(r"[\"'”’]?(?:['’]s?)?(?: own)?(?: \w+)?\W*\Z")
_PRONOUN = lazy_pattern(r"\b(?:he|she|it|they|him|her|his|its|their|them|this|that|there)\b", re.IGNORECASE)
_NAMED = lazy_pattern(r"(?<!^)\b[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*")


def parts_of(text: str, outlets: Sequence[Sequence[Span]]) -> tuple[str, ...]:
    """The questions of which a question consists, at most four; empty if it asks one thing.

    `outlets` are the spans of the sources whose articles are meant, grouped by list.
    """
    for split in (_by_comparison, _by_outlets, _by_list, _by_questions):
        parts = tuple(dict.fromkeys(one_line(part).strip(" ,;") for part in split(text, outlets)))
        if 2 <= len(parts) <= MOST_PARTS and all(map(_says_enough, parts)):
            return parts
    return ()


def are_questions(parts: Sequence[str]) -> bool:
    """Whether each of the parts asks something by itself, with a word that asks."""
    return all(_ASKED.match(part) or _ASKS_EAST.search(part) for part in parts)


def _says_enough(part: str) -> bool:
    return len(part.split()) >= LEAST_WORDS or (not part.isascii() and len(part) >= LEAST_EAST)


def _by_comparison(text: str, outlets: Sequence[Sequence[Span]]) -> Iterator[str]:
    """What of an outlet is compared with that of another: "Polygon's take on it", "Engadget's take on it"."""
    if [len(group) for group in outlets] == [1, 1]:
        (first,), (second,) = outlets
        differs = _DIFFERS.fullmatch(text, first[1], second[0])
        if differs and _OWN.match(text, second[1]):
            for start, end in (first, second):
                yield f"{text[start:end]}'s{differs['what']}"


def _by_outlets(text: str, outlets: Sequence[Sequence[Span]]) -> Iterator[str]:
    """What is asked about each outlet, if a word divides them, each with the question that is about all."""
    intro = _INTRO.match(text) if outlets else None
    tail = _TAIL.search(text, outlets[-1][-1][1]) if intro else None
    body, rest = (text[: tail.start()], text[tail.end() :]) if tail else (text, "")
    head = _HEAD.match(text)
    start = intro.end() if intro and tail else 0
    for before, after in itertools.pairwise([*outlets, [(len(body), len(body))]]):
        end, following = _divided(body, before[-1][1], after[0][0])
        if end is None and after[0][0] < len(body):
            continue
        piece = body[start : len(body) if end is None else end]
        start = following
        lacking = bool(head and _VERB.match(piece))
        yield f"{f'{head[0]} ' if head and lacking else ''}{piece} {rest}"


def _divided(text: str, start: int, end: int) -> tuple[int | None, int]:
    """Where the part of the first of two outlets ends (None: nowhere), and where that of the second
    begins."""
    dividers = list(_DIVIDER.finditer(text, start, end))
    if end == len(text) or not dividers:
        return None, start
    turns = [one for one in dividers if re.match(_TURN, one[0], re.IGNORECASE)]
    named_last = bool(_COMMA.match(text, start))
    chosen = (turns or dividers)[0 if turns or named_last else -1]
    return chosen.start(), chosen.end()


def _by_list(text: str, outlets: Sequence[Sequence[Span]]) -> Iterator[str]:
    """The question for each outlet of a list alone."""
    if len(outlets) == 1:
        (group,) = outlets
        for start, end in group:
            yield _BOTH.sub("", text[: group[0][0]]) + text[start:end] + text[group[-1][1] :]


def _by_questions(text: str, outlets: Sequence[Sequence[Span]]) -> Iterator[str]:
    """Split several questions in one: "What did X say and what did Y do?", "Does A say P, while B says
    Q?"."""
    if east := _EASTERN.fullmatch(text):
        yield from east.groups()
    elif pair := _EASTERN_PAIR.fullmatch(text):
        one, other, ending = pair.groups()
        shared = other.partition(" ")[2] if " " not in one else ""
        yield f"{one} {shared}{ending}" if shared else one + ending
        yield other + ending
    elif _ASKED.match(text):
        first, *others = _TWO_QUESTIONS.split(text)
        if not others and _VERB_FIRST.match(text):
            first, *others = _CONTRAST.split(text, maxsplit=1)
        yield first
        for other in others:
            depends = _PRONOUN.search(other) and not _NAMED.search(other)
            yield f"{other.rstrip('?')}? {' '.join(_subject(first, outlets))}" if depends else other


def _subject(part: str, outlets: Sequence[Sequence[Span]]) -> Iterator[str]:
    """The words of a part to which a pronoun after it may refer; not outlets, which are who said it."""
    for word in re.finditer(r"[\w'’-]+", part):
        named = any(start <= word.start() < end for group in outlets for start, end in group)
        if not named and word[0].lower() not in STOP_WORDS:
            yield word[0]
