import base64
import textwrap
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from tests.corpus.pages import FIRST, SECOND, TEXT
from tests.corpus.readers.reading import Reading

_MAIL = Reading("letter.eml")
HTML = (
    "<html><head><style>p{}</style></head><body><div style='display:none'>&#847;&zwnj;&nbsp;&#847;</div>"
    f"<table><tr><td><h2>Today</h2></td></tr><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>"
    "<p>Unsubscribe</p></body></html>"
)


def letter(plain: str | None = TEXT, html: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    its = {
        "From": '"The Harbour Post" <news@post.example>',
        "To": "ann@reader.example",
        "Subject": "Bridge closed: what we know",
        "Date": "Wed, 14 Jan 2026 10:30:00 +0100",
        "Message-ID": "<letter-7@post.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in its.items():
        if value:
            message[name] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def test_a_letter_gives_every_field(tmp_path: Path) -> None:
    assert _MAIL.one(tmp_path, letter().as_bytes()) == Article(
        id="letter-7@post.example",
        title="Bridge closed: what we know",
        text=TEXT,
        source="The Harbour Post",
        language="en",
        published=datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
    )


def test_its_day_is_that_of_who_wrote_it(tmp_path: Path) -> None:
    article = _MAIL.one(tmp_path, letter(Date="Tue, 5 Nov 2024 22:30:00 -0500 (EST)").as_bytes())
    assert article.to_row()["published"] == "2024-11-05T22:30:00-05:00"


def test_broken_lines_are_joined_and_what_is_no_text_is_left_out(tmp_path: Path) -> None:
    wrapped = "\n\n".join(textwrap.fill(line, 70) for line in TEXT.split("\n\n"))
    body = (
        f"View this email in your browser\nhttps://post.example/v?u=123\n\n===========\n{wrapped}\n\n"
        "Read the report [https://post.example/t?id=9].\n\n---\nUnsubscribe\n<https://post.example/u>\n"
        "-- \nThe Harbour Post, 1 Quay Street"
    )
    article = _MAIL.one(tmp_path, letter(body).as_bytes())
    assert article.text == f"{TEXT}\n\nRead the report."


def test_text_that_flows_is_joined_where_it_says_so(tmp_path: Path) -> None:
    message = letter("The bridge was \nclosed.\nIt opens in May.")
    message.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    assert _MAIL.one(tmp_path, message.as_bytes()).text == "The bridge was closed.\nIt opens in May."


@pytest.mark.parametrize("plain", [None, "", "Please view this email in your browser."])
def test_html_is_read_where_the_plain_text_says_nothing(tmp_path: Path, plain: str | None) -> None:
    message = letter(plain, HTML) if plain is not None else letter(None)
    if plain is None:
        message.set_content(HTML, subtype="html")
    assert _MAIL.one(tmp_path, message.as_bytes()).text == f"Today\n\n{TEXT}"


@pytest.mark.parametrize("style", ["display:none;", "font-size:1px;max-height:0;overflow:hidden"])
def test_the_preview_that_a_newsletter_hides_is_none_of_its_text(tmp_path: Path, style: str) -> None:
    html = f'<div style="{style}">Inside: all about the bridge.</div><p>{FIRST}</p><p>{SECOND}</p>'
    assert _MAIL.one(tmp_path, letter(None, html).as_bytes()).text == TEXT


@pytest.mark.parametrize(("date", "day"), [("", 20), ("Wed, 14 Jan 2026 10:30:00 +0100", 14)])
def test_the_day_in_the_name_counts_where_the_letter_gives_none(tmp_path: Path, date: str, day: int) -> None:
    article = _MAIL.one(tmp_path, letter(Date=date).as_bytes(), "2026-01-20-letter.eml")
    assert article.published
    assert article.published.day == day


def test_plain_text_comes_before_html(tmp_path: Path) -> None:
    assert _MAIL.one(tmp_path, letter(TEXT, HTML).as_bytes()).text == TEXT


@pytest.mark.parametrize(
    ("sender", "source", "author"),
    [
        ('"Ann Lee from The Harbour Post" <a@post.example>', "The Harbour Post", "Ann Lee"),
        ("=?utf-8?q?D=C3=A9p=C3=AAche?= <a@post.example>", "Dépêche", None),
        ("news@post.example", "post.example", None),
        ("", "", None),
    ],
)
def test_the_sender_is_the_source(tmp_path: Path, sender: str, source: str, author: str | None) -> None:
    article = _MAIL.one(tmp_path, letter(From=sender).as_bytes())
    assert (article.source, article.author) == (source or tmp_path.name, author)


def test_what_is_attached_is_named(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    problem, article = _MAIL.read(tmp_path, message.as_bytes())
    assert isinstance(problem, Problem)
    assert "what is attached to it is not read: report.pdf" in problem.reason
    assert isinstance(article, Article)
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            b"Subject: Caf\xc3\xa9\nContent-Type: text/plain; charset=martian\n\nCaf\xc3\xa9 closed.",
            "Café closed.",
        ),
        (b"Subject: Cafe\nContent-Type: text/plain; charset=utf-8\n\nCaf\xe9 closed.", "Café closed."),
        (b"Subject: Cafe\nContent-Type: text/plain; charset=iso-8859-15\n\nCaf\xe9 closed.", "Café closed."),
        (
            b"Subject: Cafe\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=euc-kr\n\n"
            + base64.b64encode("다리가 폐쇄되었다.".encode("euc-kr")),
            "다리가 폐쇄되었다.",
        ),
    ],
)
def test_text_is_decoded_as_it_says_or_better(tmp_path: Path, content: bytes, text: str) -> None:
    assert _MAIL.one(tmp_path, content).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it has no headers and is no e-mail"),
        (b"no headers here\n\nonly text", "it has no headers and is no e-mail"),
        (b"Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b--", "it is encrypted"),
        (b"Subject: x\n\n", "text"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", "text"),
    ],
)
def test_what_holds_no_text_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in _MAIL.refusal(tmp_path, content).reason


