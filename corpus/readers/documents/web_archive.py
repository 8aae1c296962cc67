"""Parses a web page in one file (MHTML, RFC 2557) into an article's fields. Runs only in the worker
process."""

import email
from codecs import BOM_UTF8
from email.errors import MessageError
from email.message import MIMEPart
from email.policy import default

from corpus.dates import parse_moment
from corpus.readers.parsing.html_page import read_page


def read_archive(content: bytes) -> dict[str, object]:
    """The fields of the page's article; `refused` is the reason that there is none. Frames and pictures are
    not read."""
    try:
        message = email.message_from_bytes(content, policy=default)
        page = message.get_body(("html",)) if message.is_multipart() else message
    except (MessageError, RecursionError) as error:
        return {"refused": f"its parts can't be told apart ({type(error).__name__})"}
    if page is None or page.get_content_type() not in ("text/html", "application/xhtml+xml"):
        return {"refused": "it holds no web page"}
    found = read_page(_markup(page))
    if found["no_article"] or not found["text"]:
        return {"refused": found["no_article"] or "no article text was found in the page"}
    address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    return {
        "title": found["title"],
        "text": found["text"],
        "author": found["author"],
        "source": found["source"],
        "language": found["language"],
        "url": found["url"] or (address if address.startswith(("http://", "https://")) else None),
        "published": next((date for date in found["dates"] if _is_date(date)), None),
    }


def _markup(page: MIMEPart) -> bytes:
    """The page's bytes, converted to UTF-8 with a byte order mark if the archive declares their encoding,
    because the page may still declare its original one."""
    content = page.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    if charset := page.get_content_charset():
        try:
            return BOM_UTF8 + content.decode(charset).encode()
        except (LookupError, ValueError):
            return content
    return content


def _is_date(said: str) -> bool:
    try:
        parse_moment(said)
    except ValueError:
        return False
    return True
