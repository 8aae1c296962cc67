"""Logs for the operator: one line an event, with an incident id where something broke, and no secret."""

import logging
import re
import secrets
import sys
from collections.abc import Iterable

INCIDENT_BYTES = 4
"""Random bytes of an incident's id: eight letters can be read out to somebody, and do not come twice."""

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
    r"|(?<=/interactions/)\d+/[^/\s?]+|(?<=/webhooks/)\d+/[^/\s?]+|(?<=://)[^/\s@]+(?=@)"
)
"""Tokens of Slack and Discord, of interactions (they stand in paths), and user names in addresses."""


class _Redacted(logging.Formatter):
    def __init__(self, known: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._known = [secret for secret in known if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = _SECRETS.sub("…", super().format(record))
        for secret in self._known:
            text = text.replace(secret, "…")
        return text


def log_to_stderr(known: Iterable[str], level: int = logging.INFO) -> None:
    """Log everything of that level to standard error, with the `known` secrets and what looks like one taken
    out. The platforms' libraries say less: at their lowest levels they print whole messages."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacted(known))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp", "httpx"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def incident() -> str:
    """A new id that is said to the person and stands in the log."""
    return secrets.token_hex(INCIDENT_BYTES)
