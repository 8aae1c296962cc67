import pytest

from retrieval.collection.pasted_reference import may_be_pasted, pasted_address

PAGE = "https://city.example/a/bridge-closed"
TITLE = "“Bridge closed for ten years”"


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        f"Check this out: {PAGE} - what does it say?",
        f"CHECK CHECK up up {PAGE} out!!",
        f"please summarise, and summarize {PAGE}",
        f"when did it publish {PAGE}",
        f"{PAGE} 이 기사 요약해 줘",
        f"이 링크의내용을 알려줘 {PAGE}",
        f"この記事を要約して {PAGE}",
        f"{PAGE} には何と書いてありますか",
    ],
)
def test_an_address_among_words_that_ask_about_an_article_is_pasted(text: str) -> None:
    assert pasted_address(text) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        f"who paid for {PAGE}",
        f"themes of {PAGE}",
        f"linkは {PAGE}",
        f"이 다리 {PAGE}",
        f"{'check ' * 40}qzx {PAGE}",
    ],
)
def test_an_address_among_other_words_is_not(text: str) -> None:
    assert pasted_address(text) == ""


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        (f"Is {TITLE} true?", True),
        (f"“True” or {TITLE}", True),
        (f"Is {TITLE}", True),
        ("“x”" * 600, False),
        (f"{TITLE} ", True),
        ("Is the bridge", False),
    ],
)
def test_a_quoted_headline_among_words_that_ask_about_it_may_be_pasted(text: str, pasted: bool) -> None:
    assert may_be_pasted(text) is pasted
