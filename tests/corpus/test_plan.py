import pytest

from corpus.plan import ReloadPlan, plan_reload
from corpus.problem import Problem


def served(count: int) -> dict[str, str]:
    return {f"{row}": "v1" for row in range(count)}


def test_every_article_is_new_changed_removed_or_unchanged() -> None:
    plan = plan_reload("news", {"a": "1", "b": "1", "c": "1"}, {"b": "2", "c": "1", "d": "1"})
    assert plan == ReloadPlan(
        collection="news",
        versions={"b": "2", "c": "1", "d": "1"},
        new=("d",),
        changed=("b",),
        removed=("a",),
        unchanged=("c",),
        withdrawn=(),
    )
    assert not plan.changes_nothing
    assert plan.objection() is None


def test_the_order_of_the_sources_is_the_order_of_the_articles() -> None:
    assert list(plan_reload("news", {}, {"z": "1", "a": "1", "m": "1"}).versions) == ["z", "a", "m"]


def test_problems_are_carried_along() -> None:
    problem = Problem("a.md", "it is empty")
    assert plan_reload("news", {}, {"a": "1"}, problems=(problem,)).problems == (problem,)


def test_the_same_again_changes_nothing() -> None:
    assert plan_reload("news", served(3), served(3)).changes_nothing


def test_withdrawn_articles_are_left_out_whatever_the_source_says() -> None:
    plan = plan_reload("news", {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a", "elsewhere"})
    assert plan.versions == {"b": "1"}
    assert (plan.removed, plan.changed, plan.withdrawn) == (("a",), (), ("a",))


def test_a_withdrawn_article_that_is_not_served_changes_nothing() -> None:
    plan = plan_reload("news", {"b": "1"}, {"a": "1", "b": "1"}, {"a"})
    assert plan.changes_nothing
    assert plan.withdrawn == ("a",)


@pytest.mark.parametrize(
    ("before", "left", "objection"),
    [
        (4, 2, None),  # exactly half
        (4, 1, "collection news would lose 3 of its 4 articles"),
        (5, 2, "collection news would lose 3 of its 5 articles"),
        (3, 0, "collection news would be empty (it has 3 articles)"),
        (1, 0, "collection news would be empty (it has 1 article)"),
    ],
)
def test_losing_more_than_half_is_objected_to(before: int, left: int, objection: str | None) -> None:
    assert plan_reload("news", served(before), served(left)).objection() == objection


@pytest.mark.parametrize(
    ("before", "read", "withdrawn", "first", "objection"),
    [
        (4, {f"new-{row}": "v1" for row in range(9)}, "", False, "would lose 4 of its 4 articles"),
        (1, {f"new-{row}": "v1" for row in range(9)}, "", False, "would lose 1 of its 1 article"),
        (4, dict.fromkeys(served(4), "v2"), "", False, None),
        (0, {}, "", True, "there is no article to load into collection news"),
        (0, {}, "", False, None),
        (4, served(4), "012", False, None),
        (4, served(4), "0123", False, None),
        (4, served(1), "0", False, "would be empty"),
        (0, {"a": "1"}, "a", True, None),
    ],
    ids=[
        *(
            "as many are new",
            "the only one",
            "all changed",
            "nothing to begin with",
            "emptied before",
            "taken out by hand",
        ),
        *("all taken out by hand", "the rest counts as ever", "all taken out before the first reload"),
    ],
)
def test_what_is_lost_is_what_was_neither_changed_nor_taken_out_by_hand(
    before: int, read: dict[str, str], withdrawn: str, first: bool, objection: str | None
) -> None:
    found = plan_reload("news", served(before), read, set(withdrawn), first=first).objection()
    assert (found is None) == (objection is None)
    assert (objection or "") in (found or "")
