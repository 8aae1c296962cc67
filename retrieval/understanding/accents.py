"""Names that articles write with other accents than the question: “Pele” is also Pelé.

Hardly anybody types accents, and articles leave them out as often as not, so both forms are searched.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from retrieval.collection.collection import Searchable
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.listing.topic import accented
from retrieval.text.analyzer import STOP_WORDS
from retrieval.understanding.spelling import WORD, is_in_articles

MOST_WORDS = 6
"""Maximum words of a question that are looked up with other accents, each with about a hundred forms."""

LAST_LETTER = "ÿ"
"""The last letter of the block (Latin-1) whose letters are recognised in names."""


def accented_names(
    text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]
) -> Iterator[Hint]:
    """A hint for each name in the text that articles write with other accents: with both forms, or only with
    theirs if they never write it as the text does. In a text in lower case any word that is not English may
    be a name."""
    names = [found[0] for found in WORD.finditer(text) if _may_be_name(found, text, is_word)]
    for word in names[:MOST_WORDS]:
        known = (one for one in accented(word.lower()) if max(one) <= LAST_LETTER)
        forms = [one for one in known if is_in_articles(one, collections)]
        if written := [form for form in forms if _is_name(form, collections)]:
            both = is_in_articles(word.lower(), collections)
            meant = " ".join([*([word] if both else []), written[0].title()])
            yield Hint(HintKind.SPELLING, word, HintUse.BOOST, name=meant)


def _may_be_name(found: re.Match[str], text: str, is_word: Callable[[str], bool]) -> bool:
    word = found[0].lower()
    if word in STOP_WORDS:
        return False
    return not is_word(word) if text.islower() else found[0][0].isupper()


def _is_name(word: str, collections: Sequence[Searchable]) -> bool:
    """Whether the first passage that has exactly this word writes it with a capital letter."""
    for collection in collections:
        occurring = collection.occurrences(word, 1)
        for passage in occurring.first if occurring else ():
            if re.search(rf"\b{word.title()}\b", passage.text):
                return True
    return False
