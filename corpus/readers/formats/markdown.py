"""Articles from Markdown and plain text files with YAML front matter."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document, Format

FILE_LIMIT = 10 * 1024 * 1024
"""Bytes of a whole file that is read at once; twice the longest text that is taken."""
FRONT_MATTER_LIMIT = 16 * 1024
"""Bytes; front matter is a few lines, and YAML's aliases can grow a small text without end."""

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r"\A#[ \t]+(\S[^\n]*)\n+")


class _NoAliases(yaml.SafeLoader):
    """YAML without aliases: nothing in front matter needs them, and they are how it explodes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)


def read_markdown(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The one article of the file, or the problem with it.

    Without a title, a first-level heading at the top is taken (and left out of the text, so that it is not
    quoted as a sentence).
    """
    where = document.where
    try:
        text = _read(document.path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        fields, body = _split(text)
        if not fields.get("title") and (heading := _HEADING.match(body.lstrip("\n"))):
            fields["title"] = _without_closing(heading[1])
            body = body.lstrip("\n")[heading.end() :]
        fields["text"] = body
        article, left_out = make_article(
            fields,
            collection=collection,
            fallback_id=document.name,
            fallback_source=document.source,
        )
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        yield None, Problem(where, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8", line)
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        yield (
            None,
            Problem(where, f"its front matter is not valid YAML: {reason}", mark.line + 2 if mark else 1),
        )
    except (ValueError, RecursionError) as error:
        yield None, Problem(where, f"its front matter can't be read: {str(error)[:80]}", 1)
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    else:
        yield from ((None, Problem(where, reason, refused=False)) for reason in left_out)
        yield None, article


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if size > FILE_LIMIT:
        raise BadArticle(f"the file has {size:,} bytes, more than the {FILE_LIMIT:,} allowed")
    return path.read_bytes()


def _split(text: str) -> tuple[dict[str, object], str]:
    fence = _FENCE.match(text)
    if not fence:
        if _OPENING.match(text):
            raise BadArticle("its front matter opens with --- and is never closed")
        return {}, text
    if len(fence[1].encode(errors="replace")) > FRONT_MATTER_LIMIT:
        raise BadArticle(f"its front matter is longer than {FRONT_MATTER_LIMIT // 1024} kB")
    try:
        fields = yaml.load(fence[1], Loader=_NoAliases)  # noqa: S506 - a SafeLoader that refuses even more
    except (LookupError, AttributeError, TypeError) as error:  # `!!int ""`, `!!bool x`, `!!timestamp x`
        raise BadArticle("its front matter has a value that does not fit its tag") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise BadArticle("its front matter is not a list of `name: value` lines")
    return {str(name): value for name, value in fields.items()}, text[fence.end() :]


def _without_closing(heading: str) -> str:
    """Without the hashes that may close a heading; those of `C#` are a part of its last word."""
    heading = heading.rstrip()
    opened = heading.rstrip("#")
    return opened.rstrip() if opened.endswith((" ", "\t")) else heading


FORMAT = Format(
    endings=(".md", ".markdown", ".txt"),
    media_types=("text/markdown", "text/x-markdown"),
    vague_media_types={"text/plain": ".txt"},
    read=read_markdown,
    declared_charset=True,
)
