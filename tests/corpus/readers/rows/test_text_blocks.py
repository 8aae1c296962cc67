import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.rows.text_blocks import block_text
from tests.corpus.readers.reading import Reading

FIRST, SECOND = "The bridge was closed.", "It opens in May."


def leaf(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}


@pytest.mark.parametrize(
    "value",
    [
        [{"type": "paragraph", "text": FIRST}, {"type": "image", "text": "A pillar."}, {"text": SECOND}],
        {"blocks": [{"type": "p", "data": {"text": FIRST}}, {"type": "p", "data": {"text": SECOND}}]},
        {
            "type": "doc",
            "content": [
                {"type": "paragraph", "content": [leaf("The "), leaf("bridge"), leaf(" was closed.")]},
                {"type": "horizontalRule"},
                {"type": "bulletList", "content": [
                    {"type": "listItem", "content": [{"type": "paragraph", "content": [leaf(SECOND)]}]},
                ]},
            ],
        },
        {"root": {"children": [{"type": "paragraph", "children": [leaf(t)]} for t in (FIRST, SECOND)]}},
        [{"_type": "block", "children": [{"_type": "span", "text": t}]} for t in (FIRST, SECOND)],
        [{"children": [{"text": t[:5]}, {"text": t[5:], "bold": True}]} for t in (FIRST, SECOND)],
        [{"value": FIRST, "format": "html"}, {"value": SECOND}],
        [{"type": "list", "data": {"items": [FIRST, SECOND]}}],
        [{"type": "table", "data": {"content": [[FIRST, SECOND]]}}],
    ],
    ids=["kinds", "Editor.js", "ProseMirror", "Lexical", "Portable Text", "Slate", "Drupal", "list", "table"],
)  # fmt: skip
def test_the_text_of_each_block_is_a_paragraph(tmp_path: Path, value: Any) -> None:
    assert block_text(value) == [FIRST, SECOND]
    article = Reading("wire.json").one(tmp_path, json.dumps({"title": "Bridge", "content": value}))
    assert (article.title, article.text) == ("Bridge", f"{FIRST}\n\n{SECOND}")


def test_a_break_within_a_line_stays_one() -> None:
    line = {"type": "paragraph", "content": [leaf(FIRST), {"type": "hardBreak"}, leaf(SECOND)]}
    assert block_text([line]) == [f"{FIRST}\n{SECOND}"]


@pytest.mark.parametrize(
    "value", [None, "", "text", [], {}, 7, [1], ["a"], [{"title": "An article", "text": "x"}]]
)
def test_what_is_made_of_no_blocks_is_none(value: object) -> None:
    assert block_text(value) is None


def test_rows_without_a_title_above_them_are_no_blocks(tmp_path: Path) -> None:
    rows = {"content": [{"text": FIRST}, {"text": SECOND}], "totalPages": 1}
    articles = Reading("wire.json").read(tmp_path, json.dumps(rows))
    assert [item.text for item in articles if isinstance(item, Article)] == [FIRST, SECOND]


NODES = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "content", "children", "data", "items", "title", "root"]), inner
        )
    ),
    max_leaves=20,
)


@given(NODES)
def test_any_value_gives_texts_or_none(value: object) -> None:
    found = block_text(value)
    assert found is None or all(text.strip() for text in found)
    assert found != []


def test_blocks_nested_without_end_are_read_as_far_as_any_editor_nests_them() -> None:
    block: dict[str, object] = {"text": FIRST}
    for _ in range(500):
        block = {"type": "quote", "content": [block]}
    assert block_text([block]) is None
