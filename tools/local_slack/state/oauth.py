"""Installing the app by OAuth: what people allowed, the codes for it, and tokens that expire."""

from dataclasses import dataclass

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Team, User

CODE_SECONDS = 600.0
"""How long a code is good for, once."""
TOKEN_SECONDS = 43_200
"""How long a token lasts that can be refreshed: Slack's twelve hours."""


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody allowed the app in a team, or in the whole enterprise of it."""

    user: User
    team: Team
    org_wide: bool
    scopes: tuple[str, ...]
    redirect_uri: str
    at: float


@dataclass(frozen=True, slots=True)
class Refreshable:
    """What a refresh token stands for: the token beside it, and whose that is."""

    token: str
    team_id: str
    enterprise_id: str


class OAuth:
    """The app's own secrets, and what is under way."""

    def __init__(self, clock: Clock) -> None:
        self.client_id = f"{clock.new_secret()}.{clock.new_secret()}"
        self.client_secret = clock.new_secret()
        self.redirect_uris: set[str] = set()
        """The addresses that the app is set up for; any where there is none."""
        self.rotates = False
        """Whether tokens expire from now on, and come with one to refresh them."""
        self.consents: dict[str, Consent] = {}
        """By the codes that stand for them."""
        self.refreshables: dict[str, Refreshable] = {}
        """By their refresh tokens."""
        self.expiring: dict[str, float] = {}
        """When each token that expires does, in seconds of the server's clock."""
