"""Articles from PDF files."""

from corpus.readers.documents.worker_document import WorkerFormat
from corpus.readers.parsing.format import Format

PDF_LIMIT = 40 * 1024 * 1024
"""The most bytes of a file; an issue of a newspaper with its pictures has 10 to 40 MB."""
PDF_SECONDS = 60.0
"""Wall time for a file; a dense page of a newspaper takes a third of a second."""

FORMAT = Format(
    endings=(".pdf",),
    media_types=("application/pdf", "application/x-pdf"),
    read=WorkerFormat("corpus.readers.documents.pdf_document:read_pdf", "PDF", PDF_LIMIT, PDF_SECONDS).read,
    names_collections=False,
)
