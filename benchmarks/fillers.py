"""Generates texts that may be slow to parse: repetitions of every kind of word that a pattern matches.

They are generated from the patterns themselves, alternative by alternative, so that a new word in a pattern
is tried too. The pieces are repeated alone, before something that ends the match, and with separators.
"""

import random
import re
from collections.abc import Iterator, Sequence
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

from corpus.lazy_pattern import LazyPattern

PAIRS = 300
"""Random pairs of pieces, since some readers do more work when one is next to another."""
SEPARATORS = ("", " ")
"""Separators between the pieces of a filler."""
MAX_REPEATS = 2
"""The repetitions of a repeated part of a pattern in a piece, or its minimum if that is higher."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_ALTERNATIVES = 400
"""The most pieces of one part of a pattern: a pattern of many names gives thousands, not millions."""


def fillers(*modules: ModuleType, words: Sequence[str] = ()) -> list[str]:
    """The pieces of the modules' patterns and word lists, and of the given words: each once with each
    separator, and PAIRS random pairs. The result is deterministic."""
    known = (piece for module in modules for piece in _pieces_of(module))
    pieces = list(dict.fromkeys(piece for piece in (*words, *known) if piece.strip()))
    rng = random.Random(1)
    pairs = [f"{rng.choice(pieces)} {rng.choice(pieces)} " for _ in range(PAIRS)]
    return [f"{piece}{separator}" for piece in pieces for separator in SEPARATORS] + pairs


OFTEN = 20
"""The least number of times that a part of a pattern must be allowed for `repeated_parts` to count it: with
two ways to match a word, 2**20 ways take a tenth of a second."""


def repeated_parts(pattern: str, flags: int) -> Iterator[tuple["re.Pattern[str]", list[str]]]:
    """Each part of a pattern that may be repeated OFTEN or more, as a pattern of its own for any number of
    them, with texts that match it once."""
    tree = parser.parse(pattern, flags)
    for part in _repeated(list(tree)):
        alone = parser.SubPattern(tree.state, [(codes.MAX_REPEAT, (0, codes.MAXREPEAT, part))])
        yield compiler.compile(alone, tree.state.flags), _pieces(list(part))


def _repeated(items: list[Any]) -> Iterator[Any]:
    for code, value in items:
        if code in _REPEATS and value[1] >= OFTEN:
            yield value[2]
        yield from (one for part in _parts(code, value) for one in _repeated(list(part)))


def _parts(code: Any, value: Any) -> list[Any]:
    """The sequences within a part of a pattern."""
    if code in _REPEATS:
        return [value[2]]
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code is codes.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return []


def _pieces_of(module: ModuleType) -> Iterator[str]:
    for value in vars(module).values():
        if isinstance(value, frozenset):
            yield from sorted(word for word in value if isinstance(word, str))
        for pattern in value if isinstance(value, tuple) else (value,):
            if isinstance(pattern, re.Pattern | LazyPattern):
                yield from _pieces(list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)))


def _pieces(items: list[Any]) -> list[str]:
    """Texts that match a sequence of a pattern's parts: the first alternative of each, and each other one
    once."""
    choices = [_choices(*item) for item in items]
    whole = "".join(one[0] for one in choices)
    found = [whole]
    for place, options in enumerate(choices):
        before = "".join(one[0] for one in choices[:place])
        after = "".join(one[0] for one in choices[place + 1 :])
        found += [f"{before}{option}{after}" for option in options[1:]]
        found.append(before)  # a match that ends there
    return list(dict.fromkeys(found))[:_ALTERNATIVES]


def _choices(code: Any, value: Any) -> list[str]:
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.NOT_LITERAL:
        return ["x" if value != ord("x") else "y"]
    if code is codes.ANY:
        return ["x", " "]
    if code is codes.IN:
        return _members(value)
    if code is codes.BRANCH:
        return list(dict.fromkeys(piece for part in value[1] for piece in _pieces(list(part))))[
            :_ALTERNATIVES
        ]
    if code is codes.SUBPATTERN:
        return _pieces(list(value[3]))
    if code in _REPEATS:
        least, _, inner = value
        found = _pieces(list(inner))
        often = max(least, 1)
        return [
            *(piece * often for piece in found),
            *([""] if least == 0 else []),
            found[0] * (often + MAX_REPEATS),
        ]
    if code is codes.ATOMIC_GROUP:
        return _pieces(list(value))
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return ["", *_pieces(list(value[1]))]  # text that must, or must not, be next to it
    return [""]


def _members(parts: list[Any]) -> list[str]:
    if parts[0][0] is codes.NEGATE:
        excluded = {chr(value) for code, value in parts if code is codes.LITERAL}
        return [next(sign for sign in "xX1 ,_" if sign not in excluded)]
    found = []
    for code, value in parts:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.RANGE:
            found.append(chr(value[0]))
        elif code is codes.CATEGORY:
            found.append({"DIGIT": "1", "SPACE": " "}.get(str(value).removeprefix("CATEGORY_"), "x"))
    return found[:3] or ["x"]
