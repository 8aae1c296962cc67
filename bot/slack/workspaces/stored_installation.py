"""The stored record of an installation in a workspace or an enterprise."""

import msgspec
from slack_sdk.oauth.installation_store import Bot, Installation


class StoredInstallation(msgspec.Struct, frozen=True):
    """An installation in a workspace or an enterprise.

    `team` is empty if an enterprise has the app in all of its workspaces (an org-wide installation), and
    `enterprise` if the workspace belongs to none. `bot` is the app's user id; `installed` and `expires` are
    in seconds since 1970. A token without `expires` is valid until it is revoked.
    """

    enterprise: str
    team: str
    name: str
    app: str
    bot: str
    bot_id: str
    token: str
    refresh: str = ""
    expires: float | None = None
    installed: float = 0.0

    def __repr__(self) -> str:
        return f"StoredInstallation({self.key})"

    __str__ = __repr__

    @property
    def key(self) -> str:
        """The id of the workspace or the enterprise, under which it is stored; the two kinds of ids never
        coincide."""
        return self.team or self.enterprise

    @property
    def whole_enterprise(self) -> bool:
        """Whether it is an org-wide installation."""
        return not self.team

    @classmethod
    def of(cls, made: Installation | Bot) -> "StoredInstallation":
        """From slack_sdk's value. Raises ValueError if it has no bot."""
        whole = bool(made.is_enterprise_install)
        team, enterprise = "" if whole else made.team_id or "", made.enterprise_id or ""
        if not made.bot_token or not made.bot_user_id or not (team or enterprise):
            raise ValueError("an installation without a bot")
        return cls(
            enterprise=enterprise,
            team=team,
            name=(made.enterprise_name if whole else made.team_name) or team or enterprise,
            app=made.app_id or "",
            bot=made.bot_user_id,
            bot_id=made.bot_id or "",
            token=made.bot_token,
            refresh=made.bot_refresh_token or "",
            expires=None if made.bot_token_expires_at is None else float(made.bot_token_expires_at),
            installed=float(made.installed_at),
        )

    def to_bot(self) -> Bot:
        """As slack_sdk's value."""
        return Bot(
            app_id=self.app,
            enterprise_id=self.enterprise or None,
            team_id=self.team or None,
            team_name=self.name,
            bot_token=self.token,
            bot_id=self.bot_id,
            bot_user_id=self.bot,
            bot_refresh_token=self.refresh or None,
            bot_token_expires_at=None if self.expires is None else int(self.expires),
            is_enterprise_install=self.whole_enterprise,
            installed_at=self.installed,
        )
