"""App Home and the assistant's pane, beyond what the session shows of them."""

import pytest

from bot.chat.venue import Caller, Person
from bot.messages.catalogue import messages_for
from bot.permissions.venue_access import LOOKS
from bot.slack.home_tab import PROMPT, RECENT
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import LIGHTHOUSE
from tests.bot.slack.live import LiveBot, action_id, acts_of, added, upload
from tools.local_slack import User, View, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def home_of(live: LiveBot, user: User) -> View:
    """A person's Home, opened anew."""
    opened = await (await live.slack.open_home(user)).settled()
    assert opened.view
    return opened.view


async def test_home_is_in_the_language_of_its_reader_and_the_home_tab_alone_publishes(live: LiveBot) -> None:
    before = len(live.slack.requests.of("views.publish"))
    for user, language in ((live.slack.ann, "en"), (live.slack.kim, "ko"), (live.slack.sato, "ja")):
        messages = messages_for(language, "slack")
        await (await live.slack.open_home(user, tab="messages")).acknowledged()
        words = text_of((await home_of(live, user)).blocks)
        for key in ("help", "home-corpus", "home-questions", "home-no-questions"):
            assert messages(key) in words
    assert len(live.slack.requests.of("views.publish")) == before + 3


async def test_home_lists_ones_last_questions_newest_first(live: LiveBot) -> None:
    asked = [f"Question number {number} <!channel> *x*" for number in range(RECENT + 2)]
    await live.ask(live.slack.kim, live.slack.general, f"{PASSING} private:yes")
    for question in asked:
        await live.ask(live.slack.ann, live.slack.general, question)
    view = await home_of(live, live.slack.ann)
    words = text_of(view.blocks)
    places = [words.find(question) for question in reversed(asked)]
    assert places[RECENT:] == [-1, -1]
    assert -1 not in places[:RECENT]
    assert places[:RECENT] == sorted(places[:RECENT])
    assert PASSING not in words  # another's
    assert "date" in str(view.payload)
    assert live.slack.home(live.slack.ann) == view


async def test_who_opens_home_without_end_keeps_the_page_that_was_made_last(live: LiveBot) -> None:
    slack = live.slack
    for _ in range(LOOKS):
        live.service.access.admit_look(Caller(live.venue(slack.general), Person(slack.ann.id, "Ann")), "home")
    published = len(slack.requests.of("views.publish"))
    await slack.open_home(slack.ann)
    await home_of(live, slack.kim)
    assert len(slack.requests.of("views.publish")) == published + 1


async def test_many_sources_and_long_names_are_valid_in_home_and_in_a_prompt(
    live: LiveBot,
) -> None:
    sources = [
        {**LIGHTHOUSE, "id": f"s-{number}", "source": f"Source {number} {'x' * 60}", "url": None}
        for number in range(30)
    ]
    titled = {**LIGHTHOUSE, "id": "long", "title": "T" * 200, "published": "2026-11-24"}
    assert "31 new" in await added(live, upload("many.jsonl", *sources, titled))
    view = await home_of(live, live.slack.admin)
    assert "name-sources" in acts_of(view)
    live.slack.assert_valid()
    opened = await (await live.slack.open_assistant(live.slack.ann)).settled()
    await live.slack.until(lambda: opened.pane and opened.pane.prompts)
    assert opened.pane
    first = opened.pane.prompts[0]
    assert first["message"] == "T" * 200
    assert len(first["title"]) == PROMPT
    assert first["title"].endswith("…")


async def test_where_nothing_can_be_searched_home_and_the_pane_say_what_they_can(live: LiveBot) -> None:
    here = live.venue(live.slack.general)
    await live.service.settings.choose(here, {"collections": ("elsewhere",)}, whole=True)
    try:
        words = text_of((await home_of(live, live.slack.admin)).blocks)
        assert "There are no articles here yet." in words
        assert "Settings of this workspace" in words  # the way out of it
        opened = await (await live.slack.open_assistant(live.slack.ann)).settled()
        assert "exact words of news articles" in opened.text
        asked = await live.say(
            live.slack.ann, live.slack.world.dm(live.slack.ann), PASSING, thread_ts=opened.thread_ts
        )
        assert "There is nothing to search here" in asked.text
        assert opened.pane
        assert opened.pane.prompts == ()
    finally:
        await live.service.settings.choose(here, {"collections": None}, whole=True)


async def test_home_and_the_questions_form_work_after_a_restart(live: LiveBot) -> None:
    slack = live.slack
    form = (await live.ask(slack.ann, slack.general, "")).view
    home = (await (await slack.open_home(slack.admin)).settled()).view
    await live.restart()
    offered = await (await slack.suggest(slack.ann, form, "source", "news")).settled()
    assert offered.options
    sent = await live.submit(slack.ann, form, {"question": PASSING, "source": "Newsdesk sample"})
    assert "Only from Newsdesk sample" in text_of(sent)
    groups = action_id(home, "set", "admin_groups")
    assert (await (await slack.suggest(slack.admin, home, groups, "edit")).settled()).options
    await live.choose(slack.admin, home, "admin_groups", [slack.editors.id])
    chosen = live.service.settings.preferences(live.venue(slack.general)).admin_roles
    assert chosen == (slack.editors.id,)
