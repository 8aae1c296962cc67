import sys
import threading

import pytest

from retrieval.switch_interval import SECONDS, ShortSwitchInterval


def test_the_interval_is_short_until_the_last_thread_has_left() -> None:
    before, interval = sys.getswitchinterval(), ShortSwitchInterval()
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with interval:
            inside.set()
            leave.wait(10)

    other = threading.Thread(target=stay)
    with interval:
        assert sys.getswitchinterval() == pytest.approx(SECONDS)
        other.start()
        inside.wait(10)
    assert sys.getswitchinterval() == pytest.approx(SECONDS)
    leave.set()
    other.join()
    assert sys.getswitchinterval() == before


def test_it_is_as_before_where_a_thread_fails() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(ValueError, match="odd"), ShortSwitchInterval():
        raise ValueError("odd")
    assert sys.getswitchinterval() == before
