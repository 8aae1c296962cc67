"""English remarks to a bot that are not questions about the news, in lower case without punctuation."""

from retrieval.question.remarks.remark_patterns import RemarkPatterns

_BOT = r"(?:this |the )?(?:bot|newsbot|newsdesk|chatbot|robot|news bot|news desk|ai)"
_YOU = r"(?:you|u|ya)"
_YOU_ARE = r"(?:you'?re|you are|ur|u r|u are)"
_IT_IS = r"(?:this is|this'?s|that'?s|that is|that was|it'?s|it is|it was)"
_VERY = r"(?: (?:so|such|very|really|an?|the|pretty|just|quite|too|completely|totally|absolutely|fucking))*"
_ARTICLES = r"(?:news )?(?:articles?|stories|documents|texts|pieces)"
_SOURCES = r"(?:news )?(?:sources?|outlets|newspapers|papers|publishers|sites|websites|feeds)"
_STORE = r"(?:your|the|this) (?:database|corpus|index|collection|archive|library|data ?set)"
_IT = (
    r"(?:it|this|that|them|these|those|everything|all|all of (?:it|this|that)|what you (?:said|found)"
    r"|(?:the|this|that|your|these|those)(?: (?:last|first|whole|previous|above|latest))?"
    r" (?:answers?|articles?|texts?|quotes?|messages?|news|above|story|stories|results?|page|passages?))"
)
_LANGUAGE = (
    r"(?:plain |simple )?(?:english|korean|japanese|german|french|spanish|chinese|italian|portuguese|hindi"
    r"|arabic|russian|my language|another language)"
)
_FORM = (
    rf"(?:in(?:to)?|to|as|with|using) (?:{_LANGUAGE}|your own words|other words|different words|(?:an?|one"
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
    r"|what i (?:asked|meant|wanted?|said)(?: for)?|an answer|the answer|funny))"
)
_BAD = (
    r"(?:stupid|useless|dumb|bad|terrible|awful|horrible|wrong|incorrect|rubbish|garbage|trash|crap|shit"
    r"|shitty|broken|idiot|moron|slow|annoying|boring|ridiculous|pathetic|liar|lying|nonsense|bullshit"
    rf"|worst|fake|no help|no good|hopeless|{_NOT_RIGHT})"
)
_GOOD = (
    r"(?:good|great|awesome|amazing|cool|nice|smart|clever|helpful|useful|perfect|excellent|brilliant"
    r"|fantastic|wonderful|best|cute|funny|impressive|fun|lovely|correct|right|fast|neat|interesting|sweet)"
)
_MADE = r"(?:made|built|created|wrote|developed|programmed|designed|runs|owns|trained|operates|invented)"
_MACHINE = (
    r"(?:(?:news|chat|real|live|human|language|large language|machine|computer|smart) ?)?(?:bot|chat ?bot"
    r"|robot|ai|a i|human|person|human being|machine|computer|program|chat ?gpt|gpt(?: ?[0-9]o?)?|claude"
    r"|gemini|llama|siri|alexa|copilot|bard|grok|llm|model|real|sentient|alive|conscious|intelligence"
    r"|artificial intelligence|app|assistant|journalist|reporter|open source|free|biased|reliable|intelligent"
    r"|smart|single|married|a man|a woman|a boy|a girl|male|female)"
)

