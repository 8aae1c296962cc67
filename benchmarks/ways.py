"""Ways in which people phrase a question in a chat, for `benchmarks.wrapped` and the tests: greetings, pleas,
thanks, indirect questions, lower case, missing punctuation; at least thirty for each language.

In a way, `{q}` is the unchanged question, `{bare}` the question without its question mark, and `{clause}` the
same with a small first letter, for the middle of a sentence. `lower` puts everything into lower case.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.question.english_courtesies import ASKS
from retrieval.text.scripts import EAST


@dataclass(frozen=True, slots=True)
class Way:
    """One way of phrasing a question."""

    words: str
    lower: bool = False

    @property
    def embeds(self) -> bool:
        """Whether the question becomes a clause, which needs a question that begins with a question word or
        verb."""
        return "{clause}" in self.words

    def say(self, question: str) -> str:
        """The question, phrased this way."""
        bare = question.rstrip(" ?？")
        clause = bare[:1].lower() + bare[1:] if not EAST.search(question) else bare
        said = self.words.format(q=question, bare=bare, clause=clause)
        return said.lower() if self.lower else said


_ENGLISH = (
    "Hey bot, {q}",
    "hey bot can you please tell me {clause}? thanks!",
    "Hi! {q}",
    "Hello, {q} Thank you!",
    "Good morning! Could you tell me {clause}?",
    "{q} Thanks!",
    "{q} thx",
    "{q} Thank you so much in advance :)",
    "{bare} please",
    "{bare} pls?",
    "Please tell me {clause}.",
    "pls tell me {clause}",
    "Can you tell me {clause}?",
    "Could you please explain {clause}?",
    "Do you know {clause}?",
    "Does anyone know {clause}?",
    "Do you happen to know {clause}?",
    "I was wondering {clause}.",
    "I'm curious {clause}",
    "I wonder {clause}...",
    "I was wondering if you could tell me {clause}, please.",
    "I'd like to know {clause}",
    "i want to know {clause} pls",
    "I need to know {clause}!!",
    "tl;dr {q}",
    "TLDR: {q}",
    "Quick question: {q}",
    "quick question - {clause}",
    "I have a question. {q}",
    "ok so {clause}",
    "Um, {clause}?",
    "So, {clause}?",
    "yo {clause}",
    "Hi there, sorry to bother you, but {clause}? Thanks a lot!",
    "Excuse me, {q}",
    "Any idea {clause}?",
    "{q} Just curious.",
    "{q} Do you know?",
    "Would you mind telling me {clause}?",
    "Is it possible to find out {clause}?",
    "@bot {q} 🙏",
    "{bare}???",
    "{bare}",
    "Sorry, may I ask {clause}? Much appreciated!",
    "Hi team, can someone help me understand {clause}? Cheers!",
)
_IN_LOWER_CASE = (
    "{bare}",
    "{q}",
    "hey, {bare}",
    "{bare} pls",
    "hi can u tell me {clause} thx",
    "plz {bare}",
)
_KOREAN = (
    "안녕하세요, {q}",
    "안녕하세요! {q} 감사합니다.",
    "안녕 {q}",
    "저기요, {q}",
    "혹시 {q}",
    "봇아, {q}",
    "{q} 감사합니다!",
    "{q} 고마워요",
    "{q} 고마워",
    "{q} 부탁드립니다.",
    "{q} 부탁해요",
    "{q} 알려 주세요.",
    "{q} 알려줘",
    "{q} 알려줘요~",
    "{q} 좀 알려줘",
    "{q} 좀 알려 주실 수 있나요?",
    "{q} 설명해 주세요",
    "{q} 가르쳐 주세요!",
    "{q} 말해 줘",
    "{q} 궁금해요",
    "{q} 궁금합니다.",
    "{q} 알고 싶어요.",
    "죄송한데 {q}",
    "실례합니다만, {q}",
    "질문이 있는데요, {q}",
    "질문 있어요! {q} ㅎㅎ",
    "궁금한 게 있는데 {q}",
    "음... {q}",
    "저기, 혹시 {q} 알려 주시겠어요? 감사합니다!",
    "안녕하세요. 궁금한 게 있어요. {q} 알려 주시면 감사하겠습니다.",
    "뭐 하나 물어볼게요. {q}",
    "{q} 답해 주세요 🙏",
)
_JAPANESE = (
    "こんにちは、{q}",
    "こんにちは！{q}ありがとう！",
    "こんばんは。{q}",
    "おはようございます。{q}",
    "すみません、{q}",
    "すみませんが、{q}教えてください。",
    "すいません、{q}",
    "ねえ、{q}",
    "あの、すみません。{q}",
    "えっと、{q}",
    "ボット、{q}",
    "質問です。{q}",
    "質問ですが、{q}",
    "質問があります。{q}",
    "ちょっと聞きたいのですが、{q}",
    "よければ、{q}教えてください",
    "{q}教えてください。",
    "{q}教えて！",
    "{q}教えて下さい",
    "{q}教えてくれますか？",
    "{q}教えてもらえますか？",
    "{q}教えていただけますか？",
    "{q}教えてほしいです",
    "{q}お願いします。",
    "{q}よろしくお願いします！",
    "{q}ありがとうございます。",
    "{q}ありがとう",
    "{q}説明してください",
    "もしよろしければ、{q}",
    "お願いします。{q}",
    "こんにちは、質問です。{q}よろしくお願いいたします。",
    "どうも、{q}助かります！",
)

ENGLISH = (*map(Way, _ENGLISH), *(Way(words, lower=True) for words in _IN_LOWER_CASE))
KOREAN = tuple(map(Way, _KOREAN))
JAPANESE = tuple(map(Way, _JAPANESE))


def ways_of(question: str) -> Sequence[Way]:
    """The ways that fit this question, in its language."""
    if re.search(r"[가-힣]", question):
        return KOREAN
    if EAST.search(question):
        return JAPANESE
    asks = ASKS.match(question) is not None
    return tuple(way for way in ENGLISH if asks or not way.embeds)
