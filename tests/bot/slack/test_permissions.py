"""Who may administer in Slack beyond what both platforms have: in direct messages, and by a list of both
people and groups."""

import pytest

from tests.bot.slack.live import LiveBot, action_id

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_may_administer_may_so_in_direct_messages_and_others_not(live: LiveBot) -> None:
    slack = live.slack
    for user, said in ((slack.admin, "The corpus"), (slack.kim, "워크스페이스 관리자와 소유자")):
        status = await live.command(user, slack.world.dm(user), "/corpus", "status")
        assert status.text.startswith(said)


async def test_what_was_chosen_of_people_and_groups_survives_a_look_without_groups(live: LiveBot) -> None:
    """Slack may not tell its groups for a while; choosing people then takes away no group."""
    slack = live.slack
    here = live.venue(slack.general)
    await live.service.settings.choose(here, {"admin_roles": (slack.editors.id, slack.ann.id)}, whole=True)
    slack.faults.refuse("usergroups.list", "internal_error", times=None)
    panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
    await live.choose(slack.admin, panel, "admin_roles", [slack.ann, slack.kim])
    slack.faults.clear()
    live.app.requests.directory._groups = None  # as after a minute
    chosen = live.service.settings.chosen(here, whole=True).admin_roles
    assert set(chosen or ()) == {slack.editors.id, slack.ann.id, slack.kim.id}
    panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
    await live.choose(slack.admin, panel, "admin_roles", [slack.ann])
    assert action_id(panel, "set", "admin_groups")
