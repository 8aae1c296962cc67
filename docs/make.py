"""Makes what is generated in this folder: `python docs/make.py` writes cli.md and answer.svg anew."""

import io
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.answers.answer import Answer, NoAnswer
from bot.answers.question_file import asked_moment
from bot.cli.composition import Parts
from bot.cli.main import cli
from bot.cli.printing.answer_printer import print_answer
from bot.cli.printing.terminal import Terminal
from bot.cli.serve import FIRST_QUESTION
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.settings import Settings
from corpus.sources.files import SAMPLE
from corpus.storage.store_records import Source
from retrieval.question.query import make_query

HERE = Path(__file__).parent
WIDTH = 104
SHOWN_HOME = "/var/lib/newsdesk"
"""Stands in the picture for the folder it was made in."""


def cli_page() -> str:
    """Every command's help, as `--help` prints it."""
    pages = [
        "# The commands",
        "Made from the code by `python docs/make.py`; a test holds it to the code.",
        "Exit status: 0 done, 1 could not be done, 2 wrong call, 130 and 143 stopped by a signal.\n"
        "An error is one line on standard error.",
    ]
    for path, command in _commands("newsdesk", cli):
        context = click.Context(command, info_name=path, terminal_width=WIDTH, **cli.context_settings)
        pages += [f"## {path}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(pages) + "\n"


def _commands(path: str, command: click.Command) -> list[tuple[str, click.Command]]:
    below = command.commands if isinstance(command, click.Group) else {}
    return [
        (path, command),
        *(found for name, one in sorted(below.items()) for found in _commands(f"{path} {name}", one)),
    ]


def picture(result: Answer | NoAnswer, home: Path) -> str:
    """An answer as a terminal shows it, as an SVG that loads nothing."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    console.print(Text.assemble(("$ ", "dim"), f'newsdesk ask "{result.query.text}" --limit 2'))
    print_answer(Terminal(console), _elsewhere(result, home))
    svg = console.export_svg(title="newsdesk", unique_id="newsdesk")
    svg = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip() + "\n"


def _elsewhere(result: Answer | NoAnswer, home: Path) -> Answer | NoAnswer:
    if not isinstance(result, Answer):
        return result
    return replace(
        result,
        quotes=tuple(
            replace(
                quote,
                citation=replace(quote.citation, link=quote.citation.link.replace(str(home), SHOWN_HOME)),
            )
            for quote in result.quotes
        ),
    )


def sample_answer(parts: Parts) -> Answer | NoAnswer:
    """The first answer that `newsdesk run` shows, on the sample corpus in the home of `parts`."""
    with parts.home.store() as store:
        store.add_source(Source("news", SAMPLE))
    reload(parts.home, lambda: parts.embedder, progress=lambda *_: None)
    return parts.desk().ask(
        make_query(FIRST_QUESTION, ("news",), asked_at=asked_moment("2026-01-20")), limit=2
    )


if __name__ == "__main__":
    (HERE / "cli.md").write_text(cli_page(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder)).root
        made = sample_answer(Parts(Settings(home=home)))
        (HERE / "answer.svg").write_text(picture(made, home), encoding="utf-8")
