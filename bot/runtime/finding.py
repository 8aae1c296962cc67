"""One result of `newsdesk doctor`."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: whether it is sound, and what to do if it is not."""

    what: str
    sound: bool
    detail: str

    def to_row(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)
