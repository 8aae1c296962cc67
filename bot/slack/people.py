"""Who somebody is and what they may, asked of Slack and known for a minute."""

import logging
import time
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.people import Person

KNOWN = 60.0
"""Seconds that what Slack said of somebody is believed: a right that was taken away ends within them."""
PEOPLE = 5000
"""People known at a time."""

_log = logging.getLogger(__name__)


class Directory:
    """Asks Slack about people."""

    def __init__(
        self, client: AsyncWebClient, team: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`team` is the workspace that the bot belongs to: nobody else's administrators count."""
        self._client = client
        self._team = team
        self._clock = clock
        self._users: dict[str, tuple[float, Person]] = {}
        self._groups: tuple[float, dict[str, frozenset[str]]] | None = None

    async def person(self, user: str, *, groups: bool = False) -> Person:
        """Who that is, with the `groups` they are in where those matter.

        Somebody about whom Slack says nothing, or who is of another workspace, may nothing special.
        """
        known = self._users.get(user)
        if known is None or self._clock() - known[0] > KNOWN:
            known = (self._clock(), await self._ask(user))
            if len(self._users) >= PEOPLE:
                self._users.clear()
            self._users[user] = known
        person = known[1]
        roles = frozenset({user}) | (await self._groups_of(user) if groups else frozenset())
        return Person(person.id, person.name, person.locale, person.manages, person.moderates, roles)

    async def _ask(self, user: str) -> Person:
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
        except SlackApiError as error:
            _log.warning("Slack says nothing of a user: %s", error.response.get("error"))
            return Person(user, user)
        told: dict[str, Any] = answer.get("user") or {}
        profile = told.get("profile") or {}
        ours = told.get("team_id") == self._team and not told.get("is_stranger") and not told.get("deleted")
        manages = bool(ours and (told.get("is_admin") or told.get("is_owner")))
        name = profile.get("display_name") or profile.get("real_name") or told.get("name") or user
        return Person(user, str(name), str(told.get("locale") or "en-US"), manages, manages)

    async def _groups_of(self, user: str) -> frozenset[str]:
        if self._groups is None or self._clock() - self._groups[0] > KNOWN:
            try:
                answer = await self._client.usergroups_list(include_users=True)
                found = {
                    str(group["id"]): frozenset(group.get("users") or ())
                    for group in answer.get("usergroups") or []
                }
            except SlackApiError as error:
                _log.warning("Slack does not tell its user groups: %s", error.response.get("error"))
                found = {}
            self._groups = (self._clock(), found)
        return frozenset(group for group, users in self._groups[1].items() if user in users)

    async def groups(self) -> dict[str, str]:
        """The user groups there are: their ids and handles."""
        try:
            answer = await self._client.usergroups_list()
        except SlackApiError:
            return {}
        return {
            str(group["id"]): str(group.get("handle") or group["id"])
            for group in answer.get("usergroups") or []
        }
