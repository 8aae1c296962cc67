# The bot's own words in Korean. Nothing here is ever part of a quote.
# Sentences are in 해요체; names and labels are nouns. A value is followed by a particle only where every
# value takes the same one.

## Dates, ages, counts

undated = 날짜 없음
age-future = 질문한 뒤
age-today = 오늘
age-yesterday = 어제
age-days = { $count }일 전
age-months = { $count }개월 전
age-years = { $count }년 전
count-articles = 기사 { $count }건

## Answers

filter-sources = 출처 { $names }
filter-since = { $date }부터
filter-until = { $date }까지
only = 검색 조건: { $filters }
read-only = { $what } 기사만
read-rather = { $what } 기사 우선
read-authors = 기자 { $names }
read-now = 최신 기사 우선
read-dates = 기간 { $dates }
read-spelling = ‘{ $written }’ 대신 ‘{ $meant }’
read-day-first = ‘{ $written }’는 일/월 순서로 { $date }
read-month-first = ‘{ $written }’는 월/일 순서로 { $date }
read-title = ‘{ $title }’ 포함
read-parts = 질문 { $count }개
nothing-from = { $period } 기사는 없어요.
nothing-from-newest = { $period } 기사는 없어요. 가장 최근 기사의 날짜는 { $date }이에요.
as-of = { $date } 기준(찾은 구절 가운데 가장 최근)
only-quotes = 저는 기사를 인용할 뿐 글을 쓰거나 요약하거나 번역하지는 않아요.
foreign-question = 여기서 쓰는 검색 모델은 영어를 아는 모델이라 이 질문은 단어만 비교했어요. 영어로 물어보거나, 봇 운영자에게 다국어 모델(NEWSDESK_MODEL)을 설정해 달라고 해 주세요.
no-answer = 이 기사들에서 답을 찾지 못했어요.
missing-time = 가장 가까운 구절 가운데 { $time }에 관한 것은 없어요.
missing-name = 가장 가까운 구절 어디에도 { $name } 언급은 없어요.
missing-time-name = 가장 가까운 구절 가운데 { $time }에 관한 것은 없고, { $name } 언급도 없어요.
nearest = 가장 가까운 기사예요(답이 아닐 수도 있어요).
searched = { $articles }을 검색했어요.
searched-newest = { $articles }을 검색했어요. 가장 최근 기사의 날짜는 { $date }이에요.
searched-within = { $articles } 가운데 { $within }건을 검색했어요({ $filters }).
searched-within-newest = { $articles } 가운데 { $within }건을 검색했어요({ $filters }). 가장 최근 기사의 날짜는 { $date }이에요.
try-dates = 기간을 넓혀서 다시 찾아보세요.
try-sources = 모든 출처에서 다시 찾아보세요.
try-both = 기간을 넓히거나 모든 출처에서 다시 찾아보세요.
confidence = 신뢰도 { $percent }%
also-in = 같은 문장이 실린 곳: { $names }
sources-differ = 출처마다 숫자가 달라요: { $answers }
sources-may-differ = 출처마다 다를 수 있으니 비교해 보세요.
understood = 이어지는 질문: ‘{ $question }’
checked = 뉴스로 확인한 결과
shared-by = { $name } 님이 공유함
gone = 기사가 바뀌거나 내려가서 인용문 { $count }개를 더는 보여 드리지 않아요.
nothing-more = 이에 대한 내용이 더는 없어요.
why-title = 이 인용문을 고른 이유
why-no-meaning = 의미: 모델이 모르는 언어라 비교하지 않음
why-strong = 의미: 매우 가까움
why-fair = 의미: 가까움
why-weak = 의미: 조금 가까움
why = 일치한 단어: { $words } · { $meaning }.
why-wordless = 일치한 단어 없음 · { $meaning }.
why-age = 발행 시점: { $age }.
why-copies = 같은 문장이 실린 다른 기사 { $count }건 대신 골랐어요.
check-title = 다시 확인한 결과
check-count-unchanged = 그대로 { $count }건
check-count-stands = 기사는 고쳐졌지만 그대로인 인용문 { $count }건
check-count-moved = 옮겨진 것 { $count }건
check-count-changed = 바뀐 것 { $count }건
check-count-withdrawn = 내려간 것 { $count }건
check-unchanged = 그대로예요.
check-stands = 그 뒤에 기사가 고쳐졌지만, 이 문장은 그대로 있어요.
check-moved = 그 기사는 더는 없지만, 같은 문장이 여기에 있어요:
check-changed = 바뀌었어요. 기사가 고쳐져서 이 문장은 이제 없어요.
check-withdrawn = 내려갔어요. 그 기사는 이제 여기에 없어요.
check-was = 이전 문장:
check-now = 지금 문장:
check-nothing-like-it = 지금은 비슷한 문장이 없어요.
latest-title = 최신 기사
latest-topic = 최신 기사: { $topic }
latest-undated = 날짜가 적힌 기사가 없어서, 다른 기사보다 최신이라고 할 수 없어요.
articles-undated = { $articles }, 날짜 없음
latest-none = 아직 여기서 볼 수 있는 기사가 없어요.
sources-title = 출처
sources-line = { $articles }, 가장 최근 기사 { $date }
sources-rest = 그 밖에 { $count }곳
page = { $page }/{ $pages }쪽
thread-title = 뉴스: { $question }
thread-opened = 여기서 이어서 물어보세요. 앞선 질문과 이어서 이해해요. 저를 멘션하지 않아도 돼요.
thread-opened-mention = 여기서 이어서 물어볼 때는 매번 저를 멘션해 주세요. 앞선 질문과 이어서 이해해요.
vote-thanks = 고마워요. 평가는 봇 운영자만 볼 수 있어요.

