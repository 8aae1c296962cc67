"""Questions and what is read out of them; all are asked on Wednesday, 18 March 2026."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.mentioned_dates import AFTERMATH
from retrieval.dates.zone import zone_of
from retrieval.question.hint import Hint, HintKind
from retrieval.question.names import Names
from retrieval.question.question_parser import HINT_LIMIT, LATELY, parse_question

ASKED_AT = datetime(2026, 3, 18, 12, tzinfo=UTC)
NAMES = Names(
    (
        "The Verge",
        "TechCrunch",
        "Wired",
        "The Age",
        "Time",
        "CNN",
        "Nature",
        "FOX News - Health",
        "연합뉴스",
        "NHK",
    ),
    ("David Pierce", "Kim Min-ji, Lee Ho", "김민지", "山田太郎"),
)
FIRM, LOOSE = True, False


def read(question: str) -> tuple[Hint, ...]:
    return parse_question(question, ASKED_AT, [NAMES]).hints


def told(question: str) -> list[tuple[str, str, bool]]:
    return [(hint.kind.value, hint.name or hint.words, hint.filters) for hint in read(question)]


@pytest.mark.parametrize(
    ("question", "hints"),
    [
        ("Why did it fail, according to The Verge?", [("source", "The Verge", FIRM)]),
        ("Why did it fail, according to the Verge?", [("source", "The Verge", FIRM)]),
        ("What did the TechCrunch report say of it?", [("source", "TechCrunch", FIRM)]),
        ("What does 'The Age' article claim?", [("source", "The Age", FIRM)]),
        ("What is in Wired's story on phones?", [("source", "Wired", FIRM)]),
        ("Who is named in articles from techcrunch?", [("source", "TechCrunch", FIRM)]),
        ("What was published by Time about it?", [("source", "Time", FIRM)]),
        ("What did CNN report about the flood?", [("source", "CNN", FIRM)]),
        ("What study was published in Nature?", [("source", "Nature", FIRM)]),
        ("What does a Fox News article say on diets?", [("source", "FOX News - Health", FIRM)]),
        (
            "Who is accused, as reported by The Verge, TechCrunch and Wired?",
            [("source", "The Verge", FIRM), ("source", "TechCrunch", FIRM), ("source", "Wired", FIRM)],
        ),
        ("why did it fail, according to the verge?", [("source", "The Verge", LOOSE)]),
        ("what does 'the age' article claim?", [("source", "The Age", LOOSE)]),
        (
            "what do articles by techcrunch and the verge say?",
            [("source", "TechCrunch", FIRM), ("source", "The Verge", FIRM)],
        ),
        ("who was on the verge of tears?", []),
        ("what time was it, and what is wired?", []),
        (
            "According to The Verge, why did CNN fire him?",
            [("source", "The Verge", FIRM), ("source", "CNN", FIRM)],
        ),
        ("Did CNN fire Don Lemon?", [("source", "CNN", LOOSE)]),
        ("What did The Verge say about its new office?", [("source", "The Verge", LOOSE)]),
        ("What do Wired and Time say on it?", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("Wired vs Time on the phone", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("wired vs. time on the phone", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("Compare Wired and Time on it", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("Did Wired and Time agree on it?", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("Did Wired disagree with Time?", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        ("Both Wired and Time tried it.", [("source", "Wired", LOOSE), ("source", "Time", LOOSE)]),
        (
            "How does Wired's take on it differ from Time's?",
            [("source", "Wired", LOOSE), ("source", "Time", LOOSE)],
        ),
        ("How do Wired's and Time's reviews differ?", [("source", "Wired", FIRM), ("source", "Time", FIRM)]),
        ("Did Wired and Time merge?", []),
        ("is there a difference between time and nature?", []),
        ("연합뉴스에 따르면 누가 이겼나?", [("source", "연합뉴스", FIRM)]),
        ("CNN 보도 내용은?", [("source", "CNN", FIRM)]),
        ("NHKによると誰が勝ったか", [("source", "NHK", FIRM)]),
        ("NHKの記事では", [("source", "NHK", FIRM)]),
        ("NHKの社長は", [("source", "NHK", LOOSE)]),
        ("What is the age of the universe?", []),
        ("The Age of Reason was written when?", []),
        ("How is the network wired?", []),
        ("Who is Time Warner's owner?", []),
        ("Is nature reported to be in danger?", []),
    ],
)
def test_outlets_are_read(question: str, hints: list[tuple[str, str, bool]]) -> None:
    assert told(question) == hints


PAPERS = Names(("The New York Times", "Financial Times", "The Washington Post", "Associated Press"), ())


@pytest.mark.parametrize(
    ("question", "hints"),
    [
        ("According to the NYT, who won?", [("NYT", "The New York Times", FIRM)]),
        ("what did the nyt say about it", [("nyt", "The New York Times", LOOSE)]),
        ("NYT vs FT on rates", [("NYT", "The New York Times", LOOSE), ("FT", "Financial Times", LOOSE)]),
        ("according to the ft, who won?", [("ft", "Financial Times", LOOSE)]),
        ("What did AP report on the quake?", [("AP", "Associated Press", FIRM)]),
        ("AP통신에 따르면 누가 이겼나?", [("AP", "Associated Press", FIRM)]),
        ("AP通信によると誰が勝ったか", [("AP", "Associated Press", FIRM)]),
        ("According to the Post, who won?", [("the Post", "The Washington Post", FIRM)]),
        (
            "According to the Times, who won?",
            [("the Times", "Financial Times", LOOSE), ("the Times", "The New York Times", LOOSE)],
        ),
        ("How many took the AP exam, according to the NYT?", [("NYT", "The New York Times", FIRM)]),
        ("Who stars in 'The Post', according to the NYT?", [("NYT", "The New York Times", FIRM)]),
        ("an article from the times of india", []),
        ("Who runs the post office?", []),
    ],
)
def test_outlets_are_read_by_their_short_names(question: str, hints: list[tuple[str, str, bool]]) -> None:
    read = parse_question(question, ASKED_AT, [PAPERS]).hints
    assert [(hint.words, hint.name, hint.filters) for hint in read] == hints


@pytest.mark.parametrize(
    ("question", "hints"),
    [
        ("What did an article by David Pierce say?", [("author", "David Pierce", FIRM)]),
        ("What has been written about phones by David Pierce?", [("author", "David Pierce", FIRM)]),
        ("What is new according to Kim Min-ji's report?", [("author", "Kim Min-ji", FIRM)]),
        ("What did David Pierce write about how phones are made?", [("author", "David Pierce", FIRM)]),
        ("What has David Pierce written on phones and why?", [("author", "David Pierce", FIRM)]),
        ("To whom did David Pierce write?", []),
        ("Who was hit by David Pierce?", [("author", "David Pierce", LOOSE)]),
        ("김민지 기자의 기사는?", [("author", "김민지", FIRM)]),
        ("山田太郎記者は何と書いたか", [("author", "山田太郎", FIRM)]),
        ("Where was David Pierce born?", []),
        ("What did an article by Nobody Known say?", []),
    ],
)
def test_authors_are_read_where_they_are_meant_as_such(
    question: str, hints: list[tuple[str, str, bool]]
) -> None:
    assert told(question) == hints


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Who stars in “The Da Vinci Code”?", "The Da Vinci Code"),
        ('Who wrote "A Lion Among Men," and when?', "A Lion Among Men"),
        ("Who wrote 'Nobody's Fool at Sea'?", "Nobody's Fool at Sea"),
        ("Who wrote «Three Men in Boats»?", "Three Men in Boats"),
        ("『日本列島ほっと通信』の司会は", "日本列島ほっと通信"),
        ("「大韓民国の歴史入門」の著者は", "大韓民国の歴史入門"),
    ],
)
def test_titles_in_quotation_marks_are_read(question: str, title: str) -> None:
    assert told(question) == [("title", title, LOOSE)]


@pytest.mark.parametrize(
    "question",
    [
        'What is a "black swan" event?',
        "What's the judge's view of the workers' and the owners' rights?",
        "「失われた」とは",
        "Who said “no”?",
        "What is 5'10\" in cm and 6'2\"?",
    ],
)
def test_a_term_in_quotation_marks_is_no_title(question: str) -> None:
    assert told(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "Show me articles from last week about floods",
        "Any news from yesterday?",
        "What news about Samsung from last week is there?",
        "What was in the news on 5 March?",
        "What is in today's headlines?",
        "What did the stories published in March 2026 say?",
        "What did the TechCrunch report on 2026-03-07 say?",
        "What did the report from TechCrunch on 2026-03-07 say?",
        "Who was hired, according to a report from March?",
        "What was in the article by Wired published on March 5, 2026?",
        "articles since Monday on the strike",
        "Was it in the news this week?",
        "어제 기사 보여줘",
        "지난주 삼성 뉴스는?",
        "3월 5일자 기사는?",
        "3월에 보도된 사건은?",
        "昨日の記事は",
        "先週のトヨタのニュースは",
        "3月5日付の記事は",
        "3月に報じられた事件は",
    ],
)
def test_dates_of_articles_filter(question: str) -> None:
    (hint,) = (hint for hint in read(question) if hint.kind is HintKind.DATES)
    assert hint.filters


@pytest.mark.parametrize(
    "question",
    [
        "What happened yesterday?",
        "Who was killed on 5 March?",
        "How many cases were reported on Monday?",
        "What was said about the flood last week?",
        "Which bank failed in March 2023?",
        "What was released in 2023?",
        "어제 누가 이겼나?",
        "지난주 지진의 규모는?",
        "先週の地震の規模は",
        "2007年4月8日に公開されたのは",
    ],
)
def test_dates_of_events_favour_what_came_after_too(question: str) -> None:
    (hint,) = read(question)
    assert (hint.kind, hint.filters) == (HintKind.DATES, False)
    assert hint.since
    assert hint.until
    assert hint.until - hint.since > AFTERMATH


def test_this_week_is_about_now_and_goes_back_a_week() -> None:
    (hint,) = read("Who resigned this week?")
    assert hint.kind is HintKind.NOW
    assert hint.until == ASKED_AT
    assert hint.since == ASKED_AT - timedelta(hours=12) - LATELY


def test_two_dated_articles_filter_by_both_dates() -> None:
    hints = read(
        "Between the TechCrunch report on 2026-03-01 and the Verge report on 2026-03-05, what changed?"
    )
    assert [(hint.words, hint.filters) for hint in hints if hint.kind is HintKind.DATES] == [
        ("2026-03-01", True),
        ("2026-03-05", True),
    ]


def test_where_only_one_of_two_outlets_articles_is_dated_the_date_is_no_filter() -> None:
    hints = read("After the TechCrunch report on 2026-03-01, what did the Verge article claim?")
    assert [hint.filters for hint in hints if hint.kind is HintKind.DATES] == [False]
    assert [hint.filters for hint in hints if hint.kind is HintKind.SOURCE] == [True, True]


def test_a_date_in_the_name_of_a_source_is_none() -> None:
    names = Names(("Sunday World", "Today"), ())
    hints = parse_question("What did Sunday World report?", ASKED_AT, [names]).hints
    assert [hint.kind for hint in hints] == [HintKind.SOURCE]
    hints = parse_question("what is in the news from today?", ASKED_AT, [names]).hints
    assert [hint.kind for hint in hints] == [HintKind.DATES]


@pytest.mark.parametrize("unit", ["3월 ", "in May 2025, ", '"a title of words" ', "according to The Verge, "])
def test_a_question_has_no_more_clues_than_can_be_looked_for(unit: str) -> None:
    hints = read(unit * (1999 // len(unit)))
    assert len(hints) == HINT_LIMIT
    assert {hint.words for hint in hints} == {hint.words for hint in read(unit * 2)}


def test_only_what_is_known_is_read() -> None:
    assert parse_question("What did The Verge report, by David Pierce?", ASKED_AT, []).hints == ()
    both = parse_question("a CNN report", ASKED_AT, [Names(("CNN",), ()), Names(("Cnn",), ())]).hints
    assert {hint.name for hint in both} == {"CNN", "Cnn"}


@given(
    st.text(max_size=120),
    st.lists(st.sampled_from(("The Verge", "report", "by", "「", "”", "'", "last week"))),
)
def test_what_is_read_out_of_any_text_stands_in_it(text: str, more: list[str]) -> None:
    question = " ".join((text, *more))
    for hint in read(question):
        assert hint.words
        assert hint.words in question
        assert hint.since is None or hint.until is None or hint.since < hint.until
        assert hint.name or hint.kind in (HintKind.DATES, HintKind.NOW)
        assert not hint.filters or hint.kind in (HintKind.DATES, HintKind.SOURCE, HintKind.AUTHOR)


@pytest.mark.parametrize(
    ("question", "asked_at", "zone", "since", "until"),
    [
        ("articles from yesterday", "2026-03-18T16:00", "Asia/Seoul", "2026-03-17T15:00", "2026-03-18T15:00"),
        ("articles from yesterday", "2026-03-18T14:00", "Asia/Seoul", "2026-03-16T15:00", "2026-03-17T15:00"),
        ("어제 기사", "2026-03-18T16:00", "Asia/Seoul", "2026-03-17T15:00", "2026-03-18T15:00"),
        ("articles of today", "2026-03-18T02:00", "America/New_York", "2026-03-17T04:00", "2026-03-18T04:00"),
        (
            "articles from 8 March",
            "2026-03-18T12:00",
            "America/New_York",
            "2026-03-08T05:00",
            "2026-03-09T04:00",
        ),
    ],
)
def test_days_in_a_questions_words_are_those_of_its_zone(
    question: str, asked_at: str, zone: str, since: str, until: str
) -> None:
    moment, *bounds = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (asked_at, since, until))
    (hint,) = parse_question(question, moment, [], zone_of(zone)).hints
    assert [hint.since, hint.until] == bounds


def test_what_is_about_now_is_about_the_moment_whatever_the_zone() -> None:
    (hint,) = parse_question("What happened this week?", ASKED_AT, [], zone_of("America/New_York")).hints
    assert (hint.kind, hint.until) == (HintKind.NOW, ASKED_AT)
