"""One person who asks for what costs work without end: it ends for them, and for nobody else."""

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Caller
from bot.chat.venue import Person as Asker
from bot.community_admin.audit_log import ACTS, AdminAction
from bot.permissions.venue_access import LOOKS
from tests.bot.platforms.platform import Person, Platform

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOO_FAST = "You ask faster than is allowed here."


def looks(platform: Platform, person: Person, kind: str = "look") -> None:
    """As if they had looked at as much as is allowed in a minute."""
    for _ in range(LOOKS):
        platform.service.access.admit_look(
            Caller(platform.venue(platform.general), Asker(person.id, person.name)), kind
        )


@pytest.mark.parametrize("what", ["sources", "article", "help"])
async def test_who_reads_without_end_is_told_to_wait_and_others_are_not(
    platform: Platform, what: str
) -> None:
    words = "nara" if what == "article" else ""
    looks(platform, platform.ann)
    assert TOO_FAST in (await platform.look(platform.ann, platform.general, what, words)).text
    assert TOO_FAST not in (await platform.look(platform.admin, platform.general, what, words)).text


@pytest.mark.parametrize("act", ["context", "why", "read", "up"])
async def test_who_presses_without_end_is_told_to_wait_and_others_are_not(
    platform: Platform, act: str
) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    looks(platform, platform.ann)
    assert TOO_FAST in (await platform.press(platform.ann, asked.answer, act)).text
    assert TOO_FAST not in (await platform.press(platform.admin, asked.answer, act)).text


async def test_who_administers_without_end_is_told_to_wait(platform: Platform) -> None:
    looks(platform, platform.admin, "administer")
    assert TOO_FAST in (await platform.settings(platform.admin, platform.general)).text


async def test_who_is_refused_without_end_hides_nothing_that_was_done(platform: Platform) -> None:
    venue = platform.venue(platform.general)
    done = AdminAction(Caller(venue, Asker("7", "Ada")), "rollback", {"collection": "x"})
    await platform.service.audit_log.record(done, "done")
    denied = AdminAction(Caller(venue, Asker(platform.ann.id, "Ann")), "reload", {})
    for _ in range(ACTS):
        with pytest.raises(Refusal):
            await platform.service.admin_rights.check(denied)
    platform.let_try(platform.ann)
    assert "Only " in (await platform.administer(platform.ann, platform.general, "status")).text
    shown = await platform.administer(platform.admin, platform.general, "audit")
    assert "Ada (7): rollback collection x → done" in shown.text
    assert "refused" not in shown.text
    tried = await platform.administer(platform.admin, platform.general, "audit", refused=True)
    assert "status  → refused" in tried.text
    assert "rollback" not in tried.text
