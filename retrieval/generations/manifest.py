"""The manifest: a file that describes a generation."""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import GenerationUnusable

FORMAT = 3
"""Incremented whenever older generations can no longer be read, or would be split or indexed differently."""
CODED_FORMAT = 4
"""The format of a generation with codes in a segment. Others keep the number that earlier releases read."""
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a generation: the `name` of its folder, its sizes, its `files` with their XXH3-128 (hex),
    and the ascending rows of the articles that are `gone` from it, with the number of their passages and
    chunks. `since` is when the first of them went."""

    name: str
    articles: int
    passages: int
    chunks: int
    files: dict[str, str]
    gone: list[int] = field(default_factory=list)
    gone_passages: int = 0
    gone_chunks: int = 0
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of a generation.

    `sequence` is one more than that of the generation it follows, so the order does not depend on a clock.
    `articles`, `passages` and `chunks` count what is searched. `withdrawn` are the ids of articles that
    administrators have withdrawn; earlier generations still have them.
    """

    generation: str
    collection: str
    model: str
    sequence: int
    created: str
    articles: int
    passages: int
    chunks: int
    segments: list[SegmentEntry]
    withdrawn: list[str] = field(default_factory=list)
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """JSON, whose last entry is a checksum of the others."""
        body = asdict(self)
        return json.dumps(body | {"checksum": checksum(body)}, indent=1, ensure_ascii=False).encode()


def new_generation_id() -> str:
    """A unique name: the time, for people to read, and a random part."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"


def moment_of(generation: str) -> datetime:
    """When a generation's name was created, to the second."""
    return datetime.strptime(generation.partition("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def read_manifest(folder: Path, collection: str) -> Manifest:
    """Read and check the manifest of a generation.

    Raises GenerationUnusable if it is missing, damaged, too new, or of another collection.
    """
    try:
        body = json.loads((folder / MANIFEST).read_bytes())
        expected = body.pop("checksum")
        if (found := body.get("format")) not in (FORMAT, CODED_FORMAT):
            advice = "update Newsdesk" if isinstance(found, int) and found > CODED_FORMAT else "reload"
            raise GenerationUnusable(
                folder.name,
                f"it has format {found}, this Newsdesk reads {FORMAT} and {CODED_FORMAT}: {advice}",
            )
        if expected != checksum(body):
            raise GenerationUnusable(folder.name, "its manifest is damaged (the checksum differs)")
        manifest = Manifest(**body | {"segments": [SegmentEntry(**one) for one in body["segments"]]})
    except OSError as error:
        raise GenerationUnusable(folder.name, f"its manifest can't be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise GenerationUnusable(folder.name, "its manifest is damaged") from error
    if manifest.generation != folder.name:
        raise GenerationUnusable(folder.name, f"it is generation {manifest.generation} under another name")
    if manifest.collection != collection:
        raise GenerationUnusable(folder.name, f"it belongs to collection {manifest.collection}")
    return manifest


def checksum(body: dict[str, object]) -> str:
    """The SHA-256 (hex) of a manifest without its checksum."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
