"""`newsdesk ask`, `article`, and how every call ends."""

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from retrieval.generations.generation import open_generation
from tests.bot.conftest import Call, jsonl
from tests.fault.newsroom import QuickDisk

QUESTION = "What did Lee and Takaichi agree about the Chosei coal mine?"
HOSTILE = "Nara\x1b[2J\x1b]0;owned\x07 summit\x9b31m \u202edrum\u202c\x00 session\u2066"
PASSAGE = {
    "article_id": str,
    "collection": str,
    "version": str,
    "start": int,
    "end": int,
    "text": str,
    "shown": str,
    "highlights": list,
    "title": str,
    "source": str,
    "author": str,
    "published": str,
    "url": type(None),
    "link": str,
    "score": float,
    "signals": dict,
    "also_in": list,
}
ANSWER = {
    "question": str,
    "answered": bool,
    "confidence": float,
    "filters": dict,
    "missing": list,
    "unanswered": list,
    "passages": list,
    "searched": dict,
    "snapshot": str,
}


def newsdesk(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "--home", str(home), *arguments],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


# Asking


def test_an_answer_in_a_pipe_is_plain_text_with_quotes_and_citations(ask_sample: Call) -> None:
    answer = ask_sample("ask", QUESTION)
    assert (answer.status, answer.err) == (0, "")
    assert "\x1b" not in answer.out
    assert re.search(r"^1  \S", answer.out, re.MULTILINE)
    assert re.search(r"^   > .*\*\*.+\*\*", answer.out, re.MULTILINE)
    assert re.search(r"^   Newsdesk sample · Newsdesk · \d+ January 2026 · .* ago$", answer.out, re.MULTILINE)
    assert re.search(r"^   file:///\S+#:~:text=\S+$", answer.out, re.MULTILINE)
    assert re.search(r"^Confidence \d+%\.$", answer.out, re.MULTILINE)


def test_json_has_every_field_of_the_contract_and_quotes_word_for_word(
    ask_sample: Call, loaded_sample: Path
) -> None:
    row = ask_sample("ask", QUESTION, "--json").row
    assert {name: type(value) for name, value in row.items()} == ANSWER
    assert row["question"] == QUESTION
    assert row["answered"] is True
    assert 0 < row["confidence"] <= 1
    assert row["filters"] == {"collections": ["news"]}
    assert row["searched"]["articles"] == row["searched"]["within_filters"] == 16
    assert re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{8}", row["snapshot"])
    assert 1 <= len(row["passages"]) <= 3
    (generation,) = (loaded_sample / "collections/news/generations").iterdir()
    opened = open_generation(generation, "news", None).snapshot
    texts = {article.id: article.text for article in opened.articles}
    for passage in row["passages"]:
        answer = passage.pop("answer")  # null where the reader is not sure which words they are
        assert answer is None or answer in passage["shown"]
        assert {name: type(value) for name, value in passage.items()} == PASSAGE
        assert texts[passage["article_id"]][passage["start"] : passage["end"]] == passage["text"]
        assert len(passage["text"]) <= 900
        assert passage["shown"] in passage["text"]
        assert passage["highlights"]
        assert all(highlight in passage["text"] for highlight in passage["highlights"])
        told = {"meaning", "words", "coverage", "late", "pair", "title", "fresh", "reading", "sentences"}
        assert set(passage["signals"]) == told
        assert 0 <= passage["score"] <= 1
    together = [passage["signals"]["sentences"] for passage in row["passages"]]
    assert together == sorted(together, reverse=True)


def test_questions_are_answered_in_order_with_one_line_each(ask_sample: Call, tmp_path: Path) -> None:
    file = jsonl(
        tmp_path / "q.jsonl",
        {"id": "b", "question": QUESTION, "asked_at": "2026-01-20"},
        {"id": "a", "question": "   "},
        {"id": 3, "question": "\ud800 ?!"},
        {"id": "long", "question": "Nara " * 4000},
        {"id": "c", "question": "When did the mine flood?"},
        {"id": "d", "question": "are you a bot? \ud800 🙂"},
    )
    asked = ask_sample("ask", "--questions", str(file), "--json", "--limit", "2")
    assert (asked.status, asked.err) == (0, "")
    rows = asked.rows
    assert [row["id"] for row in rows] == ["b", "a", "3", "long", "c", "d"]
    assert ["error" in row for row in rows] == [False, True, True, True, False, False]
    assert {name: type(value) for name, value in rows[0].items()} == {"id": str} | ANSWER
    assert all(len(row["passages"]) <= 2 for row in rows)
    assert "no language model" in rows[5]["reply"]
    for row in (*rows[1:4], rows[5]):
        assert (row["answered"], row["confidence"], row["passages"], row["snapshot"]) == (False, 0, [], "")
    assert rows[1]["error"].startswith("the question is empty")


