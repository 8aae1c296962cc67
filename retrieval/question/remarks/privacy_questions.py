"""Patterns of questions about what the bot keeps of a conversation, and who can see it. In lower case without
punctuation."""

_SAID = (
    r"(?:(?:(?:my|our|the|this|these|all my) )?(?:questions?|chats?|conversations?|history|messages?|searches"
    r"|quer(?:y|ies)|(?:personal )?data|information)|what (?:i|we) (?:ask|asked|write|say|type|search))"
)
_MINE = (
    r"(?:(?:my|our|all my) (?:questions?|chats?|conversations?|history|messages?|searches"
    r"|quer(?:y|ies)|(?:personal )?data|information)|this (?:chat|conversation)|what (?:i|we) (?:ask|asked"
    r"|write|say|type|search))"
)
_KEPT = r"(?:stored|saved|logged|recorded|kept|shared|tracked|collected|monitored|sold|deleted)"
_BOT = r"(?:you|u|this bot|the bot|newsdesk)"

ENGLISH = (
    rf"(?:is|are) (?:this|that|it|everything|{_MINE})(?: (?:here|all|chat))?"
    rf" (?:private|confidential|anonymous|being {_KEPT})"
    rf"|(?:is|are|was|were) (?:everything|{_MINE})(?: (?:here|all|being))? (?:public|secret|safe|{_KEPT})"
    rf"|is (?:this|that) {_KEPT}"
    rf"|(?:who|can (?:any(?:one|body)|others|(?:other )?people|some(?:one|body)|every(?:one|body)|admins?))"
    rf"(?: else)?(?: can| could)? (?:sees?|reads?|views?|access|looks? at) (?:this|{_MINE})"
    rf"|(?:do|does|will|did|are|is|can) {_BOT} (?:store|save|keep|log|record|track|collect|share|sell"
    rf"|remember|see|storing|saving|keeping|logging|recording|tracking|collecting)(?: all)?"
    rf" (?:{_SAID}|logs|a log|everything|anything)"
    rf"|how long (?:do|does|will|are|is) (?:{_BOT} (?:store|save|keep) {_SAID}|{_MINE} {_KEPT})"
    rf"|what (?:data|information|questions)? ?(?:do|does) {_BOT} (?:collect|store|keep|save|know|have)"
    r"(?: (?:about|on|of) (?:me|us))"
    rf"|what (?:data|information) (?:do|does) {_BOT} (?:collect|store|keep|save)"
    rf"|what (?:happens (?:to|with)|do you do with) {_MINE}"
    r"|(?:(?:how (?:do|can) i|can i|(?:can|could|will|would) you|i want to|please) )*"
    rf"(?:delete|erase|remove|forget) {_MINE}|privacy policy"
)

_MINE_KO = (
    r"(?:(?:내|제|우리|저희|나의|저의) ?(?:질문|대화|메시지|채팅|기록|데이터|정보|(?:물어본|질문한|쓴"
    r"|한) ?(?:것|거|말))"
    r"(?:들)?(?:은|는|이|가|을|를)?|내가 ?(?:물어본|질문한|쓴|한) ?(?:것|거|건|말)(?:은|는|이|을)?)"
)
_ASKED_KO = (
    r"(?:하|되|해|돼|됩|하고 ?있|되고 ?있)?(?:어|니|어요|나요|요|습니까|니까|는 ?(?:거|건)(?:야|가요|예요)"
    r"|는지|냐|죠|지)?"
)

KOREAN = (
    rf"(?:{_MINE_KO}|(?:이|여기 ?)?(?:대화|질문)(?:은|는|이|가|을|를)?|여기서 ?한 ?(?:말|질문)(?:은|도)?)"
    rf" ?(?:다 |모두 |전부 |계속 )?(?:저장|기록|보관|수집|공개|공유){_ASKED_KO}"
    rf"|(?:{_MINE_KO}|이거|이건|여기|(?:이|여기) ?대화)(?:는|은)? ?"
    r"(?:비공개|비밀|익명|개인적)(?:이|인)?(?:야|에요|예요|인가요|가요|니|죠|입니까|이야|보장(?:돼"
    r"|되나요)요?)"
    rf"|(?:누가|다른 ?사람(?:이|도|들이)?|남이|누구나) ?{_MINE_KO} ?"
    r"(?:볼 ?수 ?있|보|봐|읽을 ?수 ?있|읽)(?:어|니|나요|어요|습니까|을까요?|는 ?거야|요)?"
    rf"|{_MINE_KO} ?(?:누가|다른 ?사람(?:이|도|들이)?) ?"
    r"(?:볼 ?수 ?있|보|봐|읽을 ?수 ?있|읽)(?:어|니|나요|어요|습니까|을까요?|는 ?거야|요)?"
    rf"|{_MINE_KO} ?(?:다 |모두 |전부 )?(?:지워|삭제해|없애) ?(?:줘|주세요|줄래|줄 ?수 ?있(?:어|나요))요?"
    rf"|{_MINE_KO} ?(?:어떻게 ?)?(?:지우|삭제하)(?:나요|지|고 ?싶어요?|려면(?: ?어떻게 ?(?:해|하나요))?요?)"
    r"|개인 ?정보 ?처리 ?방침"
)

_SAID_JA = (
    r"(?:(?:私|わたし|僕|俺|自分)の|ここでの|ここの|この)?"
    r"(?:質問|会話|チャット|履歴|メッセージ|やり取り|やりとり)(?:内容|履歴)?(?:は|が|を|って)?(?:全部|すべて"
    r"|ずっと)?"
)
_MINE_JA = (
    r"(?:(?:私|わたし|僕|俺|自分)の|ここでの|この)"
    r"(?:質問|会話|チャット|履歴|メッセージ|データ|やり取り|やりとり)(?:内容|履歴)?(?:は|が|を|って)?"
)
_ASKED_JA = r"(?:ますか|てい?ますか|てい?るの(?:ですか|か)?|てい?る|るの(?:ですか|か)?|る|んですか)"

JAPANESE = (
    rf"{_SAID_JA}(?:保存|記録|保管|収集)(?:され|し){_ASKED_JA}"
    rf"|{_MINE_JA}(?:公開|共有)(?:され|し){_ASKED_JA}"
    rf"|(?:{_MINE_JA}|これ(?:は|って)|ここ(?:は|って))(?:非公開|プライベート|匿名|秘密|内緒)(?:ですか|なの"
    rf"|か)?"
    rf"|(?:誰|だれ)が(?:{_SAID_JA}|これを)(?:見|読)(?:られ|れ|め){_ASKED_JA}"
    rf"|{_SAID_JA}(?:誰|だれ|他の人)(?:が|に|から)(?:見|読)(?:られ|れ|め|え){_ASKED_JA}"
    rf"|{_MINE_JA}(?:消して|削除して|消したい|削除したい|消せ|削除でき|忘れて)"
    r"(?:ください|下さい|くれ|です|ますか|る(?:の|か)?)?"
    r"|プライバシーポリシー"
)
