from corpus.problem import MAX_LISTED, REASON_LIMIT, Problem, Problems, grouped, total


def test_the_first_problems_of_a_source_are_kept_and_all_are_counted() -> None:
    problems = Problems("wire.jsonl")
    for line in range(1, 3 * MAX_LISTED + 1):
        problems.add(Problem("wire.jsonl", "it has no text", line, refused=line % 3 > 0))
    told = list(problems.reported())
    assert [problem.line for problem in told[:MAX_LISTED]] == list(range(1, MAX_LISTED + 1))
    assert len(told) == MAX_LISTED + 2
    assert total(told) == 3 * MAX_LISTED
    assert total(problem for problem in told if problem.refused) == 2 * MAX_LISTED
    assert "not listed" in told[-1].reason


def test_as_many_as_are_kept_are_all_listed() -> None:
    problems = Problems("wire.jsonl")
    for line in range(MAX_LISTED):
        problems.add(Problem("wire.jsonl", "it has no text", line))
    assert len(list(problems.reported())) == total(problems.reported()) == MAX_LISTED


def test_a_reason_is_cut_to_a_length_however_long_the_value_that_it_quotes() -> None:
    reason = Problem("wire.jsonl", f"its date {'1, ' * 5_000_000} is not a date").reason
    assert len(reason) == REASON_LIMIT
    assert reason.startswith("its date 1, 1")
    assert reason.endswith("…")
    assert Problem("wire.jsonl", "a" * REASON_LIMIT).reason == "a" * REASON_LIMIT


def test_problems_of_one_kind_are_told_together() -> None:
    problems = [
        Problem("/a.jsonl", "its date 'soon' is not a possible date: left out", 1, refused=False),
        Problem("/a.jsonl", "its text is empty", 2),
        *(
            Problem("/b.jsonl", f"its date 'day {n}' is not a possible date: left out", n, refused=False)
            for n in range(5)
        ),
        Problem(
            "/c.md", "article 'a' is another one in /b.jsonl:3, which is newer and is served", refused=False
        ),
        Problem(
            "/d.md", "article 'b' is another one in /c.jsonl:14, which is newer and is served", refused=False
        ),
        Problem("/a.jsonl", "9 more are not listed", count=9),
    ]
    groups = grouped(problems)
    assert [(group.first, group.count) for group in groups] == [
        (problems[0], 6),
        (problems[1], 1),
        (problems[7], 2),
        (problems[9], 9),
    ]
    assert groups[0].others == ("/b.jsonl", "/b.jsonl:1", "/b.jsonl:2")
    assert groups[2].others == ("/d.md",)
