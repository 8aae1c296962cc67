"""Remarks to the bot that are not about the news: "hi! how are you?", "thanks", "are you a bot?".

A text is a remark only if all of its words belong to remarks, so questions that begin like one are searched:
"hi, why was Federer fined?", "Who thanked the bot?" and "What does OK stand for?".
"""

import unicodedata
from enum import StrEnum

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.remarks import english_remarks, japanese_remarks, korean_remarks
from retrieval.question.remarks.noise import is_noise
from retrieval.text.scripts import EAST, half_width

LONGEST = 160
"""Maximum characters of a remark without punctuation; typical ones have a few words."""
LOOKED_AT = 2 * LONGEST
"""Maximum characters including punctuation and emoji; longer texts are never remarks."""


class Remark(StrEnum):
    """The kinds of remarks. In a text with several, the last kind in this list counts: "hi, who are you?"
    asks who."""

    OKAY = "okay"
    """A mere reaction: ok, yes, no, lol, an emoji."""
    GREETING = "greeting"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    PRAISE = "praise"
    INSULT = "insult"
    NOISE = "noise"
    """Keys that were hit at random."""
    WRITE = "write"
    """A request to summarise, translate or write something, or for an opinion, without a subject to search
    for."""
    MORE = "more"
    """A request for more of what was just answered, without a subject to search for."""
    IDENTITY = "identity"
    """Asks who or what the bot is, or who made it."""
    COUNT = "count"
    """Asks how many articles there are, and from which sources."""
    ABILITY = "ability"
    """Asks what can be asked, and how."""


_TOPICAL = frozenset({"thanks", "praise", "insult", "goodbye"})
"""Kinds which, with a question mark, may be the name of something: "Nice?", "Cheers?"."""
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
    if len(text) > LOOKED_AT:
        return None
    signs = _SIGNS.sub(" ", text)
    words = _NO_WORD.sub(" ", _folded(signs)).strip()
    if not words:
        return Remark.OKAY if signs != text or _EMOJI.search(text) else None
    if len(words) > LONGEST:
        return None
    kinds = _kinds(words)
    if len(kinds) == 1 and _TOPICAL.issuperset(kinds) and ("?" in text or "？" in text):
        return None
    if kinds:
        return max(map(Remark, kinds), key=list(Remark).index)
    return Remark.NOISE if is_noise(words) else None


def _kinds(words: str) -> list[str]:
    if _KANA_OR_KANJI.search(words):
        patterns = japanese_remarks.PATTERNS
        return patterns.kinds(words) or patterns.kinds(_ENDINGS_DRAWN_OUT.sub("", words))
    korean = EAST.search(words) or _JAMO.search(words)
    patterns = korean_remarks.PATTERNS if korean else english_remarks.PATTERNS
    # "hiii" is "hi", and "goood" is "good".
    for spelt in dict.fromkeys((words, _DRAWN_OUT.sub(r"\1", words), _DRAWN_OUT.sub(r"\1\1", words))):
        if kinds := patterns.kinds(spelt):
            return kinds
    return []


def _folded(text: str) -> str:
    """Lower case, half width, with straight apostrophes."""
    return unicodedata.normalize("NFC", half_width(text)).casefold().replace("’", "'").replace("`", "'")
