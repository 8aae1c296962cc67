from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.hint import HintKind
from retrieval.question.listing.listing_reader import LONGEST_REQUEST, read_listing
from retrieval.question.listing.listing_request import ListingKind, ListingRequest
from retrieval.question.names import Names

ASKED_AT = datetime(2026, 11, 29, tzinfo=UTC)
KNOWN = [
    Names(["The Verge", "TechCrunch", "BBC"], ["David Pierce", "Ann Lee, Bo Kim"]),
    Names(["The Verge", "연합뉴스"], ["김민지 기자"]),
]


def read(text: str) -> ListingRequest | None:
    return read_listing(text, ASKED_AT, KNOWN)


def told(text: str) -> str:
    """What is asked for, the subject, and what narrows it, on one line."""
    found = read(text)
    assert found is not None, text
    hints = ", ".join(hint.name or hint.words for hint in found.hints)
    return " | ".join((found.kind.value, found.subject, hints, found.byline)).rstrip(" |")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many articles mention Toyota", "count | Toyota"),
        ("How many articles mention theme parks", "count | theme parks"),
        ("how many articles mention theme", "count | theme"),
        ("so how many articles are there about Toyota?", "count | Toyota"),
        ("how many stories about Gaza since March", "count | Gaza | since March"),
        (
            "How many articles did The Verge publish about Apple last week?",
            "count | Apple | The Verge, last week",
        ),
        ("How many articles about Apple did the Verge publish?", "count | Apple | The Verge"),
        ('How many articles contain the word "tokamak"', 'count | "tokamak"'),
        ("what's the number of articles on Sam Altman", "count | Sam Altman"),
        ("how many articles do you have", "count"),
        ("all articles by David Pierce", "list |  | David Pierce"),
        ("articles by david pierce and ann lee", "list |  | David Pierce, Ann Lee"),
        ("articles about Apple but not from The Verge", "list | Apple | The Verge"),
        ("what's new, not from the BBC", "news |  | BBC"),
        ("articles not by Ann Lee", "list |  | Ann Lee"),
        ("how many articles about oil are not from TechCrunch?", "count | oil | TechCrunch"),
        (
            "stories from The Verge since March, without last week",
            "list |  | The Verge, since March, without last week",
        ),
        ("articles by Nobody Known in 2023", "list |  | 2023 | Nobody Known"),
        ("articles by Nobody Known about oil since March", "list | oil | since March | Nobody Known"),
        ("list everything from The Verge last week", "list |  | The Verge, last week"),
        ("everything from the verge and techcrunch", "list |  | The Verge, TechCrunch"),
        ("hey bot, can you show me all articles about climate change please?", "list | climate change"),
        ("which articles mention Elon Musk and Twitter", "list | Elon Musk and Twitter"),
        ("articles from 2023 about Apple by David Pierce", "list | Apple | 2023, David Pierce"),
        ("articles about the 2008 crisis", "list | the 2008 crisis"),
        ("articles mentioning the BBC", "list | the BBC"),
        ("all Verge articles", "list |  | The Verge"),
        ("list Toyota articles", "list | Toyota"),
        ("David Pierce's stories since March", "list |  | David Pierce, since March"),
        ("What did The Verge publish last week?", "list |  | The Verge, last week"),
        ("articles from The Verge on 31 October 2023", "list |  | The Verge, 31 October 2023"),
        ("articles on yesterday by Ann Lee", "list |  | yesterday, Ann Lee"),
        ("articles on Apple from yesterday", "list | Apple | yesterday"),
        ("What did The Verge publish about Apple?", "list | Apple | The Verge"),
        ("what has Ann Lee written about oil since March?", "list | oil | Ann Lee, since March"),
        ("list everything David Pierce wrote", "list |  | David Pierce"),
        ("articles about oil that TechCrunch has published", "list | oil | TechCrunch"),
        ("everything the BBC ran last week", "list |  | BBC, last week"),
        ("latest Verge or TechCrunch articles about Apple", "list | Apple | The Verge, TechCrunch"),
        ("any oil news?", "news | oil"),
        ("some climate change news from last week", "news | climate change | last week"),
        ("anything happening today?", "news |  | today"),
        ("is there anything new going on", "news"),
        ("What are people talking about?", "news"),
        ("the latest article by Ann Lee", "list |  | Ann Lee"),
        ("today's headlines", "list |  | today"),
        ("what's new", "news"),
        ("whats new?", "news"),
        ("any news?", "news"),
        ("What's going on in the world", "news"),
        ("latest headlines", "news"),
        ("what happened today?", "news |  | today"),
        ("news from yesterday", "news |  | yesterday"),
        ("any news about Toyota?", "news | Toyota"),
        ("what's the latest on the Toyota recall", "news | the Toyota recall"),
        ("any news from the BBC this week?", "news |  | BBC, this week"),
        ("What's going on?", "news"),
        ("is there news from Ukraine", "news | Ukraine"),
        ("latest TechCrunch articles", "list |  | TechCrunch"),
        ("latest Toyota news", "news | Toyota"),
        ("Sam Altman news", "news | Sam Altman"),
        ("Toyota articles from 2017", "list | Toyota | 2017"),
        ("how many reports on Haiti are there?", "count | Haiti"),
        ("articles mentioning Apple or Google", "list | Apple or Google"),
        ("How many Verge articles are about FTX?", "count | FTX | The Verge"),
        ("how many of the Verge's articles mention FTX in 2023", "count | FTX | The Verge, 2023"),
        ("How many David Pierce articles are there?", "count |  | David Pierce"),
        ("how many March 2023 articles mention FTX", "count | FTX | March 2023"),
        ("list TechCrunch articles about Apple", "list | Apple | TechCrunch"),
        ("all TechCrunch articles about Apple since March", "list | Apple | TechCrunch, since March"),
        ("the latest Verge article about FTX", "list | FTX | The Verge"),
        ("articles about Apple but not Google since March", "list | Apple but not Google | since March"),
        ("3 Body Problem articles", "list | 3 Body Problem"),
        ("Last Samurai articles", "list | Last Samurai"),
        ("articles about FTX in early March 2023", "list | FTX | early March 2023"),
        ("도요타를 언급한 기사는 몇 개야?", "count | 도요타"),
        ("도요타 기사 몇 건 있어?", "count | 도요타"),
        ("김민지 기자의 기사 모두 보여줘", "list |  | 김민지"),
        ("지난주 연합뉴스 기사 목록", "list |  | 지난주, 연합뉴스"),
        ("최신 뉴스 알려 줘", "news"),
        ("오늘의 뉴스", "news |  | 오늘"),
        ("새 소식 있어?", "news"),
        ("도요타 관련 소식 있어?", "news | 도요타"),
        ("トヨタに関する記事は何件ありますか？", "count | トヨタ"),
        ("3月以降のトヨタの記事はいくつ？", "count | トヨタ | 3月以降"),
        ("トヨタの記事を全部見せて", "list | トヨタ"),
        ("The Vergeの記事一覧", "list |  | The Verge"),
        ("何かニュースはある？", "news"),
        ("今日のニュース", "news |  | 今日"),
        ("昨日の記事", "list |  | 昨日"),
        ("어제 기사", "list |  | 어제"),
        ("今日何があった？", "list |  | 今日"),
        ("トヨタのニュースを教えて", "news | トヨタ"),
    ],
)
def test_a_count_a_list_and_the_newest_are_told_from_their_words(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "subject", "most", "oldest"),
    [
        ("latest 3 articles from TechCrunch", "", 3, False),
        ("last 5 articles from The Verge", "", 5, False),
        ("the last five articles from TechCrunch", "", 5, False),
        ("show me the 5 most recent Verge articles", "", 5, False),
        ("the latest ten TechCrunch articles about Apple", "Apple", 10, False),
        ("latest 3 headlines", "", 3, False),
        ("all articles about FTX", "FTX", 0, False),
        ("oldest article about FTX", "FTX", 0, True),
        ("What is the oldest article you have?", "", 0, True),
        ("the 2 oldest TechCrunch articles", "", 2, True),
    ],
)
def test_a_number_and_an_order_are_no_subject(text: str, subject: str, most: int, oldest: bool) -> None:
    found = read(text)
    assert found is not None
    assert (found.subject, found.most, found.oldest) == (subject, most, oldest)


