import re
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.text.sentences import PIECE, SENTENCE_LIMIT, is_heading, sentence_spans

PIECES = st.sampled_from(
    [
        *"aA1.!?…。！？、「」『』（）()[]\"'“”‘’«»-*#:;,😀𠮷한글日本\n\r\t \x00\x0b\x1c\x85\xa0\u2009\u2028\u202e\u3000\ufeff",  # noqa: E501
        *[
            "Mr. ",
            "U.S. ",
            "J. K. ",
            "B.",
            " 5 p.m. ",
            "No. 10",
            "1. ",
            "\n- ",
            "\n## ",
            "\r\n",
            "\n\n",
            "e\u0301",
        ],
        *[
            "word word word ",
            "https://a.example/b.c?d=1. ",
            "3.5 ",
            "다.",
            "した。",
            "と述べた",
            "라고 ",
            "a" * 700,
        ],
    ]
)
LANGUAGES = st.sampled_from(["en", "ja", "ko", "de", "fr", "zh", "ar", "und", "", "tlh", "en-US"])


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The U.S. economy grew.", "The U.S. Senate voted.", "He lives in the U.S.", "Then he left."]),
        (
            "en",
            [
                "Mr. Smith met Dr. Jones.",
                "Sen. Bob Jones met Ms. Cho and Gov. Ann Lee in Washington, D.C. on Tuesday.",
            ],
        ),
        ("en", ["J. K. Rowling wrote it.", "Lt. Gen. John Smith read it."]),
        ("en", ["No. 10 said nothing.", "She was at No. 10 Downing Street.", "He left."]),
        ("en", ["It closed at 5 p.m. Friday.", "It opens at 9 a.m. EST.", "He left at 5 p.m.", "She slept."]),
        (
            "en",
            ["Tours end at 12:30 p.m. ET, and on Sundays at 1 p.m. PDT.", "He left at 5 p.m.", "Ed slept."],
        ),
        ("en", ["On Sept. 11, 2001, it began.", "The Jan. 6 committee met.", "Nov. was cold."]),
        ("en", ["Apple Inc. said so.", "Acme Co. Ltd. sued Foo Corp. on Monday."]),
        (
            "en",
            [
                "“We will win,” he said.",
                "“It is over.”",
                "She left.",
                "“Why?” he asked.",
                "“Stop!” she said.",
            ],
        ),
        ("en", ['"We will win," he said.', '"It is over."', "She left."]),
        ("en", ["“It works. It is good.”", "He left."]),
        ("en", ["Wait… what?", "He said… nothing.", "Well... maybe.", "He left...", "Then she came."]),
        (
            "en",
            [
                "See https://example.com/a.b?c=d.",
                "It grew 3.5 percent.",
                "It cost $1.5m.",
                "Visit example.com.",
            ],
        ),
        ("en", ["Is it?!", "Yes.", "No!!"]),
        ("en", ["They met (in the old town.)", "Last year they did not.", "(It was late.)", "He left."]),
        (
            "en",
            [
                "See the Acme site (of Acme Inc.) Smith left.",
                "It was (really!) John.",
                "So be it (sic.) He left.",
            ],
        ),
        (
            "en",
            ['"I was, well ..." Ida Berg told a judge.', '"Is it over?" Moe asked.', '"Why?"', "Moe left."],
        ),
        ("ko", ["그는 갔다.", '그녀는 "간다."라고 말했다.', "그는 “온다. 간다.”고 했다.", "끝났다."]),
        ("ko", ["‘온다.’며 웃었다.", "3.5% 올랐다.", "“간다.” 라고 했다."]),
        ("ja", ["「行きます。」と述べた。", "次の日、首相は「やめる。」と語った。", "終わり。"]),
        ("ja", ["首相は「行きます。必ず。」と述べた。", "「はい。」", "「いいえ。」", "二人は言った。"]),
        (
            "ja",
            [
                "（了解した。）と述べた。",
                "彼は『やる。』『やらない。』と言った。",
                "首相は”行く。”と述べた。",
            ],
        ),
        ("ja", ["条約が結ばれた。", "1696年に金が見つかった。", "２０１０年は違った。", "18歳だ。"]),
        ("ja", ["首相は「終わった。2019年に始めた。」と語った。", "（昨年。3月）だった。", "5人が来た。"]),
        ("ko", ["훈련을 받아야 한다.", "'적대적 환경'에 대한 교육이 있다.", "2019년에 시작했다.", "끝났다."]),
    ],
)
def test_the_sentences_of_a_paragraph(language: str, expected: list[str]) -> None:
    space = "" if language == "ja" else " "
    assert sentences(space.join(expected), language) == expected


def test_a_language_that_is_not_known_is_read_as_english() -> None:
    text = "Mr. Smith left. He was tired."
    assert sentences(text, "und") == sentences(text, "") == ["Mr. Smith left.", "He was tired."]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "12) ", "  – "])
