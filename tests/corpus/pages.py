"""A page of news to read, and what is to be found in it."""

FIRST = (
    "The old bridge over the river was closed on Monday, after engineers had found cracks in two of "
    "its pillars, the city said in a statement."
)
SECOND = (
    "It will open again in May at the earliest, said the mayor, who promised that ferries would run "
    "every ten minutes until then, day and night."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n\n{SECOND}"


def page(head: str = "", body: str = BODY, opening: str = "<html>") -> str:
    """A page of news around the body, with what every page has around it."""
    return (
        f"<!DOCTYPE html>{opening}<head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article>{body}</article></main><footer>&copy; 2019 The Post</footer></body></html>"
    )
