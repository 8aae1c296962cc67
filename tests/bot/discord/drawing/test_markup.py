import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord.drawing.markup import code, escaped, length, link, quoted, timestamp
from corpus.text import visible
from tests.bot.samples.hostile import FRAGMENT, NO_PAGES
from tools.local_discord import MarkdownNode, parse_markdown, plain_text, walk_markdown

HOSTILE = st.one_of(st.lists(FRAGMENT, max_size=25).map("".join), st.text(max_size=60))
BEFORE = ["-# ", "## ", "> ", "- ", "**", "*", "text ", ": ", "[x](https://a.example) "]
PIECES = st.lists(st.tuples(HOSTILE, st.booleans()), max_size=6)


def trimmed(text: str) -> str:
    """As a client shows it: it leaves out spaces before a line's end."""
    return re.sub(r" +\n", "\n", text)


def kinds(nodes: Sequence[MarkdownNode]) -> set[str]:
    return {node.kind for node in walk_markdown(nodes)}


# Each is markup when it is sent as it is, and must show itself when it is escaped.
MARKUP = {
    "*slanted*": "em",
    "_slanted_": "em",
    "**bold**": "strong",
    "***both***": "strong",
    "__underlined__": "underline",
    "snake_case_": "em",
    "~~struck~~": "strike",
    "||hidden||": "spoiler",
    "`code`": "code",
    "``co`de``": "code",
    "```\nfence\n```": "fence",
    "```py\nimport os\n```": "fence",
    "# Heading": "heading",
    "### Small heading": "heading",
    "first line\n## Heading": "heading",
    "-# small print": "subtext",
    "-#small print": "subtext",
    "- item": "list",
    "* item": "list",
    "+ item": "list",
    "1. item": "list",
    "1987. A year": "list",
    "  - indented": "list",
    "text\n- item\n- item": "list",
    "> quote": "quote",
    ">>> long quote": "quote",
    "text\n> quote": "quote",
    "*# heading in italics*": "heading",
    "@everyone": "mention",
    "@here": "mention",
    "you @everyone.": "mention",
    "<@1>": "mention",
    "<@!123456789012345678>": "mention",
    "<@&1>": "mention",
    "<#1>": "mention",
    "</ask:1>": "mention",
    "</ask now:123456789012345678>": "mention",
    "<id:customize>": "mention",
    "<id:linked-roles:1>": "mention",
    "<sound:1:2>": "mention",
    "<t:0>": "timestamp",
    "<t:-86400:R>": "timestamp",
    "<:smile:1>": "emoji",
    "<a:dance:123456789012345678>": "emoji",
    ":smile:": "emoji",
    "a score of 3:100:2": "emoji",
    "https://evil.example": "autolink",
    "see http://evil.example/a_b_c?d=*e*.": "autolink",
    "中https://evil.example": "autolink",
    "<https://evil.example>": "autolink",
    "<ms-settings:/evil>": "autolink",
    "<mailto:a@evil.example>": "autolink",
    "<a@evil.example>": "autolink",
    "<+15550100>": "autolink",
    "[bank](https://evil.example)": "link",
    "[bank](<https://evil.example>)": "link",
    '[bank](https://evil.example "title")': "link",
    "[ba[n]k](https://evil.example)": "link",
    "\\\\*slanted*": "em",
}
PLAIN = [
    "The U.S. economy grew 2.5% - more than expected (again), he said: “well”!",
    "#MeToo is 5 years old; C# isn't.",
    "-5 degrees, +3 tomorrow\n- minus\u00a0one".replace("- minus", "−minus"),
    "~30 people | 10 others & ¥500 / £3",
    "It ended in 1987. Then:\nnothing",
    "奈良で地震。「大丈夫」",
]


def shows(markdown: str, text: str) -> bool:
    nodes = parse_markdown(markdown)
    return kinds(nodes) <= {"text"} and plain_text(nodes) == trimmed(text)


