"""Makes a home with something of everything, to be kept for the releases to come:

    python -m tests.old_homes.make RELEASE

Run it at the release's own commit, and keep both files that it writes. Tests then open that home with the
code of their day.
"""

import asyncio
import io
import json
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path

import corpus
from bot.__main__ import main
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.changes import remove, web_source
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.desk.desk import Desk
from bot.polling.adding import add
from bot.service.service_factory import make_service
from bot.service.service_options import ServiceOptions
from corpus.plan import ReloadRequest
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.old_homes.packing import pack

SAMPLE = Path(corpus.__file__).with_name("sample")
MARKDOWN = ("nara-summit.md", "chosei-coal-mine-ko.md")
"""Of the sample corpus, what is read as files of their own."""
WITHDRAWN = "chosei-coal-mine-ko"
ROWS = (
    {
        "id": "bridge",
        "title": "Bridge closed",
        "source": "The Post",
        "published": "2026-02-10",
        "url": "https://post.example/bridge",
        "text": "The old bridge over the Elbe was closed after the storm. The mayor inspected its cables.",
    },
    {
        "id": "rust",
        "title": "Rust",
        "source": "The Times",
        "text": "Engineers found rust in the cables of the Elbe bridge. Repairs will take nine weeks.",
    },
)
"""A file of articles; the second has neither a date nor an address."""
UPLOAD = (
    {
        "id": "library",
        "title": "Library opens",
        "source": "Town Board",
        "published": "2026-02-12",
        "text": "The town library opens on Sundays from March. Admission is free.",
    },
)
ADDRESS = "https://gazette.example/ferry"
PAGE = Fetched(
    ADDRESS, b"The ferry across the Elbe runs every hour while the bridge is closed.", "text/plain"
)
QUESTIONS = (
    "Who met in Nara?",
    "Why was the Elbe bridge closed?",
    "How often does the ferry run?",
    "What will repairs of the cables take?",
    "When does the town library open?",
    "Who won the football world cup?",
)
ASKED_AT = "2026-03-01"
PLACE = Venue("discord", "100", "10")
ADMIN = Person("5", "Ada", manages=True)
READER = Person("1", "Ann")
CHOSEN = {"passages": 2, "sources": ("The Post", "Newsdesk sample")}


def call(home: Path, model: OnnxEmbedder, *arguments: str) -> list[object]:
    """The rows that the command prints, where it prints JSON."""
    printed, said = io.BytesIO(), io.StringIO()
    with redirect_stdout(io.TextIOWrapper(printed, "utf-8")) as out, redirect_stderr(said):
        if main(["--home", str(home), *arguments], lambda _name: Model(model, model.vocabulary)):
            raise RuntimeError(said.getvalue())
        out.flush()
    lines = printed.getvalue().splitlines()
    return [json.loads(line) for line in lines] if "--json" in arguments else []


def ask(home: Path, model: OnnxEmbedder, question: str) -> object:
    """The answer's row, at the moment that is kept with it."""
    (row,) = call(home, model, "ask", question, "--limit", "2", "--asked-at", ASKED_AT, "--json")
    return row


async def furnish_chats(home: Home, model: OnnxEmbedder) -> dict[str, object]:
    """A community with a collection, settings, an answer, a vote and a record of what was done."""
    desk = Desk(home, Model(model, model.vocabulary), print)
    desk.open()
    custodians = frozenset({("slack", "T1")})
    async with make_service(
        home, desk, ServiceOptions(custodians=custodians, keep=timedelta(days=36500))
    ) as service:
        upload = "".join(f"{json.dumps(row)}\n" for row in UPLOAD).encode()
        await service.corpus_editor.add_upload(
            Caller(PLACE, ADMIN), "board", "board.jsonl", upload, ChangeProgress()
        )
        await service.settings.choose(PLACE, CHOSEN, whole=True)
        await service.settings.choose(PLACE, {"passages": 1}, whole=False)
        shown = await service.questions.ask(QuestionRequest(PLACE, READER, QUESTIONS[0], message="m1"))
        await service.stored_answers.set_message(shown, "m2")
        await service.stored_answers.vote(
            shown.record.id, Caller(PLACE, READER), helpful=False, reason="old: of January"
        )
    return {
        "answer": shown.record.id,
        "question": QUESTIONS[0],
        "quotes": [quote.text for quote in shown.quotes],
    }


def furnish(folder: Path, model: OnnxEmbedder) -> dict[str, object]:
    """Make the home and its sources there, and say what it holds."""
    root, files, notes = folder / "home", folder / "articles.jsonl", folder / "notes"
    home = Home(root)
    files.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    call(root, model, "corpus", "add", str(files))
    notes.mkdir()
    for name in MARKDOWN:
        shutil.copyfile(SAMPLE / name, notes / name)
    call(root, model, "corpus", "add", str(notes))
    web = CannedFetcher({ADDRESS: PAGE})

    def again(request: ReloadRequest) -> ReloadReport:
        return reload(home, lambda: model, request, fetcher=lambda: web, progress=lambda *_: None)

    add(home, [web_source("news", ADDRESS)], again, fetcher=lambda: web)
    kept = asyncio.run(furnish_chats(home, model))
    remove(home, "news", WITHDRAWN, again)
    call(root, model, "bind", "board", "slack:T2")
    return {
        "answers": [ask(root, model, question) for question in QUESTIONS],
        "status": call(root, model, "corpus", "status", "--json")[0],
        "bindings": call(root, model, "bindings", "--json"),
        "audit": call(root, model, "audit", "discord:100", "--json"),
        "history": call(root, model, "corpus", "history", "--json"),
        "kept": kept,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        place = Path(made).resolve()
        print(pack(sys.argv[1], place, furnish(place, OnnxEmbedder())))  # noqa: T201 - which file it is
