"""Live blogs: each update with its own time and heading, so that a quote of one says when it was so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.dates import day_in_words, parse_moment
from corpus.readers.pages.json_ld import Node, body_of, clean

UPDATES = 1000
"""Updates that are taken; a day of an election has 300."""
ENOUGH = 0.5
"""Share of the page's own text that the updates must have to be taken in its place: some sites give the first
sentence of each alone."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `moment` is None where its time is not said or not possible."""

    heading: str
    text: str
    moment: datetime | None

    @property
    def first_line(self) -> str:
        """`14 January 2026, 09:30 UTC: Bridge closed`, or as much of it as there is."""
        when = f"{day_in_words(self.moment)}, {self.moment:%H:%M} UTC" if self.moment else ""
        return ": ".join(part for part in (when, self.heading) if part)


def updates_of(article: Node) -> list[Update]:
    """The updates that the JSON-LD of a live blog has, in its order."""
    found = article.get("liveBlogUpdate")
    nodes = found if isinstance(found, list) else [found]
    return [update for node in nodes[:UPDATES] if isinstance(node, dict) for update in _update(node)]


def live_text(updates: Sequence[Update], introduction: str, page_text: str) -> str:
    """The text of a live blog: its updates, or what the page has with their times put before its headings.

    `introduction` is what the article says of itself; it stands first where the page has it too.
    """
    whole = "\n\n".join(
        "\n\n".join(part for part in (update.first_line, update.text) if part) for update in updates
    )
    if any(update.text for update in updates) and len(whole) >= ENOUGH * len(page_text):
        return f"{introduction}\n\n{whole}" if introduction else whole
    timed = {update.heading: update.first_line for update in updates if update.heading and update.moment}
    return "\n\n".join(timed.get(paragraph, paragraph) for paragraph in page_text.split("\n\n"))


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
