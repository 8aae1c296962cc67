"""Everything Newsdesk raises on purpose.

NewsdeskError              one line for a person: what is wrong and what to do
├── WrongCall              the call itself is off (exit status 2)
│   ├── BadQuestion        a question that can't be searched with
│   └── UnknownName        a source or collection that isn't there, and what is
├── BadArticle             one article can't be taken; the others can
├── UnreadableSource       a file, folder, pattern or address can't be read at all
│   └── Gone               what is at an address was taken away (`corpus/web/fetcher.py`)
├── BadSetting             a setting has a value that can't be used
├── HomeUnusable           the state folder can't be written or read
│   ├── DatabaseAway       no answer from the database server; it may be back the next moment
│   ├── BlobStoreUnusable      the place of shared files can't be reached, or refuses
│   └── FileLost           a shared file is missing or damaged where it should be
├── StoreUnusable          the store is of a newer format, or damaged
├── GenerationUnusable     one generation can't be served; the one before may
├── NothingToServe         a collection has no generation that can be served
├── ModelUnavailable       the embedding model can't be loaded, or isn't the one it says
├── ReloadBusy             another reload holds the lock
├── ReloadRefused          a reload would lose too much, or has nothing to build from
├── OverLimit              a community has as much in the corpus as it may have
├── PlatformRefused        a chat platform does not let the bot in
└── Refusal                what a person in a chat gets in the place of an answer (`bot/chat/refusal.py`)
"""


class NewsdeskError(Exception):
    """An error whose text is for the person who will read it: one line, with what to do.

    `said` is the part of it that people in a chat may read too; `advice` follows it and is for whoever runs
    Newsdesk: commands, and what lies where.
    """

    exit_status = 1

    def __init__(self, said: str = "", advice: str = "") -> None:
        super().__init__(f"{said}: {advice}" if advice else said)
        self.said = said


class WrongCall(NewsdeskError):
    """The call can't be carried out as written."""

    exit_status = 2


class BadQuestion(WrongCall):
    """A question that can't be searched with; `fault` is `empty`, `long` or `wordless`."""

    def __init__(self, fault: str, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault


class UnknownName(WrongCall):
    """A name that nothing has; `kind` is `source` or `collection`, `near` what is there, likest first."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...], reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.name = name
        self.near = near


class BadArticle(NewsdeskError):
    """An article that can't be taken; `reason` says why, without the place it stood."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreadableSource(NewsdeskError):
    """A registered or named source that can't be read at all."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class BadSetting(NewsdeskError):
    """A setting with a value that can't be used; `name` is its environment variable."""

    exit_status = 2

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


class HomeUnusable(NewsdeskError):
    """The state folder can't be written or read."""


class DatabaseAway(HomeUnusable):
    """The database server gives no answer; the next attempt may find it again."""


class StoreUnusable(NewsdeskError):
    """The store can't be opened."""


class GenerationUnusable(NewsdeskError):
    """A generation that must not be served; `generation` is its id."""

    def __init__(self, generation: str, reason: str) -> None:
        super().__init__(f"generation {generation} is not used: {reason}")
        self.generation = generation
        self.reason = reason


class BlobStoreUnusable(HomeUnusable):
    """The place of the files that all processes share can't be reached, or refuses."""


class FileLost(HomeUnusable):
    """A shared file that is not in its place, or not as it was put there; `reason` says which."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the shared file {name[:16]} {reason}")
        self.name = name
        self.reason = reason


class NothingToServe(NewsdeskError):
    """A collection without any generation that can be served."""


class ModelUnavailable(NewsdeskError):
    """The embedding model can't be loaded, or is not the one it should be."""


class ReloadBusy(NewsdeskError):
    """Another reload of this home is under way."""


class ReloadRefused(NewsdeskError):
    """A reload that would lose too much; the corpus stays as it was."""


class OverLimit(NewsdeskError):
    """There would be more of a community's than it may have; `kind` is `collections`, `sources`, `articles`
    or `megabytes`, `used` what it has now."""

    def __init__(self, kind: str, used: int, most: int) -> None:
        super().__init__(
            f"{used:,} of the {most:,} {kind} that one community may have are there, and there would be more"
        )
        self.kind = kind
        self.used = used
        self.most = most


class PlatformRefused(NewsdeskError):
    """A chat platform does not let the bot in; trying again would not help."""
