"""One result of `newsdesk doctor`."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is sound, and what to do where it is not."""

    what: str
    sound: bool
    detail: str

    def to_row(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)
