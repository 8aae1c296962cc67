"""The commands for people who ask."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.cards.answers import latest_card
from bot.cards.articles import article_card, help_card, sources_card
from bot.cards.card import Card, truncate
from bot.chat.period import offered
from bot.chat.question_request import QuestionRequest
from bot.discord.api.send import InteractionReply
from bot.discord.dispatch import Dispatch
from bot.discord.drawing.render import CANVAS
from bot.discord.drawing.words import words_of
from bot.discord.translator import words
from bot.permissions.rights import may_administer
from corpus.errors import NewsdeskError
from retrieval.question.query import QUESTION_LIMIT

CHOICES = 25
"""Choices of an autocompletion."""
CHOICE_LIMIT = 100
"""Characters of a choice."""

Tree = app_commands.CommandTree[discord.Client]
Question = app_commands.Range[str, 1, QUESTION_LIMIT]
Named = app_commands.Range[str, 1, 300]
"""Names of sources and ids of articles are no longer (`corpus/article.py`)."""


def add_commands(tree: Tree, front: Dispatch) -> None:
    """Register them."""
    scope, browsing = front.service.scope, front.service.browsing

    @tree.command(name=words("command-ask"), description=words("describe-ask"))
    @app_commands.rename(
        question=words("option-question"),
        source=words("option-source"),
        since=words("option-since"),
        until=words("option-until"),
        private=words("option-private"),
        collection=words("option-collection"),
    )
    @app_commands.describe(
        question=words("describe-question"),
        source=words("describe-source"),
        since=words("describe-since"),
        until=words("describe-until"),
        private=words("describe-private"),
        collection=words("describe-collection"),
    )
    async def ask(
        interaction: discord.Interaction,
        question: Question,
        source: Named | None = None,
        since: app_commands.Range[str, 1, 60] | None = None,
        until: app_commands.Range[str, 1, 60] | None = None,
        private: bool | None = None,
        collection: Named | None = None,
    ) -> None:
        asking = QuestionRequest(
            front.venue(interaction),
            front.person(interaction),
            question,
            since=since or "",
            until=until or "",
            sources=(source,) if source else (),
            collections=(collection,) if collection else (),
            private=private,
        )
        await front.ask(interaction, asking)

    @tree.context_menu(name=words("command-check"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def check(interaction: discord.Interaction, message: discord.Message) -> None:
        venue, person = front.venue(interaction), front.person(interaction)
        text = words_of(message)
        asking = QuestionRequest(venue, person, text, private=True, message=str(message.id), checked=True)
        await front.ask(interaction, asking)

    @tree.command(name=words("command-latest"), description=words("describe-latest"))
    @app_commands.rename(topic=words("option-topic"))
    @app_commands.describe(topic=words("describe-topic"))
    async def latest(interaction: discord.Interaction, topic: Question | None = None) -> None:
        venue, person, messages = front.venue(interaction), front.person(interaction), front.say(interaction)
        private = scope.preferences(venue).private
        reply = InteractionReply(interaction)
        if refused := front.refused(lambda: browsing.admit(venue, person, topic or ""), messages):
            await reply.refuse(refused)
        elif await reply.acknowledge(private=private):

            async def work() -> Card:
                found = await browsing.latest(venue, person, topic or "", admitted=True)
                return latest_card(found, topic or "", messages, CANVAS)

            await front.attempt(reply.show, work, messages, aside=None if private else reply.instead)

    @tree.command(name=words("command-sources"), description=words("describe-sources"))
    async def sources(interaction: discord.Interaction) -> None:
        venue, messages = front.venue(interaction), front.say(interaction)
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):

            async def work() -> Card:
                return sources_card(await browsing.sources(venue), messages, CANVAS)

            await front.attempt(reply.show, front.paced(venue, front.person(interaction), work), messages)

    @tree.command(name=words("command-article"), description=words("describe-article"))
    @app_commands.rename(article=words("option-article"))
    @app_commands.describe(article=words("describe-article-option"))
    async def article(interaction: discord.Interaction, article: Named) -> None:
        venue, messages = front.venue(interaction), front.say(interaction)
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):

            async def work() -> Card:
                return article_card(await browsing.article(venue, article), 1, messages, CANVAS)

            await front.attempt(reply.show, front.paced(venue, front.person(interaction), work), messages)

    @tree.command(name=words("command-help"), description=words("describe-help"))
    async def help_(interaction: discord.Interaction) -> None:
        venue, person = front.venue(interaction), front.person(interaction)
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):

            async def work() -> Card:
                administers = venue.community is not None and may_administer(person, scope.preferences(venue))
                return help_card(front.say(interaction), administers=administers)

            await front.attempt(reply.show, front.paced(venue, person, work), front.say(interaction))

    for command in (ask, latest, sources, article, help_):
        app_commands.allowed_installs(guilds=True, users=True)(command)
        app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)

    @ask.autocomplete("source")
    async def offer_sources(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        if not front.offers(interaction):
            return []
        try:
            return choices(browsing.source_names(front.venue(interaction)), typed)
        except NewsdeskError:
            return []

    @ask.autocomplete("collection")
    async def offer_collections(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        if not front.offers(interaction):
            return []
        try:
            return choices(scope.collections(front.venue(interaction)), typed)
        except NewsdeskError:
            return []

    @ask.autocomplete("since")
    @ask.autocomplete("until")
    async def offer_dates(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        if not front.offers(interaction):
            return []
        names = offered(typed, front.say(interaction).language, datetime.now(UTC))
        return [Choice(name=name, value=name) for name in names if len(name) <= CHOICE_LIMIT][:CHOICES]

    @article.autocomplete("article")
    async def offer_articles(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        if not front.offers(interaction):
            return []
        try:
            return titled(await browsing.titled(front.venue(interaction), typed, CHOICES))
        except NewsdeskError:
            return []


def choices(names: Sequence[str], typed: str) -> list[Choice[str]]:
    """What is offered of the names: those that begin with what was typed, then those that hold it."""
    wanted = typed.casefold().strip()
    found = [name for name in names if wanted in name.casefold() and len(name) <= CHOICE_LIMIT]
    found.sort(key=lambda name: not name.casefold().startswith(wanted))
    return [Choice(name=name, value=name) for name in found[:CHOICES]]


def titled(titles: Mapping[str, str]) -> list[Choice[str]]:
    """Articles as choices, shown by title."""
    return [
        Choice(name=truncate(title, CHOICE_LIMIT), value=name)
        for name, title in titles.items()
        if len(name) <= CHOICE_LIMIT
    ]
