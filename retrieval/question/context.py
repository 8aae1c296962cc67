"""Determines whether a question can be searched by itself, or depends on the one before it."""

import re
from collections.abc import Sequence
from enum import Enum

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.pronouns import (
    AUXILIARIES,
    EMPTY,
    PREPOSITIONS,
    has_unresolved_pronoun,
    plain_word,
)
from retrieval.text.analyzer import STOP_WORDS, Analyzer
from retrieval.text.scripts import EAST

FEW = 2
"""Content words. A question with fewer of its own, and no name, is taken to depend on the one before; one
with just as many, if they are in the articles shown before. With 3 and 4 in the second case, the tuned half
of `benchmarks/conversations.jsonl` was understood the same; with 1, one in forty was missed."""
SHARE_IN_ARTICLES = 0.5
"""Share of a question's content words in the articles shown before, from which the question is about them.
0.34 gave the same, 0.6 missed one in forty."""
CHARACTERS_EXAMINED = 5_000
"""Characters of an article that are examined for that: 4 ms on a busy core. All of NewsQA's are shorter."""
SHORT_LETTERS = 10
"""Maximum letters of a short Korean or Japanese question, which asks only why, who or what."""

WORD = lazy_pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
OPENING = lazy_pattern(
    r"\s*(?:(?:and|but|so|also|then|no|nope|sorry|wait|what about|how about|i mean|i meant)\b[\s,:]*)+",
    re.IGNORECASE,
)
"""Beginnings of a question that continues or corrects the one before."""
_ANEW = lazy_pattern(
    r"\b(?:(?:new|other|another|different|next|unrelated|separate) (?:topic|question|subject)"
    r"|something (?:else|different)|chang(?:e|ing) (?:of |the )?(?:topic|subject))\b",
    re.IGNORECASE,
)
_ASSENT = lazy_pattern(
    r"\W*(?:(?:yes|yeah|yep|yup|no|nope|nah|ok|okay|sure|right|exactly|correct|true|indeed|maybe|well|hm+|"
    r"아니[요오]?|아뇨|네|예|응|그래요?|맞아요?|はい|いいえ|いや|うん|ええ|そうです|そうだね)\b\W*)+",
    re.IGNORECASE,
)
"""Words that agree or disagree and ask nothing."""
_WHOLE = lazy_pattern(
    r"\b(?i:the|an?)\s+(?!(?i:ones?|others?|same)\s)"
    rf"(?:(?!(?i:{'|'.join(sorted(AUXILIARIES))})\b)[^\W_][\w'’-]*\s+){{1,3}}(?i:of|in|on|to|at|from|for)\s+"
    r"(?:(?i:the\s+)?[A-Z]|(?i:(?:the\s+)?(?:world|earth|history|us|uk|eu)\b))"
)
"""A complete description: "the president of Iran", "the richest person in the world"; and not "the talks were
in Tokyo", which leaves open which talks."""
_TITLED = lazy_pattern(r"\b[Tt]he\s+([A-Z][\w'’-]*)")
_ROLE = lazy_pattern(
    r"\b(?:who|what|how much|where)(?:['’]?s| is| was| are| were)\s+(?:the|its|their)\s+(?:new )?(?:ceo"
    r"|boss|owner|founder|winner|loser|captain|coach|manager|suspect|victim|driver|pilot|killer|price|cost|reason"
    r"|cause|score|result|date|place|author|director)s?\b(?!\s+(?:of|in|at|for|on)\b)",
    re.IGNORECASE,
)
"""“and who is the CEO now?”: a role in what was discussed before."""
_STATE = (
    r"(?:(?:hurt|shot|dead|alive|(?-i:[a-z]+ed))\b"
    r"|(?:responsible|accountable|liable|guilty|innocent|safe|missing|right|wrong|true|different|new|similar"
    r"|special|unusual|important|available|stolen|found|lost|taken|hit|done|shown|seen|sold|bought|sent|left"
    r"|told|built|broken|hidden|born)\W*\Z"
    r"|(?-i:(?:in|at|on|to|behind|under|against|inside|near|aboard) [^A-Z]*\Z))"
)
"""What somebody or something is, and not who or what: "responsible", "in charge", "to blame"."""
_DEFINING = lazy_pattern(
    r"\s*(?:what|who(?!(?:['’]?s| \w+)\s+(?-i:[a-z]*[aeiouy][a-z]*ing)\b))(?:['’]?s| is| are| was| were)\s+"
    rf"(?!(?:the|his|her|its|their|this|that|these|those)\b|{_STATE})"
    r"\S+(?:\s+\S+){0,2}\s*\??\s*$",
    re.IGNORECASE,
)
_DEFINITE = lazy_pattern(r"\b(?i:the) [a-z][\w'’-]*(?: [a-z][\w'’-]*)?\W*$")
"""“and who led the team?”: after “and”, an object that is known from what was discussed before."""
_COMPLETE = lazy_pattern(
    r"\W*(?:when|where|why|how old)(?:['’]?s| is| was| are| were) (?-i:[A-Z])[\w'’-]*(?: [^?]*)?\??\W*\Z",
    re.IGNORECASE,
)
"""“When was Ruiz born?” says of whom and what; “When did Ruiz refuse?” may not say what."""
_OF_WHAT = lazy_pattern(
    r"\s*(?:what|who|where|how \w+)(?:['’]?s| is| was| are| were)\s+the\s+(?-i:[a-z][\w'’-]*)"
    r"(?:\s+(?-i:[a-z][\w'’-]*)){0,2}\W*$",
    re.IGNORECASE,
)
"""“what is the death toll?” does not say of what, unless it does with a preposition."""
_WHICH = lazy_pattern(r"\W*(?:which|whose)(?: one)?(?: [^\W_]+)?\W*", re.IGNORECASE)
"""“which senate?” asks to choose among those mentioned before, whether or not its word is a name."""
_PERSONAL = lazy_pattern(r"\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b", re.IGNORECASE)
_HALF_SAID = lazy_pattern(
    r"\b(?:do|does|did|has|have)\s+(?:\S+\s+){1,3}(?:do|done|say|said|think|want|decide|react|respond)\s*\??\s*$",
    re.IGNORECASE,
)
"""“What did the BBC do?”: names a subject, but not in which matter."""
_CLAUSE = AUXILIARIES | frozenset("how what when where which who whose why".split())

