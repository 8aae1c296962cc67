"""The commands for those who look after the corpus, and the buttons of a reload."""

from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.cards.card import Card
from bot.cards.notices import notice
from bot.cards.press import Press
from bot.cards.reports import audit_card, history_card, status_card
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import UPLOAD_LIMIT
from bot.discord.api.send import InteractionReply
from bot.discord.commands import CHOICES, Named, Tree, choices, titled
from bot.discord.dispatch import Dispatch
from bot.discord.drawing.render import CANVAS
from bot.discord.translator import words
from bot.messages.catalogue import Messages
from bot.service.administration import Progress
from bot.service.change_messages import Change, changed, planned
from corpus.errors import NewsdeskError

EDIT_EVERY = 2.0
"""Seconds between two edits of a message that shows progress: Discord takes five edits in five seconds of a
channel's messages, of everybody's together."""


class AdminHandlers:
    """What the commands and buttons do. Rights are asked at each use, by the keeper."""

    def __init__(self, front: Dispatch) -> None:
        """The front has what they work with."""
        self._front = front
        self._corpus_admin = front.service.corpus_admin

    def parts(self, interaction: discord.Interaction) -> tuple[Venue, Person, Messages]:
        """Where, who, and in which words."""
        return self._front.venue(interaction), self._front.person(interaction), self._front.say(interaction)

    async def show(self, interaction: discord.Interaction, work: Callable[[], Awaitable[Card]]) -> None:
        """Answer a command to its person alone."""
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            await self._front.attempt(reply.show, work, self._front.say(interaction))

    async def plan(self, interaction: discord.Interaction) -> None:
        """Show what a reload would change, and ask."""
        venue, person, messages = self.parts(interaction)
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):

            def plan(progress: Progress) -> Awaitable[ReloadReport]:
                return self._corpus_admin.plan(venue, person, progress)

            await self._front.attempt(
                reply.show, lambda: planned(plan, reply.show_progress, EDIT_EVERY, messages, CANVAS), messages
            )

    async def confirmed(self, interaction: discord.Interaction, press: Press) -> None:
        """Reload, after a look at what would change; told in the message that was pressed."""
        venue, person, _ = self.parts(interaction)
        reply = InteractionReply(interaction)
        if await reply.acknowledge_change():
            force = press.argument == "force"
            await self.change(
                reply,
                lambda progress: self._corpus_admin.reload(venue, person, progress, force=force),
                reloads=True,
            )

    async def change(self, reply: InteractionReply, work: Change, *, reloads: bool = False) -> None:
        """Do something to the corpus, with its progress and its outcome in the acknowledged message; where
        it took longer than Discord lets that be edited, the outcome comes as a direct message."""
        messages = self._front.say(reply.interaction)
        with self._front.under_way():
            card = await changed(
                self._front, work, reply.show_progress, EDIT_EVERY, messages, CANVAS, reloads=reloads
            )
            try:
                await reply.conclude(card)
            except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
                self._front.broke("showing what came of a change of the corpus")


