"""A value as one line of JSON that steers no terminal."""

import json


def to_json(row: object) -> str:
    """One line. What can't be printed is escaped, so that it steers no terminal and is whole again when it
    is parsed."""
    line = json.dumps(row, ensure_ascii=False)
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
