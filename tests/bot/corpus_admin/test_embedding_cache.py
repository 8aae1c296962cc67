import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.corpus_admin.embedding_cache import EMBED_SLICE, embed_cached
from corpus.storage.store import Store
from retrieval.models.embedder import EncodedTexts, HashEmbedder, VectorSizes
from tests.bot.counting import CountingEmbedder
from tests.fault.newsroom import no_progress

TEXTS = ["The ferry sank off Nara.", "", "It", "Nobody was hurt, the harbour master said.", "The ferry sank."]


class WiderEmbedder(CountingEmbedder):
    """Another shape under the same name."""

    sizes = VectorSizes(vector=128, token=16)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite3") as opened:
        yield opened


def asked(store: Store, texts: Sequence[str], embedder: CountingEmbedder | None = None) -> list[str]:
    """The texts that the model was asked for, once what came of it is found to be what the model makes."""
    model = embedder or CountingEmbedder()
    encoded, count = embed_cached(store, model, texts, no_progress)
    assert count == len(model.texts)
    assert same(encoded, type(model)().embed_passages(texts))
    return model.texts


def same(one: EncodedTexts, other: EncodedTexts) -> bool:
    pairs = (
        (one.vectors, other.vectors),
        (one.tokens.starts, other.tokens.starts),
        (one.tokens.places, other.tokens.places),
        (one.tokens.signs, other.tokens.signs),
    )
    return all(a.dtype == b.dtype and a.shape == b.shape and (a == b).all() for a, b in pairs)


def key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def test_what_was_kept_is_what_the_model_made(store: Store) -> None:
    assert sorted(asked(store, TEXTS)) == sorted(TEXTS)
    assert asked(store, TEXTS) == []
    # In whatever order, more than once, and among others.
    assert asked(store, [*reversed(TEXTS), TEXTS[0], "A new one."]) == ["A new one."]


@given(texts=st.lists(st.text(max_size=40), max_size=6))
@example(texts=[])
def test_any_texts_come_back_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    with Store(tmp_path_factory.getbasetemp() / "any.sqlite3") as store:
        asked(store, texts)
        assert asked(store, texts) == []


def test_the_longest_texts_are_embedded_first_and_each_slice_is_told(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    texts = [f"text {'more ' * (row % 7)}{row}" for row in range(EMBED_SLICE + 1)]
    model = CountingEmbedder()
    embed_cached(store, model, texts, lambda *step: told.append(step))
    assert told == [("embedding", done, len(texts)) for done in (0, EMBED_SLICE, EMBED_SLICE + 1)]
    lengths = [len(text) for text in model.texts]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    "row",
    [b"", bytes(16), np.zeros(64, np.float32).tobytes(), bytes(2 * 64 + 9), bytes(2 * 64 + 2 * 10 - 1)],
    ids=["empty", "short", "of numbers alone", "less than a token", "cut in a token"],
)
def test_a_kept_row_of_another_shape_is_made_anew(store: Store, row: bytes) -> None:
    asked(store, TEXTS)
    store.save_vectors(HashEmbedder.model, [(key(TEXTS[0]), row)])
    assert asked(store, TEXTS) == [TEXTS[0]]
    assert asked(store, TEXTS) == []


def test_a_model_of_another_shape_makes_every_row_anew(store: Store) -> None:
    asked(store, TEXTS)
    assert sorted(asked(store, TEXTS, WiderEmbedder())) == sorted(TEXTS)


@pytest.mark.parametrize(
    "damage",
    [
        lambda row: bytes([row[0] ^ 1]) + row[1:],
        lambda row: row[:128] + bytes([row[128] ^ 1]) + row[129:],
        lambda row: row[:-5] + bytes([row[-5] ^ 1]) + row[-4:],
        lambda row: row[:-1] + bytes([row[-1] ^ 1]),
        lambda row: row[:-10],
        lambda row: row[:3],
        lambda row: b"",
    ],
    ids=["the vector", "a place", "a sign", "the checksum", "cut by a token", "no checksum", "empty"],
)
def test_a_damaged_row_is_made_anew(store: Store, damage: Callable[[bytes], bytes]) -> None:
    asked(store, TEXTS)
    [(row,)] = store.rows("SELECT vector FROM vectors WHERE text_hash = ?", (key(TEXTS[0]),))
    store.write("UPDATE vectors SET vector = ? WHERE text_hash = ?", (damage(row), key(TEXTS[0])))
    assert asked(store, TEXTS) == [TEXTS[0]]
