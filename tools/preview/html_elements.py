"""HTML in which everything that is not markup is escaped."""

import html
import re
from collections.abc import Sequence

_VOID = frozenset({"hr", "img", "input", "meta"})


class Html(str):
    """Markup, in which everything that is not is escaped."""

    __slots__ = ()


def el(tag: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """An element. Text among the children is escaped; `class_` and `aria_label` are the attributes they look
    like, and one that is false or None is left out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Html(f"<{tag}{given}>")
    return Html(f"<{tag}{given}>{joined(children)}</{tag}>")


def joined(children: Sequence[str]) -> Html:
    """Elements and texts after one another."""
    return Html("".join(child if isinstance(child, Html) else html.escape(child) for child in children))


def page_address(url: str) -> str | None:
    """The address if it is that of a page; a preview links nothing else."""
    return url if re.match(r"https?://", url) else None


def document(title: str, style: str, shown: Sequence[Html]) -> str:
    """A page with these messages, which loads nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width"),
        el("title", title),
        Html(f"<style>{style}</style>"),
    )
    about = el("p", "Preview, rendered from the payload that is sent.", class_="about")
    return f"<!doctype html>\n{el('html', head, el('body', el('main', *shown), about), lang='en')}\n"
