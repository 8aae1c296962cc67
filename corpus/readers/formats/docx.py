"""Articles from Word documents."""

from corpus.readers.documents.worker_document import WorkerFormat
from corpus.readers.parsing.format import Format

DOCX_LIMIT = 40 * 1024 * 1024
"""The most bytes of a file; most of them are pictures."""

FORMAT = Format(
    endings=(".docx",),
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    read=WorkerFormat("corpus.readers.documents.word_document:read_word", "Word document", DOCX_LIMIT).read,
    names_collections=False,
)
