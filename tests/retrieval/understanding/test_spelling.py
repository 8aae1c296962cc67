import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.index.snapshot import Snapshot
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.hint import HintKind
from retrieval.question.query import make_query
from retrieval.text.analyzer import STOP_WORDS
from retrieval.understanding.query_understanding import understand
from retrieval.understanding.spelling import (
    FEWEST,
    MOST_UNKNOWN_WORDS,
    SHORTEST,
    SHORTEST_SWAPPED,
    as_typed,
    misspelt,
    truecased,
    with_apostrophes,
)
from tests.retrieval.snapshots import article, only, snapshot_of

TEXTS = (
    "Fujimori was convicted. The Taliban met Schumacher in Beijing, being there for the maritime talks.",
    "Fujimori stepped down. Taliban leaders and Schumacher saw Beijing; being maxsim was no option.",
    "Being there was enough. McCain stepped in to provide maritime borders. So is Ripken.",
    "Being there is all. McCain provides what they provide, and being polite is not enough.",
    "The form was handed in.",
    "후지모리 대통령이 물러났다. 藤森元大統領が辞任した。",
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of(
        [article(str(number), text, source="The Talibam Post") for number, text in enumerate(TEXTS)]
    )


def test_shortened_words_get_their_apostrophe() -> None:
    assert (
        with_apostrophes("whats new, Wheres it, and why didnt he?")
        == "what's new, Where's it, and why didn't he?"
    )
    assert with_apostrophes("its won't wont cant shows Whatsapp") == "its won't wont cant shows Whatsapp"


def unknown(word: str) -> bool:
    """What the model has in one piece, of the words of these questions."""
    return word in ("leaders", "toyota", "hurricane")


def read(snapshot: Snapshot, question: str) -> dict[str, str]:
    return {hint.words: hint.name for hint in misspelt(question, [snapshot], unknown)}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What did Fuijimori do?", {"Fuijimori": "Fujimori"}),
        ("what did fuijimori do", {"fuijimori": "Fujimori"}),
        ("Who met Tailban leaders?", {"Tailban": "Taliban"}),
        ("Where is Shumacher?", {"Shumacher": "Schumacher"}),
        ("Where is Schumacherr's son?", {"Schumacherr": "Schumacher"}),
        ("What is the maritine talk?", {"maritine": "maritime"}),
        ("Who steped down in Bejing?", {"steped": "stepped", "Bejing": "Beijing"}),
        ("What did McCian say?", {"McCian": "McCain"}),
        ("Provde what?", {"Provde": "provide"}),
        ("what did teh Talibna say?", {"teh": "the", "Talibna": "Taliban"}),
        ("Waht is there?", {"Waht": "what"}),
        ("what do they say abt Fujimori?", {"abt": "about"}),
        ("how meny forms were there?", {"meny": "many"}),
        ("when did meny go there?", {}),
    ],
)
def test_a_slip_is_put_right(snapshot: Snapshot, question: str, meant: dict[str, str]) -> None:
    assert read(snapshot, question) == meant


def test_a_name_is_no_slip_of_a_word_that_articles_write_in_small_letters() -> None:
    texts = (
        "He left the Naval Academy, and a naval base was built.",
        "The naval talks failed.",
        "A naval ship sank.",
        "At the Naval Academy they met.",
        "Many naval ships sank.",
        "Another naval base was shut.",
        "Ozark met Ozzark of the Naval Academy.",
        "Ozark met them.",
    )
    collection = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    assert read(collection, "How old is Rafa Navel?") == {}
    assert read(collection, "who saw the navel leaders?") == {"navel": "naval"}
    assert read(collection, "Where did they see Ozerk?") == {"Ozerk": "Ozark"}


def test_two_letters_swapped_are_likelier_than_a_wrong_one() -> None:
    trials = [article(f"trial-{number}", "The trial went on.") for number in range(2 * FEWEST)]
    trains = [article(f"train-{number}", "The train was late.") for number in range(FEWEST)]
    assert read(snapshot_of([*trials, *trains]), "was the trian late?") == {"trian": "train"}


@pytest.mark.parametrize(
    "question",
    [
        "Warum hat sich Fuijimori mit den Leaders der Bejing getroffen?",
        "Pourquoi le chef des Talibna s'est-il excusé ?",
        "Por que o presidente McCian pediu desculpas?",
        "warum entschuldigte sich tailban",
        "Where is Shumachér?",
    ],
)
def test_words_of_another_language_are_left(snapshot: Snapshot, question: str) -> None:
    assert read(snapshot, question) == {}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("tailban leaders", {"tailban": "Taliban"}),
        ("hurricane mccian", {"mccian": "McCain"}),
        ("shumacher talibna", {"shumacher": "Schumacher", "talibna": "Taliban"}),
    ],
)
def test_keywords_are_put_right(snapshot: Snapshot, question: str, meant: dict[str, str]) -> None:
    assert read(snapshot, question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What did Fujimori do?",
        "Where did they provide for it?",
        "Who is Rippken?",
        "Who is Fojimuri?",
        "Whose is Bujimori?",
        "What is bein?",
        "Who is Siad?",
        "Who took the form?",
        "What is covid1984?",
        "According to The Talibam Post, what happened?",
        "후지무리 대통령은 누구입니까?",
        "藤盛元大統領は誰ですか？",
    ],
    ids=[
        "as articles have it",
        "another form of it",
        "what stands in one passage alone",
        "two slips",
        "another first letter",
        "too short",
        "a short name",
        "too short, and in an article",
        "not all letters",
        "a source's name",
        "Korean",
        "Japanese",
    ],
)
def test_what_is_no_slip_or_could_be_anything_is_left_alone(snapshot: Snapshot, question: str) -> None:
    assert read(snapshot, question) == {}