def test_what_asks_nothing_gets_a_line(ask_sample: Call) -> None:
    said = ask_sample("ask", "hello!")
    assert said.out == "Hello! Ask me about the news: I search 16 articles from Newsdesk sample.\n"
    row = ask_sample("ask", "hello!", "--json").row
    assert (row["question"], row["answered"], row["reply"] + "\n") == ("hello!", False, said.out)
    assert "reply" not in ask_sample("ask", "hello!", "--as-asked", "--json").row


def test_filters_act_and_are_named(ask_sample: Call) -> None:
    filters = ("--since", "2026-01-16", "--until", "2026-01", "--source", "NEWSDESK SAMPLE")
    row = ask_sample("ask", QUESTION, *filters, "--json").row
    assert row["filters"] == {
        "collections": ["news"],
        "since": "2026-01-16",
        "until": "2026-02-01",
        "sources": ["newsdesk sample"],
    }
    assert row["passages"]
    assert all("2026-01-16" <= passage["published"] < "2026-02-01" for passage in row["passages"])
    assert 0 < row["searched"]["within_filters"] < row["searched"]["articles"]
    shown = ask_sample("ask", QUESTION, "--since", "2026-01-16").out
    assert "Only since 16 January 2026." in shown or "(since 16 January 2026)" in shown
    dated = ask_sample("ask", "What did Lee and Takaichi agree in Nara?", "--asked-at", "2026-01-15")
    assert "15 January 2026 · today" in dated.out
    two = "Who became prime minister of Japan and what did Lee agree on the coal mine?"
    assert ask_sample("ask", two, "--json").row["filters"]["parts"] == [
        "Who became prime minister of Japan",
        "what did Lee agree on the coal mine?",
    ]


READ = "What did articles from 16 January 2026 say about the Chosei coal mine?"


SEVERAL = (
    "When did Lee and Takaichi meet in Nara? Who won the chess olympiad? And what did China ban in 2026?"
)


def test_each_question_of_a_message_gets_its_own_quote_or_is_named_as_unanswered(ask_sample: Call) -> None:
    row = ask_sample("ask", SEVERAL, "--json").row
    assert row["answered"]
    assert row["unanswered"] == ["Who won the chess olympiad?"]
    assert [one["article_id"] for one in row["passages"][:2]] == ["nara-summit", "china-dual-use-controls"]
    assert row["missing"] == []
    shown = ask_sample("ask", SEVERAL).out
    assert shown.startswith("I found no answer to: “Who won the chess olympiad?”\n")
    assert shown.count("\n   > ") >= 2
    alone = ask_sample("ask", "What did China ban in 2026?", "--json").row["passages"][0]
    assert row["passages"][1]["highlights"] == alone["highlights"]
    none = ask_sample("ask", "Who won the chess olympiad? Who built the moon?", "--json").row
    assert (none["answered"], none["unanswered"]) == (False, [])


def test_what_is_read_out_of_a_question_filters_and_is_named_unless_it_is_taken_as_asked(
    ask_sample: Call,
) -> None:
    row = ask_sample("ask", READ, "--json").row
    assert row["filters"] == {
        "collections": ["news"],
        "read": [
            {
                "kind": "dates",
                "words": "16 January 2026",
                "firm": True,
                "left_out": False,
                "since": "2026-01-16",
                "until": "2026-01-17",
                "name": "",
            }
        ],
    }
    assert row["passages"]
    assert {passage["published"] for passage in row["passages"]} == {"2026-01-16"}
    shown = ask_sample("ask", READ).out.splitlines()
    assert shown[-1] == "Only articles from 16 January 2026. Add --as-asked to search your exact words."
    row = ask_sample("ask", READ, "--as-asked", "--json").row
    assert row["filters"] == {"collections": ["news"]}
    assert len({passage["published"] for passage in row["passages"]}) > 1
    assert "Only articles" not in ask_sample("ask", READ, "--as-asked").out


