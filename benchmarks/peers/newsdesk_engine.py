"""Newsdesk as in `newsdesk chat` and the chats: an open desk. The index is built by its command."""

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
    """Uses the reader that the environment names."""

    embeds = "chunks"

    def __init__(self, home: Path, material: Path) -> None:
        """Nothing is loaded yet. Questions are asked on the date in the file, if it has one."""
        os.environ["NEWSDESK_HOME"] = str(home)
        self._material = material
        self._parts = Parts(read_settings())
        self._asked_at = {one.text: one.asked_at for one in read_questions(material / "questions.jsonl")}
        self._desk: Desk

    def embed(self, texts: Sequence[str]) -> object:
        """By the packaged model."""
        return self._parts.embedder.embed_passages(texts)

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Not supported: `newsdesk corpus add` builds the index."""
        raise NotImplementedError("`newsdesk corpus add` builds")

    def open(self) -> None:
        """As `newsdesk ask` does."""
        self._desk = self._parts.desk()

    def ask(self, question: str) -> Sequence[Row]:
        """The passages that are shown, even if the answer is uncertain."""
        query = make_query(question, (DEFAULT_COLLECTION,), asked_at=self._asked_at.get(question))
        answer = self._desk.ask(query, BEST)
        return [{"id": "", "article_id": one.article.id, "text": one.text} for one in quotes_of(answer)]

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """In parallel threads, as in a chat."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(self.ask, questions))

    def change(self, _gone: Sequence[str], _rows: Sequence[Row], /) -> None:
        """Rewrite the file of all articles, so that a reload has to find the change."""
        changed = (self._material / "changed-articles.jsonl").read_text("utf-8")
        source_of(self._parts.settings.home).write_text(changed, "utf-8")
        self._desk.reload(progress=lambda *_: None)


def source_of(home: Path) -> Path:
    """The file with a home's articles."""
    return home.with_name(f"{home.name}.jsonl")
