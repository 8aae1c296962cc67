"""Requests to summarise, translate or write about a subject: "write a poem about the ferry" is about the
ferry. The request itself is not carried out, but its subject can be searched."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.scripts import EAST

TAIL = 60
"""Characters at the end that are searched for an ending; the longest has about 40."""
_END = lazy_pattern(r"[\s?!.…。！？~]{1,20}\Z")

_LANGUAGE = (
    r"(?:plain |simple )?(?:english|korean|japanese|german|french|spanish|chinese|italian|portuguese|hindi"
    r"|arabic|russian)"
)
_NUMBER = r"(?:an?|one|two|three|four|five|six|ten|a few|[1-9][0-9]?)"
_BEFORE = (
    r"(?:(?:hey|hi|hello|ok(?:ay)?|so|and|now|then|just|also|please|pls|plz|bot|newsdesk)(?:,|!)? "
    r"|(?:can|could|would|will) (?:you|u) (?:(?:please|pls|kindly|just|maybe|also) )?"
    r"|(?:i want|i need|i would like|i'd like) (?:you )?to |help me (?:to )?){0,4}"
)
_ADJECTIVE = (
    r"(?:(?:short|brief|quick|long|little|funny|nice|good|detailed|concise|simple|one-page|full|small|sad"
    r"|great"
    r"|catchy|formal|rhyming|(?:one|two|three|[0-9]{1,4})[- ](?:sentence|line|word|paragraph|page)s?) ){0,3}"
)
_SUMMARY = r"(?:summary|recap|overview|outline|synopsis|gist|digest|translation|bullet points|paraphrase)"
_WORK = (
    rf"(?:{_SUMMARY}|poems?|essay|article|report|tweet|thread|post|blog post|story|song|rap|haiku|limerick"
    rf"|jokes?|table|timeline|chart|message|note|post-?card|obituary|slogan"
    r"|speech|letter|e-?mail|headline|paragraph|script|analysis|rhyme|text|press release|caption|sentence"
    r"|sonnet|novel|play|dialogue|conversation|quiz|presentation|code|program|riddle)s?"
)
_ABOUT = r"(?:about|on|of|for|regarding|concerning|around)"
_FOR_WHOM = (
    r"(?: (?:to|for) (?:my|our|the|a|an|his|her) (?:\w{1,20} ){0,2}?\w{1,20}(?= (?:about|on|regarding) ))?"
)
"""“an email to my boss about …”."""
_SAID_OF = (
    r"(?:(?:all )?(?:the |an? )?(?:latest )?(?:articles?|news|story|stories|coverage|reports?)"
    rf" {_ABOUT} )?"
)
_ENGLISH = lazy_pattern(
    rf"{_BEFORE}(?:"
    r"(?:summari[sz]e|sum up|recap|paraphrase|rephrase|re-?write|translate|condense|simplify|proofread)"
    rf"(?: (?:for me|me|for us|briefly|quickly|in short))?:? {_SAID_OF}"
    rf"|(?:write|compose|draft|create|generate|make|produce|prepare|sing)(?: (?:me|us))?(?: (?:{_NUMBER}"
    rf"|the|some"
    rf"|another))? {_ADJECTIVE}{_WORK}{_FOR_WHOM} {_ABOUT} "
    rf"|(?:gimme|(?:give|show|get|tell|send)(?: (?:me|us))?)(?: (?:{_NUMBER}|the|some|another))? {_ADJECTIVE}"
    rf"(?:{_SUMMARY}|poems?|jokes?|songs?|haiku|essay|rhyme|bedtime story|riddle|headlines?"
    rf"|tweet|table|timeline|chart|paragraph|caption|speech|slogan) {_ABOUT} "
    r"|what(?: do|'?re| are|s|'s| is)? (?:you|u|your (?:own |personal )?(?:opinions?|views?|take|thoughts?))"
    r"(?: (?:think|reckon))? (?:about|on|of) "
    rf"|(?:an? |the )?{_ADJECTIVE}(?:summary|recap|synopsis|gist) of "
    r")(?=\S)",
    re.IGNORECASE,
)
_FORM = lazy_pattern(
    rf",? (?:(?:in|into|as|using|with) (?:{_NUMBER} )?(?:short |simple |brief )?(?:sentences?|bullet points?"
    rf"|bullets|a nutshell|paragraphs?)|(?P<weak>(?:in|into|to|from \w{{1,20}} (?:in)?to) {_LANGUAGE}"
    rf"|(?:in|using) (?:{_NUMBER} )?(?:short )?(?:words?|lines?|simple (?:terms|words)|your own words"
    r"|layman'?s terms)|briefly|shortly|for me))\Z",
    re.IGNORECASE,
)
"""How it should be written. The forms in `weak` count only if a request begins the text, since people may
also have said things in French or in three words."""
_AS_TO_A_CHILD = lazy_pattern(
    r"(?:explain|describe)(?: (?:to me|me))? (?=\S)(.{1,1900}?),? (?:like i'?m (?:5|five|a child|a kid)|in"
    r" (?:simple|layman'?s|plain|easy) (?:terms|words|language|english))\Z",
    re.IGNORECASE,
)

_GIVE = r"(?:줘|주세요|줄래|주실래요|주십시오|줄 ?수 ?있(?:어|니|나요|어요|을까요)|봐|줘라)요?"
_FORM_KO = (
    r"(?:(?:[한두세네]|[1-9][0-9]?) ?(?:문장|줄|마디|단어|문단)(?:으로|로)|짧게|간단히|간단하게|간략하게"
    r"|간략히|쉽게"
    r"|(?:한국어|영어|일본어|중국어|우리말)로|좀|다시|잘)"
)
_OF_KO = r"(?:을|를|에 ?대(?:한|해서?|하여)|에 ?관(?:한|해서?|하여)|의|도|관련)?"
_WORK_KO = (
    r"(?:시|노래|농담|이야기|글|소설|에세이|기사|편지|보고서|트윗|유머|동화|가사|연설문|칼럼|요약문?|기사문"
    r"|시나리오)"
)
_KOREAN = lazy_pattern(
    rf"{_OF_KO} (?:{_FORM_KO} ?){{0,3}}(?:(?:요약|번역|정리|통역|의역|축약)(?:을"
    rf"|를)?(?: ?좀)? ?(?:해 ?{_GIVE}"
    rf"|{_GIVE}|해|부탁(?:해요?|합니다|드려요|드립니다)?|해라|하라)"
    rf"|{_WORK_KO}(?:를|을)?(?: ?(?:하나|한 ?(?:편|곡|개)|좀|짧게))? ?(?:써|지어|해|들려|불러|만들어|작성해"
    rf"|짜) ?{_GIVE})\Z"
)

_PLEASE = (
    r"(?:ください(?:ませんか)?|下さい|くれますか|くれませんか|くれる|くれ|もらえますか|もらえる"
    r"|ほしい(?:です)?"
    r"|ちょうだい|お願いします|いただけますか|よ|ね)?"
)
_FORM_JA = (
    r"(?:もう少し|簡単に|簡潔に|短く|ざっくり|わかりやすく|分かりやすく|箇条書き[でに]|(?:日本語|英語"
    r"|韓国語|中国語)[にで]"
    r"|[一二三四五1-9](?:文|行|言|段落)[でに])"
)
_JAPANESE = lazy_pattern(
    rf"(?:を|について|に関して|は)?、?{_FORM_JA}{{0,3}}(?:(?:要約|翻訳|言い換え"
    rf"|通訳)(?:を)?(?:し(?:て)?{_PLEASE}|お願いします)"
    rf"|まとめ(?:て{_PLEASE}|をお願いします)|訳して{_PLEASE})\Z"
    r"|(?:についての?|に関する|の|をテーマに)(?:詩|歌|小説|ジョーク|冗談|物語|作文|エッセイ|記事|手紙"
    r"|レポート|ツイート"
    rf"|俳句|歌詞|要約|スピーチ)を?(?:一つ|ひとつ)?(?:書いて|作って|言って|歌って|聞かせて|詠んで|考えて"
    rf"|作成して){_PLEASE}\Z"
)
_ENDINGS = (_KOREAN, _JAPANESE)


def subject_of(text: str) -> str | None:
    """The subject to write about, as it is worded; None if the text is no such request. `text` must be on one
    line. Takes linear time."""
    words = _END.sub("", text)
    if EAST.search(words):
        found = next(filter(None, (one.search(words, max(len(words) - TAIL, 0)) for one in _ENDINGS)), None)
        return words[: found.start()].strip() or None if found else None
    if explained := _AS_TO_A_CHILD.match(words):
        return explained[1]
    begins = _ENGLISH.match(words)
    start = begins.end() if begins else 0
    ends = _FORM.search(words, max(len(words) - TAIL, start))
    if ends and (begins or not ends["weak"]):
        return words[start : ends.start()].strip() or None
    return words[start:] if begins else None