@pytest.mark.parametrize(
    ("text", "subject", "counted"),
    [
        ("which outlets wrote about oil?", "oil", HintKind.SOURCE),
        ("What newspapers have covered the oil trial since March?", "the oil trial", HintKind.SOURCE),
        ("which news sources reported on Apple", "Apple", HintKind.SOURCE),
        ("which authors wrote about oil?", "oil", HintKind.AUTHOR),
        ("who has written about oil?", "oil", HintKind.AUTHOR),
        ("articles about oil", "oil", None),
    ],
)
def test_whose_articles_there_are_is_asked_for(text: str, subject: str, counted: HintKind | None) -> None:
    found = read(text)
    assert found is not None
    assert (found.kind, found.subject, found.counted) == (ListingKind.LIST, subject, counted)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("news from the first week of October 2023", "2023-10-01", "2023-10-08"),
        ("articles from the last week of February 2024", "2024-02-23", "2024-03-01"),
        ("news from the beginning of October 2023", "2023-10-01", "2023-10-11"),
        ("What did The Verge publish in late September 2023?", "2023-09-21", "2023-10-01"),
        ("What happened in mid-October 2023?", "2023-10-11", "2023-10-21"),
    ],
)
def test_a_part_of_a_month_is_a_time(text: str, since: str, until: str) -> None:
    found = read(text)
    assert found is not None
    (hint,) = (hint for hint in found.hints if hint.since)
    assert (f"{hint.since:%Y-%m-%d}", f"{hint.until:%Y-%m-%d}", found.subject) == (since, until, "")


