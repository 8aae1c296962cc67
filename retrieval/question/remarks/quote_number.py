"""The number of the quote that a remark is about: "open the second article", "2番目の記事"."""

from corpus.lazy_pattern import lazy_pattern

_LAST = -1
_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": _LAST,
    "첫": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "마지막": _LAST,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "最初": 1,
    "最後": _LAST,
}
_NUMBER = lazy_pattern(
    r"\b(?:(first|second|third|fourth|fifth|last)|([1-9])(?:st|nd|rd|th)?)\b"
    r"|([1-9]|첫|두|세|네|다섯) ?번|(마지막)|([1-9一二三四五])(?:つ目|番|件目|本目)|(最初|最後)"
)


def quote_number(text: str, first: int, last: int) -> int:
    """The number that a remark names, which may be that of no quote; `first` if it names none. `first` and
    `last` are the numbers of the first and the last quote that is shown."""
    found = _NUMBER.search(text.casefold())
    if not found:
        return first
    named = next(filter(None, found.groups()))
    number = _WORDS.get(named) or int(named)
    return last if number == _LAST else number
