"""Loading a model that the settings name: a folder, or one that the model hub or its cache has."""

import importlib.util
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from corpus.errors import ModelUnavailable

HUB_TIMEOUT = 10
"""Seconds to wait for the model hub's first answer, before a model is fetched from it."""
REASON_LIMIT = 200
"""Characters of a library's reason that are told."""

LIBRARIES = ("huggingface_hub", "sentence_transformers", "torch", "transformers")
"""What reads a named model; the packaged ones need nothing of it, so `make run` does not install it."""

T = TypeVar("T")


def check_libraries(setting: str) -> None:
    """Raises ModelUnavailable, with what to do, where what reads this setting's model is not installed."""
    if not all(map(importlib.util.find_spec, LIBRARIES)):
        raise ModelUnavailable(
            f"{setting} names a model that is not packaged, and what reads such models is not installed: run "
            f"`make models`, or leave {setting} out"
        )


def load_named(name: str, load: Callable[[str, bool], T]) -> T:
    """What `load` makes of a folder or a name; it is told whether to stay on this machine.

    The hub is not looked at where its cache has the model. Raises whatever the libraries raise.
    """
    folder = Path(name).expanduser()
    return load(str(folder), True) if folder.is_dir() else _from_hub(name, load)


def reason_of(error: Exception) -> str:
    """The first line that says why."""
    lines = (line.strip() for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)[:REASON_LIMIT]


def _from_hub(name: str, load: Callable[[str, bool], T]) -> T:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        return load(name, True)
    except (OSError, ValueError):
        # Loading tries each of many files six times, for over a minute where there is no network: ask once.
        with suppress(HfHubHTTPError):  # it answered; what is wrong, loading says
            HfApi().model_info(name, timeout=HUB_TIMEOUT)
    return load(name, False)