def test_what_is_a_word_anyhow_is_left_alone(snapshot: Snapshot) -> None:
    assert not list(misspelt("Is it martime?", [snapshot], lambda word: word == "martime"))
    assert [hint.name for hint in misspelt("Is it martime?", [snapshot], unknown)] == ["maritime"]


def test_a_word_that_another_collection_has_is_no_slip(snapshot: Snapshot) -> None:
    other = snapshot_of([article("a", "Bejing", collection="other")], collection="other")
    assert not list(misspelt("Where is Bejing?", [snapshot, other], unknown))


def test_many_unknown_words_are_no_slips(snapshot: Snapshot) -> None:
    slips = ["Fuijimori", "Tailban", "Shumacher", "maritine"]
    assert len(read(snapshot, f"Is it {' '.join(slips[:MOST_UNKNOWN_WORDS])}?")) == MOST_UNKNOWN_WORDS
    assert read(snapshot, f"Is it {' '.join(slips[: MOST_UNKNOWN_WORDS + 1])}?") == {}


def test_passages_of_all_collections_count() -> None:
    one = [snapshot_of([article(name, "Ripken won.", collection=name)], collection=name) for name in "ab"]
    assert [hint.name for hint in misspelt("Who is Ripkin?", one, unknown)] == ["Ripken"]
    assert not list(misspelt("Who is Ripkin?", one[:1], unknown))


@given(st.text(), st.booleans())
def test_any_text_is_taken(snapshot: Snapshot, text: str, known: bool) -> None:
    for hint in misspelt(text, [snapshot], lambda _word: known):
        assert not known
        assert hint.kind is HintKind.SPELLING
        assert not hint.filters
        assert hint.words in text
        common = hint.name in STOP_WORDS and len(hint.words) >= SHORTEST_SWAPPED
        assert common or len(hint.words) >= SHORTEST
        assert common or sum(hint.name in one for one in TEXTS) >= FEWEST


@given(st.sampled_from(["fujimori", "taliban", "schumacher", "maritime"]), st.data())
def test_any_one_slip_after_the_first_letter_is_put_right(
    snapshot: Snapshot, word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.characters(codec="ascii", categories=["Ll"]))
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    assume(only(snapshot).postings.terms.row(snapshot.analyzer.terms(slip)[0]) is None)
    assert [name.lower() for name in read(snapshot, f"who is {slip}?").values()] == [word]


def test_it_is_searched_as_it_was_meant_and_can_be_taken_back(snapshot: Snapshot) -> None:
    query = understand(
        make_query("Is Fuijimori Fuijimori's, not FuijimoriX?", ("news",)), [snapshot], unknown
    )
    assert query.wording == "Is Fujimori Fujimori's, not FuijimoriX?"
    assert query.text == "Is Fuijimori Fuijimori's, not FuijimoriX?"
    assert query.unparsed().wording == query.text


def test_the_model_knows_words_that_no_article_has(minilm: OnnxEmbedder) -> None:
    assert minilm.vocabulary.is_word("breakfast")
    assert not minilm.vocabulary.is_word("fuijimori")
    assert not minilm.vocabulary.is_word("")


NAMED = (
    "Fujimori met Schumacher at the White House of the US, said McCain of NATO.",
    "A white car stood there. The form of Beijing, said FIFA; they like Fujimori.",
    "The house of Frances was a house of fame, and a McCain house too.",
    "Frances said so.",
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("why did fujimori meet mccain in beijing?", "why did Fujimori meet McCain in Beijing?"),
        ("what is nato for fifa?", "what is NATO for FIFA?"),
        ("is it in the house of frances?", "is it in the house of Frances?"),
        ("is it us or the us?", "is it us or the us?"),
        ("did kelce form it?", "did Kelce form it?"),
        ("why did Fujimori meet mccain?", "why did Fujimori meet mccain?"),
        ("후지모리는 nato를?", "후지모리는 nato를?"),
    ],
)
def test_names_in_small_letters_are_written_as_articles_write_them(question: str, written: str) -> None:
    collection = snapshot_of([article(str(number), text) for number, text in enumerate(NAMED)])
    assert truecased(question, [collection], lambda word: word != "kelce") == written


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("who is the judge?", "who is the judge?"),
        ("what did the judge in it say?", "what did the judge in it say?"),
        ("who is judge kaplan?", "who is Judge Kaplan?"),
        ("what did the judge kaplan say?", "what did the Judge Kaplan say?"),
        ("what is the pentagon?", "what is the Pentagon?"),
    ],
)
def test_an_office_is_no_name_because_it_stands_before_one(question: str, written: str) -> None:
    texts = ("It was said that Judge Kaplan asked the Pentagon.", "They asked Judge Kaplan.")
    collection = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    assert truecased(question, [collection], lambda _: True) == written


@given(st.text(max_size=80))
def test_no_more_than_capitals_is_changed(snapshot: Snapshot, text: str) -> None:
    written = truecased(text, [snapshot], unknown)
    assert written.lower() == text.lower()
    assert len(written) == len(text)


def test_words_that_got_capitals_are_told_as_they_were_typed() -> None:
    assert as_typed("Beijing Talks", "who went to beijing talks?") == "beijing talks"
    assert as_typed("Beijing", "who went there?") == "Beijing"