## Buttons

button-more = 더 보기
button-context = 앞뒤 보기
button-why = 고른 이유
button-check = 다시 확인
button-share = 공유하기
button-dismiss = 지우기
button-thread = 스레드에서 이어서 묻기
button-read = { $number }번 읽기
button-previous = 이전
button-next = 다음
button-confirm = 지금 새로고침
button-force = 그래도 새로고침
button-cancel = 취소
button-all = 조건 없이 찾기
button-as-asked = 쓴 그대로 찾기
button-without-sources = 모든 출처
button-without-since = 시작일 제한 없음
button-without-until = 종료일 제한 없음
button-close = 닫기
button-context-of = { $number }번 앞뒤 보기
button-actions = 다른 작업
button-fewer = 버튼 줄이기
helpful = 도움이 됐어요
not-helpful = 도움이 안 됐어요

## Why not

reason-title = 무엇이 잘못됐나요?
reason-kind = 이 답은
reason-wrong = 질문에 대한 답이 아니에요
reason-old = 오래된 내용이에요
reason-source = 출처가 맞지 않아요
reason-missing = 답이 있는데 찾지 못했어요
reason-other = 다른 문제가 있어요
reason-text = 자세한 내용 (비워 두어도 돼요)

## Saying no

busy = 지금은 바빠요. 앞에 질문이 { $ahead }개 있어요. { $seconds }초 뒤에 다시 물어봐 주세요.
too-late = 한꺼번에 질문이 너무 많아서 시간 안에 답하지 못했어요. 다시 물어봐 주세요.
too-fast = 여기서 허용된 것보다 빨리 질문하고 있어요. { $seconds }초만 기다려 주세요.
switched-off = 이 채널에서는 답하지 않도록 설정되어 있어요.
commands-only = 여기서는 명령어에만 답해요. /질문 명령어를 써 주세요.
no-collection = 여기서 검색할 수 있는 컬렉션이 없어요.
no-source = 여기서 검색하는 출처가 지금은 하나도 없어요: { $names }
unknown-collection = 여기에는 ‘{ $name }’ 컬렉션이 없어요. 있는 컬렉션: { $near }
unknown-source = 여기에는 ‘{ $name }’ 출처가 없어요. 가장 비슷한 출처: { $near }
question-empty = 질문이 비어 있어요. “나라에서 누가 회담했나요?”처럼 물어봐 주세요.
question-long = 질문이 너무 길어서 검색할 수 없어요. 한 문장으로 물어봐 주세요.
question-wordless = 질문에 검색할 단어가 없어요. “나라에서 누가 회담했나요?”처럼 물어봐 주세요.
bad-date = ‘{ $text }’ 날짜를 알아볼 수 없어요. 오늘, 지난주, 2026년 3월, 2026-01, 2026-01-14처럼 써 주세요.
dates-swapped = 시작일이 종료일보다 늦어요. 두 날짜를 바꿔 주세요.
moderated = 이곳의 자동 관리가 제 답변을 막아서 질문하신 분께만 알려 드려요.
title-moderated = 이곳의 자동 관리 때문에 질문을 스레드 이름으로 쓸 수 없어요. 직접 스레드를 열고 거기서 저를 멘션해 주세요.
check-wordless = 그 메시지에는 찾아볼 글이 보이지 않아요.
check-how = 거기에는 찾아볼 글이 보이지 않아요. 확인하려는 메시지에 답장하면서 저를 멘션하거나, 그 메시지의 메뉴에서 앱 → 뉴스로 확인하기를 골라 주세요.
mention-me = 제 역할을 멘션하면 Discord가 쓰신 글을 저에게 보여 주지 않아요. 앱 표시가 있는 제 이름을 골라 주세요.
answer-gone = 그 답은 더 이상 보관하고 있지 않아요. 다시 물어봐 주세요.
quotes-gone = 기사가 바뀌거나 내려가서 남아 있는 인용문이 없어요.
article-gone = 그 기사는 이제 여기에 없어요.
no-article = 여기에는 ‘{ $name }’ 기사가 없어요.
not-allowed = 서버 관리자와 /설정 명령어로 지정한 사람만 할 수 있어요.
not-yours = 이 서버에서 관리할 수 있는 컬렉션이 없어요. 봇 운영자가 만들어 줄 수 있어요.
only-in-community = 서버에서만 쓸 수 있어요.
not-the-asker = 질문한 사람이나 관리자만 할 수 있어요.
shared-already = 이 답변은 이미 여기에 모두에게 공유되어 있어요.
cannot-write = 이 채널에 글을 쓸 권한이 없으셔서 여기에 공유하지 않을게요.
cannot-write-there = 질문하신 채널에 제가 글을 쓸 수 없어요. 채널 관리자에게 권한을 요청하거나 여기서 물어봐 주세요.
thread-there = 이 답에는 이미 스레드가 있어요. 거기서 이어서 물어보세요.
cannot-open-thread = 여기서는 제가 스레드를 열 수 없어요.
may-not-open-thread = 이 채널에서 스레드를 열 권한이 없으세요.
cannot-open-thread-without = 저에게 권한이 없어서 여기서 스레드를 열 수 없어요: { $permissions }. 서버 관리자에게 권한을 요청해 주세요.
cannot-write-in-thread = 여기서는 스레드에 글을 쓸 수 없어서, 열었던 스레드를 닫았어요. 서버 관리자에게 권한을 요청해 주세요.
too-many-threads = 이 서버에 열린 스레드가 Discord의 한도에 이르렀어요. 하나를 닫고 다시 시도해 주세요.
permission-view-channel = 채널 보기
permission-read-message-history = 메시지 기록 보기
permission-create-public-threads = 공개 스레드 만들기
permission-send-messages-in-threads = 스레드에서 메시지 보내기
file-sent-directly = 이 채널에는 파일을 첨부할 수 없어서 다이렉트 메시지로 보내 드려요.
limit-collections = 이 커뮤니티에는 자체 컬렉션이 { $used }개 있고, { $most }개까지 둘 수 있어요. 봇 운영자가 더 늘려 줄 수 있어요.
limit-sources = 이 커뮤니티에는 출처가 { $used }개 있고, { $most }개까지 둘 수 있어요. 더 쓰지 않는 출처를 지우거나 봇 운영자에게 문의해 주세요.
limit-articles = 이것까지 넣으면 이 커뮤니티가 둘 수 있는 기사 { $most }건을 넘어요. 지금은 { $used }건이에요. 바뀐 것은 없어요. 더 쓰지 않는 출처를 지우거나 봇 운영자에게 문의해 주세요.
limit-megabytes = 이것까지 넣으면 이 커뮤니티가 둘 수 있는 글 { $most }MB를 넘어요. 지금은 { $used }MB예요. 바뀐 것은 없어요. 더 쓰지 않는 출처를 지우거나 봇 운영자에게 문의해 주세요.
reload-busy = 기사 모음이 이미 바뀌는 중이에요. 끝난 다음에 다시 시도해 주세요.
stopping = 다시 시작하는 중이에요. 1분 뒤에 다시 물어봐 주세요.
operators = 지금은 필요한 것을 저장하거나 읽을 수 없어서 하지 못했어요. 저를 운영하는 사람이 로그에서 오류 번호 { $incident }로 이유를 볼 수 있어요.
not-done = 하지 못했어요: { $reason }
broken = 제 쪽에서 문제가 생겼어요. 누군가에게 알릴 때는 오류 번호({ $incident })를 함께 알려 주세요.
unsure = 제 답변이 전달되었는지 확인하지 못했어요. 보이지 않으면 다시 질문해 주세요.
too-large = 파일 크기가 { $size }MB예요. { $limit }MB까지만 받을 수 있어요.
bad-choice = 여기서는 그 값을 고를 수 없어요.
give-one = 주소와 파일 가운데 하나만 넣어 주세요.

