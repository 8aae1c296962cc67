import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.token_vectors import signs_of

SHORT = st.text(max_size=30)


@given(st.lists(SHORT, max_size=5))
def test_one_row_of_length_one_a_text(texts: list[str]) -> None:
    rows = HashEmbedder().embed_passages(texts).vectors
    assert rows.shape == (len(texts), 64)
    assert rows.dtype == np.float16
    assert np.allclose(np.linalg.norm(rows.astype(np.float32), axis=1), 1, atol=1e-3)


@given(st.lists(SHORT, max_size=5))
def test_the_tokens_of_each_text_are_its_own(texts: list[str]) -> None:
    embedder = HashEmbedder()
    tokens = embedder.embed_passages(texts).tokens
    for row, text in enumerate(texts):
        places, signs = tokens.of(row)
        alone = embedder.embed_passages([text]).tokens
        assert places.tolist() == alone.places.tolist()
        assert np.array_equal(signs, alone.signs)
        assert all(not text[place].isspace() for place in places)
    assert tokens.signs.shape == (len(tokens.places), embedder.sizes.token)


def test_the_question_is_embedded_like_a_passage() -> None:
    embedder: Embedder = HashEmbedder()
    asked, kept = (
        embedder.embed_question("Who banned seafood?"),
        embedder.embed_passages(["Who banned seafood?"]),
    )
    assert np.array_equal(asked.vector.astype(np.float16), kept.vectors)
    assert ["Who banned seafood?"[start:end] for start, end in asked.spans] == ["banned", "seafood"]
    assert kept.tokens.places.tolist() == [start for start, _ in asked.spans]
    assert np.array_equal(signs_of(asked.tokens), kept.tokens.signs)
    assert np.allclose(np.linalg.norm(asked.tokens, axis=1), 1, atol=1e-6)


def test_another_process_has_the_same_vectors() -> None:
    code = (
        "from retrieval.models.embedder import HashEmbedder; "
        "asked = HashEmbedder().embed_question('Who met in Nara?'); "
        "print(asked.vector.tobytes().hex(), asked.tokens.tobytes().hex())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    asked = HashEmbedder().embed_question("Who met in Nara?")
    assert done.stdout.split() == [asked.vector.tobytes().hex(), asked.tokens.tobytes().hex()]
