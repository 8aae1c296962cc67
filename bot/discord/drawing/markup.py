"""Text in Discord's markdown: escaped text, quotes, links and dates.

The rules are those of Discord's clients, which have no published grammar: a backslash escapes the punctuation
after it everywhere but in the label of a link.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Literal
from urllib.parse import quote, urlsplit

from corpus.dates import is_day
from corpus.lazy_pattern import lazy_pattern
from corpus.text import JOINERS, VISIBLE_FORMATS, one_line, visible

TimeStyle = Literal["t", "T", "d", "D", "f", "F", "R"]
"""Short or long time, short or long date, both, both with the weekday, or relative."""

_SPECIAL = lazy_pattern(
    r"""
    [\\*_`\[<@]                                # anywhere: emphasis, code, link, mention
  | (?<=~)~ | (?<=\|)\|                        # in pairs: struck out, hidden
  | (?<=\])\(                                  # what a link before the text would take for its end
  | :(?!\s)                                    # https://x, :smile:, <t:0>, also with what comes after
  | (?i:(?<=discord)|(?<=discordapp))\.(?=\w)  # an invitation, which becomes a card without https://
  | ^[^\S\n]*(?:                               # where a line begins
      -(?=\#)                                  #   small print
    | [\#>+-](?=[\#>+-]*(?:\s|\Z))             #   heading, block quote, list
    | [0-9]+\.(?=\s|\Z)                        #   numbered list
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Where markdown could begin; the last character of a match is the one to escape."""
_BOLD = lazy_pattern(r"\S(?:[^\n]*\S)?")
"""The part of a line that can be bold: next to white space `**` may not take effect."""

_COLONS = ":;\u037e։׃܃܄ःઃ"
_SLASHES = "/᜵⁁⁄∕╱⟋⧸Ⳇ⼃〳ノ㇓丿𝈺"
"""The characters that Discord treats as a colon or a slash when it looks for addresses in labels."""
_LABEL = str.maketrans(
    {"[": "(", "]": ")", "*": "∗", "_": "ˍ", "`": "ˋ", "<": "‹", "@": "＠", "\\": "＼"}
    | dict.fromkeys("ː˸᛬᠃᠉⁚∶ꓽ꞉︰：", ":")
    | dict.fromkeys(f"{JOINERS}{VISIBLE_FORMATS}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0", "")
)
"""In a label a backslash is shown and escapes nothing, so characters are replaced by similar ones. The last
ones are those that Discord removes there."""
_PAIRS = lazy_pattern(r"([|~])\1+")
_EMOJI = lazy_pattern(
    "[\u203c\u2049\u20e3\u2139\u2194-\u2199\u21a9\u21aa\u231a-\u23ff\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    "\u2600-\u2604\u260e-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\ue50a\ufe0e\ufe0f\U0001f000-\U0001faff]"
)
"""Outside embeds, a link whose label has an emoji is shown as plain text."""
_NAME = lazy_pattern(rf"[{_COLONS}](?=[^\s{_COLONS}]+[{_COLONS}])")
"""A colon that may begin the name of an emoji."""
_ADDRESS = lazy_pattern(
    rf"[{_COLONS}]\s*[{_SLASHES}]{{2}}|discord(?:app)?\.\w|^[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}(?:[/:?]\S*)?$",
    re.IGNORECASE | re.ASCII,
)
"""A link with an address in its label is shown as plain text, and a label that is a host would look like the
link's target."""
_HOST = lazy_pattern(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_URL_KEPT = "%/:?#@!$&+,;=-._~"
"""Characters that are not encoded in a URL. Brackets, asterisks and quotes are, as they could end the link or
bold text around it."""


def escaped(text: str) -> str:
    """Markdown that shows exactly the visible characters of the text, without formatting, links or
    mentions."""
    return _shown([(text, False)])


def quoted(pieces: Sequence[tuple[str, bool]]) -> str:
    """A block quote of the joined pieces, the marked ones in bold, without white space around the whole;
    empty if nothing would be visible."""
    shown = _shown(pieces).strip()
    return "\n".join(f"> {line}" for line in shown.split("\n")) if shown else ""


def _shown(pieces: Sequence[tuple[str, bool]]) -> str:
    clean = [(visible(piece), marked) for piece, marked in pieces]
    # Searched in the whole text, because a piece need not begin at the start of a line.
    whole = "".join(piece for piece, _ in clean)
    specials = [match.end() - 1 for match in _SPECIAL.finditer(whole)]
    shown, end = [], 0
    # Grouped, because adjacent bold texts would show their asterisks.
    for marked, run in groupby((pair for pair in clean if pair[0]), lambda pair: pair[1]):
        start, end = end, end + sum(len(piece) for piece, _ in run)
        within = specials[bisect_left(specials, start) : bisect_left(specials, end)]
        cuts = pairwise([start, *within, end])
        # A cut at a special character begins with it, and the backslash goes between the two.
        raw = "\\".join(whole[before:after] for before, after in cuts)
        shown.append(_BOLD.sub(r"**\g<0>**", raw) if marked else raw)
    return "".join(shown)


def code(text: str) -> str:
    """The text as inline code, in which nothing is formatted; text with backquotes gets longer delimiters."""
    text = one_line(visible(text))
    if not text:
        return ""
    runs = {len(run) for run in re.findall("`+", text)}
    # Three would begin a block, and Discord's clients differ on more, so such text is escaped instead.
    mark = next((mark for mark in ("`", "``") if len(mark) not in runs), None)
    if mark is None:
        return escaped(text)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def link(label: str, url: str) -> str:
    """A link with the label, or with its host if the label is invisible or looks like an address.

    Markdown characters in the label are replaced by similar ones; the link gets no preview. Raises ValueError
    for anything but an http or https URL with a host and without user information.
    """
    host, target = _host_and_target(url)
    words = _PAIRS.sub(r"\1", _EMOJI.sub("", visible(label).translate(_LABEL)))
    words = one_line(words)
    if not words or _ADDRESS.search(words):
        words = host.translate(_LABEL)
    words = _NAME.sub(r"\g<0> ", words)
    return f"[{words}](<{target}>)"


def _host_and_target(url: str) -> tuple[str, str]:
    refused = f"{url!r} can't be linked: it is not the address of a page"
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = "" if parts.port is None else f":{parts.port}"
        target = quote(parts._replace(netloc=host + port).geturl(), safe=_URL_KEPT)
    except ValueError as error:
        raise ValueError(refused) from error
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError(refused)
    return host, target


def timestamp(moment: datetime, style: TimeStyle = "D") -> str:
    """A time that is shown in each reader's own zone and language.

    Midnight UTC stands for a day without a time: its noon is used, which is on the same day in all zones from
    -12 to +11 hours, and only the styles of days and ages fit. Raises ValueError for a naive datetime.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    if is_day(moment):
        moment += timedelta(hours=12)
    return f"<t:{int(moment.timestamp())}:{style}>"


def length(text: str) -> int:
    """The length of a text in UTF-16 units, which is at least what Discord's limits count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
