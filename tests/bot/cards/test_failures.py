import re

import pytest

from bot.cards.failures import explained, for_chat
from bot.chat.refusal import NotSure, Refusal
from bot.messages.catalogue import messages_for
from corpus.errors import (
    BadArticle,
    BadQuestion,
    BadSetting,
    GenerationUnusable,
    NewsdeskError,
    OverLimit,
    ReloadRefused,
    UnknownName,
    UnreadableSource,
)
from retrieval.question.query import clean_question

UNKNOWN = UnknownName("source", "Pots", ("The Post", "The Pot"), "there is no source 'Pots'")
HIDDEN = UnknownName("collection", "board", ("news",), "there is no collection 'board'; there is news")
BUSY = Refusal("busy", ahead=1, seconds=1)
FAILED = ReloadRefused("news would lose 9 of 10 articles: nothing was changed")


def bad(question: str) -> BadQuestion:
    with pytest.raises(BadQuestion) as caught:
        clean_question(question)
    return caught.value


@pytest.mark.parametrize(
    ("error", "english", "korean", "japanese"),
    [
        (
            BUSY,
            "Busy: 1 question is ahead of yours. Please ask again in a second.",
            "지금은 바빠요. 앞에 질문이 1개 있어요. 1초 뒤에 다시 물어봐 주세요.",
            "混み合っています。あなたの前に質問が1件あります。1秒後にもう一度質問してください。",
        ),
        (
            Refusal("too-fast", seconds=12),
            "You ask faster than is allowed here. Please wait 12 seconds.",
            "여기서 허용된 것보다 빨리 질문하고 있어요. 12초만 기다려 주세요.",
            "ここで許されている回数を超えています。12秒待ってください。",
        ),
        (
            bad(" \n "),
            "The question is empty. Ask something like “Who met in Nara?”",
            "질문이 비어 있어요. “나라에서 누가 회담했나요?”처럼 물어봐 주세요.",
            "質問が空です。「奈良で会談したのは誰ですか？」のように質問してください。",
        ),
        (
            bad("x" * 2001),
            "The question is too long to search with. Ask in a sentence.",
            "질문이 너무 길어서 검색할 수 없어요. 한 문장으로 물어봐 주세요.",
            "質問が長すぎて検索できません。一文で質問してください。",
        ),
        (
            bad("?!"),
            "The question has no words to search for. Ask something like “Who met in Nara?”",
            "질문에 검색할 단어가 없어요. “나라에서 누가 회담했나요?”처럼 물어봐 주세요.",
            "質問に検索できる言葉がありません。「奈良で会談したのは誰ですか？」のように質問してください。",
        ),
        (
            UNKNOWN,
            "There is no source “Pots” here. The nearest are: The Post, The Pot.",
            "여기에는 ‘Pots’ 출처가 없어요. 가장 비슷한 출처: The Post, The Pot",
            "「Pots」という出典はここにはありません。近いもの：The Post, The Pot",
        ),
        (
            HIDDEN,
            "There is no collection “board” here. There are: –.",
            "여기에는 ‘board’ 컬렉션이 없어요. 있는 컬렉션: –",
            "「board」というコレクションはここにはありません。あるもの：–",
        ),
        (
            FAILED,
            "That could not be done: news would lose 9 of 10 articles: nothing was changed",
            "하지 못했어요: news would lose 9 of 10 articles: nothing was changed",
            "実行できませんでした：news would lose 9 of 10 articles: nothing was changed",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, NewsdeskError) else "",
)
def test_an_error_is_said_in_the_readers_language(
    error: NewsdeskError, english: str, korean: str, japanese: str
) -> None:
    assert explained(error, messages_for("en-US")) == english
    assert explained(error, messages_for("ko")) == korean
    assert explained(error, messages_for("ja")) == japanese


def test_a_refusal_names_its_key_and_values_in_the_log() -> None:
    assert str(BUSY) == "busy {'ahead': 1, 'seconds': 1}"
    assert str(Refusal("too-late")) == "too-late"


PRIVATE = "can't be used (database is locked): run `newsdesk corpus reload --dry-run`, or add --force"
TEXT = f"/srv/news/state/feed.jsonl {PRIVATE}"
SECRET = re.compile(r"/srv|/state|newsdesk |sqlite|--\w|database is locked")
"""What is the operator's alone: where things lie, commands, and SQLite's own words."""
MADE: dict[type[NewsdeskError], list[NewsdeskError]] = {
    BadQuestion: [BadQuestion("long", TEXT)],
    UnknownName: [UnknownName("source", "Post", ("The Post",), TEXT)],
    UnreadableSource: [
        UnreadableSource("/srv/news/state/feed.jsonl", "/srv/news/state/feed.jsonl is not there"),
        UnreadableSource("/srv/news/state/*.md", "no file matches; use --force"),
        UnreadableSource("C:\\srv\\state\\feed.md", "it can't be read (Permission denied)"),
    ],
    BadArticle: [BadArticle("its file /srv/news/state/feed.md is broken; use --force")],
    BadSetting: [BadSetting("NEWSDESK_HOME", TEXT)],
    OverLimit: [OverLimit("sources", 3, 3)],
    GenerationUnusable: [GenerationUnusable("20260101T000000-1", TEXT)],
    Refusal: [Refusal("too-late")],
    NotSure: [NotSure()],
}
"""Errors that are made of more than a text."""


def kinds(kind: type[NewsdeskError] = NewsdeskError) -> list[type[NewsdeskError]]:
    """Every kind of error there is."""
    import corpus.web.fetcher  # noqa: F401 - it has one of its own

    return [kind, *(below for one in kind.__subclasses__() for below in kinds(one))]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_no_error_tells_a_chat_what_is_the_operators_alone(kind: type[NewsdeskError], language: str) -> None:
    made = MADE.get(kind) or next((MADE[one] for one in MADE if issubclass(kind, one)), None)
    for error in made or [kind(TEXT.replace(" (database is locked)", "")), kind("It broke", TEXT)]:
        said = explained(error, messages_for(language), "5f3a09c1")
        assert said
        assert not SECRET.search(said), said


def test_a_missing_folder_is_named_by_its_last_part() -> None:
    cause = UnreadableSource("/srv/my news/state/feed.jsonl", "there is no such file or folder")
    error = ReloadRefused(f"the source {cause}: nothing was changed", "mend it with `newsdesk corpus reload`")
    error.__cause__ = cause
    assert explained(error, messages_for("en")) == (
        "That could not be done: the source feed.jsonl: there is no such file or folder: nothing was changed"
    )
    assert "`newsdesk corpus reload`" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "https://news.example/a/b.html: it holds no article",
        "news would lose 9 of 10 articles",
        "its date 01/02/2026 can't be read",
        "either/or, and/or",
    ],
)
def test_what_is_no_path_stays_as_it_is(text: str) -> None:
    assert for_chat(text) == text
