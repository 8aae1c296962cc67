"""Finds the article whose address or headline was pasted as a question, or whose content, author or date is
asked for by its address or headline."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from corpus.article import ArticleHeading, published_or_earliest
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from corpus.web.page_key import page_key
from retrieval.text.addresses import addresses, without_links
from retrieval.text.quotations import quotations
from retrieval.text.scripts import EAST

HEADLINE_WORDS = 4
"""The least words of a headline; fewer may be a question ("Gaza?", "Bridge closed")."""
HEADLINE_EAST = 10
"""The least characters of a Korean or Japanese headline."""

CUT = ("…", "...")
"""Ends of a truncated title."""
CUT_TITLE = 40
"""The least characters of such a title, so that no question begins with it by chance."""

ASKED_OF_TITLE = 300
"""The most characters of a question for an author or a date: a long title and the longest such form."""

_AROUND = " \t\"'“”‘’「」『』<>*_`"
_SCHEME = lazy_pattern(r"https?://", re.IGNORECASE)
_ASKED_OF_IT = frozenset(
    "what does do did is are was the this that a an it its here in on at of about from to for and can could"
    " would you u please pls say says said tell me us read open show find get give check out see look quote"
    " quotes have article page link url story news piece post summarise summarize summary sum up tldr tl dr"
    " explain translate know there happened content contents hi hey hello thanks thx thank who whom when"
    " where which how old many wrote writes written write writer author authors authored by publish"
    " published publishes publisher posted date dated day source sources outlet outlets true real really fake"
    " false legit accurate correct right reliable or not verify fact come comes title headline titled name"
    " named called has reporter journalist went came".split()
)
"""Words that people write around an address or a headline when they want to know what the article says, who
wrote it, when it was published, or whether it is true."""
_ASKED_IN_THE_EAST = lazy_pattern(
    r"(?:기사|링크|내용|이|그|뭐라고|무슨|뭐야|뭐|해|했어|하나요|요약|번역|알려|보여|좀|줘|주세요|에|은|는|을|를|의|읽어"
    r"|記事|リンク|ページ|内容|この|その|を|は|の|に|何|なに|と|書いて|ある|あります|か|要約|翻訳|読んで|見せて|教えて|して"
    r"|ください)+"
)
"""The same in Korean and Japanese, where no spaces divide the words."""
_WORD = lazy_pattern(r"\w+")
_END = lazy_pattern(r"[\s.!?…:。！？]+\Z")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})
_OUTLET = lazy_pattern(r"\s[-|·»:]\s(?=[^-|·»]{1,60}\Z)")
"""The separator between a headline and its outlet when both were copied: `… - The Verge`."""
_THE_ARTICLE = r"(?:the (?:article|story|piece|report|headline) )"
_OF_TITLE = lazy_pattern(
    rf"(?:(?:who(?:['’]s| is| was) the (?:author|writer)|what(?:['’]s| is| was) the (?:author|date|source))"
    rf" of {_THE_ARTICLE}?|who (?:wrote|authored) {_THE_ARTICLE}?"
    rf"|when was {_THE_ARTICLE}?(?=.* (?:published|posted|written)\W*\Z)"
    rf"|when did .{{1,40}}? publish {_THE_ARTICLE}?)"
    r"(?P<title>.+?)(?: (?:published|posted|written))?[\s?\"'”’]*\Z",
    re.IGNORECASE,
)
"""A question for the author or the date of an article, by its title."""

H = TypeVar("H", bound=ArticleHeading)


def may_be_pasted(text: str) -> bool:
    """Whether the text has an address, or is long enough to be a headline."""
    return bool(address_in(text)) or any(_titles(text))


def address_in(text: str) -> str:
    """The first address in the text, with its scheme; empty if it has none."""
    return pasted_address(text) or next(addresses(text), "")


def pasted_address(text: str) -> str:
    """The address in the text, with its scheme, if the text is only an address, perhaps with a request for
    its content; otherwise empty."""
    pasted = text.strip(_AROUND)
    if (found := list(addresses(text))) and not _other_words(without_links(text)):
        pasted = found[0]
    if not page_key(pasted):
        return ""
    return pasted if _SCHEME.match(pasted) else f"https://{pasted}"


class TitleAndUrlIndex(Generic[H]):
    """Finds articles by address or complete title; the newest of several."""

    def __init__(self, articles: Sequence[H]) -> None:
        """The lookup tables are built on first use. For 5,000 articles the titles take 35 ms, the addresses
        100 ms."""
        self._articles = articles

    def find(self, text: str) -> H | None:
        """The article whose address or complete title, with or without its outlet's name at the end, is the
        text or is what the text asks about."""
        pasted = text.strip(_AROUND)
        if address := pasted_address(text):
            return self.at(address)
        for title in _titles(pasted):
            if found := self._titled.get(title) or self._begun(title):
                return found
        return None

    def at(self, address: str) -> H | None:
        """The article with that address."""
        return self._addressed.get(page_key(address))

    def _begun(self, title: str) -> H | None:
        """The article whose title, truncated because it was made from a sentence, is the start of this
        one."""
        ends = (at for at in range(len(title) - 1, 0, -1) if title[at] == " ")
        return next((found for at in ends if (found := self._cut.get(title[:at]))), None)

    @cached_property
    def _addressed(self) -> dict[str, H]:
        return {key: one for one in self._by_age() if one.url and (key := page_key(one.url))}

    @cached_property
    def _titled(self) -> dict[str, H]:
        titles = [(one, one.title.translate(_STRAIGHT)) for one in self._by_age()]
        own = {
            _headline(title[: found.start()]): one
            for one, title in titles
            if (found := _OUTLET.search(title))
        }
        return own | {_headline(title): one for one, title in titles}

    @cached_property
    def _cut(self) -> dict[str, H]:
        return {
            _headline(one.title): one
            for one in self._by_age()
            if one.title.endswith(CUT) and len(one.title) >= CUT_TITLE
        }

    def _by_age(self) -> list[H]:
        return sorted(self._articles, key=published_or_earliest)


def _titles(text: str) -> Iterator[str]:
    """The possible titles in the text: the text itself, the text without the outlet at its end, and the title
    about which it asks, with or without quotation marks."""
    straight = text.translate(_STRAIGHT)
    behind, of = _OUTLET.search(straight), _OF_TITLE.match(straight[:ASKED_OF_TITLE])
    others = _other_words(text)
    quoted = [
        one.words
        for one in quotations(text)
        if not others or (one.start <= others[0].start() and others[-1].end() <= one.end)
    ]
    whole = (straight, straight[: behind.start()] if behind else "", of["title"] if of else "")
    for title in (*whole, *quoted):
        long = len(title) >= HEADLINE_EAST if EAST.search(title) else len(title.split()) >= HEADLINE_WORDS
        if long:
            yield _headline(title)


def _other_words(text: str) -> list[re.Match[str]]:
    """The words of the text that do not ask about an article, in order."""
    return [word for word in _WORD.finditer(text) if not _asks(word[0])]


def _asks(word: str) -> bool:
    return word.lower() in _ASKED_OF_IT or _ASKED_IN_THE_EAST.fullmatch(word) is not None


def _headline(title: str) -> str:
    """A title normalised in case, quotation marks, dashes and final punctuation."""
    return one_line(_END.sub("", title.translate(_STRAIGHT).strip(_AROUND).casefold()))
