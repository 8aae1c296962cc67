"""Near misses from search: the windows that are nearest to a question in meaning, without its answer."""

from collections.abc import Sequence

import numpy as np

from retrieval.models.onnx_embedder import OnnxEmbedder


class Nearest:
    """Searches windows by meaning."""

    def __init__(self, windows: Sequence[str], model: OnnxEmbedder) -> None:
        """Embeds all windows."""
        self.windows, self._model = windows, model
        found = model.embed_passages(windows).vectors.astype(np.float32)
        self._vectors = found / np.linalg.norm(found, axis=1, keepdims=True)

    def of(self, question: str, *, without: str, count: int) -> list[str]:
        """The nearest windows that do not contain the words of `without`, best first."""
        vector = self._model.embed_question(question).vector[0]
        order = np.argsort(-(self._vectors @ vector))
        words = without.casefold()
        kept = (self.windows[place] for place in order if words not in self.windows[place].casefold())
        return [one for one, _ in zip(kept, range(count), strict=False)]