def add_corpus_commands(tree: Tree, front: Dispatch) -> AdminHandlers:
    """Register them, for servers alone."""
    commands = AdminHandlers(front)
    corpus_admin = front.service.corpus_admin
    group = app_commands.Group(
        name=words("command-corpus"),
        description=words("describe-corpus"),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        # A hint to Discord, which others may change there: the keeper asks again.
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name=words("command-status"), description=words("describe-status"))
    async def status(interaction: discord.Interaction) -> None:
        venue, person, messages = commands.parts(interaction)

        async def work() -> Card:
            return status_card(await corpus_admin.status(venue, person), messages, CANVAS)

        await commands.show(interaction, work)

    @group.command(name=words("command-reload"), description=words("describe-reload"))
    async def reload(interaction: discord.Interaction) -> None:
        await commands.plan(interaction)

    @group.command(name=words("command-history"), description=words("describe-history"))
    async def history(interaction: discord.Interaction) -> None:
        venue, person, messages = commands.parts(interaction)

        async def work() -> Card:
            return history_card(await corpus_admin.history(venue, person), messages, CANVAS)

        await commands.show(interaction, work)

    @group.command(name=words("command-audit"), description=words("describe-audit"))
    @app_commands.rename(refused=words("option-refused"))
    @app_commands.describe(refused=words("describe-refused"))
    async def audit(interaction: discord.Interaction, refused: bool = False) -> None:
        venue, person, messages = commands.parts(interaction)

        async def work() -> Card:
            acts = await corpus_admin.audit(venue, person, refused=refused)
            return audit_card(acts, messages, CANVAS, refused=refused)

        await commands.show(interaction, work)

    @group.command(name=words("command-rollback"), description=words("describe-rollback"))
    @app_commands.rename(collection=words("option-collection"))
    @app_commands.describe(collection=words("describe-collection"))
    async def rollback(interaction: discord.Interaction, collection: Named | None = None) -> None:
        venue, person, messages = commands.parts(interaction)

        async def work() -> Card:
            name = collection or corpus_admin.collection_for(venue)
            generation = await corpus_admin.roll_back(venue, person, name)
            return notice(messages("rolled-back", name=name, generation=generation))

        await commands.show(interaction, work)

    @group.command(name=words("command-add"), description=words("describe-add"))
    @app_commands.rename(
        url=words("option-url"), file=words("option-file"), collection=words("option-collection")
    )
    @app_commands.describe(
        url=words("describe-url"), file=words("describe-file"), collection=words("describe-collection")
    )
    async def add(
        interaction: discord.Interaction,
        url: app_commands.Range[str, 1, 2000] | None = None,
        file: discord.Attachment | None = None,
        collection: Named | None = None,
    ) -> None:
        venue, person, _ = commands.parts(interaction)
        name = collection or corpus_admin.collection_for(venue)

        async def work(progress: Progress) -> ReloadReport:
            if (url is None) == (file is None):
                raise Refusal("give-one")
            if url is not None:
                return await corpus_admin.add_address(venue, person, name, url, progress)
            if file is None:
                raise Refusal("give-one")
            if file.size > UPLOAD_LIMIT:
                megabytes = 1024 * 1024
                raise Refusal(
                    "too-large", size=round(file.size / megabytes, 1), limit=UPLOAD_LIMIT // megabytes
                )
            await corpus_admin.check(venue, person, "add", {"what": file.filename, "collection": name})
            with corpus_admin.receiving(venue):
                data = await file.read()
            return await corpus_admin.add_upload(venue, person, name, file.filename, data, progress)

        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            await commands.change(reply, work)

    @group.command(name=words("command-remove"), description=words("describe-remove"))
    @app_commands.rename(
        target=words("option-target"), collection=words("option-collection"), forget=words("option-forget")
    )
    @app_commands.describe(
        target=words("describe-target"),
        collection=words("describe-collection"),
        forget=words("describe-forget"),
    )
    async def remove(
        interaction: discord.Interaction,
        target: app_commands.Range[str, 1, 2000],
        collection: Named | None = None,
        forget: bool = False,
    ) -> None:
        venue, person, _ = commands.parts(interaction)
        name, wanted = _named(
            target, corpus_admin.governed(venue), collection or corpus_admin.collection_for(venue)
        )
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            await commands.change(
                reply,
                lambda progress: corpus_admin.remove(
                    venue, person, name, wanted, progress, forgetting=forget
                ),
            )

    @group.command(name=words("command-restore"), description=words("describe-restore"))
    @app_commands.rename(article=words("option-article"), collection=words("option-collection"))
    @app_commands.describe(article=words("describe-target"), collection=words("describe-collection"))
    async def restore(
        interaction: discord.Interaction, article: Named, collection: Named | None = None
    ) -> None:
        venue, person, _ = commands.parts(interaction)
        name = collection or corpus_admin.collection_for(venue)
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            await commands.change(
                reply, lambda progress: corpus_admin.restore(venue, person, name, article, progress)
            )

    @rollback.autocomplete("collection")
    @add.autocomplete("collection")
    @remove.autocomplete("collection")
    @restore.autocomplete("collection")
    async def offer_collections(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        if not front.offers(interaction):
            return []
        return choices(corpus_admin.governed(front.venue(interaction)), typed)

    @remove.autocomplete("target")
    async def offer_targets(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        venue = front.venue(interaction)
        if not front.offers(interaction):
            return []
        try:
            return titled(
                await front.service.browsing.titled(venue, typed, CHOICES, corpus_admin.governed(venue))
            )
        except NewsdeskError:
            return []

    tree.add_command(group)
    return commands


def _named(target: str, governed: tuple[str, ...], collection: str) -> tuple[str, str]:
    """The collection, and the thing in it: what was picked from the offers has its collection before it."""
    for name in governed:
        if target.startswith(f"{name}:"):
            return name, target.removeprefix(f"{name}:")
    return collection, target
