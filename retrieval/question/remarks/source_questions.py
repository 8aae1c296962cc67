"""Patterns of questions about the source of a quote that was shown: who wrote it, when, whether it is true,
and requests to see its article. In lower case without punctuation."""

_POLITELY = (
    r"(?:(?:(?:can|could|may|do|would|will) (?:i|we|you|u)|let me|let us|i (?:want|need|would like|'?d like)"
    r"(?: to)?|i'?d like(?: to)?|where (?:can|do) i) )?"
)
_NTH = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
_KNOWN = rf"(?:(?:the|this|that|your|its|these|those)(?: (?:{_NTH}|full|whole|entire|original|actual|same))*)"
_PIECE = r"(?:articles?|story|stories|reports?|pieces?|texts?|quotes?|quotations?|passages?)"
_SOURCE = (
    rf"(?:(?:the|a|any|your|its|an?|some) )?(?:(?:{_NTH}|full|original|article|news) )*(?:source|links?|url)"
)
_PROOF = r"(?:(?:(?:the|a|any|your|some) )?(?:proof|references?|citations?)|your evidence)"
_NUMBERED = rf"(?:{_PIECE}|source|link|result|answer|number|no|nr) (?:(?:number|no|nr) )?[1-9]"
_NTH_ONE = rf"(?:the )?{_NTH} (?:one|{_PIECE}|source|link|result|answer)"
_ARTICLE = (
    rf"(?:{_KNOWN} {_PIECE}|(?:(?:full|whole|entire|original) )+(?:article|story|text|report|piece)"
    rf"|{_NUMBERED}|{_NTH_ONE})"
)
_THIS = rf"(?:this|that|{_KNOWN} (?:{_PIECE}|answer|news))"
_IT = rf"(?:it|these|those|{_THIS})"
_TRUE = (
    r"(?:true|real|right|correct|accurate|legit|reliable|confirmed|verified|fake|a fact|fake news|for real"
    r"|trustworthy)"
)

ENGLISH = (
    rf"{_SOURCE}|sources|{_PROOF}|{_NTH_ONE}|(?:quote|passage|source|link|result|number) [1-9]"
    rf"|(?:full|original|the) article|(?:the )?author"
    rf"|(?:what|where|which|who)(?:'?s| is| are|s)? (?:{_SOURCE}|{_PROOF}|the author|{_ARTICLE})"
    rf"(?: (?:of|for|to|on|behind) {_IT}| from)?"
    rf"|(?:{_SOURCE}|sources|{_PROOF}) (?:of|for|to|on) {_IT}|(?:do|have) you (?:have |got )"
    rf"(?:{_SOURCE}|{_PROOF}|sources)(?: (?:of|for|to|on) {_IT})?"
    rf"|{_POLITELY}(?:give|send|show|post|share|see|get|have|cite|name)(?: (?:me|us))? "
    rf"(?:(?:{_SOURCE}|{_PROOF}|your sources?|the sources)(?: (?:of|for|to|on) {_IT})?)"
    rf"|{_POLITELY}(?:give|send|show|read|see|open|view|get|have|find|tell|display)(?: (?:me|us))? "
    rf"{_ARTICLE}(?: (?:in full|here|itself))?|(?:open|read) (?:it|this|that)"
    rf"|(?:which|what) (?:article|source|outlet|newspaper|paper|site|website)(?: (?:is|was|does|did) {_IT}"
    rf"(?: (?:come )?from| in)?)?|where (?:is|was) {_THIS} from|where (?:does|did) {_THIS} come from"
    r"|where (?:did|do) (?:you|u) (?:get|find|read|hear|see|take) (?:it|this|that)(?: from)?"
    rf"|who (?:told|gave) (?:you|u)(?: (?:it|this|that|so))?"
    rf"|who (?:wrote|published|reported|posted) {_THIS}|who (?:said|says|claims|claimed) (?:it|this|that|so)"
    rf"|who(?:'?s| is| was) the (?:author|(?:author|writer|journalist|reporter) of {_IT})|says who"
    r"|according to who(?:m)?|based on what"
    rf"|when (?:was|is|were) (?:it|{_THIS}) (?:published|posted|written|from|reported)"
    rf"|how old is {_KNOWN} (?:{_PIECE}|news)|what(?:'?s| is) the (?:publication )?date(?: of {_IT})?"
    rf"|what date is {_THIS} from|is {_THIS} (?:still )?(?:recent|old|new|current|up to date|outdated)"
    r"|how (?:do|did|can|would|could) (?:you|u) know(?: (?:it|this|that|so))?"
    rf"|how (?:do|can) i know (?:(?:if|that|whether) )?(?:it|it'?s|this|that|you'?re)(?: is)?(?: {_TRUE})?"
    r"|(?:can you |could you )?(?:prove|verify|fact ?check|double ?check) (?:it|this|that)"
    rf"|(?:is|are) (?:it|this|that|these|those|(?:the|this|that) (?:{_PIECE}|answer|news))"
    rf"(?: (?:really|actually|even|all))? {_TRUE}(?: or (?:not|fake|false|real))?"
    r"|is (?:that|this|it) (?:really )?so|true or (?:not|false)|real or fake"
    r"|(?:(?:are|r) )?(?:you|u)(?: (?:really|absolutely|so|quite|100))? (?:sure|certain)"
    r"(?: (?:about|of) (?:it|this|that))?"
    r"|(?:can|should) (?:i|we) (?:trust|believe) (?:it|this|that)|can (?:it|this|that) be trusted"
)

