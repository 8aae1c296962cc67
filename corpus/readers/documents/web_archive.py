"""From a web page in one file (MHTML, RFC 2557) to its article. Runs in the worker process alone."""

import email
from codecs import BOM_UTF8
from email.errors import MessageError
from email.message import MIMEPart
from email.policy import default

from corpus.dates import parse_moment
from corpus.readers.parsing.html_page import read_page


def read_archive(content: bytes) -> dict[str, object]:
    """The fields of the page's article; `refused` is why there is none. What it shows beside the page itself,
    as frames and pictures, is not read."""
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
    """The page's bytes; in UTF-8 and marked as that where the archive says their encoding, as the page may
    name the one that it once had."""
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
