"""Measure the way from a list of feeds to answers: 30 feeds with 3,000 items on a local server.

    python -m benchmarks.polling HOME [--hash]

HOME must not exist yet. The list is added, polled again at once, and polled once more with every feed due.
Two feeds have only summaries, so their pages are fetched, with the usual pause between two requests to a
site. `--hash` embeds by hashing, to measure everything else. Printed as JSON: seconds of each step, the
numbers of responses with content and with "not modified", texts embedded, failures with their reasons, and an
answer.
"""

import argparse
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bot.answers.answer import Answer
from bot.cli.composition import load_model
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.polling.adding import add
from bot.polling.poller import Poller
from corpus.storage.store_records import Source
from corpus.web.web_fetcher import WebFetcher
from retrieval.models.model import Model, hash_model
from retrieval.models.packaged import PACKAGED
from retrieval.question.query import make_query

FEEDS, ITEMS = 30, 105
SUMMARIES = 2
"""Feeds with only summaries and fewer items: their pages are fetched one a second."""
PAGES = 30
DOWN = 1
"""Feeds that are down."""
SUBJECTS = "ferry bridge tram harbour museum orchestra library market stadium reservoir".split()
DEEDS = "opened closed moved burned flooded reopened doubled halved froze vanished".split()
PLACES = "Amberley Birchport Coldwater Dunmere Eastfold Fairhaven Greyston Hollowell Inverby Juniper".split()


class Newsagents:
    """The feeds of all hosts by path; requests are counted by their status."""

    def __init__(self, feeds: int = FEEDS, items: int = ITEMS, summaries: int = SUMMARIES) -> None:
        self.statuses: Counter[int] = Counter()
        self.pages: dict[tuple[str, str], tuple[str, bytes]] = {}
        self._feeds, self._summaries = feeds, summaries
        for number in range(feeds):
            self.write(number, PAGES if number < summaries else items)

    def write(self, number: int, count: int) -> None:
        """Set the number of a feed's items."""
        host = f"paper{number}.example"
        items = []
        for row in range(count):
            rng = random.Random(number * 1000 + row)
            what, deed, where = (rng.choice(words) for words in (SUBJECTS, DEEDS, PLACES))
            title = f"The {what} of {where} {deed} {row} times since {1900 + number}"
            text = f"{title}, said the council of {where} on Monday. " + " ".join(
                f"Inspector {rng.randrange(900)} counted {rng.randrange(9000)} visitors at the "
                f"{rng.choice(SUBJECTS)}, which {rng.choice(DEEDS)} in {rng.randrange(1900, 2026)}."
                for _ in range(6)
            )
            path = f"/{row}"
            whole = f"<content:encoded>{escape(f'<p>{text}</p>')}</content:encoded>"
            items.append(
                f"<item><title>{title}</title><link>http://{host}{path}</link><guid>{number}-{row}</guid>"
                f"<pubDate>Wed, 14 Jan 2026 0{row % 9}:00:00 GMT</pubDate>"
                f"{f'<description>{title}.</description>' if number < self._summaries else whole}</item>"
            )
            head, body = f"<head><title>{title}</title></head>", f"<article><p>{text}</p></article>"
            page = f"<html>{head}<body>{body}</body></html>"
            self.pages[host, path] = ("text/html", page.encode())
        feed = (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Paper {number}</title>{''.join(items)}</channel></rss>"
        )
        self.pages[host, "/feed"] = ("application/rss+xml", feed.encode())

    @property
    def opml(self) -> str:
        """The OPML list of the feeds, including those that are down."""
        names = [
            *(f"paper{number}" for number in range(self._feeds)),
            *(f"down{number}" for number in range(DOWN)),
        ]
        outlines = "".join(f'<outline xmlUrl="http://{name}.example/feed"/>' for name in names)
        return f'<opml version="2.0"><body>{outlines}</body></opml>'

    @contextmanager
    def served(self) -> Iterator[tuple[str, int]]:
        """Serve the feeds on this machine. Returns the address."""
        agents = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = agents.pages.get((self.headers["Host"], self.path), ("", b""))
                tag = f'"{sha256(body).hexdigest()[:16]}"'
                status = 404 if not kind else 304 if self.headers["If-None-Match"] == tag else 200
                if self.headers["Host"].startswith("down"):
                    status = 503
                if self.path != "/robots.txt":
                    agents.statuses[status] += 1
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body) if status == 200 else 0))
                self.end_headers()
                if status == 200:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Does nothing: the log is not needed."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield "127.0.0.1", server.server_port
        finally:
            server.shutdown()
            server.server_close()


def main() -> None:
    """Add the feeds, poll twice, and ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--hash", action="store_true", help="embed by hashing")
    call = parser.parse_args()
    if call.home.exists():
        parser.error(f"{call.home} is there already")
    model = hash_model() if call.hash else load_model(PACKAGED)
    home = Home(call.home)
    agents = Newsagents()
    with agents.served() as endpoint:
        fetcher = WebFetcher(resolve=lambda _host, _port: [endpoint], public=lambda _address: True)
        rows = [
            _added(home, model, agents, fetcher),
            _polled("a second poll at once", home, model, agents, fetcher, everything=False),
            _polled("a poll of every feed", home, model, agents, fetcher, everything=True),
        ]
    print(json.dumps([*rows, _asked(home, model)], indent=2))


def _added(home: Home, model: Model, agents: Newsagents, fetcher: WebFetcher) -> dict[str, object]:
    home.root.mkdir(parents=True)
    path = home.root / "feeds.opml"
    path.write_text(agents.opml)
    began = time.perf_counter()
    reloaded = partial(reload, home, lambda: model.embedder, progress=_quiet)
    report = add(home, [Source("news", str(path))], reloaded, fetcher=lambda: fetcher)
    return {
        "what": f"a list of {FEEDS + DOWN} feeds is added",
        "seconds": round(time.perf_counter() - began, 1),
        "of these reading and embedding": round(report.seconds, 1),
        "articles": sum(len(plan.new) for plan in report.plans),
        "embedded": report.embedded,
        "answers by status": dict(agents.statuses),
        "problems": [str(problem) for problem in report.problems],
    }


def _polled(
    what: str, home: Home, model: Model, agents: Newsagents, fetcher: WebFetcher, *, everything: bool
) -> dict[str, object]:
    agents.statuses.clear()
    poller = Poller(home, fetcher=lambda: fetcher)
    report = poller.round(
        partial(reload, home, lambda: model.embedder), _quiet, threading.Event(), everything=everything
    )
    return {
        "what": what,
        "seconds": round(report.seconds, 2),
        "asked": report.asked,
        "downloads": agents.statuses[200],
        "not modified": agents.statuses[304],
        "embedded": report.embedded,
        "failures": {one.source.location: one.reason for one in report.failures},
    }


def _asked(home: Home, model: Model) -> dict[str, object]:
    desk = Desk(home, model, print)
    desk.open()
    question = f"What happened to the {SUBJECTS[0]} of {PLACES[0]}?"
    began = time.perf_counter()
    answer = desk.ask(make_query(question, ("news",)))
    found = answer.quotes if isinstance(answer, Answer) else answer.nearest
    quotes = [quote.text[:200] for quote in found[:1]]
    return {"what": question, "milliseconds": round(1000 * (time.perf_counter() - began)), "quotes": quotes}


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Ignores progress."""


if __name__ == "__main__":
    main()
