"""Check that untrusted text is read in a time that grows linearly with its length, not quadratically.

    python -m benchmarks.scaling [READER ...] [--worst N]

Every reader of questions gets texts of one repeated kind of word (`benchmarks.fillers`), at half, one and two
times LENGTH. Printed are the slowest of each reader, in milliseconds, with the ratio for the double length: 2
is linear, 4 is quadratic. The exit status is 1 if a ratio is over LIMIT; texts that take less than FLOOR
seconds are not judged, because a clock is too coarse for them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType

from benchmarks.fillers import fillers
from bot.answers import timing
from bot.chat import incoming_message, period
from bot.slack.drawing import typed_options
from bot.slack.drawing import words as slack_words
from corpus.article import Article
from corpus.errors import NewsdeskError
from retrieval.collection import pasted_reference
from retrieval.collection.passage import Passage
from retrieval.dates import (
    date_lookalikes,
    east_asian_dates,
    english_dates,
    figures,
    mentioned_dates,
    named_times,
    newest_topic,
    year_parts,
)
from retrieval.question import (
    anchors,
    citing_words,
    context,
    courtesies,
    east_asian_courtesies,
    english_courtesies,
    names,
    parts,
    pronouns,
    question_parser,
    reactions,
)
from retrieval.question.followups import followup, followup_dates, narrowing, replacements
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.listing import east_asian_listings, english_listing_forms, listing_reader
from retrieval.question.query import Query, clean_question
from retrieval.question.remarks import (
    english_remarks,
    japanese_remarks,
    korean_remarks,
    noise,
    remark,
    writing_requests,
)
from retrieval.ranking.evidence import anchoring
from retrieval.text import addresses, analyzer, chat_markup, korean, proper_names, quantities, quotations
from retrieval.text.analyzer import Analyzer

LENGTH = 4000
"""Characters: twice the longest question, so that quadratic growth shows."""
LIMIT = 3.0
"""The most that the double length may take, as a ratio."""
FLOOR = 0.002
"""The least seconds at the double length for a text to be judged."""
ROUNDS = 5
"""The measurements of each text; the shortest counts, since other programs use the machine too."""

ASKED_AT = datetime(2026, 1, 20, tzinfo=UTC)
SOURCES = (
    "The New York Times",
    "The Verge",
    "TechCrunch",
    "FOX News - Health",
    "連合ニュース",
    "연합뉴스",
    "The Age",
    "Time",
    "毎日",
)
PEOPLE = ("Ann Lee, Bo Kim and Kim Min-ji", "김민지 기자", "山田太郎")
NAMES = (*SOURCES, *PEOPLE, '"The Verge"', "「連合ニュース」")
OPENINGS = ("", "What did Ann Lee of Nara say and ", "Between The Verge and Wired, ", "지난해 3월 ")
"""What a text may begin with: some readers look back to it from everything that follows."""
TURN = PreviousQuestion("What did Ann Lee say in Japan in March?", ("Ann Lee spoke in Japan.",), ("Ann Lee",))

HANGS_ON = anchors.anchors(
    "Did Lee Jae-myung of the U.N. pay 12 men $3 in Q1 2021, on 3 May 2020 or in 2019 for “a lamp”?"
)
"""Anchors that a passage may be slow to be compared with."""

_DATES = (mentioned_dates, east_asian_dates, english_dates, date_lookalikes, figures, year_parts)
_QUESTION = (*_DATES, question_parser, names, citing_words, parts)
_ANCHORS = (anchors, named_times, quotations, proper_names, quantities)
_COURTESIES = (courtesies, english_courtesies, east_asian_courtesies, reactions)
_EARLIER = (context, followup, followup_dates, pronouns, replacements)
_REMARKS = (remark, noise, english_remarks, korean_remarks, japanese_remarks)
_LISTINGS = (*_DATES, english_listing_forms, east_asian_listings)


@dataclass(frozen=True, slots=True)
class Reader:
    """A function that reads text, the modules with its patterns, and other words that it knows."""

    read: Callable[[str], object]
    modules: tuple[ModuleType, ...]
    words: tuple[str, ...] = ()

    def fillers(self) -> list[str]:
        """The texts that it may be slow to read."""
        return fillers(*self.modules, words=self.words)


def readers() -> dict[str, Reader]:
    """Every reader of people's text, by name."""
    known = [names.Names(SOURCES, PEOPLE)]
    stems = Analyzer()
    return {
        "dates": Reader(lambda text: mentioned_dates.mentioned_periods(text, ASKED_AT), _DATES),
        "question": Reader(
            lambda text: question_parser.parse_question(text, ASKED_AT, known), _QUESTION, NAMES
        ),
        "listing": Reader(lambda text: listing_reader.read_listing(text, ASKED_AT, known), _LISTINGS, NAMES),
        "courtesies": Reader(courtesies.bare_question, _COURTESIES),
        "remarks": Reader(remark.remark_of, _REMARKS),
        "requests to write": Reader(writing_requests.subject_of, (writing_requests,)),
        "names": Reader(lambda text: list(known[0].mentions(text)), (names,), NAMES),
        "parts": Reader(lambda text: parts.parts_of(text, _outlets(text, known[0])), (parts,), NAMES),
        "dependence": Reader(lambda text: context.dependence(text, TURN.shown), _EARLIER),
        "follow-up": Reader(lambda text: followup.follow_up(text, TURN), _EARLIER),
        "question before": Reader(
            lambda text: followup.follow_up("And in Japan?", PreviousQuestion(text, (text,))),
            _EARLIER,
        ),
        "anchors": Reader(anchors.anchors, _ANCHORS),
        "passage": Reader(_judged, _ANCHORS),
        "korean": Reader(korean.subject, (korean,)),
        "terms": Reader(stems.question_terms, (analyzer, korean)),
        "content terms": Reader(stems.content_terms, (analyzer, korean)),
        "asks": Reader(incoming_message.reads_as_question, (incoming_message,)),
        "language": Reader(incoming_message.language_of, (incoming_message,)),
        "office": Reader(lambda text: timing.as_of(_query(text), ()), (timing,)),
        "topic": Reader(newest_topic.topic_of, (newest_topic,)),
        "period": Reader(lambda text: period.offered(text, "ko", ASKED_AT), (period,)),
        "pasted": Reader(pasted_reference.may_be_pasted, (pasted_reference, addresses, quotations)),
        "narrowing": Reader(narrowing.may_change, (narrowing,)),
        "addressees": Reader(chat_markup.without_addressees, (chat_markup,)),
        "cleaning": Reader(_cleaned, (analyzer, chat_markup)),
        "slack words": Reader(lambda text: slack_words.plain_words(text, "U1"), (slack_words,)),
        "slack mentions": Reader(slack_words.mentions, (slack_words,)),
        "slack options": Reader(typed_options.read_options, (typed_options,)),
    }


