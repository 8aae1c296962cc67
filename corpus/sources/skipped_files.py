"""Files of a folder that are not read, reported once for each kind of file."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from corpus.readers.unread_kinds import advice_for, is_of_system

FILES_NAMED = 3
"""The most file names that are listed for a kind."""
_GUIDES = frozenset(
    "authors changelog changes code_of_conduct contributing copying history license licence notice readme "
    "robots security".split()
)
"""Names of files that describe a folder and are no news."""
_GUIDE_ENDINGS = ("", ".md", ".markdown", ".txt")


def is_guide(name: str) -> bool:
    """Whether a file with this name describes its folder, as README.md does."""
    path = Path(name.lower())
    return path.stem in _GUIDES and path.suffix in _GUIDE_ENDINGS


def skipped_files(folder: Path, files: Iterator[Path]) -> Iterator[Problem]:
    """One problem for each kind of file that is not read, and one for symbolic links."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for path in files:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            kinds["links"].append(name)
        elif not path.is_file() or is_of_system(path.name):
            continue
        elif is_guide(path.name):
            kinds["guides"].append(name)
        elif not FORMATS.ending_of(path.name):
            kinds[path.suffix.lower()].append(name)
    for kind, names in kinds.items():
        listed = ", ".join(names[:FILES_NAMED]) + (", …" if len(names) > FILES_NAMED else "")
        reason = _reason(kind, len(names), listed)
        yield Problem(str(folder), reason, refused=False, count=len(names), report_once=True)


def _reason(kind: str, number: int, listed: str) -> str:
    one = number == 1
    if kind == "links":
        return f"{number} link{'' if one else 's'} not followed ({listed}): put the files themselves there"
    if kind == "guides":
        return f"{listed} {'is' if one else 'are'} no news: add the file itself to have it read"
    files = f"{number} file{'' if one else 's'} {kind or 'without an ending'}"
    advice = advice_for(f"x{kind}", one=one) or f"what is read are {', '.join(FORMATS.endings)}"
    if not kind:
        advice = "give it the ending of what it is, such as .md, .html or .mbox"
    return f"{files} {'is' if one else 'are'} not read ({listed}): {advice}"
