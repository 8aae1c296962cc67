"""A conversation, line by line through standard input."""

import re
from pathlib import Path

from tests.bot.conftest import Call
from tests.bot.samples.articles import INES, PAUL, jsonl

FIRST = "Who became prime minister of Japan in October 2025?"


def test_a_follow_up_is_understood_with_what_was_asked(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin=f"{FIRST}\nWhere was she born?\ncontext 1\nquit\nnever asked\n")
    assert (held.status, held.err) == (0, "")
    nothing = ask_sample("chat")  # the input ends at once
    assert (nothing.status, nothing.err) == (0, "")
    assert nothing.out == "Ask about the news; `help` lists what else there is, `quit` ends.\n"
    assert held.out.startswith(nothing.out)
    (understood,) = re.findall(
        r"^Follow-up, searched as: (.*) \(type `as-asked` to search your exact words\)$",
        held.out,
        re.MULTILINE,
    )
    assert understood.startswith("Where was Sanae Takaichi born? became prime minister")
    assert "Takaichi was born on 7 March 1961 in Nara Prefecture" in held.out
    assert "never asked" not in held.out


def test_a_doubtful_question_goes_on_where_the_articles_shown_are_about_it(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin=f"{FIRST}\nwho joined the party?\n{FIRST}\nwho directed watchmen?\n")
    (understood,) = re.findall(
        r"^Follow-up, searched as: (.*) \(type `as-asked` to search your exact words\)$",
        held.out,
        re.MULTILINE,
    )
    assert understood.startswith("who joined the party? became prime minister Japan")


def test_a_question_goes_on_from_a_refused_one_that_named_whom_it_is_about(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin=f"{FIRST}\nWhen was Ada Oro born?\nand where?\n")
    assert "Follow-up, searched as: and where? Ada Oro born (type" in held.out


def test_words_that_were_taken_over_are_left_out_as_asked(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin=f"{FIRST}\nWhere was she born?\n")
    back = ask_sample("chat", stdin=f"{FIRST}\nWhere was she born?\nas-asked\n")
    alone = ask_sample("chat", stdin="Where was she born?\nas-asked\nas-asked\n")
    assert back.out.startswith(held.out)
    assert back.out.removeprefix(held.out) in alone.out


