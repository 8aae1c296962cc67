"""Reads live blogs with the time and heading of each update, so that a quote of one includes its time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.dates import day_in_words, parse_moment
from corpus.readers.pages.json_ld import Node, body_of, clean
from corpus.readers.pages.page_blocks import own_paragraphs

MAX_UPDATES = 1000
"""The most updates; the day of an election has 300."""
MIN_UPDATES = 3
"""The least visible updates for a page without JSON-LD to be a live blog."""
MIN_CHARACTERS = 40
"""The least characters of an update; a teaser has only a time and a headline."""
MIN_SHARE = 0.5
"""The least length of the updates, as a share of the page's own text, to replace it: some sites have only the
first sentence of each update in JSON-LD."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `moment` is None if its time is missing or invalid."""

    heading: str
    text: str
    moment: datetime | None

    @property
    def first_line(self) -> str:
        """`14 January 2026, 09:30 UTC: Bridge closed`, without the parts that are missing."""
        when = f"{day_in_words(self.moment)}, {self.moment:%H:%M} UTC" if self.moment else ""
        return ": ".join(part for part in (when, self.heading) if part)


def updates_of(article: Node) -> list[Update]:
    """The updates in the JSON-LD of a live blog, in its order."""
    found = article.get("liveBlogUpdate")
    nodes = found if isinstance(found, list) else [found]
    return [update for node in nodes[:MAX_UPDATES] if isinstance(node, dict) for update in _update(node)]


def shown_updates(tree: Any) -> list[Update]:
    """The updates in a page's markup (an lxml tree without comments): sibling elements, each with one time,
    one heading without a link, and a text of its own."""
    for above in tree.iter("body", "main", "article", "section", "div", "ol", "ul"):
        found = [update for block in above for update in _shown(block)]
        if len(found) >= MIN_UPDATES and len({update.moment for update in found}) == len(found):
            return found[:MAX_UPDATES]
    return []


def live_text(updates: Sequence[Update], introduction: str, page_text: str) -> str:
    """The text of a live blog: its updates, or, if these are too short, the page's text with the times before
    its headings. `introduction` is the article's own text, which then comes first."""
    whole = "\n\n".join(
        "\n\n".join(part for part in (update.first_line, update.text) if part) for update in updates
    )
    if any(update.text for update in updates) and len(whole) >= MIN_SHARE * len(page_text):
        return f"{introduction}\n\n{whole}" if introduction else whole
    timed = {update.heading: update.first_line for update in updates if update.heading and update.moment}
    return "\n\n".join(timed.get(paragraph, paragraph) for paragraph in page_text.split("\n\n"))


def _shown(block: Any) -> Iterator[Update]:
    if block.tag not in ("article", "section", "div", "li"):
        return
    times = [time.get("datetime") for time in block.iter("time")]
    headings = [heading for name in ("h2", "h3", "h4") for heading in block.iter(name)]
    if len(times) != 1 or len(headings) != 1 or any(True for _ in headings[0].iter("a")):
        return
    try:
        moment = parse_moment(times[0])
    except ValueError:
        return
    heading = clean("".join(headings[0].itertext()))
    time_shown = clean("".join(next(block.iter("time")).itertext()))
    words = [line for line in own_paragraphs(block) if line not in (heading, time_shown)]
    if len(" ".join(words)) >= MIN_CHARACTERS:
        yield Update(heading, "\n\n".join(words), moment)


def _update(node: Node) -> Iterator[Update]:
    heading, text = clean(node.get("headline") or node.get("name")), body_of(node)
    moment = None
    for claim in (node.get("datePublished"), node.get("dateModified")):
        try:
            moment = parse_moment(claim)
            break
        except ValueError:
            continue
    if heading or text:
        yield Update(heading, text, moment)
