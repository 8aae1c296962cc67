"""The operator's choices for a service."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.corpus_admin.limits import Limits
from bot.permissions.rights import Community


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """What the operator has chosen.

    `named` and `custodians` are as in `bot.permissions.rights.Rights`, and `platforms` are the chat platforms
    that are set up. `keep` is how long answers and their questions are stored, `log_questions` is whether
    questions are logged, and `limits` is what one community may add.
    """

    named: tuple[str, ...] = ()
    custodians: frozenset[Community] = frozenset()
    platforms: frozenset[str] = frozenset()
    keep: timedelta = timedelta(days=30)
    log_questions: bool = False
    limits: Limits = field(default_factory=Limits)


DEFAULTS = ServiceOptions()
"""The options of an operator who has chosen nothing."""
