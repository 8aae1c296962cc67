import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedder import Embedder, HashEmbedder


@given(st.lists(st.text(max_size=30), max_size=5))
def test_one_row_of_length_one_a_text(texts: list[str]) -> None:
    rows = HashEmbedder().embed_passages(texts)
    assert rows.shape == (len(texts), 64)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_the_question_is_embedded_like_a_passage() -> None:
    embedder: Embedder = HashEmbedder()
    assert np.array_equal(embedder.embed_question("Who met?"), embedder.embed_passages(["x", "Who met?"])[1:])


def test_shared_words_bring_texts_near() -> None:
    asked, near, far = HashEmbedder().embed_passages(
        ["seafood ban china", "china lifts seafood ban", "drums played nara temple"]
    )
    assert asked @ near > asked @ far


def test_another_process_has_the_same_vectors() -> None:
    code = (
        "from retrieval.embedder import HashEmbedder; "
        "print(HashEmbedder().embed_question('Who met?').tobytes().hex())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == HashEmbedder().embed_question("Who met?").tobytes().hex()


def test_progress_is_told_once_it_is_done() -> None:
    told: list[tuple[int, int]] = []
    HashEmbedder().embed_passages(["a", "b"], lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]
