"""Articles from web pages saved by a browser as one file."""

from corpus.readers.documents.worker_document import WorkerFormat
from corpus.readers.parsing.format import Format

MHTML_LIMIT = 40 * 1024 * 1024
"""The most bytes of a file; most of them are pictures in base64."""

FORMAT = Format(
    endings=(".mhtml", ".mht"),
    media_types=("multipart/related", "application/x-mimearchive"),
    read=WorkerFormat("corpus.readers.documents.web_archive:read_archive", "saved page", MHTML_LIMIT).read,
    names_collections=False,
)
