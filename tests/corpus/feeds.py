"""Feeds in our own words, written by the entry."""

from html import escape

LONG = "The ferry to the island ran again on Monday after a week of storms. " * 24
"""A text that is long enough to be taken for a whole article."""


def item(
    title: str = "", link: str = "", guid: str = "", text: str = "", date: str = "", more: str = ""
) -> str:
    """An item of RSS; `text` is the description's HTML."""
    fields = {"title": title, "link": link, "guid": guid, "description": text, "pubDate": date}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value)
    return f"<item>{inner}{more}</item>"


def rss(*items: str, title: str = "The Harbour Post", more: str = "") -> bytes:
    """An RSS feed of these items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"<title>{title}</title>{more}{''.join(items)}</channel></rss>"
    ).encode()


def encoded(markup: str) -> str:
    """An item's whole content, as WordPress and many others give it."""
    return f"<content:encoded><![CDATA[{markup}]]></content:encoded>"


def atom(*entries: str) -> bytes:
    """An Atom feed of these entries."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour</title>'
        f"{''.join(entries)}</feed>"
    ).encode()


def opml(*addresses: str) -> bytes:
    """A list of feeds."""
    outlines = "".join(f'<outline type="rss" text="x" xmlUrl="{escape(one)}"/>' for one in addresses)
    return (
        f'<opml version="2.0"><head/><body><outline text="News">{outlines}</outline></body></opml>'.encode()
    )


def sitemap(*pages: tuple[str, str], root: str = "urlset", each: str = "url") -> bytes:
    """A sitemap of addresses and dates of change."""
    rows = "".join(
        f"<{each}><loc>{escape(link)}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</{each}>"
        for link, date in pages
    )
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()