HANGUL = lazy_pattern(r"[\uac00-\ud7af]")
_FOLLOWS_KO_JA = lazy_pattern(
    r"\s*(?:그럼|그리고|그러면|그래서|그는|그녀는|그들은|그 |그의|그것|그[건게]|이[건게] |거기|"
    r"それ(?!ぞれ)|これ(?!ら|から|まで)|その|そこ|では|じゃあ|彼[はがのら女])"
)
_WHOLE_KO_JA = lazy_pattern(
    r"\s*(?:[一-龯々]+|[ァ-ヺーA-Za-z0-9]{2,})[のと]|\s*[가-힣A-Za-z0-9]{2,}\s+[가-힣]"
)
"""“東京の天気は？”, "비트코인 가격은?": says completely what it asks about."""
_DEFINING_KO_JA = lazy_pattern(
    r"(?:은|는|이란|란|이|가|は|って|とは|というのは)\s*"
    r"(?:누구|뭐|뭔|무엇|誰|だれ|何者|何(?!人|年|時|歳|回|度|月|日|曜|件|本|個|円)|なに|なん)"
    r"(?:야|예요|에요|이에요|인가요?|입니까|이야|니|지|죠|가|です|なの|でしょう|か|の)*\s*[?？]?\s*$"
)
"""“消費税とは何ですか？”, "소포클레스는 누구인가": asks what or who the named thing is."""
_TOPIC_KO_JA = lazy_pattern(r"(?:은|는|(?<!と)は)\s*[?？]\s*$")
_ASKING_KO_JA = lazy_pattern(
    r"\s*(?:(?:지금|요즘|당시)(?:은|에|에는)?\s+|(?:今|現在|当時|最近)は?)?"
    r"(?:왜|누가|언제|어디서|어떻게|몇(?!몇)|얼마|なぜ|誰が|いつ|どこで|どうして|いくら|何[人名件])"
)
_ASKED_KO_JA = lazy_pattern(
    r"왜|(?:누가|누구|언제|어디|어떻|어떤|어때|어땠|무엇|무슨|뭐|뭘|얼마|몇|있|했|됐)\S*|なぜ|誰|いつ|どこ|何|いくら|どう"
)
_NAMING_KO_JA = lazy_pattern(
    r"[々\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{2,}|[A-Za-z0-9]{2,}|(?<![\uac00-\ud7af])[\uac00-\ud7af]{2}"
)
"""Words that name something: runs of characters; of a Korean word the first two, without its ending."""


class Dependence(Enum):
    """How far the meaning of a question depends on the one before it."""

    NONE = "none"
    """The question is complete."""
    POSSIBLE = "possible"
    """It can be searched by itself, but may continue the one before."""
    CERTAIN = "certain"
    """It can't be searched by itself: it refers to something that it does not name."""


