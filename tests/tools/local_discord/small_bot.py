"""A small bot made with discord.py, for what the library does by itself: repeat, wait, resume, reconnect."""

import asyncio

import discord
from discord import app_commands, ui


class SmallBot(discord.AutoShardedClient):
    """Repeats what mentions it and answers `/ask`; `heard` is what it was told, `failed` what it raised."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0,
            max_ratelimit_timeout=30,
        )
        self.heard: list[str] = []
        self.failed: list[Exception] = []
        self.disconnects = 0
        self.release = asyncio.Event()
        """What the question "late?" waits for."""
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_ask)
        self.tree.error(self._note)

    async def _note(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.failed.append(error)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause of five seconds between identifies: the server allows many at once."""

    async def on_disconnect(self) -> None:
        self.disconnects += 1

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)
        if self.user in message.mentions:
            await message.reply(view=layout_view(f"You said: {message.content}"))


@app_commands.command(name="ask", description="Ask the news")
async def _ask(interaction: discord.Interaction, question: str) -> None:
    client = interaction.client
    assert isinstance(client, SmallBot)
    if question == "late?":
        await client.release.wait()
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(view=layout_view(question))


def layout_view(text: str) -> ui.LayoutView:
    """A message that says this."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    view.stop()  # nothing in it is pressed
    return view
