"""What a reload is asked to do, and what it would change, without side effects."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from corpus.problem import Problem
from corpus.storage.store_records import Source
from corpus.text import counted

LOSS_GUARD = 0.5
"""The most of the articles, as a share, that one reload may remove without force."""


@dataclass(frozen=True, slots=True)
class ReloadRequest:
    """What to reload, and how.

    - `collections`: reload only these. Sources of the operator that belong to other collections are read too,
      for articles in them that name one of these.
    - `only`: read only these sources; the articles of all others stay as they are served.
    - `fetch`: request web addresses. Without it, their cached content is read.
    - `reread`: read the sources. Without it, only withdrawn articles are removed.
    - `keep_rolled_back`: what a rollback undid stays so: a version that it took out is not served
      again, and with `only`, an article that it brought back stays although its source lacks it.
    - `restored`: the id of an article of the collections. Only this article is changed: it is served as it is
      read now, or, if it isn't found and a source can't be read, as it was stored.
    - `force`: publish even if more than half of a collection would be lost or a source is missing, and read
      files even if none has changed since everything was last read without a problem.
    - `all_problems`: report ALL_LISTED problems of each source in place of MAX_LISTED, which fit in a chat.
    - `dry_run`: only report what would change, and the reasons for which a reload would be refused.
      Everything is read, also if nothing has changed. Pages that were fetched are kept in the cache.
    """

    collections: frozenset[str] | None = None
    only: frozenset[Source] | None = None
    fetch: bool = True
    reread: bool = True
    keep_rolled_back: bool = False
    restored: str | None = None
    force: bool = False
    dry_run: bool = False
    all_problems: bool = False

    @classmethod
    def of_fetched(cls, sources: frozenset[Source]) -> "ReloadRequest":
        """Reload what was fetched of these sources."""
        return cls(only=sources, fetch=False)

    def within(self, collection: str) -> "ReloadRequest":
        """The same for one collection."""
        return replace(self, collections=frozenset({collection}))


EVERYTHING = ReloadRequest()
"""Read all sources, and publish what changed."""


@dataclass(frozen=True, slots=True)
class ReloadPlan:
    """The difference between a collection as it is served and the current content of its sources.

    `versions` maps the id of each article after the reload to its version; the tuples hold sorted article
    ids.
    """

    collection: str
    versions: Mapping[str, str]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]
    """Articles that are in the sources but were withdrawn by an administrator."""
    problems: tuple[Problem, ...] = ()
    first: bool = False
    """Whether nothing was published for the collection before."""

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.removed)

    def objection(self) -> str | None:
        """Why this plan needs force, or None."""
        before = len(self.changed) + len(self.removed) + len(self.unchanged)
        lost = len(set(self.removed).difference(self.withdrawn))  # a withdrawal is deliberate
        if not self.versions and lost:
            return f"collection {self.collection} would be empty (it has {counted(before, 'article')})"
        if not self.versions and self.first and not self.withdrawn:
            return f"there is no article to load into collection {self.collection}"
        if before and lost / before > LOSS_GUARD:
            return f"collection {self.collection} would lose {lost} of its {counted(before, 'article')}"
        return None


def plan_reload(
    collection: str,
    served: Mapping[str, str],
    read: Mapping[str, str],
    withdrawn: Set[str] = frozenset(),
    problems: tuple[Problem, ...] = (),
    *,
    first: bool = False,
) -> ReloadPlan:
    """Compare two maps of article id to version: what is served now, and what the sources contain."""
    wanted = {key: version for key, version in read.items() if key not in withdrawn}
    return ReloadPlan(
        collection=collection,
        versions=wanted,
        new=tuple(sorted(wanted.keys() - served.keys())),
        changed=tuple(sorted(key for key in wanted.keys() & served.keys() if wanted[key] != served[key])),
        removed=tuple(sorted(served.keys() - wanted.keys())),
        unchanged=tuple(sorted(key for key in wanted.keys() & served.keys() if wanted[key] == served[key])),
        withdrawn=tuple(sorted(read.keys() & withdrawn)),
        problems=problems,
        first=first,
    )
