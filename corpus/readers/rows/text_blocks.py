"""Extracts the text of an article stored as blocks: a list of typed paragraphs, as in Editor.js, ProseMirror,
Slate, Lexical, Portable Text, Drupal and Arc XP, each with its own names."""

from collections.abc import Iterator, Mapping

MAX_DEPTH = 12
"""The most nested blocks; a list in a list in a quotation has nine."""
_HOLDS = ("text", "value", "html", "rendered", "children", "content", "blocks", "root", "items", "data")
"""Keys of a block's text or of the blocks in it; the first non-empty one counts."""
_NO_TEXT = frozenset(
    "ad advert advertisement audio button code divider embed figure file gallery horizontalrule hr iframe "
    "image img interstitiallink linklist media oembedresponse photo picture quiz rawhtml reference related "
    "relatedlinks story tweet video".split()
)
"""Kinds of blocks that are not the article's own words."""
_INLINE = frozenset(
    "bold code emphasis hardbreak inline italic linebreak link mention span strong tab text".split()
)
"""Kinds of nodes within a line."""
_BREAKS = frozenset(("hardbreak", "linebreak"))
_TITLES = ("title", "headline", "headlines", "webTitle")
"""Keys that an article has and a block has not."""


def block_text(value: object) -> list[str] | None:
    """The text of each block, in its markup; None if the value is not made of blocks."""
    if isinstance(value, Mapping):
        inner = next((value[name] for name in _HOLDS if value.get(name)), None)
        if not isinstance(inner, (list, Mapping)):
            return None
        return block_text(inner) if isinstance(inner, Mapping) or _are_blocks(inner) else None
    if not _are_blocks(value):
        return None
    return [text for text in _paragraphs(value, 0) if text.strip()] or None


def _are_blocks(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and not any(map(one.get, _TITLES)) for one in value)
    )


def _paragraphs(blocks: object, depth: int) -> Iterator[str]:
    """The text of each innermost block, in order."""
    if depth > MAX_DEPTH or not isinstance(blocks, list):
        return
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif isinstance(block, list):  # a row of a table
            yield from _paragraphs(block, depth + 1)
        elif isinstance(block, Mapping) and _kind(block) not in _NO_TEXT:
            held = _held(block)
            if isinstance(held, str):
                yield held
            elif "list" not in _kind(block) and _is_line(held):
                yield "".join(_inline(held, depth))
            else:
                yield from _paragraphs(held, depth + 1)


def _held(block: Mapping[str, object]) -> object:
    for name in _HOLDS:
        held = block.get(name)
        if isinstance(held, Mapping):
            held = _held(held)
        if held:
            return held
    return None


def _is_line(held: object) -> bool:
    return isinstance(held, list) and all(isinstance(one, Mapping) and _kind(one) in _INLINE for one in held)


def _inline(nodes: object, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH or not isinstance(nodes, list):
        return
    for node in nodes:
        if isinstance(node, Mapping):
            held = _held(node)
            if _kind(node) in _BREAKS:
                yield "\n"
            elif isinstance(held, str):
                yield held
            else:
                yield from _inline(held, depth + 1)


def _kind(block: Mapping[str, object]) -> str:
    """The block's kind, normalised to lower-case letters; a node with only a text is inline."""
    said = next((block[name] for name in ("type", "_type", "kind", "nodeType") if block.get(name)), "")
    if not said and isinstance(block.get("text"), str):
        return "text"
    return "".join(letter for letter in str(said).casefold() if letter.isalpha())
