"""The commands for those who look after the corpus and the settings."""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from bot.cards.articles import help_card
from bot.cards.card import Card
from bot.cards.notices import failure, notice
from bot.cards.press import Press
from bot.cards.reports import audit_card, history_card, status_card
from bot.chat.refusal import Refusal
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import UPLOAD_LIMIT
from bot.messages.catalogue import Messages
from bot.permissions.rights import may_administer
from bot.service.actions import Actions, ButtonPress
from bot.service.administration import Progress
from bot.service.change_messages import Change, changed, planned
from bot.service.dispatcher import Work
from bot.slack.api.files import MEGABYTE, Files
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import InteractionReply, Sender
from bot.slack.dispatch import Dispatch, Request
from bot.slack.drawing.render import CANVAS, files
from bot.slack.drawing.words import plain_words, typed_words
from corpus.errors import NewsdeskError

UPDATE_EVERY = 3.0
"""Seconds between two updates of a message that shows progress: Slack takes about one a second of a channel's
messages, everybody's together."""

_COLLECTION = re.compile(r"(?:^|\s)in:([\w-]+)")
"""The collection that is named in the words of a message with a file."""

_FORGET = re.compile(r"\sforget:(?:yes|true|on|1)(?=\s|$)", re.IGNORECASE)
"""Asks for the text to be erased too, as the option of Discord's command does."""

Look = Callable[[Request], Awaitable[Card]]


