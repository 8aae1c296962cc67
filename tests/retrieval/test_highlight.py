import pytest

from retrieval.embedder import HashEmbedder
from retrieval.highlight import highlights
from retrieval.minilm import MiniLM
from tests.retrieval.snapshots import article, snapshot_of


def marked(text: str, question: str, *, meaning: bool = False, language: str = "en") -> list[str]:
    snapshot = snapshot_of([article("a", text, language=language), article("b", "Nothing to see here.")])
    vector = HashEmbedder().embed_question(question) if meaning else None
    return [text[start:end] for start, end in highlights(snapshot, 0, question, vector)]


TEXT = "They met in Nara. China banned seafood from Japan. The talks lasted 90 minutes."


def test_the_sentence_with_the_questions_words_is_marked() -> None:
    assert marked(TEXT, "Who banned seafood?") == ["China banned seafood from Japan."]
    assert marked(TEXT, "How long did the talks last?") == ["The talks lasted 90 minutes."]


def test_two_sentences_that_fit_alike_are_marked_in_reading_order() -> None:
    text = "Drums were played. The temple was seen. More drums were bought."
    assert marked(text, "drums") == ["Drums were played.", "More drums were bought."]


def test_never_more_than_two() -> None:
    assert marked("Drums one. Drums two. Drums three.", "drums") == ["Drums one.", "Drums two."]


def test_where_nothing_speaks_for_a_sentence_none_is_marked() -> None:
    assert marked(TEXT, "volcano") == []


@pytest.mark.parametrize("meaning", [True, False])
def test_a_heading_is_never_marked(meaning: bool) -> None:
    text = "## Why Nara\n\nIt was the capital once. She was born there.\n\n# Nara\n\n## Nara"
    found = marked(text, "Why Nara", meaning=meaning)
    assert not any("#" in sentence for sentence in found)


@pytest.mark.parametrize("meaning", [True, False])
def test_a_passage_of_headings_and_rules_has_nothing_to_mark(meaning: bool) -> None:
    assert marked("# Nara\n\n---\n\n## Nara", "Nara", meaning=meaning) == []


def test_a_passage_further_down_is_marked_at_its_own_place() -> None:
    filler = " ".join(f"This is filler sentence number {number} about the weather." for number in range(40))
    text = f"{filler} China banned seafood from Japan."
    snapshot = snapshot_of([article("a", text)])
    last = len(snapshot.tables.passages) - 1
    assert last > 0
    spans = highlights(snapshot, last, "seafood ban", None)
    assert [text[start:end] for start, end in spans] == ["China banned seafood from Japan."]


def test_korean_and_japanese_sentences_are_marked() -> None:
    assert marked("갱도가 무너졌다. 모두 183명이 숨졌다.", "몇 명이 숨졌나?", language="ko") == [
        "모두 183명이 숨졌다."
    ]
    assert marked("奈良に都があった。大仏は有名だ。", "大仏", language="ja") == ["大仏は有名だ。"]


def test_the_real_model_marks_by_meaning(minilm: MiniLM) -> None:
    first = "The two leaders then went to the temple, which is one of the oldest wooden buildings. " * 4
    text = f"{first}Beijing stopped buying marine products from its neighbour."
    snapshot = snapshot_of([article("a", text)], embedder=minilm)
    question = "Which country no longer purchases fish?"
    spans = highlights(snapshot, 0, question, minilm.embed_question(question))
    assert "Beijing stopped buying marine products from its neighbour." in [
        text[start:end] for start, end in spans
    ]