## Small talk

talk-here = 뉴스에 대해 물어보세요. { $sources }의 { $articles }을 검색해요.
talk-sources = { $names } 외 { $count }곳
talk-okay = 알겠어요. { $here }
talk-greeting = 안녕하세요! { $here }
talk-goodbye = 안녕히 가세요! 궁금한 것이 생기면 또 물어보세요. { $here }
talk-thanks = 천만에요! { $here }
talk-praise = 고마워요! { $here }
talk-insult = 도움이 되지 못해 죄송해요. 이름이나 장소, 날짜를 넣어 물어보시면 더 잘 찾아요. { $here }
talk-noise = 검색할 만한 단어를 찾지 못했어요. { $here }
talk-write = 저는 기사를 그대로 인용할 뿐, 글을 쓰거나 요약하거나 번역하지는 않아요. { $here }
quotes-again = 저는 기사를 그대로 인용할 뿐, 글을 쓰거나 요약하거나 번역하지는 않아요. 조금 전의 인용문을 다시 보여 드릴게요.
talk-identity = 저는 뉴스 기사를 그대로 인용해 답하는 프로그램 Newsdesk예요. 답을 지어내는 언어 모델은 쓰지 않아요. { $here }
talk-count = { $articles }을 검색해요. 출처: { $sources }
talk-ability = 뉴스에 대한 질문에 기사를 그대로 인용해 답해요. { $here }