PATTERNS = RemarkPatterns(
    {
        "okay": (
            r"ok(?:ay|ie|ey|ies)?|k|kk|yes|yeah|yea|yep|yup|no|nope|nah|sure(?: thing)?|fine|all ?right"
            r"|that'?s (?:right|fine|ok(?:ay)?|all|it)|i see|i understand|i know|(?:i )?got it|gotcha"
            r"|understood|makes sense|fair enough|true|lo+l|lmf?ao|rofl|(?:ha){2,}h?|(?:he){2,}|x+d+|hm+|m+"
            r"|w{2,}"
            r"|uh huh|aha|oh+|ah+|whoa|wow|omg|oh my god|really|oh really|interesting|never ?mind|nvm"
            r"|forget (?:it|that)|no worries|no problem|np|(?:i'?m |so |very )?sorry|my bad|oops|idk"
            r"|i don'?t know|not sure|maybe|good to know|that'?s all|nothing(?: else)?|you'?re welcome"
            r"|i'?m (?:fine|good|ok(?:ay)?|great|well|bored|back)|i am (?:fine|good|ok(?:ay)?|great|bored)"
            r"|(?:i'?m )?just (?:testing|kidding|joking)|jk|same|agreed|i agree|exactly|of course|whatever"
            r"|go ahead|let'?s go"
            r"|stop(?: (?:it|that|now))?"
            r"|poor (?:guy|man|woman|girl|boy|kid|thing|people|him|her|them)|so sad"
            r"|how (?:sad|awful|terrible|nice|funny|weird|strange|interesting)"
            r"|good for (?:him|her|them|you)|r ?i ?p|what a (?:shame|pity|mess)"
            r"|wait|hold on|one (?:moment|sec(?:ond)?)|and you|sounds good|will do|as you (?:like|wish)"
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
            r"|(?:nice|pleased|good) to (?:meet|see) you|test(?:ing)?(?: (?:test(?:ing)?|1 2 3?|123))*|ping"
            r"|happy (?:new year|holidays|friday|monday|easter)|merry christmas|hola|bonjour|hallo|ciao|salut"
            r"|namaste|konnichiwa|annyeong(?: ?haseyo)?|ohayo|guten (?:tag|morgen|abend)|buenos d[ií]as"
        ),
        "goodbye": (
            r"bye(?: ?bye)?|good ?bye|good ?night|gn|nighty? night|see (?:you|ya|u)(?: (?:later|soon|tomorrow"
            r"|around|again|next time))?|cya|laters|talk to you later|ttyl|take care|farewell"
            r"|have an? (?:nice"
            r"|good|great|lovely) (?:day|evening|night|weekend|one|time)|so long|(?:i'?m |i am )(?:done|off"
            r"|leaving)|(?:i )?(?:gotta|have to|got to) (?:go|run)|g2g|brb|adios|au revoir|sayonara"
            r"|tsch[üu]ss"
        ),
        "thanks": (
            rf"(?:(?:many|much) )?(?:thanks?(?: ?(?:{_YOU}))?|thx|thanx|tks|tnx)(?: (?:(?:so|very) much|a lot"
            r"|a (?:bunch|million|ton)|loads|again|in advance|kindly|for (?:(?:your|the|all|any|all your|that"
            r"|this) )?(?:help|time|answers?|info|information|quotes?|everything|that|this|it|nothing"
            r"|asking|helping(?: me)?)))*|ty(?:sm|vm)?|kthx(?:bye)?|cheers|ta|much appreciated"
            r"|(?:i )?(?:really )?appreciate (?:it|that|this|your help)|merci(?: beaucoup)?|gracias"
            r"|danke(?: sch[öo]n)?|grazie|arigato"
        ),
        "praise": (
            rf"(?:{_YOU_ARE}|{_IT_IS}|what an?){_VERY} {_GOOD}(?: (?:bot|robot|answers?|job|work|one|stuff"
            rf"|thing|ever|to know))*|(?:very |so |really |pretty )?{_GOOD} (?:bot|robot|job|work|one"
            rf"|answers?"
            rf"|stuff|find|boy|girl)(?: ever)?|(?:very|so|really|pretty) {_GOOD}|well done|you (?:rock|rule)"
            rf"|(?:i )?(?:really )?(?:love|like) (?:{_YOU}|it|this|that|{_BOT})(?: (?:so|very) much| a lot)?"
            rf"|(?:this |that |it |you )(?:really )?(?:helps|helped)(?: (?:a lot|me))*|bravo|congrats"
            rf"|congratulations|kudos|{_GOOD}"
        ),
        "insult": (
            rf"(?:{_YOU_ARE}|{_IT_IS}|{_BOT} is|what an?){_VERY} {_BAD}(?: (?:bot|robot|answers?|machine"
            rf"|thing|response|program|ever))*|(?:{_BAD}|silly|damn|fucking|crappy) (?:bot|robot|answers?"
            rf"|machine|ai|response|results?)(?: ever)?"
            rf"|{_YOU}(?: (?:really|totally))? (?:suck|stink|lied?|failed|don'?t (?:know anything|understand"
            r"(?: (?:me|anything))?|get it|work|help)|know nothing|can'?t do anything)"
            r"|(?:fuck|screw|damn|fck|f) (?:you|u|off|this|it)|go to hell|(?:i )?hate (?:you|u|this|it)"
            rf"|shut up|stfu|gtfo|go away|get lost|idiot|moron|useless|rubbish|wrong|bullshit|bs|nonsense|wtf"
            rf"|{_NOT_RIGHT}|(?:this|that|it) (?:doesn'?t|does not|didn'?t|did not) (?:help|work"
            rf"|make (?:any )?"
            r"sense|answer(?: (?:it|my question|the question|anything))?)|you (?:didn'?t|did not"
            r"|never) answer"
            r"(?:ed)?(?: (?:me|it|my question|the question))?|boo|i don'?t (?:like|trust|believe) (?:you|this"
            r"|it)|stupid|shit|fuck|damn(?: it)?|try (?:again|harder)"
        ),
        "write": (
            r"(?:summari[sz]e|sum up|recap|shorten|simplify|rephrase|paraphrase|re ?write|translate|condense)"
            rf"(?: {_IT})?(?: up)?(?: (?:for me|again|simply|briefly|quickly|{_FORM}))*"
            rf"|sum {_IT} up|(?:explain|say|repeat|put|tell me|write)(?: (?:{_IT}|me))? (?:again "
            rf"|more )?(?:simply"
            rf"|differently|like i'?m (?:5|five|a child)|{_FORM})|{_FORM}|eli5|tl ?dr"
            r"|(?:short|brief|quick)(?:er)?(?: (?:version|answer|summary))|shorter|simpler|more briefly"
            r"|(?:(?:give|write|make|show)(?: me| us)? |i (?:want|need|would like) |(?:can|could"
            r"|may) i (?:get"
            r"|have) )?(?:(?:a|the|your) )?(?:(?:short|brief|quick|one line|full|little|good) )*(?:summary"
            r"|recap"
            rf"|translation|synopsis|overview|gist)(?: of {_IT})?(?: {_FORM})?"
            r"|make (?:it|this|that) (?:short(?:er)?|simple|simpler|brief(?:er)?|easier)(?: to understand)?"
            r"|(?:(?:use|with) )?bullet points|(?:use )?your own words"
            r"|(?:write|tell|give|make|compose|draft|sing|create|generate|read|draw|show)(?: me| us)?"
            r" (?:(?:an?|the|some|another|one|your) )?(?:(?:short|little|funny|nice|good|long|new|scary|love"
            rf"|dad|random|small) )*{_GENRE}(?: for me)?"
            r"|(?:write|say|tell me|tell us|draw|sing) something(?: (?:funny|nice|else|interesting|new))?"
            rf"|what(?: do|'?re| are)? {_YOU} (?:think|thinking|reckon)(?: (?:of|about) (?:it|this|that|me"
            r"|him|her|them))?"
            rf"|(?:what(?:'?s| is|s) )?your (?:own |personal )?(?:opinions?|views?|take|thoughts?)(?: (?:on"
            rf"|of"
            r"|about) (?:it|this|that))?|(?:any )?thoughts|do you agree"
        ),
        "identity": (
            rf"who (?:are|r) {_YOU}|who(?:'?s| is) this|what (?:are|r) {_YOU}|what(?:'?s| is) (?:your|ur) (?:"
            r"name|model|version|job|purpose|gender|age)|(?:do you have|have you got) a name"
            rf"|(?:are|r) {_YOU}(?: (?:really|actually|just|also|even|like|still|powered by|based on|made by"
            rf"|using|an?|the))*(?: (?:{_MACHINE}|openai))(?: or(?: an?| just an?)?(?: {_MACHINE}| not))?"
            rf"|(?:is this|am i (?:talking|speaking|chatting) (?:to"
            rf"|with))(?: an?)? (?:{_MACHINE})(?: or(?: an?)?"
            rf" {_MACHINE})?|who {_MADE} (?:you|u|this bot|the bot|newsdesk)|who(?:'?s| is) (?:behind you"
            r"|behind this bot|your (?:creator|maker|owner|boss|developer|father))|who do you work for"
            r"|(?:do you|does this bot) (?:use|run on) (?:an? )?(?:ai|chat ?gpt|gpt|language model|llm"
            r"|machine"
            r" learning)|(?:which|what) (?:ai |language |llm )?(?:model|llm|ai|version) (?:are you|do you use"
            r"|is this|are you using)|how old are you|where are you(?: from| based| located)?"
            r"|where do you live"
            r"|do you (?:sleep|dream|feel|have feelings|eat|think|lie|hallucinate|make (?:things|stuff|it) up"
            r"|remember me|have a soul|love me|like me|know me|know who i am|write|read)"
            r"|(?:tell me about|introduce|describe) yourself|how do you work|how were you (?:made|built"
            r"|trained)"
            r"|can i trust you|why should i trust you|what(?:'?s| is) newsdesk|who(?:'?s| is) newsdesk"
            r"|(?:are )?you (?:really )?(?:sure|serious|kidding(?: me)?)(?: about (?:that|this|it))?"
            r"|(?:are you sure )?(?:that )?(?:your|these|those) (?:quotes?|answers?|sources|articles) are"
            r"(?: really)? (?:real|true|exact|accurate|genuine|correct|fake|made up|invented|reliable)"
            r"|are (?:your|these|those|the|all(?: your| the)?) (?:quotes?|answers?|sources|articles)"
            r"(?: really)? (?:real|true|exact|accurate|verbatim|genuine|correct|fake"
            r"|made up|invented|reliable|trustworthy)"
            rf"|(?:is|are) (?:{_BOT}|{_YOU}) (?:run|made|owned|paid|operated|funded|controlled|built|written"
            r"|sponsored)(?: for)? by (?:the |an? )?[a-z'-]+(?: (?:government|company|party|people|media))?"
            r"|(?:(?:what|how)(?:'?s| is| are)|show me|tell me|print|reveal|repeat|give me) your (?:system )?"
            r"(?:prompt|instructions|rules)"
            r"|(?:ignore|disregard|forget) (?:(?:all|any|your|the|my|of|previous|prior|above|earlier) )+"
            r"(?:instructions?|prompts?|rules)"
        ),
        "count": (
            rf"how many (?:{_ARTICLES}|{_SOURCES}) (?:do|have|can|are|does|did) (?:you|u|{_BOT}|we) (?:have"
            rf"|know"
            r"|got|search|searching|hold|contain|cover|index|indexed|read|use|quote|see|include)(?: (?:access"
            rf" to|in total|now|there|here|altogether|right now|so far|available|through|in {_STORE}))*"
            rf"|how many (?:{_ARTICLES}|{_SOURCES}) (?:are|is) (?:there|here|in here|available|in {_STORE})"
            rf"(?: (?:in total|now|altogether|available|in {_STORE}))*|how (?:big|large) (?:is|are) {_STORE}"
            rf"|(?:the )?(?:number|count) of {_ARTICLES}|how much news (?:do you|have you) (?:have|got|know)"
            rf"|(?:what|which) {_SOURCES} (?:do|are|can) {_YOU} (?:have|use|search|searching|using|cover|read"
            r"|know|quote|get)(?: (?:from|here|access to|now))*|(?:what"
            r"|which)(?: are)? your (?:news )?sources"
            rf"|(?:(?:list|show)(?: me)? )?(?:your|all|the|all your) {_SOURCES}|(?:list|show) sources"
            r"|where do you get (?:your|the|all your) (?:news|information|info|data|articles|answers|facts)"
            r"(?: from)?|where (?:does your|do your) (?:news|information|data|articles|answers) come from"
            rf"|how (?:recent|new|current|old|up to date) (?:are|is) (?:you|your (?:articles|news|data|info"
            rf"|information|sources)|{_STORE})|when (?:were you|was {_STORE}) (?:last )?updated"
        ),
        "ability": (
            r"(?:i need |need |some )?help(?: me)?(?: out)?|h|commands?|menu|start|usage|instructions"
            r"|how to use(?: (?:this|you|it|the bot|this bot))?|how (?:do|can|should|could) i (?:use|talk to"
            rf"|work with|search with) (?:you|this|{_BOT})|how (?:do|can|should) i ask(?: (?:you|a question"
            rf"|questions))*|how does {_BOT} work"
            rf"|what (?:else )?(?:can|do|could|does|will) (?:{_YOU}|{_BOT}) (?:do|know|answer"
            rf"|help(?: me)? with"
            r"|offer|tell me|cover|search|even do|actually do)(?: (?:for me|about|here|exactly|all|to))*"
            r"|what (?:else )?(?:can|could|should|may|shall) (?:i|we) (?:ask|do|say|type|search"
            r"|write)(?: (?:you"
            r"|here|for|about|with you|next))*|what are you (?:for|good (?:for|at)|able to do|capable of"
            r"|here for"
            r"|doing here|doing)|what (?:topics|subjects|questions|kinds? of (?:questions|things|news)"
            r"|sorts? of"
            rf" (?:questions|things)|languages?|things) (?:do|can|does|should|could) (?:{_YOU}|i|we|{_BOT})"
            r" (?:know|cover|answer|ask|speak|understand|have|do)(?: (?:about|you|me))*"
            r"|(?:can|could|will|would) you help(?: (?:me|us))?(?: out)?|(?:do|can) you (?:speak|understand"
            r"|know)"
            rf" {_LANGUAGE}|what(?:'?s| is) this(?: bot| thing| place)?|what does {_BOT} do|(?:can|may"
            rf"|could) i"
            r" ask(?: you)? (?:something|anything|a question|questions|you)|i (?:have|got"
            r"|have got) a question"
            r"|show(?: me)? (?:the )?(?:help|commands|examples)|give me (?:an )?examples?|examples?"
        ),
    },
    rf"(?:{_BOT}|there|all|every(?:one|body)|guys|folks|team|friends?|my friend|again|buddy|mate|man|dude|bro"
    r"|sir|please|pls|plz|and|but|so|well|then|just|today|now|for now|too|um+|uh+|dear|indeed|btw|anyway"
    r"|(?:can|could|would|will) (?:you|u)|i want you to|i need you to|more|also|already|though|tho|today|it"
    r"|my dear|again|or what|exactly)",
    end=r" |\Z",
)