@pytest.mark.parametrize(("text", "kind"), MARKUP.items())
def test_what_would_be_markup_shows_itself(text: str, kind: str) -> None:
    assert kind in kinds(parse_markdown(text))
    assert shows(escaped(text), text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_sent_as_it_is(text: str) -> None:
    assert escaped(text) == text


@given(HOSTILE)
@example("\\\\*a*")
@example("- \n- ")
@example("a:\n:b:")
@example("1.\n2.")
@example("C:\\dir\\*.txt")
@example("\ufeff# Heading")
@example("@\u200beveryone")
@example("*\u2060*bold*\u2060*")
@example("two\u2028- lines")
def test_escaped_text_shows_its_characters_and_nothing_else(text: str) -> None:
    assert shows(escaped(text), visible(text))


@given(HOSTILE, st.sampled_from(BEFORE))
@example("](https://evil.example)", "[x](https://a.example) ")
def test_escaped_text_is_text_wherever_it_is_put(text: str, before: str) -> None:
    line = " ".join(visible(text).split()).rstrip("# ") or "x"  # a heading loses those
    after = before if before.startswith("*") else ""
    nodes = parse_markdown(before + escaped(line) + after)
    assert kinds(nodes) <= kinds(parse_markdown(f"{before}x{after}"))
    assert plain_text(nodes) == plain_text(parse_markdown(f"{before}x{after}")).removesuffix("x") + line


@given(HOSTILE, HOSTILE)
def test_two_escaped_texts_side_by_side_are_text(first: str, second: str) -> None:
    assert shows(f"{escaped(first)} {escaped(second)}", f"{visible(first)} {visible(second)}")


def characters(nodes: Sequence[MarkdownNode], bold: bool = False) -> Iterator[tuple[str, bool]]:
    """What is seen of a quote, without white space, and whether it is bold."""
    for node in nodes:
        assert node.kind in ("text", "strong"), node
        if node.kind == "strong":
            assert not bold
            assert "\n" not in plain_text(node.children)
            assert plain_text(node.children) == plain_text(node.children).strip()
        yield from ((c, bold) for c in node.text if not c.isspace())
        yield from characters(node.children, bold or node.kind == "strong")


@pytest.mark.parametrize(
    ("text", "after", "kind"),
    [
        ("[bank]", "(https://evil.example)", "link"),
        ("a:smile", ":", "emoji"),
        ("<@", "1>", "mention"),
        ("https:", "//evil.example", "autolink"),
    ],
)
def test_what_is_written_right_after_a_text_makes_nothing_of_it(text: str, after: str, kind: str) -> None:
    assert kind in kinds(parse_markdown(text + after))
    assert kind not in kinds(parse_markdown(escaped(text) + after))


def test_a_backslash_at_the_end_of_a_text_spares_what_is_written_after() -> None:
    assert kinds(parse_markdown("C:\\*slanted*")) == {"text"}
    assert kinds(parse_markdown(escaped("C:\\") + "*slanted*")) == {"text", "em"}


@pytest.mark.parametrize("host", ["discord.gg/abc", "https://discordapp.com/invite/abc", "Discord.gift/abc"])
def test_an_invitation_is_broken_because_it_gets_a_card(host: str) -> None:
    assert re.search(r"discord(app)?\\\.", escaped(host), re.IGNORECASE)
    assert escaped("They met on Discord.") == "They met on Discord."


@given(PIECES)
@example([("a", True), ("b", True)])
@example([("*", False), ("*", True), ("*", False)])
@example([("\\", True), ("*", False)])
@example([("first.\n\n  second ", True), (" # third", True)])
@example([("- ", False), ("item", True)])
@example([("x", False), ("# no heading", True)])
def test_a_quote_shows_the_passage_with_exactly_its_marks_in_bold(pieces: list[tuple[str, bool]]) -> None:
    shown = "".join(visible(piece) for piece, _ in pieces)
    markdown = quoted(pieces)
    if not shown.strip():
        assert markdown == ""
        return
    (quote,) = parse_markdown(markdown)
    assert quote.kind == "quote"
    assert plain_text(quote.children) == trimmed(shown.strip())
    assert list(characters(quote.children)) == [
        (c, marked) for piece, marked in pieces for c in visible(piece) if not c.isspace()
    ]
    assert all(line.startswith("> ") for line in markdown.split("\n"))


def test_a_quote_is_written_as_a_person_would() -> None:
    pieces = [("It was shut.\n\nThen ", False), ("they found cracks. ", True), ("Nobody was hurt.", False)]
    assert quoted(pieces) == "> It was shut.\n> \n> Then **they found cracks.** Nobody was hurt."


URL = "https://post.example/a"


@given(HOSTILE, HOSTILE)
@example("", "[bank](https://evil.example)")
@example("", "[")
@example("[a](", "b")
@example("", "a:smile:b")
@example("", "a;_b:c")
@example("", "🙂")
@example("", "ｈttps：⁄⁄evil.example")
@example("", "h\u200bttps://evil.example")
def test_a_link_is_one_link_whatever_its_label_and_what_is_before_it(before: str, label: str) -> None:
    nodes = list(walk_markdown(parse_markdown(f"{escaped(before)} {link(label, URL)}")))
    assert [node.detail for node in nodes if node.kind == "link"] == [URL]
    assert {node.kind for node in nodes} <= {"text", "link"}
    (made,) = [node for node in nodes if node.kind == "link"]
    assert plain_text(made.children).strip()


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Bridge closed at 12:30", "Bridge closed at 12:30"),
        ("Bridge [updated] | The Post", "Bridge (updated) | The Post"),
        ("*Bridge*_closed_`now`", "∗Bridge∗ˍclosedˍˋnowˋ"),
        ("~~Bridge~~ ||closed||", "~Bridge~ |closed|"),
        ("  Bridge\n\u034f closed ", "Bridge closed"),
        ("a\\b", "a＼b"),
        ("Bridge 🚧 closed ☀️ 1️⃣", "Bridge closed 1"),
        ("@everyone <@1> :smile:", "＠everyone ‹＠1> : smile:"),
        ("Amazon.com and U.S. sign", "Amazon.com and U.S. sign"),
        ("東京のGDP3.5%増★", "東京のGDP3.5%増★"),
        ("", "post.example"),
        ("\u3164 \u200d🙂", "post.example"),
        ("https://bank.example", "post.example"),
        ("Read https://bank.example now", "post.example"),
        ("ｈttps：⁄⁄bank.example", "post.example"),
        ("bank.example", "post.example"),
        ("bank.example/login", "post.example"),
        ("join discord.gg/abc", "post.example"),
    ],
)
def test_a_label_shows_its_words_and_never_an_address(label: str, shown: str) -> None:
    (node,) = parse_markdown(link(label, URL))
    assert (node.kind, plain_text(node.children)) == ("link", shown)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://post.example/a_(b)?c=*d*#:~:text=e,f%20g",
            "https://post.example/a_%28b%29?c=%2Ad%2A#:~:text=e,f%20g",
        ),
        ("https://post.example/a>b\\c d'e\"f|g", "https://post.example/a%3Eb%5Cc%20d%27e%22f%7Cg"),
        ("HTTPS://Post.Example:8443/奈良", "https://post.example:8443/%E5%A5%88%E8%89%AF"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ],
)
def test_a_url_keeps_its_meaning_and_cannot_end_early(url: str, target: str) -> None:
    (node,) = parse_markdown(f"**{link('Bridge', url)}**")
    (made,) = node.children
    assert (made.kind, made.detail) == ("link", target)


