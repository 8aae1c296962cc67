from benchmarks.small_talk import fault, read_turns

DOUBTFUL = {
    "sorry, wrong channel",
    "what model are you running on?",
    "translate: how did Google translate the speech?",
}
"""What the rules do not know; of questions none may be swallowed."""


def test_small_talk_is_known_and_what_looks_like_it_is_searched() -> None:
    faults = {row["text"]: said for row in read_turns() if (said := fault(row))}
    assert faults.keys() <= DOUBTFUL
    assert "swallowed" not in faults.values()


def test_there_are_turns_of_each_language_and_kind_in_both_halves() -> None:
    rows = read_turns()
    for half in ("tune", "held"):
        kinds = [(row["language"], row["kind"]) for row in rows if row["split"] == half]
        assert len(kinds) > 80
        for language in ("en", "ko", "ja"):
            assert {(language, "question"), (language, "request"), (language, "greeting")} <= set(kinds)
    assert len({row["text"] for row in rows}) == len(rows)
