"""What speaks against an answer to a Korean or Japanese question that was found by its words alone.

Single Chinese characters and endings of words are in nearly every text of these languages, so that a passage
may share many terms with a question and not one word.
"""

import re
from collections.abc import Sequence

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import naming
from retrieval.ranking.evidence.asked_words import asked_words, folded_text
from retrieval.text.scripts import EAST, half_width

NO_WORD = 1 / 47
"""How likely it is of an answer, compared with a page on something else, that it shares no word with the
question: for the 1,062 questions of JSQuAD and Belebele, 10 passages with the answer and 471 pages of three
passages from other articles."""
UNTOLD = 1 / 20
"""The probability of an answer if the passages lack what is asked for (`texts_lack_asked`), and near misses
are as frequent as questions with an answer: of 165 questions of JSQuAD and Belebele that ask for something of
these kinds, 8 answering passages lack it, and of 28 near misses in `benchmarks/questions/east_asian-a.jsonl`
27. Which events, units and words count was chosen on those; of 31 near misses in the other half, 24 lack
it."""

_NUMBER = r"(?:\d[\d,.]*|[〇一二三四五六七八九十百千]+)[万億兆만억조천백]*"
_NUMBER_KO = (
    r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|스물|서른|마흔|쉰|수십|수백|수천|수만|수)"
    r"\s?(?:한|두|세|네)?"
)
_MONEY = lazy_pattern(
    rf"{_NUMBER}\s?(?:여\s?)?(?:円|ドル|ユーロ|ポンド|ウォン|元|원|달러|유로|파운드|엔|위안)"
)
_UNITS = (
    ("メートル", "m", "センチ", "cm", "미터", "km", "キロ", "킬로미터"),
    ("人", "名", "명", "사람"),
    ("頭", "匹", "羽", "마리"),
    ("歳", "才", "살", "세"),
    ("％", "%", "パーセント", "퍼센트", "割"),
)
"""Units in which the same is counted."""
_OTHER_UNITS = (
    "本|件|回|度|台|枚|冊|点|票|杯|隻|機|番|位|カ国|か国|カ所|か所|校|社|戸|대|번|건|표|척|채|곳|장|권"
)
_ANYTHING = lazy_pattern(r"何個|いくつ|몇\s?개|얼마(?!나|\s?(?:전|만))")
"""Asks for a number that may have any unit."""
_SHORT_NOUN = lazy_pattern(r"(?<![\u3400-\u9fff])(?!何|誰)[\u3400-\u9fff](?=[のはがをにで])")
"""A Japanese word of one Chinese character, without an ending of a verb."""
_COUNTED = lazy_pattern(
    rf"(?:何|몇\s?)(?P<unit>{'|'.join(re.escape(one) for units in _UNITS for one in units)}|{_OTHER_UNITS})"
)
_PRICE = lazy_pattern(r"いくら(?!でも)|(?:돈|요금|비용|가격|값|금액|연봉|월급|예산)[은는이가]?\s?얼마")


def texts_lack_asked(question: str, texts: Sequence[str]) -> bool:
    """Whether the texts of the passages, with their titles, have no answer to a Korean or Japanese question,
    although they may be on its subject: none has such an amount as is asked for, or the one that has most of
    the question's words lacks one that it asks about (`AskedWord.asked`)."""
    if not EAST.search(question):
        return False
    if lacks_counted(question, texts):
        return True
    words = asked_words(question)
    missing = ([word for word in words if not word.is_in(text)] for text in map(folded_text, texts))
    return any(word.asked for word in min(missing, key=len, default=()))


def shares_no_word(question: str, texts: Sequence[str]) -> bool:
    """Whether none of the texts has any word, or part of one, that names something in the question; false if
    the question has none, or is not Korean or Japanese."""
    if not EAST.search(question):
        return False
    words = {part for word in naming(question) for part in _parts(word)} | {*_SHORT_NOUN.findall(question)}
    lowered = [half_width(text).lower() for text in texts]
    return bool(words) and not any(word in text for word in words for text in lowered)


def _parts(word: str) -> list[str]:
    """The pairs of letters of a Chinese, Japanese or Korean word; any other word as a whole."""
    return [word[at : at + 2] for at in range(len(word) - 1)] if EAST.match(word) else [word.lower()]


def lacks_counted(question: str, texts: Sequence[str]) -> bool:
    """Whether a Korean or Japanese question asks how many of a unit, or how much money, and none of the texts
    has such an amount."""
    if asked := _COUNTED.search(question):
        unit = asked["unit"]
        same = "|".join(
            f"{re.escape(one)}(?![a-z])" for units in (*_UNITS, (unit,)) if unit in units for one in units
        )
        wanted = re.compile(rf"(?:{_NUMBER}|{_NUMBER_KO})\s?(?:여\s?|余\s?)?(?:{same})")
    elif _PRICE.search(question):
        wanted = _MONEY
    elif _ANYTHING.search(question):
        wanted = re.compile(rf"{_NUMBER}|{_NUMBER_KO}")
    else:
        return False
    return not any(wanted.search(half_width(text)) for text in texts)
