"""Parses a text in mrkdwn as a Slack client does, into a tree of what is shown.

Slack publishes no grammar. These are the rules of its documentation and the behaviour of its clients:

- `&amp;`, `&lt;` and `&gt;` are the only entities; between `<` and `>` is a link, a mention or a date;
- a line that begins with `>` or with `&gt;` is a quote, so escaping does not prevent quotes;
- `*bold*`, `_italic_` and `~strike~` stay on one line, and no letter or digit of any script may be next to
  them outside;
- an address, a host name or an e-mail address becomes a link, unless the text is `verbatim`;
- any name between colons becomes an emoji here, although a client knows only some names.

Where clients differ, this parser formats more, since that is the safe side for tests of escaping.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Leaf = Literal["text", "code", "fence", "link", "autolink", "mention", "date", "emoji"]
Branch = Literal["bold", "italic", "strike", "quote"]
Kind = Leaf | Branch


@dataclass(frozen=True, slots=True)
class MrkdwnNode:
    """A node: a leaf has `text`, any other node `children`.

    `detail` is a link's URL; for a mention, its kind: user, channel, group or broadcast; for a date, the
    seconds since 1970, the format and, if there is one, the URL, separated by `^`.
    """

    kind: Kind
    text: str = ""
    children: tuple["MrkdwnNode", ...] = ()
    detail: str = ""


Found = tuple[MrkdwnNode, int] | None
"""A node and the offset of its end."""
Rule = Callable[[str, int, bool], Found]

_HOSTS = "com|org|net|edu|gov|mil|int|info|biz|news|io|ai|app|dev|tv|co|uk|us|eu|de|fr|jp|kr|cn|in|ru|br|ca"
"""Top-level domains with which a client recognises a host name without a scheme; real clients know more."""
_OUTSIDE = r"[^\W_]"
"""A character that may not be next to a style's sign outside."""

