"""The date of a row that gives it in UTC and in the time of its site, whose day the site shows."""

from collections.abc import Mapping

from corpus.dates import stored_local_moment

_IN_UTC = (("dategmt", "date"), ("postdategmt", "postdate"))
"""WordPress's names of a date in UTC, each with that of the same date in the site's time."""


def in_site_time(published: object, known: Mapping[str, object]) -> object:
    """The date with the offset of the site's time, if the row gives both; otherwise unchanged. `known` is the
    row by normalised names."""
    local = next(
        (known.get(near) for utc, near in _IN_UTC if published and known.get(utc) == published), None
    )
    try:
        return stored_local_moment(local, published) if local else published
    except ValueError:
        return published
