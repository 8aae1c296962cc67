import pytest

import bot.dispatch.fence
from bot.dispatch.fence import TakenOver, check_fence, current_mark, fenced


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
        await check_fence()
        assert owner.asked == 0
        monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
        await check_fence()
        assert owner.asked == 1
        assert current_mark() == "1"
    assert not current_mark()


async def test_what_was_taken_over_while_it_waited_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
    owner = Owner()
    owner.ours = False
    with fenced("1", owner), pytest.raises(TakenOver):
        await check_fence()
    await check_fence()  # of no event
