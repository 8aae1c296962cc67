"""What a person sees of a message of the bot's, and whether anything in it is more than it should be."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.answers.answer import Quote
from corpus.article import Article
from corpus.text import visible
from tests.bot.slack.live import TOTAL
from tests.bot.unmarked import expected_pieces, stands_in
from tools.local_slack import blocks_total, check_said, load_description, parse_mrkdwn, text_of, walk_blocks
from tools.local_slack import walk_mrkdwn as nodes_of

Block = dict[str, Any]

RICH = frozenset({"text", "link", "date"})
"""What stands in rich text on purpose: no person, group, channel or emoji."""
MARKED = frozenset({"text", "link", "date"})
"""What stands in mrkdwn on purpose."""
WORDS_ALONE = frozenset({"text", "bold", "italic", "strike", "quote", "code", "fence", "emoji", "autolink"})
"""What a notification's text may be made of: it has no escape for the signs of formatting, and leads nowhere
beside blocks."""
DAY = 12 * 3600
"""Seconds from midnight to noon: a day without a time is sent as its noon."""

_DESCRIPTION = load_description()
_ADDRESS = re.compile(r"://|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?]\S*)?$", re.IGNORECASE | re.ASCII)
"""What a reader takes for where a link leads: a scheme, or a name that ends as those of hosts do."""


def check_sound(
    body: Mapping[str, Any], articles: Collection[Article] = (), *, ours: bool = False
) -> list[Block]:
    """Fail where a message breaks a limit, could ping, forges a link or shows a date that is none of the
    articles'; its blocks. `ours` is whether it has dates of the bot's own."""
    blocks: list[Block] = list(body["blocks"])
    assert not check_said(_DESCRIPTION, body)
    assert blocks_total(blocks) < TOTAL
    addresses = {_comparable(article.url) for article in articles if article.url}
    stamps = {int(article.published.timestamp()) for article in articles if article.published}
    stamps |= {stamp + DAY for stamp in stamps}
    days = (article.published.date() for article in articles if article.published)
    stamps |= {int(datetime.combine(day, time(12), UTC).timestamp()) for day in days}
    for node in nodes_of(parse_mrkdwn(body["text"])):
        assert node.kind in WORDS_ALONE, node
    for kind, label, target in _links(blocks):
        assert _comparable(target) in addresses, (kind, label, target)
        host = urlsplit(target).hostname or ""
        last = label.split(" · ")[-1]
        assert not _ADDRESS.search(label) or _same_host(last, host), (kind, label, target)
    for stamp in _stamps(blocks):
        assert stamp > 0
        assert ours or stamp in stamps, stamp
    return blocks


def _links(blocks: Sequence[Block]) -> Iterator[tuple[str, str, str]]:
    """What leads somewhere: its kind, what it shows, and where it leads. Fails for what may not be there."""
    for _, node in walk_blocks(blocks):
        match node.get("type"):
            case "rich_text_section" | "rich_text_quote":
                assert {one["type"] for one in node["elements"]} <= RICH, node
            case "link":
                yield "rich", node["text"], node["url"]
            case "button" if "url" in node:
                yield "button", node["text"]["text"], node["url"]
            case "button":
                assert node["action_id"].startswith("nd:")
            case "plain_text":
                assert node["emoji"] is False or len(node["text"]) <= 2, node
                assert node["text"] == visible(node["text"]) or node["text"] == " "
            case "mrkdwn":
                assert node["verbatim"] is True
                for one in nodes_of(parse_mrkdwn(node["text"], verbatim=True)):
                    assert one.kind in MARKED, one
                    if one.kind == "link":
                        yield "mrkdwn", one.text, one.detail


def _stamps(blocks: Sequence[Block]) -> Iterator[int]:
    for _, node in walk_blocks(blocks):
        if node.get("type") == "date":
            yield node["timestamp"]
        elif node.get("type") == "mrkdwn":
            for one in nodes_of(parse_mrkdwn(node["text"], verbatim=True)):
                if one.kind == "date":
                    yield int(one.detail.partition("^")[0])


def _comparable(address: str) -> str:
    """An address without what a link to a passage adds to it, as it is however it was encoded."""
    page = address.partition(":~:")[0].removesuffix("#")
    parts = urlsplit(page)
    return unquote(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl())


def _same_host(label: str, host: str) -> bool:
    def bare(words: str) -> str:
        return re.sub(r"[\Wˍ_]", "", words.removeprefix("www.")).casefold()

    return bare(label) == bare(host) or label.endswith("…")


def seen(blocks: Sequence[Block]) -> str:
    """All that is read, in one line."""
    return " ".join(text_of(blocks).split())


def quotes_in(blocks: Sequence[Block]) -> list[Block]:
    """The block quotes, in order."""
    return [node for _, node in walk_blocks(blocks) if node.get("type") == "rich_text_quote"]


def check_verbatim(shown: Block, quote: Quote) -> None:
    """Fail unless the block quote's characters stand so in the quote, and are bold where they are marked;
    only the signs of headings are left out."""
    wanted = [(c, marked) for piece, marked in expected_pieces(quote) for c in visible(piece)]
    read: list[tuple[str, bool]] = []
    for element in shown["elements"]:
        assert element["type"] == "text"
        style = element.get("style", {})
        assert style in ({}, {"bold": True}), element
        read += [(c, bool(style)) for c in element["text"]]
    assert stands_in(read, wanted), (shown, quote.marked())