_GIVE_KO = r"(?:줘|주세요|줄래|주실래요|주십시오|줄 ?수 ?있(?:어|니|나요|어요|을까요)|달라|봐|봐요|주라)요?"
_IS_KO = (
    r"(?: ?(?:거|것|건))?(?:이|인)?(?:야|예요|에요|이에요|인가요?|가요|입니까|임|냐|니|지요?|죠|가|었어요?"
    r"|지)"
)
_THIS_KO = (
    r"(?:이거|이게|이건|그거|그게|그건|저거|(?:이|그|위|방금|해당) ?(?:말|글|내용|뉴스|기사|인용문?|답변?))"
    r"(?:을|를|은|는|이|가)?"
)
_NTH_KO = r"(?:(?:첫|두|세|네|다섯|[1-9]) ?번째|[1-9]번|마지막)"
_ARTICLE_KO = (
    rf"(?:(?:이|그|위|해당|원본|전체|{_NTH_KO}) ?(?:기사|글|인용문?|답변?)(?: ?(?:전체|전문|원문))?"
    rf"|기사 ?(?:전체|전문|원문)|원문|전문|{_NTH_KO} ?(?:거|것))"
)
_SAID_KO = r"(?: ?(?:좀|다|한번))?(?: ?(?:알려|보여|말해|공유해|대|읽어|열어|보내|올려|찾아))?"

KOREAN = (
    rf"(?:(?:{_THIS_KO}|{_ARTICLE_KO})의? ?)?(?:출처|링크|기사 ?(?:링크|주소)|원문|근거)"
    r"(?:는|은|가|이|를|을|도|요)?"
    rf"(?: ?(?:뭐|무엇|어디|있)(?:{_IS_KO}|어요?|나요|니)?|{_SAID_KO} ?(?:{_GIVE_KO}|내놔))?"
    rf"|(?:{_THIS_KO} ?)?(?:누가|어디서) ?(?:(?:썼|쓴|작성했)(?:어요?|나요|습니까|니|지)?|그랬?(?:어"
    rf"|대|래)요?|그래요?)"
    rf"|(?:누가 ?쓴|누구|어디) ?(?:기사|글)(?:{_IS_KO})?"
    rf"|(?:기사 ?)?(?:기자|작성자|글쓴이)(?:는|가|이)? ?(?:누구)(?:{_IS_KO})?"
    rf"|(?:{_THIS_KO} ?)?언제 ?(?:쓴 ?|나온 ?|작성된 ?|발행된 ?|보도된 ?|올라온 ?)?(?:기사|뉴스"
    rf"|글)(?:{_IS_KO})?"
    rf"|(?:이 ?|그 ?)?기사 ?날짜(?:는|가)?(?: ?(?:언제|며칠|뭐)(?:{_IS_KO})?)?"
    rf"|(?:{_THIS_KO} ?)?(?:정말로? ?|진짜로? ?)?"
    r"(?:(?:확실|정확)(?:해요?|하니|한가요|합니까|한 ?(?:거|건|정보)(?:야|예요|가요|인가요|니))"
    rf"|(?:진짜|정말|사실|참말|가짜)(?:{_IS_KO})"
    rf"|맞(?:나요|습니까|니|는 ?(?:말|거|건|얘기|내용)(?:{_IS_KO}|가요)))"
    rf"|{_THIS_KO} ?(?:맞(?:아|아요|나요)|진짜|정말|사실)"
    r"|어떻게 ?(?:알아|아는 ?(?:거|건)(?:야|가요|예요|데|지)|알았어|아세요|아니|알죠|압니까)요?"
    rf"|(?:{_THIS_KO} ?)?(?:증명|확인|검증|팩트 ?체크)해 ?(?:{_GIVE_KO}|라)"
    rf"|(?:{_THIS_KO} ?)?믿(?:어도 ?(?:돼|되나요|될까요?|됩니까)|을 ?수 ?있(?:어|나요|는 ?거야|을까요?))요?"
    rf"|{_ARTICLE_KO}(?:를|을|도)?{_SAID_KO} ?(?:{_GIVE_KO})"
    rf"|{_ARTICLE_KO}(?:를|을|도)?(?: ?(?:좀|다))? ?(?:보고|읽고) ?싶(?:어요?|습니다|은데요?)"
    rf"|{_ARTICLE_KO}(?:를|을|도)?(?: ?(?:좀|다))? ?(?:볼|읽을) ?수 ?있(?:어|니|나요|어요|을까요?)"
)

