"""Removes secrets from texts: tokens, passwords, secret addresses."""

import re
from collections.abc import Iterable

from corpus.lazy_pattern import lazy_pattern

REDACTED = "…"

_END = r"\s\"'<>"
"""The characters that end an address in running text."""
_NAMES = r"[\w-]*(?:token|secret|password|passwd|signature|api[_-]?key|ticket|trigger_id|response_url)"
"""The names of fields whose values are secrets."""

_KEYS = tuple(
    (lazy_pattern(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # Queries and fragments of addresses, any of whose values may be a secret.
        (rf"(\b[a-z][a-z0-9+.-]*://[^?#{_END}]*[?#])[^{_END}]+", rf"\1{REDACTED}"),
        (rf"((?:^|(?<=\s))/[^?{_END}]*\?)[^{_END}]*=[^{_END}]*", rf"\1{REDACTED}"),
        # User names and passwords in addresses.
        (r"(?<=://)[^/\s@]+(?=@)", REDACTED),
        # The paths of these addresses are secrets: Slack's response URLs, webhooks, and public links to
        # files.
        (rf"(//hooks\.slack(?:-gov)?\.com/|//slack-files\.com/)[^{_END}]+", rf"\1{REDACTED}"),
        (rf"(/(?:commands|actions|app|services|workflows|triggers)/)T\w*/[^{_END}]+", rf"\1{REDACTED}"),
        # Discord's interactions and webhooks.
        (rf"(/(?:interactions|webhooks)/)\d+/[^/?{_END}]+", rf"\1{REDACTED}"),
        # Tokens of Slack and Discord anywhere.
        (r"xox[a-z]-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+", REDACTED),
        (r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", REDACTED),
        # Fields and headers that are secrets by their names.
        (rf"(\b{_NAMES}=)[^&,;){_END}]+", rf"\1{REDACTED}"),
        (rf"([\"']{_NAMES}[\"']: ?[\"'])[^\"']+", rf"\1{REDACTED}"),
        (r"(\b(?:bearer|basic|bot) )[\w.~+/=-]{20,}", rf"\1{REDACTED}"),
    )
)


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """The text without the `known` secrets and everything that looks like one."""
    for secret in known:
        text = text.replace(secret, REDACTED)
    for pattern, replacement in _KEYS:
        text = pattern.sub(replacement, text)
    return text
