"""Names that articles write with other accents than the question."""

import pytest

from retrieval.index.snapshot import Snapshot
from retrieval.understanding.accents import accented_names
from tests.retrieval.snapshots import article, snapshot_of

TEXTS = (
    "Pelé scored three goals in Nara.",
    "On Sunday Pele was ill, and Renee Oro spoke.",
    "Beyoncé sang, and a café opened.",
    "President Erdoğan spoke.",
    "The résumé was long.",
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("How old is Pele?", {"Pele": "Pele Pelé"}),
        ("how old is pele", {"pele": "pele Pelé"}),
        ("How old is Pelé?", {"Pelé": "Pelé Pele"}),
        ("What did Beyonce sing?", {"Beyonce": "Beyoncé"}),
        ("What did Renée Oro say?", {"Renée": "Renee"}),
        # A word that is no name, and a letter that is not recognised in names.
        ("Which Cafe opened?", {}),
        ("Where is the Resume?", {}),
        ("Who is Erdogan?", {}),
        ("Who was in Nara?", {}),
        ("what was long", {}),
    ],
)
def test_both_forms_are_searched(snapshot: Snapshot, question: str, meant: dict[str, str]) -> None:
    found = accented_names(question, [snapshot], lambda word: word in ("long", "old", "which", "sing"))
    assert {hint.words: hint.name for hint in found} == meant
