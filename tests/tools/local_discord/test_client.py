"""discord.py itself against the server."""

import discord as library
import pytest

from tools.local_discord import LocalDiscord, NotPossible, Permission, Upload
from tools.local_discord.model.entities import MessageType
from tools.local_discord.small_bot import SmallBot


@pytest.fixture(autouse=True)
def nothing_wrong(discord: LocalDiscord, bot: SmallBot) -> object:
    """After each test: no request broke a rule, no answer of the server did, and nobody was pinged."""
    yield
    discord.assert_valid()
    assert not discord.pings
    assert not bot.failed


async def test_a_client_logs_in_registers_its_commands_and_sees_its_guilds(
    discord: LocalDiscord, bot: SmallBot
) -> None:
    assert bot.user is not None
    assert str(bot.user.id) == discord.bot.id
    assert {guild.name for guild in bot.guilds} == {"The Newsroom", "The Harbour"}
    assert [command["name"] for command in discord.commands[""]] == ["ask", "wait", "corpus", "Check this"]
    guild = bot.get_guild(int(discord.guild.id))
    assert guild is not None
    assert {channel.name for channel in guild.text_channels} == {"general", "random", "sealed"}
    sealed = guild.get_channel(int(discord.sealed.id))
    assert sealed is not None
    assert not sealed.permissions_for(guild.me).send_messages


async def test_a_deferred_command_is_edited_into_a_layout(discord: LocalDiscord, bot: SmallBot) -> None:
    asked = await discord.command(discord.kim, discord.general, "ask", question="Who won?", private=True)
    await asked.settled()
    assert asked.ack_type == 5
    assert asked.acked_after is not None
    assert asked.acked_after < 1
    assert asked.message is not None
    assert asked.message.ephemeral
    assert asked.message.v2
    assert asked.text == "Who won? (None, ko)\nA quote"


async def test_buttons_follow_up_update_and_open_a_modal(discord: LocalDiscord, bot: SmallBot) -> None:
    asked = await (await discord.command(discord.ann, discord.general, "ask", question="Who?")).settled()
    more = await (await discord.click(discord.kim, asked.message, "More")).settled()
    assert [message.content for message in more.followups] == ["More of it"]
    assert more.followups[0].viewer_id == discord.kim.id
    following = await (await discord.click(discord.ann, asked.message, "next")).settled()
    assert following.ack_type == 7
    assert asked.text == "The next page\nA quote"
    wrong = await (await discord.click(discord.ann, asked.message, "Wrong")).settled()
    assert wrong.modal is not None
    assert wrong.modal.title == "What went wrong?"
    with pytest.raises(NotPossible, match="0 to 50"):
        await discord.submit(discord.ann, wrong.modal, {"reason": "x" * 51})
    noted = await (await discord.submit(discord.ann, wrong.modal, {"reason": "Not the answer"})).settled()
    assert noted.text == "Noted: Not the answer"


async def test_autocomplete_offers_what_fits(discord: LocalDiscord, bot: SmallBot) -> None:
    typed = await discord.autocomplete(discord.ann, discord.general, "ask", focused="source", value="re")
    await typed.settled()
    assert [choice["value"] for choice in typed.choices] == ["reuters", "recorder"]


async def test_a_file_goes_there_and_back(discord: LocalDiscord, bot: SmallBot) -> None:
    sent = Upload("question.txt", b"The winners", "text/plain")
    asked = await discord.command(discord.ann, discord.general, "ask", question="Is it so?", file=sent)
    await asked.settled()
    assert asked.message is not None
    (attachment,) = asked.message.attachments
    assert attachment.filename == "back.txt"
    assert discord.world.files[attachment.id] == b"The winners"


async def test_subcommands_and_permissions_arrive(discord: LocalDiscord, bot: SmallBot) -> None:
    reload = await discord.command(discord.admin, discord.general, "corpus reload", dry_run=True)
    assert (await reload.settled()).text == "dry run: True, may: True"
    with pytest.raises(NotPossible, match="hidden from Ann"):
        await discord.command(discord.ann, discord.general, "corpus reload")
    discord.granted.add((discord.ann.id, "corpus"))
    shown = await discord.command(discord.ann, discord.general, "corpus reload")
    assert (await shown.settled()).text == "dry run: False, may: False"
    with pytest.raises(NotPossible, match="not offered"):
        await discord.command(discord.admin, discord.world.dm(discord.admin), "corpus reload")


