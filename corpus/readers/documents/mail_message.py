"""Parses an e-mail into an article's fields. Runs only in the worker process, because Python's parser takes
minutes for hostile headers."""

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from corpus.dates import stored_moment
from corpus.lazy_pattern import lazy_pattern
from corpus.readers.documents.forwarded_mail import read_forwarded
from corpus.readers.documents.wrapped_lines import unwrap, unwrap_flowed
from corpus.readers.pages.boilerplate import without_boilerplate
from corpus.readers.parsing.html_text import html_to_text
from corpus.text import one_line

HEADER_LIMIT = 16 * 1024
"""The most characters of a header that is read; a list of receivers may have more, a subject never has."""
MIN_RATIO = 3
"""The HTML is read instead of the plain text if its text is at least this many times as long: some
newsletters have only "read this in your browser" as plain text."""
FOOTER = 1500
"""The most characters of a newsletter's footer, from its first line to the end."""

_FOOTER = lazy_pattern(
    r"^(?:copyright )?(?:©|\(c\)) ?\d{4}\b|^our (?:mailing|postal) address is\b|"
    r"^you(?:['’]re| are)? (?:are )?(?:receiving|received) this (?:e-?mail|newsletter)\b|"
    r"^this (?:e-?mail|newsletter) was sent (?:to|by)\b|^want to change how you receive\b|^unsubscribe\b",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS_ONLY = lazy_pattern(r"[\s<(\[]*(?:https?://|mailto:|www\.)\S+[\s>)\]]*")
_BRACKETED = lazy_pattern(r"\s?[<(\[]\s?(?:https?://|mailto:)[^\s>)\]]*\s?[>)\]]")
_RULE = lazy_pattern(r"\s*(?:[-=_*~#+·•—–]\s?){3,}\s*")
_SIGNATURE = lazy_pattern(r"^-- ?$", re.MULTILINE)
_FROM_OUTLET = lazy_pattern(r"(?P<person>.{2,60}?)\s+(?:from|at|\|)\s+(?P<outlet>.{2,60})", re.IGNORECASE)
_UNSEEN = lazy_pattern(r"[\u00ad\u034f\u200b-\u200d\u2060\ufeff]+")
"""Invisible characters, with which newsletters pad the preview of a message."""


def read_message(content: bytes) -> dict[str, object]:
    """The fields of the e-mail's article; `attachments` lists its other parts, `refused` is the reason that
    it has no article."""
    try:
        message = email.message_from_bytes(content, policy=default)
    except (MessageError, RecursionError) as error:
        return {"refused": f"its parts can't be told apart ({type(error).__name__})"}
    if not message.keys():
        return {"refused": "it has no headers and is no e-mail"}
    kind = message.get_content_type()
    if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        return {"refused": "it is encrypted: save the text of it"}
    text = _text(message)
    forwarded = read_forwarded(text)
    name, address = parseaddr(forwarded.sender or _header(message, "From"))
    found = _FROM_OUTLET.fullmatch(name)
    web = (_header(message, header).strip("<> ") for header in ("Archived-At", "List-Post"))
    return {
        "id": _header(message, "Message-ID").strip("<> ") or None,
        "title": forwarded.subject or _header(message, "Subject") or None,
        "text": forwarded.text,
        "source": (found["outlet"] if found else name) or address.rpartition("@")[2] or None,
        "author": found["person"] if found else None,
        "published": _date(forwarded.date or _header(message, "Date")),
        "url": next((one for one in web if one.startswith(("http://", "https://"))), None),
        "language": _header(message, "Content-Language").partition(",")[0] or None,
        "attachments": list(_attachments(message))[:10],
    }


def _text(message: EmailMessage) -> str:
    plain, html = (_part(message, kind) for kind in ("plain", "html"))
    text = _from_plain(*plain) if plain else ""
    if html:
        # Newsletters use tables for their layout, so cells are paragraphs.
        rich = _tidied(html_to_text(html[0]).replace("\t", "\n\n"))
        if len(rich) >= MIN_RATIO * len(text):
            return rich
    return text


def _from_plain(text: str, flows: bool, delete_space: bool) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unwrap_flowed(text, delete_space=delete_space) if flows else text
    text = _SIGNATURE.split(text, maxsplit=1)[0]
    lines = [_line(line) for line in text.split("\n")]
    return _tidied("\n".join(lines) if flows else unwrap("\n".join(lines)))


def _line(line: str) -> str:
    line = line.removeprefix("** ")  # a heading in Mailchimp's plain text
    if _RULE.fullmatch(line) or _ADDRESS_ONLY.fullmatch(line):
        return ""
    return _BRACKETED.sub("", line).rstrip()


def _tidied(text: str) -> str:
    lines = [one_line(_UNSEEN.sub("", line)) for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join("" if _RULE.fullmatch(line) else line for line in lines))
    return without_boilerplate(_without_footer(text.strip()))


def _without_footer(text: str) -> str:
    """The text without a newsletter's footer: its sender's address, and how to unsubscribe."""
    found = next((one for one in _FOOTER.finditer(text) if len(text) - one.start() <= FOOTER), None)
    return text[: found.start()].rstrip() if found and found.start() else text


def _part(message: EmailMessage, kind: str) -> tuple[str, bool, bool] | None:
    """The body of this kind, decoded; whether it is `format=flowed`, and whether the spaces at its line ends
    are deleted."""
    part = message.get_body((kind,))
    if part is None or part.is_multipart():
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    charset = part.get_content_charset() or "utf-8"
    try:
        text = content.decode("utf-8" if charset == "us-ascii" else charset)
    except (LookupError, ValueError):
        text = content.decode("utf-8" if _is_utf8(content) else "cp1252", errors="replace")
    flows = str(part.get_param("format", "")).lower() == "flowed"
    return text, flows, str(part.get_param("delsp", "")).lower() == "yes"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _header(message: EmailMessage, name: str) -> str:
    """A header as decoded text on one line; empty if it is missing or far too long."""
    for key, raw in message.raw_items():
        if key.lower() == name.lower():
            if len(str(raw)) > HEADER_LIMIT:
                return ""
            try:
                return one_line(str(message[name]))
            except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
                return one_line(str(raw))
    return ""


def _date(said: str) -> str | None:
    """The date in Newsdesk's format; an invalid one is returned unchanged, so that it is reported later."""
    said = re.sub(r"\s*\([^()]{0,40}\)\s*\Z", "", said)
    try:
        return stored_moment(said) if said else None
    except ValueError:
        return said


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_disposition() == "attachment" and isinstance(part, EmailMessage):
            yield one_line(str(part.get_filename() or part.get_content_type()))[:60]