@pytest.mark.parametrize(
    "text",
    [
        "what happened on 7 October 2023",
        "What happened in 1969?",
        "what happened in Q4 2023?",
        "What was published on 7 October 2023?",
        "What happened last Friday",
    ],
)
def test_what_happened_at_a_time_is_a_listing_if_there_are_articles(text: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.kind, found.tentative) == (ListingKind.NEWS, True)
    today = read("what happened today?")
    assert today is not None
    assert not today.tentative


@pytest.mark.parametrize(
    "text",
    [
        "How many people died in the earthquake?",
        "how many articles of impeachment were there",
        "How many articles are in the constitution?",
        "how many stories does the building have",
        "How many stories about the explosion were false?",
        "who wrote War and Peace?",
        "Who wrote the article about Toyota?",
        "How many Harry Potter stories are there?",
        "how many Verge stories were false?",
        "The Verge article about FTX",
        "articles about Apple but not from The Ledger Post on a whim",
        "What is the oldest article of clothing?",
        "What did The Verge write about Apple?",
        "What did Ann Lee write about how oil is made?",
        "any good news?",
        "any idea what happened?",
        "Is anything going on between the two?",
        "What are people talking about in Nara?",
        "What was published in the book?",
        "Who wrote about",
        "Who covered the song?",
        "Who reported on the fire?",
        "which outlets said that oil is up?",
        "What happened on 7 October 2023 in Israel?",
        "news from the first week of the war and what came of it",
        "what's new in the iPhone 15?",
        "What is the latest iPhone?",
        "What is the last name of John?",
        "What happened in Nara?",
        "what's up",
        "any news about it?",
        "How many articles mention him",
        "how many articles mention the same thing",
        f"how many articles mention {'him ' * 22}",
        "is there any news on when the strike ends?",
        "Which article says that Musk bought Twitter?",
        "What did The Verge report about Apple?",
        "Does The Verge article suggest that Google's deals are unnecessary?",
        "stories from Gaza",
        "list of presidents",
        "Give me the reasons for the strike",
        "All Quiet on the Western Front",
        "News Corp",
        "fake news",
        "ghost stories",
        "What's new in Gaza?",
        "トヨタに何があった？",
        "Why did the Verge publish the story?",
        "이재명 대통령은 뉴스에서 무엇을 말했나?",
        "기사에서 언급된 회사는 어디인가요?",
        "トヨタの社長は何と言いましたか",
        "",
    ],
)
def test_what_wants_an_answer_is_no_listing(text: str) -> None:
    assert read(text) is None


def test_names_of_several_collections_are_one_and_all_narrow() -> None:
    found = read("stories from The Verge")
    assert found is not None
    assert [hint.name for hint in found.hints] == ["The Verge"]
    assert all(hint.filters for hint in found.hints)


def test_days_are_those_of_the_asker_s_wall() -> None:
    found = read_listing("news from yesterday", ASKED_AT, [], ZoneInfo("Asia/Seoul"))
    assert found is not None
    assert found.hints[0].since == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert found.hints[0].until == datetime(2026, 11, 28, 15, tzinfo=UTC)


PIECES = st.sampled_from(
    "how many articles about the Verge by David Pierce since March ? , and list news from any "
    "기사 몇 개 の 記事 yesterday mention what's new BBC in 「 \" published".split()
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_whatever_is_written_is_read_or_left_alone(text: str) -> None:
    found = read(text)
    if found is not None:
        assert found.subject in text.replace("?", "").strip() or found.subject in text
        assert len(text) <= LONGEST_REQUEST
        assert all(hint.filters for hint in found.hints)


@given(st.sampled_from(["Gaza", "Sam Altman", "climate change", "“a lamp”"]), st.sampled_from(["", "?", "!"]))
def test_the_subject_is_the_person_s_own_words(subject: str, mark: str) -> None:
    for head in ("how many articles mention", "list all stories about", "Show me articles on"):
        found = read(f"{head} {subject}{mark}")
        assert found is not None
        assert (found.subject, found.hints, found.byline) == (subject, (), "")


def test_a_kind_is_a_word_of_the_contract() -> None:
    assert [kind.value for kind in ListingKind] == ["count", "list", "news"]
