import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.collection.passage import Passage
from retrieval.stories.copies import CONTAINMENT, SHINGLE, Copies, same_words
from tests.retrieval.snapshots import article

REPORT = (
    "China banned all seafood from Japan on Monday, its customs office said. The office gave no date for "
    "an end of the ban, which follows remarks by the prime minister on Taiwan."
)
TOLL = (
    "The storm killed 12 people on the coast of Skarvik, the coast guard said on Friday. It tore the roofs "
    "from a school and from the fish market, and the damage is put at 3.5 million euros."
)
SPELT = (
    "Four people were hurt when a tram left its rails in Skarvik on Friday, and three crews worked all night "
    "to lift it. The line to the harbour stays closed until the rails have been looked at, the city said."
)
KOREAN = (
    "이재명 대통령과 다카이치 총리는 13일 나라에서 정상회담을 열고 유해의 신원을 확인하기로 했다고 밝혔다."
)
JAPANESE = (
    "高市首相は13日、奈良市で李大統領と会談し、DNA鑑定を進めることで一致した。両首脳は夕食会にも出席した。"
)


def passage(text: str, id: str, collection: str = "news") -> Passage:  # noqa: A002
    return Passage(article(id, text, collection=collection), 0, len(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REPORT, REPORT),
        (REPORT, f"BEIJING, Jan. 14 (Wire) - {REPORT}"),
        (REPORT, REPORT.upper().replace(",", " ")),
        (REPORT, REPORT.replace("Monday", "Tuesday") + " Reporting by Ann Lee, editing by Bo Kim."),
        (REPORT, REPORT[: len(REPORT) // 2]),
        (KOREAN, f"[서울=통신] {KOREAN}"),
        (JAPANESE, JAPANESE),
        ("高市首相は会談した。", "高市首相は会談した。"),
        (JAPANESE, JAPANESE.replace("13", "１３").replace("DNA", "ＤＮＡ")),
        (SPELT, SPELT.replace("Four", "4")),
        ("China banned seafood.", "China banned seafood"),
    ],
)
def test_copies_are_told(one: str, other: str) -> None:
    assert same_words(passage(one, "a"), passage(other, "b"))
    assert same_words(passage(other, "b"), passage(one, "a"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REPORT, "Lee and Takaichi met in Nara on Tuesday and talked for 90 minutes about the seafood ban."),
        (REPORT, "On Monday the customs office said that China bans seafood from Japan; no end is in sight."),
        (KOREAN, KOREAN[: len(KOREAN) // 3] + " 두 정상은 법륭사를 둘러보았고 드럼을 함께 연주했다."),
        (JAPANESE, "高市首相は14日、法隆寺を訪れた。"),
        ("China banned seafood.", "China banned coal."),
        ("China banned seafood.", "…"),
        ("…", "…"),
        (TOLL, TOLL.replace("12", "14")),
        (SPELT, SPELT.replace("Four", "Six")),
        (SPELT, SPELT.replace("three crews", "five crews")),
        (TOLL, TOLL.replace("3.5", "3.8") + " Reporting by Ann Lee."),
        (TOLL, f"{TOLL[:-1]}, of whom 9 are sailors.".replace("12", "21")),
        (f"{KOREAN} 부상자는 12명이다.", f"{KOREAN} 부상자는 14명이다."),
    ],
)
def test_other_texts_are_no_copies(one: str, other: str) -> None:
    assert not same_words(passage(one, "a"), passage(other, "b"))
    assert not same_words(passage(other, "b"), passage(one, "a"))


def test_an_article_is_no_copy_of_itself_but_of_its_twin_in_another_collection() -> None:
    assert not same_words(passage(REPORT, "a"), passage(REPORT, "a"))
    assert same_words(passage(REPORT, "a"), passage(REPORT, "a", "more"))


SOME_WORDS = st.lists(
    st.sampled_from(
        [*"fish’s end: “a” b_c É f-g".split(), *map("".join, product("bcdfghjkl", "mnpqrtvwxz"))]
    ),
    max_size=40,
)


@given(SOME_WORDS, SOME_WORDS, st.lists(st.integers(0, 39), max_size=4))
def test_those_told_apart_by_their_words_alone_share_too_few_runs(
    one: list[str], other: list[str], changed: list[int]
) -> None:
    nearly = [word if at not in changed else other[at % len(other)] for at, word in enumerate(one) if other]
    passages = [passage(" ".join(words), id) for id, words in zip("abc", (one, other, nearly), strict=True)]  # noqa: A001
    copies = Copies(passages)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        shorter, longer = sorted((runs(passages[first].text), runs(passages[second].text)), key=len)
        told = bool(shorter) and len(shorter & longer) >= CONTAINMENT * len(shorter)
        assert copies(first, second) is copies(second, first) is told


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    if len(words) < SHINGLE:
        return {tuple(words)} if words else set()
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