def _query(text: str) -> Query:
    return Query(text, (), ASKED_AT)


def _judged(text: str) -> object:
    passage = Passage(Article("a", "Lee", text, "The Post"), 0, len(text))
    return anchoring.anchoring(HANGS_ON, [passage])


def _outlets(text: str, known: names.Names) -> list[list[parts.Span]]:
    return [[(one.start, one.end)] for one in known.mentions(text)]


def _cleaned(text: str) -> object:
    try:
        return clean_question(text)
    except NewsdeskError as error:
        return error


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds of a reader for a filler at half, one and two times LENGTH."""

    filler: str
    seconds: tuple[float, float, float]

    @property
    def growth(self) -> float:
        return self.seconds[2] / self.seconds[1]


def slowest(reader: Reader, most: int) -> Iterator[Measured]:
    """The fillers that take longest at half the length, each measured at all three."""
    once = [(_seconds(reader, filler, LENGTH // 2), filler) for filler in reader.fillers()]
    for _, filler in sorted(once, reverse=True)[:most]:
        half, one, two = (
            min(_seconds(reader, filler, length) for _ in range(ROUNDS))
            for length in (LENGTH // 2, LENGTH, 2 * LENGTH)
        )
        yield Measured(filler, (half, one, two))


def text_of(filler: str, length: int) -> str:
    """One of the openings, always the same for a filler, followed by the repeated filler."""
    opening = OPENINGS[sum(map(ord, filler)) % len(OPENINGS)]
    return opening + filler * max(length // len(filler), 1)


def _seconds(reader: Reader, filler: str, length: int) -> float:
    text = text_of(filler, length)
    begun = time.thread_time()
    reader.read(text)
    return time.thread_time() - begun


def main() -> int:
    """Measure and report. Returns 1 if a reader takes quadratic time."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    parser.add_argument("readers", nargs="*")
    parser.add_argument("--worst", type=int, default=8, help="fillers of each reader that are measured")
    wanted = parser.parse_args()
    square = False
    for name, reader in readers().items():
        if wanted.readers and name not in wanted.readers:
            continue
        print(f"{name}: {len(reader.fillers()):,} fillers", flush=True)
        for one in slowest(reader, wanted.worst):
            bad = one.growth >= LIMIT and one.seconds[2] >= FLOOR
            square |= bad
            times = "".join(f"{1000 * seconds:9.2f}" for seconds in one.seconds)
            print(f"{times} ms {one.growth:6.2f} {'SQUARE ' if bad else '       '}{one.filler!r}", flush=True)
    return int(square)


if __name__ == "__main__":
    sys.exit(main())
