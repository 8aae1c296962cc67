"""What is typed behind a command: a question with its options, or what is to be done to the corpus."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.call import Arguments
from bot.slack.drawing.words import plain_words, typed_words
from corpus.text import one_line

NAMES = ("source", "since", "until", "collection", "private")
"""The options, as in Discord's command."""

_OPTION = re.compile(rf"(?:^|(?<=\s))({'|'.join(NAMES)}):(?:[\"“”]([^\"“”]*)[\"“”]|(\S+))", re.IGNORECASE)
COLLECTION = re.compile(r"(?:^|\s)in:([\w-]+)")
"""The collection that is named in the words of a message with a file."""
_FORGET = re.compile(r"\sforget:(?:yes|true|on|1)(?=\s|$)", re.IGNORECASE)
"""Asks for the text to be erased too, as the option of Discord's command does."""
_TARGETS = {"add": "url", "remove": "target", "restore": "article"}
"""The option of each change of the corpus that says what it is about."""
_YES = frozenset({"yes", "true", "1", "on", "y"})


@dataclass(frozen=True, slots=True)
class Written:
    """A question with the options that stood in it; `private` is None where it did not say."""

    question: str
    source: str = ""
    since: str = ""
    until: str = ""
    collection: str = ""
    private: bool | None = None


def read_options(text: str) -> Written:
    """The question and its options. A value with spaces has quotation marks around, or hyphens for them."""
    found = {
        match[1].lower(): match[2] if match[2] is not None else match[3] for match in _OPTION.finditer(text)
    }
    private = found.pop("private", None)
    return Written(
        one_line(_OPTION.sub(" ", text)),
        **found,
        private=None if private is None else private.lower() in _YES,
    )


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
        case "ask":
            written = read_options(plain_words(text, bot))
            texts = {
                "question": written.question,
                "source": written.source,
                "since": dehyphenated(written.since),
                "until": dehyphenated(written.until),
                "collection": written.collection,
            }
            flags = {} if written.private is None else {"private": written.private}
            return name, Arguments({option: typed for option, typed in texts.items() if typed}, flags)
    return name, Arguments({"topic" if name == "latest" else "article": plain_words(text, bot)})


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
    shown = _FORGET.sub("", rest) if word == "remove" else rest
    target, _, collection = shown.rpartition(" in:")
    if not target:
        target, collection = shown, ""
    if not target:
        return "", Arguments()
    if word == "add":  # out of the brackets in which people put an address
        target = target.strip("<>").partition("|")[0]
    texts = {_TARGETS[word]: target, "collection": collection.strip()}
    return key, Arguments(texts, {"forget": shown != rest})
