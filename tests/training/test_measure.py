"""Measuring a reader on questions that were held: what a perfect and a blind one get."""

from training.measure import report
from training.written import WrittenQuestion


def question(number: int, answered: bool) -> WrittenQuestion:
    """A held question."""
    span = (0, 3) if answered else None
    return WrittenQuestion(f"q{number}", "Oslo won.", span, "casual", str(number), "d", held=True)


HELD = [question(at, answered=at < 20) for at in range(40)]


def test_a_reader_that_tells_them_apart_refuses_every_near_miss() -> None:
    told = report(HELD, [1.0 if one.answer else -1.0 for one in HELD])
    assert "area under the curve 1.000" in told
    assert "near misses refused at 0.9 answered 1.000" in told
    assert "near miss, casual: 1.00 of 20 refused" in told


def test_a_reader_that_rates_all_alike_refuses_none() -> None:
    told = report(HELD, [0.0] * len(HELD))
    assert "area under the curve 0.500" in told
    assert "answered 0.000" in told
