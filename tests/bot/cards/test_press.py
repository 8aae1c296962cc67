import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.press import LIMIT, Press, read_press

NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
IDS = st.text("abcXYZ019_-", max_size=24)


@given(NAMES, IDS, st.text(max_size=40))
def test_an_id_says_what_it_was_made_of(act: str, subject: str, argument: str) -> None:
    press = Press(act, subject, argument)
    assert read_press(str(press)) == press


@pytest.mark.parametrize(
    "made", ["", "nd", "nd:more", "nd:more:x", "xx:more:a:", "nd:More:a:", "nd:more:a b:", "poll:1"]
)
def test_an_id_of_somebody_else_says_nothing(made: str) -> None:
    assert read_press(made) is None


def test_an_id_longer_than_discord_takes_is_never_made() -> None:
    room = LIMIT - len("nd:set::")
    assert len(str(Press("set", "", "x" * room))) == LIMIT
    with pytest.raises(ValueError, match="longer than 100"):
        str(Press("set", "", "x" * (room + 1)))
