"""The secrets that the local servers issued: tokens, triggers, grants and addresses."""

import re

_LENGTHS: dict[int, set[str]] = {}
"""All issued secrets by length, so that the time to search a text does not depend on their number."""
_RUN = re.compile(r"[\w.-]+")
"""The characters of secrets."""


def issue_secret(secret: str) -> str:
    """Remember a secret for as long as the tests run, and return it."""
    assert _RUN.fullmatch(secret), secret
    _LENGTHS.setdefault(len(secret), set()).add(secret)
    return secret


def issued_secrets_in(text: str) -> list[str]:
    """The secrets in a text, whatever characters are next to them."""
    return [
        piece
        for run in _RUN.findall(text)
        for length, secrets in _LENGTHS.items()
        for at in range(len(run) - length + 1)
        if (piece := run[at : at + length]) in secrets
    ]
