"""Parses Korean and Japanese requests for a count, a list or the newest articles. The request is at the end;
the subject, names and dates come before it, each with its particle."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.hint import Hint, HintKind
from retrieval.question.listing.listing_request import ListingKind, ListingRequest
from retrieval.question.listing.listing_words import ListingWords

SUBJECT = 40
"""Maximum characters of a subject: anything longer is a sentence."""

_MARKS = r"[\s?!.。？！…~]*\Z"
_IS_THERE = r"있(?:어요?|나요|습니까|니|지|는지|을까요?)"
_TELL = r"(?:좀\s?)?(?:보여|찾아|알려|나열해|뽑아|정리해)\s?(?:줘요?|주세요|줄래요?|주십시오|달라)"
_ARIMASU = r"(?:あります?か|ある|ない|ありません?か)"
_TELL_JA = (
    r"(?:(?:見せ|教え|出し|探し|リストアップし|挙げ|表示し)て(?:ください|下さい|くれ|ほしい|もらえますか)?)"
)


def _ending(*forms: str) -> re.Pattern[str]:
    """A pattern for the end of a question, in any of these forms."""
    return lazy_pattern(rf"(?:{'|'.join(forms)}){_MARKS}")


_COUNT = _ending(
    r"(?:기사|뉴스)(?:[가는은이]|의)?\s?(?:수는?|개수는?|건수는?)?\s?(?:모두|총|전부|다)?\s?"
    r"(?:몇\s?(?:개|건|편)|얼마나|몇이나|수)(?:나|쯤)?\s?"
    rf"(?:되나요?|돼요?|{_IS_THERE}|이야|야|인가요?|예요|입니까|나왔(?:어요?|나요|습니까)|{_TELL})?",
    r"(?:記事|ニュース)(?:の数)?[はがを]?(?:全部で|合計で?)?(?:いくつ|何[件本個]|どれくらい|どのくらい)"
    rf"(?:ほど|くらい)?(?:{_ARIMASU}|あるの|あった|ですか|(?:出て|掲載されて)(?:いますか|いる))?",
)
_LIST = _ending(
    r"(?:기사|글)(?:들)?[을를은도]?\s?(?:전부|모두|전체|다|목록|리스트)?[을를]?\s?"
    rf"(?:{_TELL}|보고\s?싶어요?|목록|전부|모두|전체|{_IS_THERE})",
    r"記事(?:を|は|って)?(?:すべて|全て|全部|一覧|リスト)?[でを]?"
    rf"(?:{_TELL_JA}|一覧|リスト|すべて|全て|全部|は?{_ARIMASU}|が?(?:読|見)たい(?:です)?)",
)
_NEWS = _ending(
    r"(?:최신|최근|새로운|새|요즘)?\s?(?:뉴스|소식|헤드라인|속보|새 기사|최신 기사|최근 기사)"
    r"[은는이가를을도]?\s?"
    rf"(?:{_IS_THERE}|없(?:어요?|나요|습니까|니)|뭐야|뭐예요|뭐가?\s?{_IS_THERE}|{_TELL}|궁금해요?)?",
    r"(?:(?:요즘|지금)\s)?(?:세상에|세계에|전 세계에)?\s?(?:무슨|뭔) 일이?\s?"
    rf"(?:{_IS_THERE}|있었(?:어요?|나요)|일어나고 {_IS_THERE})",
    rf"(?:뭐|뭔가)?\s?새로운 (?:거|것|게|일|소식)\s?(?:{_IS_THERE}|없(?:어요?|나요))",
    r"(?:何か)?(?:最新の?|最近の?|新しい|新着)?(?:ニュース|ヘッドライン|速報|最新記事|新着記事)[はがを]?(?:何か)?"
    rf"(?:{_ARIMASU}|何ですか|何|{_TELL_JA})?",
    rf"(?:何か)?(?:最新の|新しい|最近の)記事[はがを]?(?:{_ARIMASU}|何ですか|{_TELL_JA})?",
    r"(?:世界|世の中)(?:で|では)?(?:今|いま)?、?何が(?:起きて|起こって|あって)(?:いますか|いるの(?:ですか)?|いる|る)",
    rf"何か新しい(?:こと|もの)[はが]?{_ARIMASU}",
    rf"最新情報[はを]?{_TELL_JA}?",
)
_DATED = _ending(
    r"기사(?:들)?",
    r"記事(?:を?(?:一覧|リスト)で?)?",
    r"(?:何|なに)が(?:あった|あったの|ありました|起きた|起こった|起きました|起こりました)か?",
    r"무슨 일이 있었(?:어요?|나요|습니까)",
)
"""Asks for a list if only dates or names come before it."""
_TOPIC = lazy_pattern(
    r"(?:[을를]?\s?(?:에\s?대한|에\s?관한|관련된?|에\s?대해\s?쓴|언급(?:한|하는|된)|다룬|다루는)"
    r"|[이가]\s?(?:나오는|등장하는|언급된|들어간)|의"
    r"|に(?:ついて|関して|関する|関連する|触れ(?:た|ている)|言及(?:した|する|している))の?"
    r"|を(?:扱(?:った|う)|取り上げ(?:た|る|ている)|含む)|が(?:出てくる|登場する)|関連の|の)\s?\Z"
)
_OF_NAME = lazy_pattern(
    r"(?:\s?기자)?(?:[의가이]|에서|에)?\s?(?:쓴|작성한|보도한|낸|나온|실린)?\s?"
    r"|(?:記者)?(?:[のがは]|による)(?:書いた|報じた|出した)?"
)
_OF_DATE = lazy_pattern(r"(?:[의에]|에\s?(?:나온|실린|발행된)|부터|の|に(?:出た|載った|掲載された))?\s?")
_ABOUT_NAME = lazy_pattern(r"\s?(?:에\s?대한|에\s?관한|관련|를|을|에\s?대해|について|に関|を|関連)")
_ALL = lazy_pattern(r"(?:모든|전체|전부|모두|すべての|全ての|全部の)\s?")
_FILLING = lazy_pattern(r"\s*(?:모든|전체|すべての|全ての|全部の|、|,)?\s*")
_ASKS = lazy_pattern(
    r"누구|누가|무엇|언제|어디|어떤|어떻게|왜|얼마|몇|誰|何|いつ|どこ|なぜ|どう|どの|いくら|という|[?？。]"
    r"|(?:했|있|였|た|だ)(?:다|と)"
)
"""Shows that a subject is a sentence, about which something is asked."""


def may_list_in_the_east(text: str) -> bool:
    """Whether the text ends like such a request."""
    return any(ending.search(text) for ending in (_COUNT, _NEWS, _LIST, _DATED))


def east_asian_listing(words: ListingWords) -> ListingRequest | None:
    """Parse a request; None if the question asks for something else."""
    for kind, pattern in (
        (ListingKind.COUNT, _COUNT),
        (ListingKind.NEWS, _NEWS),
        (ListingKind.LIST, _LIST),
    ):
        if (found := pattern.search(words.text)) and (made := _before(words, kind, found.start())):
            return made
    if found := _DATED.search(words.text):
        made = _before(words, ListingKind.LIST, found.start())
        return made if made and made.hints and not made.subject else None
    return None


def _before(words: ListingWords, kind: ListingKind, end: int) -> ListingRequest | None:
    """Parse what comes before the request: dates and names, then the subject."""
    text, hints, place = words.text, tuple[Hint, ...](), 0
    while place < end:
        filling = _FILLING.match(text, place)
        place = filling.end() if filling else place
        if dated := words.dated(place):
            after, of = dated, _OF_DATE
        elif (named := words.named(place)) and _owns(words, named[0]):
            after, of = named, _OF_NAME
        else:
            break
        behind = of.match(text, after[0])
        place, hints = behind.end() if behind else after[0], (*hints, *after[1])
    rest = text[min(place, end) : end].strip()
    topic = _TOPIC.search(rest)
    subject = _ALL.sub("", rest[: topic.start()] if topic else rest).strip(" 、,「」『』\"“”'")
    if not subject:
        return (
            ListingRequest(kind, hints=hints) if hints or kind is not ListingKind.COUNT or not rest else None
        )
    if len(subject) > SUBJECT or _ASKS.search(subject):
        return None
    return ListingRequest(kind, subject, hints)


def _owns(words: ListingWords, end: int) -> bool:
    """Whether the person or source named up to `end` made the articles, rather than being their subject."""
    if _ABOUT_NAME.match(words.text, end):
        return False
    found = next(one for one in words.names.values() if one.end == end)
    return found.kind in (HintKind.SOURCE, HintKind.AUTHOR)
