"""Removes boilerplate lines from an article's text: calls to subscribe, labels for screen readers.

Only whole, short lines that match such a phrase are removed, so that a sentence about newsletters in an
article stays.
"""

import re

from corpus.lazy_pattern import lazy_pattern

MAX_LINE = 200
"""The most characters of a boilerplate line; calls to subscribe have 20 to 150."""

_NEWSLETTER = (
    r"(?:(?:free|daily|weekly|morning|evening|our|the|\w+['’]s) ){0,3}(?:\w+ ){0,2}"
    r"(?:news ?letters?|e-?mail alerts?|briefing|digest)"
)
_JOIN = (
    r"(?:subscribe|sign up|sign in|log in|register|create an? (?:free )?account|"
    r"become a (?:member|subscriber))(?: now| today| here| for free)?"
)
_PAYWALLS = (
    rf"(?:please )?{_JOIN}(?: or {_JOIN})?,? (?:to|and) "
    r"(?:continue|keep|read|unlock|access|get (?:full|unlimited) access|view)\b.*",
    r"to (?:continue|keep|finish) reading\b.*",
    r"(?:continue|keep) reading (?:with|by|for|this)\b.*",
    r"(?:this|the) (?:article|story|content|page) is (?:only |exclusively )?"
    r"(?:available (?:only )?(?:to|for)|for|reserved for|exclusive to) "
    r"(?:our )?(?:(?:paid|paying|premium|registered|digital) )?(?:subscribers|members|users)\b.*",
    r"already (?:a|have a|an?) (?:subscriber|member|subscription|account)\b.*",
    r"you(?:['’]ve| have) (?:reached|read|used) .{0,40}(?:free|limit|articles?)\b.*",
    r"(?:unlock|get) (?:unlimited|full) (?:digital )?access\b.*",
    r"subscribe (?:now|today)(?: (?:for|from) .{1,40})?",
    r"(?:subscribers?|subscriptions?) (?:required|only)",
    r"not a subscriber\b.*",
    r"subscribe .{0,60}\bto (?:keep reading|continue|read on)\b.*",
    r"already have an account\b.*",
    r"see all (?:offers|subscription options)",
    r"thanks for reading\b.{0,60}[!.] (?:subscribe|this post is)\b.*",
    r".{1,60} is a reader-supported publication\b.*",
    r"to receive new posts and support (?:my|our) work\b.*",
)
_NEWSLETTERS = (
    r"(?:please )?(?:subscribe|sign up|register)(?: here| now| today| below| free)? "
    rf"(?:to|for) {_NEWSLETTER}\b.*",
    r"(?:get|receive|join) (?:the )?(?:latest|our|top|breaking|daily|all)\b.{0,80}"
    rf"(?:in(?:to)? your inbox|by e-?mail|{_NEWSLETTER})\b.*",
    r".{0,80}\b(?:straight|delivered|directly|sent) (?:directly |straight )?"
    r"(?:in)?to your (?:inbox|e-?mail)\b.*",
    r"(?:follow|like|join|find) us on (?:twitter|x|facebook|instagram|whatsapp|telegram|linkedin|tiktok|"
    r"threads|bluesky|youtube|google)\b.*",
)
_LETTERS = (
    r"(?:un-?subscribe|manage (?:your )?(?:subscription|preferences|e-?mail preferences)|"
    r"update (?:your )?(?:profile|preferences))\b.{0,120}",
    r"(?:you (?:are receiving|received|got) this (?:e-?mail|newsletter|message)|"
    r"this e-?mail was sent to)\b.*",
    r"(?:if you )?(?:no longer|don['’]t|do not) (?:wish|want) to receive (?:these|this|our|any)\b.*",
    r"(?:(?:click|tap) here to )?(?:view|read|open|see) (?:this|it)(?: (?:e-?mail|newsletter|message))? "
    r"(?:in|on) (?:your|a|the) (?:browser|web)\b.*",
    r"view (?:online|in browser)",
    r"view this post on the web\b.*",
    r"our (?:mailing|postal) address is\b.*",
    r"want to change how you receive these e-?mails\b.*",
    r"(?:you can |or )[*\s]*(?:update your preferences|unsubscribe)\b.*",
    r"(?:copyright )?(?:©|\(c\)) ?\d{4}\b.{0,120}",
    r"all rights reserved",
    r"confidentiality notice:.*",
    r"forward (?:this|to a friend)\b.{0,60}",
    r"was this (?:e-?mail )?forwarded to you\b.*",
)
_LABELS = (
    r"advert(?:isement|s|ising)?",
    r"sponsored(?: content)?",
    r"(?:story|article) continues below(?: (?:this )?(?:ad|advert|advertisement))?",
    r"(?:scroll|swipe) (?:down )?(?:to continue|for more)\b.*",
    r"skip (?:past )?(?:advert(?:isement)?|newsletter|promotion)\b.*",
    r"after newsletter promotion",
    r"opens (?:in )?(?:a )?new (?:tab|window)",
    r"share this (?:article|story|page)?",
    r"(?:read|continue|see) (?:more|reading|the (?:full|whole) (?:article|story|post))"
    r"(?: (?:here|online|on our (?:web)?site))?",
    r"close (?:this )?window(?: \| print this page)?",
    r"we (?:and our (?:\w+ )?partners )?use cookies\b.*",
    r"[-–—*]+ ?(?:30|ends) ?[-–—*]+",
    r"#{3,}",
    r"(?:also read|read also|read more|read next|related|see also|must read|don['’]t miss|más información|"
    r"lire aussi|lesen sie auch|mehr zum thema|관련 ?기사)(?: (?:stories|articles))? ?[:|–—-] ?.{1,150}",
    r"(?:got|have) a (?:story|tip|news tip)\b.{0,20}\?.*",
    r"page \d{1,2} of \d{1,2}",
    r"(?:copyright )?ⓒ.*|.*무단 ?전재.*재배포 ?금지.*|.{0,40}無断転載.{0,20}",
    r"for immediate release",
    r"(?:please )?(?:enable|turn on) javascript\b.*",
    r"javascript is (?:disabled|not enabled|required)\b.*",
)
_LINES = lazy_pattern(
    rf"(?:{'|'.join((*_PAYWALLS, *_NEWSLETTERS, *_LETTERS, *_LABELS))})[\s.!:…→»>]*", re.IGNORECASE
)
_REMAINDER = lazy_pattern(r"\s*(?:…|\.\.\.)?\s*\[\+\d[\d,.]*\s*(?:chars|characters)\]")
"""Matches the placeholder of a news API for the rest of a text: `… [+2311 chars]`."""
_NEW_TAB = lazy_pattern(
    r"\s*[,(\[]?\s*\bopens (?:in )?(?:a )?new (?:tab|window)\b(?:\s*[\])])?", re.IGNORECASE
)
"""Matches the text for screen readers after a link, also within a sentence."""


def without_boilerplate(text: str) -> str:
    """The text without boilerplate lines and labels, with empty lines between paragraphs."""
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        lines = [_NEW_TAB.sub("", _REMAINDER.sub("…", line)) for line in paragraph.split("\n")]
        left = [line for line in lines if not is_boilerplate(line)]
        if len(left) == len(lines) or any(line.strip() for line in left):
            kept.append("\n".join(left))
    return "\n\n".join(paragraph for paragraph in kept if paragraph.strip())


def is_boilerplate(line: str) -> bool:
    """Whether the whole line is boilerplate. An empty line is not."""
    line = line.strip()
    return 0 < len(line) <= MAX_LINE and _LINES.fullmatch(line) is not None
