"""Courtesies before and after an English question: greetings, pleas, thanks, "can you tell me"."""

import re

from corpus.lazy_pattern import lazy_pattern

WINDOW = 60
"""Characters at the end that are searched for a closing; the longest has about 40."""

_WH = r"(?:who|whom|whose|what|when|where|which|why|how)(?:['’]?(?:s|re|d|ll))?"
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|isn['’]t|aren['’]t|wasn['’]t"
    r"|didn['’]t|doesn['’]t|don['’]t|hasn['’]t|haven['’]t)"
)
_ASKING = (
    rf"(?:(?:{_WH}|{_AUXILIARY})\b(?!-)"
    r"|(?:about|after|at|by|during|for|from|in|of|on|to|under|with) (?:how|which|what|whom|whose)\b)"
)
ASKS = lazy_pattern(rf"{_ASKING}(?!\W*\Z)", re.IGNORECASE)
"""How a question begins."""
ASKS_LAST = lazy_pattern(
    r"\b(?:what|which|whom?|whose|where|when|how (?:many|much|long|far|old))(?: [\w'’-]+){0,2}\Z",
    re.IGNORECASE,
)
"""How a question ends that has its question word last: "The bombing took place in which year"."""

_SOFT = (
    r"(?:(?:please|pls|plz|kindly|maybe|possibly|perhaps|just|also|really|only|quickly|even|actually|kinda"
    r"|now"
    r"|honestly|still|so) )"
)
_YOU = r"(?:(?:you|u|ya|someone|somebody|anyone|anybody)(?: guys| all| here)?|any of you|one of you)"
_INFORMATION = (
    r"(?:(?:some|any|more|a bit of|all|the|a) )?(?:info|information|details|facts|background|low-?down"
    r"|run-?down|scoop|skinny)"
)
_TELL = (
    r"(?:tell (?:me|us)|explain(?: to (?:me|us))?|show (?:me|us)|remind (?:me|us)|inform (?:me|us)|say"
    r"|let (?:me|us) know|answer(?: (?:me|us|this|my question))?|help (?:me|us)(?: to)? (?:understand"
    r"|find out|figure out|learn|remember)|clarify"
    r"|find out|look up|figure out|check|recall|remember|give (?:me|us) (?:an idea of|an answer on"
    r"|an answer to))"
)
_TELL = rf"(?:{_TELL}|(?:give|gimme|get|find|send)(?: me| us)? {_INFORMATION})"
_TELLING = r"(?:telling (?:me|us)|explaining(?: to (?:me|us))?|letting (?:me|us) know|reminding (?:me|us))"
_LEARN = (
    rf"(?:know|learn|hear|find out|understand|figure out|remember|see|ask(?: you)?|be told"
    rf"|(?:get|have|find) {_INFORMATION})"
)
_IF_YOU = (
    rf"(?:(?:if|whether|that) )?{_YOU} {_SOFT}?(?:can|could|might|would|may|will|happen to|are able to)"
    rf"(?: be able to)? {_SOFT}*"
)
_I = r"(?:i|we)"
_AM = rf"(?:{_I} (?:am|was|are|were|have been|had been)|i['’]?m|we['’]re|i['’]?ve been|im)"
_ABOUT = r"(?:about|regarding|concerning|on the subject of|on the topic of)"
_ANSWER = (
    r"(?:name|names|number|date|day|time|year|reason|cause|age|place|amount|title|location|score|result"
    r"|outcome"
    r"|winner|cost|price|details|facts|size|length|identity)"
)

