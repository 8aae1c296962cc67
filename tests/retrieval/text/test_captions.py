import pytest

from retrieval.text.asides import is_aside
from retrieval.text.captions import is_caption, is_credited
from retrieval.text.sentences import sentence_spans

CAPTIONS = [
    "Residents wade through the streets of Skarvik.",
    "Two masked men walk past the burnt pier in Skarvik, Norway.",
    "A Norwegian soldier stands guard at the village of Moen on 1 December.",
    "Fans in Skarvik, Norway, take part in a vigil for Ida Berg.",
    "A girl carries water in Skarvik, Norway, on Tuesday.",
    "Ida Berg rides a ferry to the Outer Islands in March 2003.",
    "Ida Berg shakes hands with Jon Moe, mayor of Skarvik, on the pier on Friday, Feb. 8.",
    "Ida Berg, pictured earlier this year, built the pier.",
    "Ida Berg pictured with her son Jon.",
    "This illustration shows the pier.",
    "From left, Ida Berg, Jon Moe and Bo Lee of the harbour band.",
    "Protesters display banners at the harbour of Skarvik.",
    "Ida Berg (L) and Jon Moe (R) on the pier.",
    "The wreck lies on the sand in this Friday, June 5, 2020, file photo.",
]
NO_CAPTIONS = [
    "Residents wait for years to get a flat in Skarvik.",
    "Ida Berg pictured the pier as a museum.",
    "This photo was shared a million times.",
    "From left-wing parties, Ida Berg got no vote.",
    "Residents say they wade through the streets of Skarvik.",
    "Residents wade through the streets.",
    "Residents walk to the pier every morning in Skarvik.",
    "Residents waded through the streets of Skarvik.",
    "A girl who carries water in Skarvik was hurt.",
    "A student sit-in began in Skarvik in February.",
    "Students walk-out to protest in Skarvik",
    "His doctor gave him a clean bill of health in November 2013.",
    "She holds the record that she set in March 2003.",
    "Ida Berg holds the record.",
    "Fans in Skarvik take part in a vigil.",
    "Students protest in Skarvik",
    "Ida Berg rode a ferry to the Outer Islands in March 2003.",
    "Jon Moe (R) lost his seat in Skarvik.",
]


@pytest.mark.parametrize("sentence", CAPTIONS)
def test_what_a_photo_shows_is_a_caption(sentence: str) -> None:
    assert is_aside(sentence)
    assert is_caption(sentence)


@pytest.mark.parametrize("sentence", NO_CAPTIONS)
def test_what_an_article_tells_is_no_caption(sentence: str) -> None:
    assert not is_aside(sentence)
    assert not is_caption(sentence)


def test_a_caption_ends_its_line_with_who_took_the_photo() -> None:
    text = (
        "It rained. The pier at dawn. Ida Berg/University of Skarvik\n\n"
        "The pier burned. Moe left. Ida Berg wept."
    )
    credited = [text[slice(*one)] for one in sentence_spans(text, "en") if is_credited(text, *one)]
    assert credited == ["The pier at dawn.", "Ida Berg/University of Skarvik"]