class AdminHandlers:
    """Carries out what administrators ask for; CorpusAdmin looks with each use whether they may."""

    def __init__(self, dispatch: Dispatch, actions: Actions) -> None:
        """`actions` make the settings' panel."""
        self._dispatch = dispatch
        self._actions = actions
        self._corpus_admin = dispatch.service.corpus_admin
        self._files = Files(dispatch.client, dispatch.command("corpus"))
        self._looks: dict[str, Look] = {
            "status": self._status,
            "history": self._history,
            "audit": self._audit,
        }

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.command(self._dispatch.command("corpus"))(self._corpus)
        app.command(self._dispatch.command("newsdesk"))(self._newsdesk)
        app.shortcut("add_file")(self._add_file)

    async def _corpus(self, body: Body) -> None:
        used = Interaction.of(body)
        if not await self._dispatch.take(used.trigger):
            return
        request = await self._dispatch.request(used, groups=True)
        word, _, rest = typed_words(str(body.get("text") or "")).partition(" ")
        refused = (word, rest) == ("audit", "refused")
        look = self._refused if refused else self._looks.get(word)
        change = self._change(word, rest, request)
        if look:
            await self._show(used, request, lambda: look(request))
        elif word == "rollback":
            await self._show(used, request, lambda: self._roll_back(rest, request))
        elif word == "reload":
            await self._plan(used, request)
        elif change:
            await self._follow(used, request, change)
        else:
            await self._dispatch.sender.respond(used.address, notice(request.messages("corpus-usage")))

    async def _show(self, used: Interaction, request: Request, work: Work) -> None:
        """Show something to its person alone."""
        await self._dispatch.attempt(
            InteractionReply(self._dispatch.sender, used).aside, work, request.messages
        )

    def _change(self, word: str, rest: str, request: Request) -> Change | None:
        """What `add`, `remove` and `restore` do; the collection may stand behind what they are about."""
        venue, person = request.venue, request.person
        shown = _FORGET.sub("", rest) if word == "remove" else rest
        target, _, collection = shown.rpartition(" in:")
        if not target:
            target, collection = shown, ""
        name = collection.strip() or self._corpus_admin.collection_for(venue)
        acts: dict[str, Change] = {
            "add": lambda progress: self._corpus_admin.add_address(
                venue, person, name, _address(target), progress
            ),
            "remove": lambda progress: self._corpus_admin.remove(
                venue, person, name, target, progress, forgetting=shown != rest
            ),
            "restore": lambda progress: self._corpus_admin.restore(venue, person, name, target, progress),
        }
        return acts.get(word) if target else None

    async def _status(self, request: Request) -> Card:
        told = await self._corpus_admin.status(request.venue, request.person)
        return status_card(told, request.messages, CANVAS)

    async def _history(self, request: Request) -> Card:
        events = await self._corpus_admin.history(request.venue, request.person)
        return history_card(events, request.messages, CANVAS)

    async def _audit(self, request: Request) -> Card:
        acts = await self._corpus_admin.audit(request.venue, request.person)
        return audit_card(acts, request.messages, CANVAS)

    async def _refused(self, request: Request) -> Card:
        acts = await self._corpus_admin.audit(request.venue, request.person, refused=True)
        return audit_card(acts, request.messages, CANVAS, refused=True)

    async def _roll_back(self, collection: str, request: Request) -> Card:
        name = collection.strip() or self._corpus_admin.collection_for(request.venue)
        generation = await self._corpus_admin.roll_back(request.venue, request.person, name)
        return notice(request.messages("rolled-back", name=name, generation=generation))

    async def _plan(self, used: Interaction, request: Request) -> None:
        """Show what a reload would change, and ask, in a direct message; who may not is told at once."""
        told = DirectReport(self._dispatch.sender, used, request.messages)

        def plan(progress: Progress) -> Awaitable[ReloadReport]:
            return self._corpus_admin.plan(request.venue, request.person, progress)

        try:
            with self._dispatch.under_way():
                await told.show(await planned(plan, told.show, UPDATE_EVERY, request.messages, CANVAS))
        except NewsdeskError as error:
            await told.aside(failure(self._dispatch.excuse(error, request.messages)))
        except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
            number = self._dispatch.broke("planning a reload")
            await told.aside(failure(request.messages("broken", incident=number)))

    async def _follow(self, used: Interaction, request: Request, change: Change) -> None:
        """Tell in a direct message how far a change is and what came of it; who may not is told at once."""
        told = DirectReport(self._dispatch.sender, used, request.messages)
        card = await changed(self._dispatch, change, told.show, UPDATE_EVERY, request.messages, CANVAS)
        await (told.show(card) if told.stands or files(card) else told.aside(card))

    async def confirmed(self, used: Interaction, turn: ButtonPress) -> None:
        """Reload, after a look at what would change; told in the message that was pressed."""
        force = turn.press.argument == "force"
        show = InteractionReply(self._dispatch.sender, used).replace

        def change(progress: Progress) -> Awaitable[ReloadReport]:
            return self._corpus_admin.reload(turn.venue, turn.person, progress, force=force)

        await show(
            await changed(self._dispatch, change, show, UPDATE_EVERY, turn.messages, CANVAS, reloads=True)
        )

    async def _add_file(self, body: Body) -> None:
        used = Interaction.of(body)
        if not await self._dispatch.take(used.trigger):
            return
        request = await self._dispatch.request(used, groups=True)
        venue, person = request.venue, request.person
        message = body.get("message") or {}
        files = message.get("files") or []
        named = _COLLECTION.search(plain_words(str(message.get("text") or ""), self._dispatch.bot))

        async def change(progress: Progress) -> ReloadReport:
            name = named[1] if named else self._corpus_admin.collection_for(venue)
            if len(files) != 1:
                raise Refusal("give-one-file")
            # Before Slack is asked for anything: who may not add has nothing looked up either.
            detail = {"what": files[0].get("name"), "collection": name}
            await self._corpus_admin.check(venue, person, "add", detail)
            file = await self._files.known(files[0])
            size = file.get("size")
            if isinstance(size, int) and size > UPLOAD_LIMIT:
                raise Refusal("too-large", size=round(size / MEGABYTE, 1), limit=UPLOAD_LIMIT // MEGABYTE)
            with self._corpus_admin.receiving(venue):
                data = await self._files.read(file, UPLOAD_LIMIT)
            called = str(file.get("name") or file.get("id"))
            return await self._corpus_admin.add_upload(venue, person, name, called, data, progress)

        await self._follow(used, request, change)

    # Settings

    async def _newsdesk(self, body: Body) -> None:
        used = Interaction.of(body)
        if not await self._dispatch.take(used.trigger):
            return
        request = await self._dispatch.request(used, groups=True)
        venue, person, messages = request.venue, request.person, request.messages
        words = (body.get("text") or "").split()
        if words[:1] == ["settings"]:
            channel = venue.channel if words[1:2] == ["channel"] else ""
            groups = await self._dispatch.directory.groups()
            press = Press("settings", channel)
            turn = ButtonPress(press, venue, person, messages, CANVAS, (), used.channel_name, groups)
            await self._show(used, request, lambda: self._actions.panel(turn))
            return
        administers = may_administer(person, self._dispatch.service.scope.preferences(venue))
        await self._dispatch.sender.respond(used.address, help_card(messages, administers=administers))


class DirectReport:
    """A direct message that shows how far something is, and in the end what came of it: one that only its
    person sees in a channel can't be updated for long enough."""

    def __init__(self, sender: Sender, used: Interaction, messages: Messages) -> None:
        """Nothing is shown yet."""
        self._sender = sender
        self._used = used
        self._messages = messages
        self._channel = self._stamp = ""
        self.aside = InteractionReply(sender, used).aside

    @property
    def stands(self) -> bool:
        """Whether something was shown."""
        return bool(self._stamp)

    async def show(self, card: Card) -> None:
        """Show a card in the direct message; where the first was sent, say where to look."""
        if self._stamp:
            await self._sender.update(self._channel, self._stamp, card)
            return
        self._channel = await self._sender.direct(self._used.user)
        self._stamp = await self._sender.post(self._channel, card)
        if self._channel != self._used.channel:
            await self._sender.respond(self._used.address, notice(self._messages("look-in-direct")))


def _address(target: str) -> str:
    """An address out of the brackets in which people put one."""
    return target.strip("<>").partition("|")[0]
