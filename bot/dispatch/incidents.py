"""What is said where something was not done, and what of it goes into the log."""

import logging

from bot.cards.failures import OPERATORS, explained
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
