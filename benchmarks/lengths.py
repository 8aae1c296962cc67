"""Measure how long the answers are that a person gets at once: characters, lines and buttons.

    python -m benchmarks.lengths HOME QUESTIONS.jsonl [--limit N]

Printed as JSON, with the median and the 95th percentile over the first N questions: characters to read
(without addresses), lines on a phone that is WIDTH characters wide, buttons, and rows of buttons.
"""

import argparse
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from bot.answers.answer import Answer, NoAnswer
from bot.answers.question_file import read_questions
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.card import Buttons, Canvas, Card, Paragraph
from bot.chat.answer_record import make_record
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person, Venue
from bot.cli.printing.answer_printer import print_answer
from bot.cli.printing.terminal import Terminal
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.discord.drawing.render import CANVAS as DISCORD
from bot.messages.catalogue import messages_for
from bot.slack.drawing.render import CANVAS as SLACK
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import make_query
from retrieval.reading.packaged_reader import packaged_reader

WIDTH = 45
"""Characters of a line on a phone."""
ROW = 5
"""Buttons in a row."""
CANVASES: dict[str, Canvas] = {"discord": DISCORD, "slack": SLACK}


def main() -> None:
    """Ask, render and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    call = parser.parse_args()
    model = OnnxEmbedder()
    desk = Desk(Home(call.home), Model(model, model.vocabulary), print, packaged_reader())
    desk.open()
    texts = [question.text for question in read_questions(call.questions)][: call.limit]
    results = [desk.ask(make_query(text, tuple(desk.collections))) for text in texts]
    for platform, canvas in CANVASES.items():
        print(
            json.dumps({"platform": platform, **figures([_of_card(_card(one, canvas)) for one in results])})
        )
    print(json.dumps({"platform": "terminal", **figures([_of_lines(_printed(one), 0) for one in results])}))


def figures(counts: Sequence[dict[str, int]]) -> dict[str, list[float]]:
    """The median and the 95th percentile of each count."""
    found = {name: [one[name] for one in counts] for name in counts[0]}
    return {name: [float(np.percentile(those, p)) for p in (50, 95)] for name, those in found.items()}


def _card(result: Answer | NoAnswer, canvas: Canvas) -> Card:
    """The card that a command gets, with the question above the answer."""
    asking = QuestionRequest(Venue("discord", "1", "2"), Person("3", "Ann"), result.query.text)
    record = make_record(result, asking, private=False)
    return answer_card(DeliveredAnswer(record, result), messages_for("en"), AnswerContext(), canvas)


def _of_card(card: Card) -> dict[str, int]:
    lines = [line for part in card.parts if isinstance(part, Paragraph) for line in part.text.split("\n")]
    rows = [part.buttons for part in card.parts if isinstance(part, Buttons)]
    return _of_lines(lines, sum(map(len, rows)), sum(-(-len(row) // ROW) for row in rows))


def _of_lines(lines: Sequence[str], buttons: int, rows: int = 0) -> dict[str, int]:
    return {
        "characters": sum(len(line.strip()) for line in lines),
        "lines": sum(max(1, -(-len(line) // WIDTH)) for line in lines),
        "buttons": buttons,
        "rows": rows,
    }


def _printed(result: Answer | NoAnswer) -> list[str]:
    """The printed lines, except those that are an address."""
    out = io.StringIO()
    print_answer(Terminal(Console(file=out, width=10_000)), result)
    lines = [line.strip() for line in out.getvalue().splitlines()]
    return [line for line in lines if not line.startswith(("http", "file:"))]


if __name__ == "__main__":
    main()