## Counts, lists and single articles

listing-mention = “{ $words }” 언급 기사 { $count }건
listing-words = 다음 단어가 모두 나오는 기사 { $count }건: { $words }
listing-none = “{ $words }” 언급 기사가 없어요.
listing-nothing = 해당하는 기사가 없어요.
listing-nothing-then = 그때 나온 기사가 없어요.
listing-no-author = “{ $name }” 기자의 기사가 없어요.
listing-otherwise = 조건: { $filters }. 날짜 조건을 빼면 { $articles }이 있어요.
listing-otherwise-newest = 조건: { $filters }. 날짜 조건을 빼면 { $articles }이 있고, 가장 최근 기사는 { $date } 기사예요.
listing-range = { $count }건 중 { $first }~{ $last }번째, 최신순
button-add = 추가
button-search = 대신 답변 검색하기
page-absent = 그 페이지는 기사 모음에 없어요.
page-add = 추가하려면 **/기사관리 추가** 명령어에 주소를 넣으세요.

## Help

help = 뉴스 기사의 문장을 그대로 인용해 답하고, 글을 직접 쓰지는 않아요.
help-examples = 예를 들어 “{ $first }”, “{ $second }”처럼 물어보세요.
example-news = { $subject } 관련 뉴스
example-source = { $source } 최신 기사
help-ask = **/질문** 명령어로 답이 되는 인용문을 찾아요. 출처와 날짜로 좁힐 수 있고, **나만보기**를 켜면 나에게만 보여요.
help-mention = 저를 멘션하거나, 저에게 직접 메시지를 보내거나, 제 답에 답장해서 이어서 물어볼 수도 있어요.
help-check = 메시지에서 **앱 → 뉴스로 확인하기**를 누르면 그 내용을 다룬 뉴스를 찾아요.
help-browse = **/최신** 명령어는 새 기사를, **/출처** 명령어는 검색하는 출처를, **/기사** 명령어는 기사 전체를 보여 줘요.
help-buttons = 답 아래의 버튼: **더 보기**는 다른 인용문을, **앞뒤 보기**는 인용문의 앞뒤를, **고른 이유**는 고른 까닭을 보여 줘요. 👍 👎는 봇 운영자에게 전해져요.
help-admin = 서버 관리자는 **/기사관리** 명령어로 기사를 관리하고, **/설정** 명령어로 어디서 어떻게 답할지 정해요.

