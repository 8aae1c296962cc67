"""Names and eras that look like English dates: "Black Friday", "USA Today", "9/11"."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import WEEKDAY

_NAMES = lazy_pattern(
    "|".join(
        rf"\b(?:{names})"
        for names in (
            r"(?:USA|Psychology|Russia|India|Business|Christianity|Israel|Medical News) Today\b",
            r"(?:The )?Today (?:show|programme|program)\b",
            r"today['’]s (?:world|society|age|era|terms|money|standards|dollars|teens|youth|children|kids)\b",
            rf"(?:black|super|bloody|cyber|good|giving|ash|fat|holy|palm|easter|ruby|happy) {WEEKDAY}",
            rf"{WEEKDAY} (?:night (?:football|live|lights|dinner)|times|telegraph|mirror|mail|post)\b",
            rf"{WEEKDAY} (?:business|people|herald|independent|mercury|express|the 13th|evening post)\b",
            r"mail on sunday\b|wednesday addams\b",
            r"sept(?:ember|\.)? 11(?:th)?,? (?:attack|terror|hijack|victim|memorial|commission|plot)",
            r"jan(?:uary|\.)? 6(?:th)? (?:committee|riot|attack|hearing|insurrection|panel|case|commission)",
            r"oct(?:ober|\.)? 7(?:th)? (?:attack|massacre|assault)",
            r"(?:4th|fourth) of july\b|july (?:4th|fourth)\b|cinco de mayo\b|may day\b",
            r"march madness\b|march on \w+|october (?:revolution|war|surprise|crisis)\b|august rush\b",
            r"(?:class|area|route|highway|flight|boeing|airbus|agenda|vision|expo|euro|project|article|section"
            r"|room|channel|windows|blade runner) (?:of )?(?:19|20)\d\d\b",
            r"the (?:last|past) (?:day|week|month|year)s? (?:of|in which)\b",
        )
    ),
    re.IGNORECASE,
)


def mask_lookalikes(text: str) -> str:
    """The text with such names replaced by underscores, without changing positions."""
    return _NAMES.sub(lambda found: "_" * len(found[0]), text)
