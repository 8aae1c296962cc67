from corpus.problem import KEPT, REASON_LIMIT, Problem, Problems, total


def test_the_first_problems_of_a_source_are_kept_and_all_are_counted() -> None:
    problems = Problems("wire.jsonl")
    for line in range(1, 3 * KEPT + 1):
        problems.add(Problem("wire.jsonl", "it has no text", line, refused=line % 3 > 0))
    told = list(problems.told())
    assert [problem.line for problem in told[:KEPT]] == list(range(1, KEPT + 1))
    assert len(told) == KEPT + 2
    assert total(told) == 3 * KEPT
    assert total(problem for problem in told if problem.refused) == 2 * KEPT
    assert "not listed" in told[-1].reason


def test_as_many_as_are_kept_are_all_listed() -> None:
    problems = Problems("wire.jsonl")
    for line in range(KEPT):
        problems.add(Problem("wire.jsonl", "it has no text", line))
    assert len(list(problems.told())) == total(problems.told()) == KEPT


def test_a_reason_is_cut_to_a_length_however_long_the_value_that_it_quotes() -> None:
    reason = Problem("wire.jsonl", f"its date {'1, ' * 5_000_000} is not a date").reason
    assert len(reason) == REASON_LIMIT
    assert reason.startswith("its date 1, 1")
    assert reason.endswith("…")
    assert Problem("wire.jsonl", "a" * REASON_LIMIT).reason == "a" * REASON_LIMIT
