"""A power cut after any step of a reload, with any part of what was not synced lost or garbled.

NEWSDESK_WRECKS sets how many random combinations are tried after each step, beside the extremes.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.home_format import FILE
from corpus.errors import NewsdeskError
from retrieval.generations.generation_folder import STAGING
from tests.fault.newsroom import (
    COLLECTION,
    QuickDisk,
    Texts,
    edition,
    leftovers,
    new_home,
    problems,
    publish,
    served,
)
from tests.fault.wreck import Platter, RecordingDisk, Step, Tree, materialise

WRECKS = int(os.environ.pop("NEWSDESK_WRECKS", "3"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
SEEN_AGAIN = 0.03
"""Share that is checked of the wrecks that differ from others in nothing but half-written generations."""
RELOADED = 0.4
"""Share of the checked ones in which a reload is tried too; it takes four times as long."""

SAMPLES = 4
"""Random combinations after each step where something is left out or done in another order."""


@dataclass(frozen=True, slots=True)
class Act:
    """One change of what is served: its steps, what is served before and after, and the store before it."""

    steps: tuple[Step, ...]
    before: Texts
    after: Texts
    store: bytes


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory, sources: Path) -> list[Act]:
    """The first reload, more of them, one gone back from, and those that remove what is past keeping."""
    base = tmp_path_factory.mktemp("recorded")
    disk = RecordingDisk(base)
    home = new_home(base / "home", sources, disk)
    done: list[Act] = []
    before: Texts = {}

    def act(after: Texts, doing: Callable[..., object], *arguments: object) -> None:
        nonlocal before
        store = (home.root / "store.sqlite3").read_bytes()
        taken = 0 if not done else len(disk.steps)
        doing(*arguments)
        assert served(home) == after
        done.append(Act(tuple(disk.steps[taken:]), before, after, store))
        before = after

    for number in range(2):
        act(edition(number), publish, home, sources, number)
    act(edition(0), home.generation_store(COLLECTION).roll_back)
    for number in range(2, 6):
        act(edition(number), publish, home, sources, number)
    assert len(home.generation_store(COLLECTION).generations()) == 3
    return done


def trouble(tree: Tree, allowed: Sequence[Texts], base: Path) -> str | None:
    """What is wrong with a start on these files, or None."""
    materialise(tree, base)
    home = Home(base / "home", QuickDisk())
    try:
        found = served(home)
        damaged = [
            str(error) for name in home.collections() for error in home.generation_store(name).problems()
        ]
        home.withdrawn.all()
    except NewsdeskError as error:
        return str(error)
    if found not in allowed:
        return f"neither the old corpus nor the new one is served: {found}"
    return "; ".join(damaged) or None


def wrecks(
    acts: Sequence[Act], chance: random.Random, samples: int
) -> Iterator[tuple[Act, int, list[Texts], Tree]]:
    """Every wreck of each act, with its place and what may be served then."""
    platter = Platter()
    for act in acts:
        for place, step in enumerate(act.steps, 1):
            platter.do(step)
            # After the last step it was said to be done.
            allowed = [act.after] if place == len(act.steps) else [act.before, act.after]
            for tree in platter.wrecks(chance, samples):
                yield act, place, allowed, tree


def test_whatever_a_power_cut_leaves_is_the_old_corpus_or_the_new_one(
    acts: list[Act], sources: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    reloaded = 0
    seen: set[tuple[int, bool, frozenset[tuple[str, bytes | None]]]] = set()
    for act, place, allowed, tree in wrecks(acts, chance, WRECKS):
        visible = frozenset(item for item in tree.items() if STAGING not in item[0])
        state = acts.index(act), len(allowed) > 1, visible
        if state in seen and chance.random() > SEEN_AGAIN:
            continue
        seen.add(state)
        base = tmp_path / "wreck"
        assert trouble(tree, allowed, base) is None, act.steps[:place][-3:]
        if chance.random() < RELOADED and (base / "home").is_dir():
            reloaded += 1
            # The store's last transactions are lost, and perhaps all of them.
            if chance.random() < 0.7:
                (base / "home" / "store.sqlite3").write_bytes(act.store)
            home = new_home(base / "home", sources, QuickDisk())
            assert served(home) in allowed
            publish(home, sources, 7)
            assert served(home) == edition(7)
            assert leftovers(home) == []
            assert problems(home) == []
        shutil.rmtree(base)
    assert len(seen) > 30
    assert reloaded > 10


def first_trouble(
    acts: Sequence[Act], act: int, steps: Sequence[Step], tmp_path: Path, *, same: int = 0
) -> str | None:
    """What a power cut does to an act that takes these steps instead, of which the first `same` are as they
    were: at its end, or else at the first step from there on after which it does harm."""
    changed = replace(acts[act], steps=tuple(steps))
    for end in (len(steps), *range(same + 1, len(steps))):
        platter = Platter()
        for step in (*(s for before in acts[:act] for s in before.steps), *steps[:end]):
            platter.do(step)
        allowed = [changed.after] if end == len(steps) else [changed.before, changed.after]
        for number, tree in enumerate(platter.wrecks(random.Random(end), SAMPLES)):
            if found := trouble(tree, allowed, tmp_path / f"{end}-{number}"):
                return found
    return None


def syncs(act: Act) -> list[int]:
    """The places of the steps that make something durable."""
    return [place for place, step in enumerate(act.steps) if step.act in ("sync", "sync_folder")]


def test_the_first_reload_needs_every_one_of_its_syncs(acts: list[Act], tmp_path: Path) -> None:
    act = acts[0]
    *needed, last = syncs(act)
    assert len(needed) > 12
    assert last == len(act.steps) - 1  # without a pointer its generation is served all the same
    named = next(place for place, step in enumerate(act.steps) if step.target.endswith(FILE))
    needed.remove(named + 1)  # a home that does not say its format is of the first one
    for place in needed:
        without = [*act.steps[:place], *act.steps[place + 1 :]]
        folder = tmp_path / str(place)
        folder.mkdir()
        assert first_trouble(acts, 0, without, folder, same=place), (
            f"nothing came of leaving out {act.steps[place]}"
        )


def test_a_later_reload_needs_its_syncs_too_but_for_those_of_folders_that_were_there(
    acts: list[Act], tmp_path: Path
) -> None:
    act = acts[-1]
    made = next(place for place, step in enumerate(act.steps) if step.act == "make_folder")
    assert {step.act for step in act.steps[:made]} == {"sync_folder"}
    assert sum(place > made for place in syncs(act)) > 12
    for place in syncs(act):
        if place < made:
            continue
        without = [*act.steps[:place], *act.steps[place + 1 :]]
        folder = tmp_path / str(place)
        folder.mkdir()
        found = first_trouble(acts, len(acts) - 1, without, folder, same=place)
        assert found, f"nothing came of {act.steps[place]}"


@pytest.mark.parametrize("act", ["sync", "sync_folder"])
def test_a_disk_that_never_syncs_is_found_out(acts: list[Act], tmp_path: Path, act: str) -> None:
    without = [step for step in acts[1].steps if step.act != act]
    assert first_trouble(acts, 1, without, tmp_path)


def test_pointing_to_a_generation_before_it_is_there_is_found_out(acts: list[Act], tmp_path: Path) -> None:
    steps = list(acts[1].steps)
    rename = next(place for place, step in enumerate(steps) if step.act == "replace")
    moved = [steps.pop(rename), steps.pop(rename)]
    assert moved[1].act == "sync_folder"
    assert first_trouble(acts, 1, [*steps, *moved], tmp_path, same=rename)
