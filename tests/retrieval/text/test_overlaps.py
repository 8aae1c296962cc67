from retrieval.dates.named_times import NamedTime
from retrieval.text.overlaps import without_overlaps


def test_what_comes_first_keeps_its_place() -> None:
    whole, inside, beside, over = NamedTime(2, 6), NamedTime(3, 4), NamedTime(6, 7), NamedTime(5, 9)
    assert list(without_overlaps([whole, inside, beside, over], 9)) == [whole, beside]
    assert list(without_overlaps([inside, whole, over], 9)) == [inside, over]
