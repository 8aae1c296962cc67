"""The rules of the tree, as pure functions of it: each gives what breaks it, in words, and nothing where it
is kept."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path, PurePosixPath

MODULES = 14
"""Most modules of one folder: what can be taken in at a look."""
LINES = 300
"""Most lines of one module."""
TWINS = (PurePosixPath("bot/discord"), PurePosixPath("bot/slack"))
"""The adapters of the platforms, whose modules are called alike on purpose."""
_UNNAMED = ("__init__", "__main__")
"""Modules that every package may have."""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of Python: `path` from the tree's root, `imports` every dotted name that may be a module's,
    also those inside functions and of types alone."""

    path: PurePosixPath
    lines: int
    imports: frozenset[str]

    @property
    def folder(self) -> PurePosixPath:
        """Its folder; a module directly in a package counts as a folder of its own."""
        return self.path if len(self.path.parts) == 2 else self.path.parent

    @property
    def name(self) -> str:
        """How it is imported."""
        whole = self.path.parent if self.path.stem == "__init__" else self.path.with_suffix("")
        return ".".join(whole.parts)


def read_tree(root: Path, packages: Iterable[str]) -> list[Module]:
    """Every module of these packages that are there."""
    return [
        _read(path, PurePosixPath(path.relative_to(root)))
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
    ]


def _read(path: Path, name: PurePosixPath) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(name, len(text.splitlines()), frozenset(_imports(ast.parse(text))))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:  # relative ones are forbidden by ruff
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def crowded_folders(tree: Iterable[Module]) -> list[str]:
    """Folders with more than MODULES modules, not counting `__init__` and `__main__`."""
    counts = Counter(module.path.parent for module in tree if module.path.stem not in _UNNAMED)
    return [f"{folder}: {count} modules" for folder, count in sorted(counts.items()) if count > MODULES]


def long_modules(tree: Iterable[Module]) -> list[str]:
    """Modules of more than LINES lines."""
    return [f"{module.path}: {module.lines} lines" for module in tree if module.lines > LINES]


def repeated_names(tree: Iterable[Module]) -> list[str]:
    """Names of modules that stand twice, the twins looked at each by itself."""
    found: defaultdict[tuple[PurePosixPath | None, str], list[str]] = defaultdict(list)
    for module in tree:
        twin = next((twin for twin in TWINS if twin in module.path.parents), None)
        if module.path.stem not in _UNNAMED:
            found[twin, module.path.stem].append(str(module.path))
    return [" and ".join(paths) for paths in found.values() if len(paths) > 1]


def arrows(tree: Iterable[Module]) -> dict[tuple[PurePosixPath, PurePosixPath], list[str]]:
    """By a folder and another that it imports: the modules of each import, as `one -> other`."""
    modules = list(tree)
    folders = {module.name: module.folder for module in modules}
    found: defaultdict[tuple[PurePosixPath, PurePosixPath], list[str]] = defaultdict(list)
    for module in modules:
        for name in sorted(module.imports & folders.keys()):
            if folders[name] != module.folder and not _only_on_the_way(name, module.imports, folders):
                found[module.folder, folders[name]].append(f"{module.name} -> {name}")
    return dict(found)


def _only_on_the_way(name: str, imports: frozenset[str], folders: Mapping[str, PurePosixPath]) -> bool:
    """Whether a package is named for a module in it alone: `from bot import settings`."""
    return any(other.startswith(f"{name}.") and other in folders for other in imports)


def circles_of_rooms(tree: Iterable[Module]) -> list[str]:
    """A cycle of folders that import each other, where there is one, with an import of each step."""
    found = arrows(tree)
    above: defaultdict[PurePosixPath, set[PurePosixPath]] = defaultdict(set)
    for one, other in found:
        above[other].add(one)
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        folders = error.args[1]  # from the importing to the imported one, the first again at the end
        return [f"{one} imports {other}: {found[one, other][0]}" for one, other in pairwise(folders)]
    return []
