"""Who somebody is, as Slack says, through slack_sdk and a local Slack."""

from collections.abc import Callable
from dataclasses import replace

from bot.slack.api.client import web_client
from bot.slack.api.directory import CACHE_SECONDS, Directory
from tools.local_slack import LocalSlack, User


def directory(slack: LocalSlack, clock: Callable[[], float] = lambda: 0.0) -> Directory:
    return Directory(web_client(slack.bot_token, slack.api), slack.team.id, clock)


async def test_owners_and_administrators_of_this_workspace_manage_it_and_nobody_else(
    slack: LocalSlack,
) -> None:
    people = directory(slack)

    async def manages(user: User) -> bool:
        person = await people.person(user.id)
        assert person.moderates == person.manages
        return person.manages

    assert await manages(slack.owner)
    assert await manages(slack.admin)
    for user in (slack.editor, slack.ann, slack.guest, slack.stranger):
        assert not await manages(user)


async def test_a_person_has_the_name_and_language_of_their_account(slack: LocalSlack) -> None:
    person = await directory(slack).person(slack.kim.id)
    assert (person.id, person.name, person.locale) == (slack.kim.id, "kim", "ko-KR")


async def test_groups_are_told_where_they_matter(slack: LocalSlack) -> None:
    people = directory(slack)
    assert (await people.person(slack.editor.id)).roles == {slack.editor.id}
    assert (await people.person(slack.editor.id, groups=True)).roles == {slack.editor.id, slack.editors.id}
    assert (await people.person(slack.ann.id, groups=True)).roles == {slack.ann.id}
    assert await people.groups() == {slack.editors.id: "@editors"}


async def test_somebody_of_another_workspace_can_be_given_no_right(slack: LocalSlack) -> None:
    slack.world.add_group(slack.team, "Guests", slack.stranger)
    assert (await directory(slack).person(slack.stranger.id, groups=True)).roles == frozenset()


async def test_somebody_of_whom_slack_says_nothing_may_nothing(slack: LocalSlack) -> None:
    people = directory(slack)
    person = await people.person("U0NOBODY", groups=True)
    assert (person.id, person.manages, person.roles) == ("U0NOBODY", False, frozenset())


async def test_what_slack_said_is_believed_for_a_minute(slack: LocalSlack) -> None:
    now = 1000.0
    people = directory(slack, lambda: now)
    assert (await people.person(slack.admin.id)).manages
    assert slack.editors.id in (await people.person(slack.editor.id, groups=True)).roles
    slack.world.users[slack.admin.id] = replace(slack.admin, admin=False)
    slack.world.groups[slack.editors.id] = replace(slack.editors, user_ids=())
    now += CACHE_SECONDS
    assert (await people.person(slack.admin.id)).manages
    assert len(slack.requests.of("users.info")) == 2
    assert len(slack.requests.of("usergroups.list")) == 1
    now += 1
    assert not (await people.person(slack.admin.id)).manages
    assert slack.editors.id not in (await people.person(slack.editor.id, groups=True)).roles


async def test_groups_that_slack_does_not_tell_are_none(slack: LocalSlack) -> None:
    slack.faults.refuse("usergroups.list", "missing_scope", times=None)
    people = directory(slack)
    assert await people.groups() == {}
    assert (await people.person(slack.editor.id, groups=True)).roles == {slack.editor.id}
