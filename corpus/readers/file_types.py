"""The kinds of files that are read, by the end of a name or by a media type."""

JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
HTML = (".html", ".htm", ".xhtml")
TEXT = (".md", ".markdown", ".txt")
READABLE = (*JSON_LINES, *HTML, *TEXT)

_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/jsonl": ".jsonl",
    "application/x-jsonl": ".jsonl",
    "application/jsonlines": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "application/json-lines": ".jsonl",
    "application/ndjson": ".jsonl",
    "application/x-ndjson": ".jsonl",
}
_SAYS_LITTLE = (
    "",
    "application/gzip",
    "application/json",
    "application/octet-stream",
    "application/x-gzip",
    "binary/octet-stream",
    "text/plain",
)
"""What servers send for files they do not know: the end of the name says more."""


def ending_of(name: str) -> str | None:
    """The known ending of a file's name or an address's path, in lower case."""
    return max((end for end in READABLE if name.lower().endswith(end)), key=len, default=None)


def ending_for(media_type: str, path: str) -> str | None:
    """The ending that fetched content of this media type (lower case, no parameters) is read as, or None
    where it is of no kind that is read."""
    if ending := _BY_TYPE.get(media_type):
        return ending
    if media_type not in _SAYS_LITTLE:
        return None
    return ending_of(path) or (".txt" if media_type == "text/plain" else None)
