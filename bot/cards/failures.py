"""Cards for requests that failed or were refused."""

import re

from bot.chat.refusal import Refusal
from bot.messages.catalogue import Messages
from corpus.errors import (
    BadQuestion,
    BadSetting,
    GenerationUnusable,
    HomeUnusable,
    ModelUnavailable,
    NewsdeskError,
    OverLimit,
    PlatformRefused,
    ReloadBusy,
    StoreUnusable,
    UnknownName,
    UnreadableSource,
)
from corpus.lazy_pattern import lazy_pattern

OPERATORS = (HomeUnusable, StoreUnusable, GenerationUnusable, ModelUnavailable, BadSetting, PlatformRefused)
"""Errors that only the operator can resolve: their text is for the log."""

_PATH = lazy_pattern(r"(?<![\w:/.])(?:~|[A-Za-z]:)?[/\\][^\s'\"`]*?([^\s/\\'\"`:,;)]+)(?=[\s'\"`:,;)]|$)")
_COMMAND = lazy_pattern(r"`[^`]*`|(?<!\w)--[\w-]+")


def explained(error: NewsdeskError, messages: Messages, incident: str = "") -> str:
    """The error in the reader's language, without paths and commands, which only concern the operator. The
    reason of errors that only administrators meet is in English; `incident` is the incident number in the
    log."""
    if isinstance(error, Refusal):
        return messages(error.key, **error.values)
    if isinstance(error, BadQuestion):
        return messages(f"question-{error.fault}")
    if isinstance(error, UnknownName):
        # The names of collections are not disclosed: some belong to others.
        near = () if error.kind == "collection" else error.near
        return messages(f"unknown-{error.kind}", name=error.name, near=", ".join(near) or "–")
    if isinstance(error, OverLimit):
        return messages(f"limit-{error.kind}", used=error.used, most=error.most)
    if isinstance(error, OPERATORS):
        return messages("operators", incident=incident or "–")
    if isinstance(error, ReloadBusy):
        return messages("reload-busy")
    return messages("not-done", reason=reason_of(error))


def reason_of(error: NewsdeskError) -> str:
    """The text of an error for people in a chat."""
    said = error.said
    for one in (error, error.__cause__):
        if isinstance(one, UnreadableSource):
            said = said.replace(one.location, place_of(one.location))
    return for_chat(said)


def place_of(location: str) -> str:
    """A web address unchanged, or the last part of a path, since its folder is not disclosed in a chat."""
    return location if "://" in location else re.split(r"[/\\]", location.rstrip("/\\"))[-1]


def for_chat(text: str) -> str:
    """The text without the folders of paths and without commands."""
    return _COMMAND.sub("…", _PATH.sub(r"\1", text))
