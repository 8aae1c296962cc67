"""Which messages among people's talk are meant for the bot."""

import re
from dataclasses import dataclass

from bot.service.preferences import Answers
from retrieval.scripts import EAST

_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|then|ok|okay|well|hey|please)\W+)*(?:"
    # Not "Do it", "Have a nice day", "Will do", "Any time", "What a day", "Which reminds me".
    r"(?:is|are|was|were|does|did)\b(?!\W*$)|do\b(?!\W+(?:not|it|so|that)\b)|"
    r"(?:have|has|had)\b(?!\W+(?:an?|fun|to)\b)|"
    r"(?:can|could|will|would|should)\b(?!\W+(?:not|be|do)\b|\W*$)|"
    r"any\b(?!\W+(?:time|way|day)\b)|what\b(?!\W+an?\b)|which\b(?!\W+(?:reminds|means)\b)|"
    r"(?:who|whom|whose|when|where|why|how|tell|show|find|list)\b)",
    re.IGNORECASE,
)
_ASKS_KO_JA = re.compile(
    r"(?:[?？]|까요?|나요|는가|인가|은요|는요|ですか|ますか|ましたか|でしょうか|だろうか|なの|は)\s*[?？。.!]*\s*$|"
    # Not "always", "whoever", "because", "a while ago", "distortion"; nor "something", "whenever", "thanks".
    r"(?<![가-힣])(?:왜(?!냐|곡)|누가|누구(?!나|든)|언제(?!나|든)|어디(?!나|든)|무엇(?!이든)|뭐(?!든)|어떻게|"
    r"얼마(?! ?전)|몇)|뭐(?:야|예요|죠|지|에요)|무엇|어떻게|"
    r"なぜ|(?:誰|いつ|どこ)(?![もか]|でも)|何(?![もか]|でも|とか)|どう(?!も|ぞ|せ|か)|どの|いくら"
)
_KO_JA = re.compile(
    r"(?:[?？]|까요?|나요|는가|인가|은요|는요|ですか|ますか|ましたか|でしょうか|だろうか|なの|は)\s*[?？。.!]*\s*$|"
    r"왜|누가|누구|언제|어디|무엇|뭐|어떻게|얼마|몇|なぜ|誰|いつ|どこ|何|どう|どの|いくら"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that reached the bot, as far as it matters whom it is meant for.

    `mentioned` is that it names the bot, `replied` that it replies to one of the bot's messages, `direct`
    that nobody else is there, `own` that it stands in a thread which the bot opened, `to_others` that it
    names or replies to somebody else.
    """

    text: str
    mentioned: bool = False
    replied: bool = False
    direct: bool = False
    own: bool = False
    to_others: bool = False


def is_meant(heard: Heard, answers: Answers) -> bool:
    """Whether the bot should answer; people who talk to one another are left alone."""
    if heard.direct:
        return True
    if answers is Answers.NOWHERE:
        return False
    if heard.mentioned:
        return True
    if heard.to_others or not heard.text.strip():
        return False
    if heard.replied:
        return True
    listens = answers is Answers.EVERYTHING or (heard.own and answers is not Answers.COMMANDS)
    return listens and reads_as_question(heard.text)


def reads_as_question(text: str) -> bool:
    """Whether a message asks something: it ends in a question mark or begins as questions do."""
    if text.rstrip().endswith(("?", "？")):
        return True
    if EAST.search(text):
        return bool(_ASKS_KO_JA.search(text))
    return bool(_ASKS.match(text))


def language_of(text: str) -> str:
    """`ko` or `ja` where the script says so, else nothing: for messages that come without a language."""
    if re.search(r"[\uac00-\ud7af]", text):
        return "ko"
    return "ja" if re.search(r"[\u3040-\u30ff]", text) else ""
