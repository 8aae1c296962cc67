"""What peers are given, and how figures are compared; the engines themselves are not installed here."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers.engine import MARK, rows_of
from benchmarks.peers.figures import MEASURES, Measure, better
from benchmarks.peers.material import make_material
from benchmarks.peers.report import cell

TIME = Measure("p50_ms", "a question", "{:.1f} ms")
RATE = Measure("together_per_s", "questions a second", "{:.1f}", less=False)
HIT = Measure("hit_3", "hit@3", "{:.3f}", less=False)


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    asked = [{"id": f"q-{name}", "question": f"{name}?", "evidence": [{"article_id": name}]} for name in "bc"]
    return lines(tmp_path / "asked.jsonl", asked)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    text = "The bridge over the Tarn was closed on Monday. " * 30
    return lines(tmp_path / "read.jsonl", [{"id": name, "text": f"{name} {text}"} for name in "abcd"])


@pytest.mark.parametrize(
    ("most", "kept", "asked"),
    [(4, ["b", "c", "a", "d"], ["q-b", "q-c"]), (3, ["b", "c", "a"], ["q-b", "q-c"]), (1, ["b"], ["q-b"])],
)
def test_articles_with_evidence_come_first_and_the_last_one_is_changed(
    most: int, kept: list[str], asked: list[str], articles: Path, questions: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "material"
    counts = make_material(articles, questions, folder, most)
    assert [row["id"] for row in rows_of(folder / "articles.jsonl")] == kept
    assert [row["id"] for row in rows_of(folder / "questions.jsonl")] == asked
    texts = {row["id"]: row["text"] for row in rows_of(articles)}
    passages = rows_of(folder / "passages.jsonl")
    assert len(passages) == counts["passages"] > len(kept)
    assert all(row["text"] in texts[row["article_id"]] and len(row["text"]) <= 900 for row in passages)
    changed = rows_of(folder / "changed.jsonl")
    assert {row["article_id"] for row in changed} == {counts["changed"]} == {kept[-1]}
    assert MARK in changed[-1]["text"]
    assert not any(MARK in row["text"] for row in passages)
    assert len(json.loads((folder / "chunks.json").read_text())) < counts["chunks"]


def test_without_a_question_there_is_nothing_to_compare(articles: Path, tmp_path: Path) -> None:
    asked = lines(tmp_path / "asked.jsonl", [{"id": "q", "question": "?", "evidence": [{"article_id": "x"}]}])
    with pytest.raises(ValueError, match="no question has its evidence"):
        make_material(articles, asked, tmp_path / "material", 4)


def test_of_two_rounds_the_better_figure_counts() -> None:
    one = {measure.name: 1.0 for measure in MEASURES}
    other = {measure.name: 2.0 for measure in MEASURES}
    merged = better(one, other)
    assert merged == better(other, one)
    assert merged["p50_ms"] == merged["cold_mb"] == merged["change_s"] == 1
    assert merged["alone_per_s"] == merged["together_per_s"] == merged["hit_3"] == 2
    assert better({}, one) == one


@pytest.mark.parametrize(
    ("measure", "own", "value", "written"),
    [
        (TIME, 10, 25, "2.50× · 25.0 ms"),
        (TIME, 10, 5, "**0.50× · 5.0 ms**"),
        (RATE, 10, 5, "0.50× · 5.0"),
        (RATE, 10, 25, "**2.50× · 25.0**"),
        (HIT, 0.9, 0.8, "0.800"),
    ],
)
def test_a_peer_that_is_ahead_is_bold(measure: Measure, own: float, value: float, written: str) -> None:
    figures = {"newsdesk": {measure.name: own}, "txtai": {measure.name: value}, "newsdesk-plain": {}}
    assert cell(measure, "txtai", figures) == written
    assert cell(measure, "newsdesk", figures) == measure.form.format(own)
    assert cell(measure, "newsdesk-plain", figures) == "the same"
    assert cell(measure, "chroma", {**figures, "chroma": {}}) == "never"
