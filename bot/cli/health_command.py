"""`newsdesk health`: checks whether a bot on this machine is alive, for container health checks."""

from __future__ import annotations

import click

from bot.cli.composition import Parts
from corpus.errors import NewsdeskError, WrongCall

PATIENCE = 5.0
"""Seconds to wait for the bot's answer: an event loop that takes longer counts as failed."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not listened on
"""The address to connect to, by an address that listens on all interfaces."""


@click.command()
@click.option("--ready", is_flag=True, help="Check whether it can answer, and not only whether it is alive.")
@click.pass_obj
def health(parts: Parts, *, ready: bool) -> int:
    """Check the health of the bot that runs with these settings.

    Prints its answer as JSON and exits with 0 if it is healthy, else with 1. NEWSDESK_METRICS says where it
    listens.
    """
    from http.client import HTTPConnection, HTTPException

    if parts.settings.metrics is None:
        raise WrongCall("NEWSDESK_METRICS is not set, so no bot says how it is: set it to 127.0.0.1:9464")
    host, port = parts.settings.metrics
    asked = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=PATIENCE)
    try:
        asked.request("GET", "/readyz" if ready else "/healthz")
        answer = asked.getresponse()
        click.echo(answer.read().decode(errors="replace"))
    except (OSError, HTTPException) as error:
        reason = str(error) or type(error).__name__
        raise NewsdeskError(
            f"nobody answers at {host}:{port} ({reason}): is `newsdesk run` running?"
        ) from error
    finally:
        asked.close()
    return 0 if answer.status == 200 else 1
