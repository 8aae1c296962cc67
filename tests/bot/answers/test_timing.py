"""What is said of how current an answer is; all are asked on 18 March 2026."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers.answer import Answer, Citation, Missing, NoAnswer, Quote, Searched
from bot.answers.timing import as_of, time_words
from bot.messages.catalogue import messages_for
from corpus.article import Article
from retrieval.question.anchors import AnchorKind
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query, make_query
from retrieval.ranking.hit import Features

ASKED_AT = datetime(2026, 3, 18, 12, tzinfo=UTC)
OLD, NEW = datetime(2017, 12, 14, tzinfo=UTC), datetime(2019, 5, 1, tzinfo=UTC)
YESTERDAY = Hint(
    HintKind.DATES,
    "yesterday",
    HintUse.BOOST,
    since=datetime(2026, 3, 17, tzinfo=UTC),
    until=datetime(2026, 3, 25, tzinfo=UTC),
    empty=True,
)
SEARCHED = Searched(("news",), 3, 3, NEW, ())


def asking(question: str, *hints: Hint) -> Query:
    return make_query(question, ("news",), asked_at=ASKED_AT).with_hints(hints)


def quote(published: datetime | None) -> Quote:
    article = Article("a", "Title", "Words.", "The Post", published=published)
    citation = Citation("a", "news", "Title", "The Post", None, published, None, "")
    features = Features(meaning=0.5, words=1, coverage=1, maxsim=0.5, pair=1, title=0, fresh=0)
    return Quote(article, 0, 6, "Words.", (), citation, 0.5, features)


def now(words: str, since: datetime | None = None) -> Hint:
    return Hint(HintKind.NOW, words, HintUse.BOOST, since=since)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of the United States?",
        "who's the president of iran",
        "Who is Toyota's CEO?",
        "who is apple ceo",
        "Who is the current British prime minister?",
        "Who runs Twitter?",
        "미국 대통령은 누구야?",
        "지금 애플 사장이 누구예요?",
        "日本の首相は誰ですか",
    ],
)
def test_who_holds_an_office_is_told_as_of_the_first_quote_and_the_newest(question: str) -> None:
    assert as_of(asking(question), [quote(None), quote(OLD), quote(NEW)]) == (OLD, NEW)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Taylor Swift?",
        "Who was the president of the United States in 2001?",
        "Who is suing the president?",
        "What did the president say?",
        "누가 대통령을 만났어?",
    ],
)
def test_what_stays_true_has_no_date(question: str) -> None:
    assert as_of(asking(question), [quote(OLD)]) is None


def test_the_latest_is_told_as_of_and_what_lasts_is_not() -> None:
    assert as_of(asking("Gaza latest", now("latest")), [quote(OLD)]) == (OLD, OLD)
    assert as_of(asking("Gaza recently", now("recently")), [quote(OLD)]) == (OLD, OLD)
    assert as_of(asking("Gaza this week", now("this week", ASKED_AT)), [quote(OLD)]) is None
    assert as_of(asking("Gaza latest", now("latest")), [quote(None)]) is None


def test_a_misspelt_office_is_one_too() -> None:
    slip = Hint(HintKind.SPELLING, "presidnet", HintUse.BOOST, name="president")
    assert as_of(asking("Who is the presidnet of Iran?", slip), [quote(OLD)]) == (OLD, OLD)
    assert as_of(replace(asking("Who is the president of Iran?"), as_asked=True), [quote(OLD)]) is None


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        (
            "en",
            "Nothing from 17–18 Mar 2026; the newest article is from 1 May 2019",
            "As of 14 December 2017, the newest passage found that matches",
        ),
        (
            "ko",
            "2026년 3월 17일~18일 기사는 없어요. 가장 최근 기사의 날짜는 2019년 5월 1일이에요.",
            "2017년 12월 14일 기준(찾은 구절 가운데 가장 최근)",
        ),
        (
            "ja",
            "2026年3月17日~18日の記事はありません。最新の記事は2019年5月1日です。",
            "2017年12月14日時点（見つかった箇所の中で最新）",
        ),
    ],
)
def test_a_time_without_articles_is_told_and_of_when_the_answer_is(
    locale: str, first: str, second: str
) -> None:
    query = asking("Who is the mayor, yesterday?", YESTERDAY)
    words = list(time_words(Answer(query, (quote(OLD),), 0.9, SEARCHED), messages_for(locale)))
    assert [one.replace("\u2009", "").replace("～", "~") for one in words] == [first, second]


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "The first quote is from 14 December 2017; another one here is newer, from 1 May 2019"),
        (
            "ko",
            "첫 번째 인용문은 2017년 12월 14일 기사예요. "
            "여기에 더 최근인 2019년 5월 1일 기사의 인용문도 있어요.",
        ),
        ("ja", "最初の引用は2017年12月14日の記事です。より新しい2019年5月1日の記事からの引用もあります。"),
    ],
)
def test_an_answer_that_is_older_than_another_quote_is_not_told_as_of_that_one(
    locale: str, words: str
) -> None:
    quotes = (quote(OLD), quote(NEW))
    answer = Answer(asking("Who is the mayor?"), quotes, 0.9, SEARCHED)
    assert list(time_words(answer, messages_for(locale))) == [words]
    again = replace(answer, quotes=quotes[::-1])
    assert list(time_words(again)) == ["As of 1 May 2019, the newest passage found that matches"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul"])
def test_an_answer_is_told_as_of_the_day_that_was_printed(zone: str) -> None:
    evening, midday = (datetime.fromisoformat(f"2026-03-16T{time}-04:00") for time in ("22:30", "12:00"))
    query = replace(asking("What is the latest on the ferry?", now("latest")), zone=zone)
    result = Answer(query, (quote(evening), quote(midday)), 0.5, SEARCHED)
    assert list(time_words(result)) == ["As of 16 March 2026, the newest passage found that matches"]


def test_that_no_quote_is_of_the_time_asked_about_is_told() -> None:
    lacking = (Missing(AnchorKind.YEAR, "2006"), Missing(AnchorKind.NAME, "Nara"))
    answer = Answer(asking("Who was mayor in 2006?"), (quote(OLD),), 0.9, SEARCHED, lacking)
    assert list(time_words(answer)) == [
        "None of these quotes says that it is about 2006",
        "None of these quotes mentions Nara",
    ]


@pytest.mark.parametrize("name", ["Wo Rds", "US", "title"])
def test_a_name_that_a_quote_has_otherwise_or_that_is_short_is_not_told(name: str) -> None:
    lacking = (Missing(AnchorKind.NAME, name),)
    assert not list(time_words(Answer(asking("Who came?"), (quote(OLD),), 0.9, SEARCHED, lacking)))


def test_of_how_things_are_now_an_answer_without_a_date_says_so() -> None:
    (words,) = time_words(Answer(asking("Who is the mayor?"), (quote(None),), 0.9, SEARCHED))
    assert words == "The articles found are undated, so this may be out of date"
    assert not list(time_words(Answer(asking("Who was fined?"), (quote(None),), 0.9, SEARCHED)))


def test_of_no_answer_only_the_empty_time_is_told() -> None:
    query = asking("Who is the mayor, yesterday?", YESTERDAY)
    assert len(list(time_words(NoAnswer(query, (quote(OLD),), 0.1, SEARCHED)))) == 1
    assert not list(time_words(NoAnswer(asking("Who is the mayor?"), (), 0.1, SEARCHED)))


def test_where_the_search_was_narrowed_the_newest_of_all_is_beside_the_point() -> None:
    source = Hint(HintKind.SOURCE, "The Post", HintUse.FILTER, name="The Post")
    query = asking("Posts of yesterday?", replace(YESTERDAY, since=None), source)
    assert list(time_words(NoAnswer(query, (), 0.1, SEARCHED))) == ["Nothing from until 18 March 2026"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("In 1921 a mob set fire to the quay.", False), ("A mob set fire to the quay in 1931.", True)],
)
def test_that_nothing_is_from_a_year_is_not_said_beside_a_quote_that_tells_of_it(
    text: str, told: bool
) -> None:
    year = (datetime(1921, 1, 1, tzinfo=UTC), datetime(1922, 1, 1, tzinfo=UTC))
    hint = Hint(HintKind.DATES, "in 1921", HintUse.BOOST, since=year[0], until=year[1], empty=True)
    quoted = replace(quote(NEW), text=text)
    query = asking("What happened in Skarvik in 1921?", hint)
    words = list(time_words(Answer(query, (quoted,), 0.9, SEARCHED)))
    assert any("Nothing from" in one for one in words) is told
    assert any("Nothing from" in one for one in time_words(NoAnswer(query, (quoted,), 0.1, SEARCHED)))


@pytest.mark.parametrize(
    ("text", "told"),
    [("Vik beat Tofta by two.", False), ("Tofta’s win over Vik", False), ("Vik beat Nara.", True)],
)
def test_two_names_side_by_side_are_said_if_a_quote_has_both(text: str, told: bool) -> None:
    missing = (Missing(AnchorKind.NAME, "Vik Tofta"),)
    quoted = replace(quote(NEW), text=text)
    words = list(time_words(Answer(asking("Vik Tofta score"), (quoted,), 0.9, SEARCHED, missing)))
    assert bool(words) is told
