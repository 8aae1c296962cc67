"""Converts Markdown to plain text, without the markup of links, emphasis, pictures and templates.

Uses markdown-it-py, which rich depends on too. Headings keep their markup, by which the search knows that
they are no sentences. So do lists and indented lines, because a sentence that begins with a year and a full
stop would be parsed as a list item and lose its year.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.html_text import html_to_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_LENGTH = 300_000
"""The most characters that are parsed: this takes five seconds in the worst case, and mostly half a second. A
longer text stays as it is."""

_MARKED = lazy_pattern(
    r"\]\(|\]\[|\[\[|\*\*|__|`|~~|!\[|\[\^|\{\{|\{[%:]|<!--|</?[a-z]|&\w+;|^>|^\|.*\||"
    r"^[ \t]*(?:[-*_][ \t]*){3,}$|(?<![\w*])[*_](?=\S)[^*_\n]+(?<=\S)[*_](?!\w)",
    re.IGNORECASE | re.MULTILINE,
)
"""Matches possible markup: most texts have none, and are not parsed."""
_NOT_READ = lazy_pattern(
    r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|\{:[^{}\n]{0,200}\}|!\[\[[^\[\]\n]{0,300}\]\]|"
    r"^\[\^[^\]\s]{1,30}\]:[ \t]*|\[\^[^\]\s]{1,30}\]|~~(?=\S)[^~\n]{1,500}~~",
    re.DOTALL | re.MULTILINE,
)
"""Matches templates of Hugo and Jekyll, attributes of kramdown, embeds of Obsidian, marks of footnotes, and
struck-out words."""
_NOTE_LINK = lazy_pattern(r"\[\[(?:[^\[\]|\n]{0,300}\|)?([^\[\]|\n]{1,300})\]\]")
_OF_TABLES = lazy_pattern(r"(</?(?:table|thead|tbody|tr|t[hd][^<>]*)>)\n")


def markdown_to_text(text: str) -> str:
    """The words of the text with its line breaks; a text without markup is returned unchanged."""
    if len(text) > MAX_LENGTH or not _MARKED.search(text):
        return text
    rendered = _parser().render(_NOTE_LINK.sub(r"\1", _NOT_READ.sub("", text)))
    return html_to_text(_OF_TABLES.sub(r"\1", rendered), line_breaks=True)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # takes 0.05 s, and most files have no markup

    return MarkdownIt("commonmark").enable("table").disable(["list", "code", "heading"])
