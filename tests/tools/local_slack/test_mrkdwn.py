"""What a client shows of texts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.local_slack.text.mrkdwn import MrkdwnNode, parse_mrkdwn, plain_text, walk_mrkdwn


def shape(text: str, **how: bool) -> str:
    """The tree on one line: kinds in brackets, texts as they are."""

    def one(node: MrkdwnNode) -> str:
        if node.kind == "text":
            return node.text
        detail = f" {node.detail}" if node.detail and node.detail != node.text else ""
        inner = "".join(map(one, node.children)) if node.children else node.text
        return f"[{node.kind}{detail}: {inner}]"

    return "".join(one(node) for node in parse_mrkdwn(text, **how))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Words", "Words"),
        ("&amp; &lt;b&gt; &quot; &amp;lt;", "& <b> &quot; &lt;"),
        ("*bold* _italic_ ~strike~", "[bold: bold] [italic: italic] [strike: strike]"),
        ("*bold _and italic_*", "[bold: bold [italic: and italic]]"),
        ("(*bold*), *more*.", "([bold: bold]), [bold: more]."),
        ("2*3*4 a*b* *c*d", "2*3*4 a*b* *c*d"),
        ("* no* *no * **no** *no", "* no* *no * **no** *no"),
        ("*one\ntwo*", "*one\ntwo*"),
        ("snake_case_name and _italic_", "snake_case_name and [italic: italic]"),
        ("뉴*굵게*스 *굵게* 뉴스", "뉴*굵게*스 [bold: 굵게] 뉴스"),
        ("*a*b* *2*3*", "[bold: a*b] [bold: 2*3]"),
        ("`*code* &amp; <@U1>`", "[code: *code* & <@U1>]"),
        ("```a\n> b *c*\n```", "[fence: a\n> b *c*\n]"),
        ("> quote\n> more\nafter", "[quote: quote\nmore]after"),
        ("&gt; quote\nafter", "[quote: quote]after"),
        ("a &gt; b", "a > b"),
        ("before\n&gt;&gt;&gt; all\nof it", "before\n[quote: all\nof it]"),
        ("<https://a.example|A &amp; B>", "[link https://a.example: A & B]"),
        ("<https://a.example/?a=1&amp;b=2>", "[link: https://a.example/?a=1&b=2]"),
        ("*<https://a.example|A*B>*", "[bold: [link https://a.example: A*B]]"),
        ("<mailto:a@b.example|write>", "[link mailto:a@b.example: write]"),
        ("<javascript:alert(1)|x> <no link>", "<javascript:alert(1)|x> <no link>"),
        ("<@U123> <@U123|ann>", "[mention user: @U123] [mention user: @ann]"),
        ("<#C12|general>", "[mention channel: #general]"),
        ("<!subteam^S12|@editors>", "[mention group: @editors]"),
        ("<!here> <!channel|x>", "[mention broadcast: @here] [mention broadcast: @channel]"),
        ("<!date^1392734382^{date_short}|18 Feb>", "[date 1392734382^{date_short}: 18 Feb]"),
        ("<!unknown|shown>", "<shown>"),
        ("&lt;!here&gt; @here", "<!here> @here"),
        (":x: :+1::skin-tone-2: 10:30:45 a:b", "[emoji: :x:] [emoji: :+1::skin-tone-2:] 10:30:45 a:b"),
        ("see https://a.example/x.", "see [autolink: https://a.example/x]."),
        ("(https://a.example/x_(y))", "([autolink: https://a.example/x_(y)])"),
        ("bbc.co.uk and a.b", "[autolink http://bbc.co.uk: bbc.co.uk] and a.b"),
        ("x@y.example", "[autolink mailto:x@y.example: x@y.example]"),
        ("https://a.example&gt; end", "[autolink: https://a.example]> end"),
    ],
)  # fmt: skip
def test_what_is_shown(text: str, shown: str) -> None:
    assert shape(text) == shown


def test_verbatim_texts_get_no_links() -> None:
    assert shape("https://a.example bbc.co.uk *b*", verbatim=True) == "https://a.example bbc.co.uk [bold: b]"


def test_what_is_read_of_it() -> None:
    text = "&gt; *A* quote\n<https://a.example|The &amp; article>, <!date^0^{date}|1 Jan> :x:\nend"
    assert plain_text(parse_mrkdwn(text)) == "A quote\nThe & article, 1 Jan :x:\nend"


@given(st.text(alphabet="ab *_~`<>&|@!#:^\n.-/😀뉴", max_size=60))
def test_escaped_text_leads_nowhere_and_names_nobody(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kinds = {node.kind for node in walk_mrkdwn(parse_mrkdwn(escaped))}
    assert not kinds & {"link", "mention", "date"}


@given(st.text(alphabet="ab <>&\n\t😀뉴", max_size=60))
def test_escaping_keeps_every_character_but_quotes(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    nodes = parse_mrkdwn(escaped)
    if not any(node.kind == "quote" for node in nodes):
        assert plain_text(nodes) == text


@given(st.text(alphabet="*_~` ab<>|:&;gt\n", max_size=80))
def test_every_text_is_read_to_its_end(text: str) -> None:
    for node in walk_mrkdwn(parse_mrkdwn(text)):
        assert node.text or node.children or node.kind == "quote"


@pytest.mark.parametrize(
    "piece", ["*a", "_a ", "~", "`", "```a", "<", "<a|", "> a", "&gt;", ":a", "a.co", "a@b."]
)
def test_hostile_texts_are_read_in_time(piece: str) -> None:
    text = (piece * 3000)[:3000]
    began = time.monotonic()
    parse_mrkdwn(text)
    assert time.monotonic() - began < 2
