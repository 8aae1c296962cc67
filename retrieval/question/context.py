"""Whether a question can be searched by itself, or leans on the one before it."""

import re
from collections.abc import Sequence
from itertools import accumulate

from retrieval.text.analyzer import STOP_WORDS, Analyzer
from retrieval.text.scripts import EAST

FEW = 2
"""Content words. A question with fewer of its own, and no name, is taken to lean on the one before; one with
just as many, where they are what the articles shown before are about. With 3 and 4 there, the tuned half of
`benchmarks/conversations.jsonl` was understood the same; with 1, one in forty was missed."""
SHARED = 0.5
"""Share of a question's content words that stand in the articles shown before, where it is about them. 0.34
gave the same, 0.6 missed one in forty."""
READ = 5_000
"""Characters of an article that are looked at for that: 4 ms on a busy core. All of NewsQA's are shorter."""
SHORT = 10
"""Letters that a Korean or Japanese question has, at most, where it asks no more than why, who or what."""

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
OPENING = re.compile(
    r"\s*(?:(?:and|but|so|also|then|no|nope|sorry|wait|what about|how about|i mean|i meant)\b[\s,:]*)+",
    re.IGNORECASE,
)
"""How a question begins that goes on with the one before, or puts it right."""
PREPOSITIONS = frozenset(
    "about after against at before by for from in into of on since to under with".split()
)

_SHORTENED = re.compile(r"(?:n['’]t|['’].*)$")
_ANEW = re.compile(
    r"\b(?:(?:new|other|another|different|next) (?:topic|question|subject)|something else)\b", re.IGNORECASE
)
_DEFINING = re.compile(
    r"\s*(?:what|who)(?:['’]?s| is| are| was| were)\s+"
    r"(?!(?:the|his|her|its|their|this|that|these|those)\b)\S+(?:\s+\S+){0,2}\s*\??\s*$",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\b(?:is|was) it \w+ (?:to|that)\b|\b(?:does|did) it (?:take|cost)\b(?=.*\w)", re.IGNORECASE
)
_EMPTY = frozenset(
    (
        "again already call called came come done else ever exactly explain first get gets getting go goes "
        "going got happen happened happening know known last later long made make makes making mean means "
        "meant name named names next number often old one ones other part people person real really right "
        "second soon still take takes taken talk talking tell thing things think thinks third thought time "
        "times took true way year years yet"
    ).split()
)
"""Words that name no subject by themselves, though they are rarer than the stop words."""
_PERSONS = frozenset("he she they".split())
_OTHERS = frozenset("him his her hers it its them their theirs".split())
_THESE = frozenset("this that these those".split())
_LAST = _THESE | frozenset("there then one ones so".split())
_AUXILIARIES = frozenset(
    "am are be been can could did do does had has have is may might must should was were will would".split()
)
_CLAUSE = _AUXILIARIES | frozenset("how what when where which who whose why".split())

HANGUL = re.compile(r"[\uac00-\ud7af]")
_FOLLOWS_KO_JA = re.compile(
    r"\s*(?:그럼|그리고|그러면|그래서|그는|그녀는|그들은|그 |그의|그것|거기|"
    r"それ(?!ぞれ)|その|そこ|では|じゃあ|彼[はがのら女])"
)
_TOPIC_KO_JA = re.compile(r"(?:은|는|(?<!と)は)\s*[?？]\s*$")
_ASKING_KO_JA = re.compile(r"\s*(?:왜|누가|언제|어디서|어떻게|なぜ|誰が|いつ|どこで|どうして|いくら)")
_ASKED_KO_JA = re.compile(
    r"왜|(?:누가|누구|언제|어디|어떻|어떤|어때|어땠|무엇|무슨|뭐|뭘|얼마|몇|있|했|됐)\S*|なぜ|誰|いつ|どこ|何|いくら|どう"
)
_NAMING_KO_JA = re.compile(
    r"[々\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{2,}|[A-Za-z0-9]{2,}|(?<![\uac00-\ud7af])[\uac00-\ud7af]{2}"
)
"""What names something: characters that stand together; of a Korean word the first two, not its ending."""


def needs_context(question: str, shown: Sequence[str] = ()) -> bool:
    """Whether a question can't be searched by itself. `shown` are the texts of the articles shown before."""
    if _ANEW.search(question):
        return False
    if EAST.search(question):
        return _leans_ko_ja(question, shown)
    words = [word for word in content_words(question) if _plain(word) not in _EMPTY]
    names = sum(word[0].isupper() for word in words)
    if (opening := OPENING.match(question)) and len(words) <= 2 * FEW:
        whole = len(words) >= FEW and has_clause(question[opening.end() :])
        return not (shown and whole) or _shared(words, shown) >= SHARED
    if _points(WORD.findall(_EMPTY_IT.sub(" ", question)), names):
        return True
    if _DEFINING.match(question):
        return not words
    if len(words) < FEW and not names:
        return True
    return len(words) <= FEW and not names and _shared(words, shown) >= SHARED


def content_words(question: str) -> list[str]:
    """The words that say something about a subject, as they stand there; of Japanese the names."""
    found: list[str] = []
    for word in WORD.findall(question):
        if EAST.search(word):
            named = naming(word)
            found += [word] if named and HANGUL.match(word) else named
        elif _plain(word) not in STOP_WORDS or word == "US":
            found.append(word)
    return found


def naming(question: str) -> list[str]:
    """What names something in a Korean or Japanese question, without what only asks."""
    return _NAMING_KO_JA.findall(_ASKED_KO_JA.sub(" ", question))


def has_clause(words: str) -> bool:
    """Whether the words are more than a fragment like “in Japan?”."""
    return any(_plain(word) in _CLAUSE for word in WORD.findall(words))


def _points(words: Sequence[str], names: int) -> bool:
    """Whether a pronoun has nothing before it in the question that it could stand for."""
    # Of the words before each place: how many say something, and how many begin with a capital.
    told = [0, *accumulate(len(content_words(word)) for word in words)]
    capitals = [0, *accumulate(word[0].isupper() for word in words)]
    for place, word in enumerate(words):
        pointer, before = word.lower(), words[place - 1].lower() if place else ""
        if pointer in _LAST and place and place == len(words) - 1:
            return True
        subject = not place or before in _AUXILIARIES
        if pointer in _PERSONS and subject and told[place] < FEW:
            return True
        if names >= FEW:
            continue
        if pointer == "it" and subject and told[place] < FEW:
            return True
        if pointer in _THESE and (subject or before in PREPOSITIONS):
            return True
        if pointer in _OTHERS and told[place] <= told[min(place, 2)] and capitals[place] <= capitals[:2][-1]:
            return True
    return False


def _shared(words: Sequence[str], shown: Sequence[str]) -> float:
    """The share of the words that stand in what was shown, in whatever form."""
    if not shown or not words:
        return 0
    stems = Analyzer()
    there = {term for text in shown for term in stems.terms(text[:READ])}
    wanted = stems.content_terms(" ".join(words))
    return sum(term in there for term in wanted) / len(wanted)


def _leans_ko_ja(question: str, shown: Sequence[str]) -> bool:
    short = sum(character.isalnum() for character in question) <= SHORT
    if _FOLLOWS_KO_JA.match(question):
        return True
    if short and (_TOPIC_KO_JA.search(question) or _ASKING_KO_JA.match(question)):
        return True
    named = naming(question)
    found = sum(any(name in text[:READ] for text in shown) for name in named)
    return 0 < len(named) <= FEW + 1 and found >= SHARED * len(named)


def _plain(word: str) -> str:
    return _SHORTENED.sub("", word.lower())
