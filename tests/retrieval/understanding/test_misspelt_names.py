import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.snapshot import Snapshot
from retrieval.question.query import make_query
from retrieval.understanding.misspelt_names import PASSAGES_READ, has_unknown_name, misspelt_names
from retrieval.understanding.query_understanding import is_stable, understand
from tests.retrieval.snapshots import article, snapshot_of

TEXTS = (
    "President Barack Obama met Vladimir Putin. Ehud Barak was there, and the Canary Islands too.",
    "Barack Obama spoke again. Hillary Clinton and John McCain listened; the main thing was done.",
    "Ann Lee saw John McCain. The main road to the valley is closed, and a silicon wafer broke.",
    "Tiger Woods won. In Silicon Valley nobody noticed. One John Regen sang.",
    "Tiger Woods won again, and the President of Botswana spoke. The woods burned. John Regan slept.",
    "John Regan woke up. May it be in two.",
)


def snapshot_with(*more: str) -> Snapshot:
    texts = (*TEXTS, *more)
    return snapshot_of(
        [article(str(number), text, source="The Hilary Clinton Post") for number, text in enumerate(texts)]
    )


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        # The misspelt word is a name of somebody else, or a word.
        ("what did barak obama say", {"barak": "Barack"}),
        ("What did Barak Obama say?", {"Barak": "Barack"}),
        # No article has it, so one passage with the name is enough.
        ("what did vladmir putin say", {"vladmir": "Vladimir"}),
        ("who is hilary clinton?", {"hilary": "Hillary"}),
        ("what happened to Tiger Wods", {"Wods": "Woods"}),
        ("who did john mcain see", {"mcain": "McCain"}),
        # Two people have nearly the same name.
        ("who is John Regen?", {}),
        ("who is john regan?", {}),
        # Right as it is, in the articles or not.
        ("what did Barack Obama say", {}),
        ("what did Michelle Obama say", {}),
        ("what did Ehud Barak say?", {}),
        ("who is Barak?", {}),
        ("who owns the Canary Island?", {}),
        ("the Botswanan President", {}),
        ("the president of botswanan", {}),
        # A word that articles write in lower case is none of a name.
        ("where is the wood valley", {}),
        ("Was Obama, Barak said, there?", {}),
        ("Ana Lee", {}),
        ("버락 오바마", {}),
    ],
)
def test_a_misspelt_word_of_a_name_is_known_by_the_word_beside_it(
    snapshot: Snapshot, question: str, meant: dict[str, str]
) -> None:
    assert {hint.words: hint.name for hint in misspelt_names(question, [snapshot])} == meant


def test_names_of_sources_are_not_corrected() -> None:
    assert not list(misspelt_names("what does The Hilary Clinton Post say", [snapshot_with()]))


def test_a_word_in_many_passages_is_not_corrected() -> None:
    some = [f"Ehud Barak came {number} times." for number in range(PASSAGES_READ - 1)]
    assert list(misspelt_names("Who is Barak Obama?", [snapshot_with(*some)]))
    assert not list(misspelt_names("Who is Barak Obama?", [snapshot_with(*some, "Ehud Barak left.")]))


def test_a_corrected_name_is_searched_and_depends_on_the_articles(snapshot: Snapshot) -> None:
    query = make_query("What did Barak Obama say?", ("news",))
    understood = understand(query, [snapshot], lambda _: True)
    assert understood.wording == "What did Barack Obama say?"
    assert not is_stable(query, understood, [snapshot], lambda _: True)
    lower = make_query("what did barak obama say?", ("news",))
    assert understand(lower, [snapshot], lambda _: True).wording == "what did Barack Obama say?"
    plain = make_query("What did Barack Obama say?", ("news",))
    assert is_stable(plain, understand(plain, [snapshot], lambda _: True), [snapshot], lambda _: True)


@given(st.text(alphabet="Obam akBrc?", max_size=30))
def test_any_text_is_corrected_to_words_of_the_articles(snapshot: Snapshot, text: str) -> None:
    hints = list(misspelt_names(text, [snapshot]))
    assert all(hint.words in text and hint.name in " ".join(TEXTS) for hint in hints)
    assert not hints or has_unknown_name(text, [snapshot])
