import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.documents.markdown_text import MAX_LENGTH, markdown_to_text


@pytest.mark.parametrize("sign", ["![", "[a](", "[", "**a", "_*", "{{", "[[a|", "`a``b", "> "])
def test_what_is_made_to_take_long_takes_a_moment(sign: str) -> None:
    began = time.process_time()
    markdown_to_text(f"**a** {sign * 4000}")
    assert time.process_time() - began < 2


def test_a_text_too_long_stays_as_it_is() -> None:
    text = "**a** " * (MAX_LENGTH // 6 + 1)
    assert markdown_to_text(text) is text


@given(st.text(alphabet="ab12 .,'\n", max_size=80))
def test_words_alone_stay_to_the_letter(text: str) -> None:
    assert markdown_to_text(text) == text


PIECES = {
    "word": "word",
    "**bold**": "bold",
    "[link](https://a.example)": "link",
    "> quoted": "quoted",
    "# head": "# head",
    "- entry": "- entry",
    "`code`": "code",
    "![picture](a.jpg)": "",
    "{{ template }}": "",
}
"""Paragraphs of Markdown, and the words of each."""


@given(st.lists(st.sampled_from(sorted(PIECES))))
def test_no_word_of_it_is_lost(pieces: list[str]) -> None:
    text = markdown_to_text("\n\n".join(pieces))
    assert text.split() == " ".join(PIECES[piece] for piece in pieces).split()
