"""A question as it was parsed, with its filters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.errors import BadQuestion, WrongCall
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.dates.zone import UTC_NAME, to_local, zone_of
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import NOTHING_PARSED, ParsedQuestion, spelt
from retrieval.question.parts import QUESTION_WORDS, are_questions
from retrieval.text.chat_markup import without_markup

QUESTION_LIMIT = 2000
"""Characters: Discord's longest message. The longest question of the benchmarks has 616."""

LONGEST_OF_ONE = 26
"""The most words of a question that names an outlet and may be answered by a single passage. MultiHop-RAG's
286 questions that name one ask what several articles say; all but one have more words."""

CHARACTERS_CLEANED = 2 * QUESTION_LIMIT
"""Maximum characters before spaces and marks are removed: to compose 40,000 accents takes five seconds."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The filters of a search: articles published in any of the periods (half open, None for an open end), by
    any of the sources and any of the authors (casefolded names), with any of the ids. Empty fields do not
    filter. Articles within any field of `without` are left out."""

    periods: tuple[tuple[datetime | None, datetime | None], ...] = ()
    sources: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    without: "Bounds | None" = None

    def __bool__(self) -> bool:
        return bool(self.periods or self.sources or self.authors or self.articles or self.without)


_YES_OR_NO = lazy_pattern(
    r"\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b(?!.*\bor\b)",
    re.IGNORECASE,
)
_CLAIM = lazy_pattern(
    r"\w\W{0,2}[,;–—-] ?(?:right|correct|true|yes|no|eh|innit"
    r"|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)(?:n['’]?t)?"
    r" (?:he|she|it|they|we|you|there))\W*\Z"
    r"|^\W*(?:am i (?:right|correct)|(?:is|was) it (?:true|correct|right)|true or false|fact[- ]?check)\b",
    re.IGNORECASE,
)
_AMOUNT = lazy_pattern(
    r"(?<![\w.,/:$£€¥₩-])\d{1,3}(?:,\d{3})*(?:\.\d+)?"
    r"(?: (?:hundred|thousand|million|billion|trillion))? (?=[a-z])"
)
"""An amount before what it counts, but no year or date."""
_CARRIED = lazy_pattern(rf"\?\s+(?!(?:{QUESTION_WORDS})\b)\w[^?]*\Z", re.IGNORECASE)
"""Words behind a question that ask nothing: those of the question before a follow-up."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question: what the person wrote and set, and what was understood of the words.

    - `text`: what is asked. `reading`: the words for the reader, if they are fewer than those that are
      searched, since words of an earlier question were added.
    - `collections`: those that may be opened at all.
    - `asked_at`: when it was asked. `zone`: the IANA name of the time zone whose days are meant. `day_first`:
      whether 03/04/2026 begins with the day and not the month.
    - `since`, `until`: bounds of the publication date, half open.
    - `sources`: names as articles give them, compared without case; empty for all.
    - `as_asked`: nothing is to be parsed from the words.
    - `parsed`: empty until the words are parsed (`retrieval.understanding.query_understanding`).
    """

    text: str
    collections: tuple[str, ...]
    asked_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    sources: frozenset[str] = frozenset()
    zone: str = UTC_NAME
    day_first: bool = False
    as_asked: bool = False
    reading: str = ""
    parsed: ParsedQuestion = NOTHING_PARSED

    def reworded(self, text: str, reading: str = "") -> "Query":
        """The query with other words, which are not parsed yet."""
        return replace(self, text=text, reading=reading, parsed=NOTHING_PARSED)

    def unparsed(self, text: str = "") -> "Query":
        """The query to be searched as asked, with nothing parsed from its words or from `text` instead."""
        return replace(self.reworded(text or self.text), as_asked=True)

    def with_hints(self, hints: Iterable[Hint]) -> "Query":
        """The query with these hints instead of its own."""
        return replace(self, parsed=replace(self.parsed, hints=tuple(hints)))

    def local_time(self, moment: datetime) -> datetime:
        """The asker's local date and time at that moment; its tzinfo is UTC."""
        return to_local(moment, zone_of(self.zone))

    @property
    def wording(self) -> str:
        """The words that are searched: without courtesies, and with misspelt words replaced."""
        return spelt(self.parsed.bare or self.text, self.parsed.hints)

    @property
    def corrected(self) -> str:
        """The text with misspelt words replaced. A name that is searched in both scripts stays as it is."""
        slips = (hint for hint in self.parsed.hints if hint.words.isascii() and hint.name.isascii())
        return spelt(self.text, slips)

    @property
    def reader_text(self) -> str:
        """The words with which a reader reads passages: its own, even if words of an earlier question are
        searched too. Of the amount that a yes-or-no question claims it asks how many, since articles may give
        another one."""
        words = self.reading or self.wording
        return _AMOUNT.sub("how many ", words) if self.claims else words

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether it is an English yes-or-no question or a claim to be confirmed (“The ferry sank, right?”),
        which no words of an article answer."""
        return _YES_OR_NO.match(self.wording) is not None or _CLAIM.search(self.text) is not None

    @property
    def claims(self) -> bool:
        """Whether it asks if something that one article may tell is so."""
        return self.asks_yes_or_no and not self.asks_several_articles

    @property
    def asks_several(self) -> bool:
        """Whether it asks several things. A follow-up completed with words of the one before is searched in
        parts, but asks one thing."""
        return bool(self.parsed.parts) and not self.reading and not _CARRIED.search(self.text)

    @property
    def asks_separately(self) -> bool:
        """Whether its parts are questions of their own, each of which is answered by itself. Questions about
        outlets compare what these say, and are answered together."""
        return self.asks_several and not self.parsed.outlets and are_questions(self.parsed.parts)

    @property
    def asks_no_words(self) -> bool:
        """Whether no short span of an article can answer it: it is a yes-or-no question, asks several things,
        or asks what there is on a topic."""
        return self.asks_yes_or_no or self.asks_several or self.parsed.topical or self.parsed.newest

    @property
    def asks_several_articles(self) -> bool:
        """Whether no single passage answers it, because it asks what several articles say: it names an outlet
        of the corpus, and another one, or it asks several things, or it is long. A topic is none."""
        outlets = {hint.words for hint in self.parsed.outlets}
        if not outlets or self.parsed.topical:
            return False
        return len(outlets) > 1 or bool(self.parsed.parts) or len(self.wording.split()) > LONGEST_OF_ONE

    def allows(self, hint: Hint) -> bool:
        """Whether a source hint is within the sources that the person set; any other hint always is, as dates
        are compared with the articles."""
        free = hint.kind is not HintKind.SOURCE or hint.excludes or not self.sources
        return free or hint.name.casefold() in self.sources

    @property
    def filtered(self) -> bool:
        """Whether the search has any filters besides the collections."""
        return bool(self.filters())

    def part(self, words: str) -> "Query":
        """One of its parts as a question of its own: not yet parsed if the question `asks_separately`, else
        with the same hints. If the part names outlets, it is limited to their articles, as far as `sources`
        allows them."""
        if self.asks_separately:
            return self.reworded(words)
        hints = tuple(self._of_part(words))
        return replace(self, text=words, parsed=replace(self.parsed, bare="", parts=(), hints=hints))

    def _of_part(self, words: str) -> Iterator[Hint]:
        sources = self.parsed.outlets
        named = [hint for hint in sources if re.search(rf"(?<!\w){re.escape(hint.words)}(?!\w)", words)]
        for hint in self.parsed.hints:
            if hint not in sources or not named:
                yield hint
            elif hint in named:
                yield replace(hint, use=HintUse.FILTER) if self.allows(hint) else hint

    def filters(self) -> Bounds:
        """The filters: those set by the person, narrowed by the hints for FILTER and EXCLUDE."""
        parsed = self.parsed
        set_by_person = ((self.since, self.until),) if self.since or self.until else ()
        periods = (self._clipped(hint) for hint in parsed.of_kind(HintKind.DATES) if hint.filters)
        without = Bounds(
            periods=tuple(
                (hint.since, hint.until) for hint in parsed.of_kind(HintKind.DATES) if hint.excludes
            ),
            sources=parsed.named(HintKind.SOURCE, HintUse.EXCLUDE),
            authors=parsed.named(HintKind.AUTHOR, HintUse.EXCLUDE),
        )
        return Bounds(
            periods=tuple(periods) or set_by_person,
            sources=parsed.named(HintKind.SOURCE, HintUse.FILTER) or self.sources,
            authors=parsed.named(HintKind.AUTHOR, HintUse.FILTER),
            articles=frozenset(hint.name for hint in parsed.of_kind(HintKind.ARTICLE) if hint.filters),
            without=without if without else None,
        )

    def _clipped(self, hint: Hint) -> tuple[datetime | None, datetime | None]:
        since = max((one for one in (self.since, hint.since) if one), default=None)
        return since, min((one for one in (self.until, hint.until) if one), default=None)


def make_query(
    question: str,
    collections: tuple[str, ...],
    *,
    asked_at: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    sources: frozenset[str] = frozenset(),
    as_asked: bool = False,
    zone: str = UTC_NAME,
    day_first: bool = False,
) -> Query:
    """Make a query. Raises WrongCall if the dates are in the wrong order, BadQuestion if there is nothing to
    search."""
    if since and until and since >= until:
        raise WrongCall(f"since ({since:%Y-%m-%d}) lies after until ({until:%Y-%m-%d}): swap them")
    return Query(
        text=clean_question(question),
        collections=collections,
        asked_at=asked_at or datetime.now(UTC),
        since=since,
        until=until,
        sources=frozenset(name.casefold() for name in sources),
        as_asked=as_asked,
        zone=zone,
        day_first=day_first,
    )


def clean_question(question: str) -> str:
    """The question on one line, without control characters and markup of chats. Raises BadQuestion if nothing
    can be searched."""
    if len(question) > CHARACTERS_CLEANED:
        raise _too_long(len(question))
    plain = unicodedata.normalize("NFC", question.encode("utf-8", "replace").decode())
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in plain)
    line = one_line(without_markup("".join(c for c in shown if unicodedata.category(c) != "Cf")))
    if not line:
        raise BadQuestion("empty", "the question is empty: ask something like “Who met in Nara?”")
    if len(line) > QUESTION_LIMIT:
        raise _too_long(len(line))
    if not any(c.isalnum() for c in line):
        raise BadQuestion(
            "wordless", "the question has no words to search for: ask something like “Who met in Nara?”"
        )
    return line


def _too_long(length: int) -> BadQuestion:
    return BadQuestion(
        "long",
        f"the question has {length:,} characters, more than the {QUESTION_LIMIT:,} allowed: "
        "ask in a sentence",
    )
