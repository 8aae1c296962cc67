"""Articles, quotes and questions that try to be more than words, for hypothesis to put together."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from bot.answers.answer import Quote
from corpus.article import Article, make_article
from corpus.errors import BadArticle, WrongCall
from retrieval.question.query import Query, make_query
from retrieval.text.sentences import Span
from tests.bot.knobs import HOSTILE
from tests.bot.samples.answers import ASKED_AT, quote_of

SIGNS = [
    *r"*_~`<>&|^!#@:;/\()[]{}-+=.",
    *"019 \n\tabXé奈🙂\u200d\u200c\u202e\u2066\u200b\ufeff\u00a0\u3000\u2028\u0600\x00\x0c",
]
PIECES = """
<!channel> <!here> <!everyone> <!subteam^S012|@desk> <@U012> <@W012|ann> <#C012|general> <!date^0^{ago}|x>
<!date^9999999999^{date}^https://evil.example|x> <https://evil.example|bbc.co.uk> <https://evil.example>
<https://evil.example|https://bank.example|x> <mailto:a@b.example|a> <tel:+1|call> <javascript:alert(1)|x>
&lt;!channel&gt; &amp;lt; &#60; &lt;https://evil.example|x&gt; @channel @here @everyone @ann :smile: :100:
https://evil.example evil.example bank.example/login a@evil.example *bold* _it_ ~no~ `code` ```fence``` > >>>
&gt; | || ^ <! <@ <# |> >| word U.S. the harbour 奈良で 정상회담은 Dr. No. 1. - •
** __ ~~ ``` <@1> <@!1> <@&1> <#1> </ask:1> <t:0:R> <:smile:1> <id:guide> 12:30:45 <mailto:a@b.example>
[a](https://evil.example) ](https://evil.example) discord.gg/abc ¯\\_(ツ)_/¯
""".split()
"""What is more than words to Slack or to Discord."""
BEGINNINGS = ["> ", ">>> ", "# ", "## ", "-# ", "- ", "* ", "+ ", "1. ", "\n\n", "\n> ", "  \n"]
"""What makes something of a line that begins with it."""
FRAGMENT = st.sampled_from([*SIGNS, *PIECES, *BEGINNINGS, "In 1942", "Dr. Lee said.", "U.S. "])
LINE = st.one_of(
    st.lists(FRAGMENT, max_size=8).map(" ".join), st.lists(FRAGMENT, max_size=12).map("".join), st.text()
)
NAME = LINE | st.sampled_from(["bbc.co.uk", "www.bbc.co.uk/news", "https://bbc.co.uk", "BBC.CO.UK:443"])
"""A line, or what a reader would take for where a link leads."""
TEXT = st.one_of(
    st.lists(FRAGMENT, min_size=1, max_size=40).map(" ".join),
    st.lists(FRAGMENT, min_size=1, max_size=60).map("".join),
    st.builds(lambda line, times: line * times, LINE, st.integers(1, 400)).map(lambda text: text[:12_000]),
)
HOSTS = "evil.example bbc.co.uk [::1] xn--80ak6aa92e.com 日本.example a_b.example - a..b".split()
NO_PAGES = [
    *"post.example/a //post.example/a file:///etc/passwd ftp://a.example/ javascript:alert(1) discord://app".split(),
    *"https:// https:///a https://bank.example@evil.example/ https://[::1]/ https://post.example:port/".split(),
    *"https://post..example/ http://./ http://-/".split(),
    *("", "https://a b.example/", f"https://{'x' * 70}.example"),
]
"""What no platform may be given to link: not the address of a page, or of a host without a name."""
PATHS = st.lists(
    st.sampled_from([*"a/()]*_`?&%@:;'!é奈|", "~~", "?q=", "#x", "%20", "%3E", "#:~:text=x", "&amp;"]),
    max_size=30,
).map("".join)
URL = st.one_of(
    st.none(),
    st.builds(
        lambda scheme, host, port, path, pad: f"{scheme}://{host}{port}/{path}{pad}",
        st.sampled_from(["http", "https", "HTTPS"]),
        st.sampled_from([*HOSTS, "x" * 70]),
        st.sampled_from(["", ":80", ":8080", ":"]),
        PATHS,
        st.sampled_from(["", "", "p" * 400, "q" * 900, "r" * 1900]),
    ),
    st.text(max_size=40),
)
DATE = st.one_of(
    st.none(),
    st.sampled_from(
        ["1001-01-01", "1969-12-31", "1970-01-01", "2025", "2026-01-15", "2026-01-15T09:30:00+09:00"]
    ),
)
LANGUAGES = st.sampled_from(["en", "ko", "ja"])


