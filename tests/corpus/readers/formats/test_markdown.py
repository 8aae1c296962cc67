import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.dates import day_in_words
from corpus.problem import Problem
from corpus.readers.formats.markdown import FILE_LIMIT
from tests.corpus.readers.reading import Reading

BODY = "The bridge was closed on Monday.\n"
SOON = datetime.now(UTC) + timedelta(days=30)


_FILES = Reading("page.md")
read, one, refusal = _FILES.read, _FILES.one, _FILES.refusal


def test_front_matter_gives_the_fields_and_the_rest_is_the_text(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "---\ntitle: Bridge closed\nauthor: [Ann Lee, Bo Kim]\npublished: 2026-01-14\nlanguage: en\n---\n\n"
        + BODY,
    )
    assert article == Article(
        id="page",
        title="Bridge closed",
        text=BODY.strip(),
        source=tmp_path.name,
        collection="news",
        language="en",
        author="Ann Lee, Bo Kim",
        published=datetime(2026, 1, 14, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Bridge closed", "Bridge closed"),
        ("# Bridge closed ##  ", "Bridge closed"),
        ("# What is new in C#", "What is new in C#"),
    ],
)
def test_a_heading_at_the_top_is_the_title_and_no_text(tmp_path: Path, heading: str, title: str) -> None:
    article = one(tmp_path, f"\n{heading}\n\n{BODY}")
    assert (article.title, article.text) == (title, BODY.strip())


@pytest.mark.parametrize(
    ("above", "title", "kept"),
    [
        ("Bridge closed\n\n", "Bridge closed", ""),
        ("\nWhy was the bridge closed?\n \nBy Ann Lee\n\n", "Why was the bridge closed?", ""),
        ("By Ann Lee\n\nBridge closed\n\n", "Bridge closed", ""),
        ("Bridge closed\n", "Bridge closed", "Bridge closed\n"),
        ("It rained.\n\n", "It rained.", "It rained.\n\n"),
        ("- Bridge closed\n\n", "- Bridge closed", "- Bridge closed\n\n"),
        ("NORTHTON (Reuters) —\n\n", BODY.strip(), "NORTHTON (Reuters) —\n\n"),
        ("---\ntitle: T1\n---\nBridge closed\n\n", "T1", "Bridge closed\n\n"),
        ("---\nauthor: Ann Lee\n---\n14 January 2026\n\n", "14 January 2026", "14 January 2026\n\n"),
    ],
)
def test_a_first_line_of_plain_text_that_stands_alone_is_the_title_and_no_text(
    tmp_path: Path, above: str, title: str, kept: str
) -> None:
    article = one(tmp_path, f"{above}{BODY}", "page.txt")
    assert (article.title, article.text) == (title, f"{kept}{BODY.strip()}")


def test_a_title_of_its_own_leaves_the_heading_in_the_text(tmp_path: Path) -> None:
    assert one(tmp_path, f"---\ntitle: T1\n---\n# Head\n{BODY}").text == f"# Head\n{BODY.strip()}"


def test_a_name_with_spaces_and_other_scripts_below_a_folder_is_the_id(tmp_path: Path) -> None:
    article = one(tmp_path, BODY, "새 소식/다리 폐쇄 (1).md")
    assert (article.id, article.source) == ("새 소식/다리 폐쇄 (1)", "새 소식")


def test_a_byte_order_mark_and_windows_line_ends_are_nothing(tmp_path: Path) -> None:
    article = one(tmp_path, b"\xef\xbb\xbf---\r\ntitle: T1\r\n---\r\nOne.\r\nTwo.\r\n")
    assert (article.title, article.text) == ("T1", "One.\nTwo.")


