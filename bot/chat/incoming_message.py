"""Decides which messages in a channel are meant for the bot."""

import re
from dataclasses import dataclass

from bot.chat.preferences import AnswerPolicy
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.text.scripts import EAST

_ASKS = lazy_pattern(
    r"^\W*(?:(?:and|but|so|then|ok|okay|well|hey|please)\W+)*(?:"
    # Not "Do it", "Have a nice day", "Will do", "Any time", "What a day", "Which reminds me".
    r"(?:is|are|was|were|does|did)\b(?!\W*$)|do\b(?!\W+(?:not|it|so|that)\b)|"
    r"(?:have|has|had)\b(?!\W+(?:an?|fun|to)\b)|"
    r"(?:can|could|will|would|should)\b(?!\W+(?:not|be|do)\b|\W*$)|"
    r"any\b(?!\W+(?:time|way|day)\b)|what\b(?!\W+an?\b)|which\b(?!\W+(?:reminds|means)\b)|"
    r"(?:who|whom|whose|when|where|why|how|tell|show|find|list)\b)",
    re.IGNORECASE,
)
_ASKS_KO_JA = lazy_pattern(
    r"(?:[?？]|까요?|나요|는가|인가|은요|는요|ですか|ますか|ましたか|でしょうか|だろうか|なの|は)\s*[?？。.!]*\s*$|"
    # Not "always", "whoever", "because", "a while ago", "distortion"; nor "something", "whenever", "thanks".
    r"(?<![가-힣])(?:왜(?!냐|곡)|누가|누구(?!나|든)|언제(?!나|든)|어디(?!나|든)|무엇(?!이든)|뭐(?!든)|어떻게|"
    r"얼마(?! ?전)|몇)|뭐(?:야|예요|죠|지|에요)|무엇|어떻게|"
    r"なぜ|(?:誰|いつ|どこ)(?![もか]|でも)|何(?![もか]|でも|とか)|どう(?!も|ぞ|せ|か)|どの|いくら"
)

_CHECKS = lazy_pattern(
    r"(?:(?:and|so|but|ok(?:ay)?|hey|hm+|wait|wow|please)\W+)*(?:"
    r"(?:is|are|was|were) (?:this|that|it|these|those|all of this)(?: (?:really|actually|even))?"
    r" (?:true|real|right|correct|accurate|legit|fake|false|fake news|for real)"
    r"(?: or (?:not|fake|false|real))?|"
    r"(?:did|has) (?:this|that|it) (?:really |actually )?happen(?:ed)?|"
    r"(?:really|true|legit|fake|for real|true or (?:false|not)|real or fake)|"
    r"(?:fact[- ]?check|check|verify)(?: (?:this|that|it))?|"
    r"(?:(?:any|your|what(?:'s| is) the|is there an?) )?sources?(?: (?:for|on) (?:this|that))?"
    r")(?: please)?|"
    # Korean
    r"(?:(?:이거|이게|이건|그거|그게|저거|이 ?(?:말|글|내용|뉴스|기사|소식)[이은]?)\s*)?"
    r"(?:정말로? |진짜로? )?(?:사실|진짜|정말|가짜(?: ?뉴스)?|맞(?=[아나는습])|출처|팩트 ?체크)"
    r"(?:[아야]|이야|이에요|예요|인가요?|입니까|인지|나요?|는 ?(?:거|건|지)[가-힣]{0,3}|습니까|는"
    r"|가 ?[가-힣]{1,5}| ?해 ?(?:줘|주세요)|로)?(?:요)?|"
    # Japanese
    r"(?:(?:これ|それ|あれ|この(?:話|記事|ニュース|投稿))(?:って|は|が)?)?"
    r"(?:本当|ほんとう?|マジ|まじ|事実|正しい|デマ|フェイク(?:ニュース)?|嘘|うそ|ソース|出典|ファクトチェック)"
    r"(?:に|なの|なん|です|でしょう|は|か|して(?:ください)?)*",
    re.IGNORECASE,
)
_CHECK_LIMIT = 60
"""The most characters of a request to check something; a longer message has a subject of its own."""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message as far as it matters whether it is meant for the bot.

    `mentioned` is whether it mentions the bot, `replied` whether it replies to one of the bot's messages,
    `direct` whether nobody else is there, `own` whether it is in a thread that the bot opened, and
    `to_others` whether it mentions or replies to somebody else.
    """

    text: str
    mentioned: bool = False
    replied: bool = False
    direct: bool = False
    own: bool = False
    to_others: bool = False

    @property
    def addressed(self) -> bool:
        """Whether it is addressed to the bot: by a mention, as a reply, or in a direct message or a thread of
        the bot's."""
        return self.mentioned or self.replied or self.direct or self.own


def is_meant(heard: IncomingMessage, answers: AnswerPolicy) -> bool:
    """Whether the bot should answer; conversations among people are left alone."""
    if heard.direct:
        return True
    if answers is AnswerPolicy.NOWHERE:
        return False
    if heard.mentioned:
        return True
    if heard.to_others or not heard.text.strip():
        return False
    if heard.replied:
        return True
    listens = answers is AnswerPolicy.EVERYTHING or (heard.own and answers is not AnswerPolicy.COMMANDS)
    # "Is this true?" is addressed to the person who said something.
    return listens and reads_as_question(heard.text) and (heard.own or not asks_to_check(heard.text))


def reads_as_question(text: str) -> bool:
    """Whether a message is a question: it ends in a question mark or begins as questions do."""
    if text.rstrip().endswith(("?", "？")):
        return True
    if EAST.search(text):
        return bool(_ASKS_KO_JA.search(text))
    return bool(_ASKS.match(text))


def asks_to_check(text: str) -> bool:
    """Whether a message only asks whether something else is true, as "is this true?" does."""
    words = one_line(text.strip(" \n\t?？!！.。…~,、*_"))
    return len(words) <= _CHECK_LIMIT and _CHECKS.fullmatch(words) is not None


def language_of(text: str) -> str:
    """`ko` or `ja` by the script, otherwise empty: for messages that come without a language."""
    if re.search(r"[\u3131-\u318e\uac00-\ud7af]", text):
        return "ko"
    return "ja" if re.search(r"[\u3040-\u30ff]", text) else ""
