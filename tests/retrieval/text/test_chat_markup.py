import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.chat_markup import without_addressees, without_markup


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@!998812> who won?", "who won?"),
        ("<@&12> <@998812> who won?", "who won?"),
        ("<!here> <@U02ABC|ann> who won <#C0123|general>?", "who won ?"),
        ("<!subteam^S01|@desk> who won?", "who won?"),
        ("<:kek:123456> who <a:wave:99>won?", "who won?"),
        ("who won :thinking_face:", "who won"),
        ("who won on <t:1700000000:R>?", "who won on ?"),
        ("who won at 10:30: Ann or Bo?", "who won at 10:30: Ann or Bo?"),
        ("is a<b and b>a? :)", "is a<b and b>a? :)"),
        ("see <https://a.example/b>", "see <https://a.example/b>"),
    ],
)
def test_mentions_and_emoji_are_no_words(text: str, words: str) -> None:
    assert " ".join(without_markup(text).split()) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@!998812>, who won?", "who won?"),
        ("<!here> <@U02ABC|ann> :wave: who won?", "who won?"),
        ("who won? cc <@U02ABC> <@U03>", "who won?"),
        ("what did <@U02ABC> say?", "what did <@U02ABC> say?"),
        ("who is <@U02ABC>", "who is <@U02ABC>"),
        ("<@U02ABC>", "<@U02ABC>"),
        ("  <@U02ABC>  ,  <@U03>  :  who won?", "who won?"),
    ],
)
def test_who_is_addressed_is_no_part_of_a_question(text: str, words: str) -> None:
    assert without_addressees(text) == words


@given(st.text(st.sampled_from("<@!#&:|>aZ1 ?\n"), max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert len(without_markup(text)) <= len(text)
    assert without_addressees(text) in text
