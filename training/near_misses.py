"""Makes near misses from questions that have answers: windows on the right subject without the answer."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from training.examples import Example
from training.sources import Row, Sentences

_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"\b[A-Z][\w'-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w'-]+)*")
_TIME = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|morning|evening|night|century|year|years|"
    r"month|months|week|day|days|after|before|during|when|while|later|ago|first|last|now|since|until|once|then)\b"
)
_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|"
    r"billion|several|many|few|half|both|first|second|third|no|all|a|an|some|single|most|number)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|as|since|for|due|so|to|after|cause\w*|reason\w*|result\w*|owing|that|by|from|led|lead\w*)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|on|from|near|to|of|across|through|over|where|into|outside|along|around)\b")
_OPPOSITES = (
    ("first", "last"), ("before", "after"), ("north", "south"), ("northern", "southern"), ("east", "west"),
    ("eastern", "western"), ("win", "lose"), ("won", "lost"), ("born", "buried"), ("largest", "smallest"),
    ("highest", "lowest"), ("most", "least"), ("more", "fewer"), ("increase", "decrease"),
    ("increased", "decreased"), ("rise", "fall"), ("rose", "fell"), ("start", "end"), ("started", "ended"),
    ("began", "ended"), ("begin", "end"), ("bought", "sold"), ("buy", "sell"), ("open", "close"),
    ("opened", "closed"), ("support", "oppose"), ("supported", "opposed"), ("accept", "reject"),
    ("accepted", "rejected"), ("arrive", "leave"), ("arrived", "left"), ("old", "new"), ("oldest", "newest"),
    ("early", "late"), ("above", "below"), ("inside", "outside"), ("build", "destroy"),
    ("built", "destroyed"),
    ("found", "abolished"), ("founded", "dissolved"), ("allow", "forbid"), ("allowed", "banned"),
    ("married", "divorced"), ("hired", "fired"), ("elected", "defeated"), ("arrested", "released"),
    ("killed", "rescued"), ("attacked", "defended"), ("male", "female"), ("men", "women"),
)  # fmt: skip
_TURNED = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_ASKS = (
    (re.compile(r"^(?:who|what|where|which)\b", re.IGNORECASE), "When", _TIME),
    (re.compile(r"^(?:who|what|when|which)\b", re.IGNORECASE), "Where", _PLACE),
    (re.compile(r"^(?:who|what|where|when|how)\b", re.IGNORECASE), "Why", _REASON),
)
"""For each kind of question: its first word, the replacement, and a pattern of texts that could answer the
new question."""
_ASIDE = frozenset(
    ("who", "what", "where", "when", "which", "why", "how", "the", "in", "on", "at", "is", "was")
)


class NearMisses:
    """Makes near misses of QAMR's sentences at random."""

    def __init__(self, known: Sentences, rng: Random) -> None:
        """`rng` is the source of randomness."""
        self._known, self._rng = known, rng
        self._names = {
            document: sorted({name for one in ids for name in names(known.text[one])})
            for document, ids in known.of_document.items()
        }
        self.all_names = sorted({name for found in self._names.values() for name in found})
        """The names in all of the sentences."""
        self._by_word = _by_word(known.text)

    def of(self, row: Row, window: str) -> Iterator[Example]:
        """All kinds of near misses that this question and window allow, first those that are rarely possible,
        each part in random order."""
        rare = [
            ("number", self._number),
            ("name", self._name),
            ("opposite", self._opposite),
            ("asks another", self._asks),
        ]
        other = [("elsewhere", self._elsewhere), ("alike", self._alike)]
        for makers in (rare, other):
            self._rng.shuffle(makers)
            for kind, make in makers:
                made = make(row, window)
                if made:
                    yield Example(made[0], made[1], None, row.group, kind)

    def _elsewhere(self, row: Row, _window: str) -> tuple[str, str] | None:
        """Other sentences of the same document, without the answer's words."""
        answer = _answer(row).casefold()
        ids = [
            one
            for one in self._known.of_document[row.sentence.rsplit(":", 2)[0]]
            if one != row.sentence and answer not in self._known.text[one].casefold()
        ]
        if not ids:
            return None
        taken = sorted(self._rng.sample(ids, min(len(ids), self._rng.randint(1, 2))), key=ids.index)
        return row.question, " ".join(self._known.text[one] for one in taken)

    def _alike(self, row: Row, _window: str) -> tuple[str, str] | None:
        """One of the three sentences of other documents that share most of the question's rarer words."""
        answer = _answer(row).casefold()
        points: dict[str, float] = defaultdict(float)
        for word in set(_words(row.question)):
            places = self._by_word.get(word, ())
            for one in places:
                points[one] += 1 / len(places)
        ranked = sorted(points, key=lambda one: -points[one])[:12]
        ranked = [
            one
            for one in ranked
            if not one.startswith(row.group) and answer not in self._known.text[one].casefold()
        ]
        return (row.question, self._known.text[self._rng.choice(ranked[:3])]) if ranked else None

    def _number(self, row: Row, window: str) -> tuple[str, str] | None:
        """A question with another year or number, which the window does not have."""
        found = list(_NUMBER.finditer(row.question))
        if not found:
            return None
        number = self._rng.choice(found)
        if _YEAR.fullmatch(number[0]):
            other = str(int(number[0]) + self._rng.choice((-11, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 11)))
        else:
            digits = re.sub(r"\D", "", number[0])
            other = str(max(1, int(digits) + self._rng.choice((-7, -3, -2, -1, 1, 2, 3, 4, 10, 40))))
        if other in window or other == number[0]:
            return None
        return row.question[: number.start()] + other + row.question[number.end() :], window

    def _name(self, row: Row, window: str) -> tuple[str, str] | None:
        """A question with another name of similar length, if possible of the same document but not in the
        window."""
        found = [one for one in names(row.question) if one in window]
        if not found:
            return None
        name = self._rng.choice(found)
        near = self._names[row.sentence.rsplit(":", 2)[0]]
        for pool in (near, self.all_names):
            others = [
                one
                for one in pool
                if one not in window
                and not set(one.split()) & set(name.split())
                and _size(one) == _size(name)
            ]
            if others:
                return row.question.replace(name, self._rng.choice(others)), window
        return None

    def _opposite(self, row: Row, window: str) -> tuple[str, str] | None:
        """A question with a word replaced by its opposite."""
        words = [word for word in row.question.split() if word.lower().strip("?,") in _TURNED]
        if not words:
            return None
        word = self._rng.choice(words)
        bare = word.lower().strip("?,")
        if re.search(rf"\b{_TURNED[bare]}\b", window, re.IGNORECASE):
            return None
        return row.question.replace(word, word.lower().replace(bare, _TURNED[bare]), 1), window

    def _asks(self, row: Row, window: str) -> tuple[str, str] | None:
        """A question for when, where or why that the window does not answer."""
        ways = [
            (first, word)
            for first, word, tells in _ASKS
            if first.match(row.question) and not tells.search(window)
        ]
        if not ways:
            return None
        first, word = self._rng.choice(ways)
        rest = row.question[first.match(row.question).end() :]  # type: ignore[union-attr]
        helped = (
            rest
            if re.match(r"\s+(?:did|do|does|is|are|was|were|has|have|had|will|would|can)\b", rest)
            else None
        )
        return (word + helped, window) if helped else None


def names(text: str) -> list[str]:
    """The capitalised names in a text; the first word of a sentence alone is not one."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        if words[0].lower() in _ASIDE or (match.start() == 0 and len(words) > 1):
            words = words[1:]
        if words and not (match.start() == 0 and len(words) == len(match[0].split()) == 1):
            found.append(" ".join(words))
    return found


def _answer(row: Row) -> str:
    assert row.answer is not None
    return row.context[slice(*row.answer)]


def _size(name: str) -> int:
    return min(2, len(name.split()))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3]


def _by_word(text: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, sentence in text.items():
        for word in set(_words(sentence)):
            found[word].append(one)
    return found
