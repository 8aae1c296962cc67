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
"""Gives the article of a collection and an id as it is served now, None if it is not any more."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What came of writing votes to a file: rows that were added, that stood there already, and answers that
    were left out because they were private."""

    added: int
    known: int
    private: int


def write_votes(
    path: Path, voted: Iterable[Voted], find: FindArticle, *, liked: bool, private: bool
) -> ExportReport:
    """Add what is not in the file yet at its end; what a person has filled in stays.

    Raises WrongCall if the file holds something else, NewsdeskError where it can't be written.
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
    """One answer as a question to be judged: what was shown stands beside it, who asked and voted does not.

    Where nobody voted it down, the sentences that were marked are its evidence. What was quoted from an
    article that has changed or gone since is left out.
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
    """What the person narrowed the search by, and whether nothing was to be read out of the words, as a file
    of questions says it."""
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
    """Whether others could not see it, or it was somebody's message that another person looked up."""
    return record.private or record.checked or record.venue.direct


def _key(question: str) -> str:
    return one_line(question.casefold())


def _append(path: Path, rows: Sequence[Row]) -> None:
    ends = path.read_bytes()[-1:] if path.exists() else b""
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    # People's questions: for who writes the file alone, unless it is there already.
    with open(path, "a", encoding="utf-8", opener=private_files.open_private) as file:
        file.write(lines if ends in (b"", b"\n") else f"\n{lines}")
