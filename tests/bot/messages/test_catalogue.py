"""The three languages: the same messages, in their own words, within the limits of where they are shown."""

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.chat.period import read_period
from bot.messages.catalogue import ENGLISH, LOCALES, Messages, messages_for
from tests.bot.messages.fluent import messages

OTHERS = [language for language in LOCALES if language != ENGLISH]
SCRIPTS = {"ko": re.compile(r"[가-힣]"), "ja": re.compile(r"[぀-ヿ一-鿿]")}
SHARED = frozenset({"progress", "page"})
"""Messages that are all values and signs, which every language may write alike."""
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
DATES = {
    "en": ("today", "last week", "March 2026", "2026-01-14"),
    "ko": ("오늘", "지난주", "2026년 3월", "2026-01-14"),
    "ja": ("今日", "先週", "2026年3月", "2026-01-14"),
}
COMMAND = re.compile(r"(?:^|[\s*「：（(])/(\w+)")
"""A command that a message names; a Korean or Japanese particle stands apart from it."""


def spoken(language: str, number: object = 3) -> dict[str, str]:
    """Every message of the language, with some value for whatever it needs."""
    say = messages_for(language)
    return {
        key: say(key, **dict.fromkeys(message.variables, number))
        for key, message in messages(language).items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_messages_of_english_and_no_others(language: str) -> None:
    assert messages(language).keys() == messages(ENGLISH).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_needs_the_same_values_in_every_language(language: str) -> None:
    there = messages(language)
    assert {key: message.variables for key, message in there.items()} == {
        key: message.variables for key, message in messages(ENGLISH).items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_korean_and_japanese_choose_no_form_by_a_number(language: str) -> None:
    assert [key for key, message in messages(language).items() if message.selectors] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything_in_its_own_words(language: str) -> None:
    own = SCRIPTS[language]
    found = {key for key, text in spoken(language).items() if not own.search(text)}
    assert found <= SHARED


def test_no_language_borrows_the_words_of_another() -> None:
    assert [key for key, text in spoken("ko").items() if SCRIPTS["ja"].search(text)] == []
    assert [key for key, text in spoken("ja").items() if SCRIPTS["ko"].search(text)] == []
    english = {key for key, text in spoken(ENGLISH).items() if any(s.search(text) for s in SCRIPTS.values())}
    assert english == set()


def test_korean_needs_no_particle_in_two_forms() -> None:
    twofold = re.compile(r"[은을이과]\([는를가와]\)|\(으\)로|\(이\)|[는를가와]\([은을이과]\)")
    assert [key for key, text in spoken("ko").items() if twofold.search(text)] == []


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("number", [0, 1, 2, 12_345, "“x”"], ids=str)
def test_every_message_can_be_said_with_any_number_or_name(language: str, number: object) -> None:
    for key, text in spoken(language, number).items():
        assert text.strip() == text, key
        assert "{" not in text, key
        assert not re.search(r"\s{2}|\n", text), key


def test_english_counts_one_and_many() -> None:
    say = messages_for("en-US")
    assert say("count-articles", count=1) == "1 article"
    assert say("count-articles", count=0) == "0 articles"
    assert say("count-articles", count=12_345) == "12,345 articles"
    for key, message in messages(ENGLISH).items():
        if message.selectors:
            values = dict.fromkeys(message.variables, 2)
            assert say(key, **values) != say(key, **values | dict.fromkeys(message.selectors, 1)), key


@pytest.mark.parametrize("language", LOCALES)
def test_names_of_commands_and_options_are_what_discord_takes(language: str) -> None:
    for key, text in spoken(language).items():
        if key.startswith(("command-", "option-")):
            assert 1 <= len(text) <= 32, key
            if key != "command-check":  # in a message's menu, where a name may have spaces and capitals
                assert text == text.lower(), key
                assert all(c in "-_'" or unicodedata.category(c)[0] in "LN" for c in text), key


@pytest.mark.parametrize("language", LOCALES)
def test_no_two_commands_or_options_of_one_place_have_the_same_name(language: str) -> None:
    said = spoken(language)
    top = ["ask", "check", "latest", "sources", "article", "help", "corpus", "settings"]
    corpus = ["status", "reload", "rollback", "history", "audit", "add", "remove", "restore"]
    for group in (top, corpus, ["server", "channel"]):
        assert len({said[f"command-{name}"] for name in group}) == len(group)
    for options in (
        ("question", "source", "collection", "since", "until", "private"),
        ("url", "file", "collection"),
        ("target", "collection"),
        ("article", "collection"),
    ):
        assert len({said[f"option-{name}"] for name in options}) == len(options)


@pytest.mark.parametrize("language", LOCALES)
def test_what_is_shown_in_a_small_place_fits_it(language: str) -> None:
    said = spoken(language)
    limits = {"describe-": 100, "button-": 80, "setting-answers-": 100, "reason-": 45, "setting-reset": 80}
    limits |= {"setting-private": 80, "setting-public": 80, "setting-sources-": 45, "sources-title": 45}
    for key, text in said.items():
        for prefix, limit in limits.items():
            if key.startswith(prefix):
                assert len(text) <= limit, f"{key}: {text}"


@pytest.mark.parametrize("language", LOCALES)
def test_a_command_that_a_message_names_is_called_so_in_that_language(language: str) -> None:
    said = spoken(language)
    names = {text for key, text in said.items() if key.startswith("command-")}
    named = {
        found: key
        for key, text in said.items()
        if not key.endswith("-slack")
        for found in COMMAND.findall(text)
        # What stands in for a message on Slack, where commands are called the same in every language.
        if key not in ("corpus-usage", "home-no-questions", "installed-slack-ask", "installed-slack-admin")
    }
    assert len(named) >= 6
    assert named.keys() <= names, named
    assert said["command-check"] in said["help-check"]
    assert f"*{said['option-private']}*" in said["help-ask"]


@pytest.mark.parametrize("language", LOCALES)
def test_a_command_that_a_message_names_on_slack_is_in_the_manifest(language: str) -> None:
    manifest = yaml.safe_load((Path(__file__).parents[3] / "manifest.yaml").read_text())
    commands = {one["command"] for one in manifest["features"]["slash_commands"]}
    messages = messages_for(language, "slack")
    for key, text in spoken(language).items():
        base = key.removesuffix("-slack")
        if key != base or key in ("corpus-usage", "home-no-questions"):
            for found in re.findall(r"(?<![\w:])/[a-z]+", text):
                assert found in commands, (key, text)
            assert f"{base}-slack" not in spoken(language) or messages.has(key)


def test_a_message_of_a_platform_stands_in_for_the_common_one() -> None:
    assert messages_for("en", "slack")("only-in-community") == "That works only in a workspace."
    assert messages_for("en", "discord")("only-in-community") == "That works only in a server."
    assert messages_for("en")("only-in-community") == "That works only in a server."


@pytest.mark.parametrize("language", LOCALES)
def test_a_button_that_a_message_names_is_called_so_in_that_language(language: str) -> None:
    said = spoken(language)
    named = re.findall(r"\*\*(.+?)\*\*", said["help-buttons"])
    assert named == [said["button-more"], said["button-context"], said["button-why"]]


@pytest.mark.parametrize("language", LOCALES)
def test_the_dates_that_people_are_told_to_type_are_understood(language: str) -> None:
    said = spoken(language)
    for date in DATES[language]:
        read_period(date, NOW)
        assert date.casefold() in said["bad-date"].casefold()
        assert date in said["describe-since"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("en_GB", "en"),
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("ja", "ja"),
        ("JA-jp", "ja"),
        ("fr", "en"),
        ("zh-CN", "en"),
        ("", "en"),
        ("../ko", "en"),
    ],
)
def test_a_reader_gets_their_language_or_english(locale: str, language: str) -> None:
    assert messages_for(locale).language == language


def test_dates_are_written_as_the_language_does() -> None:
    moment = datetime(2026, 1, 14, 23, 59, tzinfo=UTC)
    assert [messages_for(language).date(moment) for language in LOCALES] == [
        "14 January 2026",
        "2026년 1월 14일",
        "2026年1月14日",
    ]
    assert [messages_for(language).date(None) for language in LOCALES] == ["undated", "날짜 없음", "日付なし"]


def test_a_key_or_a_value_that_is_missing_is_an_error() -> None:
    say = Messages("ko")
    assert say.has("busy")
    assert not say.has("nonsense")
    with pytest.raises(LookupError, match="nonsense"):
        say("nonsense")
    with pytest.raises(LookupError, match="busy"):
        say("busy", ahead=1)


def test_a_value_is_put_in_as_it_is() -> None:
    name = "{ $near } { no-answer } \u2068*x*\n"
    assert messages_for("en")("no-article", name=name) == f"There is no article “{name}” here."
