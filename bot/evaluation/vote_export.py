"""Exports answers with votes as a file of questions."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.answers.question_file import read_questions
from bot.chat.answer_record import AnswerRecord, QuoteRef
from bot.chat.vote import Vote
from corpus.article import Article
from corpus.dates import format_moment
from corpus.errors import NewsdeskError
from corpus.storage import private_files
from corpus.text import one_line
from retrieval.question.query import Query

Row = dict[str, object]
Voted = tuple[AnswerRecord, Sequence[Vote]]
FindArticle = Callable[[str, str], Article | None]
"""Returns the currently served article of (collection, id), or None."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The numbers of rows that were added, of rows that were in the file already, and of answers that were
    left out because they are private."""

    added: int
    known: int
    private: int


def write_votes(
    path: Path, voted: Iterable[Voted], find: FindArticle, *, liked: bool, private: bool
) -> ExportReport:
    """Append questions that are not in the file yet; its rows, which a person may have edited, are kept.

    Only downvoted answers are written, with `liked` also upvoted ones, and with `private` also private ones.
    Raises WrongCall if the file has other content, and NewsdeskError if it can't be written.
    """
    known = {_key(question.text) for question in read_questions(path)} if path.exists() else set()
    rows: list[Row] = []
    there = hidden = 0
    for record, votes in voted:
        up = all(vote.helpful for vote in votes)
        if up and not liked:
            continue
        if not private and _is_private(record):
            hidden += 1
            continue
        key = _key(record.query.text)
        if key in known:
            there += 1
            continue
        known.add(key)
        rows.append(vote_row(record, votes, find))
    try:
        _append(path, rows)
    except OSError as error:
        raise NewsdeskError(f"{path} can't be written ({error.strerror}): name another file") from error
    return ExportReport(len(rows), there, hidden)


def vote_row(record: AnswerRecord, votes: Sequence[Vote], find: FindArticle) -> Row:
    """An answer's question, to be judged, with the quotes that were shown; without who asked or voted.

    If nobody downvoted it, the highlighted sentences are its evidence. Quotes from articles that were changed
    or removed since are left out.
    """
    up = all(vote.helpful for vote in votes)
    quoted = [(kept, article) for kept in record.kept if (article := _unchanged(kept, find))]
    row: Row = {
        "id": record.id,
        "question": record.query.text,
        "asked_at": format_moment(record.query.asked_at),
        "type": "voted up" if up else "voted down",
        "answerable": True,
        "evidence": [piece for kept, article in quoted for piece in _marked(kept, article)] if up else [],
        "collections": list(record.query.collections),
        **_filters(record.query),
        "answered": record.answered,
        "shown": [
            {
                "article_id": article.id,
                "title": article.title,
                "quote": article.text[kept.start : kept.end],
                "start": kept.start,
                "marked": [article.text[start:end] for start, end in kept.highlights],
            }
            for kept, article in quoted
        ],
    }
    reasons = [vote.reason for vote in votes if vote.reason]
    return row | ({"reasons": reasons} if reasons else {})


def _marked(kept: QuoteRef, article: Article) -> Iterator[Row]:
    for start, end in kept.highlights:
        yield {"article_id": article.id, "quote": article.text[start:end], "start": start}


def _unchanged(kept: QuoteRef, find: FindArticle) -> Article | None:
    article = find(kept.collection, kept.article_id)
    return article if article and article.version() == kept.version else None


def _filters(query: Query) -> Row:
    """The filters that the person set, and `as_asked`, in the format of a file of questions."""
    row: Row = {}
    if query.since:
        row["since"] = format_moment(query.since)
    if query.until:
        row["until"] = format_moment(query.until - timedelta(seconds=1))
    if query.sources:
        row["sources"] = sorted(query.sources)
    if query.as_asked:
        row["as_asked"] = True
    return row


def _is_private(record: AnswerRecord) -> bool:
    """Whether only the asker could see the answer, or its question was a message that another person had
    checked."""
    return record.private or record.checked or record.venue.direct


def _key(question: str) -> str:
    return one_line(question.casefold())


def _append(path: Path, rows: Sequence[Row]) -> None:
    ends = path.read_bytes()[-1:] if path.exists() else b""
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    # The questions are private: a new file is readable by its owner only.
    with open(path, "a", encoding="utf-8", opener=private_files.open_private) as file:
        file.write(lines if ends in (b"", b"\n") else f"\n{lines}")
