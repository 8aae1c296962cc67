from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.documents.ninjs import is_ninjs, ninjs_fields, reason_skipped

FIRST: dict[str, Any] = {
    "uri": "http://post.example/items/7",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2026-01-14T10:00:00Z",
    "firstcreated": "2026-01-14T09:30:00Z",
    "language": "en",
    "headline": "Bridge closed",
    "byline": "Ann Lee",
    "source": "The Post",
    "body_text": "The bridge was closed.",
    "body_xhtml": "<p>The bridge was closed.</p><p>More.</p>",
}
SECOND: dict[str, Any] = {
    "uri": "urn:post.example:7",
    "versionCreated": "2026-01-14T10:00:00Z",
    "headlines": [{"role": "main", "value": "Bridge closed"}, {"value": "Other"}],
    "bodies": [{"contentType": "text/html", "value": "<p>The bridge</p><p>was closed.</p>"}],
    "infosources": [{"name": "The Post"}],
    "by": "Ann Lee",
}


def test_the_first_version_gives_our_fields() -> None:
    assert is_ninjs(FIRST)
    assert reason_skipped(FIRST) is None
    assert ninjs_fields(FIRST) == {
        "id": "http://post.example/items/7",
        "title": "Bridge closed",
        "text": "The bridge was closed.",
        "source": "The Post",
        "author": "Ann Lee",
        "published": "2026-01-14T09:30:00Z",
        "modified": "2026-01-14T10:00:00Z",
        "language": "en",
        "url": "http://post.example/items/7",
    }


def test_the_second_version_gives_our_fields() -> None:
    assert is_ninjs(SECOND)
    found = ninjs_fields(SECOND)
    assert (found["title"], found["text"]) == ("Bridge closed", "The bridge\n\nwas closed.")
    assert (found["source"], found["published"], found["url"]) == ("The Post", "2026-01-14T10:00:00Z", None)


def test_authors_are_found_under_their_names_and_none_is_none() -> None:
    row = {name: value for name, value in FIRST.items() if name != "byline"}
    assert ninjs_fields(row)["author"] is None
    assert ninjs_fields(row | {"authors": [{"name": "Ann Lee"}, "Bo", 5]})["author"] == ["Ann Lee", "Bo"]


def test_xhtml_is_read_where_there_is_no_plain_text() -> None:
    assert ninjs_fields(FIRST | {"body_text": ""})["text"] == "The bridge was closed.\n\nMore."


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"pubstatus": "canceled"}, "its publisher has canceled it"),
        ({"pubstatus": "withheld"}, "its publisher has withheld it"),
        ({"embargoed": "2999-01-01T00:00:00Z"}, "it is under embargo until 2999-01-01"),
        ({"embargoed": "for long"}, "it is under embargo until for long"),
        ({"embargoed": "2020-01-01T00:00:00Z"}, None),
        ({"type": "picture"}, "it is of type 'picture' and no text"),
    ],
)
def test_what_may_not_be_published_is_told(more: dict[str, Any], reason: str | None) -> None:
    found = reason_skipped(FIRST | more)
    assert (found is None) if reason is None else (found is not None and found.startswith(reason))


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Bridge closed", "text": "It was.", "url": "https://post.example/7"},
        {"uri": "https://post.example/7", "title": "Bridge closed", "text": "It was."},
        {"uri": 5, "body_text": "It was.", "versioncreated": "2026-01-14"},
    ],
)
def test_other_json_is_not_taken_for_it(row: dict[str, Any]) -> None:
    assert not is_ninjs(row)


@given(
    st.dictionaries(
        st.sampled_from([*FIRST, *SECOND, "altids", "infosources", "creator"]),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "value"]), inner)
            ),
            max_leaves=5,
        ),
    )
)
def test_any_item_is_looked_at_without_harm(row: dict[str, Any]) -> None:
    is_ninjs(row)
    reason_skipped(row)
    assert set(ninjs_fields(row)) == set(ninjs_fields(FIRST))
