"""Incidents: what the person reads when something failed, and what the log records."""

import logging
from collections.abc import Callable

from bot.cards.failures import OPERATORS, explained
from bot.cards.notices import failure
from bot.cards.request import Request
from bot.dispatch.reply import Reply
from bot.messages.catalogue import Messages
from bot.runtime.logs import incident
from corpus.errors import NewsdeskError

_log = logging.getLogger(__name__)


def log_incident(what: str) -> str:
    """Log the current exception with a new incident number, and return the number."""
    number = incident()
    _log.exception("incident %s while %s", number, what, extra={"incident": number})
    return number


def excuse(error: NewsdeskError, messages: Messages) -> str:
    """The message about an error for the person; errors that concern the operator are logged with an incident
    number."""
    number = ""
    if isinstance(error, OPERATORS):
        number = incident()
        _log.error("incident %s: %s", number, error, extra={"incident": number})
    return explained(error, messages, number)


async def apologise(request: Callable[[], Request], reply: Reply) -> None:
    """Log the current unexpected exception, and tell the person the incident number. `request` is called
    after the logging, since it may fail too."""
    number = log_incident("carrying out what somebody asked for")
    try:
        await reply.fail(failure(request().messages("broken", incident=number)))
    except Exception as failed:  # noqa: BLE001 - it can only be logged
        name, fields = type(failed).__name__, {"incident": number}
        _log.warning("incident %s could not be told: %s", number, name, extra=fields)