def test_what_is_left_out_of_a_question_or_a_list_is_named_unless_it_is_taken_as_asked(
    ask_sample: Call,
) -> None:
    text = "What was said about the Chosei coal mine, not from 16 January 2026?"
    row = ask_sample("ask", text, "--json").row
    assert [(one["words"], one["firm"], one["left_out"]) for one in row["filters"]["read"]] == [
        ("not from 16 January 2026", False, True)
    ]
    assert "2026-01-16" not in {passage["published"] for passage in row["passages"]}
    last = ask_sample("ask", text).out.splitlines()[-1]
    assert last == "Leaving out articles from 16 January 2026. Add --as-asked to search your exact words."
    assert "Leaving out" not in ask_sample("ask", text, "--as-asked").out
    listed = ask_sample("ask", "articles about Takaichi, not from 16 January 2026").out.splitlines()
    assert listed[1].startswith("leaving out articles from 16 January 2026")
    assert ask_sample("ask", "articles about Nara excluding Newsdesk sample").out.splitlines() == [
        "No article mentions “Nara”.",
        "Searched 0 of 16 articles (leaving out articles from Newsdesk sample), "
        "the newest from 20 January 2026.",
    ]


def test_a_filter_that_leaves_nothing_says_so_and_offers_a_way_on(ask_sample: Call) -> None:
    answer = ask_sample("ask", QUESTION, "--since", "2026-06", "--source", "Newsdesk sample")
    assert answer.status == 0
    assert answer.out.splitlines() == [
        "I found no answer in these articles.",
        "Searched 0 of 16 articles (from newsdesk sample, since 1 June 2026), "
        "the newest from 20 January 2026. Try wider dates or all sources.",
    ]


def test_a_refusal_says_what_none_of_the_nearest_passages_has(ask_sample: Call) -> None:
    question = "How did Travis Kelce score a goal for Paris in 1931?"
    asked = ask_sample("ask", question, "--json").row
    assert asked["missing"] == [
        {"kind": "name", "words": "Travis Kelce"},
        {"kind": "name", "words": "Paris"},
        {"kind": "year", "words": "1931"},
    ]
    assert not asked["answered"]
    assert asked["passages"]
    assert ask_sample("ask", question).out.splitlines()[2:4] == [
        "None of the closest passages is about 1931, and none mentions Travis Kelce or Paris.",
        "Closest matches (they may not answer this):",
    ]
    assert ask_sample("ask", QUESTION, "--json").row["missing"] == []


def test_the_limit_and_the_share_of_one_article_are_kept(ask_sample: Call) -> None:
    ten = ask_sample("ask", QUESTION, "--limit", "10", "--json").row["passages"]
    assert len(ten) == 10
    one_each = ask_sample("ask", QUESTION, "--per-article", "1", "--json").row["passages"]
    assert len({passage["article_id"] for passage in one_each}) == len(one_each) == 3


