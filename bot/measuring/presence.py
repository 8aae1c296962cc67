"""Whether a bot can be reached: the platforms it is connected to, and whether it is stopping."""

from collections.abc import Iterable


class Presence:
    """Told by the adapters, in the event loop; read from any thread."""

    def __init__(self, platforms: Iterable[str] = ()) -> None:
        """`platforms` are those that the bot is to answer on; it is connected to none of them yet."""
        self.draining = False
        """It takes nothing new, and finishes what is under way."""
        self._links: dict[str, dict[str, bool]] = {name: {} for name in sorted(platforms)}

    def set(self, platform: str, *, connected: bool, link: str = "") -> None:
        """A connection to the platform holds, or does not; `link` tells several of them apart."""
        self._links.setdefault(platform, {})[link] = connected

    def drop(self, platform: str, link: str) -> None:
        """That connection is not wanted any more."""
        self._links.get(platform, {}).pop(link, None)

    def drain(self) -> None:
        """The bot is being stopped."""
        self.draining = True

    @property
    def platforms(self) -> dict[str, bool]:
        """Whether every connection to each platform holds; False if there was none yet."""
        return {name: bool(links) and all(links.values()) for name, links in self._links.items()}