_FRAME = (
    # Can you please tell me …
    rf"(?:can|could|would|will|cud|may) {_YOU} {_SOFT}*(?:be able to {_SOFT}*|happen to )?{_TELL}"
    rf"|would {_YOU} mind {_TELLING}"
    rf"|(?:is it|would it be) possible (?:for you )?to {_SOFT}*(?:{_TELL}|{_LEARN})"
    rf"|(?:can|could|may|might) (?:i|we) {_SOFT}*(?:{_LEARN}|be told)"
    rf"|(?:do you )?mind if (?:i|we) ask(?: you)?"
    rf"|(?:do you think|any chance|is there any chance|is there a chance) (?:that )?{_IF_YOU}(?:{_TELL}|know)"
    rf"|(?:any chance|is there any chance) (?:that )?{_YOU} {_SOFT}?know"
    rf"|(?:it['’]?s|it would be|it['’]d be|would be) (?:great|nice|good|lovely|awesome"
    rf"|helpful) {_IF_YOU}{_TELL}"
    rf"|(?:{_I} would|{_I}['’]d) {_SOFT}*(?:be (?:very |so |really )?grateful|appreciate it) {_IF_YOU}{_TELL}"
    # Do you know …
    rf"|(?:do|does|did|would) {_YOU} {_SOFT}*(?:happen to )?(?:know|remember|recall|have (?:any|an"
    rf"|a) (?:idea|clue))"
    rf"|(?:have|has) {_YOU}(?: got)? (?:any|an) (?:idea|clue)"
    rf"|(?:have |got )?any (?:idea|ideas|clue)"
    # I was wondering …
    rf"|{_AM} {_SOFT}*(?:wondering|curious(?: to know)?|asking(?: myself)?|interested (?:to know|in knowing"
    rf"|in)"
    rf"|trying to {_LEARN}|not sure|unsure|dying to know|looking to {_LEARN})"
    rf"|(?:{_AM} )?{_SOFT}*(?:wondering|hoping|curious|grateful|asking) {_IF_YOU}(?:{_TELL}|know|remember)"
    rf"|{_I} {_SOFT}*(?:wonder(?: {_IF_YOU}(?:{_TELL}|know|remember))?|forgot|have no idea|don['’]?t know"
    rf"|do not know|can['’]?t remember|wanted to {_LEARN}|wondered|hope {_IF_YOU}{_TELL})"
    # I want to know …
    rf"|(?:{_I} {_SOFT}*(?:want|need|wish|would (?:like|love)|wanna|would be glad|have)|(?:i"
    rf"|we)['’]d {_SOFT}*"
    rf"(?:like|love)|id (?:like|love)|wanna) {_SOFT}*(?:(?:you )?to {_SOFT}*)?(?:{_LEARN}|{_TELL})"
    rf"|{_I} {_SOFT}*(?:want|need|would (?:like|love)) {_INFORMATION}"
    rf"|{_I} (?:have|['’]ve got|got) (?:a|one|another) (?:(?:quick|small|short|little|simple) )?question"
    rf"|{_I} need help (?:understanding|finding out|figuring out)"
    # Tell me …
    rf"|{_TELL}"
)
_COMPLEMENT = (
    rf"[:,]? (?:(?:please|pls|plz|exactly) )?(?:(?:a bit |a little |some )?(?:more |something |anything "
    rf"|everything )?"
    rf"(?:(?:{_ABOUT}|(?<=[nopsy] )on) |as to (?={_WH}\b))|(?:whether or not|whether|if) (?!(?:i|you|we)\b)"
    rf"|(?={_ASKING})|(?=the {_ANSWER}\b))"
)
"""What must follow a frame: "tell me about", "tell me why", but not "tell me a story"."""

_FRAMED = (
    rf"(?:{_SOFT})?(?:(?:{_FRAME}),?{_COMPLEMENT}"
    rf"|(?:what|anything) (?:do|can|could|would) {_YOU} (?:know|tell (?:me|us)|say) about "
    rf"|(?:can|could|may) (?:i|we) {_SOFT}?(?:get|have) {_INFORMATION} (?:on|about) "
    rf"|(?:do {_YOU} have|have {_YOU}(?: got)?|got|is there|{_I} (?:want|need)|need|want) "
    rf"{_INFORMATION} (?:on|about) "
    rf"|{_AM} {_SOFT}?looking for {_INFORMATION} (?:on|about) )"
)