## Administering

status-title = 기사 모음
status-sources = 읽어 오는 곳 { $count }곳
status-withdrawn = 내린 기사 { $count }건
status-served = 제공 중
status-kept = 보관 중
status-none = 아직 기사가 없어요: /기사관리 추가
plan-title = 새로고침하면 바뀌는 것
plan-counts = **{ $name }**: 새 기사 { $new }건, 바뀐 기사 { $changed }건, 빠지는 기사 { $removed }건, 그대로인 기사 { $unchanged }건
plan-nothing = 바뀌는 것이 없어요.
plan-new = 새 기사
plan-changed = 바뀐 기사
plan-removed = 빠지는 기사
plan-rest = 그 밖에 { $count }건
plan-confirm = 새 기사 모음이 다 만들어질 때까지는 지금 것으로 답해요.
plan-refused = 하지 않았어요: { $reason }
working = 작업 중 …
stage-reading = 기사 읽는 중
stage-splitting = 구절로 나누는 중
stage-indexing-words = 단어 색인을 만드는 중
stage-embedding = 기사 색인 만드는 중
stage-writing = 저장하는 중
stage-loading-the-model = 모델을 불러오는 중
stage-fetching = 웹에서 가져오는 중
progress = { $stage }: { $done }/{ $total }
report-title = 끝났어요
report-nothing = 바뀐 것이 없었어요.
report-time = 텍스트 { $embedded }개 임베딩, { $seconds }초 걸림.
report-problems = 문제 { $count }건 (첨부 파일에 있어요):
cancelled = 아무것도 바꾸지 않았어요.
rolled-back = { $name } 컬렉션을 { $generation } 세대로 되돌렸어요. 다음에 새로고침하면 다시 출처에서 읽어 와요.
history-title = 변경 이력
history-none = 아직 한 일이 없어요.
audit-title = 누가 무엇을 했는지
audit-refused-title = 누가 무엇을 하려다 거절됐는지
audit-none = 아직 여기서 한 일이 없어요.

## Settings

