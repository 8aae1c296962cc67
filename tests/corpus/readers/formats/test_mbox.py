from pathlib import Path

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from tests.corpus.readers.reading import Reading

_BOXES = Reading("box.mbox")


def message(number: int, body: str = "The bridge was closed.") -> str:
    return (
        f"From news@post.example Wed Jan 14 09:30:0{number} 2026\nFrom: The Post <news@post.example>\n"
        f"Subject: Letter {number}\nMessage-ID: <{number}@post.example>\n\n{body}\n\n"
    )


def test_each_message_is_an_article_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    path.write_text("".join(message(n) for n in range(1, 4)))
    found = list(FORMATS.read_file(path, tmp_path, "news"))
    assert [(place.line, item.id) for place, item in found if isinstance(item, Article)] == [
        (1, "1@post.example"),
        (2, "2@post.example"),
        (3, "3@post.example"),
    ]


def test_a_line_of_text_that_begins_with_from_begins_no_message(tmp_path: Path) -> None:
    body = "The mayor wrote:\n\n>From 2026 on it is closed.\nFrom May on it is open."
    article = _BOXES.one(tmp_path, message(1, body))
    assert "From 2026 on it is closed." in article.text
    assert "From May on" in article.text


def test_a_message_that_can_not_be_taken_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    problem, article = _BOXES.read(tmp_path, message(1, "") + message(2))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.refused) == (1, True)
    assert isinstance(article, Article)


def test_a_file_without_messages_is_told(tmp_path: Path) -> None:
    assert "it holds no message" in _BOXES.refusal(tmp_path, "Just a text.\n").reason
    assert "it holds no message" in _BOXES.refusal(tmp_path, "").reason


def test_messages_are_taken_out_by_their_numbers(tmp_path: Path) -> None:
    body = "".join(message(n) for n in range(1, 4)).encode()
    left = FORMATS.remove_lines("box.mbox", body, [2])
    assert [one.title for one in _BOXES.read(tmp_path, left) if isinstance(one, Article)] == [
        "Letter 1",
        "Letter 3",
    ]
    assert FORMATS.remove_lines("box.mbox", body, [1, 2, 3]) == b""
