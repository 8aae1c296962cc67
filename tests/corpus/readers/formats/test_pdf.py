import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from tests.corpus.pages import FIRST, SECOND, TEXT
from tests.corpus.readers.documents.pdf_files import Put, lines, pdf
from tests.corpus.readers.reading import Reading

_FILES = Reading("report.pdf")
MORE = (
    "The council will decide on the plan in the autumn, and nobody knows yet what the whole repair will cost."
)


def wrapped(text: str, width: int = 60) -> list[str]:
    return textwrap.wrap(text, width)


def two_paragraphs(top: float = 640) -> list[Put]:
    first = lines(wrapped(FIRST), top=top)
    return [*first, *lines(wrapped(SECOND), top=first[-1].height - 30)]


def test_a_report_gives_its_fields(tmp_path: Path) -> None:
    page = [
        Put("Bridge closed after cracks were found", height=700, size=18),
        Put("By Ann Lee", height=675),
        Put("14 January 2026", height=660),
        *two_paragraphs(),
    ]
    assert _FILES.one(tmp_path, pdf([page])) == Article(
        id="report",
        title="Bridge closed after cracks were found",
        text=TEXT,
        source=tmp_path.name,
        language="en",
        author="Ann Lee",
        published=datetime(2026, 1, 14, tzinfo=UTC),
    )


def test_broken_lines_are_joined_and_paragraphs_stay_apart(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, pdf([two_paragraphs()])).text == TEXT


def test_paragraphs_that_are_moved_in_stay_apart(tmp_path: Path) -> None:
    first, second = wrapped(FIRST), wrapped(SECOND)
    page = lines([*first, *second])
    page[len(first)] = Put(second[0], 80, page[len(first)].height)
    assert _FILES.one(tmp_path, pdf([page])).text == TEXT


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = wrapped(f"{FIRST} {MORE}", 30), wrapped(f"{SECOND} {MORE}", 30)
    page = [*lines(left, 60), *lines(right, 330)]
    assert _FILES.one(tmp_path, pdf([page])).text == f"{FIRST} {MORE}\n\n{SECOND} {MORE}"


def test_a_sentence_goes_on_in_the_next_page_past_its_head_and_number(tmp_path: Path) -> None:
    words = wrapped(f"{FIRST} {SECOND} {MORE}", 60)
    pages = []
    for number, half in enumerate((words[:4], words[4:]), 1):
        head = [Put("The Harbour Post, 14 January", height=770), Put(f"Page {number} of 2", 280, 30)]
        pages.append([head[0], *lines(half, top=600), head[1]])
    assert _FILES.one(tmp_path, pdf(pages)).text == f"{FIRST} {SECOND} {MORE}"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("The engi-", "neers met. Two engineers were late.", "The engineers met. Two engineers were late."),
        ("A well-", "known bridge. It is well-known.", "A well-known bridge. It is well-known."),
        ("The govern-", "ment met.", "The government met."),
        ("Can-", "cer was treated.", "Cancer was treated."),
        ("It had a cease-", "fire. The cease-fire held.", "It had a cease-fire. The cease-fire held."),
        ("An e-", "mail came.", "An e-mail came."),
        ("An ex-", "mayor came.", "An ex-mayor came."),
        ("From 2020-", "2026 it stood.", "From 2020-2026 it stood."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_it_is_surely_one_word(
    tmp_path: Path, before: str, after: str, whole: str
) -> None:
    assert _FILES.one(tmp_path, pdf([lines([before, after])])).text == whole


@pytest.mark.parametrize(
    ("info", "title", "author"),
    [
        ("/Title (Bridge closed) /Author (Ann Lee)", "Bridge closed", "Ann Lee"),
        ("/Title (Microsoft Word - bridge.docx) /Author (alee)", FIRST[:20], None),
        ("/Title 5 /Author null", FIRST[:20], None),
        ("/Title <FEFF00D60066> /CreationDate (D:20010101000000)", "Öf", None),
    ],
)
def test_properties_are_believed_where_a_person_wrote_them(
    tmp_path: Path, info: str, title: str, author: str | None
) -> None:
    article = _FILES.one(tmp_path, pdf([two_paragraphs()], info))
    assert article.title.startswith(title)
    assert (article.author, article.published) == (author, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is no PDF"),
        (b"<html>", "it is no PDF"),
        (b"%PDF-1.4\n", "it is broken"),
        (pdf([[]], picture=True), "its pages are pictures without text (a scan)"),
        (pdf([[]]), "it is probably a scan: have its text recognised (OCR) first"),
        (pdf([[], []]), "it is probably a scan"),
        (pdf([[Put("17", height=30)]], picture=True), "its pages are pictures without text (a scan)"),
    ],
)
def test_a_file_without_text_is_named_for_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in _FILES.refusal(tmp_path, content).reason


def test_an_encrypted_file_is_named(tmp_path: Path) -> None:
    encrypt = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O (01234567890123456789012345678901) "
        "/U (01234567890123456789012345678901) >> /ID [(a) (a)]"
    )
    content = pdf([two_paragraphs()]).replace(b"/Root 1 0 R", f"/Root 1 0 R {encrypt}".encode())
    assert "it is encrypted: save it without a password" in _FILES.refusal(tmp_path, content).reason


def test_pages_that_are_pictures_are_told_where_others_have_text(tmp_path: Path) -> None:
    problem, article = _FILES.read(tmp_path, pdf([two_paragraphs(), []], picture=True))
    assert isinstance(problem, Problem)
    assert "1 of its 2 pages are pictures without text" in problem.reason
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_a_file_that_is_made_to_take_long_is_ended(tmp_path: Path) -> None:
    content = pdf([[]]).replace(b"stream\n\n", b"stream\n" + b"[" * 300_000 + b"\n")
    started = time.monotonic()
    assert isinstance(_FILES.read(tmp_path, content)[-1], Problem)
    assert time.monotonic() - started < 30


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1500), st.binary(max_size=12))
def test_a_damaged_file_is_an_article_or_a_problem(tmp_path: Path, at: int, damage: bytes) -> None:
    content = pdf([two_paragraphs()])
    [*_, last] = _FILES.read(tmp_path, content[:at] + damage + content[at + len(damage) :])
    assert isinstance(last, Article | Problem)


def test_the_day_at_the_head_of_a_newspapers_page_is_the_articles(tmp_path: Path) -> None:
    pages = [
        [
            Put("THE HARBOUR POST", 60, 770, 8),
            Put("Wednesday, 14 January 2026", 400, 770, 8),
            *lines(half, top=600),
        ]
        for half in (
            ["The bridge was closed on Monday, as engineers had", "found cracks in it."],
            ["It opens in May."],
        )
    ]
    article = _FILES.one(tmp_path, pdf(pages))
    assert article.published == datetime(2026, 1, 14, tzinfo=UTC)
    assert "Wednesday" not in article.text


def test_the_day_in_the_name_is_that_of_a_file_without_one(tmp_path: Path) -> None:
    article = _FILES.one(tmp_path, pdf([two_paragraphs()]), "2026-01-20-vet.pdf")
    assert article.published == datetime(2026, 1, 20, tzinfo=UTC)
    dated = [Put("14 January 2026", height=660), *two_paragraphs()]
    article = _FILES.one(tmp_path, pdf([dated]), "2026-01-20-vet.pdf")
    assert article.published == datetime(2026, 1, 14, tzinfo=UTC)
