"""Sentences that tell none of an article's news (asides): links to other pages, bylines, credits, notices,
captions.

They are recognised by patterns in three languages, each anchored at an end of the sentence or limited to a
few words, so that they take linear time.
"""

import re
from collections.abc import Iterator

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.captions import describes_photo
from retrieval.text.scripts import EAST, folded

_LABEL = (
    r"(?:more|read(?: more| also)?|related(?: \w+){0,2}|photos|gallery|quiz|podcast|interactive(?: map)?"
    r"|contribut(?:ing|ors?)|news you can use)"
)
"""Labels before the title of another page, or before the names of contributors."""
_LINK = lazy_pattern(
    rf"^\W*{_LABEL}:"
    r"|^\W*(?-i:[A-Z][A-Z'’&]+(?: [A-Z'’&]+){0,4}):(?=\w)(?=(?:\S+ ){4})(?!.*[.!]$)|^\W*https?://\S+$"
    r"|^\W*opinion: ?[^.!?]*$|^\W*(?:click|tap) here\b"
    r"|^\W*(?:watch|see|view|hear|listen|read|learn|check out|find out)\b[^.!?]*$"
    r"|^\W*(?-i:[KW][A-Z]{2,3})(?:-TV)?: [^.!?]*$"
    r"|^\W*play (?:the )?(?:[\w-]+ ){0,4}(?:crosswords?|cross|sudoku|puzzles?|quiz|games?)\b(?: \w+)?\W*$"
    r"|^\W*(?:read|see|find) [^.!?]{0,80}\bhere\W*$|^\W*read local coverage\b",
    re.IGNORECASE,
)
"""A link to a video, photos, a game or another page: pages leave out the full stop, or mark the link
(`_MARKED`). Call signs of American stations begin with K or W."""
_TITLED = lazy_pattern(r"^\W*[A-Z][^.!?:]{0,48}:(?=[A-Z'‘’“\"])(?=(?:\S+ ){3})(?!.*[.!?…]['\"”’]?$)")
"""A label with the title of another page directly after its colon ("Huge loss:Ida Berg leaves"), as USA TODAY
has them: of forty lines of this form that were read, none was anything else."""
_CALL = lazy_pattern(
    r"^\W*(?:editor['’]?s['’]? note: )?"
    r"(?:(?:sign up|subscribe|follow (?:us|him|her|them|all|along|live|@\w+)|e-?mail to a friend|share this"
    r"|read more|share your (?:story|stories|photos|views)|advertisement|story continues below"
    r"|all rights reserved|copyright\b)"
    r"|iReport(?:\.com)?:|video ad feedback|contact (?:the )?[\w.'’-]+ (?:[\w.'’-]+ ){0,3}?(?:at|on|via)\b"
    r"|(?:follow|join) .{1,60}\bon (?:twitter|facebook|instagram|tiktok|threads|x)\b)",
    re.IGNORECASE,
)
"""Requests to readers, and notices, by how they begin."""
_NOTICE = lazy_pattern(
    r"\bprev next\b|\bsign up (?:here|for free)\b|\bcheck your local forecast\b", re.IGNORECASE
)
_BYLINE = lazy_pattern(
    r"^\W*(?i:(?:(?:written|reported|reporting|edited|editing|compiled|photographs?|photos?) )?by)\s+"
    r"[A-Z][\w.'’-]+(?:[\s,;&]+(?:[A-Z][\w.'’-]*|and|in|for|by|of)){0,12}\W*$"
)
_SIGNATURE = lazy_pattern(
    r"^\W*from .{1,50}\bwire (?:reports|services)\W*$"
    r"|^\W*?[-–—−]+\s?(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})$"
    r"|^\W*(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}/[A-Z][\w.'’]*(?: (?:of|for|[A-Z][\w.'’]*)){0,4})$"
    r"|^[^.!?]{0,60}(?:\s|^)[-–—]{1,20}$",
    re.IGNORECASE,
)
"""The writer or photographer, and the place: "London CNN —", "Ida Berg/CNN", "— Ida Berg"."""
_PROFILE = lazy_pattern(
    r"^\W*(?:(?-i:[A-Z])[\w.'’-]*\s){1,4}is an? (?:[\w-]+ ){0,3}?(?:digital producer"
    r"|(?:staff|news|trending|data|money|sports|consumer|culture) (?:reporter|writer|editor|journalist))\b",
    re.IGNORECASE,
)
"""Who the writer is, below an article."""
_STAMP = lazy_pattern(
    r"^\W*(?:(?:published|updated|posted|last updated)?:?\s*(?:[a-z]{3,9}day,? )?[a-z]{3,9}\.? \d{1,2}, \d{4}"
    r"(?:,? (?:at )?\d{1,2}:\d\d\s?[ap]\.?m\.?(?: [a-z]{2,4})?)?\s*)+\W*$",
    re.IGNORECASE,
)
"""The time of publication."""
_CAPTION = lazy_pattern(
    r"^\W*(?:photo(?:graph)?|image|picture|credit|source|file photo|caption)s?\s*(?:credit|by)?\s*:"
    r"|^\W*(?:corrections?|clarification)\b[^:.]{0,40}[:.]"
    r"|^\W*editor['’]?s['’]? note: this (?:\w+ )?(?:page|story|article|list|report|file|column|piece)\b",
    re.IGNORECASE,
)
"""Beginnings of captions and corrections."""
_GALLERY = lazy_pattern(r"\bhide caption\b", re.IGNORECASE)
"""Between the captions of a gallery, which run together into sentences of any length."""
_MARKED = lazy_pattern(r"(?:»|>>)\s*$|e-?mail to a friend\W*$", re.IGNORECASE)
_CREDIT = lazy_pattern(
    r"\bcontribut(?:ed|es|ing) to (?:this|the) (?:\w+ )?(?:report|story|article|piece)\b\W*$"
    r"|\((?:AP Photo|Getty|Reuters|AFP|Photo)[^)]{0,80}\)\W*$|\b(?:Getty Images|AP Photo)\W*$",
    re.IGNORECASE,
)
_CORRECTION = lazy_pattern(
    r"\b(?:earlier|previous|prior) version\b.{0,80}\b(?:story|article|report|piece|post|said|stated|"
    r"misstated|gave|incorrectly|wrongly)\b"
    r"|\b(?:this|the) (?:story|article|report|piece|post) (?:originally|initially|previously|incorrectly)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Corrections, which may repeat the withdrawn figure."""
_INSTRUCTION = lazy_pattern(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}"
    r"\b(?:instructions?|prompts?|rules|context)\b"
    r"|\b(?:you are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot)|system prompt)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Text that is addressed to a machine and not to a reader."""
_EAST = lazy_pattern(
    r"무단\s*(?:전재|복제)|재배포\s*금지|저작권자|ⓒ|^\S{2,4}\s*(?:기자|특파원)\W*(?:\S+@\S+)?\s*$|^\W*\[?사진\]?\s*[=:]"
    r"|無断(?:転載|複製)|^\W*【?写真】?\s*[=:：]|^\W*【?(?:訂正|お断り|おわび)】?|바로잡습니다|^\W*\[?정정\]?"
)
_OPENINGS = (_LINK, _CALL, _BYLINE, _SIGNATURE, _PROFILE, _STAMP, _CAPTION)
_ANYWHERE = (_NOTICE, _MARKED, _CREDIT, _CORRECTION)
"""The patterns by where they match; `_INSTRUCTION`, `_GALLERY` and `_EAST` also match anywhere."""
_SIGN = lazy_pattern(
    r"ignore|disregard|forget|you are|system prompt|>>|mail to a friend|contribut|ap photo|getty|reuters|afp"
    r"|\(photo|hide caption|version|originally|initially|previously|incorrectly|prev next|sign up"
    r"|local forecast|»"
)
"""A sentence that matches `_INSTRUCTION`, `_GALLERY` or one of _ANYWHERE also matches this when it is
`folded`."""
_WORD = lazy_pattern(r"\w+")
_ASKED = lazy_pattern(r"[?？][\"'”’»」』)\]]*\s*$")
_ENTRY = lazy_pattern(r"^\W*(?:\d{1,3}[.)])?\W*")
_ENDS = lazy_pattern(r"[.!?…:;]['\"”’»)\]]*\s*$")
LABEL = 4
"""The most words of a label: longer lines without a full stop are mostly headlines with a verb, which tell
something."""
_LONGEST = 300
"""Characters; longer sentences tell something in any case, unless they are addressed to a machine."""


def is_aside(sentence: str, makers: str = "") -> bool:
    """Whether a sentence tells none of its article's news, so that it is never highlighted as an answer; also
    if it consists of names of the `makers`, the article's author and source."""
    signs = bool(_SIGN.search(folded(sentence)))  # most sentences have none
    if signs and (_INSTRUCTION.search(sentence) or _GALLERY.search(sentence)):
        return True
    if len(sentence) > _LONGEST:
        return False
    if makers and set(_words(makers)).issuperset(_words(sentence)):
        return True
    patterns = (*_OPENINGS, *_ANYWHERE) if signs else _OPENINGS
    if any(pattern.search(sentence) for pattern in patterns) or describes_photo(sentence):
        return True
    return not sentence.isascii() and bool(_EAST.search(sentence))


def is_titled_link(sentence: str) -> bool:
    """Whether it is a label and the title of another page. Such a title may answer, but tells nothing of what
    stands before and after it."""
    return bool(_TITLED.search(sentence))


def is_label(sentence: str) -> bool:
    """Whether it is only a name or a few words that introduce what follows, such as the heading or number of
    an entry of a list ("1. Ukraine"), without a sentence's end. It may still be what is asked for, if nothing
    else is."""
    if _ENDS.search(sentence) or EAST.search(sentence):
        return False
    words = _WORD.findall(_ENTRY.sub("", sentence))
    return len(words) <= LABEL and not any(map(str.isdecimal, words))


def asks(sentence: str) -> bool:
    """Whether the sentence is a question: what follows may answer, but it does not itself."""
    return bool(_ASKED.search(sentence))


def _words(text: str) -> Iterator[str]:
    return (found[0].lower() for found in _WORD.finditer(text))