_BOT = (
    r"(?:(?:(?:dear|mr\.?|mister|mrs\.?|ms\.?|miss) )?@?(?:bot|newsbot|newsdesk|chatbot|news bot|news desk)"
    r"|robot)"
)
_ASSISTANT = r"(?:claude|chat ?gpt|copilot|grok|siri|alexa)"
"""Assistants whose names people type out of habit; others may have these names, so a mark must follow."""
_PEOPLE = r"(?:there|all|everyone|everybody|guys|folks|team|friend|friends|again|buddy|mate|man|dude|bro)"
_GREETING = (
    r"(?:hey+|hi+|hiya|heya|hello+|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|dear"
    r"|sup|hullo|morning|evening)"
)
_FILLER = (
    r"(?:ok(?:ay)?|alright|well|um+|uh+|uhm+|hm+|er+m*|ah+|oh|so|sorry|excuse me|pardon me|thanks|thank you"
    r"|thx"
    r"|sorry to (?:bother|trouble|disturb) you|please|pls|plz|pretty please|btw|by the way"
    r"|(?:just )?curious|(?:just )?wondering|just out of curiosity|out of curiosity|just asking|honestly"
    r"|(?:(?:just )?(?:a|one) )?(?:(?:quick|small|dumb|noob|stupid|silly|simple|random|short|serious"
    r"|genuine) )?question"
    r"(?: for (?:you|the bot|everyone))?|quick one|quick q|if (?:you|i) (?:can|could|may|don['’]?t mind|know)"
    r"|if possible|if it['’]?s ok(?:ay)?|when you (?:have|get) (?:time|a (?:moment|minute|second|chance))"
    rf"|{_I} (?:have|got) (?:a|one|another) (?:(?:quick|small|short|simple) )?question(?: for you)?"
    r"|(?:can|could|may) i ask (?:you )?(?:something|a (?:quick )?question)|help|need help"
    r"|(?:i )?hope you(?:['’]re| are) (?:all )?(?:well|good|doing (?:well|good|fine))"
    r"|(?:i )?hope (?:this|that|all|everything|my)(?: (?:\w+ ){0,2}(?:finds you|is(?: going)?))?"
    r" (?:well|fine|good)"
    r"|(?:can|could|would|will) (?:you|someone|anyone) (?:please )?help(?: me| us)?(?: out)?(?: (?:with"
    r"|on) (?:a|this|my) question)?"
    r"|(?:(?:a|an|one|the|and|now) )?"
    r"(?:different|another|new|next|other|unrelated|separate|last|final|one more|one last)"
    r" (?:question|topic|subject)(?: now)?|(?:now )?(?:for |on )?something (?:else|different)"
    r"|chang(?:e|ing) (?:of |the )?(?:topic|subject)"
    r"|(?:sorry|sry|apologies) for (?:the|a|my|another) (?:[^\W_]+ )?question|q|in (?:short|brief"
    r"|a nutshell|one sentence)"
    r"|briefly|basically|short answer(?: please| pls)?|(?:thanks|thank you|thx) in advance"
    r"|(?:i['’]?m )?not sure if (?:[^\W_]+ ){1,8}?(?:[^\W_]+)(?=,? but )"
    r"|wait(?: what)?|hang on|hold on|yes or no(?: question)?|yes ?/ ?no"
    r"|how are you(?: (?:doing|today))?|eli5|for (?:real|me)|like|anyway|asking for a friend|my question is"
    r"|omg|lmao|rofl|wtf|fyi|psa|smh|tbh|ngl|imo|imho|asap"
    r"|(?:breaking(?: news)?|urgent)(?=\s?[,!.:;…–—-])"
    r"|(?:answer |reply )?in (?:plain |simple )?[a-z]{4,12},? (?:please|pls|plz)"
    r"|explain (?:it |this )?(?:to me )?like i['’]?m (?:an? )?(?:5|five|ten|12|child|kid|baby|dumb|stupid)"
    r"(?: years? old)?"
    r"|(?:(?:only |just )?(?:using|with|from|based on)|(?:using|from) only|based (?:only|solely) on)"
    r" (?:only )?(?:the|your|these|those) (?:articles?|sources?|news|corpus|documents?|context|archive)"
    r"(?: (?:you have|provided|given|above|below))?)"
)
_STOP = (
    r"(?:a|an|the|in|on|at|by|for|from|to|of|with|after|before|during|according|i|it|his|her|their|one|two)"
)
_FOLLOWED = (
    rf"(?:(?: ?[!.:;…?]+| [-–—]+| ?[,]+)? (?={_ASKING})"
    rf"|(?: ?[!.:;…?]+| [-–—]+) (?=\w)|(?: ?[,]+)? (?={_FRAMED})"
    rf"|(?: ?[,!.:;…?]+| [-–—]+)? (?=@(?:bot|news)|tl;? ?dr\b)"
    rf"| ?,+ (?=(?:{_GREETING}|{_FILLER}|{_BOT})\b)| ?,+ (?=(?:but )?(?:{_STOP}\b|(?-i:[a-z]))))(?:but )?"
)
"""What must follow a greeting or a filler, which may otherwise be a name: "Hello Kitty"."""

