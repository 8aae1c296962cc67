"""Parses the text after a slash command: a question with options, or a change of the corpus."""

import re
from collections.abc import Sequence

from bot.actions.call import Arguments
from bot.actions.command_table import COMMANDS, Kind
from bot.slack.drawing.words import plain_words, question_words, typed_words
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line

WORDS = {"ask": "question", "watch": "question", "latest": "topic", "corpus add": "url"}
"""The option of each command that is typed without its name: the text besides the other options."""
OPTIONS = {
    name: {
        one.name: one.kind
        for one in COMMANDS[name].options
        if one.name != words and one.kind is not Kind.FILE
    }
    for name, words in WORDS.items()
}
"""The other options of each command, with their kinds."""
_COLLECTION = lazy_pattern(r"(?:^|(?<=\s))in: ?(\S+)", re.IGNORECASE)
"""The collection that is named beside an address, a title or a file."""
_BEHIND = ".,;:!?)\"'”’"
"""Characters after a collection's name that are not part of it."""
_FORGET = lazy_pattern(r"\sforget:(?:yes|true|on|1)(?=\s|$)", re.IGNORECASE)
"""The option to erase the text too, as in Discord's command."""
_TARGETS = {"add": "url", "remove": "target", "restore": "article"}
"""For each change of the corpus, the option that names its object."""
_OPTION = {
    name: lazy_pattern(rf"(?:^|(?<=\s))({'|'.join(options)}):(?:[\"“”]([^\"“”]*)[\"“”]|(\S+))", re.IGNORECASE)
    for name, options in OPTIONS.items()
}
_YES = frozenset({"yes", "true", "1", "on", "y"})
_NO = frozenset({"no", "false", "0", "off", "n"})


def read_options(text: str, command: str = "ask") -> Arguments:
    """The question or topic of a text, and the options in it; the last of each name counts. A value with
    spaces is in quotation marks, or has hyphens instead of the spaces."""
    kinds, pattern = OPTIONS[command], _OPTION[command]
    texts, flags, undecided = {WORDS[command]: one_line(pattern.sub(" ", text))}, {}, {}
    for found in pattern.finditer(text):
        name, value = found[1].lower(), found[2] if found[2] is not None else found[3]
        if kinds[name] is Kind.FLAG:
            flags[name] = value.lower() in _YES
            if value.lower() not in _YES | _NO:
                undecided[name] = value
        else:
            texts[name] = dehyphenated(value) if kinds[name] is Kind.PERIOD else value
    return Arguments(texts, flags, undecided=undecided)


def dehyphenated(value: str) -> str:
    """`last-week` as `last week`; a numeric date is left as it is."""
    return value if re.fullmatch(r"[\d-]+", value) else value.replace("-", " ")


def named(value: str, names: Sequence[str]) -> str:
    """The name among `names` that a value means, with hyphens instead of spaces allowed; the value itself if
    there is none."""
    for wanted in (value, dehyphenated(value)):
        for name in names:
            if name.casefold() == wanted.casefold():
                return name
    return value


def read_command(name: str, text: str, bot: str) -> tuple[str, Arguments]:
    """The key of a slash command in the table of all platforms, and its arguments. The key is one that is not
    in the table if the text can't be parsed."""
    match name:
        case "corpus":
            return _corpus_command(typed_words(text))
        case "newsdesk":
            words = text.split()
            if words[:1] != ["settings"]:
                return "help", Arguments()
            return f"settings {'channel' if words[1:2] == ['channel'] else 'server'}", Arguments()
        case "article":
            return name, Arguments({"article": plain_words(text, bot)})
    return (name, read_options(question_words(text, bot), name)) if name in WORDS else (name, Arguments())


def _corpus_command(text: str) -> tuple[str, Arguments]:
    """Parse the text after `/corpus`: an action, its object, and perhaps a collection."""
    word, _, rest = text.partition(" ")
    key = f"corpus {word}"
    if word == "audit":
        return key, Arguments(flags={"refused": rest == "refused"})
    if word == "rollback":
        return key, Arguments({"collection": rest.strip()})
    if word not in _TARGETS:
        return key, Arguments()
    if word == "add":
        added = _added(rest)
        return (key, added) if added.text("url") else ("", Arguments())
    shown = _FORGET.sub("", rest) if word == "remove" else rest
    target, collection = _apart(shown)
    if not target:
        return "", Arguments()
    texts = {_TARGETS[word]: target, "collection": collection}
    return key, Arguments(texts, {"forget": shown != rest})


def _added(text: str) -> Arguments:
    """The address to add, without the brackets around it, with its options."""
    given = read_options(text, "corpus add")
    address, collection = _apart(given.text("url"))
    named = {"collection": collection} if collection else {}
    return Arguments({**given.texts, "url": address.strip(" <>").partition("|")[0], **named})


def file_options(text: str) -> Arguments:
    """The collection and the reading options in the text of a message with a file."""
    collection = _apart(text)[1]
    said = {name: value for name, value in read_options(text, "corpus add").texts.items() if name != "url"}
    return Arguments({**said, "collection": collection} if collection else said)


def _apart(text: str) -> tuple[str, str]:
    """The text without the last collection that it names, and that collection; empty if it names none."""
    found = max(_COLLECTION.finditer(text), key=re.Match.start, default=None)
    if found is None:
        return text.strip(), ""
    return one_line(f"{text[: found.start()]} {text[found.end() :]}"), found[1].rstrip(_BEHIND)
