"""Keys that were hit at random."""

from itertools import pairwise

from corpus.lazy_pattern import lazy_pattern

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {letter: (row, place) for row, letters in enumerate(_ROWS) for place, letter in enumerate(letters)}
WALK = 5
"""Letters of neighbouring keys in a row; no word of the three languages has as many."""
_SHORT_WALKS = frozenset({"asdf", "qwer", "zxcv", "hjkl", "fdsa", "sdfg", "dfgh"})
_AGAIN = lazy_pattern(r"([asdfghjkl]{2,4})\1{2,}[asdfghjkl]{0,3}")
_HOME_ROW = lazy_pattern(r"(?=.*[sdfghjkl]{4})[asdfghjkl]{8,}")
_NO_VOWEL = lazy_pattern(r"[b-df-hj-np-tvxz]{8,}")
_JAMO = lazy_pattern(r"(?=.*[ㄱ-ㅅㅇ-ㅊㅌㅍㅏㅑㅓㅕㅗㅛㅡㅣ])[ㄱ-ㅣ]{3,}")


def is_noise(words: str) -> bool:
    """Whether each of the lower-case words is random keys: neighbouring keys in a row, one group of keys
    repeated, or no vowel. Names of few letters (HSBC) are not, and "qwerty" is a word."""
    said = words.split()
    return bool(said) and all(_is_random(word) for word in said)


def _is_random(word: str) -> bool:
    if word == "qwerty":
        return False
    walks = word in _SHORT_WALKS or (len(word) >= WALK and _is_walk(word))
    return walks or any(one.fullmatch(word) for one in (_AGAIN, _HOME_ROW, _NO_VOWEL, _JAMO))


def _is_walk(word: str) -> bool:
    if any(letter not in _PLACES for letter in word):
        return False
    places = [_PLACES[letter] for letter in word]
    steps = pairwise(places)
    return all(row == other and abs(place - next_) <= 1 for (row, place), (other, next_) in steps)
