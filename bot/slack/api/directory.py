"""People's names and permissions, requested from Slack and cached for a minute."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.venue import Person
from bot.slack.api.client import UNREACHABLE, reason_of
from bot.slack.drawing.words import unescaped
from retrieval.dates.zone import UTC_NAME

CACHE_SECONDS = 60.0
"""Seconds for which Slack's data on a person is cached; a permission that was revoked ends within them."""
CACHED_PEOPLE = 5000
"""People who are cached; the cache is emptied when it is full."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Group:
    """A user group and its members."""

    id: str
    handle: str
    users: frozenset[str]


class Directory:
    """Looks up people and user groups in Slack."""

    def __init__(
        self,
        client: AsyncWebClient,
        team: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        whole_enterprise: bool = False,
    ) -> None:
        """`team` is the bot's workspace; administrators of other workspaces have no rights here. With the
        token of a `whole_enterprise`, calls name the workspace."""
        self._whole = whole_enterprise
        self._client = client
        self._team = team
        self._clock = clock
        self._users: dict[str, tuple[float, Person]] = {}
        self._asking: dict[str, asyncio.Task[Person]] = {}
        self._groups: tuple[float, tuple[Group, ...]] | None = None

    async def person(self, user: str, *, groups: bool = False) -> Person:
        """The person, with their user `groups` if requested.

        Somebody whom Slack does not describe, or who belongs to another workspace, has no special rights.
        """
        known = self._users.get(user)
        if known is None or self._clock() - known[0] > CACHE_SECONDS:
            person = await self._ask(user)
        else:
            person = known[1]
        if not groups or not person.roles:
            return person
        return replace(person, roles=person.roles | await self._groups_of(user))

    async def _ask(self, user: str) -> Person:
        """Request the person from Slack; concurrent callers share one request."""
        asking = self._asking.get(user)
        if asking is None:
            asking = self._asking[user] = asyncio.create_task(self._asked(user))
            asking.add_done_callback(lambda _: self._asking.pop(user))
        return await asyncio.shield(asking)

    async def _asked(self, user: str) -> Person:
        began = self._clock()
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
        except (SlackApiError, *UNREACHABLE) as error:
            _log.warning("Slack says nothing of a user: %s", reason_of(error))
            # Not cached: an administrator should not have to wait a minute for their rights.
            known = self._users.get(user)
            return (
                replace(known[1], manages=False, moderates=False, roles=frozenset())
                if known
                else Person(user, user)
            )
        person = self._read(user, answer)
        if len(self._users) >= CACHED_PEOPLE:
            self._users.clear()
        self._users[user] = (began, person)
        return person

    def _read(self, user: str, answer: AsyncSlackResponse) -> Person:
        told: dict[str, Any] = answer.get("user") or {}
        profile = told.get("profile") or {}
        home = told.get("team_id") == self._team
        # In an enterprise, people belong to several workspaces; Slack gives administrators for the home one
        # only.
        also = self._whole and self._team in ((told.get("enterprise_user") or {}).get("teams") or [])
        ours = (home or also) and not told.get("is_stranger") and not told.get("deleted")
        manages = bool(ours and home and (told.get("is_admin") or told.get("is_owner")))
        name = unescaped(
            str(profile.get("display_name") or profile.get("real_name") or told.get("name") or user)
        )
        locale = str(told.get("locale") or "en-US")
        zone = str(told.get("tz") or UTC_NAME)
        return Person(user, name, locale, manages, manages, frozenset({user} if ours else ()), zone)

    async def _groups_of(self, user: str) -> frozenset[str]:
        return frozenset(group.id for group in await self._asked_groups() if user in group.users)

    async def groups(self) -> dict[str, str]:
        """The handles of the user groups by their ids; empty if Slack does not list them."""
        return {group.id: f"@{group.handle}" for group in await self._asked_groups()}

    async def _asked_groups(self) -> tuple[Group, ...]:
        if self._groups is None or self._clock() - self._groups[0] > CACHE_SECONDS:
            try:
                team = self._team if self._whole else None
                answer = await self._client.usergroups_list(include_users=True, team_id=team)
                found = tuple(
                    Group(
                        str(group["id"]),
                        str(group.get("handle") or group["id"]),
                        frozenset(group.get("users") or ()),
                    )
                    for group in answer.get("usergroups") or []
                )
            except (SlackApiError, *UNREACHABLE) as error:
                _log.warning("Slack does not tell its user groups: %s", reason_of(error))
                return ()
            self._groups = (self._clock(), found)
        return self._groups[1]
