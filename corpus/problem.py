"""Something a reader of article files could not take, and where it stood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stood: its file, and its line (from 1) where a file holds many."""

    where: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.where}:{self.line}" if self.line else self.where


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad article or a field left out of a good one: the file, the line (from 1) and the reason."""

    where: str
    reason: str
    line: int | None = None
    refused: bool = True
    """False where the article was kept and only a field of it was left out."""

    def __str__(self) -> str:
        place = Place(self.where, self.line)
        # A file may be named with line breaks, terminal commands or bytes that are no UTF-8.
        return "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode()
            for character in f"{place}: {self.reason}"
        )
