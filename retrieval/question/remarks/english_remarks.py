"""English remarks to a bot that are not questions about the news, in lower case without punctuation."""

from retrieval.question.remarks import privacy_questions, source_questions
from retrieval.question.remarks.english_bot_questions import ABILITY, BOT, COUNT, IDENTITY, LANGUAGE, YOU
from retrieval.question.remarks.remark_patterns import RemarkPatterns

_YOU_ARE = r"(?:you'?re|you are|ur|u r|u are)"
_IT_IS = r"(?:this is|this'?s|that'?s|that is|that was|it'?s|it is|it was)"
_VERY = r"(?: (?:so|such|very|really|an?|the|pretty|just|quite|too|completely|totally|absolutely|fucking))*"
_IT = (
    r"(?:it|this|that|them|these|those|everything|all|all of (?:it|this|that)|what you (?:said|found)"
    r"|(?:the|this|that|your|these|those)(?: (?:last|first|whole|previous|above|latest))?"
    r" (?:answers?|articles?|texts?|quotes?|messages?|news|above|story|stories|results?|page|passages?))"
)
_FORM = (
    rf"(?:in(?:to)?|to|as|with|using) (?:{LANGUAGE}|your own words|other words|different words|(?:an?|one"
    r"|two|three|four|five|a few|few|[1-9][0-9]?)(?: (?:short|simple|single|brief))?"
    r" (?:sentences?|words?|lines?|points?|paragraphs?|bullets?|bullet points?|poem|list|tweet|table"
    r"|nutshell)"
    r"|(?:simple|simpler|plain|easy|layman'?s) (?:terms|words|language)|bullet points|bullets|short|brief)"
)
_GENRE = (
    r"(?:poems?|story|stories|jokes?|songs?|essay|article|report|tweet|post|haiku|rap|speech|letter|e ?mail"
    r"|text|fun fact|limerick|blog post|riddle|picture|image|code|script|lie|secret|bedtime story)"
)
_NOT_RIGHT = (
    r"(?:not (?:(?:at all |really |very )?(?:true|right|helpful|correct|useful|good)"
    r"|what i (?:asked|meant|wanted?|said)(?: for)?|an answer|the answer|funny|it"
    r"|(?:the|my) question|that(?: (?:one|article|story|person|guy))?"
    r"|the (?:right )?one(?: i (?:meant|wanted?))?))"
)
_BAD = (
    r"(?:stupid|useless|dumb|bad|terrible|awful|horrible|wrong|incorrect|rubbish|garbage|trash|crap|shit"
    r"|shitty|broken|idiot|moron|slow|annoying|boring|ridiculous|pathetic|liar|lying|nonsense|bullshit"
    rf"|the wrong (?:one|article|story|person|guy)|worst|fake|no help|no good|hopeless|{_NOT_RIGHT})"
)
_GOOD = (
    r"(?:good|great|awesome|amazing|cool|nice|smart|clever|helpful|useful|perfect|excellent|brilliant"
    r"|fantastic|wonderful|best|cute|funny|impressive|fun|lovely|correct|right|fast|neat|interesting|sweet)"
)
PATTERNS = RemarkPatterns(
    {
        "okay": (
            r"ok(?:ay|ie|ey|ies)?|k|kk|yes|yeah|yea|yep|yup|sure(?: thing)?|fine|all ?right"
            r"|no,? (?:thanks?(?: you)?|thx|ty)|not now"
            r"|that'?s (?:right|fine|ok(?:ay)?|all|it)|i see|i understand|i know|(?:i )?got it|gotcha"
            r"|understood|makes sense|fair enough|true|lo+l|lmf?ao|rofl|(?:ha){2,}h?|(?:he){2,}|x+d+|hm+|m+"
            r"|w{2,}"
            r"|uh huh|aha|oh+|ah+|whoa|wow|omg|oh my god|interesting|never ?mind|nvm"
            r"|forget (?:it|that)|no worries|no problem|np|(?:i'?m |so |very )?sorry|my bad|oops|idk"
            r"|i don'?t know|not sure|maybe|good to know|that'?s all|nothing(?: else)?|you'?re welcome"
            r"|i'?m (?:fine|good|ok(?:ay)?|great|well|bored|back)|i am (?:fine|good|ok(?:ay)?|great|bored)"
            r"|(?:i'?m )?just (?:testing|kidding|joking)|jk|same|agreed|i agree|exactly|of course|whatever"
            r"|go ahead|let'?s go"
            r"|stop(?: (?:it|that|now))?"
            r"|poor (?:guy|man|woman|girl|boy|kid|thing|people|him|her|them)|so sad"
            r"|how (?:sad|awful|terrible|nice|funny|weird|strange|interesting)"
            r"|good for (?:him|her|them|you)|r ?i ?p|what a (?:shame|pity|mess)"
            rf"|what an?{_VERY} {_BAD}"  # said of somebody in the news
            r"|wait|hold on|one (?:moment|sec(?:ond)?)|and you|sounds good|will do|as you (?:like|wish)"
        ),
        "doubt": (
            r"no+|nope|nah|no way|not really|(?:oh )?really|seriously|i doubt (?:it|that)"
            r"|(?:(?:are|r) )?(?:you|u) (?:serious|kidding|joking)(?: me)?"
        ),
        "greeting": (
            r"he+y+a?|hi+(?:ya)?|hello+|hullo|yo+|howdy|greetings|good (?:morning|afternoon|evening|day)"
            r"|(?:morning|evening)|gm|sup|was+up|what'?s (?:up|good|new with you|going on with you)"
            r"|how(?:'?s| is) it (?:going|goin)|how (?:are|r) (?:you|u|ya|things|we)(?: (?:doing|today"
            r"|feeling"
            r"|going|all|this morning|tonight))*|how(?:'?s| is| was) (?:your day|everything|life"
            r"|your (?:morning|evening|weekend))(?: (?:going|been))?|how do you do|how (?:have|'?ve) you been"
            r"|how(?:'?re)? you doin'?g?|(?:are )?you (?:there|awake|online|ok(?:ay)?|alive|working|up"
            r"|around)"
            r"|(?:is )?any(?:one|body) (?:there|here|home)|is this thing on|long time no see"
            r"|(?:my name is|my name'?s|i am called|i'?m called|call me) [a-z'-]{1,20}(?: [a-z'-]{1,20})?"
            r"|(?:nice|pleased|good) to (?:meet|see) you|test(?:ing)?(?: (?:test(?:ing)?|1 2 3?|123))*|ping"
            r"|happy (?:new year|holidays|friday|monday|easter)|merry christmas|hola|bonjour|hallo|ciao|salut"
            r"|namaste|konnichiwa|annyeong(?: ?haseyo)?|ohayo|guten (?:tag|morgen|abend)|buenos d[ií]as"
        ),
        "goodbye": (
            r"bye(?: ?bye)?|good ?bye|see (?:you|ya|u)(?: (?:later|soon|tomorrow"
            r"|around|again|next time))?|cya|laters|talk to you later|ttyl|take care|farewell"
            r"|have an? (?:nice"
            r"|good|great|lovely) (?:day|evening|night|weekend|one|time)|so long|(?:i'?m |i am )(?:done|off"
            r"|leaving)|(?:i )?(?:gotta|have to|got to) (?:go|run)|g2g|brb|adios|au revoir|sayonara"
            r"|tsch[üu]ss"
        ),
        "good-night": r"good ?night|gn|night(?:y)? night|sleep (?:well|tight)|sweet dreams|gute nacht",
        "thanks": (
            rf"(?:(?:many|much) )?(?:thanks?(?: ?(?:{YOU}))?|thx|thanx|tks|tnx)(?: (?:(?:so|very) much|a lot"
            r"|a (?:bunch|million|ton)|loads|again|in advance|kindly|for (?:(?:your|the|all|any|all your|that"
            r"|this) )?(?:help|time|answers?|info|information|quotes?|everything|that|this|it"
            r"|asking|helping(?: me)?)))*|ty(?:sm|vm)?|kthx(?:bye)?|cheers|ta|much appreciated"
            r"|(?:i )?(?:really )?appreciate (?:it|that|this|your help)|merci(?: beaucoup)?|gracias"
            r"|danke(?: sch[öo]n)?|grazie|arigato"
        ),
        "praise": (
            rf"(?:{_YOU_ARE}|{_IT_IS}|what an?){_VERY} {_GOOD}(?: (?:bot|robot|answers?|job|work|one|stuff"
            rf"|thing|ever|to know))*|(?:very |so |really |pretty )?{_GOOD} (?:bot|robot|job|work|one"
            rf"|answers?"
            rf"|stuff|find|boy|girl)(?: ever)?|(?:very|so|really|pretty) {_GOOD}|well done|you (?:rock|rule)"
            rf"|(?:i )?(?:really )?(?:love|like) (?:{YOU}|it|this|that|{BOT})(?: (?:so|very) much| a lot)?"
            rf"|(?:this |that |it |you )(?:really )?(?:helps|helped)(?: (?:a lot|me))*|bravo|congrats"
            rf"|congratulations|kudos|{_GOOD}"
        ),
        "insult": (
            rf"(?:{_YOU_ARE}|{_IT_IS}|{BOT} is|(?:why )?(?:are|r) {YOU}){_VERY} {_BAD}"
            r"(?: (?:bot|robot|answers?|machine|thing|response|program|ever))*"
            rf"|what an?{_VERY} {_BAD} (?:bot|robot|answers?|machine|response|program)"
            r"|(?:thanks?(?: you)?|thx) for nothing|(?:this|that|it|you)(?: really| all)? (?:sucks?|stinks?)"
            r"|(?:just )?answer (?:me|it|(?:my|the) (?:\w{1,12} )?question)"
            rf"|(?:{_BAD}|silly|damn|fucking|crappy) (?:bot|robot|answers?"
            rf"|machine|ai|response|results?)(?: ever)?"
            rf"|{YOU}(?: (?:really|totally))? (?:suck|stink|lied?|failed|don'?t (?:know anything|understand"
            r"(?: (?:me|anything))?|get it|work|help)|know nothing|can'?t do anything)"
            r"|(?:fuck|screw|damn|fck|f) (?:you|u|off|this|it)|go to hell|(?:i )?hate (?:you|u|this|it)"
            rf"|shut up|stfu|gtfo|go away|get lost|(?:the )?wrong (?:one|article|story|person|guy)"
            rf"|idiot|moron|useless|rubbish|wrong|bullshit|bs|nonsense|wtf"
            rf"|{_NOT_RIGHT}|(?:this|that|it) (?:doesn'?t|does not|didn'?t|did not) (?:help|work"
            rf"|make (?:any )?"
            r"sense|answer(?: (?:it|my question|the question|anything))?)|you (?:didn'?t|did not"
            r"|never) answer"
            r"(?:ed)?(?: (?:me|it|my question|the question))?|boo|i don'?t (?:like|trust|believe) (?:you|this"
            r"|it)|stupid|shit|fuck|damn(?: it)?|try (?:again|harder)"
        ),
        "new-topic": (
            r"reset(?: (?:the |this )?(?:chat|conversation|topic|context|everything))?|start over|restart"
            r"|(?:a )?(?:new|different|other|another|next) (?:topic|subject|conversation|chat|question)"
            r"|(?:let'?s |let us )?(?:change|switch)(?: (?:the|to a new|to another))? (?:topic|subject)s?"
            r"|(?:let'?s |let us )?(?:talk about )?something (?:else|different)"
            r"|clear (?:the |my |this )?(?:chat|history|conversation|context)"
            r"|forget (?:everything|what i (?:asked|said)"
            r"|(?:the|my) (?:last|previous) (?:question|answer)s?)"
        ),
        "outside": (
            r"what(?:'?s| is) the (?:current )?time|what time is it|(?:tell me|do you (?:have|know)) the time"
            r"|tell me what time it is|what (?:day|date|year|month) is (?:it|today)"
            r"|what(?:'?s| is) (?:today'?s date|today|the date (?:today|now)|the (?:day|year))"
        ),
        "source": source_questions.ENGLISH,
        "write": (
            r"(?:summari[sz]e|sum up|recap|shorten|simplify|rephrase|paraphrase|re ?write|translate|condense)"
            rf"(?: {_IT})?(?: up)?(?: (?:for me|again|simply|briefly|quickly|{_FORM}))*"
            rf"|sum {_IT} up|(?:explain|say|repeat|put|tell me|write)(?: (?:{_IT}|me))? (?:again "
            rf"|more )?(?:simply"
            rf"|simpler|shorter|better|clearer|more clearly|differently|like i'?m (?:5|five|a child)|{_FORM})"
            rf"|{_FORM}|eli5|tl ?dr"
            r"|i (?:(?:still|really) )?(?:don'?t|do not|didn'?t|can'?t) (?:understand|get|follow)"
            rf"(?: (?:{_IT}|you|a word|anything|what (?:you|it|that) (?:mean|means|meant|said|says)))?"
            r"|(?:i'?m |i am )(?:so |very |really )?(?:confused|lost|puzzled)|huh|what do you mean"
            r"(?: (?:by|with) (?:it|this|that))?"
            r"|(?:short|brief|quick)(?:er)?(?: (?:version|answer|summary))|shorter|simpler|more briefly"
            r"|(?:(?:give|write|make|show)(?: me| us)? |i (?:want|need|would like) |(?:can|could"
            r"|may) i (?:get"
            r"|have) )?(?:(?:a|the|your) )?(?:(?:short|brief|quick|one line|full|little|good) )*(?:summary"
            r"|recap"
            rf"|translation|synopsis|overview|gist)(?: of {_IT})?(?: {_FORM})?"
            rf"|(?:{_IT_IS} )?(?:way |much |far |a bit )?too (?:long|much|complicated|difficult|much text)"
            rf"(?: (?:for me|to read))*|{LANGUAGE} (?:please|pls|plz)|(?:speak|talk|use) {LANGUAGE}"
            rf"|(?:answer|reply|respond)(?: (?:to )?me)? in {LANGUAGE}"
            r"|make (?:it|this|that) (?:short(?:er)?|simple|simpler|brief(?:er)?|easier)(?: to understand)?"
            r"|(?:(?:use|with) )?bullet points|(?:use )?your own words"
            r"|(?:write|tell|give|make|compose|draft|sing|create|generate|read|draw|show)(?: me| us)?"
            r" (?:(?:an?|the|some|another|one|your) )?(?:(?:short|little|funny|nice|good|long|new|scary|love"
            rf"|dad|random|small) )*{_GENRE}(?: for me)?"
            r"|(?:write|say|tell me|tell us|draw|sing) something(?: (?:funny|nice|else|interesting|new))?"
            rf"|what(?: do|'?re| are)? {YOU} (?:think|thinking|reckon)(?: (?:of|about) (?:it|this|that|me"
            r"|him|her|them))?"
            rf"|(?:what(?:'?s| is|s) )?your (?:own |personal )?(?:opinions?|views?|take|thoughts?)(?: (?:on"
            rf"|of"
            r"|about) (?:it|this|that))?|(?:any )?thoughts|do you agree"
        ),
        "more": (
            r"more(?: (?:of (?:it|this|that|these|those)|quotes?|passages?|results?|answers?|articles?|info"
            r"|information|details?|stuff))?"
            r"|(?:tell|show|give|get|send)(?: me| us)? (?:some |a (?:bit|little) )?"
            r"(?:more|the rest)(?: (?:quotes?|passages?|results?|answers?|info|information|details?))?"
            rf"(?: (?:about|on|of) (?:{_IT}))?|(?:more|further) (?:about|on) (?:{_IT})"
            r"|(?:i (?:want|need|would like|'?d like) )(?:to (?:know|see|hear|read) )?(?:some )?more"
            rf"(?: (?:about|on|of) (?:{_IT}))?|go on|continue|keep going|carry on|next (?:one|page|quotes?)"
            r"|(?:and )?(?:(?:what|anything|any) else|(?:anything|something|any|some) more)"
            r"(?: (?:on|about|to (?:say|add))"
            rf"(?: {_IT})?)?|(?:is there|are there|do you have|have you got|got|can i (?:see|have|get))"
            rf" (?:(?:any|some)thing (?:else|more)|any more|more)(?: (?:on|about|of) (?:{_IT}))?"
            rf"|is that (?:all|it|everything)|elaborate|expand|(?:elaborate|expand) on (?:{_IT})"
            r"|(?:in )?(?:more|greater) detail"
        ),
        "identity": IDENTITY,
        "count": COUNT,
        "privacy": privacy_questions.ENGLISH,
        "ability": ABILITY,
    },
    rf"(?:{BOT}|there|all|every(?:one|body)|guys|folks|team|friends?|my friend|again|buddy|mate|man|dude|bro"
    r"|sir|please|pls|plz|and|but|so|well|then|just|today|now|for now|too|um+|uh+|dear|indeed|btw|anyway"
    r"|(?:can|could|would|will) (?:you|u)|i want you to|i need you to|more|also|already|though|tho|today|it"
    r"|my dear|again|or what|exactly)",
    end=r" |\Z",
)
