import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.formats.markdown import FILE_LIMIT
from tests.corpus.readers.reading import Reading

BODY = "The bridge was closed on Monday.\n"


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
        ("***\n", "no words"),
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
        ("---\npublished: 2026-02-30\n---\nA text.", "day is out of range"),
        ("---\npublished: 2026-13-45\n---\nA text.", "month must be in"),
        ("---\ntext: from above\n---\n", "empty"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    assert reason in refusal(tmp_path, content).reason


def test_a_number_of_thousands_of_figures_is_left_out(tmp_path: Path) -> None:
    problem, article = read(tmp_path, "---\nid: 0x" + "f" * 15_000 + "\n---\nA text.")
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert (article.id, problem.reason) == ("page", "the encoding of its id is broken: left out")


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


def test_broken_utf8_names_its_line(tmp_path: Path) -> None:
    problem = refusal(tmp_path, b"One.\nTwo.\ncaf\xe9.\n")
    assert "not UTF-8" in problem.reason
    assert problem.line == 3


def test_a_line_of_bad_yaml_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "---\ntitle: a\nb: c: d\n---\nA text.").line == 3


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    assert "more than the" in refusal(tmp_path, bytes(FILE_LIMIT + 1)).reason


def test_what_is_left_out_is_told_and_the_article_kept(tmp_path: Path) -> None:
    problem, article = read(tmp_path, f"---\nurl: javascript:alert(1)\n---\n{BODY}")
    assert isinstance(article, Article)
    assert article.url is None
    assert isinstance(problem, Problem)
    assert not problem.refused


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\nA.".encode()))
@example(b"---\na: !!float ''\n---\nA word.")
@example(b"---\n? {}\n: 1\n---\nA word.")
def test_any_bytes_are_an_article_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    assert read(tmp_path_factory.mktemp("any", numbered=True), content)
