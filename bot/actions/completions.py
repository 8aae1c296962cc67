"""Completions of an option while somebody types it; none if they are not ready in time."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.actions.command_table import Kind
from bot.cards.request import Request
from bot.chat.period import offered
from bot.service.service import Service
from corpus.errors import NewsdeskError
from corpus.readers.parsing.reading_options import DateOrder

Choice = tuple[str, str]
"""A value, and how it is shown."""


async def offer(
    service: Service, request: Request, kind: Kind, typed: str, *, limit: int, length: int
) -> list[Choice]:
    """At most `limit` completions for an option of that kind, with values of at most `length` characters;
    none if the rate limit is exceeded."""
    if not service.access.offers(request.caller):
        return []
    try:
        found = await _found(service, request, kind, typed, limit)
    except NewsdeskError:
        return []
    return [(value, shown) for value, shown in found if len(value) <= length][:limit]


async def _found(service: Service, request: Request, kind: Kind, typed: str, limit: int) -> Iterable[Choice]:
    venue, browsing = request.venue, service.browsing
    match kind:
        case Kind.SOURCE:
            return matching(browsing.source_names(venue), typed)
        case Kind.SEARCHED:
            return matching(service.access.collections(venue), typed)
        case Kind.GOVERNED:
            return matching(service.admin_rights.governed(venue), typed)
        case Kind.PERIOD:
            return [(name, name) for name in offered(typed, request.messages.language, datetime.now(UTC))]
        case Kind.DATES:
            return matching([order.value for order in DateOrder], typed)
        case Kind.ARTICLE:
            return (await browsing.titled(venue, typed, limit)).items()
        case Kind.TARGET:
            governed = service.admin_rights.governed(venue)
            return (await browsing.titled(venue, typed, limit, governed)).items()
    return []


def matching(names: Iterable[str], typed: str) -> list[Choice]:
    """The names that start with the typed text, then those that contain it."""
    wanted = typed.casefold().strip()
    found = [name for name in names if wanted in name.casefold()]
    found.sort(key=lambda name: not name.casefold().startswith(wanted))
    return [(name, name) for name in found]