_PLAIN = lazy_pattern(
    r"(?:wh(?:o|om|ose|ere|ich|y)|when(?! you\b)|how(?! are you\b)|what(?! (?:do|can|could|would) ))\b",
    re.IGNORECASE,
)
"""Beginnings of most questions, with which no courtesy begins."""
_OPENING = lazy_pattern(
    rf"(?:{_FRAMED}"
    r"|(?:[/!](?:ask|search|news)|newsdesk ask) "
    r"|@(?:bot|newsbot|newsdesk)\b(?: ?[,!.:;…?]+| [-–—]+)? ?"
    rf"|{_GREETING},? {_BOT}(?: team)?(?=\W)(?: ?[,!.:;…?]+| [-–—]+)? ?(?!farm|net\b)"
    rf"|(?:{_GREETING}(?:,? {_PEOPLE})?|{_BOT}|{_FILLER}){_FOLLOWED}"
    rf"|(?:{_GREETING},? )?{_ASSISTANT}(?: ?[,:!…]+| [-–—]+) (?={_ASKING}|{_FRAMED})"
    rf"|(?-i:BREAKING|URGENT) (?={_WH}\b)"
    r"|(?:pls|plz|tl;? ?dr|tldr)\b(?: ?[,:!.;…-]+)?(?: (?:of|on|about|for))? "
    rf"|(?:ok(?:ay)?|well|so|and|alright|oh|hm+|um+|uh+),? (?={_GREETING}\b|{_FILLER}{_FOLLOWED}))",
    re.IGNORECASE,
)

