"""Names the authors and the outlet of the posts in an export of Ghost, whose tables are separate."""

from collections.abc import Iterator, Mapping


def name_authors(value: object) -> None:
    """Add the author and the outlet to each post that names none. Changes `value`, the content of a JSON
    file; any other file stays as it is."""
    for data in _exports(value):
        users = {user.get("id"): user.get("name") for user in _rows(data, "users")}
        names: dict[object, list[object]] = {}
        for link in sorted(_rows(data, "posts_authors"), key=_order):
            if name := users.get(link.get("author_id")):
                names.setdefault(link.get("post_id"), []).append(name)
        outlet = next(
            (one.get("value") for one in _rows(data, "settings") if one.get("key") == "title"), None
        )
        for post in _rows(data, "posts"):
            authors = names.get(post.get("id")) or users.get(post.get("author_id"))
            for name, said in (("author", authors), ("source", outlet)):
                if said:
                    post.setdefault(name, said)


def _exports(value: object) -> Iterator[Mapping[str, object]]:
    databases = value.get("db") if isinstance(value, dict) else None
    for one in databases if isinstance(databases, list) else ():
        if isinstance(one, dict) and isinstance(one.get("data"), dict):
            yield one["data"]


def _rows(data: Mapping[str, object], table: str) -> list[dict[str, object]]:
    """The rows of a table whose ids are texts or numbers."""
    rows = data.get(table)
    return [
        row
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
        and all(isinstance(key, str | int | None) for name, key in row.items() if name.endswith("id"))
    ]


def _order(link: Mapping[str, object]) -> int:
    order = link.get("sort_order")
    return order if isinstance(order, int) else 0