def test_each_list_item_is_a_sentence_with_its_mark(mark: str) -> None:
    items = [f"{mark}the first thing", f"{mark}The second thing."]
    assert sentences("\n".join(items)) == [item.strip() for item in items]


def test_a_headline_a_dateline_and_a_paragraph_stay_apart() -> None:
    text = "Bridge closed after storm\nSEOUL, Jan. 14 (Reuters) - The bridge was closed. More follows."
    assert sentences(text) == [
        "Bridge closed after storm",
        "SEOUL, Jan. 14 (Reuters) - The bridge was closed.",
        "More follows.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_wrapped_by_hand_are_read_on(newline: str) -> None:
    lines = [
        "South Korean President Lee Jae Myung and Japanese Prime Minister Sanae",
        "Takaichi met in the city of Nara, in western Japan. The talks were led by",
        "Mr. Lee and Ms. Takaichi, and lasted about 90 minutes. They agreed on all",
        "points.",
        "",
        "A dinner followed.",
    ]
    found = sentences(newline.join(lines))
    assert [" ".join(sentence.split()) for sentence in found] == [
        "South Korean President Lee Jae Myung and Japanese Prime Minister Sanae Takaichi met in the city of "
        "Nara, in western Japan.",
        "The talks were led by Mr. Lee and Ms. Takaichi, and lasted about 90 minutes.",
        "They agreed on all points.",
        "A dinner followed.",
    ]


def test_lines_that_had_room_are_not_read_on() -> None:
    text = "The prime minister of Japan and the president of\nthe republic met.\nA dinner\nMusic\nSleep"
    assert sentences(text)[1:] == ["A dinner", "Music", "Sleep"]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_heading_is_glued_to_nothing(between: str) -> None:
    text = between.join(["It ended well", "## why Nara? Because. It is", "nara was the capital.", "# End"])
    assert sentences(text) == [
        "It ended well",
        "## why Nara? Because. It is",
        "nara was the capital.",
        "# End",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Why Nara", True),
        ("# A", True),
        ("#Nara is trending", False),
        ("####### x", False),
        ("He won #1", False),
    ],
)
def test_what_a_heading_is(line: str, heading: bool) -> None:
    assert is_heading(line) is heading


@pytest.mark.parametrize("space", ["\xa0", "\x85", "\u2009", "\u2028", "\u202f", "\u3000"])
def test_spaces_of_several_bytes_beside_an_initial_are_survived(space: str) -> None:
    """sentencex 1.0.32 panics at "B<space>.", with an exception that `except Exception` does not catch."""
    text = f"Section B{space}. J.{space}K. Rowling wrote it."
    assert "".join(sentences(text)).count("B") == 1


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)), LANGUAGES)
@example("B\xa0.", "en")
@example("a\r\nb", "en")
def test_spans_are_exact_and_leave_out_nothing_but_white_space(text: str, language: str) -> None:
    at = 0
    for start, end in sentence_spans(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert end - start <= SENTENCE_LIMIT
        at = end
    assert not text[at:].strip()


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(["He said “no. ", "Yes. ", "It is so, ", "x" * 90, " ", "「", "。"]),
        min_size=200,
        max_size=900,
    )
)
def test_a_paragraph_of_many_pieces_is_covered_too(parts: list[str]) -> None:
    text = "".join(parts)
    spans = sentence_spans(text, "en")
    assert re.sub(r"\s", "", "".join(text[start:end] for start, end in spans)) == re.sub(r"\s", "", text)
    assert max(end - start for start, end in spans) <= SENTENCE_LIMIT


def test_a_paragraph_longer_than_a_piece_has_the_sentences_of_its_parts() -> None:
    expected = [
        f"This is sentence number {number} of Mr. Smith's speech in the U.S. Senate." for number in range(300)
    ]
    assert len(" ".join(expected)) > 3 * PIECE
    assert sentences(" ".join(expected)) == expected


def test_a_sentence_over_the_limit_is_cut_at_spaces() -> None:
    text = "word " * 1000
    found = sentences(text)
    assert " ".join(found) == text.strip()
    assert all(sentence.split() == ["word"] * len(sentence.split()) for sentence in found)


def seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "1. ",
            "U.S. ",
            "a",
            '"',
            "“",
            "'",
            "`",
            "(",
            "[",
            "「",
            "。",
            "」と",
            "。」と",
            "「。1",
            ". '",
            "…",
            ".",
            " ",
            "\n",
            "a\n",
            "A\n",
        ],
        *["a \n", "- \n", "## \n", "\r\n", "No. ", "5 p.m. ", "word ", "(a. ", "😀", "https://a."],
    ],
)
def test_twice_the_text_takes_about_twice_the_time(unit: str) -> None:
    small, large = (unit * (length // len(unit)) for length in (20_000, 40_000))
    before = seconds(lambda: sentence_spans(small, "en"))
    assert seconds(lambda: sentence_spans(large, "en")) < 6 * max(before, 0.02)
