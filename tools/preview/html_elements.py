"""Builds HTML with all text escaped."""

import html
import re
from collections.abc import Sequence

_VOID = frozenset({"hr", "img", "input", "meta"})


class Html(str):
    """Safe HTML: markup in which all text is already escaped."""

    __slots__ = ()


def el(tag: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """An element. Children that are not Html are escaped; `class_` and `aria_label` mean the attributes
    `class` and `aria-label`, and attributes that are false or None are left out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Html(f"<{tag}{given}>")
    return Html(f"<{tag}{given}>{joined(children)}</{tag}>")


def joined(children: Sequence[str]) -> Html:
    """Elements and texts, joined."""
    return Html("".join(child if isinstance(child, Html) else html.escape(child) for child in children))


def page_address(url: str) -> str | None:
    """The address if it is that of a web page, else None; a preview only links pages."""
    return url if re.match(r"https?://", url) else None


def document(title: str, style: str, shown: Sequence[Html]) -> str:
    """A page with these messages, without external resources."""
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
