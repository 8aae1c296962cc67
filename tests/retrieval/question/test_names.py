import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.hint import HintKind
from retrieval.question.names import Names, people

SOURCES = (
    "The Verge",
    "TechCrunch",
    "Wired",
    "CNN",
    "FOX News - Health",
    "FOX News - Lifestyle",
    "BBC News - Asia",
    "Cnbc | World Business News Leader",
    "CBSSports.com",
    "Live Science: The Most Interesting Articles",
    "New York Times",
    "연합뉴스",
    "毎日",
)
NAMES = Names(SOURCES, ("David Pierce", "Ana Ruiz, Lee Ho and 김민지", "Plato"))


@pytest.mark.parametrize(
    ("text", "said", "names", "sure"),
    [
        ("What does The Verge say?", "The Verge", ("The Verge",), False),
        ("in the Verge", "the Verge", ("The Verge",), False),
        ("a Verge article", "Verge", ("The Verge",), False),
        ("read techcrunch", "techcrunch", ("TechCrunch",), True),
        ("as CNN said", "CNN", ("CNN",), True),
        ("as cnn said", "cnn", ("CNN",), True),
        ("Fox News reports", "Fox News", ("FOX News - Health", "FOX News - Lifestyle"), True),
        ("FOX News - Health reports", "FOX News - Health", ("FOX News - Health",), True),
        ("the BBC's report", "BBC", ("BBC News - Asia",), True),
        ("as CNBC said", "CNBC", ("Cnbc | World Business News Leader",), False),
        ("as CBS Sports said", "CBS Sports", ("CBSSports.com",), True),
        ("in Live Science", "Live Science", ("Live Science: The Most Interesting Articles",), True),
        ("in live science", "live science", ("Live Science: The Most Interesting Articles",), False),
        ("the New York Times story", "New York Times", ("New York Times",), True),
        ("연합뉴스에 따르면", "연합뉴스", ("연합뉴스",), True),
        ("毎日の記事", "毎日", ("毎日",), False),
    ],
)
def test_a_source_is_known_by_what_it_is_called(
    text: str, said: str, names: tuple[str, ...], sure: bool
) -> None:
    (found,) = NAMES.mentions(text)
    assert (text[found.start : found.end], found.names, found.sure) == (said, names, sure)
    assert found.kind is HintKind.SOURCE


PAPERS = Names(
    (
        "The New York Times",
        "nytimes.com",
        "The Washington Post",
        "The Times",
        "Financial Times",
        "AP",
        "BBC News - Asia",
        "bbc.co.uk",
        "The Sydney Morning Herald",
        "World Health Online",
    ),
    (),
)
NEW_YORK = ("The New York Times", "nytimes.com")
ALL_TIMES = ("Financial Times", "The New York Times", "The Times", "nytimes.com")


@pytest.mark.parametrize(
    ("text", "said", "names", "sure"),
    [
        ("What did the NYT say?", "NYT", NEW_YORK, True),
        ("what did the nyt say", "nyt", NEW_YORK, True),
        ("N.Y. Times on trade", "N.Y. Times", NEW_YORK, True),
        ("a New York Times story", "New York Times", NEW_YORK, True),
        ("wapo said", "wapo", ("The Washington Post",), True),
        ("the Beeb says", "Beeb", ("BBC News - Asia", "bbc.co.uk"), True),
        ("a bbc report", "bbc", ("BBC News - Asia", "bbc.co.uk"), True),
        ("what SMH reports", "SMH", ("The Sydney Morning Herald",), False),
        ("as the FT said", "FT", ("Financial Times",), False),
        ("as AP said", "AP", ("AP",), False),
        ("the Associated Press said", "Associated Press", ("AP",), True),
        ("as the Post said", "the Post", ("The Washington Post",), False),
        ("what the Times says", "the Times", ALL_TIMES, False),
    ],
)
def test_an_outlet_is_known_by_initials_and_common_short_names(
    text: str, said: str, names: tuple[str, ...], sure: bool
) -> None:
    (found,) = PAPERS.mentions(text)
    assert (text[found.start : found.end], found.names, found.sure) == (said, names, sure)
    assert found.written
    assert found.ambiguous == (names == ALL_TIMES)


@pytest.mark.parametrize(
    "text",
    [
        "in the Post Office scandal",
        "What did the WHO say?",
        "She is six ft tall",
        "At the times of need the post office was open",
        "as the Post-Dispatch said",
        "in the tap",
    ],
)
def test_what_may_be_short_for_an_outlet_and_is_not(text: str) -> None:
    assert not any(one.written for one in PAPERS.mentions(text))


@pytest.mark.parametrize(
    "text", ["a wired mouse", "on the verge of war", "a red fox", "health news", "Plato said", "new york", ""]
)
def test_an_ordinary_word_is_no_source_and_a_first_name_no_author(text: str) -> None:
    assert not any(one.written for one in NAMES.mentions(text))


def test_in_small_letters_alone_a_word_may_be_a_name() -> None:
    found = list(NAMES.mentions("what did the verge and techcrunch say?"))
    assert [(one.names, one.written, one.sure) for one in found] == [
        (("The Verge",), False, False),
        (("TechCrunch",), True, True),
    ]
    assert [one.names for one in NAMES.mentions("What did the verge and techcrunch say?")] == [
        ("TechCrunch",)
    ]


def test_authors_are_known_one_by_one() -> None:
    found = list(NAMES.mentions("by david pierce, Ana Ruiz and 김민지"))
    assert [one.names for one in found] == [("David Pierce",), ("Ana Ruiz",), ("김민지",)]
    assert {one.kind for one in found} == {HintKind.AUTHOR}


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Kim Min-ji, Lee Ho and Ana Ruiz", ("Kim Min-ji", "Lee Ho", "Ana Ruiz")),
        ("Andy Anderson", ("Andy Anderson",)),
        ("김민지 기자", ("김민지",)),
        ("", ()),
    ],
)
def test_an_author_line_is_the_people_in_it(byline: str, names: tuple[str, ...]) -> None:
    assert people(byline) == names


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=60))
def test_mentions_of_any_names_in_any_text_are_in_order_and_of_the_text(
    sources: list[str], text: str
) -> None:
    end = 0
    for found in Names(sources, sources).mentions(" ".join((text, *sources, text))):
        assert end <= found.start < found.end
        assert set(found.names) <= {*sources, *(name for one in sources for name in people(one))}
        end = found.end
