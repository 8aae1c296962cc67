import numpy as np
import pytest

from retrieval.collection.candidates import Candidates
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import SENTENCE_FEATURES, PassageFeatures
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.ranking.features import extract
from retrieval.ranking.highlight import SECOND, mark, scored_sentences
from retrieval.ranking.weights import Signals, weight_vector, weights
from tests.retrieval.snapshots import article, asking, snapshot_of


def weighed_all(snapshot: Snapshot, question: str, encoded: EncodedQuestion | None) -> PassageFeatures:
    """All that speaks for each passage, and for each of its sentences."""
    passages = passages_of(snapshot)
    nothing = np.zeros(len(passages), np.float32)
    candidates = Candidates(np.arange(len(passages)), nothing, nothing, nothing.astype(np.float64))
    return extract(snapshot, asking(question), encoded, candidates, passages)


def passages_of(snapshot: Snapshot) -> list[Passage]:
    return [snapshot.passage(number) for number in range(snapshot.passage_count)]


def marks(snapshot: Snapshot, question: str, encoded: EncodedQuestion | None) -> list[list[str]]:
    """The marked sentences of each passage."""
    weighed = weighed_all(snapshot, question, encoded)
    passages = passages_of(snapshot)
    spans = [
        mark(found())
        for found in scored_sentences(
            passages, weighed, Signals.MEANING if encoded else Signals.WORDS, "" if encoded else question
        )
    ]
    return [
        [passage.article.text[start:end] for start, end in found]
        for passage, found in zip(passages, spans, strict=True)
    ]


def marked_in(text: str, question: str, *, meaning: bool = False, language: str = "en") -> list[str]:
    snapshot = snapshot_of([article("a", text, language=language), article("b", "Nothing to see here.")])
    return marks(snapshot, question, HashEmbedder().embed_question(question) if meaning else None)[0]


TEXT = "They met in Nara. China banned seafood from Japan. The talks lasted 90 minutes."


def test_the_sentence_with_the_questions_words_is_marked() -> None:
    assert marked_in(TEXT, "Who banned seafood?") == ["China banned seafood from Japan."]
    assert marked_in(TEXT, "How long did the talks last?") == ["The talks lasted 90 minutes."]


def test_two_sentences_that_fit_alike_are_marked_in_reading_order() -> None:
    text = "Drums were played. The temple was seen. More drums were bought."
    assert marked_in(text, "drums") == ["Drums were played.", "More drums were bought."]


@pytest.mark.parametrize(
    ("language", "text", "question", "telling"),
    [
        (
            "ko",
            "바다 다리는 바다시의 북쪽 다리이다. 이 사고로 모두 12명이 숨졌다.",
            "바다 다리에서 몇 명이 죽었나요?",
            "이 사고로 모두 12명이 숨졌다.",
        ),
        (
            "ja",
            "海の大橋は海市の北の大橋である。通行料は車200円だ。",
            "海の大橋の通行料はいくら？",
            "通行料は車200円だ。",
        ),
    ],
)
def test_the_sentence_with_the_amount_that_is_asked_for_is_marked(
    language: str, text: str, question: str, telling: str
) -> None:
    assert marked_in(text, question, language=language) == [telling]


def test_where_nothing_speaks_for_a_sentence_none_is_marked() -> None:
    assert marked_in(TEXT, "volcano") == []


@pytest.mark.parametrize("meaning", [True, False])
def test_a_heading_is_never_marked(meaning: bool) -> None:
    text = "## Why Nara\n\nIt was the capital once. She was born there.\n\n# Nara\n\n## Nara"
    found = marked_in(text, "Why Nara", meaning=meaning)
    assert not any("#" in sentence for sentence in found)


@pytest.mark.parametrize("meaning", [True, False])
def test_a_passage_of_headings_and_rules_has_nothing_to_mark(meaning: bool) -> None:
    assert marked_in("# Nara\n\n---\n\n## Nara", "Nara", meaning=meaning) == []


def test_an_aside_is_never_marked_and_a_dateline_is_left_out_of_the_mark() -> None:
    text = (
        "NARA, Japan (CNN) -- Nine workers were hurt.\n\nWatch the workers leave »\n\n"
        "An earlier version of this article said that twelve workers were hurt."
    )
    assert marked_in(text, "How many workers were hurt?") == ["Nine workers were hurt."]


def test_a_passage_further_down_is_marked_at_its_own_place() -> None:
    filler = " ".join(f"This is filler sentence number {number} about the weather." for number in range(40))
    text = f"{filler} China banned seafood from Japan."
    found = marks(snapshot_of([article("a", text)]), "seafood ban", None)
    assert found[-1] == ["China banned seafood from Japan."]
    assert len(found) > 1
    assert not any(found[:-1])


def test_korean_and_japanese_sentences_are_marked() -> None:
    assert marked_in("갱도가 무너졌다. 모두 183명이 숨졌다.", "몇 명이 숨졌나?", language="ko") == [
        "모두 183명이 숨졌다."
    ]
    assert marked_in("奈良に都があった。大仏は有名だ。", "大仏", language="ja") == ["大仏は有名だ。"]


def test_the_real_model_marks_by_meaning(minilm: OnnxEmbedder) -> None:
    first = "The two leaders then went to the temple, which is one of the oldest wooden buildings. " * 4
    text = f"{first}Beijing stopped buying marine products from its neighbour."
    snapshot = snapshot_of([article("a", text)], embedder=minilm)
    question = "Which country no longer purchases fish?"
    [found] = marks(snapshot, question, minilm.embed_question(question))
    assert "Beijing stopped buying marine products from its neighbour." in found


SPEAK = [SENTENCE_FEATURES.index(name) for name in ("coverage", "meaning", "maxsim")]
SCORED = " ".join(
    f"Report {number} says that {'seafood ' * (number % 4)}was {'banned' if number % 3 else 'sold'} in May."
    for number in range(60)
)


@pytest.mark.parametrize("meaning", [True, False])
def test_the_best_is_marked_and_a_second_only_where_it_is_near(meaning: bool) -> None:
    question = "Was seafood banned?"
    snapshot = snapshot_of([article("a", SCORED)])
    encoded = HashEmbedder().embed_question(question) if meaning else None
    weighed = weighed_all(snapshot, question, encoded)
    signals = Signals.MEANING if meaning else Signals.WORDS
    scores = weighed.sentences @ weight_vector(weights().sentence[signals], SENTENCE_FEATURES)
    marks_of = [mark(found()) for found in scored_sentences(passages_of(snapshot), weighed, signals)]
    assert len(marks_of) == snapshot.passage_count > 2
    for place, found in enumerate(marks_of):
        rows = range(weighed.starts[place], weighed.starts[place + 1])
        speaking = [row for row in rows if weighed.sentences[row, SPEAK].max() > 0]
        best = sorted(speaking, key=lambda row: -scores[row])[:2]
        best = [row for row in best if scores[row] >= scores[best[0]] - SECOND]
        spans = [tuple(weighed.spans[row].tolist()) for row in sorted(best)]
        assert list(found) == spans


def test_no_passages_have_no_marks() -> None:
    assert marks(snapshot_of([]), "seafood", None) == []
