"""The error for an unknown collection or source, with the names that exist."""

import difflib
from collections.abc import Mapping

from corpus.errors import UnknownName


def unknown_name(kind: str, name: str, known: Mapping[str, str]) -> UnknownName:
    """The error with the nearest existing names; `known` maps the names that are compared to those that are
    shown."""
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.4)
    listed = tuple(known[key] for key in near or sorted(known)[:5])
    words = f"; {'the nearest are' if near else 'there are'}: {', '.join(listed)}" if listed else ""
    return UnknownName(kind, name, listed, f"there is no {kind} {name!r}{words}")
