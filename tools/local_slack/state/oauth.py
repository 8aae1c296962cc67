"""The installation of the app by OAuth: consents, their codes, and tokens that expire."""

from dataclasses import dataclass

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Team, User

CODE_SECONDS = 600.0
"""Seconds for which a code can be used, once."""
TOKEN_SECONDS = 43_200
"""Seconds until a rotating token expires: twelve hours, as in Slack."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's consent to the app in a team, or in its whole enterprise."""

    user: User
    team: Team
    org_wide: bool
    scopes: tuple[str, ...]
    redirect_uri: str
    at: float


@dataclass(frozen=True, slots=True)
class Refreshable:
    """The access token that belongs to a refresh token, and its owner."""

    token: str
    team_id: str
    enterprise_id: str


class OAuth:
    """The app's id and secret, consents, and tokens."""

    def __init__(self, clock: Clock) -> None:
        self.client_id = f"{clock.new_secret()}.{clock.new_secret()}"
        self.client_secret = clock.new_secret()
        self.redirect_uris: set[str] = set()
        """The configured redirect addresses; if there are none, any is allowed."""
        self.rotates = False
        """Whether new tokens expire and have a refresh token."""
        self.consents: dict[str, Consent] = {}
        """The consents by their codes."""
        self.refreshables: dict[str, Refreshable] = {}
        """The access tokens by their refresh tokens."""
        self.expiring: dict[str, float] = {}
        """When each rotating token expires, in seconds of the server's clock."""
