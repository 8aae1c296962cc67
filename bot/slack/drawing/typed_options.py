"""Parses the text after a command: a question with options, or an action on the corpus."""

import re
from collections.abc import Sequence

from bot.actions.call import Arguments
from bot.actions.command_table import COMMANDS, Kind
from bot.slack.drawing.words import plain_words, typed_words
from corpus.text import one_line

WORDS = {"ask": "question", "watch": "question", "latest": "topic", "corpus add": "url"}
"""The option of a command that takes words, which are what stands beside the other options."""
OPTIONS = {
    name: {
        one.name: one.kind
        for one in COMMANDS[name].options
        if one.name != words and one.kind is not Kind.FILE
    }
    for name, words in WORDS.items()
}
"""The other options of each, with what each takes."""
_COLLECTION = re.compile(r"(?:^|(?<=\s))in: ?(\S+)", re.IGNORECASE)
"""The collection that is named beside an address, a title or a file."""
_BEHIND = ".,;:!?)\"'”’"
"""What stands behind its name and is no part of it."""
_FORGET = re.compile(r"\sforget:(?:yes|true|on|1)(?=\s|$)", re.IGNORECASE)
"""Asks for the text to be erased too, as the option of Discord's command does."""
_TARGETS = {"add": "url", "remove": "target", "restore": "article"}
"""The option of each change of the corpus that says what it is about."""
_OPTION = {
    name: re.compile(rf"(?:^|(?<=\s))({'|'.join(options)}):(?:[\"“”]([^\"“”]*)[\"“”]|(\S+))", re.IGNORECASE)
    for name, options in OPTIONS.items()
}
_YES = frozenset({"yes", "true", "1", "on", "y"})


def read_options(text: str, command: str = "ask") -> Arguments:
    """A question or topic with the options that stood in it, the last of each name. A value with spaces has
    quotation marks around, or hyphens for them."""
    kinds, pattern = OPTIONS[command], _OPTION[command]
    texts, flags = {WORDS[command]: one_line(pattern.sub(" ", text))}, {}
    for found in pattern.finditer(text):
        name, value = found[1].lower(), found[2] if found[2] is not None else found[3]
        if kinds[name] is Kind.FLAG:
            flags[name] = value.lower() in _YES
        else:
            texts[name] = dehyphenated(value) if kinds[name] is Kind.PERIOD else value
    return Arguments(texts, flags)


def dehyphenated(value: str) -> str:
    """`last-week` as `last week`; a date of figures stays as it is."""
    return value if re.fullmatch(r"[\d-]+", value) else value.replace("-", " ")


def named(value: str, names: Sequence[str]) -> str:
    """The name that a value means, which may have hyphens for its spaces; the value itself if none is."""
    for wanted in (value, dehyphenated(value)):
        for name in names:
            if name.casefold() == wanted.casefold():
                return name
    return value


def read_command(name: str, text: str, bot: str) -> tuple[str, Arguments]:
    """The key of the command in the table of all platforms, and its arguments, out of what was typed behind
    the slash command of that name; the key of no command where it can't be made out."""
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
    return (name, read_options(plain_words(text, bot), name)) if name in WORDS else (name, Arguments())


def _corpus_command(text: str) -> tuple[str, Arguments]:
    """The collection may stand behind what a change is about."""
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
    """An address, out of the brackets in which people put one, with what is said of it."""
    given = read_options(text, "corpus add")
    address, collection = _apart(given.text("url"))
    named = {"collection": collection} if collection else {}
    return Arguments({**given.texts, "url": address.strip(" <>").partition("|")[0], **named})


def file_options(text: str) -> Arguments:
    """What the words of a message with a file say of it: the collection, and how it is to be read."""
    collection = _apart(text)[1]
    said = {name: value for name, value in read_options(text, "corpus add").texts.items() if name != "url"}
    return Arguments({**said, "collection": collection} if collection else said)


def _apart(text: str) -> tuple[str, str]:
    """The words without the last collection that they name, and its name; empty where they name none."""
    found = max(_COLLECTION.finditer(text), key=re.Match.start, default=None)
    if found is None:
        return text.strip(), ""
    return one_line(f"{text[: found.start()]} {text[found.end() :]}"), found[1].rstrip(_BEHIND)
