"""The words of a Korean or Japanese question, and which of them are what it asks about.

"豊岡市の市長は誰ですか" names 豊岡市, and asks for its 市長: a text about the town without that word has no
answer.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import HANGUL
from retrieval.ranking.evidence.east_asian_events import EVENTS
from retrieval.text.korean import subject
from retrieval.text.scripts import half_width

_UNITS_JA = (
    "年|人|歳|才|月|日|世紀|[ヶカか]月|メートル|センチ(?:メートル)?|キロ(?:メートル)?|km|平方(?:キロ|メートル)+|名|回"
    r"|つ|個|番目?|位|度|%|パーセント|時間?|分|秒|万?[本部円]|頭|匹|社|語|種類?|階|冊|戸|台"
)
_UNITS_KO = (
    "명|사람|살|세|년|개월|개|번째|번|월|일|퍼센트|%|미터|센티미터|킬로미터|킬로그램|시간|시|분|마리|대|곳|건|km"
    "|달러|원|가지|차례|배|층|척|채"
)
_ASKS_JA = lazy_pattern(rf"いつ|誰|だれ|どこ|何(?:{_UNITS_JA})|いくら|いくつ")
_ASKS_KO = lazy_pattern(rf"언제|누구|누가|어디|몇\s?(?:{_UNITS_KO})?|얼마(?!나)")
"""Words that ask who, when, where, how many or how much. Those to which anything may be the answer ("何",
"무엇") are left out, because such a question names the kind of answer in words that articles do not use: with
them and with questions that ask without such a word (別名は？), 29 of the 561 passages that answer JSQuAD's
questions would lack their word, and not 4."""
_IS_JA = lazy_pattern(r"\s*(?:です|でした|でしょう|だ|なの|か|[?。]|$)")
_IS_KO = lazy_pattern(
    r"\s*(?:인가|입니까|이었|였|일까|야|이야|예요|에요|이에요|인지|이?니|이?냐|이?[죠지]|[?.]|$)"
)
"""The question ends with the word that asks, so that it asks for what stands before it."""
_TOPIC_JA = lazy_pattern(r"(?:は|が|って)?、?\s*")
_TOPIC_KO = lazy_pattern(r"[은는이가]?\s*")
_GENERIC = frozenset(
    (
        "사람 사람들 인물 장소 시기 시점 날짜 나라 국가 지역 도시 이름 다음 지문 본문 처음 가장 경우 무엇"
        " 당시 지금 현재 정도 동안 이후 이전"
        " 西暦 時期 期間 場所 人物 名前 国々 地域 都市 都道府県 相手 最初 最後 以降 以来 現在 当時"
    ).split()
)
"""Words for persons, places and times as such, which only repeat what is asked (西暦何年)."""
_EMPTY_KO = lazy_pattern(r"^(?:지문|본문)에 (?:따르면|의하면),?|다음 중|[가-힣]+지 않[가-힣]*")
"""Words that name nothing: "according to the passage", "which of these", and a negated verb."""

_PREDICATE_KO = lazy_pattern(r"(?P<noun>.{2,}?)(?:하|했|되|됐|된|될|한|당했|당한)")
_VERB_KO = lazy_pattern(
    r".*(?:니까|나요|까요|는가|은가|인가|가요|[어아에예지]요|[했었았였]어|냐|[니했었았였]다|[아어해]서|며|던|지만)"
)
_ADNOMINAL_KO = lazy_pattern(r".[은는을를]")
"""A verb of one letter before a noun ("받은"), or a noun of one letter, which is in too many words to tell
anything."""
_AFTER_STEM_KO = lazy_pattern(r"(?:으|까지|부터|에게)$")
_WORD_KO = lazy_pattern(r"(?<![\d가-힣])[가-힣]+|[a-z0-9]+")
_WORD_JA = lazy_pattern(
    r"[々\u3400-\u9fff]{2,}|(?![年月日頃国人者所事時際間中後前語今何元])[\u3400-\u9fff](?=[のはがをにで])"
    r"|[\u30a1-\u30fa\u30fc-\u30ff]{2,}|[a-z0-9]{2,}"
)
"""Japanese words in Chinese characters, katakana, or Latin letters; a single character only in front of a
particle, where it is a noun and not the stem of a verb."""
_CHINESE = lazy_pattern(r"[々\u3400-\u9fff]{2,}")
_FIGURE = lazy_pattern(r"\d{2,}")
"""A year or another number. For none of the 102 questions of JSQuAD and Belebele that have one, the passage
with the answer lacks it."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question, folded (`folded_text`), with its place; `tells` finds the words that tell of the
    same event, if it is one. `asked`: it is what the question asks about, or a number that tells which one is
    meant, so that a text without it does not answer."""

    text: str
    start: int
    tells: re.Pattern[str] | None = None
    asked: bool = False

    def is_in(self, text: str) -> bool:
        """Whether a text (folded) has the word, or one that tells of the same event. Of a word of three or
        more Chinese characters, half of the pairs are enough; of a Korean one, the first two letters."""
        if self.tells is not None:
            return self.tells.search(text) is not None
        if HANGUL.match(self.text):
            return self.text[:2] in text
        if self.text in text or not _CHINESE.match(self.text):
            return self.text in text
        pairs = [self.text[at : at + 2] for at in range(len(self.text) - 1)]
        return len(pairs) > 1 and 2 * sum(pair in text for pair in pairs) >= len(pairs)


def folded_text(text: str) -> str:
    """The text in lower case and in half-width letters, as `AskedWord` compares it."""
    return half_width(unicodedata.normalize("NFKC", text)).lower()


def asked_words(question: str) -> list[AskedWord]:
    """The words of a Korean or Japanese question that name something, in their order, without those that only
    ask."""
    words = folded_text(question)
    words = _EMPTY_KO.sub(_blank, words)
    korean = HANGUL.search(words) is not None
    asks = (_ASKS_KO if korean else _ASKS_JA).search(words)
    named = _blanked(words, asks) if asks else words
    events = [
        AskedWord(found[0], found.start(), tells, asked=True)
        for asking, tells in EVENTS
        for found in asking.finditer(named)
    ]
    for event in events:
        named = named[: event.start] + " " * len(event.text) + named[event.start + len(event.text) :]
    plain = [
        AskedWord(text, start, asked=_FIGURE.match(text) is not None)
        for text, start in (_korean(named) if korean else _japanese(named))
        if text not in _GENERIC
    ]
    found = sorted([*events, *plain], key=lambda word: word.start)
    before = [word for word in found if asks and word.start < asks.start()]
    if asks and before and (_IS_KO if korean else _IS_JA).match(words, asks.end()):
        last = before[-1]
        between = words[last.start + len(last.text) : asks.start()]
        if (_TOPIC_KO if korean else _TOPIC_JA).fullmatch(between):
            found[found.index(last)] = replace(last, asked=True)
    return found


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blanked(words: str, found: re.Match[str]) -> str:
    return words[: found.start()] + _blank(found) + words[found.end() :]


def _japanese(words: str) -> Iterator[tuple[str, int]]:
    for found in _WORD_JA.finditer(words):
        yield found[0], found.start()


def _korean(words: str) -> Iterator[tuple[str, int]]:
    """The nouns, with their places: without endings, and without verbs, which an article may have in other
    forms."""
    for found in _WORD_KO.finditer(words):
        run = found[0]
        if not HANGUL.match(run):
            stem = run
        elif predicate := _PREDICATE_KO.match(run):
            stem = predicate["noun"]
        elif _VERB_KO.fullmatch(run) or _ADNOMINAL_KO.fullmatch(run):
            continue
        else:
            stem = _AFTER_STEM_KO.sub("", subject(run).strip())
        if len(stem) > 1 and not _ADNOMINAL_KO.fullmatch(stem):
            yield stem, found.start()
