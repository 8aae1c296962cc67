import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.listing.exclusions import without_excluded


@pytest.mark.parametrize(
    ("subject", "parts"),
    [
        ("Google but not Apple", ("Google", "Apple")),
        ("Google but not about Apple", ("Google", "Apple")),
        ("Google, not Apple", ("Google", "Apple")),
        ("the Google trial and not Apple or Epic", ("the Google trial", "Apple or Epic")),
        ("Ukraine without Russia", ("Ukraine", "Russia")),
        ("Google except for Apple", ("Google", "Apple")),
        ("Google except articles about Apple", ("Google", "Apple")),
        ("Google excluding Apple", ("Google", "Apple")),
        ("Google but don't mention Apple", ("Google", "Apple")),
        ("애플을 제외한 구글", ("구글", "애플")),
        ("애플 빼고 구글", ("구글", "애플")),
        ("Appleを除くGoogle", ("Google", "Apple")),
        ("アップル以外のグーグル", ("グーグル", "アップル")),
        ("Doctors Without Borders", None),
        ("Google and Apple", None),
        ("without Apple", None),
    ],
)
def test_what_is_left_out_is_told_from_the_subject(subject: str, parts: tuple[str, str] | None) -> None:
    assert without_excluded(subject) == parts


@given(st.text(max_size=60))
def test_both_parts_are_words_of_the_subject(subject: str) -> None:
    assert all(part in subject for part in without_excluded(subject) or ())
