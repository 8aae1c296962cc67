"""Time zones by the names that news uses for them, and their offsets."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from corpus.lazy_pattern import lazy_pattern

_HOURS = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
    "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3, "wat": 1, "cat": 2, "sast": 2, "eat": 3,
    "gst": 4, "pkt": 5, "npt": 5.75, "wib": 7, "ict": 7, "wita": 8, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8,
    "awst": 8, "wit": 9, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "hst": -10, "akst": -9, "akdt": -8, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "cst": -6,
    "cdt": -5, "est": -5, "edt": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
    "bst": 1, "ist": 5.5, "ast": -4,
}  # fmt: skip
"""Hours ahead of UTC: for North America as in RFC 822, for others as last in the IANA database."""
_DST_ZONES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Names that include daylight saving time."""
_AMBIGUOUS = {
    "bst": "British Summer Time",
    "ist": "India Standard Time",
    "ast": "Atlantic Standard Time",
    "cst": "Central Standard Time of North America",
    "gst": "Gulf Standard Time",
}
"""Ambiguous names, with the zone that they are read as: the most likely one in news. The other meanings are
Bangladesh, Israel and Ireland, Arabia, China and Cuba, and South Georgia. Each such reading is reported."""
_OFFSET = lazy_pattern(r"(?:utc|gmt)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_AT_END = lazy_pattern(r"\s*(?:\[([A-Za-z][\w/+-]*)\]|\b([A-Z][A-Za-z]+/[A-Za-z_/-]+))$")
"""Matches a zone name of the IANA database, also in brackets as Java writes it."""
_OFFSET_AT_END = lazy_pattern(r"(?:\dz|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
FARTHEST = timedelta(hours=14)
"""The Line Islands; no zone is farther from UTC."""


def zone_of(name: str) -> tzinfo | None:
    """The zone of a lower-case name or offset ("jst", "utc+9", "+0900"); None if it is unknown."""
    if name in _DST_ZONES:
        # Slow to import, as it reads Python's build configuration, and rarely needed.
        from zoneinfo import ZoneInfo

        return ZoneInfo(_DST_ZONES[name])
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name])) if _HOURS[name] else UTC
    found = _OFFSET.fullmatch(name)
    if not found or int(found["minutes"] or 0) > 59:
        return None
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if offset > FARTHEST:
        return None
    return timezone(offset if found["sign"] == "+" else -offset)


def split_place(text: str) -> tuple[str, tzinfo] | None:
    """The text before a zone name of the IANA database ("Europe/London") at its end, and that zone; None if
    there is no such name. Raises ValueError if the name is unknown."""
    found = _AT_END.search(text)
    if not found:
        return None
    from zoneinfo import ZoneInfo  # as in `zone_of`

    try:
        return text[: found.start()], ZoneInfo(found[1] or found[2])
    except (LookupError, ValueError, OSError) as error:  # also for a name that is a path out of the database
        raise ValueError("a zone that is not known") from error


def offset_ends(text: str) -> bool:
    """Whether the text ends with an offset from UTC."""
    return _OFFSET_AT_END.search(text) is not None


def remark_on(name: str, moment: datetime) -> str | None:
    """A message on how an ambiguous zone name was read; None for any other name."""
    if name not in _AMBIGUOUS:
        return None
    return f"its zone {name.upper()} is read as {_AMBIGUOUS[name]} (UTC{moment:%z})"
