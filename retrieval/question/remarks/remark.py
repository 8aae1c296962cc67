"""Remarks to the bot that are not about the news: "hi! how are you?", "thanks", "are you a bot?".

A text is a remark only if all of its words belong to remarks, so questions that begin like one are searched:
"hi, why was Federer fined?", "Who thanked the bot?" and "What does OK stand for?".
"""

import re
import unicodedata
from enum import StrEnum

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.remarks import english_remarks, japanese_remarks, korean_remarks
from retrieval.question.remarks.noise import is_noise
from retrieval.text.scripts import EAST, half_width

LONGEST_REMARK = 160
"""Maximum characters of a remark without punctuation; typical ones have a few words."""
LONGEST_REMARK_WITH_SIGNS = 2 * LONGEST_REMARK
"""Maximum characters including punctuation and emoji; longer texts are never remarks."""


class Remark(StrEnum):
    """The kinds of remarks. In a text with several, the last kind in this list counts: "hi, who are you?"
    asks who."""

    OKAY = "okay"
    """A mere reaction: ok, yes, lol, an emoji."""
    DOUBT = "doubt"
    """A reaction that is not content with what was said: no, really?"""
    GREETING = "greeting"
    GOODBYE = "goodbye"
    GOOD_NIGHT = "good-night"
    THANKS = "thanks"
    PRAISE = "praise"
    INSULT = "insult"
    NOISE = "noise"
    """Keys that were hit at random."""
    NEW_TOPIC = "new-topic"
    """Wants to leave behind what was asked before."""
    OUTSIDE = "outside"
    """Asks what no article says: the time, the sum of two numbers."""
    WRITE = "write"
    """A request to summarise, translate or write something, or for an opinion, without a subject to search
    for."""
    MORE = "more"
    """A request for more of what was just answered, without a subject to search for."""
    SOURCE = "source"
    """Asks where a quote is from, whether it is true, or to see its article."""
    IDENTITY = "identity"
    """Asks who or what the bot is, what it likes, or who made it."""
    COUNT = "count"
    """Asks how many articles there are, from when and from which sources."""
    PRIVACY = "privacy"
    """Asks what is kept of the conversation, and who can see it."""
    ABILITY = "ability"
    """Asks what can be asked, and how."""


_TOPICAL = frozenset({"thanks", "praise", "insult", "goodbye"})
"""Kinds which, with a question mark, may be the name of something: "Nice?", "Cheers?"."""
_TO_THE_BOT = lazy_pattern(r"(?:why )?(?:are|r) (?:you|u) ")
"""Begins a question that is no name: "Are you broken?"."""
_IT = lazy_pattern(r"\b(?:it|them)\b", re.IGNORECASE)
_SUM = lazy_pattern(
    r"\W*(?:what(?:['’]?s| is| are)|how much is|calculate|compute)? ?\d{1,9}(?: ?[+*×÷=] ?\d{1,9}){1,9} ?="
    r"?(?:[은는이가]|は)?(?: ?(?:얼마|뭐)(?:야|예요|에요|지)?|(?:いくつ|何|いくら)(?:ですか)?)?\W*"
)
"""A sum. A minus or slash may belong to a date: "What is 9/11?"."""
_COMMAND = lazy_pattern(
    r"\W*[/!](?:ask|article|latest|sources|check|watch|corpus|settings|start|newsdesk)\W*"
)
"""The name of a command without anything to do."""
_SIGNS = lazy_pattern(
    r"<a?:\w{1,40}:\d{1,24}>"  # a custom emoji of a Discord server
    r"|:(?=[0-9_+'-]{0,40}[a-z])[a-z0-9_+'-]{2,40}:"  # an emoji of Slack
    r"|(?<!\w)[:;=8xX]['’]?-?[()DPpOo3|/\\*]{1,20}(?!\w)|<3+|\^_*\^|[TQ;]_+[TQ;]"
)
_EMOJI = lazy_pattern("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_NO_WORD = lazy_pattern(r"[^\w']+|_+|(?<!\w)'|'(?!\w)")
_DRAWN_OUT = lazy_pattern(r"([a-zㅋㅎㅠㅜㅇ])\1{2,}")
_ENDINGS_DRAWN_OUT = lazy_pattern(r"(?<=[\u3040-\u30ff])[ー~〜っッぁぃぅぇぉ]+(?=\W|\Z)")
_KANA_OR_KANJI = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff]")
_JAMO = lazy_pattern(r"[\u3131-\u318e]")


def remark_of(text: str) -> Remark | None:
    """The kind of a text that asks nothing which articles could answer, else None. Takes linear time.

    `text` may be anything that was typed.
    """
    if len(text) > LONGEST_REMARK_WITH_SIGNS:
        return None
    signs = _SIGNS.sub(" ", text)
    words = _NO_WORD.sub(" ", _folded(signs)).strip()
    if not words:
        return Remark.OKAY if signs != text or _EMOJI.search(text) else None
    if len(words) > LONGEST_REMARK:
        return None
    if _COMMAND.fullmatch(text.casefold()):
        return Remark.ABILITY
    if _SUM.fullmatch(_folded(text)):
        return Remark.OUTSIDE
    kinds = _kinds(words)
    asked = "?" in text or "？" in text
    if len(kinds) == 1 and _TOPICAL.issuperset(kinds) and asked and not _TO_THE_BOT.match(words):
        return None
    if kinds:
        return max(map(Remark, kinds), key=list(Remark).index)
    return Remark.NOISE if is_noise(words) else None


def remark_on_list(text: str) -> Remark | None:
    """The same of a text after a list of articles, where “it” is one of these: “who wrote it?”."""
    return remark_of(text) or (remark_of(_IT.sub("this", text)) if _IT.search(text) else None)


def _kinds(words: str) -> list[str]:
    if _KANA_OR_KANJI.search(words):
        patterns = japanese_remarks.PATTERNS
        return patterns.kinds(words) or patterns.kinds(_ENDINGS_DRAWN_OUT.sub("", words))
    korean = EAST.search(words) or _JAMO.search(words)
    patterns = korean_remarks.PATTERNS if korean else english_remarks.PATTERNS
    # "hiii" is "hi", and "goood" is "good".
    spellings = [words, _DRAWN_OUT.sub(r"\1", words), _DRAWN_OUT.sub(r"\1\1", words)]
    if korean:
        spellings.append(_plain_ending(words))
    for spelt in dict.fromkeys(spellings):
        if kinds := patterns.kinds(spelt):
            return kinds
    return []


_HANGUL = 0xAC00
_FINALS = 28
"""Each block of so many Korean syllables differs only in the final consonant; the first has none."""
_CUTE = frozenset({16, 17, 21})
"""The finals ㅁ, ㅂ and ㅇ, which people add to the last syllable of a sentence to sound friendly."""


def _plain_ending(words: str) -> str:
    """“고마워용” and “안녕하세염” as “고마워요” and “안녕하세요”."""
    final = (ord(words[-1]) - _HANGUL) % _FINALS
    if "가" <= words[-1] <= "힣" and final in _CUTE:
        words = words[:-1] + chr(ord(words[-1]) - final)
    return f"{words[:-1]}요" if words.endswith(("여", "유")) else words


def _folded(text: str) -> str:
    """Lower case, half width, with straight apostrophes."""
    return unicodedata.normalize("NFC", half_width(text)).casefold().replace("’", "'").replace("`", "'")
