"""The elements of a page of HTML, for tests of what may and may not become one."""

from collections import defaultdict
from html.parser import HTMLParser

_VOID = ("br", "hr", "img", "input", "meta")


class Elements(HTMLParser):
    """The tags and attributes of a page in their order, its text without style sheets, and the text of each
    element by its tag; every tag that is opened must be closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.texts: defaultdict[str, list[str]] = defaultdict(list)
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that is opened."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self._open.append(tag)
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """A tag that is closed."""
        assert tag in _VOID or self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What stands between tags."""
        if self._open:
            self.texts[self._open[-1]][-1] += data
        if "style" not in self._open:
            self.text += data
