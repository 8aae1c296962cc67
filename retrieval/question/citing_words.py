"""Whether the words around a date or a name refer to the articles themselves: "articles from last week", "the
Verge report", "according to". Then the person explicitly restricts the search."""

import re

from corpus.lazy_pattern import lazy_pattern

NAME = "\N{BLACK SQUARE}"
"""Replaces each character of a source's or author's name in a text."""

BEFORE = 160
"""Characters before a date or a name that are examined: a long clause."""

_ARTICLES = (
    r"(?:articles?|stor(?:y|ies)|news|headlines?|coverage|pieces?|posts?|columns?|editorials?|interviews?"
    r"|dispatch(?:es)?)"
)
_REPORTS = rf"(?:{_ARTICLES}|reports?|reporting|investigations?|analys[ie]s|reviews?|accounts?)"
_OPEN, _CLOSE = "[\"'“‘「『]?", "[\"'”’」』]?"
_NAME = rf"{_OPEN}{NAME}+{_CLOSE}"
_WRITTEN = (
    r"(?:reported|published|covered|discussed|featured|described|mentioned|written|noted|highlighted|detailed|stated"
    r"|printed|quoted|carried|posted|shared|outlined|portrayed|depicted|cited|suggested|claimed|criticized|announced"
    r"|questioned|identified|recounted)"
)
_DATING = r"(?:published|dated|posted|printed|written|issued)"
_AT = r"(?: (?:on|in|from|of|during|between))?"

_NAME_BEFORE = lazy_pattern(
    rf"(?:\b(?:according to|as per|per|via|based on|quot(?:es|ing)|citing|{_WRITTEN}(?: \w+ly)? (?:by|in|on)"
    rf"|(?:{_REPORTS}|information|details|updates)(?: (?:from|of|in|published)(?: \w+){{1,4}})?(?: \w+ly)?"
    r" (?:by|from|in|of)|read in|saw in))"
    rf"(?: both)?(?: an?| the| another)? {_OPEN}$",
    re.IGNORECASE,
)
_NAME_AFTER = lazy_pattern(
    rf"{_CLOSE}(?:['’]s?)?(?: (?:first|second|third|other|recent|latest|new|earlier|later|subsequent|own|news"
    rf"|magazine|newspaper))? (?:{_REPORTS}|reported|writes?|wrote|publish|published|cover|covered)\b"
    r"|(?:통신사?|신문)?(?:에 따르면|에 의하면|의? ?(?:보도|기사|뉴스)|에 (?:실린|보도|게재))"
    r"|(?:[가이은는]|에서) (?:보도|전한|전했|쓴|다룬|게재)"
    r"|(?:通信社?|新聞)?(?:によると|によれば|の(?:記事|報道|ニュース|取材)|[がはで](?:報じ|伝え|書い|掲載)|紙[のがで]|に(?:載っ|掲載))",
    re.IGNORECASE,
)
_SAYS = lazy_pattern(
    rf"{_CLOSE} (?:say|said|claim|suggest|argue|think|call|describe|tell|told|recommend|state|impl[yi]|show)",
    re.IGNORECASE,
)
_TAKE = lazy_pattern(rf"{_CLOSE}['’]s? (?:\w+ )?(?:take|views?|opinions?|verdict|stance)\b", re.IGNORECASE)
_AGAINST = lazy_pattern(
    r"\b(?:differ(?:s|ed|ent)?|compare[sd]?|(?:dis)?agree[sd]?) (?:from|to|with|than) (?:that of )?(?:the )?"
    rf"{_OPEN}$",
    re.IGNORECASE,
)
"""“differ from Engadget's”: an outlet with which another one is compared."""
_FIRST = lazy_pattern(
    rf"\W*(?:(?:is there )?(?:anything|something) (?:in|from|by) )?(?:the )?{_OPEN}", re.IGNORECASE
)
_ON = lazy_pattern(rf"{_CLOSE} (?:about|on|regarding) ", re.IGNORECASE)
"""“The Independent about the flood”: just an outlet and a topic."""
_COMPARES = lazy_pattern(
    r"\b(?:compar(?:e[sd]?|ing|isons?)|contrast(?:s|ed|ing)?|vs|versus|differ(?:s|ed|ing|ent|ently|ences?)?"
    r"|(?:dis)?agree(?:[sd]|ment)?|both)\b",
    re.IGNORECASE,
)
_AUTHOR_BEFORE = lazy_pattern(
    rf"\b(?:{_REPORTS}|written|reported|published|penned|authored)\b[^.?!]{{0,40}}\bby (?:\w+ )?$",
    re.IGNORECASE,
)
_AUTHOR_AFTER = lazy_pattern(
    rf"['’]s?(?: \w+)? {_REPORTS}\b|(?: has| had)? (?:wrote|writes?|written) (?:about|on)\b"
    r"| ?기자|記者|の記事"
)
_BY = lazy_pattern(r"\bby (?:the )?(?:journalist |reporter |columnist )?$", re.IGNORECASE)

