"""What the local servers gave out and nobody else may read: tokens, triggers, grants, addresses."""

import re

_LENGTHS: dict[int, set[str]] = {}
"""All of it, by length: so that looking through a text takes no longer the more there is."""
_RUN = re.compile(r"[\w.-]+")
"""What it is made of."""


def issue_secret(secret: str) -> str:
    """The secret, which is known from now on, for as long as the tests run."""
    assert _RUN.fullmatch(secret), secret
    _LENGTHS.setdefault(len(secret), set()).add(secret)
    return secret


def issued_secrets_in(text: str) -> list[str]:
    """The secrets that stand in a text, whatever stands beside them."""
    return [
        piece
        for run in _RUN.findall(text)
        for length, secrets in _LENGTHS.items()
        for at in range(len(run) - length + 1)
        if (piece := run[at : at + length]) in secrets
    ]