@pytest.mark.parametrize("url", NO_PAGES)
def test_nothing_but_a_page_is_linked(url: str) -> None:
    with pytest.raises(ValueError, match="can't be linked"):
        link("Bridge", url)


@pytest.mark.parametrize("offset", range(-12, 12))
def test_a_day_is_the_same_day_in_every_zone(offset: int) -> None:
    (node,) = parse_markdown(timestamp(datetime(2026, 1, 14, tzinfo=UTC)))
    assert (node.kind, node.detail) == ("timestamp", "D")
    moment = datetime.fromtimestamp(int(node.text), timezone(timedelta(hours=offset)))
    assert (moment.month, moment.day) == (1, 14)


def test_midnight_of_utc_alone_is_a_day() -> None:
    japan = timezone(timedelta(hours=9))
    assert timestamp(datetime(2026, 1, 14, tzinfo=UTC)) == "<t:1768392000:D>"
    assert timestamp(datetime(2026, 1, 14, 9, tzinfo=japan)) == "<t:1768348800:D>"
    assert timestamp(datetime(2026, 1, 14, tzinfo=japan)) == "<t:1768316400:D>"


def test_a_moment_is_sent_as_it_is() -> None:
    moment = datetime(2026, 1, 14, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    assert timestamp(moment, "R") == "<t:1768350600:R>"
    assert timestamp(moment) == "<t:1768350600:D>"
    with pytest.raises(ValueError, match="no zone"):
        timestamp(moment.replace(tzinfo=None))


@pytest.mark.parametrize(("text", "units"), [("", 0), ("aé奈", 3), ("🙂", 2), ("e\u0301", 2), ("\ud800", 1)])
def test_length_is_counted_in_utf16_units(text: str, units: int) -> None:
    assert length(text) == units


TICKS = st.lists(st.sampled_from([*"`\\ ab*_", "``", "```", "\\`", "x` y"]), max_size=12).map("".join)


@given(TICKS)
@example("`")
@example("a\\`b\\`")
@example("`a``b`")
def test_backquotes_and_backslashes_are_shown_as_they_are_in_text_and_in_code(text: str) -> None:
    for drawn in (escaped(text), f"before {escaped(text)} after", f"**{escaped('x' + text + 'x')}**"):
        nodes = parse_markdown(drawn)
        assert "code" not in kinds(nodes)
        assert trimmed(plain_text(nodes)).strip() in (
            trimmed(f"{before}{text}{after}").strip()
            for before, after in (("", ""), ("before ", " after"), ("x", "x"))
        )
    shown = parse_markdown(f"before {code(text)} after")
    words = " ".join(visible(text).split())
    assert plain_text(shown).split() == f"before {words} after".split()


def test_code_is_code_where_it_can_be() -> None:
    assert (code("20260114-1"), code("a`b"), code("")) == ("`20260114-1`", "``a`b``", "")
    assert code("a`b``c") == escaped("a`b``c")
