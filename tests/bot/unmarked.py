"""What is left of a text without the signs of Markdown and of addresses, worked out place by place."""

import re
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from bot.answers.answer import Quote

_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\((?:https?://|mailto:|/|#)[^()\s]{0,1000}\)")
_ESCAPES = re.compile("(?:%[0-9A-F][0-9A-F]){1,40}")


def expected(text: str, *, begins: bool = True) -> str:
    """The text as it is to be shown."""
    return "".join(words for _, words in _read(text, begins=begins))


def expected_pieces(quote: Quote) -> list[tuple[str, bool]]:
    """The quote's characters as they are to be shown, each with whether it is marked."""
    marks = [marked for piece, marked in quote.marked() for _ in piece]
    begins = quote.article.text[: quote.start][-1:] in ("", "\n")
    return [(words, marks[at]) for at, words in _read(quote.text, begins=begins)]


def stands_in(read: Sequence[tuple[str, bool]], whole: Sequence[tuple[str, bool]]) -> bool:
    """Whether these characters, each bold or not, stand so in the whole."""
    words, found = ("".join(c for c, _ in one) for one in (whole, read))
    at = words.find(found)
    while at >= 0 and whole[at : at + len(read)] != read:
        at = words.find(found, at + 1)
    return at >= 0


def _read(text: str, *, begins: bool) -> list[tuple[int, str]]:
    """What is shown of the text, each piece with the place of its first character."""
    made: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        gone, words = _sign(text, at, starts=text[at - 1] == "\n" if at else begins)
        if gone:
            made.append((at, words))
        elif link := _LINK.match(text, at):
            made += [(place, text[place]) for place in range(*link.span(1))]
            gone = link.end() - at
        elif escapes := _ESCAPES.match(text, at):
            gone = escapes.end() - at
            made += _unescaped(text, at, escapes.end())
        else:
            made.append((at, text[at]))
        at += gone or 1
    return made


def _unescaped(text: str, start: int, end: int) -> list[tuple[int, str]]:
    before = text[:start].rsplit(None, 1)[-1] if text[:start][-1:].strip() else ""
    after = text[end:].split(None, 1)[0] if text[end:][:1].strip() else ""
    token = before + after
    stays = [(place, text[place]) for place in range(start, end)]
    if (
        "/" in token
        or "www." in token
        or (text[:start][-1:].isdigit() and text[start + 1 : start + 3].isdigit())
    ):
        return stays
    words = unquote_to_bytes(text[start:end]).decode(errors="replace")
    fine = "\ufffd" not in words and words.isprintable() and not re.search("[A-Za-z0-9]", words)
    return [(start, words)] if fine else stays


def _sign(text: str, at: int, *, starts: bool) -> tuple[int, str]:
    """How many characters a sign there has, and what is shown of it; 0 where there is none."""
    rest = text[at:]
    line = rest.split("\n")[0]
    body = line.lstrip(" \t")
    indent = len(line) - len(body)
    signs = len(body) - len(body.lstrip("#"))
    if starts and 1 <= signs <= 6 and indent <= 3 and _words_after(body, signs):
        return len(line) - len(body[signs:].lstrip()), ""
    if starts and body[:1] in ("-", "*", "+") and indent <= 12 and _words_after(body, 1):
        return len(line) - len(body[1:].lstrip()), "• "
    if rest[:1] == "\n":
        empty = rest[: len(rest) - len(rest.lstrip())]
        return (empty.rindex("\n") + 1, "\n") if empty.count("\n") > 1 else (0, "")
    return 0, ""


def _words_after(body: str, signs: int) -> bool:
    return body[signs : signs + 1] in (" ", "\t") and bool(body[signs:].strip())
