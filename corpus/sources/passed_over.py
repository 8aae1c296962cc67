"""What of a folder is not read, told once for each kind of file."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus.problem import Problem
from corpus.readers.registry import FORMATS

NAMED = 3
"""Files of a kind whose names are told."""
_GUIDES = frozenset(
    "authors changelog changes code_of_conduct contributing copying history license licence notice readme "
    "robots security".split()
)
"""Names of files that speak of the files beside them, and are no news."""
_GUIDE_ENDINGS = ("", ".md", ".markdown", ".txt")
_ADVICE = {
    "save them as .docx": (".doc", ".odt", ".rtf", ".pages", ".wpd"),
    "save them as .csv": (".xls", ".xlsx", ".ods", ".numbers"),
    "pack them as .zip": (".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz"),
    "they hold no text that is read": (
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".svg",
        ".mp3",
        ".mp4",
        ".mov",
    ),
}
"""What would take files of these endings."""
_ADVICE_BY_ENDING = {ending: advice for advice, endings in _ADVICE.items() for ending in endings}


def is_guide(name: str) -> bool:
    """Whether a file of this name in a folder says something about the folder, as README.md does."""
    path = Path(name.lower())
    return path.stem in _GUIDES and path.suffix in _GUIDE_ENDINGS


def passed_over(folder: Path, files: Iterator[Path]) -> Iterator[Problem]:
    """A line for each kind of file among these that is not read, and for links."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for path in files:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            kinds["links"].append(name)
        elif not path.is_file():
            continue
        elif is_guide(path.name):
            kinds["guides"].append(name)
        elif not FORMATS.ending_of(path.name):
            kinds[path.suffix.lower()].append(name)
    for kind, names in kinds.items():
        listed = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
        reason = _reason(kind, len(names), listed)
        yield Problem(str(folder), reason, refused=False, count=len(names), told_once=True)


def _reason(kind: str, number: int, listed: str) -> str:
    one = number == 1
    if kind == "links":
        return f"{number} link{'' if one else 's'} not followed ({listed}): put the files themselves there"
    if kind == "guides":
        return f"{listed} {'is' if one else 'are'} no news: add the file itself to have it read"
    files = f"{number} file{'' if one else 's'} {kind or 'without an ending'}"
    advice = _ADVICE_BY_ENDING.get(kind, f"what is read are {', '.join(FORMATS.endings)}")
    if one:
        advice = advice.replace("they hold", "it holds").replace("them", "it")
    return f"{files} {'is' if one else 'are'} not read ({listed}): {advice}"
