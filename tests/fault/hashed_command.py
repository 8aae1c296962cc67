"""The command `newsdesk` with the deterministic embedder: `python -m tests.fault.hashed_command ARGUMENTS`.

It stops for good, and says so on standard output, where the environment's PAUSE_AT names a stage or a call
of the disk. With EVENT_HISTORY its log has what became of each event.
"""

import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import bot.corpus_admin.home
import corpus.sources.sources
from bot.__main__ import main
from corpus.sources.files import FileSource
from corpus.sources.source import Item
from corpus.storage.disk import Disk
from retrieval.generations.generation_folder import POINTER
from retrieval.models.embedder import EncodedTexts, HashEmbedder
from retrieval.models.model import Model
from retrieval.models.vocabulary import AnyVocabulary

places = [os.environ.get("PAUSE_AT", "")]


def pass_by(place: str) -> None:
    """Wait here for a signal, if this is the place and the first time."""
    if place in places:
        places.remove(place)
        os.write(1, b"waiting\n")
        threading.Event().wait()


class PausingFiles(FileSource):
    """May stop when it has read an article of several."""

    def read(self, collection: str) -> Iterator[Item]:
        for item in super().read(collection):
            yield item
            pass_by("read")


class PausingEmbedder(HashEmbedder):
    """May stop when it is asked for vectors."""

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        pass_by("embed")
        return super().embed_passages(texts)


class PausingDisk(Disk):
    """May stop before it renames, or after it has pointed to a new generation."""

    def sync(self, path: Path) -> None:
        pass_by("sync")
        super().sync(path)

    def replace(self, source: Path, target: Path) -> None:
        what = POINTER if target.name == POINTER else "generation"
        pass_by(f"replace {what}")
        super().replace(source, target)
        pass_by(f"replaced {what}")


if __name__ == "__main__":
    if os.environ.get("EVENT_HISTORY"):
        logging.getLogger("bot.dispatch.claims").setLevel(logging.DEBUG)
    corpus.sources.sources.FileSource = PausingFiles  # type: ignore[attr-defined]
    bot.corpus_admin.home.Disk = PausingDisk  # type: ignore[attr-defined]
    sys.exit(main(load=lambda _name: Model(PausingEmbedder(), AnyVocabulary())))
