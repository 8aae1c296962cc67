"""What a follow-up changes of the list, or of the answer, before it: "only from The Verge", "not by Ada Kim",
"older than March", "and about Gaza?", "how many are there?".

The request or question before is asked again with one of its parts replaced or added.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import WORD, has_clause
from retrieval.question.followups.followup_dates import DATED_BY
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.listing.listing_request import ListingKind, ListingRequest
from retrieval.question.names import people
from retrieval.question.pronouns import PREPOSITIONS
from retrieval.text.scripts import EAST

Lists = Callable[[str], ListingRequest | None]
"""Parses a request for a list or a count."""

LONGEST_CHANGE = 100
"""Maximum characters of a follow-up that only changes what was asked; typical ones have ten to forty."""
FEW_WORDS = 4
"""Maximum words of a name or a topic that nothing introduces: "and interest rates in Japan?"."""

_AUTHOR = r"(?:this|that|the(?: same)?) (?:author|writer|journalist|reporter)"
_BY_SAME = lazy_pattern(
    rf"\W*(?:(?:and|so|ok|okay)\b\W*)*(?:what (?:else )?(?:did|has|have|does) (?:she|he|they|{_AUTHOR}) "
    r"(?:also )?(?:write|written|wrote|publish|published|post|posted)(?: else)?"
    r"|(?:(?:show me|give me|list|are there|any|all|the)\s+)*(?:more|other|all) "
    rf"(?:articles|stories|pieces|posts) (?:by|from) (?:her|him|them|{_AUTHOR}))\W*",
    re.IGNORECASE,
)
"""Asks for other articles by the author of one that was listed."""
_THEM = r"(?:(?:the )?ones|those|them|these|articles|stories|pieces|reports|results)"
_CHANGE = lazy_pattern(
    r"\W*(?:(?P<joins>and|but|also|then|so|ok|okay|now|what about|how about)\b[\s,]*)*"
    r"(?:(?:please|can you|could you|show(?: me)?|give me|list|i (?:only |just )?(?:want|need))\b\s*)*"
    r"(?P<only>(?:(?:only|just|(?:limit|restrict|narrow|filter)(?: (?:it|this|that|them|those|these))?"
    r"(?: down)?(?: to| by)?)\b\s*)*)"
    rf"(?P<them>(?:(?:of )?{_THEM}\b\s*(?:(?:(?:that|which) )?(?:are|were)\b\s*)?)*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = lazy_pattern(
    r"\W*(?:(?:and|but|so|ok|okay)\b[\s,]*)*(?:how many|count)\b\s*"
    rf"(?P<them>(?:(?:of )?{_THEM}\b\s*)*)(?:(?:are|is|were|there|that|it|in total|altogether)\b\s*)*"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SHOW = lazy_pattern(
    r"\W*(?:(?:and|ok|okay|so|please|can you|could you)\b[\s,]*)*(?:(?:list|show(?: me)?|name|give me|see) "
    r"(?:them|these|those|all of them|them all)|which(?: ones)?(?: (?:are they|is it))?|what are they)\W*",
    re.IGNORECASE,
)
"""Asks which articles were counted."""
_MENTIONED = lazy_pattern(r"(?:the|this|that|these|those|his|her|its|their|my|your|our)\b", re.IGNORECASE)
_FROM = lazy_pattern(r"(?:not )?from\b", re.IGNORECASE)
_LIMITED = lazy_pattern(r"(?P<asked>.+?) in (?P<articles>articles .+?)\W*")
"""A question that was changed before."""


def may_change(text: str) -> bool:
    """Whether a text may change a list: it is short, and neither Korean nor Japanese."""
    return len(text) <= LONGEST_CHANGE and not EAST.search(text)


def changed_list(question: str, earlier: str, lists: Lists, byline: str = "") -> str:
    """The request for a list that a question makes of the earlier one; empty if it is another question.
    `byline` is that of the first article that was listed."""
    if _BY_SAME.fullmatch(question):
        return " or ".join(
            (f"articles by {name}" if not at else name) for at, name in enumerate(people(byline))
        )
    before = lists(earlier) if may_change(question) else None
    if before is None or before.tentative or lists(question):
        return ""
    if before.kind is ListingKind.COUNT and _SHOW.fullmatch(question):
        return _said(replace(before, kind=ListingKind.LIST), (earlier,), lists)
    counts = _COUNT.fullmatch(question)
    change = counts or _CHANGE.fullmatch(question)
    rest = _bare(change["rest"]) if change else ""
    told = next(_told(rest, change, before, lists), None) if change and rest else None
    if counts and not rest:
        whole = before
    elif told is None or change is None:
        return ""
    else:
        subject = told.subject
        if subject and before.subject and (change["them"] or change.groupdict().get("only")):
            subject = f"{before.subject} and {subject}"
        whole = _merged(before, replace(told, subject=subject))
    if counts:
        whole = replace(whole, kind=ListingKind.COUNT, most=0, oldest=False)
    return _said(whole, (question, earlier), lists)


def changed_question(question: str, earlier: str, lists: Lists) -> str:
    """The earlier question, limited to the articles that a follow-up names; empty if it is another question,
    also if it may tell what is asked instead ("in March?", "by Ada Kim?")."""
    change = _CHANGE.fullmatch(question) if may_change(question) else None
    rest = _bare(change["rest"]) if change else ""
    told = lists(f"articles {rest}") if rest else None
    if change is None or told is None or told.subject or told.byline or not told.hints:
        return ""
    outlets = all(hint.kind is HintKind.SOURCE for hint in told.hints)
    if not (change["only"] or change["them"] or (outlets and _FROM.match(rest))):
        return ""
    limited = _LIMITED.fullmatch(earlier)
    before = lists(limited["articles"]) if limited else None
    if not before and not any(hint.filters for hint in told.hints):
        return f"{_bare(earlier)}, {rest}?"
    asked = limited["asked"] if limited and before else _bare(earlier)
    articles = _said(_merged(before, told) if before else told, (question, earlier), lists)
    return f"{asked} in {articles}?" if articles else ""


def unlimited(question: str, lists: Lists) -> str:
    """A question without what `changed_question` added to it."""
    limited = _LIMITED.fullmatch(question)
    return f"{limited['asked']}?" if limited and lists(limited["articles"]) else question


def _bare(text: str) -> str:
    return text.strip(" ,;:.!?")


def _told(rest: str, change: re.Match[str], before: ListingRequest, lists: Lists) -> Iterator[ListingRequest]:
    """What the rest of a follow-up may say about articles, the likeliest first."""
    for text in (f"articles {rest}", f"{rest} articles"):
        if (found := lists(text)) and (found.subject == "" or text.endswith(rest)):
            yield found
    said = change.groupdict()
    if not (said.get("joins") or said.get("only")) or has_clause(rest) or len(rest.split()) > FEW_WORDS:
        return
    for word, kind in (("by", HintKind.AUTHOR), ("from", HintKind.SOURCE)):
        found = lists(f"articles {word} {rest}")
        if found and {hint.kind for hint in found.hints} == {kind}:
            yield found
    words = WORD.findall(rest)
    if not (words and said.get("joins")) or _MENTIONED.match(rest) or words[0].lower() in PREPOSITIONS:
        return
    named = all(word[0].isupper() for word in words)
    of_author = before.byline or any(map(_asks_author, before.hints))
    word = "about" if before.subject else "by" if of_author and named else ""
    if word and (found := lists(f"articles {word} {rest}")):
        yield found


def _merged(before: ListingRequest, told: ListingRequest) -> ListingRequest:
    """A request with the parts of another one in the place of its own. What is left out is added, and what is
    asked for takes the place of that too."""
    hints = before.hints
    for kind in (HintKind.SOURCE, HintKind.AUTHOR, HintKind.DATES):
        new = [hint for hint in told.hints if hint.kind is kind]
        asked = any(hint.filters for hint in new)
        hints = tuple(hint for hint in hints if hint.kind is not kind or not (asked or _is_among(hint, new)))
    byline = before.byline
    if told.byline or any(map(_asks_author, told.hints)):
        byline, hints = told.byline, tuple(hint for hint in hints if not _asks_author(hint))
    return replace(
        before,
        subject=told.subject or before.subject,
        hints=(*hints, *told.hints),
        byline=byline,
        most=told.most or before.most,
        oldest=told.oldest or (before.oldest and not told.most),
    )


def _asks_author(hint: Hint) -> bool:
    return hint.kind is HintKind.AUTHOR and hint.filters


def _is_among(hint: Hint, others: list[Hint]) -> bool:
    """Whether one of the others is about the same outlet, author or time."""
    return any((hint.name, hint.since, hint.until) == (one.name, one.since, one.until) for one in others)


def _said(request: ListingRequest, texts: tuple[str, ...], lists: Lists) -> str:
    """The words that ask for a request, whose dates were said in the texts; empty if they would be understood
    otherwise."""
    articles = "news" if request.kind is ListingKind.NEWS else "articles"
    order = "oldest" if request.oldest else "latest" if request.most or articles == "news" else ""
    count = "how many" if request.kind is ListingKind.COUNT else ""
    words = [count, order, str(request.most or ""), articles]
    words += [f"about {request.subject}" if request.subject else ""]
    words += [f"by {request.byline}" if request.byline else ""]
    for kind, lead in ((HintKind.AUTHOR, "by "), (HintKind.SOURCE, "from ")):
        named = " or ".join(_words(request, HintUse.FILTER, kind))
        words += [f"{lead}{named}" if named else ""]
    words += [_dated(one, texts) for one in _words(request, HintUse.FILTER, HintKind.DATES)]
    words += dict.fromkeys(hint.words for hint in request.hints if not hint.filters)
    text = " ".join(filter(None, words))
    understood = lists(text)
    same = understood and replace(understood, hints=()) == replace(request, hints=())
    return text if understood and same and set(understood.hints) == set(request.hints) else ""


def _words(request: ListingRequest, use: HintUse, kind: HintKind) -> list[str]:
    """The words of the hints of a kind, once each."""
    return list(dict.fromkeys(hint.words for hint in request.hints if hint.kind is kind and hint.use is use))


def _dated(words: str, texts: tuple[str, ...]) -> str:
    """A date with the preposition that is before it in the texts."""
    for text in texts:
        if (start := text.find(words)) >= 0 and (lead := DATED_BY.search(text, 0, start)):
            return f"{lead[0]}{words}"
    return words
