"""The table of all commands: their names, options, who may use them, and what they do. Their texts are the
messages `command-NAME`, `describe-NAME`, `option-NAME` and `describe-OPTION`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.actions import command_handlers as readers
from bot.actions import corpus_handlers as corpus
from bot.actions import settings_panel as settings
from bot.actions import standing_handlers as standing
from bot.actions.call import ButtonPress, CommandCall
from bot.cards.card import Card
from bot.cards.press import Press
from bot.dispatch.job import Job, Made
from bot.dispatch.reply import Placement
from retrieval.question.query import QUESTION_LIMIT

NAME_LIMIT = 300
"""The most characters of names of sources and collections and of ids of articles (`corpus/article.py`)."""
PERIOD_LIMIT = 60
"""The most characters of a date or of hours."""
ADDRESS_LIMIT = 2000
"""The most characters of a web address."""


class Kind(StrEnum):
    """The kind of an option's value, which determines its completions."""

    TEXT = "text"
    FLAG = "flag"
    PERIOD = "period"
    SOURCE = "source"
    SEARCHED = "searched"
    """A collection that is searched in the venue."""
    GOVERNED = "governed"
    """A collection that the community may administer."""
    ARTICLE = "article"
    TARGET = "target"
    """An article's id or a source's location, in a collection that the community may administer."""
    DATES = "dates"
    """The order of day and month in numeric dates such as 03/04/2026."""
    FILE = "file"
    CHANNEL = "channel"


Handler = Callable[[CommandCall], Awaitable[Made]]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, with at most `limit` characters; `describe` is the key of its description, by
    default `describe-NAME`."""

    name: str
    kind: Kind = Kind.TEXT
    limit: int = NAME_LIMIT
    required: bool = False
    describe: str = ""

    @property
    def description(self) -> str:
        """The key of the message that describes it."""
        return self.describe or f"describe-{self.name}"


class Policy(StrEnum):
    """Who may use a command, as the platform is told; it is checked again when the command is used."""

    EVERYBODY = "everybody"
    """Everybody who may ask questions."""
    ADMINISTRATORS = "administrators"
    """The administrators of a community, only in it."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    `group` is the command of which it is a subcommand, empty for none. A `handler` returns what is shown to
    the person alone; `job` returns the whole job instead. `on_message` commands are used on a message and
    have no options. `long` is whether it changes the corpus, which may take long.
    """

    name: str
    options: tuple[Option, ...] = ()
    group: str = ""
    policy: Policy = Policy.EVERYBODY
    handler: Handler | None = None
    job: Callable[[CommandCall], Job] | None = None
    on_message: bool = False
    long: bool = False

    @property
    def key(self) -> str:
        """Its whole name: "ask", "corpus status"."""
        return f"{self.group} {self.name}".strip()


async def _server_settings(call: CommandCall) -> Card:
    """The settings of the whole community."""
    return await settings.show_panel(_press(call, ""))


async def _channel_settings(call: CommandCall) -> Card:
    """The settings of a channel, by default the current one."""
    return await settings.show_panel(
        _press(call, call.arguments.text("channel") or call.request.venue.channel)
    )


def _press(call: CommandCall, channel: str) -> ButtonPress:
    """A press that opens the settings."""
    press = Press("settings", channel)
    return ButtonPress(
        call.service, call.profile, call.request, call.reply, press, (), call.channel, call.groups
    )


def _for_administrators(
    group: str,
    name: str,
    handler: Handler,
    *options: Option,
    long: bool = False,
) -> Command:
    return Command(name, options, group, Policy.ADMINISTRATORS, handler, long=long)


_GOVERNED = Option("collection", Kind.GOVERNED)
_COMMANDS = (
    Command(
        "ask",
        (
            Option("question", limit=QUESTION_LIMIT, required=True),
            Option("source", Kind.SOURCE),
            Option("since", Kind.PERIOD, PERIOD_LIMIT),
            Option("until", Kind.PERIOD, PERIOD_LIMIT),
            Option("private", Kind.FLAG),
            Option("collection", Kind.SEARCHED),
        ),
        job=readers.ask,
    ),
    Command("check", job=readers.check, on_message=True),
    Command(
        "watch",
        (
            Option("question", limit=QUESTION_LIMIT, describe="describe-watch-question"),
            Option("source", Kind.SOURCE, describe="describe-watch-source"),
            Option("private", Kind.FLAG, describe="describe-watch-private"),
            Option("digest", Kind.FLAG),
            Option("daily", limit=PERIOD_LIMIT),
            Option("quiet", limit=PERIOD_LIMIT),
            Option("zone", limit=PERIOD_LIMIT),
            Option("collection", Kind.SEARCHED),
        ),
        handler=standing.watch,
    ),
    Command("latest", (Option("topic", limit=QUESTION_LIMIT), Option("all", Kind.FLAG)), job=readers.latest),
    Command("sources", handler=readers.sources),
    Command(
        "article",
        (Option("article", Kind.ARTICLE, required=True, describe="describe-article-option"),),
        handler=readers.article,
    ),
    Command("help", handler=readers.help_),
    _for_administrators("corpus", "status", corpus.status),
    _for_administrators("corpus", "reload", corpus.plan),
    _for_administrators("corpus", "history", corpus.history),
    _for_administrators("corpus", "audit", corpus.audit, Option("refused", Kind.FLAG)),
    _for_administrators("corpus", "rollback", corpus.roll_back, _GOVERNED),
    _for_administrators(
        "corpus",
        "add",
        corpus.add,
        Option("url", limit=ADDRESS_LIMIT),
        Option("file", Kind.FILE),
        _GOVERNED,
        Option("source", describe="describe-add-source"),
        Option("language", limit=PERIOD_LIMIT),
        Option("dates", Kind.DATES, PERIOD_LIMIT),
        Option("encoding", limit=PERIOD_LIMIT),
        Option("fields", limit=ADDRESS_LIMIT),
        long=True,
    ),
    _for_administrators(
        "corpus",
        "remove",
        corpus.remove,
        Option("target", Kind.TARGET, ADDRESS_LIMIT, required=True),
        _GOVERNED,
        Option("forget", Kind.FLAG),
        long=True,
    ),
    _for_administrators(
        "corpus",
        "restore",
        corpus.restore,
        Option("article", required=True, describe="describe-target"),
        _GOVERNED,
        long=True,
    ),
    _for_administrators("settings", "server", _server_settings),
    _for_administrators(
        "settings",
        "channel",
        _channel_settings,
        Option("channel", Kind.CHANNEL, describe="describe-channel-option"),
    ),
)
COMMANDS: Mapping[str, Command] = {command.key: command for command in _COMMANDS}
"""The commands by their keys, in the order in which platforms list them."""


def command_job(command: Command, call: CommandCall) -> Job:
    """The job of a use of a command."""
    if command.job:
        return command.job(call)
    handler = command.handler
    assert handler is not None  # noqa: S101 - every row has one of the two

    async def work() -> Made:
        if command.policy is Policy.EVERYBODY:
            call.service.access.admit_look(call.request.caller)
        return await handler(call)

    return Job(Placement.PRIVATE, work, long=command.long)