def test_empty_front_matter_is_none(tmp_path: Path) -> None:
    assert one(tmp_path, f"---\n---\n{BODY}").text == BODY.strip()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("---\ntitle: T\n---\n", "empty"),
        ("***\n", "its text is empty"),
        ("---\ntitle: never closed\n", "never closed"),
        ("--- \ntitle: never closed\n", "never closed"),
        ("---\n- a\n- b\n---\nA text.", "not a list of `name: value` lines"),
        ("---\na: &x [1]\nb: *x\n---\nA text.", "aliases are not allowed"),
        ("---\na: !!python/object/apply:os.system [id]\n---\nA text.", "could not determine a constructor"),
        ("---\na: !!python/object:corpus.article.Article {}\n---\nA text.", "could not determine"),
        ("---\na: [1\n---\nA text.", "not valid YAML"),
        ("---\na: \x00\n---\nA text.", "not valid YAML"),
        ("---\na: !!int ''\n---\nA text.", "does not fit its tag"),
        ("---\na: !!bool perhaps\n---\nA text.", "does not fit its tag"),
        ("---\na: !!timestamp soon\n---\nA text.", "does not fit its tag"),
        ("---\na: " + "[" * 5000 + "\n---\nA text.", "can't be read"),
        (f"---\na: {'x' * 17_000}\n---\nA text.", "longer than 16 kB"),
        (
            "+++\na = \n+++\nA text.",
            "its front matter is not valid TOML: Invalid value (at line 1, column 5)",
        ),
        ("+++\ntitle = 'never closed'\n", "opens with +++ and is never closed"),
        ("---\ndraft: true\n---\nA text.", "it is a draft"),
        ("---\nDraft: TRUE\n---\nA text.", "it is a draft"),
        ("+++\ndraft = true\n+++\nA text.", "it is a draft"),
        ("---\npublished: false\n---\nA text.", "it is not published"),
        ("---\nstatus: Draft\n---\nA text.", "it is not published (its status is draft)"),
        (f"---\ndate: {SOON.date()}\n---\nA text.", f"it is to be published on {day_in_words(SOON)}, and is"),
        ("---\ntext: from above\n---\n", "empty"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    assert reason in refusal(tmp_path, content).reason


def test_a_number_of_thousands_of_figures_is_left_out(tmp_path: Path) -> None:
    problem, article = read(tmp_path, "---\nid: 0x" + "f" * 15_000 + "\n---\nA text.")
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert (article.id, problem.reason) == (
        "page",
        "its id has 15,002 characters, more than the 300 allowed: left out",
    )


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.monotonic()
    problem = refusal(tmp_path, "---\na0: &a0 lol\n" + "\n".join(levels) + "\n---\nA text.")
    assert "aliases are not allowed" in problem.reason
    assert time.monotonic() - start < 1


def test_a_line_of_spaces_after_a_hash_takes_no_time(tmp_path: Path) -> None:
    start = time.monotonic()
    one(tmp_path, "# a" + " \t" * 200_000 + "b\nA text.\n")
    assert time.monotonic() - start < 2


def test_broken_utf8_names_its_line_and_what_to_do(tmp_path: Path) -> None:
    problem = refusal(tmp_path, b"One.\nTwo.\nHalf \xed\xa0\x80 of it.\n")
    assert problem.reason == (
        "the file is not UTF-8 (byte 15), and its encoding can't be told: save it as UTF-8, or say "
        "which it is with --encoding"
    )
    assert problem.line == 3


def test_a_text_in_another_encoding_is_read_and_said(tmp_path: Path) -> None:
    problem, article = read(tmp_path, "# Café\n\nSeñor Ruiz closed the café – “a pity”.\n".encode("cp1252"))
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Café", "Señor Ruiz closed the café – “a pity”.")
    assert str(problem) == f"{tmp_path / 'page.md'}: it is not UTF-8, and was read as Windows-1252"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: Bridge: closed for good\n---\n", "Bridge: closed for good"),
        ("---\ntitle: Rain: it's over: 'wet' day\nauthor: Ann\n---\n", "Rain: it's over: 'wet' day"),
        ("---\ntitle: @home with C #1\n---\n", "@home with C #1"),
        ('---\ntitle: "Closed" for good\n---\n', '"Closed" for good'),
        ("---\nTITLE: Bridge closed\n---\n", "Bridge closed"),
        ("---\nHeadline: Bridge closed\n---\n", "Bridge closed"),
        ("---\ntitle: 1984\n---\n", "1984"),
        ("---\ntitle: No\n---\n", "No"),
        ("---\ntitle: AT&amp;T's bridge\n---\n", "AT&T's bridge"),
        ("+++\ntitle = 'Bridge closed'\n+++\n", "Bridge closed"),
    ],
)
def test_a_title_is_taken_as_people_write_it(tmp_path: Path, content: str, title: str) -> None:
    article = one(tmp_path, content + BODY)
    assert (article.title, article.text) == (title, BODY.strip())


def test_a_list_beside_a_title_with_a_colon_is_a_list_all_the_same(tmp_path: Path) -> None:
    head = '---\ntitle: Bridge: closed\nauthor: [{"name": "Ann Lee"}, Bo Kim]\n---\n'
    article = one(tmp_path, head + BODY)
    assert (article.title, article.author) == ("Bridge: closed", "Ann Lee, Bo Kim")


def test_toml_gives_the_fields_that_yaml_does(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "+++\ntitle = 'Bridge'\ndate = 2026-01-14T09:30:00+09:00\nauthors = ['Ann Lee', 'Bo Kim']\n+++\n"
        + BODY,
    )
    assert article.published == datetime(2026, 1, 14, 0, 30, tzinfo=UTC)
    assert (article.title, article.author) == ("Bridge", "Ann Lee, Bo Kim")


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-45", "soon", "2999-01-01"])
def test_a_date_that_is_none_leaves_the_article_undated(tmp_path: Path, date: str) -> None:
    problem, article = read(tmp_path, f"---\ndate: {date}\n---\n{BODY}")
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert (article.published, problem.refused) == (None, False)
    assert problem.reason.startswith("its date ")


