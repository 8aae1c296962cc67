"""Patterns are compiled when they are first used, and are then what `re` would have made at once."""

import re
from unittest.mock import patch

import pytest

from corpus.lazy_pattern import lazy_pattern


def test_a_pattern_is_compiled_once_and_when_it_is_first_used() -> None:
    with patch("re.compile", wraps=re.compile) as compiling:
        word = lazy_pattern(r"(?P<word>[a-z]+)", re.IGNORECASE)
        assert word.pattern == r"(?P<word>[a-z]+)"
        assert compiling.call_count == 0
        assert word.fullmatch("Bridge")
        assert [found["word"] for found in word.finditer("The bridge")] == ["The", "bridge"]
        assert word.sub("_", "The bridge, 2026") == "_ _, 2026"
        assert compiling.call_count == 1


def test_it_has_the_attributes_of_a_compiled_pattern() -> None:
    lazy, compiled = (make(r"(?P<a>.)(.)?", re.IGNORECASE) for make in (lazy_pattern, re.compile))
    for name in ("flags", "groups", "groupindex", "pattern"):
        assert getattr(lazy, name) == getattr(compiled, name)
    with pytest.raises(AttributeError, match="searching"):
        lazy.searching  # type: ignore[attr-defined]  # noqa: B018


def test_bytes_are_searched_with_a_pattern_of_bytes() -> None:
    assert lazy_pattern(rb"\d+").findall(b"1 and 23") == [b"1", b"23"]


def test_a_mistake_in_a_pattern_is_reported_on_first_use() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("text")
