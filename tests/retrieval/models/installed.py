"""Where the packaged model is installed."""

import importlib.metadata
from pathlib import Path

from retrieval.models.packaged import PACKAGE


def installed() -> Path:
    """The folder of the packaged model."""
    return Path(str(importlib.metadata.distribution(PACKAGE).locate_file(PACKAGE))) / "model"