_PLEASE_JA = (
    r"(?:(?:て|で)?(?:ください(?:ませんか)?|下さい|くれますか|くれませんか|くれる|くれ|もらえますか|もらえる"
    r"|ちょうだい|お願いします|お願い|よ|ね)?)"
)
_IS_JA = r"(?:なんですか|なのですか|でしょうか|ですかね|ですか|なのか|なの|だろう|だよね|かな|だ|か|の)"
_THIS_JA = (
    r"(?:(?:これ|それ|あれ|(?:この|その|上の|今の|さっきの)(?:話|記事|ニュース|情報|文章|文|答え|回答|引用"
    r"|内容))"
    r"(?:って|は|が|を|の)?)"
)
_NTH_JA = r"(?:[一二三四五1-9](?:つ目|番目|番|件目|本目)|最初|最後)"
_ARTICLE_JA = (
    rf"(?:(?:この|その|上の|元の|{_NTH_JA}の)(?:記事|ニュース|引用|もの|やつ)|{_NTH_JA}|元記事|原文|全文)"
)

JAPANESE = (
    rf"(?:{_THIS_JA}の?)?(?:出典|ソース|情報源|記事のリンク|リンク|url|元記事|原文|根拠)(?:は|を|って|が"
    rf"|も)?"
    rf"(?:(?:何|なん|なに|どこ|どれ|ある|あります|ありません)(?:{_IS_JA})?"
    rf"|(?:教え|見せ|示し|貼っ|出し|送っ|ください|下さい|ちょうだい|くれ){_PLEASE_JA})?"
    rf"|(?:{_THIS_JA})?(?:誰|だれ)が(?:書いた|書きました)(?:記事|ん)?(?:{_IS_JA})?"
    rf"|{_THIS_JA}(?:誰|だれ)が(?:言った|言いました|言って(?:い?る|います))(?:ん)?(?:{_IS_JA})?"
    rf"|(?:{_THIS_JA}の?)?(?:著者|作者|筆者|記者|書いた人)(?:は|って)(?:誰|だれ|どなた)?(?:{_IS_JA})?"
    rf"|(?:{_THIS_JA})?いつの(?:記事|ニュース|情報)(?:{_IS_JA})?"
    rf"|(?:この|その)?記事(?:の日付)?は(?:いつ)(?:の|のもの|の記事|書かれたもの|公開された"
    rf"|出た)?(?:{_IS_JA})?"
    rf"|(?:{_THIS_JA})?(?:本当|ほんとう?|事実|正しい|確か|確実|正確|間違いない)(?:の(?:話"
    rf"|こと))?(?:{_IS_JA})?"
    rf"|(?:{_THIS_JA})?(?:どうして|なんで|なぜ|どうやって)(?:わか|分か|知って)(?:る|った|いる|います"
    rf"|ります)(?:{_IS_JA}|んですか)?"
    rf"|(?:{_THIS_JA})?(?:証明|確認|検証|ファクトチェック)して{_PLEASE_JA}"
    rf"|(?:{_THIS_JA})?(?:信じて|信用して)(?:も)?(?:いい|大丈夫)(?:{_IS_JA})?"
    rf"|{_ARTICLE_JA}(?:を|の全文を|も)?(?:見せ|読ませ|開い|表示し|読ん){_PLEASE_JA}"
    rf"|{_ARTICLE_JA}(?:を|の全文を|も|が)?(?:読みたい|見たい)(?:です|んですが)?"
    rf"|{_ARTICLE_JA}(?:を|は)?(?:読め|見られ|見れ)(?:ますか|る(?:{_IS_JA})?)"
)
