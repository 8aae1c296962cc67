"""Measure how well copies of a report and reports of one event are grouped, by pairs.

    python -m benchmarks.stories [--judged ARTICLES.jsonl.gz ...]

Over all pairs of `stories.jsonl`: copies are recognised by the words of their passages, as for the "also in"
of an answer, and reports of one event by the packaged model's vectors of their beginnings. With --judged,
also the pairs of `event_pairs.jsonl`, whose articles are in those files (RealTimeQA and MultiHop-RAG; their
texts are not part of the project). Printed by half: pairs joined rightly, joined wrongly and left apart,
precision and recall, and every pair that was joined wrongly; then the kinds of changes in the copies that
were missed.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.customers import copies_of, with_another_number
from corpus.article import Article
from corpus.dates import parse_moment
from retrieval.collection.passage import Passage, split_article
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.stories.copies import same_words
from retrieval.stories.events import beginning, event_vectors, group_by_event

STORIES = Path(__file__).with_name("stories.jsonl")
"""Rows of our own writing: the `report` of an outlet, a `rewrite` by another one (only in English), and in
many a `near_miss` about another event. Rewrites come 3 to 12 hours after the report, near misses 12 to 35.
The rule for copies was made on `split` "tune"; for events thresholds came from either half in turn
(`docs/retrieval.md`)."""
PAIRS = Path(__file__).with_name("event_pairs.jsonl")
"""Pairs of similar articles by different outlets, at most four days apart, judged by hand. Pairs for which it
was unclear whether they are of one event were left out. Of each kind, every second pair is "tune"."""
ROUND_UP = 6
"""The reports in one long article of several passages, whose boundaries shift with every change."""
HALVES = ("tune", "held")

Row = Mapping[str, Any]


@dataclass(slots=True)
class InMemoryMeter:
    """Counts the results of pairs."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    def count(self, name: str, *, joined: bool, same: bool) -> None:
        """Count one pair."""
        self.right += joined and same
        self.wrong += joined and not same
        self.missed += same and not joined
        if joined and not same:
            self.faults.append(name)

    def __str__(self) -> str:
        """The figures in a line."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return (
            f"{self.right} joined rightly, {self.wrong} wrongly, {self.missed} left apart: "
            f"precision {precision:.3f}, recall {recall:.3f}"
        )


def article_of(name: str, fields: Row, language: str) -> Article:
    """An article of the stories or of a set."""
    published = fields.get("published")
    return Article(
        name,
        fields["title"],
        fields["text"],
        fields["source"],
        language=language,
        published=parse_moment(published) if published else None,
    )


def joined_by_words(first: Article, second: Article) -> bool:
    """Whether a passage of one is a copy of a passage of the other."""
    return any(same_words(one, other) for one in _passages(first) for other in _passages(second))


def copies(rows: Sequence[Row]) -> tuple[InMemoryMeter, Counter[str], Counter[str]]:
    """The results of reports and round-ups against their customers' copies, and of all other pairs; then the
    number of copies of each kind, and how many of them were missed."""
    tally, made, missed = InMemoryMeter(), Counter[str](), Counter[str]()
    originals = [article_of(row["id"], row["report"], row["language"]) for row in rows]
    for language in ("en", "ko", "ja"):
        some = [one for one in originals if one.language == language]
        for at in range(0, len(some) - ROUND_UP + 1, ROUND_UP):
            reports = some[at : at + ROUND_UP]
            text = "\n\n".join(one.text for one in reports)
            originals.append(Article(f"{reports[0].id}-on", "Round-up", text, "Wire", language=language))
    others = [
        article_of(f"{row['id']}/{kind}", row[kind], row["language"])
        for row in rows
        for kind in ("rewrite", "near_miss")
        if kind in row
    ]
    for number, original in enumerate(originals):
        for kind, copy in copies_of(original, number):
            joined = joined_by_words(original, copy)
            made[kind] += 1
            missed[kind] += not joined
            tally.count("", joined=joined, same=True)
        wrong = with_another_number(original, number)
        if wrong is not None and original.title != "Round-up":  # the other reports of a round-up are copies
            tally.count(f"{original.id}, another number", joined=joined_by_words(original, wrong), same=False)
    reports = [one for one in originals if one.title != "Round-up"]
    for first, second in combinations([*reports, *others], 2):
        tally.count(f"{first.id}, {second.id}", joined=joined_by_words(first, second), same=False)
    return tally, made, missed


def told_of_events(
    model: OnnxEmbedder, articles: Sequence[Article], pairs: Mapping[tuple[int, int], bool]
) -> InMemoryMeter:
    """The results for pairs of article numbers, with whether the two articles are of one event."""
    titles = model.embed_passages([one.title for one in articles]).vectors
    beginnings = model.embed_passages([beginning(one) for one in articles]).vectors
    vectors = event_vectors(np.asarray(titles, np.float32), np.asarray(beginnings, np.float32))
    tally = InMemoryMeter()
    for (first, second), same in pairs.items():
        both = [articles[first], articles[second]]
        joined = len(group_by_event(both, vectors[[first, second]])) == 1
        tally.count(
            f"{both[0].id} {both[0].title!r}, {both[1].id} {both[1].title!r}", joined=joined, same=same
        )
    return tally


def own_events(model: OnnxEmbedder, rows: Sequence[Row]) -> InMemoryMeter:
    """The results for all pairs of the stories' articles."""
    articles = [
        article_of(f"{row['id']}/{kind}", row[kind], row["language"])
        for row in rows
        for kind in ("report", "rewrite", "near_miss")
        if kind in row and row["language"] == "en"
    ]
    story = [one.id.replace("/report", "").replace("/rewrite", "") for one in articles]
    places = combinations(range(len(articles)), 2)
    return told_of_events(model, articles, {both: story[both[0]] == story[both[1]] for both in places})


