"""The core of a question, without the courtesies around it: "Hey bot, can you please tell me why Federer was
fined? thanks!" asks "why Federer was fined?".

Courtesies are only removed at the beginning and the end, one by one, and none if no subject would be left:
"Tell me a story", "Please Please Me" and "Who thanked the bot?" stay as they are.
"""

from typing import Protocol

from corpus.lazy_pattern import lazy_pattern
from retrieval.question import english_courtesies
from retrieval.question.context import Dependence, content_words, dependence
from retrieval.question.reactions import without_reaction
from retrieval.question.remarks import writing_requests
from retrieval.text.addresses import without_addresses
from retrieval.text.scripts import EAST

_MARKS = lazy_pattern(
    r"(?:[\s?!.,;:…~。！？、，：；–—-]|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]|(?<!\w)[:;=]['’]?-?[()DPp3])+\Z"
)
"""Marks at the end of a question that are not part of a word, bracket or quotation: punctuation, smileys,
emoji."""
_MARK = lazy_pattern(r"[?？]")
PIECES = 12
"""Maximum courtesies removed at each end; a question of nothing else took a tenth of a second. "Hi there!
Sorry to bother you, quick question: could you please tell me" has four."""
LAST = 12
"""Characters at the end that are examined for marks at a time."""
TOLD = 45
"""Words from which on a text of several sentences is a story with a question at its end. The longest shared
questions with more than one sentence have 40."""
MANY, SAYING = 3, 3
"""Minimum sentences of such a text, and minimum content words of its question."""
_SENTENCE = lazy_pattern(r"(?<=[.!?…])\s+(?=[^\W\d_])")
_INTRODUCED = lazy_pattern(r":\s+(?=\S)")


class _Language(Protocol):
    """The courtesies of a language."""

    def opening(self, text: str, start: int) -> int:
        """The end of the courtesy that begins at `start`; `start` if there is none."""
        ...

    def closing(self, text: str, start: int, end: int) -> int:
        """The beginning (at least `start`) of the courtesy that ends at `end`; `end` if there is none."""
        ...


def bare_question(text: str) -> str:
    """The words that ask, as they are written. What begins like an English question gets a question mark if
    it has none. `text` must be on one line (`retrieval.question.query.clean_question`)."""
    words = without_courtesies(_asked_at_last(without_addresses(text)))
    subject = writing_requests.subject_of(words)
    if subject and content_words(subject):
        words = subject
    unmarked = words[: _last_word(words, 0, len(words))]
    if not (english_courtesies.ASKS.match(words) or english_courtesies.ASKS_LAST.search(unmarked)):
        return words
    return words if _MARK.search(unmarked) else f"{unmarked}?"


def _asked_at_last(text: str) -> str:
    """The question at the end of a long story, if it can be understood alone; else the text."""
    if EAST.search(text) or len(text.split()) < TOLD:
        return text
    if len(_SENTENCE.split(text)) < MANY:
        return text  # a cheap test that settles most texts, without the rules for "Rep." and "Inc."
    from retrieval.text.sentences import sentence_spans  # sentencex is slow to load, and rarely needed here

    sentences = [text[start:end].strip() for start, end in sentence_spans(text, "en")]
    if len(sentences) < MANY:
        return text
    # Thanks and a name may follow it.
    asked = next((one for one in reversed(sentences) if one.endswith("?")), "")
    for question in (_INTRODUCED.split(asked)[-1], asked):
        if len(content_words(question)) >= SAYING and dependence(question) is Dependence.NONE:
            return question
    return text


def asks_to_write(text: str) -> bool:
    """Whether the text asks to have something written about a subject, which is then all that is searched."""
    subject = writing_requests.subject_of(without_courtesies(text))
    return bool(subject and content_words(subject))


def without_courtesies(text: str) -> str:
    """The text, as it is written, without courtesies at its beginning and end and reactions before it, but
    with the question mark."""
    text = without_reaction(text)
    language: _Language = english_courtesies
    if EAST.search(text):
        from retrieval.question import east_asian_courtesies  # whose patterns take long to compile

        language = east_asian_courtesies
    start = 0
    for _ in range(PIECES):
        after = language.opening(text, start)
        if after == start:
            break
        start = after
    end = last = _last_word(text, start, len(text))
    for _ in range(PIECES):
        before = language.closing(text, start, end)
        if before == end:
            break
        end = _last_word(text, start, before)
    stop = len(text) if end == last else end + bool(_MARK.match(text, end))
    lost = end < last and not _MARK.match(text, end) and language is english_courtesies
    mark = _MARK.search(text, last) if lost else None
    said = (text[start:stop], text[:stop])  # "Tell me about him, thanks" says more than "him"
    found = next((words for words in said if content_words(words)), text)
    return (
        found + mark[0] if mark and found is not text else found
    )  # the mark of "…, please?" is the question's


def _last_word(text: str, start: int, end: int) -> int:
    """The end of the last word, bracket or quotation in the text up to `end`."""
    while end > start and (marks := _MARKS.search(text, max(start, end - LAST), end)):
        end = marks.start()
    dotted = text.startswith(".?", end) or (text.startswith(".", end) and text[max(end - 2, 0)] == ".")
    return end + 1 if dotted else end  # "Inc.?", "in the U.S."
