import pytest

from corpus.readers.rows.site_time import in_site_time

UTC = "2024-11-06T03:30:00"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"dategmt": UTC, "date": "2024-11-05T22:30:00"}, "2024-11-05T22:30:00-05:00"),
        ({"postdategmt": UTC, "postdate": "2024-11-06 09:00:00"}, "2024-11-06T09:00:00+05:30"),
        ({"dategmt": UTC, "date": UTC}, "2024-11-06T03:30:00Z"),
        ({"dategmt": UTC, "date": "2024-11-05T22:30:00-05:00"}, "2024-11-06T03:30:00Z"),
        ({"dategmt": UTC, "date": "2024-11-09T22:30:00"}, "2024-11-06T03:30:00Z"),
        ({"dategmt": UTC, "date": "2024-11-05T22:31:10"}, "2024-11-06T03:30:00Z"),
        ({"dategmt": UTC, "date": "last week"}, UTC),
        ({"dategmt": UTC}, UTC),
        ({"published": UTC, "date": "2024-11-05T22:30:00"}, UTC),
    ],
)
def test_a_date_in_utc_gets_the_offset_of_the_same_date_in_the_time_of_its_site(
    known: dict[str, object], expected: str
) -> None:
    assert in_site_time(UTC, known) == expected


@pytest.mark.parametrize("published", [None, "", "soon", 7, {"a": 1}])
def test_what_is_no_date_stays(published: object) -> None:
    assert in_site_time(published, {"dategmt": published, "date": "2024-11-05T22:30:00"}) == published
