"""What stands in an article and tells none of its news: links to other pages, bylines, credits, notices.

Patterns of the form, in three languages, each anchored at an end of the sentence or held to a few words, so
that they take linear time. A photo's caption that says nothing of being one is not known from a sentence.
"""

import re

_LINK = re.compile(
    r"(?:»|>>)\s*$|e-?mail to a friend\W*$|^\W*(?:click|tap) here\b"
    r"|^\W*(?:watch|see|view|hear|listen)\b[^.!?]*$",
    re.IGNORECASE,
)
"""A link to a video, photos or another page: pages mark it with », or leave the full stop out."""
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
_CREDIT = re.compile(
    r"\bcontribut(?:ed|es|ing) to (?:this|the) (?:\w+ )?(?:report|story|article|piece)\b\W*$"
    r"|^\W*(?:photo(?:graph)?|image|picture|credit|source|file photo|caption)s?\s*(?:credit|by)?\s*:"
    r"|\((?:AP Photo|Getty|Reuters|AFP|Photo)[^)]{0,80}\)\W*$|\b(?:Getty Images|AP Photo)\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:corrections?|clarification)\b[^:.]{0,40}[:.]"
    r"|\b(?:earlier|previous|prior) version\b.{0,80}\b(?:story|article|report|piece|post|said|stated|"
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
_LONGEST = 300
"""Characters; a longer sentence tells something, whatever else stands in it, unless it is for a machine."""


def is_aside(sentence: str) -> bool:
    """Whether a sentence tells none of its article's news, so that it is never marked as an answer."""
    if _INSTRUCTION.search(sentence):
        return True
    if len(sentence) > _LONGEST:
        return False
    patterns = (_LINK, _CALL, _BYLINE, _CREDIT, _CORRECTION, _EAST)
    return any(pattern.search(sentence) for pattern in patterns)