def judged_events(model: OnnxEmbedder, labels: Sequence[Row], files: Sequence[Path]) -> InMemoryMeter:
    """The results for the pairs judged by hand for which the files have both articles."""
    ids = {one[side] for one in labels for side in ("first", "second")}
    articles = [one for file in files for one in _read(file) if one.id in ids]
    place = {one.id: number for number, one in enumerate(articles)}
    pairs = {
        (place[one["first"]], place[one["second"]]): bool(one["one_event"])
        for one in labels
        if one["first"] in place and one["second"] in place
    }
    return told_of_events(model, articles, pairs)


def half(labels: Sequence[Row], split: str) -> list[Row]:
    """Every second pair of those that are of one event, and of those that are not."""
    sides = ([one for one in labels if one["one_event"] is same] for same in (True, False))
    return [one for side in sides for one in side[HALVES.index(split) :: 2]]


def read_rows(file: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _read(file: Path) -> Iterator[Article]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield article_of(row["id"], row, "en")


def _passages(article: Article) -> list[Passage]:
    return [Passage(article, start, end) for start, end in split_article(article).passages]


def main() -> None:
    """Count the pairs of both halves."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--judged", type=Path, nargs="*", default=())
    parser.add_argument("--split", action="append", help="only this half")
    call = parser.parse_args()
    model = OnnxEmbedder()
    for split in call.split or HALVES:
        rows = [row for row in read_rows(STORIES) if row["split"] == split]
        began = time.perf_counter()
        tally, made, missed = copies(rows)
        print(f"{split}: copies: {tally} ({time.perf_counter() - began:.0f} s)")
        print(f"    missed: {', '.join(f'{kind} {missed[kind]} of {made[kind]}' for kind in made)}")
        tallies = {"copies": tally, "events, our stories": own_events(model, rows)}
        if call.judged:
            tallies["events, judged"] = judged_events(model, half(read_rows(PAIRS), split), call.judged)
        for name, one in tallies.items():
            if name != "copies":
                print(f"{split}: {name}: {one}")
            print("".join(f"    {name}, wrongly: {fault}\n" for fault in one.faults), end="", flush=True)


if __name__ == "__main__":
    main()
