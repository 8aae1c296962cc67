"""Handles slash commands, shortcuts, and the form for asking."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.actions.call import Arguments, CommandCall
from bot.actions.command_table import COMMANDS, Kind, Policy, command_job
from bot.actions.completions import offer
from bot.cards.card import Card
from bot.cards.notices import notice
from bot.cards.request import Request
from bot.chat.venue import Person
from bot.corpus_admin.uploads import UPLOAD_LIMIT
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement, Reply
from bot.slack.api.files import Files, SentFile
from bot.slack.api.interaction import Body, Interaction, user_of
from bot.slack.api.send import Sender
from bot.slack.app_manifest import slash_commands
from bot.slack.drawing.forms import ask_form, read_form, read_note
from bot.slack.drawing.render import LABEL, OFFERS, option
from bot.slack.drawing.typed_options import file_options, named, read_command
from bot.slack.drawing.words import plain_words, words_of
from bot.slack.replies import InteractionReply, ReportReply
from bot.slack.requests import Requests, message_key
from corpus.errors import NewsdeskError

REPORTED = frozenset({"corpus reload"}) | {key for key, command in COMMANDS.items() if command.long}
"""The commands whose progress and result are sent as a direct message."""

SHOWN = 40
"""The most characters of a wrong value that are repeated."""


class CommandHandlers:
    """Parses commands and shortcuts, and runs them through the command table of all platforms."""

    def __init__(
        self, dispatcher: Dispatcher, requests: Requests, sender: Sender, files: Files, bot: str
    ) -> None:
        """`bot` is the bot's user id."""
        self._dispatcher = dispatcher
        self._requests = requests
        self._sender = sender
        self._files = files
        self._bot = bot

    def register(self, app: AsyncApp) -> None:
        """Register the listeners."""
        for name in slash_commands():
            app.command(f"/{self._dispatcher.profile.prefix}{name}")(self._command)
        app.shortcut("check_news")(self._check)
        app.shortcut("add_file")(self._add_file)
        app.shortcut("ask_news")(self._open_ask_form)
        app.view({"type": "view_submission", "callback_id": "nd:asked::"})(self._asked)
        app.options("source")(self._offer_sources)

    async def _command(self, body: Body) -> None:
        name = str(body["command"]).removeprefix(f"/{self._dispatcher.profile.prefix}")
        key, arguments = read_command(name, str(body.get("text") or ""), self._bot)
        used = Interaction.of(body)
        if key == "ask" and not arguments.text("question"):
            await self._ask_in_form(used, await self._requests.of(used))
        else:
            await self._dispatcher.run(*await self._use(used, key, arguments))

    async def _check(self, body: Body) -> None:
        used, message = Interaction.of(body), body.get("message") or {}
        words = words_of(message, self._bot)
        known = message_key(used.channel, str(message.get("ts") or ""))
        await self._dispatcher.run(*await self._use(used, "check", Arguments({"text": words}), known))

    async def _add_file(self, body: Body) -> None:
        used, message = Interaction.of(body), body.get("message") or {}
        sent = message.get("files") or []
        said = file_options(plain_words(str(message.get("text") or ""), self._bot))
        file = SentFile(self._files, sent[0], UPLOAD_LIMIT) if len(sent) == 1 else None
        await self._dispatcher.run(*await self._use(used, "corpus add", replace(said, file=file)))

    async def _asked(self, body: Body) -> None:
        """The form for asking was submitted."""
        fields, used = read_form(body["view"]), Interaction.of_form(body)
        texts = {name: fields[name] for name in ("question", "source", "since", "until") if fields.get(name)}
        flags = {"private": True} if fields.get("private") and used.address else {}
        await self._dispatcher.run(*await self._use(used, "ask", Arguments(texts, flags)))

    async def _use(
        self, used: Interaction, key: str, arguments: Arguments, message: str = ""
    ) -> tuple[str, Request, Reply, Job]:
        """The arguments of `Dispatcher.run` for a command; an unknown `key` gets the usage text."""
        command = COMMANDS.get(key)
        administers = command is None or command.policy is Policy.ADMINISTRATORS or key == "help"
        request = await self._requests.of(used, groups=administers)
        reply = (ReportReply if key in REPORTED else InteractionReply)(self._sender, request, used)
        call = CommandCall(
            self._dispatcher.service,
            self._dispatcher.profile,
            request,
            reply,
            self._completed(request, arguments),
            message,
            used.channel_name,
            await self._requests.directory.groups() if key.startswith("settings") else None,
        )
        if arguments.undecided:
            # A public answer to “private:perhaps” could not be taken back.
            job = _undecided(request, arguments)
        else:
            job = command_job(command, call) if command else _usage(request)
        return used.trigger, request, reply, job

    def _completed(self, request: Request, arguments: Arguments) -> Arguments:
        """The arguments with the exact name of the source, if it was typed with hyphens instead of spaces."""
        source = arguments.text("source")
        if not source:
            return arguments
        try:
            known = self._dispatcher.service.browsing.source_names(request.venue)
        except NewsdeskError:
            return arguments  # the answer reports the error
        return replace(arguments, texts={**arguments.texts, "source": named(source, known)})

    async def _open_ask_form(self, body: Body) -> None:
        used = Interaction.of(body)
        channel = await self._sender.direct(used.user)
        await self._ask_in_form(
            replace(used, channel=channel), await self._requests.in_private(used.user, channel)
        )

    async def _ask_in_form(self, used: Interaction, request: Request) -> None:
        async def work() -> None:
            await self._sender.open_form(used.trigger, ask_form(request.messages, used.note))

        reply = InteractionReply(self._sender, request, used)
        await self._dispatcher.run(used.trigger, request, reply, Job(Placement.FORM, work))

    async def _offer_sources(self, ack: AsyncAck, body: Body) -> None:
        channel = read_note(body.get("view") or {}).get("channel", "")
        # The person is not requested from Slack, since the response is the acknowledgement and may not wait.
        asking = self._dispatcher.request(self._requests.venue(channel), Person(user_of(body), ""))
        typed = str(body.get("value") or "")
        found = await offer(self._dispatcher.service, asking, Kind.SOURCE, typed, limit=OFFERS, length=LABEL)
        await ack(options=[option(shown, value) for value, shown in found])


def _undecided(request: Request, arguments: Arguments) -> Job:
    async def work() -> Card:
        name, value = next(iter(arguments.undecided.items()))
        return notice(request.messages("neither-yes-nor-no", name=name, value=value[:SHOWN]))

    return Job(Placement.PRIVATE, work)


def _usage(request: Request) -> Job:
    async def work() -> Card:
        return notice(request.messages("corpus-usage"))

    return Job(Placement.PRIVATE, work)
