"""Loads the reader that is set in the settings."""

from retrieval.reading.reader import Reader
from retrieval.reading.reader_names import NO_READER, PACKAGED_READER


def chosen_reader(name: str) -> Reader | None:
    """The packaged reader, None for "none", or the reader in a folder or of a name on the model hub. Raises
    ModelUnavailable."""
    if name in ("", NO_READER):
        return None
    if name == PACKAGED_READER:
        from retrieval.reading.packaged_reader import packaged_reader

        return packaged_reader()
    from retrieval.reading.named_reader import named_reader

    return named_reader(name)
