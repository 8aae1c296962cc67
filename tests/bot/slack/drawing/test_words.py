"""What people wrote, out of Slack's encoding."""

import pytest

from bot.slack.drawing.words import mentions, plain_words, question_words, typed_words, unescaped

BOT = "U0BOT"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U0BOT> who won?", "who won?"),
        ("hey <@U0BOT|newsdesk>, who won?", "hey , who won?"),
        ("<@U0BOT>", ""),
        ("AT&amp;T &lt;3 x &gt; y", "AT&T <3 x > y"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("see <https://a.example/x|a.example>", "see a.example"),
        ("see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2"),
        ("<#C012|general> and <#C013>", "#general and"),
        ("<!subteam^S01|@desk> <!here> <!date^1^{date}|monday>", "@desk monday"),
        ("  two\n lines\t", "two lines"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_words_are_as_their_writer_meant_them(text: str, words: str) -> None:
    assert plain_words(text, BOT) == words


def test_other_people_are_named_where_their_names_are_known() -> None:
    assert plain_words("ask <@U0ANN>", BOT, {"U0ANN": "Ann"}) == "ask Ann"
    assert plain_words("ask <@U0ANN|ann>", BOT, {"U0ANN": "Ann"}) == "ask ann"
    assert plain_words("ask <@U0ANN>", BOT) == "ask"


def test_a_question_keeps_the_addresses_of_links_and_not_those_it_is_addressed_to() -> None:
    text = "<@U0ANN> <!here> <@U0BOT> why did <https://a.example/x|the race> end? cc <@U0KIM|kim>"
    assert question_words(text, BOT) == "why did [the race](https://a.example/x) end?"
    assert question_words("what did <@U0ANN|ann> say?", BOT) == "what did ann say?"


def test_the_people_that_a_message_names() -> None:
    text = "<@U0BOT> and <@U0ANN|ann>, <@W0KIM> but not &lt;@U0SATO&gt; or <#C0X>"
    assert mentions(text) == {"U0BOT", "U0ANN", "W0KIM"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("add https://a.example/feed?a=1&amp;b=2", "add https://a.example/feed?a=1&b=2"),
        ("add <https://a.example/feed?a=1&amp;b=2>", "add https://a.example/feed?a=1&b=2"),
        ("add <https://a.example/x?a=1&amp;lt=2|a.example/x>", "add https://a.example/x?a=1&lt=2"),
        ("add <http://a.example|a.example> in:news", "add http://a.example in:news"),
        ("remove  AT&amp;T &lt;beta&gt;", "remove AT&T <beta>"),
        ("", ""),
    ],
)
def test_what_was_typed_behind_a_command_has_its_addresses_whole(text: str, typed: str) -> None:
    assert typed_words(text) == typed


@pytest.mark.parametrize("text", ["?a=1&copy=2", "&nbsp;", "&amp", "&lt=3", "&#38;"])
def test_only_what_slack_escapes_is_taken_back(text: str) -> None:
    assert unescaped(text) == text
    assert unescaped(text.replace("&", "&amp;")) == text
