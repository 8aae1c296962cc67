"""Detects quotes of one answer that disagree: on a number that was asked for, or on yes or no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import content_words
from retrieval.question.query import Query
from retrieval.ranking.highlight import can_answer
from retrieval.reading.asked.counted_subject import AMOUNT_NOUNS, MEASURED, is_of_asked
from retrieval.text.analyzer import Analyzer
from retrieval.text.quantities import Quantity, quantities
from retrieval.text.sentences import SENTENCE_LIMIT, Span, sentence_spans

ANSWER_LOG_ODDS = 0.0
"""Log-odds from the reader model above which a quote counts as an answer: more likely than not."""
NEAR = 40
"""The most characters between a negation and a word of the question that it negates: a short clause."""
APART = timedelta(days=90)
"""Articles further apart in time tell of different moments, or of different events of one kind. Of the thirty
notes on own questions over NewsQA and RealTimeQA that were read, the true ones are 6 to 60 days apart, and of
the false ones with dates half are more than 200."""

_COUNTS = lazy_pattern(
    rf"\bhow (?:many|much|{MEASURED})\b"
    rf"|\bwhat (?:is |was |are |were )?(?:the )?(?:\w+ )?(?:{AMOUNT_NOUNS})\b",
    re.IGNORECASE,
)
_RATE = lazy_pattern(
    r"\b(?:per|each|every|apiece|an? (?:second|minute|hour|day|night|week|month|quarter|year|head|person"
    r"|share)|(?:hour|dai|night|week|month|quarter|year)ly|annual)\b|/",
    re.IGNORECASE,
)
_CLAUSE = lazy_pattern(r"[^,;:.!?()\n–—]*")
"""The rest of a clause, in which an amount may say for what it is: "$8 per month", "$9 in tax per head"."""
_DENIES = lazy_pattern(
    r"\b(?:not|never|no|den(?:y|ies|ied)|without|refus\w+|reject\w*)\b|n['’]t\b", re.IGNORECASE
)

_ENGLISH = messages_for(ENGLISH)


def disagreement_words(result: Answer | NoAnswer, messages: Messages = _ENGLISH) -> Iterator[str]:
    """The line that says that the sources of an answer differ, or that the first of them denies what is
    asked; nothing if neither is so, or if the quotes answer several questions."""
    if isinstance(result, NoAnswer) or result.query.asks_separately:
        return
    if said := differing_numbers(result.query, result.quotes):
        yield messages("sources-differ", answers=" · ".join(f"“{one}”" for one in said))
    elif differs_on_yes(result.query, result.quotes):
        yield messages("sources-may-differ")
    elif denial := denying_word(result.query, result.quotes):
        yield messages("quote-denies", word=denial)


def differing_numbers(query: Query, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The different numbers that the quotes give, each in its article's words; empty if all agree or the
    question does not ask for a number. Numbers are compared if they are in the exact answer that the reader
    model found, are of what the question asks for by their sentences (`is_of_asked`), have the same unit, and
    are from different articles of about the same time (APART)."""
    if not _COUNTS.search(query.wording):
        return ()
    found: list[tuple[Quote, Quantity]] = []
    for quote in _read(quotes):
        inside = list(_answering(quote, quote.answer)) if quote.answer else []
        if len(inside) == 1 and _is_of_asked(query.wording, quote, inside[0]):
            found.append((quote, inside[0]))
    told: list[tuple[Quote, Quantity]] = []
    for quote, number in found:
        if all(_another(quote, number, *before) for before in told):
            told.append((quote, number))
    if not told[1:]:
        return ()
    return tuple(quote.article.text[slice(*quote.answer)] for quote, _ in told if quote.answer)


def differs_on_yes(query: Query, quotes: Sequence[Quote]) -> bool:
    """Whether the question asks for yes or no, and one quote denies what is asked and another does not."""
    if not query.asks_yes_or_no:
        return False
    return any(
        one is not other and one.article.id != other.article.id
        for (one, first), (other, second) in combinations(_denials(query, quotes), 2)
        if first is not None and second is not None and bool(first) != bool(second)
    )


def denying_word(query: Query, quotes: Sequence[Quote]) -> str:
    """The word ("not") with which the first quote denies what a yes-or-no question asks, as the quote has it;
    empty if it denies nothing, or if the question denies something too."""
    if not query.asks_yes_or_no or _DENIES.search(query.wording):
        return ""
    return next((word or "" for _, word in _denials(query, quotes[:1])), "")


def _read(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The quotes that the reader model counts as answers."""
    for quote in quotes:
        if (
            quote.highlights
            and quote.features.reading is not None
            and quote.features.reading > ANSWER_LOG_ODDS
        ):
            yield quote


def _answering(quote: Quote, answer: Span) -> Iterator[Quantity]:
    """The numbers in the exact answer, with their places in the article and units from the whole sentence."""
    first, last = answer
    start, end = _sentence(quote, answer)
    for one in quantities(quote.article.text[start:end]):
        if start + one.start < last and first < start + one.end:
            yield replace(one, start=start + one.start, end=start + one.end)


def _sentence(quote: Quote, answer: Span) -> Span:
    return next((one for one in quote.highlights if one[0] <= answer[0] < one[1]), answer)


def _is_of_asked(question: str, quote: Quote, number: Quantity) -> bool:
    text = quote.article.text
    start, end = _sentence(quote, (number.start, number.end))
    near = text[max(start - SENTENCE_LIMIT, 0) : start]
    before = [near[slice(*one)] for one in sentence_spans(near, quote.article.language)]
    told = [one for one in before if can_answer(one)][-1:]
    inside = number.start - start, number.end - start
    return is_of_asked(question, text[start:end], inside, "".join(told), quote.article.title)


def _another(quote: Quote, number: Quantity, before: Quote, other: Quantity) -> bool:
    same = number.unit == other.unit and _is_rate(quote) == _is_rate(before)
    apart = quote.article.key != before.article.key
    dates = quote.article.published, before.article.published
    at_once = not (dates[0] and dates[1]) or abs(dates[0] - dates[1]) <= APART
    return same and apart and at_once and number.value != other.value


def _is_rate(quote: Quote) -> bool:
    """Whether the quote's answer is an amount for each of something, which no total contradicts."""
    start, end = quote.answer or (0, 0)
    clause = _CLAUSE.match(quote.article.text, end)
    return bool(_RATE.search(quote.article.text[start : clause.end() if clause else end]))


def _denials(query: Query, quotes: Sequence[Quote]) -> Iterator[tuple[Quote, str | None]]:
    """The quotes that count as answers, each with the word with which it denies what is asked (`_denial`)."""
    analyzer = Analyzer()
    asked = {term for word in content_words(query.wording) for term in analyzer.terms(word)}
    for quote in _read(quotes):
        yield quote, _denial(quote, asked, analyzer)


def _denial(quote: Quote, asked: set[str], analyzer: Analyzer) -> str | None:
    """The word with which the quote's first highlighted sentence denies what is asked, empty if it does not;
    None if it has less than half of the question's terms."""
    start, end = quote.highlights[0]
    sentence = quote.article.text[start:end]
    terms = [(found.start(), set(analyzer.terms(found[0]))) for found in re.finditer(r"\w+", sentence)]
    places = [place for place, words in terms if asked & words]
    said = {word for _, words in terms for word in words}
    if 2 * len(asked & said) < len(asked):
        return None
    near = (one for one in _DENIES.finditer(sentence) if any(0 <= at - one.end() <= NEAR for at in places))
    return next((one[0] for one in near), "")
