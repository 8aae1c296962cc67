"""The phrases of English requests for a count, a list or the newest articles, as patterns."""

import re

from corpus.lazy_pattern import lazy_pattern

OWNER = 60
"""Maximum characters of a name before "articles"; the longest outlet measured has 41."""

NEW = r"(?:latest|newest|most recent|recent|new|current|breaking|fresh)"
KIND = r"(?:news|published|online|different|other|whole|full|top|big|main|biggest)"
NUMBER_WORDS = {word: at for at, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
OLD = r"(?:oldest|earliest)"
LAST = rf"(?:last|past)(?= {NUMBER} )"
ORDER = rf"(?:{NEW}|{OLD}|{NUMBER}|{LAST})"
PLURAL = r"(?:articles|stories|pieces|posts|columns|news items|(?:news )?reports|write-?ups|headlines)"
ARTICLES = rf"(?:(?:{ORDER}|{KIND}) )*{PLURAL}"
ONE = (
    rf"(?:(?:(?:every|each|any|the|a)(?: single)? (?:{KIND} )?(?:{NEW} )?|{NEW} )(?:news )?"
    r"(?:article|story|piece|column))"
)
ME = r"(?: (?:me|us))?"
OPENER = (
    rf"(?:(?:list|show|give|gimme|find|get|display|name|bring|send|pull up|fetch|enumerate"
    rf"|search for|look up){ME}(?: up)?"
    rf"|do (?:you|we) have|have you got|(?:are|is) there|got|you got"
    rf"|(?:i(?:['’]d| would)? )?(?:want|like|need)(?: to (?:see|read|have))?|(?:i['’]?m )?looking for"
    rf"|(?:can|could|may) (?:i|you|we) (?:please )?(?:see|have|list|show|give|find|get|read|display){ME}"
    rf"|(?:let me|i want to) (?:see|read|have)|what are)"
)
LISTED = r"(?:(?:a|the) )?(?:(?:full|complete|whole|short) )?list (?:of|with) "
SOME = rf"(?:(?:all|any|some|more|the|your|of|those|these|my|me|a few|{NUMBER}(?= of )|please) )*"
HAVE = (
    r"(?:(?:that |which )?(?:you have|you['’]ve got|there (?:are|is)|i have)"
    r"|do (?:you|we) (?:have|know)|(?:have|did) you (?:got|found|find)?|can you find"
    r"|(?:are|is|were|was)(?: there)?|exist"
    r"|(?:that |which )?(?:(?:have|has|were|was|are|been) )*(?:published|written|posted|printed)"
    r"|in (?:total|all|(?:the|your|this) (?:corpus|archives?|database|collection|index))"
    r"|altogether|so far|here|right now|now|please|ever|overall|available|lately|these days)"
)
COUNT = lazy_pattern(
    rf"(?:how many (?:of (?:the|your|these) )?{ARTICLES}"
    rf"|(?:what(?:['’]s| is) )?(?:the )?(?:total )?(?:number|count) of (?:all )?(?:the |your )?{ARTICLES}"
    rf"|count (?:up )?(?:all )?(?:of )?(?:the |your )?{ARTICLES})\b",
    re.IGNORECASE,
)
COUNT_OWNED = lazy_pattern(
    rf"how many (?:of )?(?P<owner>[^?!]{{1,{OWNER}}}?)(?P<of>['’]s?)? {ARTICLES}\b", re.IGNORECASE
)
OLDEST = lazy_pattern(
    rf"(?:(?:{OPENER}|what(?:['’]s| is| was| were)|which(?: is| are)?) )?{SOME}"
    rf"(?:{NUMBER} )?{OLD} (?:{NUMBER} )?(?:news )?(?:{PLURAL}|article)\b",
    re.IGNORECASE,
)
LIST = lazy_pattern(
    rf"(?:(?:{OPENER} )?(?:{LISTED})?{SOME}{ARTICLES}|(?:which|what) {ARTICLES}"
    rf"|(?:{OPENER} )?{ONE}"
    rf"|(?:{OPENER} )?(?:{LISTED})?(?:everything|anything|whatever|all)(?: (?:you have|there is|that is|new"
    rf"|(?:you have )?(?:written|published)))?)\b",
    re.IGNORECASE,
)
ALL = lazy_pattern(
    rf"\b(?:list|recent|all|every|each|latest|newest|most recent|{OLD}|everything|(?:last|past) {NUMBER})\b",
    re.IGNORECASE,
)
NEWS = lazy_pattern(
    rf"(?:what(?:['’]?s| is| are)(?: all)? (?:new|the news"
    rf"|the {NEW}(?: (?:news|headlines|stories|updates?))?|the (?:top )?(?:headlines|stories)"
    r"|in the (?:news|headlines|papers?)|making (?:the )?(?:news|headlines)"
    r"|the (?:word|buzz))"
    r"|what(?:['’]?s| is| are) (?:everyone|everybody|people) talking about"
    rf"|(?:(?:is|are) there |do you have |have you got |got |you got |i want |give me |show me |tell me )?"
    rf"(?:any(?:thing)?|some|something|more)(?: {NEW})?(?: (?:news|updates?|headlines|developments)| new)"
    rf"|(?:(?:give|show|get|tell|read|send|bring|list|find){ME} |(?:i(?:['’]d like| want)(?: to see)? ))?"
    rf"(?:(?:the|all|me|your|some) )*(?:(?:{NEW}|{KIND}|world|daily|important|hottest|\d{{1,3}}) )*"
    rf"(?:news(?: (?:headlines|stories|articles|updates?))?|headlines|updates|top stories"
    rf"|latest(?: (?:stories|articles))?)"
    rf"|(?:is|are) there (?:{NEW} )?news"
    r"|(?:what (?:did|have) (?:i|we) miss(?:ed)?|catch me up|bring me up to (?:speed|date)))\b",
    re.IGNORECASE,
)
_ON = r"(?:going on|happening)"
_ANYTHING_ON = rf"(?:is )?(?:there )?(?:anything|something)(?: {NEW}| interesting| big)? {_ON}"
GOING_ON = lazy_pattern(
    rf"(?:what(?:['’]?s| is| has been) {_ON}|{_ANYTHING_ON})"
    r"(?: (?:right now|now|lately|these days))?[\s?!.]*\Z",
    re.IGNORECASE,
)
WORLD = lazy_pattern(
    rf"(?:what(?:['’]?s| is)(?: been)? (?:{_ON}|up|new|the (?:news|latest))"
    rf"|{_ANYTHING_ON}"
    r"|what (?:was|were|has been|got) (?:published|posted|printed|written|in the (?:news|papers?))"
    r"|(?:any(?:thing)? )?news|headlines|what (?:has )?happened)"
    r"(?P<all> (?:in|around|across|from|of) (?:the|this|our) (?:whole )?(?:world|news|globe))?\b",
    re.IGNORECASE,
)
HAPPENED = lazy_pattern(
    r"what (?:(?:has )?happened"
    r"|(?:was|were|has been|got) (?:published|posted|printed|written|in the papers?))\b",
    re.IGNORECASE,
)
LATELY = lazy_pattern(
    r" (?:today|yesterday|tonight|this (?:week|morning|afternoon|evening)|last (?:night|week))[\s?!.]*\Z",
    re.IGNORECASE,
)
ABOUT = lazy_pattern(
    r"(?:(?:that|which|who) )?(?:(?:is|are|was|were) )?"
    r"(?:mention(?:s|ed|ing)?|about|regarding|concerning|(?:related|relating|referring) to|refers? to"
    r"|(?:contain|includ|discuss|featur|cover)(?:e?s|ed|ing|e)?|talk(?:s|ed|ing)? about"
    r"|(?:have|has|with|say|use|using|having) (?:the )?(?:words?|name|phrase|term)"
    r"|on(?: the (?:topic|subject) of)?|covering|dealing with|deals? with|wr(?:ite|ote|itten) about)"
    r" (?:the (?:words?|name|phrase|term|topic|subject)(?: of)? )?",
    re.IGNORECASE,
)
WITH = lazy_pattern(r"with ", re.IGNORECASE)
OUT_OF = lazy_pattern(r"(?:from|in|out of|around) ", re.IGNORECASE)
"""Joins "news" and a place: "any news from Gaza"."""
NEWSY = lazy_pattern(r"(?:news|updates?|headlines|developments)\Z", re.IGNORECASE)
_BEEN = r"(?:(?:that |which )?(?:(?:is|are|was|were|have been|has been) )?"
BEFORE_DATE = lazy_pattern(
    rf"{_BEEN}"
    r"(?:published|posted|written|printed|dated|out|released|reported) )?"
    r"(?:(?:from|in|on|of|for|during|within|over|between|around|at|all) )?(?:the )?",
    re.IGNORECASE,
)
BEFORE_NAME = lazy_pattern(
    rf"{_BEEN}"
    r"(?:published|posted|written|printed|reported|released|authored|penned) )?"
    r"(?P<sure>by|from|via)?(?(sure)|(?:in|on|of|at))(?: both| either| author| journalist)? [\"“‘']?",
    re.IGNORECASE,
)
THE = lazy_pattern(r"the ", re.IGNORECASE)
AND = lazy_pattern(
    r"[\"”’']?(?:, ?(?:and |or )?| and | or | ?& ?)(?:(?:by|from|in) )?[\"“‘']?", re.IGNORECASE
)
DID = lazy_pattern(r"(?:(?:that|which) )?(?P<did>(?:did|has|have|does|do) )?", re.IGNORECASE)
PUBLISH = lazy_pattern(
    r" (?:publish(?:e[sd])?|wr(?:ite|ote|itten)|r[ua]n|post(?:ed)?|print(?:ed)?|put out|have)\b",
    re.IGNORECASE,
)
PUBLISHED = lazy_pattern(
    r" (?:(?:has|have|had|also) )*(?:published|wrote|written|ran|posted|printed|put out)\b", re.IGNORECASE
)
"""What follows a name after which "everything" or "articles" is left out: "everything Ann Lee wrote"."""
HAVING = lazy_pattern(rf"{HAVE}(?![\w'’])", re.IGNORECASE)
BY = lazy_pattern(
    r"(?:(?:that (?:were|are) )?(?:written|published|posted|authored|penned) )?by ", re.IGNORECASE
)
BYLINE = lazy_pattern(r"(?:the )?[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}")
OWNED = lazy_pattern(
    rf"(?:(?P<head>(?:{OPENER} )?(?:{LISTED})?{SOME}(?:every )?))"
    rf"(?P<owner>[^?!]{{1,{OWNER}}}?)(?P<of>['’]s?)? "
    rf"(?P<what>(?:(?:{ORDER}|{KIND}) )*"
    rf"(?:news(?: (?:articles|stories))?|{PLURAL}|article|story|coverage))\b",
    re.IGNORECASE,
)
NO_NEWS = lazy_pattern(
    r"(?:fake|bad|good|great|sad|old|big|no|more|best|worst|funny|first|local|front|what|which|how|who|why|my|our)\b",
    re.IGNORECASE,
)
"""Words before "news" or "articles" that tell their kind and not their subject."""
ORDERED = lazy_pattern(rf"(?:the )?(?:{NUMBER} )?(?:{NEW}|{OLD}|{LAST}) (?:{ORDER} )*", re.IGNORECASE)
ORDERS = lazy_pattern(rf"\b(?:(?P<most>{NUMBER})|(?P<oldest>{OLD}))\b", re.IGNORECASE)
ANY = lazy_pattern(r"(?:any|some|more|the) ", re.IGNORECASE)
WHOSE = lazy_pattern(
    r"(?:(?:which|what) (?:news )?(?P<outlets>outlets?|sources?|(?:news)?papers?|publications?|websites?)"
    r"|(?:which|what) (?:authors?|journalists?|reporters?|writers?)|who)(?: else)?(?: (?:has|have|had|also))*"
    r" (?:wr(?:ote|itten|ite)(?: (?:anything|articles?|stories|most))?(?= about\b)"
    r"|(?(outlets)(?:(?:report|publish)(?:e?[sd])?(?= (?:about|on)\b)|(?=mention|cover|discuss))|(?!)))",
    re.IGNORECASE,
)
"""Asks who wrote about a subject. Only of outlets, "reported" and "covered" tell of articles."""
OUTPUT = lazy_pattern(r"what (?:did|has|have) ", re.IGNORECASE)
SPACE = lazy_pattern(r"[\s,;:.!?\"”’')]*")
SIGN = lazy_pattern(r"[\s,;:]*")
WORD = lazy_pattern(r"\S+")
ASKS = lazy_pattern(
    r"\b(?:is|are|was|were|am|be|did|do|does|has|have|had|will|would|can|could|should|what|when|where|why|how|who"
    r"|whom|whose|which|whether|if|that)\b|\?",
    re.IGNORECASE,
)
"""Shows that a subject is a sentence, about which something is asked."""
NO_SUBJECT = frozenset(
    "the a an this that these those it him her them me you us its his their your my same one ones all of"
    " topic subject thing things world news anything something everything today now".split()
)
"""Words that name no subject."""
LEFT_OUT = lazy_pattern(r"\b(?:but|not|except(?: for)?|excluding|without)\Z", re.IGNORECASE)
"""Ends a subject if what is left out is not one of its words: "Google but not from The Verge"."""
QUOTED = lazy_pattern(r"[\"“‘'][^\"”’]+[\"”’']\Z")