_THANKS = (
    r"(?:thanks?(?: ?(?:you|u))?|thx|thanx|tks|tnx|many thanks)(?: (?:so|very) much| a lot| a (?:bunch"
    r"|million|ton)"
    r"| loads| again| in advance| for (?:your|the|any) (?:help|time|answer)){0,2}"
)
_PLEA = r"(?:pretty please|please|pls|plz|plse)"
_APART = (
    rf"(?:{_BOT}|ty|tyvm|tysm|tia|cheers|ta|lol|lmao|omg|fyi|urgent|haha+|kthx(?:bye)?|dude|bro|mate|man|buddy|friend|guys"
    rf"|anyone|ok(?:ay)?"
    r"|do you know|does anyone know|do you happen to know|any idea|any ideas|any clue|you know|hm+|asap"
    r"|(?:can|could|would) you (?:please |pls )?(?:tell me|help(?: me)?(?: out)?|explain|answer(?: that"
    r"| this)?)"
    r"|tell me|just (?:curious|wondering|asking)|i['’]?m (?:just )?(?:curious|wondering)|i wonder"
    r"|asking for a friend"
    r"|tl;? ?dr|tldr|much appreciated|(?:i )?appreciate it|i(?:['’]d| would) appreciate (?:it|your help)"
    r"|if (?:you|i) (?:can|could|may|don['’]?t mind|know)|if possible|if it['’]?s (?:ok(?:ay)?|possible)"
    r"|help|help me|i (?:need|want|would like|have) to know|i(?:['’]d| would) (?:like|love) to know|greetings"
    r"|(?:please|pls|plz) (?:and thank you|answer|help|explain|tell me)|(?:(?:kind|best|warm) )?regards"
    r"|best|do (?:you|u)"
    r"|i(?:['’]d| would) really (?:like|love) to know|if (?:you|i) (?:don['’]?t mind (?:me )?(?:asking"
    r"|my asking)|may ask)"
    r"|(?:many )?(?:best|kind|good|warm) wishes|(?:yours )?(?:sincerely|truly|faithfully)"
    r"|bye|have a (?:nice|good|great) (?:day|one|evening)"
    r"|(?:answer |reply )?in (?:plain |simple )?[a-z]{4,12},? (?:please|pls|plz)|in short|in brief|for me"
    r"|eli5)"
)
"""Words that are courtesies only when they are set apart from the question: "who starred in Cheers?"."""
_SPOKEN = (
    r"(?<!\bsay )(?<!\bsaid )(?<!\bsays )(?<!\bsaying )(?<!\bgive )(?<!\bgave )(?<!\bgiven )(?<!\bgiving )"
    r"(?<!\bword )(?<!\bwords )(?<!\bcalled )"
    r"(?<!\btitled )(?<!\bnamed )(?<!\ba )(?<!\bno )(?<!\bof )(?<!\bto )(?<!\bthe )(?<!\bget )(?<!\bgot )"
    r"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\band )(?<!\bwith )(?<!\bwithout )(?<!\bfor )(?<!\bwrite )"
    r"(?<!\bwrote )(?<!\boffer )(?<!\boffered )(?<!\bin )(?<!\bor )(?<!\bexpress )(?<!\bwould )"
)
"""Words after which thanks are part of the question."""
_PLEASED = (
    r"(?<!\bsay )(?<!\bsaid )(?<!\bsays )(?<!\bsaying )(?<!\bword )(?<!\bcalled )(?<!\btitled )(?<!\bnamed )"
    r"(?<!\bthe )(?<!\ba )(?<!\bto )(?<!\band )(?<!\bor )(?<!\bwould )(?<!\bcould )(?<!\bwrite )"
)
"""Words after which "please" is part of the question, or a verb; after "of" and "for" it is a courtesy."""
_MEANT = r"(?<!\bmeaning of )(?<!\bmean by )(?<!\bword )(?<!\bis )"
"""Words after which the question is about the word "pls" itself."""
_SIGNED = (
    r"(?:(?:(?:best|kind|warm|many) )?(?:regards|wishes|thanks)|thank you|cheers|best|sincerely|greetings"
    r"|yours(?: sincerely| truly| faithfully)?),? (?-i:[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’.-]{0,20}){0,2})"
)
"""A courtesy with a name below it, as at the end of a letter."""
_AFTER = r"(?<=[\w)\]\"'”’%$]) "
_CLOSING = lazy_pattern(
    rf"(?:(?:(?<=(?-i:[?!.,;…)\u2600-\u27bf\U0001f000-\U0001faff])) ?(?:and |so |or )?|(?<= [-–—]) "
    r"|(?:(?<=\bthx)|(?<=\bpls)|(?<=\bplz)|(?<=\bthanks)|(?<=\bplease)) )"
    rf"(?:{_THANKS}|{_PLEA}|{_APART})"
    rf"|(?<=[?!.,;…]) ?{_SIGNED}"
    rf"|{_AFTER}{_SPOKEN}(?-i:{_THANKS}|(?<=[A-Z][A-Z] )(?:PLEASE|THANKS|THANK YOU))"
    rf"|{_AFTER}{_PLEASED}(?-i:(?:pretty )?please)"
    rf"|{_AFTER}{_MEANT}(?:pls|plz|plse|thx)"
    r"|(?<!\banswer)(?<!\bvote)(?<!\bvoted)(?<!\bsay)(?<!\bsaid)(?<!\bis)"
    r",? \(?(?:yes or no|yes ?/ ?no|y/n)\)?"
    r"| \((?:tl;? ?dr|tldr|please|pls|thanks|thx)\)"
    rf"|{_AFTER}{_SPOKEN}(?-i:tl;dr|tldr|lol|LOL|asap|ASAP|lmao|omg|OMG|fyi|FYI"
    r"|if you (?:can|know|don['’]?t mind)|if possible|does anyone know"
    r"|(?:can|could) you (?:please )?(?:tell me|help(?: me)?)|any ideas?))\Z",
    re.IGNORECASE,
)


def opening(text: str, start: int) -> int:
    """The end of the courtesy that begins at `start`; `start` if there is none."""
    found = None if _PLAIN.match(text, start) else _OPENING.match(text, start)
    return found.end() if found else start


def closing(text: str, start: int, end: int) -> int:
    """The beginning (at least `start`) of the courtesy that ends at `end`; `end` if there is none."""
    found = _CLOSING.search(text, max(start, end - WINDOW), end)
    return found.start() if found else end
