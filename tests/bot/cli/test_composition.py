"""What the settings choose is what answers."""

import time
from dataclasses import replace
from pathlib import Path

from bot.answers.answer import quotes_of
from bot.cli.composition import LoadModel, Parts
from bot.settings import Settings
from corpus.storage.store_records import Source
from retrieval.index.snapshot import Snapshot
from retrieval.pgvector.server_nearest import ServerNearest
from retrieval.question.query import make_query
from tests.bot.conftest import jsonl

QUESTION = make_query("Who closed the harbour bridge?", ("news",))


def test_a_database_looks_through_the_vectors_where_the_settings_say_so(
    tmp_path: Path, database_url: str, load: LoadModel
) -> None:
    articles = [
        {"id": f"{number}", "title": f"Report {number}", "text": text, "source": "The Post"}
        for number, text in enumerate(
            ("The mayor closed the harbour bridge.", "A storm came.", "The council met on Monday.")
        )
    ]
    source = Source("news", str(jsonl(tmp_path / "articles.jsonl", *articles)))
    settings = Settings(home=tmp_path / "home", database=database_url, reader="none")
    parts = Parts(settings, load)
    parts.add([source])
    exact = quotes_of(parts.desk().ask(QUESTION))
    desk = Parts(replace(settings, pgvector=True), load).desk(stays=True)
    [held] = desk.collections.values()
    assert isinstance(held, Snapshot)
    assert isinstance(held.nearest, ServerNearest)
    deadline = time.monotonic() + 20
    while held.nearest.missing:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [(one.article.id, one.score) for one in quotes_of(desk.ask(QUESTION))] == [
        (one.article.id, one.score) for one in exact
    ]
    assert exact[0].article.id == "0"
    assert {one.name for one in held.live} == parts.home.segments()
