"""Asked of what is new alone, a question finds what asking it whole would."""

import random
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

from bot.answers.answer import Answer
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.desk.new_answers import NewAnswers
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from retrieval.question.query import Query, make_query
from retrieval.ranking.diversity import PAGE
from tests.fault.newsroom import QuickDisk, no_progress, register, write_rows

SUBJECTS = "bridge ferry tunnel harbour dam lighthouse tram museum school market theatre station".split()
ACTS = "closed opened flooded sold repaired moved painted robbed praised searched".split()
CAUSES = "storm fire strike flood crane frost error riot theft rust".split()
OLD, NEW = 150, 40


def rows(many: int, chance: random.Random, prefix: str) -> list[dict[str, str]]:
    made = []
    for number in range(many):
        subject, act, cause = map(chance.choice, (SUBJECTS, ACTS, CAUSES))
        text = f"The {subject} was {act} because of a {cause}. It had been {chance.choice(ACTS)} before."
        made.append(
            {"id": f"{prefix}{number}", "title": f"{subject} {act}", "source": "The Post", "text": text}
        )
    return made


def questions() -> list[Query]:
    texts = [f"Why was the {subject} {act}?" for subject in SUBJECTS for act in ACTS[:4]]
    return [make_query(text, ("news",)) for text in (*texts, "Was the tram sold by Blorp?", "latest on rust")]


def answered(desk: Desk, query: Query, fresh: frozenset[str]) -> set[str]:
    result = desk.ask(query, PAGE)
    quotes = result.quotes if isinstance(result, Answer) else ()
    return {quote.article.id for quote in quotes} & fresh


class Kept(frozenset[str]):
    """Questions to keep; while they are looked up, something else happens in another thread."""

    meanwhile: Callable[[], None]

    def __contains__(self, key: object) -> bool:
        thread = threading.Thread(target=self.meanwhile)
        thread.start()
        thread.join(0.2)
        return super().__contains__(key)


def test_a_question_may_be_asked_while_others_are_dropped(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    register(home, Source("news", str(tmp_path / "sources")))
    write_rows(tmp_path / "sources", rows(4, random.Random(3), "old"))
    reload(home, HashEmbedder, progress=no_progress)
    desk = Desk(home, hash_model(), print)
    desk.open()
    asker, numbers = NewAnswers(desk), count()

    def ask() -> None:
        asker.ask(str(next(numbers)), questions()[0], PAGE, {})

    for _ in range(3):
        ask()
    kept = Kept({"0"})
    kept.meanwhile = ask
    asker.keep(kept)
    assert "0" in asker._known
    assert "1" not in asker._known


def test_what_is_not_searched_for_would_not_have_been_answered_with_anything_new(tmp_path: Path) -> None:
    chance = random.Random(3)
    home = Home(tmp_path / "home", QuickDisk())
    register(home, Source("news", str(tmp_path / "sources")))
    old, new = rows(OLD, chance, "old"), rows(NEW, chance, "new")
    write_rows(tmp_path / "sources", old)
    reload(home, HashEmbedder, progress=no_progress)
    desk = Desk(home, hash_model(), lambda _line: None)
    desk.open()
    asker, asked = NewAnswers(desk), questions()
    before = desk.collections["news"]
    for number, query in enumerate(asked):
        asker.ask(str(number), query, PAGE, {"news": before.select({"old0"})})
    write_rows(tmp_path / "sources", [*old, *new])
    reload(home, HashEmbedder, progress=no_progress)
    assert desk.refresh()
    now = desk.collections["news"]
    fresh = now.newer_than(before)
    assert fresh == {row["id"] for row in new}
    begun, expected = asker.searched, 0
    for number, query in enumerate(asked):
        wanted = answered(desk, query, fresh)
        expected += len(wanted)
        found = set()
        for one in sorted(fresh):
            result = asker.ask(str(number), query, PAGE, {"news": now.select({one})})
            if isinstance(result, Answer):
                found |= {quote.article.id for quote in result.quotes if quote.article.id == one}
        assert found == wanted, query.text
    assert expected > 10
    assert asker.searched - begun < 0.7 * len(asked) * NEW  # of so few passages the fiftieth is near all
    asker.keep(frozenset({"0"}))
    assert asker.ask("0", asked[0], PAGE, {}) is None
