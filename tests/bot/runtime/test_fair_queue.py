from collections import defaultdict, deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.fair_queue import FairQueue, FullError

TENANTS = ["city", "town", "village", "hamlet"]
STEPS = st.lists(st.sampled_from([*TENANTS, "take", "take", "give up"]), max_size=80)
"""Tenants put an item; `give up` takes the last one that was put back."""


class Model:
    """What a queue holds, by tenant, and what it gave since each item was put."""

    def __init__(self) -> None:
        self.lines: dict[str, deque[int]] = defaultdict(deque)
        self.put_at: dict[int, int] = {}
        self.given: list[tuple[str, int]] = []

    def waiting(self, tenant: str) -> int:
        return len(self.lines[tenant])


def played(steps: list[str], limit: int) -> tuple[Model, FairQueue[int]]:
    """A queue on which the steps were done, each checked."""
    model, queue = Model(), FairQueue[int](limit)
    owner: dict[int, str] = {}
    last: int | None = None
    for number, step in enumerate(steps):
        if step == "take":
            item = queue.take()
            assert (item is None) == (not any(model.lines.values()))
            if item is not None:
                assert model.lines[owner[item]].popleft() == item  # in the order of its tenant
                model.given.append((owner[item], item))
        elif step == "give up":
            if last is not None:
                queue.discard(owner[last], last)
                if last in model.lines[owner[last]]:
                    model.lines[owner[last]].remove(last)
        else:
            before = {tenant: model.waiting(tenant) for tenant in TENANTS}
            full = sum(before.values()) >= limit
            try:
                dropped = queue.put(step, number)
            except FullError:
                assert full
                assert before[step] + 1 >= max(before.values())
                continue
            assert (dropped is not None) == full
            if dropped is not None:
                most = owner[dropped]
                assert before[most] == max(before.values()) > before[step] + 1
                assert model.lines[most].pop() == dropped  # the last that it put
            owner[number], last = step, number
            model.lines[step].append(number)
            model.put_at[number] = len(model.given)
        assert len(queue) == sum(map(len, model.lines.values())) <= limit
    return model, queue


@given(STEPS, st.integers(0, 12))
def test_the_limit_is_exact_and_the_order_within_a_tenant_is_kept(steps: list[str], limit: int) -> None:
    played(steps, limit)


@given(STEPS, st.integers(1, 12))
def test_nobody_waits_for_more_than_one_of_each_other_tenant_before_their_next(
    steps: list[str], limit: int
) -> None:
    model, _ = played([*steps, *["take"] * limit], limit)
    for place, (tenant, item) in enumerate(model.given):
        own_before = [at for at in range(model.put_at[item], place) if model.given[at][0] == tenant]
        since = max([model.put_at[item], *(at + 1 for at in own_before)])  # when it came to be the next
        between = [other for other, _ in model.given[since:place]]
        assert len(between) == len(set(between)), (between, tenant)


@given(STEPS, st.integers(1, 12), st.sampled_from(TENANTS))
def test_no_more_come_first_than_were_said_to_be_ahead(steps: list[str], limit: int, tenant: str) -> None:
    _, queue = played(steps, limit)
    ahead = queue.ahead(tenant)
    try:
        queue.put(tenant, -1)
    except FullError:
        return
    before = 0
    while (item := queue.take()) != -1:
        assert item is not None
        before += 1
    assert before <= ahead


def test_a_queue_without_room_for_anything_takes_nothing() -> None:
    queue = FairQueue[str](0)
    with pytest.raises(FullError):
        queue.put("city", "a")
    assert queue.take() is None
    queue.discard("city", "a")
    assert len(queue) == 0
