"""Measure what standing questions cost, and whether any answer is missed.

    python -m benchmarks.standing ARTICLES.jsonl QUESTIONS.jsonl FOLDER [--new N] [--asked N] [--characters N]

N random articles are new and come in one publication after all others. FOLDER is for the home; what exists
there is not built again. Texts are cut to the given number of characters, so that they are embedded in
minutes. Printed as JSON: milliseconds per new article, for all questions together, if they come at once and
if each comes alone; how many questions were searched; and, in both cases, how many new articles among the
quotes of the answers of `ask` were found and missed.
"""

import argparse
import json
import random
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answers.answer import Answer
from bot.cli.composition import load_model
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.desk.new_answers import NewAnswers
from bot.standing.new_articles import NewArticleFinder
from corpus.article import Article
from corpus.plan import ReloadRequest
from corpus.sources.files import read
from corpus.storage.store_records import Source
from retrieval.collection.collection import Selection
from retrieval.models.packaged import PACKAGED
from retrieval.question.query import Query, make_query
from retrieval.ranking.diversity import PAGE
from retrieval.reading.chosen_reader import chosen_reader
from retrieval.reading.reader_names import PACKAGED_READER

COLLECTION = "news"
ALONE = 100
"""The new articles that are processed one by one."""
Found = set[tuple[int, str]]
"""The number of a question, and the id of a new article in its answer."""


def main() -> None:
    """Build, process the new articles, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--characters", type=int, default=900)
    given = parser.parse_args()
    rng = random.Random(1)
    read_in = [one for one in read(given.articles, COLLECTION) if isinstance(one, Article)]
    articles = [replace(one, text=one.text[: given.characters]) for one in read_in]
    rng.shuffle(articles)
    old = articles[given.new :]
    texts = [json.loads(line)["question"] for line in given.questions.read_text().splitlines()]
    rng.shuffle(texts)
    model = load_model(PACKAGED)
    given.folder.mkdir(exist_ok=True)
    home = Home(given.folder / "home")
    with home.store() as store:
        store.add_source(Source(COLLECTION, str(given.folder / "articles.jsonl")))

    def publish(some: list[Article]) -> None:
        rows = "".join(f"{json.dumps(one.to_row())}\n" for one in some)
        (given.folder / "articles.jsonl").write_text(rows)
        reload(home, lambda: model.embedder, ReloadRequest(force=True), progress=lambda *_: None)

    publish(old)
    desk = Desk(home, model, print, chosen_reader(PACKAGED_READER))
    desk.open()
    now = datetime.now(UTC)
    queries = [make_query(text, (COLLECTION,), asked_at=now) for text in texts[: given.asked]]
    newcomers, asker = NewArticleFinder(home, desk), NewAnswers(desk)
    looked = {COLLECTION: desk.collections[COLLECTION].generation}
    newcomers.since(looked)
    warm = desk.collections[COLLECTION].select({old[0].id})
    for number, query in enumerate(queries):  # as if they had been asked since they were set
        asker.ask(str(number), query, PAGE, {COLLECTION: warm})
    publish(articles)
    desk.refresh()
    began = time.perf_counter()
    new = newcomers.since(looked)
    assert new
    fresh = new.ids[COLLECTION]
    together, searched = _found(asker, queries, new.selections(), fresh)
    at_once = 1000 * (time.perf_counter() - began) / len(fresh)
    some = sorted(fresh)[:ALONE]
    selections = [desk.collections[COLLECTION].select({one}) for one in some]
    began, alone, searched_alone = time.perf_counter(), Found(), 0
    for one, selection in zip(some, selections, strict=True):
        found, count = _found(asker, queries, {COLLECTION: selection}, frozenset({one}))
        alone |= found
        searched_alone += count
    each = 1000 * (time.perf_counter() - began) / len(some)
    began = time.perf_counter()
    expected = {
        (number, quote.article.id)
        for number, query in enumerate(queries)
        if isinstance(result := desk.ask(query, PAGE), Answer)
        for quote in result.quotes
        if quote.article.id in fresh
    }
    whole = 1000 * (time.perf_counter() - began) / len(queries)
    expected_alone = {one for one in expected if one[1] in some}
    row = {
        "articles": len(articles),
        "passages": desk.collections[COLLECTION].passage_count,
        "new": len(fresh),
        "questions": len(queries),
        "ms_a_question": whole,
        "at_once": {"ms_an_article": at_once, "searched": searched, "found": len(together)},
        "one_by_one": {"ms_an_article": each, "searched": searched_alone, "found": len(alone)},
        "answered_by_ask": len(expected),
        "missed": len(expected - together) + len(expected_alone - alone),
    }
    print(json.dumps(row))


def _found(
    asker: NewAnswers, queries: list[Query], selections: Mapping[str, Selection], fresh: frozenset[str]
) -> tuple[Found, int]:
    before, found = asker.searched, Found()
    for number, query in enumerate(queries):
        result = asker.ask(str(number), query, PAGE, selections)
        if isinstance(result, Answer):
            found |= {(number, one.article.id) for one in result.quotes if one.article.id in fresh}
    return found, asker.searched - before


if __name__ == "__main__":
    main()