settings-server = 이 서버의 설정
settings-channel = { $channel } 설정
settings-this-channel = 이 채널
settings-hint = 고르면 바로 적용돼요.
settings-channel-hint = 여기서 고르지 않은 것은 서버 설정을 따라요. 고르면 바로 적용돼요.
settings-inherit = 서버 설정대로
settings-group-where = 답하는 곳
settings-group-searched = 찾는 기사
settings-group-form = 답의 모양
settings-group-limits = 질문 한도
settings-group-administrators = 관리자
setting-answers = 답하는 대상
setting-answers-nowhere = 답하지 않음
setting-answers-commands = 명령어만
setting-answers-mentions = 명령어와 멘션
setting-answers-everything = 여기서 나오는 모든 질문
setting-collections = 검색할 컬렉션 (고르지 않으면 모두)
setting-sources = 검색할 출처 (고르지 않으면 모두)
setting-sources-more = 이름으로 출처 고르기 …
setting-sources-names = 출처 이름 (쉼표로 구분)
setting-private = /질문 답변을 볼 수 있는 사람
setting-private-no = 모두
setting-private-yes = 물어본 사람만
setting-passages = 답 하나에 담는 인용문
setting-passages-value = 인용문 { $count }개
setting-language = 봇이 쓰는 언어
setting-language-auto = 읽는 사람의 언어
setting-language-en = 영어
setting-language-ko = 한국어
setting-language-ja = 일본어
setting-admin_roles = 관리자 역할 추가
setting-admin_groups = 관리자 그룹 추가
setting-admin-hint = Discord는 /기사관리, /설정 명령어를 서버 관리자에게만 보여 줘요. 다른 역할에도 보이게 하려면 ‘서버 설정 → 연동’에서 바꿔 주세요.
setting-admin-hint-slack = 워크스페이스 관리자와 소유자는 언제나 관리할 수 있어요.
setting-person_limit = 한 사람의 1분당 질문 수
setting-channel_limit = 한 채널의 1분당 질문 수
setting-limit-value = 1분에 { $count }개
setting-reset = 기본값으로 되돌리기
setting-reset-channel = 모두 서버 설정대로
everything-unavailable = 그러려면 봇 운영자가 메시지 내용 권한(Message Content Intent)을 켜야 해요: NEWSDESK_DISCORD_MESSAGE_CONTENT=1

## Commands

command-ask = 질문
describe-ask = 뉴스 기사의 문장을 그대로 인용해 질문에 답해요
option-question = 질문
describe-question = 알고 싶은 것
option-source = 출처
describe-source = 이 출처에서만
option-collection = 컬렉션
describe-collection = 이 컬렉션에서만
option-since = 시작일
describe-since = 이날부터 발행된 기사: 오늘, 지난주, 2026년 3월, 2026-01-14
option-until = 종료일
describe-until = 이날까지 발행된 기사
option-private = 나만보기
describe-private = 답을 나에게만 보여 줘요
option-refused = 거절된것만
describe-refused = 하려다가 이루어지지 않은 일만 보여 줘요
command-check = 뉴스로 확인하기
command-latest = 최신
describe-latest = 최신 기사, 주제를 정할 수도 있어요
option-topic = 주제
describe-topic = 어떤 주제의 기사인지
command-sources = 출처
describe-sources = 여기서 검색하는 출처
command-article = 기사
describe-article = 기사 전체 보기
option-article = 기사
describe-article-option = 기사의 제목이나 ID
command-help = 도움말
describe-help = 제가 할 수 있는 일
command-corpus = 기사관리
describe-corpus = 기사 관리하기
command-status = 현황
describe-status = 어떤 기사를 쓰고 있고 어디서 왔는지
command-reload = 새로고침
describe-reload = 바뀔 내용을 보여 준 다음 모든 출처를 다시 읽어요
command-rollback = 되돌리기
describe-rollback = 마지막으로 바뀌기 전의 기사 모음으로 답해요
command-history = 이력
describe-history = 변경 이력
command-audit = 감사기록
describe-audit = 여기서 누가 무엇을 했는지
command-add = 추가
describe-add = 웹 페이지나 파일 넣기
option-url = 주소
describe-url = 웹 페이지나 파일의 주소
option-file = 파일
describe-file = Markdown, 텍스트, HTML, JSON Lines
command-remove = 제거
describe-remove = 기사나 출처 빼기
option-target = 대상
describe-target = 기사의 ID나 출처의 위치
option-forget = 완전삭제
describe-forget = 글까지 완전히 지우기; 되돌릴 수 없어요
command-restore = 복원
describe-restore = 제거한 기사를 다시 넣기
command-settings = 설정
describe-settings = 어디서 어떻게 답할지
command-server = 서버
describe-server = 서버 전체의 설정
command-channel = 채널
describe-channel = 채널 하나의 설정
option-channel = 채널
describe-channel-option = 어느 채널인지, 비워 두면 이 채널

## Slack