def dependence(question: str, shown: Sequence[str] = ()) -> Dependence:
    """How far a question depends on the one before. `shown` are the texts of the articles that were shown for
    the one before.

    Names are recognised by their capitals only.
    """
    if begins_anew(question) or _ASSENT.fullmatch(question):
        return Dependence.NONE
    if EAST.search(question):
        return _dependence_ko_ja(question, shown)
    words = [word for word in content_words(question) if plain_word(word) not in EMPTY]
    names = sum(word[0].isupper() for word in words)
    if has_unresolved_pronoun(question) or _WHICH.fullmatch(question):
        return Dependence.CERTAIN
    if _WHOLE.search(question) or _COMPLETE.match(question):
        return Dependence.NONE
    if (opening := OPENING.match(question)) and len(words) <= 2 * FEW:
        if _ROLE.search(question):
            return Dependence.CERTAIN
        if not names and _DEFINITE.search(question):
            return Dependence.CERTAIN
        if names and _DEFINING.match(question[opening.end() :]):
            return Dependence.NONE
        whole = len(words) >= FEW and has_clause(question[opening.end() :])
        if not whole:
            return Dependence.CERTAIN
        return (
            Dependence.POSSIBLE
            if not shown or _shared(words, shown) >= SHARE_IN_ARTICLES
            else Dependence.NONE
        )
    if _DEFINING.match(question):
        return Dependence.NONE if words else Dependence.CERTAIN
    if len(words) < FEW and not names:
        return Dependence.POSSIBLE if words and not has_clause(question) else Dependence.CERTAIN
    # "The Archbishop" is somebody mentioned before, with or without a capital.
    titled = _TITLED.findall(question)
    alone = [word for word in words if word[0].isupper() and word not in titled]
    needed = SHARE_IN_ARTICLES if len(words) <= FEW else 1
    maybe = len(words) <= FEW + 1 and len(alone) < len(words) and _shared(words, shown) >= needed
    if shown and _OF_WHAT.match(question) and not PREPOSITIONS.intersection(question.lower().split()):
        return Dependence.POSSIBLE
    if any(not any(name in text for text in shown) for name in alone):
        maybe = False  # none of the articles shown is about that one
    return Dependence.POSSIBLE if maybe or _HALF_SAID.search(question) else Dependence.NONE


def begins_anew(question: str) -> bool:
    """Whether a question says that it is about something else than the one before."""
    return _ANEW.search(question) is not None


def content_words(question: str) -> list[str]:
    """The content words, as they are written; of Japanese text the names."""
    found: list[str] = []
    for word in WORD.findall(question):
        if EAST.search(word):
            named = naming(word)
            found += [word] if named and HANGUL.match(word) else named
        elif plain_word(word) not in STOP_WORDS or word == "US":
            found.append(word)
    return found


def says_something(question: str) -> bool:
    """Whether an English question says by itself what it asks, as “how old is she?” and “what did she do?” do
    and “when was that?” does not; true of Korean and Japanese ones."""
    return bool(EAST.search(question) or content_words(question) or _PERSONAL.search(question))


def naming(question: str) -> list[str]:
    """The words in a Korean or Japanese question that name something, without question words."""
    return _NAMING_KO_JA.findall(_ASKED_KO_JA.sub(" ", question))


def has_clause(words: str) -> bool:
    """Whether the words are more than a fragment like “in Japan?”."""
    return any(plain_word(word) in _CLAUSE for word in WORD.findall(words))


def opens_clause(words: str) -> bool:
    """Whether the words begin like an English question: with a question word or an auxiliary, also after a
    preposition ("by whom?")."""
    first, second = (*map(plain_word, WORD.findall(words)[:2]), "", "")[:2]
    return first in _CLAUSE or (first in PREPOSITIONS and second in (_CLAUSE - AUXILIARIES) | {"whom"})


def asks_east_asian(words: str) -> bool:
    """Whether Korean or Japanese words have a question word or mark."""
    return bool(_ASKED_KO_JA.search(words) or words.rstrip().endswith(("?", "？")))


def _shared(words: Sequence[str], shown: Sequence[str]) -> float:
    """The share of the words that are in what was shown, in any inflection."""
    if not shown or not words:
        return 0
    stems = Analyzer()
    there = {term for text in shown for term in stems.terms(text[:CHARACTERS_EXAMINED])}
    wanted = stems.content_terms(" ".join(words))
    return sum(term in there for term in wanted) / len(wanted)


def _dependence_ko_ja(question: str, shown: Sequence[str]) -> Dependence:
    short = sum(character.isalnum() for character in question) <= SHORT_LETTERS
    if _FOLLOWS_KO_JA.match(question):
        return Dependence.CERTAIN
    named = naming(question)
    if named and _DEFINING_KO_JA.search(question) and not any(named[0] in text for text in shown):
        return Dependence.NONE
    if short and _ASKING_KO_JA.match(question):
        return Dependence.CERTAIN
    if short and _TOPIC_KO_JA.search(question):
        if not (named and _WHOLE_KO_JA.match(question)):
            return Dependence.CERTAIN
        return Dependence.POSSIBLE if any(named[0] in text for text in shown) else Dependence.NONE
    if not named and _ASKED_KO_JA.search(question):
        return Dependence.CERTAIN
    found = sum(any(name in text[:CHARACTERS_EXAMINED] for text in shown) for name in named)
    return (
        Dependence.POSSIBLE
        if 0 < len(named) <= FEW + 1 and found >= SHARE_IN_ARTICLES * len(named)
        else Dependence.NONE
    )
