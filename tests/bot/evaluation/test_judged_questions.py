import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.evidence import Evidence
from bot.evaluation.judged_questions import read_judged
from corpus.errors import WrongCall
from tests.bot.conftest import jsonl

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("evidence", "answers", "answerable", "type", "since", "until", "sources", "collections", "as_asked")


def test_a_row_says_what_is_known_and_how_it_is_asked(tmp_path: Path) -> None:
    piece = {"article_id": "a", "quote": "On Monday.", "start": 3, "answer_start": 6}
    row = {
        "id": 1,
        "question": "When?",
        "asked_at": "2026-03-01",
        "type": "date",
        "answers": ["Monday", "on Monday"],
        "evidence": [piece, {"article_id": "b", "quote": "Then.", "more": 1}],
        "collections": ["archive"],
        "since": "2026-01",
        "until": "2026-02",
        "sources": ["The Post"],
        "as_asked": True,
    }
    (judged,) = read_judged(jsonl(tmp_path / "q.jsonl", row))
    assert judged.evidence == (Evidence("a", "On Monday.", 3, 6), Evidence("b", "Then."))
    assert (judged.answer, judged.answerable, judged.type) == ("Monday", True, "date")
    query = judged.query(("news",))
    assert (query.text, query.collections, query.sources) == ("When?", ("archive",), frozenset({"the post"}))
    assert query.as_asked
    assert (query.since, query.until) == (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=UTC),
    )


def test_a_row_that_says_nothing_more_is_answerable_and_asked_of_all(tmp_path: Path) -> None:
    (judged,) = read_judged(jsonl(tmp_path / "q.jsonl", {"id": "a", "question": "Who?", "evidence": None}))
    assert (judged.evidence, judged.answerable, judged.type) == ((), True, "")
    query = judged.query(("news", "archive"))
    assert (query.collections, query.as_asked) == (("news", "archive"), False)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"evidence": {}}, "its evidence is not a list"),
        ({"evidence": ["text"]}, "a piece of evidence is not"),
        ({"evidence": [{"quote": "a"}]}, "needs its article_id"),
        ({"evidence": [{"article_id": "a", "quote": " \n"}]}, "needs its article_id and its quote"),
        ({"evidence": [{"article_id": 1, "quote": "a"}]}, "its article_id is not a text"),
        ({"evidence": [{"article_id": "a", "quote": "a", "start": -1}]}, "its start is no count"),
        ({"evidence": [{"article_id": "a", "quote": "a", "answer_start": True}]}, "answer_start is no count"),
        ({"answers": "a"}, "its answers is not a list"),
        ({"answers": [1]}, "its answers are not all texts"),
        ({"answerable": "no"}, "its answerable is neither true nor false"),
        ({"answerable": None}, "its answerable is neither true nor false"),
        ({"as_asked": 1}, "its as_asked is neither true nor false"),
        ({"type": 1}, "its type is not a text"),
        ({"since": "soon"}, "is not a possible date"),
    ],
    ids=str,
)
def test_a_field_that_cant_be_used_names_its_file_and_line(
    tmp_path: Path, fields: dict[str, object], reason: str
) -> None:
    file = jsonl(tmp_path / "q.jsonl", {"id": 1, "question": "?"}, {"id": 2, "question": "?"} | fields)
    with pytest.raises(WrongCall, match=r"q\.jsonl:2: ") as caught:
        read_judged(file)
    assert reason in str(caught.value)


def test_two_questions_of_one_id_are_named(tmp_path: Path) -> None:
    rows = ({"id": 1, "question": "?"}, {"id": "1", "question": "!"})
    with pytest.raises(WrongCall, match=r"q\.jsonl:2: .*q\.jsonl:1 has the id '1' too"):
        read_judged(jsonl(tmp_path / "q.jsonl", *rows))


@given(fields=st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_row_is_read_or_refused_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_text(json.dumps({"id": "a", "question": "Who?"} | fields))
    try:
        (judged,) = read_judged(file)
    except WrongCall as error:
        assert "any.jsonl:1: " in str(error)  # noqa: PT017 - either is right
    else:
        assert isinstance(judged.answerable, bool)
