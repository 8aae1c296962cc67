"""What is remembered of rollbacks; `tests/bot/polling/test_rollback.py` has what polls make of it."""

from corpus.polling.rolled_back import RolledBack


def test_no_id_is_stored_in_plain_text() -> None:
    undone = RolledBack().and_undone({"https://one.example/ferry": "1"}, {})
    assert undone.has("https://one.example/ferry", "1")
    assert not undone.has("https://one.example/ferry", "2")
    assert not undone.has("https://one.example/ferry")
    assert "ferry" not in str(undone)
    assert undone.and_undone({}, {"https://one.example/ferry": "1"}).has("https://one.example/ferry")