async def test_a_context_command_reads_a_message_the_bot_may_not_read(
    discord: LocalDiscord, bot: SmallBot
) -> None:
    said = await discord.say(discord.ann, discord.general, "The mill burned down")
    await discord.until(lambda: bot.heard)
    assert bot.heard == [""]
    checked = await discord.context_command(discord.kim, discord.general, "Check this", said.said)
    assert (await checked.settled()).text == "Checked: The mill burned down"
    assert checked.message is not None
    assert checked.message.type is MessageType.CONTEXT_COMMAND


async def test_what_is_said_to_the_bot_is_read_and_answered(discord: LocalDiscord, bot: SmallBot) -> None:
    mentioned = await discord.say(discord.ann, discord.general, f"{discord.mention()} hello")
    await mentioned.settled()
    assert mentioned.message is not None
    assert mentioned.message.reply_to == mentioned.said.id
    replied = await discord.say(discord.kim, discord.general, "and then?", reply_to=mentioned.message)
    assert (await replied.settled()).text == "You said: and then?"
    await discord.say(discord.kim, discord.general, "quiet?", reply_to=mentioned.message, ping=False)
    await discord.say(discord.sato, discord.world.dm(discord.sato), "between us")
    await discord.until(lambda: "between us" in bot.heard)
    assert "quiet?" not in bot.heard


async def test_a_thread_on_a_message(discord: LocalDiscord, bot: SmallBot) -> None:
    said = await discord.say(discord.ann, discord.general, "The mill burned down")
    channel = bot.get_channel(int(discord.general.id))
    assert isinstance(channel, library.TextChannel)
    thread = await (await channel.fetch_message(int(said.said.id))).create_thread(name="A thread")
    await thread.send("Here we are")
    assert said.thread is not None
    assert said.text == "Here we are"
    assert str(thread.id) == said.said.id
    await discord.until(lambda: bot.get_channel(thread.id) is not None)


async def test_a_bot_that_may_not_write_still_answers_commands(discord: LocalDiscord, bot: SmallBot) -> None:
    sealed = bot.get_channel(int(discord.sealed.id))
    assert isinstance(sealed, library.TextChannel)
    with pytest.raises(library.Forbidden) as refused:
        await sealed.send("May I?")
    assert refused.value.code == 50013
    asked = await (await discord.command(discord.ann, discord.sealed, "ask", question="May I?")).settled()
    assert asked.message is not None
    assert asked.message.v2
    # The refusal is recorded, and was meant.
    assert [request.code for request in discord.requests if request.problems] == [50013]
    discord.requests[:] = [request for request in discord.requests if not request.problems]


async def test_taking_a_permission_away_is_told(discord: LocalDiscord, bot: SmallBot) -> None:
    discord.deny(discord.random, Permission.SEND_MESSAGES)
    channel = bot.get_channel(int(discord.random.id))
    assert isinstance(channel, library.TextChannel)
    await discord.until(lambda: not channel.permissions_for(channel.guild.me).send_messages)


async def test_a_guild_is_joined_and_left(discord: LocalDiscord, bot: SmallBot) -> None:
    guild = discord.add_guild("The Library", locale="ja")
    await discord.until(lambda: bot.get_guild(int(guild.id)))
    discord.remove_bot(guild)
    await discord.until(lambda: not bot.get_guild(int(guild.id)))


async def test_a_command_installed_by_a_user_works_where_the_bot_is_not(
    discord: LocalDiscord, bot: SmallBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = bot.tree.get_command("ask")
    everywhere = library.app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    # The command is the module's own, and other tests use it too.
    monkeypatch.setattr(command, "allowed_installs", library.app_commands.AppInstallationType(user=True))
    monkeypatch.setattr(command, "allowed_contexts", everywhere)
    await bot.tree.sync()
    away = discord.world.add_guild("Elsewhere", owner=discord.ann, bot_inside=False)
    channel = discord.world.add_channel(away, "hall")
    with pytest.raises(NotPossible, match="not installed"):
        await discord.command(discord.ann, channel, "ask", question="Here?")
    discord.world.installed_by.add(discord.ann.id)
    for place in (
        channel,
        discord.world.private_channel(discord.ann, discord.kim),
        discord.world.dm(discord.ann),
    ):
        asked = await (await discord.command(discord.ann, place, "ask", question="Here?")).settled()
        assert asked.interaction.owners == {"1": discord.ann.id}
        assert asked.text.startswith("Here?")
