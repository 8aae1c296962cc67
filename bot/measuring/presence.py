"""Whether a bot can be reached: the platforms it is connected to, and whether it is stopping."""

from collections.abc import Iterable


class Presence:
    """Set by the adapters in the event loop; readable from any thread."""

    def __init__(self, platforms: Iterable[str] = ()) -> None:
        """`platforms` are those for which the bot is set up; it is connected to none of them yet."""
        self.draining = False
        """The bot accepts no new events, and finishes running jobs."""
        self._links: dict[str, dict[str, bool]] = {name: {} for name in sorted(platforms)}

    def set(self, platform: str, *, connected: bool, link: str = "") -> None:
        """Set whether a connection to the platform works; `link` distinguishes several of them."""
        self._links.setdefault(platform, {})[link] = connected

    def drop(self, platform: str, link: str) -> None:
        """Remove a connection that is no longer wanted."""
        self._links.get(platform, {}).pop(link, None)

    def drain(self) -> None:
        """Set that the bot is stopping."""
        self.draining = True

    @property
    def platforms(self) -> dict[str, bool]:
        """Whether every connection to each platform works; False if there was none yet."""
        return {name: bool(links) and all(links.values()) for name, links in self._links.items()}
