"""Maps a row of JSON, CSV or front matter to the fields of an article, by the names of its fields."""

import html
import re
from collections.abc import Iterable, Mapping

from corpus.article_fields import kind_of
from corpus.errors import BadArticle
from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.html_text import html_to_text
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.rows.known_names import NAMES, SUMMARIES, plain_name
from corpus.readers.rows.site_time import in_site_time
from corpus.readers.rows.text_blocks import block_text
from corpus.text import one_line

INNER = (
    "name", "rendered", "value", "text", "plain", "html", "_", "#text", "$t", "@value", "$oid", "main",
    "original", "@id", "href", "url", "content", "title", "basic", "$date", "$numberLong",
)  # fmt: skip
"""Keys of the value that an object stands for, as the outlet's name in `{"name": …}`."""
WRAPPERS = ("_source", "attributes", "fields", "node", "article", "object", "data")
"""Keys of the object that contains an item's fields, in Elasticsearch, JSON:API, the Guardian's API, GraphQL,
ActivityStreams and common APIs."""
NAMES_SHOWN = 12
"""The most fields that are listed when none of them is the text."""

_DRAFTS = frozenset(
    "draft auto-draft pending private future scheduled trash unpublished withheld canceled".split()
)
"""States of an unpublished post in publishing systems."""
_ENTITY = lazy_pattern(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_MARKUP = lazy_pattern(
    r"<!--|<(?:p|br|hr|img)(?:\s+[a-z-]+\s*=[^<>]*|\s*/?)>|</(?:p|div|span|a|b|i|u|s|em|strong|h[1-6]|ul|ol|li|"
    r"table|tr|td|th|blockquote|figure|figcaption|section|article|iframe|script|style|small|su[bp]|font|center|"
    r"pre|code|cite|q|body|html|header|footer|main|aside|nav|video|audio|picture|svg|form|button)\s*>",
    re.IGNORECASE,
)
"""Matches what occurs only in HTML: a comment, a paragraph, a line break, a picture, an end tag. A lone `<`
is text."""
_REST = lazy_pattern(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*\Z")
"""Matches the mark of an API at the end of a text that it cut off."""
_BY = lazy_pattern(r"by\s+(?=\S)", re.IGNORECASE)
_LOCALE = lazy_pattern(
    r"(?:[a-z]{2,3}[-_][A-Z]{2}|ar|cs|da|de|el|en|es|fi|fr|he|hi|it|ja|ko|nl|no|pl|pt|ru|sv|th|tr|uk|vi|zh)"
)
"""Matches a language code as the key of a translation, but not keys such as `by`, `id` and `to`."""
_REMOVED = frozenset(("[removed]", "[deleted]"))
"""Placeholders of APIs for an article, or each of its fields, that was withdrawn."""
_ADDRESS = lazy_pattern(r"https?://\S+", re.IGNORECASE)
_LINKED = lazy_pattern(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
"""Matches a name that links to a page of a notebook: `[[Ada Kim]]`."""


def article_fields(
    row: Mapping[str, object], options: ReadingOptions = NO_READING_OPTIONS, *, markup: bool = True
) -> dict[str, object]:
    """The fields of the row for `make_article`. Values are unpacked from objects, and HTML is converted to
    text if `markup` is set. `options.fields` takes precedence over the known names.

    Raises BadArticle for a draft, and if there is no text, with the names of the fields.
    """
    row = unwrapped(row, options)
    known = _by_plain_name(row)
    if reason := _unpublished(known):
        raise BadArticle(reason)
    fields = {name: _first(_candidates(name, row, known, options)) for name in NAMES}
    if fields["text"] is None:
        empty = any(
            known_as == "" for name, known_as in row.items() if plain_name(str(name)) in NAMES["text"]
        )
        raise BadArticle("its text is empty" if empty else f"it has no text: {_seen(row)}")
    if markup:
        fields["text"] = _text(fields["text"])
        if isinstance(fields["text"], str) and fields["text"].strip().lower() in _REMOVED:
            raise BadArticle("its publisher has taken it back and left no text")
    for name in NAMES:
        value = fields[name]
        if isinstance(value, list) and name not in ("text", "author"):
            fields[name] = _first(value)
    for name in ("title", "source"):
        fields[name] = plain_line(fields[name])
    fields["author"] = without_by(_named_author(fields["author"], row))
    fields["published"] = in_site_time(fields["published"], known)
    _name_outlet(fields)
    return fields


def plain_line(value: object) -> object:
    """A string as one line without markup and entities; any other value unchanged."""
    if not isinstance(value, str):
        return value
    return one_line(_resolved(value)) if "<" in value or "&" in value else value


def has_text(row: Mapping[str, object], options: ReadingOptions = NO_READING_OPTIONS) -> bool:
    """Whether the row itself has a text under any of its names: then it is an article."""
    known = _by_plain_name(row)
    return _has_text(_candidates("text", row, known, options), known)


def has_whole_text(row: Mapping[str, object], options: ReadingOptions = NO_READING_OPTIONS) -> bool:
    """Whether that text is more than a description, which a list of articles may have too."""
    known = {name: value for name, value in _by_plain_name(row).items() if name not in SUMMARIES}
    return _has_text(_candidates("text", {}, known, options), known)


def has_title(row: Mapping[str, object], options: ReadingOptions = NO_READING_OPTIONS) -> bool:
    """Whether the row has a title, as articles do and comments do not."""
    known = _by_plain_name(unwrapped(row, options))
    return any(isinstance(_inner(value), str) for value in _candidates("title", {}, known, options))


def unwrapped(
    row: Mapping[str, object], options: ReadingOptions = NO_READING_OPTIONS
) -> Mapping[str, object]:
    """The row merged with an object under one of the WRAPPERS, if it has no text of its own."""
    for name in WRAPPERS:
        inner = row.get(name)
        if isinstance(inner, Mapping):
            others = {key: value for key, value in row.items() if key != name}
            if not has_text(others, options) and (has_text(inner, options) or not has_text(row, options)):
                return others | dict(inner)
    return row


def _by_plain_name(row: Mapping[str, object]) -> dict[str, object]:
    """The row by normalised names; of two equal names, the first."""
    known: dict[str, object] = {}
    for name, value in row.items():
        if value is not None and value != "":
            known.setdefault(plain_name(str(name)), value)
    if isinstance(encoded := row.get("content:encoded"), str):
        known["contentencoded"] = encoded
    return known


def _candidates(
    name: str, row: Mapping[str, object], known: Mapping[str, object], options: ReadingOptions
) -> list[object]:
    """The values under a field's names, the best name first."""
    found: list[object] = []
    if theirs := options.fields.get(name):
        found += row.get(theirs), known.get(plain_name(theirs)), _along(row, theirs.split("."))
    # Exact names come first: "id" beside "_id" was written for Newsdesk.
    found.append(row.get(name))
    found += [known[other] for other in NAMES[name] if other in known]
    return [value for value in found if value is not None]


def _along(row: object, path: Iterable[str]) -> object:
    for step in path:
        row = row.get(step) if isinstance(row, Mapping) else None
    return row


def _has_text(values: Iterable[object], known: Mapping[str, object]) -> bool:
    """Whether one of the values is a text. Blocks count only beside a title: otherwise they are rows of their
    own."""
    titled = any(name in known for name in NAMES["title"])
    return any(_is_text(value) or (titled and block_text(_inner(value)) is not None) for value in values)


def _is_text(value: object) -> bool:
    value = _inner(value)
    pieces = value if isinstance(value, list) else [value]
    whole = [piece if isinstance(piece, str) else _inner(piece) for piece in pieces]
    # Objects among strings are formatted parts of a line; objects alone may be anything.
    return any(isinstance(one, str) and one for one in pieces) and all(isinstance(one, str) for one in whole)


def _first(values: Iterable[object]) -> object:
    """The first non-empty value, unpacked from its object; an object only if there is nothing else, for the
    caller to examine or refuse."""
    whole: object = None
    for value in values:
        inner = _inner(value)
        if isinstance(inner, Mapping):
            whole = whole or inner
        elif inner not in (None, "", []) and not isinstance(inner, bool):
            return inner
    return whole


def _inner(value: object) -> object:
    for _ in range(3):
        if not isinstance(value, Mapping):
            break
        if value and all(_LOCALE.fullmatch(str(name)) for name in value):
            value = next(iter(value.values()))  # its first language
            continue
        names = [name for name in INNER if value.get(name) not in (None, "")]
        if not names or "givenName" in value or "first_name" in value:
            break
        if names[0] == "content" and not isinstance(value["content"], str):
            break  # blocks, which are examined as a whole
        value = value[names[0]]
    return value.strip() if isinstance(value, str) else value


def _text(value: object) -> object:
    if blocks := block_text(value):
        return "\n\n".join(_resolved(block) for block in blocks)
    if isinstance(value, list):
        pieces = [one if isinstance(one, str) else _inner(one) for one in value]
        if other := next((piece for piece in pieces if not isinstance(piece, str)), None):
            raise BadArticle(f"its text is a list that holds {kind_of(other)}, not a text")
        # Strings among objects are one line with formatted parts; strings alone are paragraphs.
        between = "" if any(isinstance(one, Mapping) for one in value) else "\n\n"
        return between.join(_resolved(piece) for piece in pieces if isinstance(piece, str)).strip()
    return _without_rest(_resolved(value)) if isinstance(value, str) else value


def _without_rest(text: str) -> str:
    # The pattern is only tried where it can match: it starts at every white space of the text.
    return _REST.sub("…", text) if text.endswith("chars]", 0, len(text.rstrip())) else text


def _resolved(text: str) -> str:
    """The text without markup and entities. A text that was escaped as a whole still counts as HTML;
    characters that are escaped within HTML are text."""
    if "&lt;" in text and not _MARKUP.search(text):
        text = _without_entities(text)
    if _MARKUP.search(text):
        text = html_to_text(text)
    # Double escaping is common, and text about entities is rare.
    return _without_entities(_without_entities(text))


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _named_author(author: object, row: Mapping[str, object]) -> object:
    """The author, or if it is only a number, those that WordPress embeds beside it."""
    if not isinstance(author, int):
        return author
    embedded = _along(row, ("_embedded", "author"))
    return [one for one in embedded if _is_named(one)] or None if isinstance(embedded, list) else None


def _is_named(author: object) -> bool:
    return isinstance(author, Mapping) and bool(author.get("name"))


def _name_outlet(fields: dict[str, object]) -> None:
    """Use an outlet that is an address as the article's address, and drop one that is a number."""
    source = fields["source"]
    if isinstance(source, str) and _ADDRESS.fullmatch(source):
        fields["url"] = fields["url"] or source
        fields["source"] = None
    elif isinstance(source, int):
        fields["source"] = None


def without_by(value: object) -> object:
    """The author or authors without the "By" of a byline, markup, and links of a notebook."""
    if isinstance(value, list):
        return [without_by(one) for one in value]
    if isinstance(value, str):
        line = _LINKED.sub(r"\1", str(plain_line(value)))
        return _BY.sub("", str(line), count=1) if _BY.match(str(line)) else line
    return value


def _unpublished(known: Mapping[str, object]) -> str | None:
    if _is(known.get("draft"), True) or _is(known.get("isdraft"), True):
        return "it is a draft"
    if _is(known.get("published"), False) or _is(known.get("ispublished"), False):
        return "it is not published"
    for name in ("status", "poststatus", "pubstatus", "workflowstate"):
        state = known.get(name)
        if isinstance(state, str) and state.strip().lower() in _DRAFTS:
            return f"it is not published (its {name} is {state.strip().lower()})"
        if state is False:
            return f"it is not published (its {name} is false)"
    return None


def _is(value: object, wanted: object) -> bool:
    return value is wanted or (isinstance(value, str) and value.strip().lower() == str(wanted).lower())


def _seen(row: Mapping[str, object]) -> str:
    names = [str(name)[:40] for name in row]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    if not names:
        return "it has no field at all"
    listed = ", ".join(names[:NAMES_SHOWN]) + more
    return f"its fields are {listed}"