_ENTITY = re.compile("&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_TOKEN = re.compile(r"<([^<>\n]+)>")
_QUOTE = re.compile(r"(?:&gt;|>) ?([^\n]*)(?:\n|\Z)")
_QUOTED_REST = re.compile(r"(?:&gt;|>){3}(.+)", re.DOTALL)
_FENCE = re.compile(r"```(?=[\s`]*[^\s`])(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_EMOJI = re.compile(r":(?!\d+:)([a-z0-9_+'\-]+)(?:::skin-tone-[2-6])?:|:(100|1234):")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_URL = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_HOST = re.compile(
    rf"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:{_HOSTS})(?![A-Za-z0-9-])(?:[/?#][^\s<>|]*)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[.,:;!?'\"*_~`]|&gt;|&lt;)+$")
"""Characters after an address that are not part of it."""


def _style(sign: str) -> re.Pattern[str]:
    mark = re.escape(sign)
    inside = r"(?:<[^<>\n]*>|`[^`\n]+`|[^\n])+?"
    return re.compile(rf"{mark}(?![\s{mark}])({inside})(?<![\s{mark}]){mark}(?!{_OUTSIDE}|{mark})")


_STYLES: dict[str, tuple[Branch, re.Pattern[str]]] = {
    "*": ("bold", _style("*")),
    "_": ("italic", _style("_")),
    "~": ("strike", _style("~")),
}


def parse_mrkdwn(text: str, *, verbatim: bool = False) -> tuple[MrkdwnNode, ...]:
    """The nodes of a text as a client shows it; `verbatim` is as in a text object."""
    return _lines(text.replace("\r\n", "\n").replace("\r", "\n"), verbatim)


def plain_text(nodes: Sequence[MrkdwnNode]) -> str:
    """The visible characters, with a date's fallback and an emoji's name."""
    shown = ""
    for node in nodes:
        shown += "\n" if node.kind == "quote" and shown and not shown.endswith("\n") else ""
        shown += plain_text(node.children) if node.children else node.text
        shown += "\n" if node.kind == "quote" and node is not nodes[-1] else ""
    return shown


def walk_mrkdwn(nodes: Sequence[MrkdwnNode]) -> Iterator[MrkdwnNode]:
    """Every node of the tree, parents before children."""
    for node in nodes:
        yield node
        yield from walk_mrkdwn(node.children)


def decoded(text: str) -> str:
    """The text with its three entities decoded."""
    return _ENTITY.sub(lambda match: _ENTITIES[match[1]], text)


def _lines(text: str, verbatim: bool) -> tuple[MrkdwnNode, ...]:
    """The nodes of quotes and of the text between them; a line inside a fence can't begin a quote."""
    nodes: list[MrkdwnNode] = []
    at = start = 0
    while at < len(text):
        begins = at == 0 or text[at - 1] == "\n"
        if begins and (rest := _QUOTED_REST.match(text, at)):
            nodes += _inline(text[start:at], verbatim)
            nodes.append(MrkdwnNode("quote", children=_inline(rest[1].removeprefix(" "), verbatim)))
            return tuple(nodes)
        if begins and _QUOTE.match(text, at):
            nodes += _inline(text[start:at], verbatim)
            quoted, at = _quoted(text, at)
            nodes.append(MrkdwnNode("quote", children=_inline(quoted, verbatim)))
            start = at
        else:
            fence = _FENCE.match(text, at)
            at = fence.end() if fence else at + 1
    return (*nodes, *_inline(text[start:], verbatim))


def _quoted(text: str, at: int) -> tuple[str, int]:
    """The text of consecutive quoted lines, and the offset of their end."""
    lines: list[str] = []
    while match := _QUOTE.match(text, at):
        lines.append(match[1])
        if match.end() == at:
            break
        at = match.end()
    return "\n".join(lines), at


def _inline(text: str, verbatim: bool) -> tuple[MrkdwnNode, ...]:
    nodes: list[MrkdwnNode] = []
    at = 0
    while at < len(text):
        found = next((made for rule in _RULES if (made := rule(text, at, verbatim))), None)
        node, at = found or (MrkdwnNode("text", text[at]), at + 1)
        if node.kind == "text" and nodes and nodes[-1].kind == "text":
            node = MrkdwnNode("text", nodes.pop().text + node.text)
        nodes.append(node)
    return tuple(nodes)


def _leaf(pattern: re.Pattern[str], leaf: Callable[[re.Match[str]], MrkdwnNode | None]) -> Rule:
    """A rule that makes a leaf from a match of the pattern."""

    def rule(source: str, at: int, _verbatim: bool) -> Found:
        match = pattern.match(source, at)
        node = leaf(match) if match else None
        return (node, match.end()) if match and node else None

    return rule


def _styled(source: str, at: int, verbatim: bool) -> Found:
    kind, pattern = _STYLES.get(source[at], (None, None))
    if kind is None or pattern is None:
        return None
    before = source[at - 1] if at else " "
    if before == source[at] or re.match(_OUTSIDE, before):
        return None
    match = pattern.match(source, at)
    return (MrkdwnNode(kind, children=_inline(match[1], verbatim)), match.end()) if match else None


def _meant(found: re.Match[str]) -> MrkdwnNode | None:
    """The node of an expression in angle brackets; None if Slack does not know it."""
    target, _, label = found[1].partition("|")
    label = decoded(label)
    if user := re.fullmatch(r"@([UW][A-Z0-9]+)", target):
        return MrkdwnNode("mention", f"@{label or user[1]}", detail="user")
    if channel := re.fullmatch(r"#([CDG][A-Z0-9]+)", target):
        return MrkdwnNode("mention", f"#{label or channel[1]}", detail="channel")
    if group := re.fullmatch(r"!subteam\^([A-Z0-9]+)", target):
        return MrkdwnNode("mention", label or f"@{group[1]}", detail="group")
    if broadcast := re.fullmatch(r"!(here|channel|everyone|group)", target):
        return MrkdwnNode("mention", f"@{broadcast[1]}", detail="broadcast")
    if target.startswith("!date^"):
        return MrkdwnNode("date", label, detail=target.removeprefix("!date^"))
    if re.match(r"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:)\S", target, re.IGNORECASE):
        url = decoded(target)
        return MrkdwnNode("link", label or url.removeprefix("mailto:"), detail=url)
    if target.startswith("!"):
        return MrkdwnNode("text", f"<{label or target}>")
    return None


def _autolink(source: str, at: int, verbatim: bool) -> Found:
    if verbatim or (at and re.match(r"[\w@.-]", source[at - 1])):
        return None
    if email := _EMAIL.match(source, at):
        return MrkdwnNode("autolink", email[0], detail=f"mailto:{email[0]}"), email.end()
    match = _URL.match(source, at) or _HOST.match(source, at)
    if not match:
        return None
    address = _TAIL.sub("", match[0])
    # A closing bracket after the address is not part of it.
    while address.endswith(")") and address.count(")") > address.count("("):
        address = _TAIL.sub("", address[:-1])
    url = decoded(address)
    detail = url if url.lower().startswith("http") else f"http://{url}"
    return MrkdwnNode("autolink", url, detail=detail), at + len(address)


_RULES: tuple[Rule, ...] = (
    _leaf(_FENCE, lambda match: MrkdwnNode("fence", decoded(match[1]))),
    _leaf(_CODE, lambda match: MrkdwnNode("code", decoded(match[1]))),
    _leaf(_TOKEN, _meant),
    _leaf(_ENTITY, lambda match: MrkdwnNode("text", _ENTITIES[match[1]])),
    _styled,
    _leaf(_EMOJI, lambda match: MrkdwnNode("emoji", match[0])),
    _autolink,
)
"""The patterns to try at each character, in order."""
