import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.vocabulary import AnyVocabulary
from retrieval.understanding.unknown_language import UNSURE, unknown_language
from tests.retrieval.question.test_courtesies import QUESTIONS

FOREIGN = {
    "Warum hat sich der Präsident entschuldigt?": "de",
    "wer ist der präsident von iran": "de",
    "Qui a gagné l'élection ?": "fr",
    "¿Por qué multaron a Federer?": "es",
    "que dijo el presidente de Toyota": "es",
    "Chi ha vinto le elezioni?": "it",
    "Quem ganhou as eleições?": "pt",
    "Wie is de president van Iran?": "nl",
    "Wat is een tarief?": "nl",
    "Varför avgick ministern?": "sv",
    "Почему президент подал в отставку?": UNSURE,
    "राष्ट्रपति ने इस्तीफा क्यों दिया": UNSURE,
    "대통령은 왜 사임했나요?": "ko",
    "大統領はなぜ辞任しましたか？": "ja",
    "总统为什么辞职？": "zh",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_a_language_that_the_model_does_not_know_is_seen(text: str, minilm: OnnxEmbedder) -> None:
    assert unknown_language(text, minilm.vocabulary) == FOREIGN[text]


@pytest.mark.parametrize(
    "text",
    [
        *(question for question in QUESTIONS if question.isascii()),
        "Gaza?",
        "Rafael van der Vaart",
        "de la rosa",
        "What did Le Monde and Die Zeit say?",
        "Los Angeles fire",
        "die hard in new york",
        "Comment on the strike",
        "wat is cptpp",
        "wat hapened in nara",
        "2026",
        "",
    ],
)
def test_english_with_foreign_names_is_english(text: str, minilm: OnnxEmbedder) -> None:
    assert unknown_language(text, minilm.vocabulary) == ""


@given(st.sampled_from(sorted(FOREIGN)))
def test_a_model_that_has_the_common_words_of_a_language_knows_it(text: str) -> None:
    assert unknown_language(text, AnyVocabulary()) == ""


@given(st.text())
@example("")
@example("?!")
def test_any_text_is_looked_at(text: str) -> None:
    assert unknown_language(text, AnyVocabulary()) == ""
