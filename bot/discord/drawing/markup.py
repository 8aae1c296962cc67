"""Text in Discord's markdown: words of others shown as they are, quotes, links and dates.

Nothing here asks Discord anything. The rules are those of its clients, which have no published grammar:
a backslash shows the punctuation after it as it is, everywhere but in the label of a link.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Literal
from urllib.parse import quote, urlsplit

from corpus.text import JOINERS, SEEN_FORMATS, one_line, visible

TimeStyle = Literal["t", "T", "d", "D", "f", "F", "R"]
"""A short or long time, a short or long day, both, both with the weekday, or how long ago."""

_SPECIAL = re.compile(
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
_BOLD = re.compile(r"\S(?:[^\n]*\S)?")
"""What of a line can be bold: beside white space `**` may not count."""

_COLONS = ":;\u037e։׃܃܄ःઃ"
_SLASHES = "/᜵⁁⁄∕╱⟋⧸Ⳇ⼃〳ノ㇓丿𝈺"
"""What Discord takes for a colon or a slash when it looks for addresses in labels."""
_LABEL = str.maketrans(
    {"[": "(", "]": ")", "*": "∗", "_": "ˍ", "`": "ˋ", "<": "‹", "@": "＠", "\\": "＼"}
    | dict.fromkeys("ː˸᛬᠃᠉⁚∶ꓽ꞉︰：", ":")
    | dict.fromkeys(f"{JOINERS}{SEEN_FORMATS}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0", "")
)
"""In a label a backslash is shown and escapes nothing, so that only other characters help. The last ones are
those that Discord leaves out there."""
_PAIRS = re.compile(r"([|~])\1+")
_EMOJI = re.compile(
    "[\u203c\u2049\u20e3\u2139\u2194-\u2199\u21a9\u21aa\u231a-\u23ff\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    "\u2600-\u2604\u260e-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\ue50a\ufe0e\ufe0f\U0001f000-\U0001faff]"
)
"""Outside embeds, a link whose label has an emoji is shown as it was written."""
_NAME = re.compile(rf":(?=[^\s{_COLONS}]+[{_COLONS}])|[{_COLONS}](?=[!-9;-~]+[{_COLONS}])")
"""A colon that may begin the name of an emoji."""
_ADDRESS = re.compile(
    rf"[{_COLONS}]\s*[{_SLASHES}]{{2}}|discord(?:app)?\.\w|^[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}(?:[/:?]\S*)?$",
    re.IGNORECASE | re.ASCII,
)
"""A link with an address in its label is shown as it was written; a label that is a host would seem to be
where the link leads."""
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_URL_KEPT = "%/:?#@!$&+,;=-._~"
"""Characters that stay as they are in a URL, unlike brackets, asterisks and quotes, which could end the link
or bold text around it."""


def escaped(text: str) -> str:
    """Markdown that shows the characters of the visible text and formats, links and pings nothing."""
    return _shown([(text, False)])


def quoted(pieces: Sequence[tuple[str, bool]]) -> str:
    """A block quote of the joined pieces, with those that are marked in bold; empty if nothing would show.

    White space around the whole is left out.
    """
    shown = _shown(pieces).strip()
    return "\n".join(f"> {line}" for line in shown.split("\n")) if shown else ""


def _shown(pieces: Sequence[tuple[str, bool]]) -> str:
    clean = [(visible(piece), marked) for piece, marked in pieces]
    # In the whole, because a piece need not begin where a line does.
    whole = "".join(piece for piece, _ in clean)
    specials = [match.end() - 1 for match in _SPECIAL.finditer(whole)]
    shown, end = [], 0
    # Grouped, because bold text right after bold text would show its asterisks.
    for marked, run in groupby((pair for pair in clean if pair[0]), lambda pair: pair[1]):
        start, end = end, end + sum(len(piece) for piece, _ in run)
        within = specials[bisect_left(specials, start) : bisect_left(specials, end)]
        cuts = pairwise([start, *within, end])
        # A cut at a special character begins with it, and the backslash goes between the two.
        raw = "\\".join(whole[before:after] for before, after in cuts)
        shown.append(_BOLD.sub(r"**\g<0>**", raw) if marked else raw)
    return "".join(shown)


def code(text: str) -> str:
    """The text as code, in which no character does anything; beside backquotes, more of them stand around."""
    text = one_line(visible(text))
    if not text:
        return ""
    runs = {len(run) for run in re.findall("`+", text)}
    # Three would begin a block, and Discord's clients don't agree on more: what needs them is shown plainly.
    mark = next((mark for mark in ("`", "``") if len(mark) not in runs), None)
    if mark is None:
        return escaped(text)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def link(label: str, url: str) -> str:
    """A link that shows the label, or its host where the label shows nothing or looks like an address.

    Characters of the label that would be markdown are shown as their likes; the link gets no preview. Raises
    ValueError for what is not an http or https URL with a host and without a user.
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
    """A moment as each reader's own zone and language has it.

    Midnight UTC stands for a day without a time: noon is sent, which is on that day in all zones from -12 to
    +11 hours, and only the styles of days and ages fit. Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    if moment.astimezone(UTC).time() == time():
        moment += timedelta(hours=12)
    return f"<t:{int(moment.timestamp())}:{style}>"


def length(text: str) -> int:
    """How much of Discord's limits the text takes, in UTF-16 units: never fewer than its code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
