"""Prepare the input of all systems: some articles of a corpus, its questions, and the articles' passages.

    python -m benchmarks.peers.material ARTICLES.jsonl QUESTIONS.jsonl FOLDER ARTICLES_AT_MOST

Writes to FOLDER: `articles.jsonl`, and `changed-articles.jsonl` with one article changed; `questions.jsonl`;
`passages.jsonl`, one passage a line with `id`, `article_id` and `text`, and `changed.jsonl` with those of the
changed article; `chunks.json`, the texts that Newsdesk embeds, except those of the changed article, so that a
build has something left to embed; and a sample of the chunks and of the passages. Prints their numbers, and
the id of the article that is changed, as JSON.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.engine import ADDED, SAMPLE, Row, rows_of
from corpus.article import DEFAULT_COLLECTION, Article
from corpus.sources.files import read
from retrieval.collection.passage import split_article
from retrieval.text.sentences import Span


def make_material(articles: Path, questions: Path, folder: Path, most: int) -> dict[str, Any]:
    """Choose at most `most` articles, first those with evidence and then in the order of the file, and the
    questions whose evidence is all among them. Raises ValueError if nothing is left."""
    asked = rows_of(questions)
    wanted = {piece["article_id"] for row in asked for piece in row["evidence"]}
    named = {row["id"]: row for row in sorted(rows_of(articles), key=lambda row: row["id"] not in wanted)}
    chosen = dict(list(named.items())[:most])
    kept = [row for row in asked if all(piece["article_id"] in chosen for piece in row["evidence"])]
    if not kept:
        raise ValueError(f"{questions}: no question has its evidence among the articles")
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "articles.jsonl", list(chosen.values()))
    write(folder / "questions.jsonl", kept)
    found = read_articles(folder / "articles.jsonl")
    passages: list[Row] = []
    chunks: list[str] = []
    for article in found:
        cut = split_article(article)
        passages += passages_of(article, cut.passages)
        chunks += [article.text[start:end] for start, end in cut.chunks]
    write(folder / "passages.jsonl", passages)
    samples = {"chunks": chunks, "passages": [row["text"] for row in passages]}
    for name, texts in samples.items():
        sample = texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE]
        (folder / f"{name}-sample.json").write_text(json.dumps(sample), "utf-8")
    changed = found[-1].id
    known = chunks[: len(chunks) - len(split_article(found[-1]).chunks)]
    (folder / "chunks.json").write_text(json.dumps(known), "utf-8")
    longer = {**chosen[changed], "text": f"{chosen[changed]['text']}\n\n{ADDED}"}
    write(folder / "changed-articles.jsonl", list((chosen | {changed: longer}).values()))
    after = next(one for one in read_articles(folder / "changed-articles.jsonl") if one.id == changed)
    write(folder / "changed.jsonl", passages_of(after, split_article(after).passages))
    return {
        "articles": len(found),
        "passages": len(passages),
        "chunks": len(chunks),
        "questions": len(kept),
        "changed": changed,
    }


def read_articles(path: Path) -> list[Article]:
    """The articles of a file as Newsdesk reads them."""
    return [one for one in read(str(path), DEFAULT_COLLECTION) if isinstance(one, Article)]


def passages_of(article: Article, spans: Sequence[Span]) -> list[Row]:
    """An article's passages, with ids made of its id and their position."""
    return [
        {"id": f"{article.id}:{place}", "article_id": article.id, "text": article.text[start:end]}
        for place, (start, end) in enumerate(spans)
    ]


def write(path: Path, rows: Sequence[object]) -> None:
    """Write the rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    articles_file, questions_file, into, at_most = sys.argv[1:]
    print(json.dumps(make_material(Path(articles_file), Path(questions_file), Path(into), int(at_most))))
