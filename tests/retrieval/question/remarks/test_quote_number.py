import pytest

from retrieval.question.remarks.quote_number import quote_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("source?", 4),
        ("Open the SECOND article", 2),
        ("read article 5", 5),
        ("the 3rd one", 3),
        ("the last one", 6),
        ("두 번째 기사 보여줘", 2),
        ("5번 기사", 5),
        ("마지막 기사", 6),
        ("三つ目の記事を見せて", 3),
        ("最後の記事", 6),
        ("article 10", 4),
    ],
)
def test_the_number_of_a_quote_is_read_and_the_first_is_meant_without_one(text: str, number: int) -> None:
    assert quote_number(text, 4, 6) == number