def test_a_korean_question_on_an_english_corpus_is_answered_honestly(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("---\ntitle: The mine\n---\nThe mine flooded in 1942. 183 people died.")
    assert call("corpus", "add", "mine.md").status == 0
    row = call("ask", "탄광은 언제 물에 잠겼습니까?", "--json").row
    assert (row["answered"], row["passages"]) == (False, [])
    shown = call("ask", "탄광은 언제 물에 잠겼습니까?")
    assert "I found no answer in these articles.\nSearched 1 article" in shown.out
    assert shown.out.startswith("The search model here knows English")
    assert shown.err == ""


# Wrong calls


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["ask", ""], "the question is empty: ask something like"),
        (["ask"], "give one question, or a file of them with --questions"),
        (["ask", "Who?", "--questions", "q.jsonl"], "give one question, or a file of them"),
        (["ask", "--questions", "none.jsonl"], "none.jsonl: the questions can't be read (No such file"),
        (["ask", "Who?", "--since", "2026-02", "--until", "2026-01"], "--since 2026-02 lies after --until"),
        (["ask", "Who?", "--since", "2026-13"], "--since: '2026-13' is not a possible date"),
        (["ask", "Who?", "--until", "soon"], "--until: 'soon' is not a possible date (write 2026-01-14"),
        (["ask", "Who?", "--asked-at", "2026-02-30"], "--asked-at: '2026-02-30' is not a possible date"),
        (["ask", "Who?", "--limit", "0"], "Invalid value for '--limit': 0 is not in the range 1<=x<=100"),
        (["aks"], "No such command 'aks'. Did you mean 'ask'? See `newsdesk --help`"),
        (["ask", "Who", "met?"], "Got unexpected extra argument (met?). See `newsdesk ask --help`"),
        (["asks"], "No such command 'asks'"),
        (["corpus", "add"], "Missing argument 'PATH|URL...'"),
        (["article", "x", "--collection", "../news"], "'../news' can't name a collection"),
        (["eval", "none.jsonl"], "none.jsonl: the questions can't be read"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(call: Call, arguments: list[str], error: str) -> None:
    called = call(*arguments)
    assert called.status == 2
    assert error in called.error
    assert not Path(".newsdesk").exists()


def test_without_a_command_the_help_is_shown_and_the_version_is_told(call: Call) -> None:
    called = call()
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith("Usage: newsdesk")
    assert "Commands:" in called.err
    assert call("--version").out == f"newsdesk {importlib.metadata.version('newsdesk')}\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--source", "Newsdsk"], "there is no source 'newsdsk'; the nearest are: Newsdesk sample"),
        (["--collection", "nws"], "there is no collection 'nws'; the nearest are: news"),
    ],
)
def test_an_unknown_source_or_collection_names_the_nearest(
    ask_sample: Call, arguments: list[str], error: str
) -> None:
    called = ask_sample("ask", QUESTION, *arguments)
    assert (called.status, called.error) == (2, error)


# What can't be done


def test_a_home_without_a_corpus_says_what_to_do(call: Call) -> None:
    assert "there is no such user" in call("--home", "~nobody-of-that-name/x", "ask", "Who?").error
    called = call("ask", "Who?")
    assert called.status == 1
    assert re.fullmatch(
        r"there is nothing to answer from in \S+/\.newsdesk: run `newsdesk corpus add PATH`", called.error
    )


# Homes


