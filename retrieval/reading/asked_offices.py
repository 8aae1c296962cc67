"""Questions for who holds an office, which may have changed since an article was written."""

import re

from corpus.lazy_pattern import lazy_pattern

_ROLE = (
    r"(?:president|prime minister|premier|chancellor|monarch|king|queen|pope|leader|head|mayor|governor"
    r"|(?:foreign |defen[cs]e |finance )?minister|secretary(?: of \w+)?|speaker|ceo|chief|boss"
    r"|chief executive|chair(?:man|woman|person)?|director|owner|captain|coach|manager|champion|richest)"
)
_HOLDS = lazy_pattern(
    rf"\bwho(?:['’]s| is| are)(?: now)? (?:the )?(?:(?!\w+ing\b)[\w.'’-]+ ){{0,4}}?{_ROLE}\b"
    r"|\bwho (?:leads|runs|heads|owns|governs|rules|coaches|manages)\b"
    r"|(?:대통령|총리|회장|사장|대표|장관|시장|지사|감독|의장|교황|국왕|CEO)[은는이가]?\s?"
    r"(?:현재 |지금 )?누구"
    r"|(?:大統領|首相|総理|社長|会長|大臣|市長|知事|監督|代表|議長|教皇|国王|CEO)は?(?:今|現在)?(?:誰|だれ)",
    re.IGNORECASE,
)


def asks_office_holder(question: str) -> bool:
    """Whether it asks who holds an office."""
    return bool(_HOLDS.search(question))
