"""The service's fixtures, for who may see and do what."""

from tests.bot.service.conftest import furnished, home, service

__all__ = ["furnished", "home", "service"]
