"""What may be left of files after a power cut: a disk that records, and a model of what was not synced.

The model is stricter than most file systems. What a file holds is safe from its `sync` on, and before that
may be there, missing, cut, zeroed or garbled. A name (new, renamed, removed) is safe from its folder's
`sync_folder` on; before that each change may have happened or not, whatever happened to the others. Only a
single rename is one step.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fault.disks import WatchedDisk

Tree = dict[str, bytes | None]
"""Paths with what the file holds, None for a folder."""
EXHAUSTIVE = 48
"""Up to so many combinations all are tried, of more a sample."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to files; `path` and `target` are relative to the disk's base."""

    act: str
    path: str
    data: bytes = b""
    target: str = ""


class RecordingDisk(WatchedDisk):
    """Does everything below `base` and takes it down. Folders are removed name by name, as in truth."""

    def __init__(self, base: Path) -> None:
        super().__init__(self.record)
        self._base = base
        self.steps: list[Step] = []

    def record(self, act: str, path: Path, more: bytes | Path = b"") -> None:
        """Take down one thing that is done; `more` is what is written, or where something is moved to."""
        if act == "remove":
            inside = sorted(path.rglob("*"), reverse=True) if path.is_dir() else []
            gone = [*inside, path] if path.exists() else []
            self.steps += [Step(act, self._name(one)) for one in gone]
        elif isinstance(more, Path):
            self.steps.append(Step(act, self._name(path), target=self._name(more)))
        else:
            self.steps.append(Step(act, self._name(path), more))

    def _name(self, path: Path) -> str:
        return "" if path == self._base else str(path.relative_to(self._base))


@dataclass(eq=False, slots=True)
class _File:
    content: bytes
    synced: bool = False

    def fates(self) -> list[bytes]:
        """What it may hold after a power cut."""
        if self.synced:
            return [self.content]
        half, garbled = self.content[: len(self.content) // 2], bytes(byte ^ 0xA5 for byte in self.content)
        return [self.content, b"", half, bytes(len(self.content)), garbled]


@dataclass(eq=False, slots=True)
class _Folder:
    now: "dict[str, _File | _Folder]" = field(default_factory=dict)
    safe: "dict[str, _File | _Folder]" = field(default_factory=dict)
    changes: "list[dict[str, _File | _Folder | None]]" = field(default_factory=list)
    """Since the last sync: names, and what they then stand for."""

    def change(self, names: "dict[str, _File | _Folder | None]") -> None:
        _change(self.now, names)
        self.changes.append(names)

    def sync(self) -> None:
        self.safe = dict(self.now)
        self.changes.clear()


def _change(names: "dict[str, _File | _Folder]", by: "dict[str, _File | _Folder | None]") -> None:
    for name, node in by.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Platter:
    """The state of a disk after some steps; `wrecks` are what a power cut may leave of it."""

    def __init__(self) -> None:
        self._root = _Folder()
        self._nodes: list[_File | _Folder] = [self._root]

    def do(self, step: Step) -> None:
        """Take one step."""
        above, name = self._above(step.path)
        match step.act:
            case "make_folder":
                above.change({name: self._new(_Folder())})
            case "write":
                above.change({name: self._new(_File(step.data))})
            case "link":
                target_above, target = self._above(step.target)
                target_above.change({target: above.now[name]})
            case "sync":
                found = above.now[name]
                assert isinstance(found, _File)
                found.synced = True
            case "sync_folder":
                folder = above.now[name] if name else self._root
                assert isinstance(folder, _Folder)
                folder.sync()
            case "replace":
                target_above, target = self._above(step.target)
                assert target_above is above, "a rename across folders is two changes"
                above.change({name: None, target: above.now[name]})
            case "remove":
                above.change({name: None})
            case other:
                raise AssertionError(other)

    def _new(self, node: "_File | _Folder") -> "_File | _Folder":
        self._nodes.append(node)
        return node

    def _above(self, path: str) -> tuple[_Folder, str]:
        *parents, name = path.split("/")
        folder = self._root
        for parent in parents:
            below = folder.now[parent]
            assert isinstance(below, _Folder)
            folder = below
        return folder, name

    def wrecks(self, chance: random.Random, samples: int) -> Iterator[Tree]:
        """What may be left: everything possible where that is little, else the extremes and a sample."""
        files = [node for node in self._nodes if isinstance(node, _File)]
        folders = [node for node in self._nodes if isinstance(node, _Folder)]
        dirty = [file for file in files if not file.synced]
        changes = [change for folder in folders for change in folder.changes]
        fates = [file.fates() for file in dirty]
        combinations = 2 ** len(changes) * 5 ** len(dirty)
        if combinations <= EXHAUSTIVE:
            for contents in itertools.product(*fates):
                for kept in itertools.product((False, True), repeat=len(changes)):
                    yield self._tree(dirty, contents, changes, kept)
            return
        for way in range(5):
            yield self._tree(dirty, [fate[way] for fate in fates], changes, [True] * len(changes))
        yield self._tree(dirty, [fate[0] for fate in fates], changes, [False] * len(changes))
        for _ in range(samples):
            contents = tuple(chance.choice(fate) for fate in fates)
            yield self._tree(dirty, contents, changes, [chance.random() < 0.5 for _ in changes])

    def _tree(
        self,
        dirty: Sequence[_File],
        contents: Sequence[bytes],
        changes: "Sequence[dict[str, _File | _Folder | None]]",
        kept: Sequence[bool],
    ) -> Tree:
        fate = {id(file): content for file, content in zip(dirty, contents, strict=True)}
        happened = {id(change) for change, keep in zip(changes, kept, strict=True) if keep}
        tree: Tree = {}

        def walk(folder: _Folder, path: str) -> None:
            names = dict(folder.safe)
            for change in folder.changes:
                if id(change) in happened:
                    _change(names, change)
            for name, node in names.items():
                if isinstance(node, _Folder):
                    tree[f"{path}{name}"] = None
                    walk(node, f"{path}{name}/")
                else:
                    tree[f"{path}{name}"] = fate.get(id(node), node.content)

        walk(self._root, "")
        return tree


def wrecks_after(steps: Sequence[Step], samples: int, begun: int = 0) -> Iterator[tuple[int, Tree]]:
    """What may be left after each step but the first `begun`, with the number of the step, from 1 on."""
    platter = Platter()
    for place, step in enumerate(steps, 1):
        platter.do(step)
        if place > begun:
            for tree in platter.wrecks(random.Random(place), samples):
                yield place, tree


def materialise(tree: Tree, base: Path) -> None:
    """Make the files of the tree below `base`, which is made."""
    base.mkdir()
    for path, content in sorted(tree.items(), key=lambda item: item[0]):
        if content is None:
            (base / path).mkdir()
        else:
            (base / path).write_bytes(content)