@pytest.mark.parametrize(
    "content",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nThe bridge was closed.",
        b"From: " + b'"(' * 50_000 + b"\n\nThe bridge was closed.",
        b"Content-Type: text/plain" + b"; a=b" * 6000 + b"\n\nThe bridge was closed.",
    ],
    ids=["parts in parts", "subject", "sender", "type"],
)
def test_a_message_that_is_made_to_take_long_is_ended(tmp_path: Path, content: bytes) -> None:
    started = time.monotonic()
    _MAIL.read(tmp_path, content)
    assert time.monotonic() - started < 30


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(alphabet="Subject:From=?utf-8q@<>\"'\n -;/b", max_size=300))
def test_anything_is_an_article_or_a_problem(tmp_path: Path, content: str | bytes) -> None:
    [*_, last] = _MAIL.read(
        tmp_path, b"Subject: x\n" + (content if isinstance(content, bytes) else content.encode())
    )
    assert isinstance(last, Article | Problem)


FOOTERS = [
    "Copyright © 2026 The Harbour Post, All rights reserved.\n\nOur mailing address is:\nThe Post\n1 Quay",
    "You are receiving this email because you signed up.\n\nThe Post, 1 Quay\nUnsubscribe",
    "This newsletter was sent to ann@reader.example.\nUpdate your profile",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_what_a_newsletter_ends_with_is_none_of_its_text(tmp_path: Path, footer: str) -> None:
    article = _MAIL.one(tmp_path, bytes(letter(f"{TEXT}\n\n{footer}\n")))
    assert article.text == TEXT


def test_headings_of_mailchimp_are_read_without_their_signs(tmp_path: Path) -> None:
    plain = f"** Bridge closed\n------------------------\n{FIRST}\nRead more (https://post.example/bridge)\n"
    assert _MAIL.one(tmp_path, bytes(letter(plain))).text.split("\n\n") == ["Bridge closed", FIRST]


@pytest.mark.parametrize(
    "head",
    [
        "See below.\n\n---------- Forwarded message ---------\nFrom: Ferry News <f@ferry.example>\n"
        "Date: Wed, 7 Jan 2026 07:00:00 +0000\nSubject: Ferry stopped\nTo: <ann@reader.example>\n\n",
        "Begin forwarded message:\n\n> From: Ferry News <f@ferry.example>\n> Subject: Ferry stopped\n"
        "> Date: 7 January 2026 at 07:00:00 GMT\n\n",
    ],
)
def test_a_message_that_was_passed_on_is_the_one_inside(tmp_path: Path, head: str) -> None:
    article = _MAIL.one(tmp_path, bytes(letter(f"{head}{TEXT}", Subject="Fwd: Ferry stopped")))
    assert (article.title, article.source, article.text) == ("Ferry stopped", "Ferry News", TEXT)
    assert article.published == datetime(2026, 1, 7, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        f"---------- Forwarded message ---------\n\n{TEXT}",
        f"{TEXT * 5}\n\n---------- Forwarded message ---------\nFrom: X <x@x.example>\n\nOlder.",
    ],
)
def test_a_letter_that_is_more_than_what_it_passes_on_is_itself(tmp_path: Path, text: str) -> None:
    article = _MAIL.one(tmp_path, bytes(letter(text)))
    assert (article.source, FIRST in article.text) == ("The Harbour Post", True)


def test_where_a_newsletter_stands_on_the_web_is_its_address(tmp_path: Path) -> None:
    message = bytes(letter(List_Post="<https://post.example/p/bridge>"))
    assert _MAIL.one(tmp_path, message).url == "https://post.example/p/bridge"
    assert _MAIL.one(tmp_path, bytes(letter(List_Post="<mailto:list@post.example>"))).url is None