@pytest.mark.parametrize(
    ("name", "content", "day", "author"),
    [
        ("a.txt", f"By Ann Kim\n14 January 2026\n\n{BODY}", 14, "Ann Kim"),
        ("a.md", f"# Bridge\n\n*Closed*\n\nJanuary 14, 2026\n\n{BODY}", 14, None),
        ("2026-01-14-bridge.md", BODY, 14, None),
        ("2026-01-14 bridge.txt", f"---\nauthor: Bo\n---\n{BODY}", 14, "Bo"),
        ("2026-01-14.txt", f"15 January 2026\n{BODY}", 15, None),
        ("2026-01-14-bridge.md", f"---\ndate: 2026-01-16\n---\n{BODY}", 16, None),
    ],
)
def test_date_and_author_are_taken_from_the_first_lines_and_the_files_name(
    tmp_path: Path, name: str, content: str, day: int, author: str | None
) -> None:
    article = Reading(name).one(tmp_path, content)
    assert article.published == datetime(2026, 1, day, tzinfo=UTC)
    assert article.author == author
    assert article.text.endswith(BODY.strip())
    assert "January" not in article.text
    assert "Ann Kim" not in article.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("20260114.txt", BODY),
        ("2026-01-145.txt", BODY),
        ("part-2026-01-14.txt", BODY),
        ("a.txt", f"It was 14 January 2026.\n{BODY}"),
        ("a.txt", "\n".join(["A line."] * 8 + ["14 January 2026", BODY])),
    ],
)
def test_what_only_looks_like_the_day_of_an_article_is_none(tmp_path: Path, name: str, content: str) -> None:
    article = Reading(name).one(tmp_path, content)
    assert article.published is None
    assert article.text == content.strip()


def test_lines_at_the_top_stay_where_the_fields_are_given(tmp_path: Path) -> None:
    body = f"By Ann Kim\n14 January 2026\n{BODY}"
    article = Reading("a.md").one(tmp_path, f"---\ndate: 2026-01-16\n---\n{body}")
    assert (article.text, article.author) == (body.strip(), None)


MARKUP = """\
**One** [link](https://a.example/x) and [[Page|a name]]; a footnote[^1], `code` & *more*.

![A pillar](pillar.jpg)

> Two said,
> three did.

{{< figure src="a.jpg" >}}
{% include toc.html %}

## Four

- five
- six

| Seven | Eight |
|---|---|
| 9 | 10 |

---

1986. It was a good year. 5 * 3 * 2 is 30, ~~31~~ and a_b_c <!-- hidden -->stays.

[^1]: A report.
"""


def test_markup_in_a_body_of_markdown_is_read(tmp_path: Path) -> None:
    assert one(tmp_path, MARKUP).text.split("\n\n") == [
        "One link and a name; a footnote, code & more.",
        "Two said,\nthree did.",
        "## Four",
        "- five\n- six",
        "Seven\tEight\n9\t10",
        "1986. It was a good year. 5 * 3 * 2 is 30, and a_b_c stays.",
        "A report.",
    ]


def test_a_text_without_markup_stays_to_the_letter(tmp_path: Path) -> None:
    text = "One\n  two, 5 > 3.\n\n\n2026. Three [four] * five; AT&T, #six - seven_eight\n\n\tnine"
    assert one(tmp_path, text).text == text
    assert Reading("a.txt").one(tmp_path, "**One** [two](https://a.example)").text.startswith("**One** [two]")


def test_lines_of_a_plain_text_that_were_broken_to_fit_are_joined(tmp_path: Path) -> None:
    wrapped = (
        "The harbour bridge was closed to traffic on Wednesday, as\nengineers had found cracks in two of its "
        "pillars.\n\nIt opens in May.\n"
    )
    assert Reading("a.txt").one(tmp_path, wrapped).text == (
        "The harbour bridge was closed to traffic on Wednesday, as engineers had found cracks in two of its "
        "pillars.\n\nIt opens in May."
    )


def test_a_line_of_bad_yaml_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "---\ntitle: a\nb: ]c\n---\nA text.").line == 3


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    assert "more than the" in refusal(tmp_path, bytes(FILE_LIMIT + 1)).reason


def test_what_is_left_out_is_told_and_the_article_kept(tmp_path: Path) -> None:
    problem, article = read(tmp_path, f"---\nurl: javascript:alert(1)\n---\n{BODY}")
    assert isinstance(article, Article)
    assert article.url is None
    assert isinstance(problem, Problem)
    assert not problem.refused


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\nA.".encode()))
@example(b"---\na: !!float ''\n---\nA word.")
@example(b"---\n? {}\n: 1\n---\nA word.")
def test_any_bytes_are_an_article_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    assert read(tmp_path_factory.mktemp("any", numbered=True), content)
