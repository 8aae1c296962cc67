"""A small bot made with discord.py, which does a little of everything that the server must carry."""

import asyncio
import io

import discord
from discord import app_commands, ui


class Answer(ui.LayoutView):
    """A layout with text, a link, a file or not, and buttons."""

    def __init__(self, text: str, filename: str | None = None) -> None:
        super().__init__(timeout=None)
        container: ui.Container[Answer] = ui.Container(accent_color=0x336699)
        container.add_item(ui.TextDisplay(text))
        link: ui.Button[Answer] = ui.Button(label="Open", url="https://example.org/article")
        container.add_item(ui.Section(ui.TextDisplay("A quote"), accessory=link))
        container.add_item(ui.Separator())
        if filename:
            container.add_item(ui.File(f"attachment://{filename}"))
        container.add_item(Buttons())
        self.add_item(container)


class Buttons(ui.ActionRow[Answer]):
    @ui.button(label="More", custom_id="more")
    async def more(self, interaction: discord.Interaction, _: ui.Button[Answer]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("More of it", ephemeral=True)

    @ui.button(label="Next", custom_id="next")
    async def following(self, interaction: discord.Interaction, _: ui.Button[Answer]) -> None:
        await interaction.response.edit_message(view=Answer("The next page"))

    @ui.button(label="Wrong", custom_id="wrong")
    async def wrong(self, interaction: discord.Interaction, _: ui.Button[Answer]) -> None:
        await interaction.response.send_modal(Form())


class Form(ui.Modal, title="What went wrong?"):
    reason: ui.Label["Form"] = ui.Label(
        text="What is it?", component=ui.TextInput(custom_id="reason", max_length=50)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.reason.component, ui.TextInput)
        await interaction.response.send_message(f"Noted: {self.reason.component.value}", ephemeral=True)


class SmallBot(discord.AutoShardedClient):
    """Answers questions, mentions and presses; `heard` is what it was told of, `failed` what it raised."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            intents=intents or discord.Intents(guilds=True, messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0,
            max_ratelimit_timeout=30,
        )
        self.heard: list[str] = []
        self.failed: list[Exception] = []
        self.disconnects = 0
        self.release = asyncio.Event()
        """What `/wait` waits for."""
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_ask)
        self.tree.add_command(_wait)
        self.tree.add_command(_corpus)
        self.tree.add_command(_check)
        self.tree.error(self._note)

    async def _note(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.failed.append(error)

    async def setup_hook(self) -> None:
        self.add_view(Answer(""))
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause of five seconds between identifies: the server allows many at once."""

    async def on_disconnect(self) -> None:
        self.disconnects += 1

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if self.user in message.mentions:
            await message.reply(f"You said: {message.content}")


@app_commands.command(name="ask", description="Ask the news")
async def _ask(
    interaction: discord.Interaction,
    question: app_commands.Range[str, 1, 200],
    source: str | None = None,
    private: bool = False,
    file: discord.Attachment | None = None,
) -> None:
    await interaction.response.defer(ephemeral=private, thinking=True)
    text = f"{question} ({source}, {interaction.locale})"
    if file is None:
        await interaction.edit_original_response(view=Answer(text))
        return
    back = discord.File(io.BytesIO(await file.read()), "back.txt")
    await interaction.edit_original_response(view=Answer(text, "back.txt"), attachments=[back])


@_ask.autocomplete("source")
async def _sources(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=name, value=name.lower())
        for name in ("Reuters", "Recorder", "Herald")
        if name.lower().startswith(typed)
    ]


@app_commands.command(name="wait", description="Answer later")
async def _wait(interaction: discord.Interaction) -> None:
    client = interaction.client
    assert isinstance(client, SmallBot)
    await client.release.wait()
    await interaction.response.send_message("Late")


_corpus = app_commands.Group(
    name="corpus",
    description="Look after the corpus",
    guild_only=True,
    default_permissions=discord.Permissions(manage_guild=True),
)


@_corpus.command(name="reload", description="Reload the corpus")
async def _reload(interaction: discord.Interaction, dry_run: bool = False) -> None:
    assert isinstance(interaction.user, discord.Member)
    may = interaction.permissions.manage_guild
    await interaction.response.send_message(f"dry run: {dry_run}, may: {may}", ephemeral=True)


@app_commands.context_menu(name="Check this")
async def _check(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Checked: {message.content}")
