"""Loading a model that the settings name: from a folder, the model hub or its cache."""

import importlib.util
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from corpus.errors import ModelUnavailable

HUB_TIMEOUT = 10
"""Seconds to wait for the first response of the model hub before fetching a model."""
REASON_LIMIT = 200
"""Characters of a library's error message that are shown."""

LIBRARIES = ("huggingface_hub", "sentence_transformers", "torch", "transformers")
"""Needed for named models only, so `make run` does not install them."""

T = TypeVar("T")


def check_libraries(setting: str) -> None:
    """Raises ModelUnavailable, with what to do, if the libraries for this setting's model are not
    installed."""
    if not all(map(importlib.util.find_spec, LIBRARIES)):
        raise ModelUnavailable(
            f"{setting} names a model that is not packaged, and what reads such models is not installed: run "
            f"`make models`, or leave {setting} out"
        )


def load_named(name: str, load: Callable[[str, bool], T]) -> T:
    """Call `load` with a folder or name, and whether only local files may be used; returns its result.

    The hub is not asked if its cache has the model. Raises whatever the libraries raise.
    """
    folder = Path(name).expanduser()
    return load(str(folder), True) if folder.is_dir() else _from_hub(name, load)


def reason_of(error: Exception) -> str:
    """The first non-empty line of an error's message."""
    lines = (line.strip() for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)[:REASON_LIMIT]


def _from_hub(name: str, load: Callable[[str, bool], T]) -> T:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        return load(name, True)
    except (OSError, ValueError):
        # Loading tries each of many files six times, which takes over a minute without a network: ask once.
        with suppress(HfHubHTTPError):  # the hub answered; loading reports what is wrong
            HfApi().model_info(name, timeout=HUB_TIMEOUT)
    return load(name, False)
