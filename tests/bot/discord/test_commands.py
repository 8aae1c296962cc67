"""What commands say where they can't do what was asked."""

import shutil
from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.discord.live import PASSING, LiveBot, live_bot
from tools.local_discord import Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"since": "the other day"}, "“the other day” is not a date I know."),
        ({"until": "*x*"}, "“\\*x\\*” is not a date I know."),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "The first date is after the last one."),
        ({"source": "Newsdesk samples"}, "There is no source “newsdesk samples” here."),
        ({"collection": "sports"}, "There is no collection “sports” here. There are: news."),
    ],
)
async def test_a_filter_that_is_none_is_explained(live: LiveBot, options: dict[str, str], said: str) -> None:
    discord = live.discord
    live.rest()
    asked = await live.ask(discord.ann, discord.general, **options)
    assert said in asked.text


async def test_an_article_that_is_not_there_is_named(live: LiveBot) -> None:
    discord = live.discord
    shown = await live.command(discord.ann, discord.general, "article", article="no-such-article")
    assert shown.text == "There is no article “no-such-article” here."


async def test_a_message_without_words_cant_be_checked(live: LiveBot) -> None:
    discord = live.discord
    picture = Upload("picture.png", b"x", "image/png")
    said = await discord.say(discord.kim, discord.general, "", files=(picture,))
    checked = await live.check(discord.ann, said.said)
    assert checked.text.endswith("There are no words in that message that I could look up.")


async def test_a_long_message_is_checked_by_its_beginning(live: LiveBot) -> None:
    discord = live.discord
    claim = "The Chosei mine flood killed 183 people in 1942. "
    said = await discord.say(discord.kim, discord.general, claim + "And so on. " * 150)
    checked = await live.check(discord.ann, said.said)
    assert "**The flood killed 183 people.**" in checked.text


async def test_a_date_is_offered_as_it_was_typed_where_it_is_one(live: LiveBot) -> None:
    discord = live.discord
    offered = await live.type(discord.ann, discord.general, "ask", "since", "14 January 2026")
    assert offered[0] == "14 January 2026"
    assert await live.type(discord.ann, discord.general, "ask", "since", "no date") == []


async def test_where_nothing_is_open_everything_says_so_and_nothing_is_offered(
    load: LoadModel, loaded_sample: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(loaded_sample, home)
    async with live_bot(load, home, collections=("elsewhere",)) as bot:
        discord = bot.discord
        nothing = "There is nothing to search here: no collection is open to this place."
        assert (await bot.ask(discord.ann, discord.general)).text == nothing
        for name, options in (("latest", {}), ("sources", {}), ("article", {"article": "nara-summit"})):
            assert nothing in (await bot.command(discord.ann, discord.general, name, **options)).text
        said = await bot.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
        assert said.text == nothing
        for command, option in (("ask", "source"), ("ask", "collection"), ("article", "article")):
            assert await bot.type(discord.ann, discord.general, command, option, "") == []
