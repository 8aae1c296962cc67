"""What stands in an article and tells none of its news: links to other pages, bylines, credits, notices.

Patterns of the form, in three languages, each anchored at an end of the sentence or held to a few words, so
that they take linear time. A photo's caption that says nothing of being one is not known from a sentence.
"""

import re

_LINK = re.compile(
    r"^\W*(?:click|tap) here\b|^\W*(?:watch|see|view|hear|listen)\b[^.!?]*$",
    re.IGNORECASE,
)
"""A link to a video, photos or another page: pages leave the full stop out, or mark it (`_MARKED`)."""
_CALL = re.compile(
    r"^\W*(?:(?:sign up|subscribe|follow (?:us|him|her|them|@\w+)|e-?mail to a friend|share this|read more|"
    r"related(?: \w+){0,2}:|advertisement|story continues below|all rights reserved|copyright\b)"
    r"|iReport(?:\.com)?:)",
    re.IGNORECASE,
)
"""What the page asks of its readers, and its notices."""
_BYLINE = re.compile(
    r"^\W*(?i:(?:(?:written|reported|reporting|edited|editing|compiled|photographs?|photos?) )?by)\s+"
    r"[A-Z][\w.'’-]+(?:[\s,;&]+(?:[A-Z][\w.'’-]*|and|in|for|by|of)){0,12}\W*$"
)
_CAPTION = re.compile(
    r"^\W*(?:photo(?:graph)?|image|picture|credit|source|file photo|caption)s?\s*(?:credit|by)?\s*:"
    r"|^\W*(?:corrections?|clarification)\b[^:.]{0,40}[:.]",
    re.IGNORECASE,
)
"""What is said first of a photo, or of a correction."""
_MARKED = re.compile(r"(?:»|>>)\s*$|e-?mail to a friend\W*$", re.IGNORECASE)
_CREDIT = re.compile(
    r"\bcontribut(?:ed|es|ing) to (?:this|the) (?:\w+ )?(?:report|story|article|piece)\b\W*$"
    r"|\((?:AP Photo|Getty|Reuters|AFP|Photo)[^)]{0,80}\)\W*$|\b(?:Getty Images|AP Photo)\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:earlier|previous|prior) version\b.{0,80}\b(?:story|article|report|piece|post|said|stated|"
    r"misstated|gave|incorrectly|wrongly)\b"
    r"|\b(?:this|the) (?:story|article|report|piece|post) (?:originally|initially|previously|incorrectly)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What a correction withdraws: it may have the old figure in it."""
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}"
    r"\b(?:instructions?|prompts?|rules|context)\b"
    r"|\b(?:you are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot)|system prompt)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What is written to a machine and not to a reader."""
_EAST = re.compile(
    r"무단\s*(?:전재|복제)|재배포\s*금지|저작권자|ⓒ|^\S{2,4}\s*(?:기자|특파원)\W*(?:\S+@\S+)?\s*$|^\W*\[?사진\]?\s*[=:]"
    r"|無断(?:転載|複製)|^\W*【?写真】?\s*[=:：]|^\W*【?(?:訂正|お断り|おわび)】?|바로잡습니다|^\W*\[?정정\]?"
)
_OPENINGS, _ANYWHERE = (_LINK, _CALL, _BYLINE, _CAPTION), (_MARKED, _CREDIT, _CORRECTION, _EAST)
"""The patterns by where what they know stands; an instruction is looked for anywhere too."""
_SIGN = re.compile(
    r"ignore|disregard|forget|you are|system prompt|>>|mail to a friend|contribut|ap photo|getty|reuters|afp"
    r"|\(photo|version|originally|initially|previously|incorrectly"
)
"""In small letters: what a sentence of ASCII has where a pattern that may begin anywhere fits it."""
_LONGEST = 300
"""Characters; a longer sentence tells something, whatever else stands in it, unless it is for a machine."""


def is_aside(sentence: str) -> bool:
    """Whether a sentence tells none of its article's news, so that it is never marked as an answer."""
    # Most sentences have no sign. Beyond ASCII a few other letters stand for those of one too ("ſystem").
    signs = not sentence.isascii() or bool(_SIGN.search(sentence.lower()))
    if signs and _INSTRUCTION.search(sentence):
        return True
    if len(sentence) > _LONGEST:
        return False
    patterns = (*_OPENINGS, *_ANYWHERE) if signs else _OPENINGS
    return any(pattern.search(sentence) for pattern in patterns)
