"""Communities with collections of their own: nothing of one is ever seen from another."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Venue
from bot.chat.venue import Person as Asker
from bot.cli.composition import LoadModel
from bot.community_admin.change_progress import ChangeProgress
from bot.messages.catalogue import messages_for
from tests.bot.conftest import MakeHome
from tests.bot.platforms.conftest import PLATFORMS
from tests.bot.platforms.platform import Outcome, Platform
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import jsonl
from tests.bot.samples.committees import HERON, OTTER, QUESTION, STOAT

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS = ("heron", "Brandt")
THEIRS = ("otter", "Kranz", "stoat", "Voss")
BOSS = Asker("0", "Boss", manages=True)


def elsewhere(platform: Platform) -> list[tuple[Venue, str, dict[str, str]]]:
    """The other communities on the same desk, of the same platform and of the other, and what is theirs."""
    (other,) = set(PLATFORMS) - {platform.name}
    return [
        (Venue(platform.name, platform.other_community, "2002"), "otter", OTTER),
        (Venue(other, "1001", "2002"), "stoat", STOAT),
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(
    request: pytest.FixtureRequest, load: LoadModel, make_home: MakeHome
) -> AsyncIterator[Platform]:
    """A bot on whose desk three communities have a collection each, and the sample is for all."""
    async with PLATFORMS[request.param].serve() as made, made.bot(load, make_home()):
        await give_each_a_collection(made)
        yield made


async def give_each_a_collection(platform: Platform) -> None:
    """Each of the three communities adds its committee's article to a collection of its own."""
    added = await platform.add(
        platform.admin, platform.general, jsonl("heron.jsonl", HERON), collection="heron"
    )
    assert "heron: 1 new" in added.text
    for venue, name, row in elsewhere(platform):
        data = jsonl(f"{name}.jsonl", row).content
        await platform.service.corpus_editor.add_upload(
            Caller(venue, BOSS), name, f"{name}.jsonl", data, ChangeProgress()
        )
    assert set(platform.service.desk.collections) == {"news", "heron", "otter", "stoat"}


def check(shown: Outcome | str, *, own: bool = True) -> None:
    """The own words are there, unless there need be none, and nothing of the others', not even in ids, labels
    and options."""
    text = shown if isinstance(shown, str) else "\n".join(one.source for one in shown.messages)
    assert not any(word.casefold() in text.casefold() for word in THEIRS), text
    assert not own or any(word.casefold() in text.casefold() for word in OURS), text


async def test_an_answer_is_of_ones_own(platform: Platform) -> None:
    ann, general = platform.ann, platform.general
    asked = await platform.ask(ann, general, QUESTION, private=True)
    check(asked)
    for act in ("context", "why"):
        check(await platform.press(ann, asked.answer, act))
    found = await platform.ask(ann, general)
    check(await platform.press(ann, found.answer, "more"), own=False)
    check(await platform.call(ann, general, QUESTION))


async def test_in_direct_messages_only_what_one_may_see_is_searched(platform: Platform) -> None:
    asked = await platform.say(platform.ann, platform.direct(platform.ann), QUESTION)
    check(asked, own=platform.direct_is_of_the_community)
    assert platform.direct_is_of_the_community or not any(word in asked.text for word in OURS)


@pytest.mark.parametrize("other", ["otter", "stoat"])
async def test_another_collection_and_its_source_cant_be_named(platform: Platform, other: str) -> None:
    ann, general = platform.ann, platform.general
    asked = await platform.ask(ann, general, QUESTION, collection=other)
    assert f"“{other}”" in asked.text  # as it was typed
    check(asked.text.replace(f"“{other}”", ""))
    sourced = await platform.ask(ann, general, QUESTION, source=f"{other} bulletin")
    for word in ("Brandt", "Kranz", "Voss"):
        assert word not in sourced.text


async def test_counts_and_lists_and_what_is_pasted_are_ones_own(platform: Platform) -> None:
    ann, general = platform.ann, platform.general
    for text in ("list all articles", "list all articles about Brandt", HERON["url"], HERON["title"]):
        check(await platform.ask(ann, general, text), own=text != "list all articles")
    for theirs, head in ((OTTER, "Kranz"), (STOAT, "Voss")):
        listed = await platform.ask(ann, general, f"how many articles mention {head}")
        assert f"No article mentions “{head}”." in listed.text
        assert theirs["text"] not in (await platform.ask(ann, general, theirs["title"])).text


async def test_nothing_of_the_others_is_offered(platform: Platform) -> None:
    for typed in ("", "o", "bulletin", "ot", "st"):
        check("\n".join(await platform.typed(platform.ann, platform.general, "source", typed)), own=False)
    offered = await platform.typed(platform.ann, platform.general, "source", "her")
    assert list(offered) == ["Heron Bulletin"]
    for whole in (True, False):
        check(await platform.settings(platform.admin, platform.general, whole=whole), own=False)


async def test_an_article_of_the_same_id_and_address_is_ones_own(platform: Platform) -> None:
    check(await platform.look(platform.ann, platform.general, "article", "shared-id"))
    for other in ("otter", "stoat"):
        named = await platform.look(platform.ann, platform.general, "article", f"{other}:shared-id")
        assert "committee" not in named.text


async def test_latest_and_sources_are_ones_own(platform: Platform) -> None:
    check(await platform.look(platform.ann, platform.general, "latest"), own=False)
    check(await platform.look(platform.ann, platform.general, "latest", "committee in secret"))
    check(await platform.look(platform.ann, platform.general, "sources"))


async def test_status_history_audit_plan_and_settings_are_ones_own(platform: Platform) -> None:
    for act in ("status", "history", "audit", "reload"):
        check(await platform.administer(platform.admin, platform.general, act))


@pytest.mark.parametrize("other", ["otter", "stoat"])
async def test_another_collection_cant_be_administered(platform: Platform, other: str) -> None:
    admin, general = platform.admin, platform.general
    served = platform.served()
    for act, options in (
        ("rollback", {"collection": other}),
        ("remove", {"target": "shared-id", "collection": other}),
        ("remove", {"target": f"{other}:shared-id"}),
        ("restore", {"article": "shared-id", "collection": other}),
        ("add", {"url": "https://same.example/page", "collection": other}),
    ):
        done = await platform.administer(admin, general, act, **options)
        assert "Done" not in done.text, act
        check(done.text.replace(f"“{other}”", "").replace(f"{other}:shared-id", ""), own=False)
    added = await platform.add(admin, general, jsonl("x.jsonl", HERON), collection=other)
    assert f"There is no collection “{other}” that you can change here." in added.text
    assert platform.served() == served
    assert platform.service.desk.article(other, "shared-id")


async def test_an_answer_given_elsewhere_is_no_answer_here(platform: Platform) -> None:
    """Also of what both may search, so that nothing but whose answer it is can stand in the way."""
    here = await platform.ask(platform.ann, platform.general)
    gone = messages_for("en", platform.name)("answer-gone")
    for venue, _, _ in elsewhere(platform):
        for question in (QUESTION, PASSING):
            record = (await platform.service.questions.ask(QuestionRequest(venue, BOSS, question))).record
            assert record.kept
            # A button that the platform never sent here: the id of another community's answer.
            for act in ("more", "context", "why", "widen", "share", "up"):
                pressed = await platform.press_forged(
                    platform.ann, here.answer, f"nd:{act}:{record.id}:filters"
                )
                assert gone in pressed.texts, act
