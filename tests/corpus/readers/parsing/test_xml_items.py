import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.parsing.xml_items import (
    DEPTH_LIMIT,
    XML_LIMIT,
    BadXml,
    as_utf8,
    child,
    items_of,
    root_of,
    without_items,
)

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def titles(content: str | bytes) -> list[str]:
    xml = as_utf8(content.encode() if isinstance(content, str) else content)
    return [child(item.element, "title") for item in items_of(xml, ["item"])]


def test_items_are_given_with_their_numbers_bytes_and_what_stood_before_them() -> None:
    xml = as_utf8("<a><title>Öst</title><item>1</item><x:item/><item><item>2</item></item></a>".encode())
    found = list(items_of(xml, ["item"]))
    assert [item.number for item in found] == [1, 2, 3]
    assert [xml[item.start : item.end] for item in found] == [
        b"<item>1</item>",
        b"<x:item/>",
        b"<item><item>2</item></item>",
    ]
    assert found[0].outside == {"title": "Öst"}


def test_the_root_has_its_name_and_its_namespaces() -> None:
    root = root_of(b'<!-- x --><n:rss xmlns:wp="urn:wp" version="2.0"><item></n:rss')
    assert (root.name, root.local) == ("n:rss", "rss")
    assert root.attributes == {"xmlns:wp": "urn:wp", "version": "2.0"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f'<!DOCTYPE a [<!ENTITY a0 "lol">{LAUGHS}]><a>&a9;</a>', "declares an entity"),
        (f'<!DOCTYPE a [<!ENTITY b "{"b" * 100_000}">]><a>{"&b;" * 10_000}</a>', "declares an entity"),
        ('<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', "declares an entity"),
        ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><a/>', "declares an entity"),
        ("<a>" * 100_000, f"more than {DEPTH_LIMIT} deep"),
        ("<a><item>" + "x" * (17 * 1024 * 1024) + "</item></a>", "more than 16 million characters"),
        ("<a><item></b></a>", "broken at line 1 (mismatched tag)"),
        ("<a>\n<item>", "broken at line 2"),
        ("", "broken at line 1 (no element found)"),
        ("no xml at all", "broken at line 1"),
    ],
    ids=lambda value: value[:20],
)
def test_what_does_harm_or_is_broken_is_refused_in_one_line(content: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(BadXml) as caught:
        titles(content)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 5


def test_a_document_type_that_lies_elsewhere_is_not_fetched() -> None:
    outside = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a><item><title>&nbsp;One&eacute;&what;</title></item></a>'
    assert titles(outside) == ["Oneé"]


def test_what_came_before_a_mistake_is_given() -> None:
    found = items_of(b"<a><item>1</item><item>2</item><item>3</oops></a>", ["item"])
    assert [next(found).element.text, next(found).element.text] == ["1", "2"]
    with pytest.raises(BadXml, match="mismatched tag"):
        next(found)


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "latin-1"),
        ("utf-16", "utf-16"),
        ("cp1252", "windows-1252"),
        ("euc-kr", "euc-kr"),
        ("shift_jis", "Shift_JIS"),
        ("utf-8", "windows-1252"),
    ],
)
def test_it_is_read_in_its_encoding(charset: str, declared: str) -> None:
    word = {"euc-kr": "다리", "shift_jis": "橋"}.get(charset, "é“")
    content = f'<?xml version="1.0" encoding="{declared}"?><a><item><title>{word}</title></item></a>'
    assert titles(content.encode(charset)) == [word]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<a>\xe9</a>", "is not UTF-8 and declares no encoding"),
        (b'<?xml version="1.0" encoding="martian"?><a>\xe9</a>', "encoding 'martian' is not known"),
        (b'<?xml version="1.0" encoding="euc-kr"?><a>\xff</a>', "not in the encoding that it declares"),
        (b"x" * (XML_LIMIT + 1), "more than 100 MB"),
    ],
)
def test_an_encoding_that_is_not_known_is_told(content: bytes, reason: str) -> None:
    with pytest.raises(BadXml, match=reason):
        as_utf8(content)


def test_characters_that_xml_does_not_allow_become_spaces() -> None:
    assert titles("<a><item><title>One\x0btwo\x00three</title></item></a>") == ["One two three"]


@given(st.sets(st.integers(1, 5)))
def test_items_are_taken_out_and_the_others_stay(numbers: set[int]) -> None:
    body = "<a><head>é</head>" + "".join(f"<item n='{n}'>ß{n}</item>\n" for n in range(1, 6)) + "</a>"
    left = without_items(body.encode(), ["item"], numbers)
    assert (
        [item.element.text for item in items_of(left, ["item"])]
        == [f"ß{n}" for n in range(1, 6) if n not in numbers]
        if len(numbers) < 5
        else left == b""
    )


@given(st.text(alphabet="<>/a&;item \"='!-[]?"))
def test_anything_is_read_or_refused(content: str) -> None:
    with suppress(BadXml):
        assert all(isinstance(title, str) for title in titles(content))
