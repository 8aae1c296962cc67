"""The command group, and the commands for conversations, articles, checks and setup.

Each command imports what it needs when it is called, so that `--help` is fast.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click

from bot.cli.ask_command import ask
from bot.cli.chat_commands import audit, bind, bindings, unbind
from bot.cli.composition import LoadModel, Parts
from bot.cli.corpus_commands import corpus
from bot.cli.evaluation_commands import eval_, votes
from bot.cli.health_command import health
from bot.cli.move_command import move
from bot.cli.options import as_asked_option, collection_option, json_option
from bot.cli.watch_commands import watch
from corpus.errors import NewsdeskError, WrongCall


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsdesk", message="%(prog)s %(version)s")
@click.option(
    "--home", type=click.Path(path_type=Path), help="The folder with all state.  [default: .newsdesk]"
)
@click.pass_context
def cli(context: click.Context, home: Path | None) -> None:
    """Answer questions about the news with the exact words of the articles, each quote cited."""
    from bot.settings import read_settings

    load: LoadModel = context.obj
    settings = read_settings()
    context.obj = Parts(replace(settings, home=home) if home else settings, load)


cli.add_command(corpus)
for _command in (move, watch, bind, unbind, bindings, audit, eval_, votes, health, ask):
    cli.add_command(_command)


@cli.command()
@as_asked_option
@click.pass_obj
def chat(parts: Parts, *, as_asked: bool) -> None:
    """Ask and follow up in a conversation."""
    parts.expect_questions()
    from bot.cli.conversation import chat_with

    chat_with(parts.desk(), parts.settings.collections, parts.terminal, sys.stdin, as_asked=as_asked)


@cli.command()
@click.pass_obj
def run(parts: Parts) -> None:
    """Start the bots; without a bot's tokens, answer in the terminal."""
    from bot.cli.serve import run_bots

    run_bots(parts, sys.stdin)


@cli.command()
@click.argument("answers", type=click.File(encoding="utf-8", errors="replace"))
@json_option
@click.pass_obj
def check(parts: Parts, answers: TextIO, *, as_json: bool) -> int:
    """Check whether quotes of earlier answers are still in their articles.

    ANSWERS is a file of lines of `newsdesk ask --json`, or - for standard input. Exits with 1 if any quote
    was changed or withdrawn.
    """
    from bot.answers.rechecking import QuoteStatus
    from bot.cli.printing.recheck_printer import print_recheck, recheck_lines, recheck_row
    from bot.desk.rechecker import Rechecker

    stands = True
    for article_id, found in recheck_lines(
        Rechecker(parts.home, parts.desk()), answers, getattr(answers, "name", "-")
    ):
        stands = stands and found.status not in (QuoteStatus.CHANGED, QuoteStatus.WITHDRAWN)
        if as_json:
            parts.terminal.json(recheck_row(article_id, found))
        else:
            print_recheck(parts.terminal, found)
    return 0 if stands else 1


@cli.command()
@click.argument("article_id")
@collection_option
@click.option("--page", type=click.Path(path_type=Path), help="Write it as an HTML page instead.")
@click.pass_obj
def article(parts: Parts, article_id: str, collection: str, page: Path | None) -> None:
    """Show a whole article."""
    from bot.cli.printing.answer_printer import print_article
    from bot.corpus_admin.article_pages import article_page
    from bot.corpus_admin.changes import nearest_words

    standing = parts.existing_home.current_articles(collection)
    found = next((one for one in standing if one.id == article_id), None)
    if found is None:
        raise WrongCall(
            f"there is no article {article_id!r} in collection {collection}",
            nearest_words(parts.home, collection, article_id),
        )
    if page is None:
        print_article(parts.terminal, found)
        return
    try:
        page.write_text(article_page(found), encoding="utf-8")
    except OSError as error:
        raise NewsdeskError(f"{page} can't be written ({error.strerror}): name another file") from error
    parts.terminal.say(f"{page}")


@cli.command()
@click.argument("platform", required=False, type=click.Choice(["discord", "slack"]))
@json_option
@click.pass_obj
def doctor(parts: Parts, platform: str | None, *, as_json: bool) -> int:
    """Check the setup: what is missing, and what to do about it.

    With PLATFORM, ask the platform about the bot there. Exits with 1 if it can't answer.
    """
    from bot.cli.diagnosis import diagnose, print_findings

    with parts.terminal.doing("looking"):
        findings = diagnose(parts, platform)
    if as_json:
        parts.terminal.json([finding.to_row() for finding in findings])
    else:
        print_findings(parts.terminal, findings)
    return 0 if all(finding.sound for finding in findings) else 1


@cli.command()
@click.option(
    "--http", "address", metavar="URL", help="The address for Slack's requests: https://…/slack/events."
)
@click.option("--assistant", is_flag=True, help="For an app that has Slack's older assistant experience.")
@click.option(
    "--oauth", metavar="URL", help="Where any workspace installs the app: https://…, without a path."
)
@click.pass_obj
def manifest(parts: Parts, address: str | None, oauth: str | None, *, assistant: bool) -> None:
    """Print the manifest of the Slack app, to paste at api.slack.com/apps.

    Without an address, everything comes through Socket Mode. NEWSDESK_SLACK_COMMANDS is the prefix of the
    commands.
    """
    from bot.slack.app_manifest import manifest_text

    for option, given in (("--http", address), ("--oauth", oauth)):
        if given and not given.startswith("https://"):
            raise WrongCall(f"{option}: {given!r} does not begin with https://: Slack sends nowhere else")
    prefix, http = parts.settings.slack_commands, address or ""
    text = manifest_text(prefix=prefix, address=http, assistant=assistant, oauth=oauth or "")
    click.echo(text, nl=False)
