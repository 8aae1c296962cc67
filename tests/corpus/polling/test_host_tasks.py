import threading
import time
from collections.abc import Callable

import pytest

from corpus.polling.host_tasks import Stopped, run_by_host

PATIENCE = 20.0


def tasks(*addresses: str) -> list[tuple[str, str]]:
    return [(address, address) for address in addresses]


def visited(work: Callable[[str], str], *addresses: str, at_once: int = 8) -> dict[str, str]:
    return dict(run_by_host(tasks(*addresses), work, threading.Event(), at_once))


def test_every_task_is_done_once() -> None:
    addresses = [f"https://site{number % 5}.example/{number}" for number in range(50)]
    done: list[str] = []

    def work(address: str) -> str:
        done.append(address)
        return address.upper()

    assert visited(work, *addresses, at_once=3) == {address: address.upper() for address in addresses}
    assert sorted(done) == sorted(addresses)
    assert visited(work) == {}


def test_one_host_is_asked_one_after_another_in_order_and_others_meanwhile() -> None:
    both = threading.Barrier(2, timeout=PATIENCE)
    under_way: set[str] = set()
    order: list[str] = []

    def work(address: str) -> str:
        host = address.split("/")[2]
        assert host not in under_way
        under_way.add(host)
        order.append(address)
        if address.endswith("/1"):
            both.wait()
        time.sleep(0.01)
        under_way.discard(host)
        return ""

    a, b = "https://a.example", "https://b.example"
    visited(work, f"{a}/1", f"{a}/2", f"{a}/3", f"{b}/1", f"{b}/2")
    assert [one for one in order if one.startswith(a)] == [f"{a}/1", f"{a}/2", f"{a}/3"]
    assert not both.broken


def test_so_many_hosts_are_asked_at_a_time() -> None:
    lock = threading.Lock()
    now = most = 0

    def work(_address: str) -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return ""

    visited(work, *(f"https://site{number}.example/" for number in range(20)), at_once=4)
    assert 1 < most <= 4


def test_what_the_work_raises_is_raised_and_nothing_more_is_begun() -> None:
    begun: list[str] = []

    def work(address: str) -> str:
        begun.append(address)
        time.sleep(0.01)
        raise ZeroDivisionError(address)

    with pytest.raises(ZeroDivisionError):
        visited(work, *(f"https://a.example/{number}" for number in range(1000)), at_once=1)
    time.sleep(0.05)
    assert len(begun) < 1000


def test_it_stops_at_once_whatever_is_under_way() -> None:
    stop, release, begun = threading.Event(), threading.Event(), threading.Event()

    def work(address: str) -> str:
        begun.set()
        release.wait(PATIENCE)
        return address

    def stop_it() -> None:
        begun.wait(PATIENCE)
        stop.set()

    threading.Thread(target=stop_it).start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        list(run_by_host(tasks("https://a.example/", "https://b.example/"), work, stop))
    assert time.monotonic() - started < 5
    release.set()