form-ask = 뉴스에 묻기
form-source = 출처
form-since = 이 날짜부터
form-until = 이 날짜까지
form-private = 답을 볼 사람
form-send = 보내기
corpus-usage = /corpus 뒤에 status, reload, rollback, history, audit, audit refused, add 주소, remove 기사, restore 기사 가운데 하나를 써 주세요. remove 뒤에 forget:yes 를 적으면 글까지 완전히 지워요. 컬렉션은 뒤에 in:이름 으로 적어요. 파일은 그 메시지의 메뉴에서 추가할 수 있고, 메시지에 in:이름 을 적어도 돼요.
look-in-direct = 진행 상황은 저와의 다이렉트 메시지에서 볼 수 있어요.
give-one-slack = 메시지에 파일이 하나만 있어야 해요.
file-elsewhere = 이 파일은 Slack에 있지 않아서 파일로 가져오지 않아요. 대신 페이지를 추가해 주세요: { $command }
file-gone = 이 파일은 삭제되었거나 이 워크스페이스의 것이 아니에요.
file-hidden = 워크스페이스 요금제의 보관 기간이 지나 Slack이 이 파일을 숨겼어요. 다시 보내 주세요.
file-denied = 이 파일을 읽을 권한이 없어요. 제가 있는 채널에 공유하거나 여기에 다시 보내 주세요.
file-sign-in = Slack이 파일 대신 로그인 화면을 보냈어요. 앱에 files:read 권한이 없어요. 봇을 운영하는 분이 앱 설정에서 추가하고 앱을 다시 설치해야 해요.
file-unreachable = 지금은 Slack에서 이 파일을 받을 수 없어요. 잠시 뒤에 다시 해 보세요.
home-corpus = 검색하는 기사
home-questions = 최근에 물어본 것
home-no-questions = 아직 없어요. /ask 를 쓰거나, 저를 멘션하거나, 저에게 메시지를 보내 주세요.

## On Slack, where things are called otherwise

help-ask-slack = **/ask** 명령어로 답이 되는 인용문을 찾아요. `source:이름`, `since:last-week`, `until:2026-01-14`로 좁힐 수 있고, `private:yes`를 쓰면 나에게만 보여요. 질문 없이 쓰면 입력창이 열려요.
help-mention-slack = 저를 멘션하거나, 저에게 직접 메시지를 보내거나, 답의 스레드에서 이어서 물어볼 수도 있어요.
help-check-slack = 메시지 메뉴의 **Check against the news**를 누르면 그 내용을 다룬 뉴스를 찾아요.
help-admin-slack = 관리자는 **/corpus** 명령어로 기사를 관리하고, **/newsdesk settings** 명령어로 어디서 어떻게 답할지 정해요.
help-browse-slack = **/latest** 명령어는 새 기사를, **/sources** 명령어는 검색하는 출처를, **/article** 명령어는 기사 전체를 보여 줘요.
not-allowed-slack = 워크스페이스 관리자와 소유자, /newsdesk settings 명령어로 지정한 사람만 할 수 있어요.
not-yours-slack = 이 워크스페이스에서 관리할 수 있는 컬렉션이 없어요. 봇 운영자가 만들어 줄 수 있어요.
only-in-community-slack = 워크스페이스에서만 쓸 수 있어요.
commands-only-slack = 여기서는 명령어에만 답해요. /ask 명령어를 써 주세요.
settings-server-slack = 이 워크스페이스의 설정
settings-channel-hint-slack = 여기서 고르지 않은 것은 워크스페이스 설정을 따라요. 고르면 바로 적용돼요.
settings-inherit-slack = 워크스페이스 설정대로
setting-reset-channel-slack = 모두 워크스페이스 설정대로
setting-admin_roles-slack = 관리자와 소유자 말고도 관리할 수 있는 사람
page-add-slack = 추가하려면 **/corpus add 주소**를 입력하세요.
status-none-slack = 아직 기사가 없어요: /corpus add 주소
setting-private-slack = /ask 답변을 볼 수 있는 사람
check-how-slack = 거기에는 찾아볼 글이 보이지 않아요. 확인하려는 메시지의 스레드에서 저를 멘션하거나, 그 메시지의 메뉴에서 Check against the news를 골라 주세요.
