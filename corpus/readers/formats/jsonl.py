"""Articles from JSON Lines files, gzipped or not."""

from corpus.readers.parsing.format import Format
from corpus.readers.rows.json_lines import read_lines, without_lines

FORMAT = Format(
    endings=(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
    media_types=(
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-lines",
        "application/ndjson",
        "application/x-ndjson",
    ),
    read=read_lines,
    remove=without_lines,
)