_DATE_BEFORE = lazy_pattern(
    rf"(?:\b{_ARTICLES}(?: (?:by|from|in|of) (?:the )?{_NAME})?(?: that (?:was|were|came out|appeared))?"
    rf"(?: {_DATING})?{_AT}"
    rf"|\b{_REPORTS} (?:from|dated|{_DATING}{_AT})"
    rf"|{_NAME}(?: {_REPORTS})?(?: that was)? {_DATING}{_AT}"
    rf"|{_NAME} reported (?:on|in)|\bthe (?:other )?one (?:on|from)|\b{_WRITTEN} by (?:the )?{_NAME}{_AT}"
    rf"|\b{_REPORTS}\b[^.?!;]* (?:{_DATING}(?: by {_NAME})?{_AT}|dated))(?: the)? $",
    re.IGNORECASE,
)
_DATE_FROM = lazy_pattern(
    r"\b(?:articles|stories|news|headlines|coverage|reports)\b[^.?!;]* from $", re.IGNORECASE
)
_DATE_NAMED = lazy_pattern(
    rf"(?:{_NAME}(?: {_REPORTS})|\b{_REPORTS} (?:by|from|in) (?:the )?{_NAME}) (?:on|in|of) $"
)
_DATE_NAMED_AFTER = lazy_pattern(
    r"\s*(?:$|[,.?!;:]|(?:and|that|about|which|regarding|discussing|on|did|is|was|of)\b"
    r"|(?:say|said|claim|suggest|mention|describe|state|argue|show|tell)\w*)",
    re.IGNORECASE,
)
_DATE_AFTER = lazy_pattern(
    rf"['’]?s? (?:{NAME}+ )?(?:articles?|stories|headlines|news|coverage|newspapers?|papers?|edition|issue)\b"
    r"|(?:자|의|에|에 나온)?\s?(?:[^\s?]{1,8} )?(?:기사|뉴스|보도|소식|신문|헤드라인)|에 (?:보도|게재|실린)"
    r"|(?:付け?)?の?(?:[^\sの、?？]{1,8}の)?(?:記事|ニュース|報道|新聞|見出し)|に(?:報じ|掲載)",
    re.IGNORECASE,
)


def cites_source(text: str, start: int, end: int) -> bool | None:
    """Whether the articles of the source named in `text[start:end]` are meant: True if so, False if they only
    may be (what an outlet says may be reported elsewhere), None if nothing indicates it."""
    if _NAME_BEFORE.search(text, max(start - BEFORE, 0), start) or _NAME_AFTER.match(text, end):
        return True
    about = _FIRST.fullmatch(text, 0, start) and _ON.match(text, end)
    said = _SAYS.match(text, end) or _TAKE.match(text, end)
    return False if about or said or _AGAINST.search(text, max(start - BEFORE, 0), start) else None


def compares(text: str) -> bool:
    """Whether a text compares two things: "differ", "agree", "vs", "both"."""
    return _COMPARES.search(text) is not None


def cites_author(text: str, start: int, end: int) -> bool | None:
    """Whether the person named in `text[start:end]` is meant as an author; None if nothing indicates it."""
    if _AUTHOR_BEFORE.search(text, max(start - BEFORE, 0), start) or _AUTHOR_AFTER.match(text, end):
        return True
    return False if _BY.search(text, max(start - BEFORE, 0), start) else None


def dates_articles(text: str, start: int, end: int) -> bool:
    """Whether the date in `text[start:end]` is when articles were published, rather than when something
    happened.

    Every character of a source's name must have been replaced by `NAME`.
    """
    if _DATE_BEFORE.search(text, max(start - BEFORE, 0), start) or _DATE_FROM.search(
        text, max(start - BEFORE, 0), start
    ):
        return True
    if _DATE_NAMED.search(text, max(start - BEFORE, 0), start) and _DATE_NAMED_AFTER.match(text, end):
        return True
    return bool(_DATE_AFTER.match(text, end))
