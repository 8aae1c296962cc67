"""The commands for those who look after the corpus and the settings."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards.articles import help_card
from bot.cards.card import Card
from bot.cards.notices import failure, notice
from bot.cards.press import Press
from bot.cards.reports import audit_card, history_card, status_card
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import UPLOAD_LIMIT
from bot.messages.catalogue import Messages
from bot.permissions.rights import may_administer
from bot.service.actions import Actions, ButtonPress
from bot.service.administration import Progress
from bot.service.change_messages import Change, changed, planned
from bot.slack.api.files import MEGABYTE, Files
from bot.slack.dispatch import Dispatch, channel_name
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

Body = dict[str, Any]
Look = Callable[[Venue, Person, Messages], Awaitable[Card]]


class AdminHandlers:
    """What is done for those who administer. Rights are asked at each use, by the keeper.

    What takes long is told in a direct message: one that only its person sees in a channel can't be updated
    for long enough.
    """

    def __init__(self, front: Dispatch, acts: Actions) -> None:
        """The front has what they work with."""
        self._front = front
        self._acts = acts
        self._corpus_admin = front.service.corpus_admin
        self._files = Files(front.client, front.command("corpus"))
        self._looks: dict[str, Look] = {
            "status": self._status,
            "history": self._history,
            "audit": self._audit,
        }

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.command(self._front.command("corpus"))(self._corpus)
        app.command(self._front.command("newsdesk"))(self._newsdesk)
        app.shortcut("add_file")(self._add_file)

    async def _who(self, body: Body) -> tuple[Person, Venue, Messages]:
        """Who typed a command, with their groups, where, and in which words they are answered."""
        person = await self._front.directory.person(str(body["user_id"]), groups=True)
        place = {"id": body["channel_id"], "name": body.get("channel_name")}
        venue = await self._front.venue_of(place, person.id)
        return person, venue, self._front.say_in(venue, person.locale)

    async def _corpus(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        if not await self._front.take(str(body["trigger_id"])):
            return
        person, venue, messages = await self._who(body)
        word, _, rest = typed_words(str(body.get("text") or "")).partition(" ")
        if (word, rest) == ("audit", "refused"):
            look: Look | None = self._refused
        else:
            look = self._looks.get(word)
        if look:
            await self._front.pressed(body, lambda: look(venue, person, messages), messages, in_place=False)
            return
        change = self._change(word, rest, venue, person)
        if word == "reload":
            await self._follow(
                body, person, messages, plan=lambda progress: self._corpus_admin.plan(venue, person, progress)
            )
        elif word == "rollback":
            await self._front.pressed(
                body, lambda: self._roll_back(rest, venue, person, messages), messages, in_place=False
            )
        elif change:
            await self._follow(body, person, messages, change=change)
        else:
            await self._front.voice.respond(str(body["response_url"]), notice(messages("corpus-usage")))

    def _change(self, word: str, rest: str, venue: Venue, person: Person) -> Change | None:
        """What `add`, `remove` and `restore` do; the collection may stand behind what they are about."""
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

    async def _status(self, venue: Venue, person: Person, messages: Messages) -> Card:
        return status_card(await self._corpus_admin.status(venue, person), messages, CANVAS)

    async def _history(self, venue: Venue, person: Person, messages: Messages) -> Card:
        return history_card(await self._corpus_admin.history(venue, person), messages, CANVAS)

    async def _audit(self, venue: Venue, person: Person, messages: Messages) -> Card:
        return audit_card(await self._corpus_admin.audit(venue, person), messages, CANVAS)

    async def _refused(self, venue: Venue, person: Person, messages: Messages) -> Card:
        acts = await self._corpus_admin.audit(venue, person, refused=True)
        return audit_card(acts, messages, CANVAS, refused=True)

    async def _roll_back(self, collection: str, venue: Venue, person: Person, messages: Messages) -> Card:
        name = collection.strip() or self._corpus_admin.collection_for(venue)
        generation = await self._corpus_admin.roll_back(venue, person, name)
        return notice(messages("rolled-back", name=name, generation=generation))

    async def _follow(
        self,
        body: Body,
        person: Person,
        messages: Messages,
        *,
        plan: Change | None = None,
        change: Change | None = None,
    ) -> None:
        """Tell in a direct message how far something is and what came of it; who may not is told at once."""
        voice = self._front.voice
        address = str(body["response_url"])
        channel = ""
        stamp = ""

        async def tell(card: Card) -> None:
            nonlocal channel, stamp
            if not stamp:
                channel = await voice.direct(person.id)
                stamp = await voice.post(channel, card)
                if channel != body.get("channel_id"):
                    await voice.respond(address, notice(messages("look-in-direct")))
                return
            await voice.update(channel, stamp, card)

        if plan:
            try:
                with self._front.under_way():
                    await tell(await planned(plan, tell, UPDATE_EVERY, messages, CANVAS))
            except NewsdeskError as error:
                await voice.whisper(address, failure(self._front.excuse(error, messages)), person.id)
            except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
                words = messages("broken", incident=self._front.broke("planning a reload"))
                await voice.whisper(address, failure(words), person.id)
        elif change:
            card = await changed(self._front, change, tell, UPDATE_EVERY, messages, CANVAS)
            if stamp or files(card):
                await tell(card)
            else:
                await voice.whisper(address, card, person.id)

    async def confirmed(self, body: Body, turn: ButtonPress) -> None:
        """Reload, after a look at what would change; told in the message that was pressed."""
        force = turn.press.argument == "force"
        show = self._front.replacing(body)

        def change(progress: Progress) -> Awaitable[ReloadReport]:
            return self._corpus_admin.reload(turn.venue, turn.person, progress, force=force)

        await show(
            await changed(self._front, change, show, UPDATE_EVERY, turn.messages, CANVAS, reloads=True)
        )

    async def _add_file(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        event = str(body["trigger_id"])
        if not await self._front.take(event):
            return
        person = await self._front.directory.person(str(body["user"]["id"]), groups=True)
        venue = await self._front.venue_of(body["channel"], person.id)
        messages = self._front.say_in(venue, person.locale)
        message = body.get("message") or {}
        files = message.get("files") or []
        named = _COLLECTION.search(plain_words(str(message.get("text") or ""), self._front.bot))

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

        await self._follow(body, person, messages, change=change)

    # Settings

    async def _newsdesk(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        if not await self._front.take(str(body["trigger_id"])):
            return
        person, venue, messages = await self._who(body)
        words = (body.get("text") or "").split()
        if words[:1] == ["settings"]:
            channel = venue.channel if words[1:2] == ["channel"] else ""
            name = channel_name(body, "channel_name")
            groups = await self._front.directory.groups()
            turn = ButtonPress(Press("settings", channel), venue, person, messages, CANVAS, (), name, groups)
            await self._front.pressed(body, lambda: self._acts.panel(turn), messages, in_place=False)
            return
        administers = may_administer(person, self._front.service.scope.preferences(venue))
        await self._front.voice.respond(
            str(body["response_url"]), help_card(messages, administers=administers)
        )


def _address(target: str) -> str:
    """An address out of the brackets in which people put one."""
    return target.strip("<>").partition("|")[0]
