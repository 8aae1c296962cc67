"""The error classes of Newsdesk.

NewsdeskError           one line for a person: what is wrong and what to do
├── WrongCall           the command or request itself is invalid (exit status 2)
│   ├── BadQuestion     a question that can't be searched for
│   └── UnknownName     a source or collection that doesn't exist, with similar names
├── BadArticle          one article is invalid; the others are not affected
├── UnreadableSource    a file, folder, pattern or address can't be read at all
│   └── Gone            the content of an address was removed (`corpus/web/fetcher.py`)
├── BadSetting          a setting has an invalid value
├── HomeUnusable        the data directory can't be written or read
│   ├── DatabaseAway        the database server does not answer; this may be temporary
│   ├── BlobStoreUnusable   the store of shared files can't be reached, or refuses
│   └── FileLost            a shared file is missing or damaged
├── StoreUnusable       the store has a newer format, or is damaged
├── GenerationUnusable  one generation can't be served; the previous one may work
├── NothingToServe      a collection has no generation that can be served
├── ModelUnavailable    the embedding model can't be loaded, or isn't the expected one
├── ReloadBusy          another reload holds the lock
├── ReloadRefused       a reload would lose too much, or has nothing to build from
├── OverLimit           a community has reached its limit on the corpus
├── PlatformRefused     a chat platform rejects the bot
└── Refusal             shown to a person in a chat instead of an answer (`bot/chat/refusal.py`)
"""


class NewsdeskError(Exception):
    """An error whose text is for the person who reads it: one line that says what to do.

    `said` is the part that people in a chat may read as well. `advice` follows it and is for the operator of
    Newsdesk: commands and paths.
    """

    exit_status = 1

    def __init__(self, said: str = "", advice: str = "") -> None:
        super().__init__(f"{said}: {advice}" if advice else said)
        self.said = said


class WrongCall(NewsdeskError):
    """The command or request can't be carried out as written."""

    exit_status = 2


class BadQuestion(WrongCall):
    """A question that can't be searched for; `fault` is `empty`, `long` or `wordless`."""

    def __init__(self, fault: str, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault


class UnknownName(WrongCall):
    """A name that does not exist. `kind` is `source` or `collection`; `near` are similar existing names, the
    most similar first."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...], reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.name = name
        self.near = near


class BadArticle(NewsdeskError):
    """An invalid article; `reason` says why, without its location."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreadableSource(NewsdeskError):
    """A registered or given source that can't be read at all."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(f"{location}: {reason}")
        self.location = location
        self.reason = reason


class BadSetting(NewsdeskError):
    """A setting with an invalid value; `name` is its environment variable."""

    exit_status = 2

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


class HomeUnusable(NewsdeskError):
    """The data directory can't be written or read."""


class DatabaseAway(HomeUnusable):
    """The database server does not answer; a later attempt may succeed."""


class StoreUnusable(NewsdeskError):
    """The store can't be opened."""


class GenerationUnusable(NewsdeskError):
    """A generation that must not be served; `generation` is its id."""

    def __init__(self, generation: str, reason: str) -> None:
        super().__init__(f"generation {generation} is not used: {reason}")
        self.generation = generation
        self.reason = reason


class BlobStoreUnusable(HomeUnusable):
    """The store of the files that all processes share can't be reached, or refuses."""


class FileLost(HomeUnusable):
    """A shared file that is missing, or differs from what was stored; `reason` says which."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the shared file {name[:16]} {reason}")
        self.name = name
        self.reason = reason


class NothingToServe(NewsdeskError):
    """A collection without any generation that can be served."""


class ModelUnavailable(NewsdeskError):
    """The embedding model can't be loaded, or is not the expected one."""


class ReloadBusy(NewsdeskError):
    """Another reload of this home is running."""


class ReloadRefused(NewsdeskError):
    """A reload that would remove too many articles; the corpus stays as it was."""


class OverLimit(NewsdeskError):
    """A change that would exceed a community's limit. `kind` is `collections`, `sources`, `articles` or
    `megabytes`; `used` is the current number, `most` the limit."""

    def __init__(self, kind: str, used: int, most: int) -> None:
        super().__init__(
            f"{used:,} of the {most:,} {kind} that one community may have are there, and there would be more"
        )
        self.kind = kind
        self.used = used
        self.most = most


class PlatformRefused(NewsdeskError):
    """A chat platform rejects the bot; trying again would not help."""
