"""Incidents: what the person reads when something failed, and what the log records."""

import logging

from bot.cards.failures import OPERATORS, explained
from bot.cards.notices import failure
from bot.cards.request import Request
from bot.dispatch.reply import Reply
from bot.messages.catalogue import Messages
from bot.runtime.logs import incident
from corpus.errors import NewsdeskError

_log = logging.getLogger(__name__)


def log_incident(what: str) -> str:
    """Put the exception at hand into the log under a new incident's id, and give the id."""
    number = incident()
    _log.exception("incident %s while %s", number, what, extra={"incident": number})
    return number


def excuse(error: NewsdeskError, messages: Messages) -> str:
    """What is said of an error; what is the operator's to mend goes into the log, under an incident."""
    number = ""
    if isinstance(error, OPERATORS):
        number = incident()
        _log.error("incident %s: %s", number, error, extra={"incident": number})
    return explained(error, messages, number)


async def apologise(request: Request, reply: Reply) -> None:
    """Put the exception at hand, which nobody expected, into the log, and say so to the person."""
    number = log_incident("carrying out what somebody asked for")
    try:
        await reply.fail(failure(request.messages("broken", incident=number)))
    except Exception as failed:  # noqa: BLE001 - there is nobody left to tell but the log
        name, fields = type(failed).__name__, {"incident": number}
        _log.warning("incident %s could not be told: %s", number, name, extra=fields)
