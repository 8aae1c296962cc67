"""What is shown of hits at once: sentences that read by themselves, within the room, the likeliest first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.models.embedder import HashEmbedder
from retrieval.ranking.highlight import ScoredSentence
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.search import search
from retrieval.ranking.showing import AT_ONCE, LONGEST_PIECE, with_shown
from retrieval.text.sentences import sentence_spans
from tests.retrieval.reading.passages import passage
from tests.retrieval.snapshots import article, asking, snapshot_of

FILLER = "The weather in the harbour was as calm as on any other morning of that long month. " * 3


def hit(text: str, best: str | None = None, *, score: float = 0.5) -> Hit:
    """A hit of all of the text, whose best sentence is this."""
    spans = sentence_spans(text, "en")
    scored = [ScoredSentence(span, 5.0 if best and text[slice(*span)] == best else 0.0) for span in spans]
    return Hit(passage(text), score, Features(0.5, 0.5, 0.5), (), tuple(scored if best else ()))


def shown(*hits: Hit) -> list[str]:
    """The words of each hit that are shown."""
    found = with_shown(hits)
    return [one.passage.article.text[slice(*one.shown)] for one in found if one.shown]


def found(text: str, question: str) -> str:
    """What is shown of the only article there is, for a question that is asked."""
    encoded = HashEmbedder().embed_question(question)
    [hit] = search([snapshot_of([article("a", text)])], asking(question), encoded, 1).hits
    assert hit.shown
    return text[slice(*hit.shown)]


def test_the_sentence_that_answers_best_is_shown_with_its_neighbours() -> None:
    [words] = shown(hit(f"{FILLER}Nine workers were hurt. {FILLER}", "Nine workers were hurt."))
    assert "Nine workers were hurt." in words
    assert len("Nine workers were hurt.") < len(words) <= AT_ONCE


def test_the_title_of_another_page_is_shown_with_no_neighbour() -> None:
    link = "Strike at sea:Ferries stay in the harbour"
    text = f"Ferries are late.\n\n{link}\n\nNine workers were hurt."
    assert shown(hit(text, "Nine workers were hurt.")) == ["Nine workers were hurt."]
    assert shown(hit(text, link)) == [link]


def test_a_page_together_stays_within_the_room() -> None:
    one = hit(f"{FILLER}Nine workers were hurt. {FILLER}", "Nine workers were hurt.")
    words = shown(*[one] * 7)
    assert all("Nine workers were hurt." in part for part in words)
    assert all(sum(map(len, words[at : at + 3])) <= AT_ONCE for at in (0, 3, 6))


def test_the_room_goes_to_the_hit_that_is_likelier_to_answer() -> None:
    text = f"{FILLER}Nine workers were hurt. {FILLER}"
    sure, unsure = (hit(text, "Nine workers were hurt.", score=score) for score in (0.9, 0.1))
    first, second, third = map(len, shown(unsure, sure, unsure))
    assert second > first
    assert second > third


@pytest.mark.parametrize(("best", "leans"), [("He counted nine.", True), ("Ida counted nine.", False)])
def test_a_sentence_that_leans_on_the_one_before_keeps_it(best: str, leans: bool) -> None:
    before = "The harbour master, who had been at the window since the morning, spoke."
    after = "All the boats left in the evening, one by one, as ever."
    full = "It was " + "a long " * 42 + "day."
    words = shown(hit(full, full), hit(f"{FILLER}{before} {best} {after}", best), hit(full, full))[1]
    assert (f"{before} {best}" in words) is leans
    assert best in words


def test_what_a_colon_announces_is_shown_with_it() -> None:
    announcing = "The mayor of Nara said:"
    text = f"It rained. {announcing} “The bridge is safe now.”"
    assert shown(hit(text, announcing)) == [f"It rained. {announcing} “The bridge is safe now.”"]
    assert shown(hit(f"It rained. {announcing}", announcing)) == [f"It rained. {announcing}"]


def test_a_neighbour_that_leans_brings_what_it_leans_on() -> None:
    text = "Ida Berg spoke. She was calm. Nine boats left."
    assert shown(hit(text, "Nine boats left.")) == [text]
    spoke = "Ida Berg spoke " + "for a very long time " * 19 + "on the quay."
    calm = "She was calm " + "and did not look up " * 14 + "at all."
    assert len(calm) < AT_ONCE < len(spoke) + len(calm)
    assert shown(hit(f"{spoke} {calm} Nine boats left.", "Nine boats left.")) == ["Nine boats left."]


@pytest.mark.parametrize("aside", ["Watch the boats leave »", "## The boats", "By Ida Berg"])
def test_no_aside_and_no_heading_stands_at_an_edge(aside: str) -> None:
    assert found(f"{aside}\n\nNine boats left.\n\n{aside}", "How many boats left?") == "Nine boats left."


def test_what_stands_on_the_other_side_of_an_aside_is_not_joined() -> None:
    text = "Nine boats left.\n\nWatch the boats leave »\n\nThey were blue."
    assert found(text, "How many boats left?") == "Nine boats left."


def test_a_dateline_is_left_out() -> None:
    text = "SKARVIK, Norway (CNN) -- Nine boats left."
    assert found(text, "How many boats left?") == "Nine boats left."


def test_without_a_best_sentence_the_beginning_is_shown() -> None:
    assert shown(hit("Nine boats left. It was May.")) == ["Nine boats left. It was May."]


def test_a_sentence_longer_than_the_room_is_not_cut() -> None:
    long = "Nine boats left " + "with all that they had on board and more " * 10 + "in May."
    assert 2 * len(long) > AT_ONCE
    assert shown(hit(long, long), hit(long, long)) == [long, long]


def test_the_best_sentence_is_shown_even_where_a_shorter_one_would_leave_others_room() -> None:
    long = "Nine boats left " + "with all that they had on board and more " * 9 + "in May."
    short = "Nine boats left."
    assert shown(hit(long, long), hit(f"{short} {long}", long)) == [long, long]


def read(text: str, together: float, **scores: float) -> Hit:
    """A hit that was read, whose sentences that begin with these words have these scores, and others none."""
    one = hit(text, text)
    scored = [
        ScoredSentence(span, scores.get(text[slice(*span)].split()[0], -50.0))
        for span in sentence_spans(text, "en")
    ]
    return replace(one, sentences=tuple(scored), features=replace(one.features, sentences=together))


def long(word: str, length: int) -> str:
    """A sentence of so many characters that begins with this word."""
    return f"{word} {'said ' * length}"[: length - 6] + " noon."


@pytest.mark.parametrize(("before", "after", "said"), [(1.9, 0.0, "Nine Ida"), (0.0, 1.9, "Ida Two")])
def test_the_likelier_neighbour_is_shown_where_there_is_no_room_for_both(
    before: float, after: float, said: str
) -> None:
    text = f"{long('Nine', 100)} {long('Ida', 250)} {long('Two', 100)}"
    [words] = shown(read(text, 0.0, Nine=before, Ida=2.0, Two=after))
    assert [word for word in words.split() if word in ("Nine", "Ida", "Two")] == said.split()


@pytest.mark.parametrize("leaning", [True, False])
def test_the_best_sentence_is_shown_where_there_is_no_room_for_the_one_it_leans_on(leaning: bool) -> None:
    best = long("It" if leaning else "Ida", 260)
    texts = [f"Nobody spoke. {best} {long('Six', 200)}"] * 3
    pages = shown(*(read(text, 0.0, **{best.split()[0]: 5.0}) for text in texts))
    assert all(best in words for words in pages)


WORDS = st.sampled_from(["It", "Ida", "But", "Nine", "They", "Six"])
TEXTS = st.lists(st.tuples(WORDS, st.integers(20, 480), st.integers(-9, 9)), min_size=1, max_size=7)


@given(st.lists(st.tuples(TEXTS, st.sampled_from([None, -9.0, 0.0, 3.0])), min_size=1, max_size=7))
def test_a_piece_holds_the_best_sentence_and_the_answer_whatever_the_others_are(
    pages: list[tuple[list[tuple[str, int, int]], float | None]],
) -> None:
    hits = []
    for said, together in pages:
        one = hit(" ".join(long(word, length) for word, length, _ in said))
        spans = sentence_spans(one.passage.text, "en")
        scores = (score for _, _, score in said)
        scored = tuple(ScoredSentence(span, score) for span, score in zip(spans, scores, strict=True))
        _, end = max(scored, key=lambda sentence: sentence.score).span
        features = replace(one.features, sentences=together)
        hits.append(replace(one, sentences=scored, features=features, answer=(end - 5, end - 1)))
    for one in with_shown(hits):
        best = max(one.sentences, key=lambda sentence: sentence.score).span
        assert one.shown
        assert one.answer
        assert one.shown[0] <= best[0] < best[1] <= one.shown[1]
        assert one.shown[0] <= one.answer[0] < one.answer[1] <= one.shown[1]


def test_a_piece_of_several_sentences_leaves_room_for_others_also_where_it_is_alone() -> None:
    first = f"{long('Ida', 300)} {long('Nine', 300)}"
    assert shown(read(first, 0.0, Ida=2.0, Nine=1.9)) == [long("Ida", 300)]
    assert len(shown(read(long("Ida", LONGEST_PIECE + 50), 0.0, Ida=2.0))[0]) > LONGEST_PIECE


def test_hits_that_no_reader_compares_each_show_their_likeliest_sentence() -> None:
    text = f"{long('Six', 300)} {long('One', 90)}"
    unread = [
        replace(one, features=replace(one.features, sentences=None))
        for one in (read(text, 0.0, Six=1.0, One=0.9), read(text, 0.0, Six=0.9, One=1.0))
    ]
    assert "Six" in shown(*unread)[0]
    assert "One" in shown(*unread)[1]


def test_no_hits_show_nothing() -> None:
    assert with_shown([]) == []


@given(st.lists(st.text(min_size=1, max_size=300).filter(str.strip), min_size=1, max_size=5))
def test_what_is_shown_is_a_piece_of_each_hit(texts: list[str]) -> None:
    for one in with_shown([hit(f"x {text} x") for text in texts]):
        assert one.shown
        assert one.passage.start <= one.shown[0] < one.shown[1] <= one.passage.end


def test_a_caption_is_shown_only_between_two_sentences_that_may_both_answer() -> None:
    caption = "The pier, seen here in May, is made of oak."
    text = f"The pier burned.\n\n{caption}\n\nNine workers were hurt."
    spans = [(0, 16), (len(text) - 23, len(text))]
    for second, expected in ((1.0, text), (-3.0, "The pier burned.")):
        scored = tuple(ScoredSentence(span, score) for span, score in zip(spans, (1.0, second), strict=True))
        assert shown(Hit(passage(text), 0.5, Features(0.5, 0.5, 0.5), (), scored)) == [expected]
    parted = text.replace(caption, "Watch the pier burn »")
    likelier, other = (0, 16), (41, 64)
    scored = (ScoredSentence(likelier, 1.0), ScoredSentence(other, 0.0))
    assert shown(Hit(passage(parted), 0.5, Features(0.5, 0.5, 0.5), (), scored)) == ["The pier burned."]


def test_the_label_of_what_follows_is_shown_for_itself_only_if_there_is_nothing_else() -> None:
    text = "1. Skarvik\n\nThe boats of the harbour left in May."
    assert "The boats of the harbour left in May." in found(text, "What happened in Skarvik harbour?")
    assert found("1. Skarvik", "What is Skarvik?") == "1. Skarvik"


def test_a_sentence_that_only_asks_is_not_shown_for_itself() -> None:
    text = f"Who was hurt? {FILLER}Nine workers were hurt."
    scored = (ScoredSentence((0, 13), 9.0, asks=True), ScoredSentence((len(text) - 23, len(text)), 1.0))
    [words] = shown(Hit(passage(text), 0.5, Features(0.5, 0.5, 0.5), (), scored))
    assert words == "Nine workers were hurt."