def test_more_goes_on_without_repeating(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin="\n".join([FIRST, "more", "MORE", *["more"] * 20]))
    assert held.out.endswith("There is nothing more.\n")
    lines, _, told = held.out.partition("Confidence")
    assert re.findall(r"^(\d+)  \S", lines, re.MULTILINE) == ["1", "2", "3"]
    numbers = [1, *map(int, re.findall(r"^(\d+)  \S", told, re.MULTILINE))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 6
    quotes = re.findall(r"(?:^   > .*\n)+", held.out, re.MULTILINE)
    assert len(set(quotes)) == len(numbers)


def test_history_lists_what_was_typed_and_new_forgets_it(ask_sample: Call) -> None:
    script = f"history\n{FIRST}\n  And of Korea?\nhistory\nnew\nhistory\nmore\nwhy 1\n"
    held = ask_sample("chat", stdin=script)
    assert (
        f"\n1  {FIRST}\n2  And of Korea?\nWhat was asked before is forgotten.\nNothing was asked yet.\n"
        in (held.out)
    )
    assert held.err.splitlines() == [
        "newsdesk: ask a question first",
        "newsdesk: no quote is shown yet: ask a question first",
    ]


def test_help_names_every_command(ask_sample: Call) -> None:
    shown = ask_sample("chat", stdin="help\nexit\n").out
    assert re.findall(r"^  ([\w-]+)", shown, re.MULTILINE) == [
        *("more", "context", "why", "sources", "reports", "as-asked", "history", "new", "help", "quit")
    ]


def test_commands_of_the_chats_are_understood_or_named(ask_sample: Call) -> None:
    script = "/sources\n/latest\n/ask Who met in Nara?\n/history\n/latest Toyota\n/corpus status\n/watch me\n"
    held = ask_sample("chat", stdin=script)
    assert "Newsdesk sample · 16 articles, the newest from 20 January 2026" in held.out
    assert held.out.count("The latest\n") == 1
    assert "1  what's new\n2  Who met in Nara?\n" in held.out
    assert "No article mentions “Toyota”." in held.out
    assert held.err.splitlines() == [
        f"newsdesk: `/{name}` works in Discord and Slack; in a terminal, see `newsdesk --help`"
        for name in ("corpus", "watch")
    ]


def test_context_and_why_of_a_quote_are_shown_and_wrong_numbers_are_one_line(
    ask_sample: Call,
) -> None:
    wrong = ["context 0", "why 9", "context -1", "context", "?!", "x" * 3000]
    held = ask_sample("chat", stdin="\n".join(["", FIRST, *wrong, "", "why 1"]) + "\n")
    assert held.status == 0
    assert held.err.splitlines() == [
        "newsdesk: there is no quote 0: the last one shown is 3",
        "newsdesk: there is no quote 9: the last one shown is 3",
        "newsdesk: there is no quote -1: the last one shown is 3",
        "newsdesk: say of which quote: `context 1`",
        "newsdesk: the question has no words to search for: ask something like “Who met in Nara?”",
        "newsdesk: the question has 3,000 characters, more than the 2,000 allowed: ask in a sentence",
    ]
    assert re.search(r"^Matched: became, .* · meaning: strong\.$", held.out, re.MULTILINE)
    held = ask_sample("chat", stdin=f"why ²\nwhy {'9' * 1500}\n{FIRST}\ncontext 2\n")
    assert held.err == "", "other digits and long numbers are questions like any other"
    context = held.out.rpartition("Confidence")[2].splitlines()[1:]
    assert any(line.startswith("   > ") for line in context)
    assert any(line.startswith("     ") for line in context)


def test_why_alone_asks_for_a_reason_and_an_emoji_s_language_is_told_by_its_script(ask_sample: Call) -> None:
    held = ask_sample(
        "chat", stdin="Why did China ban dual-use exports to Japan?\nwhy\n元気？\n뭐 할 수 있어?\n"
    )
    assert "Follow-up, searched as: why" in held.out
    assert "こんにちは" in held.out
    assert "인용" in held.out
    assert not held.err


def test_whom_a_family_name_means_is_told_by_typing_the_name_in_full(call: Call, tmp_path: Path) -> None:
    articles = tmp_path / "varga.jsonl"
    articles.write_bytes(jsonl("varga.jsonl", INES, PAUL).content)
    assert call("corpus", "add", str(articles)).status == 0
    held = call("chat", stdin="what did varga do?\npaul varga\nhistory\n").out
    told, _, again = held.partition("Ask with the full name.")
    assert "Different people are named Varga here: " in told
    assert "fish kitchen" in again
    assert "2  what did Paul Varga do?" in again


def test_what_was_read_out_of_a_question_is_shown_and_taken_back(ask_sample: Call) -> None:
    question = "What did articles from January 2026 say of the coal mine?\n"
    script = f"as-asked\n{question}as-asked\n"
    held = ask_sample("chat", stdin=script)
    assert held.err == "newsdesk: ask a question first\n"
    told = "Only articles from 1–31 Jan 2026. Type `as-asked` to search your exact words."
    assert held.out.count(told) == 1
    assert len(re.findall(r"^1  \S", held.out, re.MULTILINE)) == 2
    assert "Only articles" not in ask_sample("chat", "--as-asked", stdin=question).out


def test_small_talk_is_answered_with_a_line_and_carried_nowhere(ask_sample: Call) -> None:
    said = ["thanks!", "감사합니다", "what can you do?", "🙂"]
    held = ask_sample("chat", stdin="\n".join([FIRST, *said, "history", "Where was she born?", "context 1"]))
    assert held.err == ""
    assert f"\n1  {FIRST}\n" in held.out
    assert "\n2  " in held.out  # the second quote, and no second question
    assert "You're welcome! Ask me about the news: I search 16 articles from Newsdesk sample.\n" in held.out
    assert "천만에요! 뉴스에 대해 물어보세요." in held.out
    assert "\nAsk a question, or one of these:\n" in held.out
    assert "Takaichi was born on 7 March 1961" in held.out
    as_asked = ask_sample("chat", "--as-asked", stdin="thanks\n")
    assert "You're welcome" not in as_asked.out


def test_who_asks_where_a_quote_is_from_is_told_and_nothing_is_searched(ask_sample: Call) -> None:
    said = ["is that true?", "open the second one", "read article 9", "누가 썼어?", "no", "reset", "history"]
    held = ask_sample("chat", stdin="\n".join(["source?", FIRST, *said, "link?"]))
    before, _, told = held.out.partition("Confidence")
    nothing = "There is no answer yet whose source I could name, so please ask a question first."
    assert nothing in before
    assert re.findall(r"^(\d)  \S", told, re.MULTILINE) == ["1", "2", "1"]
    assert told.count("The quote is the article's exact words. I do not judge whether they are true.\n") == 2
    assert "There is no quote 9 in that answer.\n" in told
    assert "그 내용이 사실인지는 판단하지 않아요.\n" in told
    assert "Say “more” to see other passages.\n" in told
    assert "What was asked before is forgotten.\nNothing was asked yet.\n" in told
    assert told.rpartition("Nothing was asked yet.")[2].strip().startswith(nothing)


def test_who_asks_for_more_in_words_sees_the_next_quotes(ask_sample: Call) -> None:
    question = "When did the remains of the Chosei mine surface?"
    typed = ask_sample("chat", stdin=f"{question}\nmore\n").out
    assert ask_sample("chat", stdin=f"{question}\ntell me more, please\n").out == typed
    nothing = ask_sample("chat", stdin="anything else?\nany news about Chosei?\nmore about that\n").out
    assert "There is no answer yet that I could go on with." in nothing
    assert "searched as: more about that Chosei" in nothing


def test_who_wants_an_answer_in_other_words_sees_its_quotes_again(ask_sample: Call) -> None:
    question = "When did the remains of the Chosei mine surface?"
    held = ask_sample("chat", stdin=f"translate it\n{question}\ntranslate it\nmore\n")
    alone, _, answered = held.out.partition("   > ")
    assert "quotes from before" not in alone
    first, _, again = answered.partition("These are the quotes from before:")
    assert first.splitlines()[0] == again.partition("   > ")[2].splitlines()[0]
    assert "Confidence" in again