def examples(share: float = 1.0) -> settings:
    """As many inputs as the tests are told to make up, or a share of them for what is drawn more simply."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=max(1, int(share * HOSTILE)), suppress_health_check=slow)


@st.composite
def articles(draw_from: st.DrawFn) -> Article:
    """An article out of fields that try to be more, as it is let into the corpus."""
    fields = {
        "id": draw_from(st.one_of(LINE, st.just("plain"))) or "x",
        "title": draw_from(NAME),
        "text": draw_from(TEXT),
        "source": draw_from(NAME),
        "author": draw_from(st.one_of(st.none(), LINE)),
        "url": draw_from(URL),
        "published": draw_from(DATE),
        "language": draw_from(st.sampled_from([None, "en", "ko", "ja"])),
    }
    if draw_from(st.booleans()):
        fields["text"] = f"word{fields['text']}"
    elif draw_from(st.booleans()):
        fields["text"] = f"{fields['text']}word"
    return _article(fields)


def _article(fields: dict[str, Any]) -> Article:
    try:
        made, _ = make_article(fields, collection="news", fallback_id="x", fallback_source="Somebody")
    except BadArticle:
        assume(False)
        raise
    return made


@st.composite
def quotes(draw_from: st.DrawFn) -> Quote:
    """A passage of such an article, with sentences marked, and copies of other articles that try as much."""
    article = draw_from(articles())
    size = len(article.text)
    start = draw_from(st.integers(0, size - 1))
    end = draw_from(st.integers(start + 1, min(size, start + 900)))
    cuts = sorted(draw_from(st.sets(st.integers(start, end), max_size=6)))
    marks: list[Span] = list(zip(cuts[::2], cuts[1::2], strict=False))
    copies = draw_from(st.lists(st.tuples(NAME, URL), max_size=4)) if draw_from(st.booleans()) else []
    # A copy is shown by its source and its address alone.
    also_in = [_article({"text": "word", "source": name, "url": url}) for name, url in copies]
    made = quote_of(article, (start, end), marks, also_in)
    if draw_from(st.booleans()):
        first, last = sorted((draw_from(st.integers(start, end - 1)), draw_from(st.integers(start, end - 1))))
        answer = draw_from(st.one_of(st.none(), st.just((first, last)))) if first < last else None
        made = replace(made, shown=(first, last + 1), answer=answer)
    return made


@st.composite
def questions(draw_from: st.DrawFn) -> tuple[str, Query]:
    """What somebody typed, and what is searched."""
    typed = draw_from(LINE)
    sources = frozenset(draw_from(st.lists(LINE, max_size=3)))
    try:
        query = make_query(typed, ("news",), asked_at=ASKED_AT, sources=sources)
    except WrongCall:
        query = make_query("anything at all", ("news",), asked_at=ASKED_AT, sources=sources)
    if draw_from(st.booleans()):
        query = replace(query, since=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2026, 2, 1, tzinfo=UTC))
    return typed, query


QUOTES = st.lists(quotes(), min_size=1, max_size=5)


def everything(found: list[Quote]) -> list[Article]:
    """The articles of the quotes. Of their copies only the address is shown, which is theirs too."""
    return [quote.article for quote in found] + [
        replace(quote.article, url=copy.url, published=None) for quote in found for copy in quote.also_in
    ]