def test_the_call_wins_over_the_environment_and_that_over_the_file(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (".newsdesk", "filed", "set", "called"):
        with Home(Path(name), QuickDisk()).store():
            pass

    def home(*arguments: str) -> str:
        return Path(call(*arguments, "corpus", "status", "--json").row["home"]).name

    assert home() == ".newsdesk"
    Path(".env").write_text("NEWSDESK_HOME=filed\n")
    assert home() == "filed"
    monkeypatch.setenv("NEWSDESK_HOME", "set")
    assert home() == "set"
    assert home("--home", "called") == "called"


@pytest.mark.parametrize(
    "act",
    [
        *("corpus status", "corpus history", "corpus verify", "corpus poll", "corpus reload"),
        *("corpus reload --dry-run", "corpus remove a", "corpus restore a", "corpus rollback", "article a"),
        *("bindings", "audit discord:1", "bind a discord:1", "unbind a discord:1", "votes votes.jsonl"),
        *("watch list", "watch add Who", "watch pause 1", "move --to elsewhere"),
    ],
)
def test_a_mistyped_home_is_said_and_not_created(call: Call, tmp_path: Path, act: str) -> None:
    called = call("--home", "mistyped", *act.split())
    assert called.status == 1
    assert called.error == (
        f"there is no home in {tmp_path / 'mistyped'}: name the folder of one with --home or NEWSDESK_HOME, "
        "or create one with `newsdesk corpus add PATH`"
    )
    assert list(tmp_path.iterdir()) == []


def test_doctor_and_questions_do_not_create_a_home_either(call: Call, tmp_path: Path) -> None:
    shown = call("--home", "mistyped", "doctor")
    assert shown.status == 1
    assert f"FIX  home: there is no home in {tmp_path / 'mistyped'}: " in shown.out
    assert "there is nothing to answer from" in call("--home", "mistyped", "ask", "Who?").error
    assert list(tmp_path.iterdir()) == []


# Articles


def test_an_article_is_shown_whole_or_written_as_a_page(ask_sample: Call) -> None:
    shown = ask_sample("article", "nara-agreements")
    assert shown.out.startswith(
        "What South Korea and Japan agreed in Nara\nNewsdesk sample · Newsdesk · 15 January 2026\n\n"
    )
    assert shown.out.endswith("dispute between China and Japan.\n")
    assert ask_sample("article", "nara").error.startswith("there is no article 'nara' in collection news: ")
    assert ask_sample("article", "nara-agreements", "--page", "page.html").out == "page.html\n"
    assert "<h1>What South Korea and Japan agreed in Nara</h1>" in Path("page.html").read_text()
    failed = ask_sample("article", "nara-agreements", "--page", "none/page.html")
    assert failed.error == "none/page.html can't be written (No such file or directory): name another file"


# What is untrusted


def test_no_escape_sequence_of_an_article_or_a_question_is_printed(call: Call, tmp_path: Path) -> None:
    article = {
        "id": f"id{HOSTILE}",
        "title": f"Title {HOSTILE}",
        "source": f"Source {HOSTILE}",
        "author": f"By {HOSTILE}",
        "text": f"The leaders met. {HOSTILE}. They played the drums together.",
        "published": "2026-01-13",
    }
    jsonl(tmp_path / "a.jsonl", article, {"id": 1, "text": "\x1b[31m", "published": HOSTILE})
    printed = [
        call("corpus", "add", "a.jsonl"),
        call("corpus", "add", "a.jsonl", "--json"),
        call("ask", f"Who played the drums? {HOSTILE}"),
        call("ask", f"Who played the drums? {HOSTILE}", "--json"),
        call("ask", f"Who? {HOSTILE}", "--source", HOSTILE),
        call("ask", f"Who? {HOSTILE}", "--since", HOSTILE),
        call("ask", "--questions", f"{HOSTILE.replace(chr(0), '')}.jsonl"),
        call("chat", stdin=f"Who played? {HOSTILE}\ncontext 1\nwhy 1\nmore\nhistory\n{HOSTILE}\n"),
        call("article", call("ask", "drums", "--json").row["passages"][0]["article_id"]),
        call("corpus", "history"),
        call("corpus", "remove", HOSTILE.replace("\0", "")),
        call("corpus", "status"),
        call("--home", HOSTILE.replace("\0", ""), "corpus", "status"),
    ]
    for outcome in printed:
        for character in outcome.out + outcome.err:
            assert character == "\n" or character.isprintable(), (ascii(character), outcome)
    assert HOSTILE in call("ask", "drums", "--json").row["passages"][0]["text"]


def test_no_secret_is_ever_printed(
    ask_sample: Call, monkeypatch: pytest.MonkeyPatch, loaded_sample: Path
) -> None:
    for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.setenv(name, "canary-4711")
    Path(".env").write_text("SLACK_SIGNING_SECRET=canary-4711\n")
    outcomes = [
        ask_sample("doctor"),
        ask_sample("doctor", "--json"),
        ask_sample("ask", QUESTION),
        ask_sample("corpus", "status"),
        ask_sample("corpus", "history", "--json"),
    ]
    for name in ("DISCORD_TOKEN", "SLACK_APP_TOKEN"):  # what `run` prints with them is tested elsewhere
        monkeypatch.delenv(name)
    Path(".env").unlink()
    outcomes.append(ask_sample("run"))
    assert "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET: not on Slack" in outcomes[-1].err
    Path(".env").write_text("NEWSDESK_TOKEN=canary-4711\n")
    outcomes.append(ask_sample("ask", QUESTION))
    assert outcomes[-1].status == 2
    assert all("canary" not in outcome.out + outcome.err for outcome in outcomes)


# Streams and signals


def test_a_reader_that_goes_away_is_no_error(loaded_sample: Path) -> None:
    command = [sys.executable, "-m", "bot", "--home", str(loaded_sample), "article", "nara-summit"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_stream_that_is_closed_or_of_another_encoding_is_no_error(loaded_sample: Path) -> None:
    shown = newsdesk("article", "chosei-coal-mine-ko", home=loaded_sample, PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"?" in shown.stdout
    script = f'"{sys.executable}" -m bot --home "{loaded_sample}" article nara-summit <&- >&-'
    closed = subprocess.run(["sh", "-c", script], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")
