"""Articles from web pages that a browser saved as one file."""

from corpus.readers.documents.worker_document import WorkerFormat
from corpus.readers.parsing.format import Format

MHTML_LIMIT = 40 * 1024 * 1024
"""Bytes; pictures, in base64, are most of it."""

FORMAT = Format(
    endings=(".mhtml", ".mht"),
    media_types=("multipart/related", "application/x-mimearchive"),
    read=WorkerFormat("corpus.readers.documents.web_archive:read_archive", "saved page", MHTML_LIMIT).read,
    names_collections=False,
)
