"""Who may administer: every act by everybody, by command, button and form, and what is on record of it."""

import pytest
import pytest_asyncio

from bot.messages.catalogue import LOCALES, messages_for
from tests.bot.platforms.platform import Outcome, Person, Platform
from tests.bot.samples.articles import LIGHTHOUSE, jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACTS: dict[str, tuple[str, dict[str, str]]] = {
    "status": ("status", {}),
    "reload": ("reload --dry-run", {}),
    "history": ("history", {}),
    "audit": ("audit", {}),
    "rollback": ("rollback", {"collection": "news"}),
    "add": ("add", {"url": "http://127.0.0.1/x"}),
    "remove": ("remove", {"target": "lighthouse"}),
    "restore": ("restore", {"article": "lighthouse"}),
    "settings": ("settings", {}),
    "settings of a channel": ("settings", {}),
    "a file": ("add", {}),
}
"""Every administrative act: what it is called on record, and options that let it do something."""
PEOPLE = {"admin": True, "editor": True, "ann": False, "kim": False}
"""Whether they may administer: editors by a role or group that is chosen in the settings."""
SOURCES = [{**LIGHTHOUSE, "id": f"s-{number}", "source": f"Source {number}"} for number in range(26)]


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def prepared(platform: Platform) -> None:
    """Everybody may try, and editors may administer; an old generation is there, and many sources are."""
    for name in PEOPLE:
        platform.let_try(getattr(platform, name))
    if not platform.changes(platform.general).admin_roles:
        await platform.prefer(platform.general, whole=True, admin_roles=(platform.editors[1],))
        added = await platform.add(platform.admin, platform.general, jsonl("s.jsonl", LIGHTHOUSE, *SOURCES))
        assert "27 new" in added.text


async def do(platform: Platform, person: Person, act: str) -> Outcome:
    """The act, with its last word."""
    match act:
        case "settings" | "settings of a channel":
            return await platform.settings(person, platform.general, whole=act == "settings")
        case "a file":
            return await platform.add(person, platform.general, jsonl("x.jsonl", LIGHTHOUSE))
        case _:
            return await platform.administer(person, platform.general, act, **ACTS[act][1])


def refused(platform: Platform, outcome: Outcome) -> bool:
    """Whether it is said so, in whichever language."""
    words = {messages_for(language, platform.name)("not-allowed") for language in LOCALES}
    return not words.isdisjoint(outcome.texts)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", PEOPLE)
async def test_an_act_is_carried_out_for_those_alone_who_may(platform: Platform, who: str, act: str) -> None:
    person: Person = getattr(platform, who)
    before, served = len(await platform.audit()), platform.served()
    done = await do(platform, person, act)
    assert refused(platform, done) is not PEOPLE[who]
    if PEOPLE[who]:
        return
    done.assert_told_alone("")
    assert platform.served() == served
    (newest, *_) = acts = await platform.audit()
    assert len(acts) == before + 1
    assert (newest.person, newest.act, newest.result) == (person.id, ACTS[act][0], "refused")


@pytest.mark.parametrize("press", ["reload", "set", "reset"])
async def test_a_menu_and_a_button_ask_again_when_they_are_used(platform: Platform, press: str) -> None:
    if press == "reload":
        shown = await platform.administer(platform.editor, platform.general, "reload")
    else:
        shown = await platform.settings(platform.editor, platform.general)
    served = platform.served()
    async with platform.without_the_role():
        if press == "set":
            pressed = await platform.choose(platform.editor, shown.answer, "answers", "nowhere")
        else:
            pressed = await platform.press(platform.editor, shown.answer, press)
        await platform.until(lambda: refused(platform, pressed))
    assert platform.served() == served
    chosen = platform.changes(platform.general)
    assert chosen.answers is None
    assert chosen.admin_roles
    newest = (await platform.audit())[0]
    assert (newest.person, newest.result) == (platform.editor.id, "refused")


async def test_a_form_asks_again_when_it_is_opened_and_when_it_is_sent_in(platform: Platform) -> None:
    # More sources than a menu holds, whatever was rolled back meanwhile.
    await platform.add(platform.admin, platform.general, jsonl("s.jsonl", LIGHTHOUSE, *SOURCES))
    panel = await platform.settings(platform.editor, platform.general)
    form = (await platform.press(platform.editor, panel.answer, "name-sources")).form
    async with platform.without_the_role():
        pressed = await platform.press(platform.editor, panel.answer, "name-sources")
        sent = await platform.submit(platform.editor, form, names="Source 1")
    assert pressed.form is None
    assert refused(platform, pressed)
    assert refused(platform, sent)
    assert [one.alone for one in sent.messages] == [platform.editor.id]
    assert platform.changes(platform.general).sources is None
