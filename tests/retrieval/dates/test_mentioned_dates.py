"""Questions and the days they speak of; all are asked on Wednesday, 18 March 2026."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.dates.mentioned_dates import mentioned_periods

ASKED_AT = datetime(2026, 3, 18, 12, tzinfo=UTC)

ENGLISH = [
    ("What happened yesterday?", "yesterday", "2026-03-17", "2026-03-17"),
    ("what happened the day before yesterday", "the day before yesterday", "2026-03-16", "2026-03-16"),
    ("What did the council decide today?", "today", "2026-03-18", "2026-03-18"),
    ("Who spoke tonight?", "tonight", "2026-03-18", "2026-03-18"),
    ("Who won last night?", "last night", "2026-03-17", "2026-03-18"),
    ("What burned this morning?", "this morning", "2026-03-18", "2026-03-18"),
    ("What was decided last week?", "last week", "2026-03-09", "2026-03-15"),
    ("Who resigned last month?", "last month", "2026-02-01", "2026-02-28"),
    ("Who won last year's race?", "last year", "2025-01-01", "2025-12-31"),
    ("What was flooded last weekend?", "last weekend", "2026-03-14", "2026-03-15"),
    ("What fell over the last week?", "last week", "2026-03-11", "2026-03-18"),
    ("Who quit on Monday?", "Monday", "2026-03-16", "2026-03-16"),
    ("who quit on monday", "monday", "2026-03-16", "2026-03-16"),
    ("Who quit last Friday?", "last Friday", "2026-03-13", "2026-03-13"),
    ("Who quit last Wednesday?", "last Wednesday", "2026-03-11", "2026-03-11"),
    ("Who quit on Wednesday?", "Wednesday", "2026-03-18", "2026-03-18"),
    ("Who quit on Friday last week?", "Friday last week", "2026-03-13", "2026-03-13"),
    ("Who died Sunday at the age of 95?", "Sunday", "2026-03-15", "2026-03-15"),
    ("who died sunday at the age of 95?", "sunday", "2026-03-15", "2026-03-15"),
    ("Who was hurt in the blast on Monday morning?", "Monday", "2026-03-16", "2026-03-16"),
    ("What opened in March?", "March", "2026-03-01", "2026-03-31"),
    ("what opened in march?", "march", "2026-03-01", "2026-03-31"),
    ("What opened in April?", "April", "2025-04-01", "2025-04-30"),
    ("What opened last March?", "last March", "2025-03-01", "2025-03-31"),
    ("What opened in March 2026?", "March 2026", "2026-03-01", "2026-03-31"),
    ("What opened in late Feb. 2025?", "Feb. 2025", "2025-02-01", "2025-02-28"),
    ("What opened in mid-October 2025?", "October 2025", "2025-10-01", "2025-10-31"),
    ("What opened in mid-2025?", "2025", "2025-01-01", "2025-12-31"),
    ("What opened at the end of October 2025?", "October 2025", "2025-10-01", "2025-10-31"),
    ("What happened on 5 March?", "5 March", "2026-03-05", "2026-03-05"),
    ("What happened on the 5th of March?", "5th of March", "2026-03-05", "2026-03-05"),
    ("What happened on March 5?", "March 5", "2026-03-05", "2026-03-05"),
    ("What happened on March 25?", "March 25", "2025-03-25", "2025-03-25"),
    ("What happened on March 5, 2024?", "March 5, 2024", "2024-03-05", "2024-03-05"),
    ("What happened on Sept. 5th, 2024?", "Sept. 5th, 2024", "2024-09-05", "2024-09-05"),
    ("What happened on 2026-03-05?", "2026-03-05", "2026-03-05", "2026-03-05"),
    ("What happened on February 29?", "February 29", "2024-02-29", "2024-02-29"),
    ("Who met between 1 and 5 October?", "1 and 5 October", "2025-10-01", "2025-10-05"),
    ("Who met from 1 to 5 October?", "1 to 5 October", "2025-10-01", "2025-10-05"),
    ("Who met on October 1-5, 2024?", "October 1-5, 2024", "2024-10-01", "2024-10-05"),
    (
        "Who met between 1 October and 5 November 2025?",
        "between 1 October and 5 November 2025",
        "2025-10-01",
        "2025-11-05",
    ),
    ("Who met between March and May 2024?", "between March and May 2024", "2024-03-01", "2024-05-31"),
    ("Who met from Monday to Wednesday?", "from Monday to Wednesday", "2026-03-16", "2026-03-18"),
    ("What changed between 2019 and 2021?", "between 2019 and 2021", "2019-01-01", "2021-12-31"),
    ("What changed since Monday?", "since Monday", "2026-03-16", None),
    ("What changed since last week?", "since last week", "2026-03-09", None),
    ("What changed before June?", "before June", None, "2025-05-31"),
    ("stories older than June", "older than June", None, "2025-05-31"),
    ("articles newer than 3 March 2024", "newer than 3 March 2024", "2024-03-04", None),
    ("What changed after 3 May?", "after 3 May", "2025-05-04", None),
    ("What changed until Tuesday?", "until Tuesday", None, "2026-03-17"),
    ("What changed after yesterday's vote?", "yesterday", "2026-03-17", "2026-03-17"),
    ("What changed in the past three days?", "past three days", "2026-03-15", "2026-03-18"),
    ("What changed in the last 24 hours?", "last 24 hours", "2026-03-17", "2026-03-18"),
    ("What changed in the past few weeks?", "past few weeks", "2026-02-25", "2026-03-18"),
    ("Who met two weeks ago?", "two weeks ago", "2026-03-02", "2026-03-08"),
    ("Who met 3 days ago?", "3 days ago", "2026-03-15", "2026-03-15"),
    ("Who met a month ago?", "a month ago", "2026-02-01", "2026-02-28"),
    ("Who won in 2023?", "2023", "2023-01-01", "2023-12-31"),
    ("Who won in the summer of 2023?", "2023", "2023-01-01", "2023-12-31"),
    ("What happened on 25/12/2025?", "25/12/2025", "2025-12-25", "2025-12-25"),
    ("What happened on 12/25/2025?", "12/25/2025", "2025-12-25", "2025-12-25"),
    ("What happened on 1/2/26?", "1/2/26", "2026-01-02", "2026-01-02"),
    ("What happened on 1.2.2026?", "1.2.2026", "2026-02-01", "2026-02-01"),
    ("What happened on 2026/2/1?", "2026/2/1", "2026-02-01", "2026-02-01"),
    ("What changed before 01-02-2026?", "before 01-02-2026", None, "2026-01-01"),
    ("Who met between 1/2/26 and 2/3/26?", "between 1/2/26 and 2/3/26", "2026-01-02", "2026-02-03"),
    ("What happened on 26 Sept '23?", "26 Sept '23", "2023-09-26", "2023-09-26"),
    ("What happened on 26 Sept 23?", "26 Sept 23", "2023-09-26", "2023-09-26"),
    ("What happened on Sept 26, 23", "Sept 26, 23", "2023-09-26", "2023-09-26"),
    ("What happened on 3-5 March 23?", "3-5 March 23", "2023-03-03", "2023-03-05"),
    ("What did the 26 Sept 23 men say?", "26 Sept", "2025-09-26", "2025-09-26"),
    ("What opened in May ’99?", "May ’99", "1999-05-01", "1999-05-31"),
    ("What did it earn in Q3 2023?", "Q3 2023", "2023-07-01", "2023-09-30"),
    ("What did it earn in 4Q23?", "4Q23", "2023-10-01", "2023-12-31"),
    ("Who won in the third quarter of 2023?", "third quarter of 2023", "2023-07-01", "2023-09-30"),
    ("Who won in the first half of 2024?", "first half of 2024", "2024-01-01", "2024-06-30"),
    ("What changed since the second half of 2024?", "since the second half of 2024", "2024-07-01", None),
    ("What changed before Q1 2024?", "before Q1 2024", None, "2023-12-31"),
    ("What changed after H1 2024?", "after H1 2024", "2024-07-01", None),
    ("Which law did Theresa May sign in May?", "May", "2025-05-01", "2025-05-31"),
]
EAST = [
    ("2023년 3분기 실적은?", "2023년 3분기", "2023-07-01", "2023-09-30"),
    ("2023년 상반기 이후 바뀐 것은?", "2023년 상반기 이후", "2023-07-01", None),
    ("2023年第3四半期の業績は?", "2023年第3四半期", "2023-07-01", "2023-09-30"),
    ("2024年上半期までの売上は?", "2024年上半期まで", None, "2024-06-30"),
    ("2025. 4. 3. 무슨 일이?", "2025. 4. 3", "2025-04-03", "2025-04-03"),
    ("어제 무슨 일이 있었나요?", "어제", "2026-03-17", "2026-03-17"),
    ("오늘 발표한 정책은?", "오늘", "2026-03-18", "2026-03-18"),
    ("그저께 열린 회담은?", "그저께", "2026-03-16", "2026-03-16"),
    ("지난주 물가는?", "지난주", "2026-03-09", "2026-03-15"),
    ("지난 주 물가는?", "지난 주", "2026-03-09", "2026-03-15"),
    ("지난주 금요일 회의는?", "지난주 금요일", "2026-03-13", "2026-03-13"),
    ("지난 주말 경기는?", "지난 주말", "2026-03-14", "2026-03-15"),
    ("지난달 수출은?", "지난달", "2026-02-01", "2026-02-28"),
    ("작년 우승팀은?", "작년", "2025-01-01", "2025-12-31"),
    ("지난해 12월 금리는?", "지난해 12월", "2025-12-01", "2025-12-31"),
    ("3월에 열린 대회는?", "3월", "2026-03-01", "2026-03-31"),
    ("3월 5일 발표는?", "3월 5일", "2026-03-05", "2026-03-05"),
    ("2026년 3월 물가는?", "2026년 3월", "2026-03-01", "2026-03-31"),
    ("2025년 4월 3일 판결은?", "2025년 4월 3일", "2025-04-03", "2025-04-03"),
    ("사흘 전 화재는?", "사흘 전", "2026-03-15", "2026-03-15"),
    ("3일 전 화재는?", "3일 전", "2026-03-15", "2026-03-15"),
    ("일주일 전 회담은?", "일주일 전", "2026-03-09", "2026-03-15"),
    ("두 달 전 선거는?", "두 달 전", "2026-01-01", "2026-01-31"),
    ("월요일 회의는?", "월요일", "2026-03-16", "2026-03-16"),
    ("지난 수요일 회의는?", "지난 수요일", "2026-03-11", "2026-03-11"),
    ("10월 1일부터 5일까지 무슨 일이?", "10월 1일부터 5일까지", "2025-10-01", "2025-10-05"),
    ("3월부터 바뀐 것은?", "3월부터", "2026-03-01", None),
    ("3월 5일 이후 바뀐 것은?", "3월 5일 이후", "2026-03-06", None),
    ("3월 5일 이전 바뀐 것은?", "3월 5일 이전", None, "2026-03-04"),
    ("지난 3일간 확진자는?", "지난 3일간", "2026-03-15", "2026-03-18"),
    ("昨日何がありましたか", "昨日", "2026-03-17", "2026-03-17"),
    ("今日発表された政策は", "今日", "2026-03-18", "2026-03-18"),
    ("先週の地震は", "先週", "2026-03-09", "2026-03-15"),
    ("先週の金曜日の会議は", "先週の金曜日", "2026-03-13", "2026-03-13"),
    ("先月の輸出は", "先月", "2026-02-01", "2026-02-28"),
    ("昨年の優勝は", "昨年", "2025-01-01", "2025-12-31"),
    ("去年12月の金利は", "去年12月", "2025-12-01", "2025-12-31"),
    ("3月に開かれた大会は", "3月", "2026-03-01", "2026-03-31"),
    ("3月5日の発表は", "3月5日", "2026-03-05", "2026-03-05"),
    ("2026年3月の物価は", "2026年3月", "2026-03-01", "2026-03-31"),
    ("3日前の火事は", "3日前", "2026-03-15", "2026-03-15"),
    ("月曜日の会議は", "月曜日", "2026-03-16", "2026-03-16"),
    ("10月1日から5日までに何が", "10月1日から5日まで", "2025-10-01", "2025-10-05"),
    ("3月以降に変わったのは", "3月以降", "2026-03-01", None),
    ("過去3日間の感染者は", "過去3日間", "2026-03-15", "2026-03-18"),
    ("一昨日の会談は", "一昨日", "2026-03-16", "2026-03-16"),
]
NEVER = [
    "What did Theresa May say about Brexit?",
    "Did May resign?",
    "What may 5 people do?",
    "What may a court decide?",
    "Who will march on Washington?",
    "How many joined the march?",
    "Who won March Madness?",
    "Which plays did August Wilson write?",
    "What happened to April Jones?",
    "What is in June Carter's song?",
    "What sold best on Black Friday?",
    "Who won on Super Tuesday?",
    "Who was shot on Bloody Sunday?",
    "What did the Sunday Times print?",
    "Who hosted Saturday Night Live?",
    "Who is in Friday the 13th?",
    "What does USA Today say?",
    "Who was killed in the September 11 attacks?",
    "What did the Jan. 6 committee find?",
    "Who was blamed for 9/11?",
    "Is version 3.4.26 open 24/7/365 for 32/13/2025?",
    "What changed since the election?",
    "Who scored in the second half?",
    "Is the shop open 24/7?",
    "Who robbed the 7-Eleven?",
    "Which Boeing 737 crashed?",
    "Who won 3-5?",
    "Who directed the 1999 film?",
    "Who won the 2022 World Cup?",
    "Which route is Route 2025?",
    "What will happen on Friday?",
    "What is going to open in March?",
    "What will be banned by 2050?",
    "What does the Wall Street Journal report?",
    "Who won the last day of the race?",
    "How did he spend his last year?",
    "What is wrong in today's world?",
    "Is it higher than it was a year ago?",
    "Who built it 300 years ago?",
    "Which 12 of 13 were sold for 19.99?",
    "Who met in Peace of 1763 in 1763?",
    "What is open every Monday?",
    "오늘날 한국의 인구는?",
    "매주 월요일 열리는 시장은?",
    "6월 민주항쟁은 무엇인가?",
    "2020년대의 유행은?",
    "今日的な意味は",
    "2月革命の原因は",
    "毎週月曜日の番組は",
    "2020年代の流行は",
    "1日3回飲む薬は",
    "1853年6月29日に任命されたのは",
]
NOW = [
    ("What is the latest on the strike?", "the latest"),
    ("Who is the newest member?", "the newest"),
    ("What did they recently find?", "recently"),
    ("Who is the current mayor?", "current"),
    ("What is he doing right now?", "right now"),
    ("How many were found so far?", "so far"),
    ("Is the bridge still closed?", "still"),
    ("Where is she now?", "now"),
    ("최근 물가는?", "최근"),
    ("최신 소식은?", "최신"),
    ("지금 시장은 누구?", "지금"),
    ("現在の市長は", "現在"),
    ("最新の情報は", "最新"),
    ("最近の物価は", "最近"),
]
NOT_NOW = [
    "What is an electric current in a wire?",
    "How far is it, and why so far away?",
    "Who painted the still life?",
    "Who won the war?",
    "2012年5月1日現在で報告された数は",
]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("question", "words", "first", "last"), ENGLISH + EAST)
def test_a_date_is_resolved_from_when_it_was_asked(
    question: str, words: str, first: str | None, last: str | None
) -> None:
    found = [one for one in mentioned_periods(question, ASKED_AT) if one.since or one.until]
    assert [question[one.start : one.end] for one in found] == [words]
    assert found[0].since == (first and day(first))
    assert found[0].until == (last and day(last) + timedelta(days=1))


@pytest.mark.parametrize("question", NEVER)
def test_what_only_looks_like_a_date_is_none(question: str) -> None:
    assert mentioned_periods(question, ASKED_AT) == []


@pytest.mark.parametrize(("question", "words"), NOW)
def test_a_question_about_now_is_known(question: str, words: str) -> None:
    (one,) = mentioned_periods(question, ASKED_AT)
    assert (question[one.start : one.end], one.now, one.since) == (words, True, None)


@pytest.mark.parametrize("question", NOT_NOW)
def test_a_question_that_has_such_words_only_is_not_about_now(question: str) -> None:
    assert not any(one.now for one in mentioned_periods(question, ASKED_AT))


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("What happened this week?", "2026-03-16"),
        ("What happened this month?", "2026-03-01"),
        ("Who won this year?", "2026-01-01"),
        ("이번 주 날씨는?", "2026-03-16"),
        ("올해 물가는?", "2026-01-01"),
        ("今週の天気は", "2026-03-16"),
    ],
)
def test_a_period_that_goes_on_is_about_now_too(question: str, since: str) -> None:
    (one,) = mentioned_periods(question, ASKED_AT)
    assert (one.now, one.since) == (True, day(since))


def test_several_dates_are_several() -> None:
    question = "Was it the same on 5 March 2025 and last week, and in 2019?"
    found = [question[one.start : one.end] for one in mentioned_periods(question, ASKED_AT)]
    assert found == ["5 March 2025", "last week", "2019"]


def test_a_date_takes_the_year_of_the_whole_one_before_it() -> None:
    found = mentioned_periods("2008年1月8日に発表され、1月9日に変わったのは", ASKED_AT)
    assert [one.since for one in found] == [day("2008-01-08"), day("2008-01-09")]


PIECES = st.sampled_from(
    (
        "March May march 5 31 2026 2026-13-45 9999-12-31 0000-00-00 since before between and to from until "
        "on in the last past this Monday week year ago few 29 February of 's , - "
        "3월 5일 年 月 지난 주 昨日 전 日前 まで から 부터"
    ).split()
)
MOMENTS = st.integers(-8_000_000_000, 16_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
"""From 1716 to 2477."""


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)), MOMENTS)
@example("2026-02-30 and 31 February and 30 February", ASKED_AT)
@example("between February 29 and March 1 2025", ASKED_AT)
def test_periods_of_any_text_are_in_order_and_end_after_they_begin(text: str, now: datetime) -> None:
    found = mentioned_periods(text, now)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.since is None or one.until is None or one.since < one.until
        assert one.since is None or one.since <= now
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
