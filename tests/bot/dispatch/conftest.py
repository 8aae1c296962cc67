"""The service as its own tests have it."""

from tests.bot.service.conftest import furnished, home, service

__all__ = ["furnished", "home", "service"]
