"""What a person sees of a message of the bot's, and whether anything in it is more than it should be."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.answers.answer import Quote
from bot.discord.drawing.markup import timestamp
from corpus.article import Article
from corpus.text import visible
from tests.bot.unmarked import expected_pieces, stands_in
from tools.local_discord import (
    BUTTON,
    LINK_STYLE,
    TEXT_DISPLAY,
    MarkdownNode,
    MessageFlag,
    Payload,
    check_layout_bytes,
    message_problems,
    parse_markdown,
    plain_text,
    walk_components,
)
from tools.local_discord import walk_markdown as nodes_of

TEXT_LIMIT = 4000
LABEL_LIMIT = 80
ID_LIMIT = 100
URL_LIMIT = 512
OURS = frozenset({"text", "strong", "link", "heading", "subtext", "quote", "timestamp"})
"""What the bot formats on purpose. Code is a generation's name or a bar, where a test expects it."""

_ADDRESS = re.compile(r"://|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?]\S*)?$", re.IGNORECASE | re.ASCII)
"""What a reader takes for where a link leads: a scheme, or a name that ends as those of hosts do."""


def check_sound(
    components: Sequence[Payload],
    articles: Collection[Article] = (),
    *,
    files: Collection[str] = (),
    code: bool = False,
) -> list[MarkdownNode]:
    """Fail where the message breaks a limit, could ping, forges a link or shows a date that is none of the
    articles'; the nodes of its texts."""
    body: Payload = {"flags": int(MessageFlag.COMPONENTS_V2), "components": list(components)}
    assert not message_problems(body, None, set(files))
    check_layout_bytes(components)
    addresses = {_comparable(article.url) for article in articles if article.url}
    moments = (
        {
            timestamp(moment)[3:].partition(":")[0]
            for article in articles
            if article.published
            for moment in (article.published, datetime.combine(article.published.date(), time(12), UTC))
        }
        if not code
        else None
    )
    shown: list[MarkdownNode] = []
    units = 0
    for _, component in walk_components(components):
        if component["type"] == BUTTON:
            _check_button(component, addresses)
        elif component["type"] == TEXT_DISPLAY:
            units += len(component["content"].encode("utf-16-le")) // 2
            shown += parse_markdown(component["content"])
    assert units <= TEXT_LIMIT
    for node in nodes_of(shown):
        assert node.kind in OURS or (code and node.kind == "code"), node
        if node.kind == "link":
            assert _comparable(node.detail) in addresses, node
            label = plain_text(node.children)
            host = urlsplit(node.detail).hostname or ""
            assert not _ADDRESS.search(label) or _same_host(label, host), node
        if node.kind == "timestamp" and moments is not None:
            assert node.text in moments, node
    return shown


def _check_button(button: Payload, addresses: Collection[str]) -> None:
    label = button.get("label") or ""
    assert len(label.encode("utf-16-le")) // 2 <= LABEL_LIMIT
    assert len(button.get("custom_id") or "") <= ID_LIMIT
    if button["style"] == LINK_STYLE:
        assert len(button["url"]) <= URL_LIMIT
        assert _comparable(button["url"]) in addresses, button
        assert label.endswith(_host(button["url"]).removeprefix("www.")[:20]) or "…" in label, button


def _comparable(address: str) -> str:
    """An address without what a link to a passage adds to it, as it is however it was encoded."""
    page = address.partition(":~:")[0].removesuffix("#")
    parts = urlsplit(page)
    port = f":{parts.port}" if parts.port is not None else ""
    return unquote(parts._replace(netloc=_ascii(parts.hostname or "") + port).geturl()).removesuffix("#")


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _same_host(label: str, host: str) -> bool:
    return re.sub(r"\W", "", label) == re.sub(r"\W", "", host.replace("_", "ˍ"))


def seen(nodes: Sequence[MarkdownNode]) -> str:
    """All that is read, in one line."""
    return " ".join(plain_text(nodes).split())


def quotes_in(nodes: Sequence[MarkdownNode]) -> list[MarkdownNode]:
    """The block quotes, in order."""
    return [node for node in nodes_of(nodes) if node.kind == "quote"]


def check_verbatim(shown: MarkdownNode, quote: Quote) -> None:
    """Fail unless the block quote's characters stand so in the quote, and are bold where they are marked;
    only the signs of headings are left out."""
    pieces = expected_pieces(quote)
    wanted = [(c, marked) for piece, marked in pieces for c in visible(piece) if not c.isspace()]
    read = list(_read(shown.children, bold=False))
    assert read, shown
    assert stands_in(read, wanted), (shown, quote.marked())
    # The same with white space, which can't be told to be bold or not.
    whole = _trimmed(visible("".join(piece for piece, _ in pieces)))
    assert _trimmed(plain_text(shown.children)) in whole, (shown, quote.text)


def _read(nodes: Sequence[MarkdownNode], *, bold: bool) -> Iterator[tuple[str, bool]]:
    for node in nodes:
        if node.children:
            assert node.kind == "strong", node
            yield from _read(node.children, bold=True)
        else:
            yield from ((c, bold) for c in node.text if not c.isspace())


def _trimmed(text: str) -> str:
    """As a client shows it: without spaces before a line's end, or around the whole."""
    return re.sub(r" +\n", "\n", text).strip()


def components_of(view: Any) -> list[Payload]:
    """A view's components, as they are sent."""
    made: list[Payload] = view.to_components()  # discord.py gives it no types
    return made
