"""JSON in one line that is safe to print on a terminal."""

import json


def to_json(row: object) -> str:
    """The value in one line. Non-printable characters are escaped, so that they can't control a terminal;
    parsing gives them back."""
    line = json.dumps(row, ensure_ascii=False)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
