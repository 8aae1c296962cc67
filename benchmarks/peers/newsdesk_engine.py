"""Newsdesk as `newsdesk chat` and the chats have it: a desk that is open. It is built by its command."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.peers.engine import AT_ONCE, BEST, Row, Vectors
from bot.answers.answer import quotes_of
from bot.answers.question_file import read_questions
from bot.cli.composition import Parts
from bot.desk.desk import Desk
from bot.settings import read_settings
from corpus.article import DEFAULT_COLLECTION
from retrieval.question.query import make_query


class NewsdeskEngine:
    """With the reader that the environment names."""

    embeds = "chunks"

    def __init__(self, home: Path, material: Path) -> None:
        """Nothing is loaded yet. Questions are asked as of the day that the file says, where it says one."""
        os.environ["NEWSDESK_HOME"] = str(home)
        self._material = material
        self._parts = Parts(read_settings())
        self._asked_at = {one.text: one.asked_at for one in read_questions(material / "questions.jsonl")}
        self._desk: Desk

    def embed(self, texts: Sequence[str]) -> object:
        """By the packaged model."""
        return self._parts.embedder.embed_passages(texts)

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Not from here."""
        raise NotImplementedError("`newsdesk corpus add` builds")

    def open(self) -> None:
        """As `newsdesk ask` does."""
        self._desk = self._parts.desk()

    def ask(self, question: str) -> Sequence[Row]:
        """What is shown, also where the answer is not sure."""
        query = make_query(question, (DEFAULT_COLLECTION,), asked_at=self._asked_at.get(question))
        answer = self._desk.ask(query, BEST)
        return [{"id": "", "article_id": one.article.id, "text": one.text} for one in quotes_of(answer)]

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """A thread for each, as in a chat."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(self.ask, questions))

    def change(self, _gone: Sequence[str], _rows: Sequence[Row], /) -> None:
        """The file of all articles is written anew, and a reload has to find what changed in it."""
        changed = (self._material / "changed-articles.jsonl").read_text("utf-8")
        source_of(self._parts.settings.home).write_text(changed, "utf-8")
        self._desk.reload(progress=lambda *_: None)


def source_of(home: Path) -> Path:
    """The file that a home's articles come from."""
    return home.with_name(f"{home.name}.jsonl")
