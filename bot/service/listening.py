"""Which messages among people's talk are meant for the bot."""

import re
from dataclasses import dataclass

from bot.service.preferences import Answers

_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|then|ok|okay|well|hey|please)\W+)*"
    r"(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|could|will|"
    r"would|should|tell|show|find|list|any|what\'s|who\'s)\b",
    re.IGNORECASE,
)
_ASKS_KO_JA = re.compile(
    r"(?:[?？]|까요?|나요|는가|인가|은요|는요|ですか|ますか|ましたか|でしょうか|だろうか|なの|は)\s*[?？。.!]*\s*$|"
    r"왜|누가|누구|언제|어디|무엇|뭐|어떻게|얼마|몇|なぜ|誰|いつ|どこ|何|どう|どの|いくら"
)
_KO_JA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


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
    if _KO_JA.search(text):
        return bool(_ASKS_KO_JA.search(text))
    return bool(_ASKS.match(text))


def language_of(text: str) -> str:
    """`ko` or `ja` where the script says so, else nothing: for messages that come without a language."""
    if re.search(r"[\uac00-\ud7af]", text):
        return "ko"
    return "ja" if re.search(r"[\u3040-\u30ff]", text) else ""
