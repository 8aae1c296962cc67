"""People's names and permissions, asked of Slack and cached for a minute."""

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

KNOWN = 60.0
"""Seconds that what Slack said of somebody is believed: a right that was taken away ends within them."""
PEOPLE = 5000
"""People known at a time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Group:
    """A user group and who is in it."""

    id: str
    handle: str
    users: frozenset[str]


class Directory:
    """Asks Slack about people."""

    def __init__(
        self,
        client: AsyncWebClient,
        team: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        whole_enterprise: bool = False,
    ) -> None:
        """`team` is the workspace that the bot belongs to: nobody else's administrators count. With a token
        that is good in the `whole_enterprise` Slack is told which workspace is meant."""
        self._whole = whole_enterprise
        self._client = client
        self._team = team
        self._clock = clock
        self._users: dict[str, tuple[float, Person]] = {}
        self._asking: dict[str, asyncio.Task[Person]] = {}
        self._groups: tuple[float, tuple[Group, ...]] | None = None

    async def person(self, user: str, *, groups: bool = False) -> Person:
        """Who that is, with the `groups` they are in where those matter.

        Somebody about whom Slack says nothing, or who is of another workspace, may nothing special.
        """
        known = self._users.get(user)
        if known is None or self._clock() - known[0] > KNOWN:
            person = await self._ask(user)
        else:
            person = known[1]
        if not groups or not person.roles:
            return person
        return replace(person, roles=person.roles | await self._groups_of(user))

    async def _ask(self, user: str) -> Person:
        """Ask Slack, once for all who want to know at a time."""
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
            # Believed for this once: somebody who may more is not to wait for a minute.
            known = self._users.get(user)
            return (
                replace(known[1], manages=False, moderates=False, roles=frozenset())
                if known
                else Person(user, user)
            )
        person = self._read(user, answer)
        if len(self._users) >= PEOPLE:
            self._users.clear()
        self._users[user] = (began, person)
        return person

    def _read(self, user: str, answer: AsyncSlackResponse) -> Person:
        told: dict[str, Any] = answer.get("user") or {}
        profile = told.get("profile") or {}
        home = told.get("team_id") == self._team
        # In an enterprise people are in several workspaces; what they administer is told of their home alone.
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
        """The user groups there are: their ids and handles; none where Slack does not tell."""
        return {group.id: f"@{group.handle}" for group in await self._asked_groups()}

    async def _asked_groups(self) -> tuple[Group, ...]:
        if self._groups is None or self._clock() - self._groups[0] > KNOWN:
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
