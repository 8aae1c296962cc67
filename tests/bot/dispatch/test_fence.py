import pytest

import bot.dispatch.fence
from bot.dispatch.fence import TakenOver, fenced, mark_at_hand, pass_fence


class Owner:
    """Whose an event is, and how often that was asked."""

    ours = True
    asked = 0

    async def __call__(self, event: str | None) -> bool:
        assert event == "1"
        self.asked += 1
        return self.ours


async def test_what_was_asked_just_now_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = Owner()
    with fenced("1", owner):
        await pass_fence()
        assert owner.asked == 0
        monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
        await pass_fence()
        assert owner.asked == 1
        assert mark_at_hand() == "1"
    assert not mark_at_hand()


async def test_what_was_taken_over_while_it_waited_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
    owner = Owner()
    owner.ours = False
    with fenced("1", owner), pytest.raises(TakenOver):
        await pass_fence()
    await pass_fence()  # of no event
