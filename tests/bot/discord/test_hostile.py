"""Articles and questions that try to do more than be read: made up by the thousand, and written down."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.answers.answer import Quote
from bot.answers.excerpt import surroundings
from bot.cards.answer_details import context_card, why_card
from bot.cards.answers import Frame, answer_card
from bot.cards.articles import article_card, article_pages, latest_card, sources_card
from bot.cards.card import truncate
from bot.cards.reports import audit_card, plan_card, report_card
from bot.cards.source_line import NAME_SHOWN, TITLE_SHOWN
from bot.chat.audit_entry import AuditEntry
from bot.chat.question_request import Surroundings
from bot.corpus_admin.reload import ReloadReport
from bot.discord.drawing.render import CANVAS, draw
from bot.messages.catalogue import messages_for
from corpus.article import Article, make_article
from corpus.errors import BadArticle, WrongCall
from corpus.plan import plan_reload
from corpus.problem import Problem
from corpus.text import visible
from retrieval.collection.source_counts import SourceCount
from retrieval.question.query import Query, make_query
from retrieval.text.sentences import Span
from tests.bot.discord.drawing.test_markup import FRAGMENTS
from tests.bot.discord.reader import check_sound, check_verbatim, components_of, quotes_in, seen
from tests.bot.knobs import HOSTILE
from tests.bot.samples.answers import ASKED_AT, quote_of, shown_of
from tests.bot.samples.hostile import everything


def examples(share: float = 1.0) -> settings:
    """As many inputs as the tests are told to make up, or a share of them for what is drawn more simply."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=max(1, int(share * HOSTILE)), deadline=None, suppress_health_check=slow)


WORDS = st.sampled_from(
    ["the", "harbour", "In 1942", "Dr. Lee said.", "奈良で", "정상회담은", "etc.", "No.", "\n\n"]
)
FRAGMENT = st.one_of(st.sampled_from(FRAGMENTS), WORDS)
LINE = st.one_of(
    st.lists(FRAGMENT, max_size=8).map(" ".join), st.lists(FRAGMENT, max_size=12).map("".join), st.text()
)
TEXT = st.one_of(
    st.lists(FRAGMENT, min_size=1, max_size=40).map(" ".join),
    st.lists(FRAGMENT, min_size=1, max_size=60).map("".join),
    st.builds(lambda line, times: line * times, LINE, st.integers(1, 400)).map(lambda text: text[:12_000]),
)
HOSTS = [
    "evil.example",
    "bbc.co.uk",
    "[::1]",
    "xn--80ak6aa92e.com",
    "日本.example",
    "a_b.example",
    "a..b",
    "-",
    "x" * 70,
]
PATHS = st.lists(
    st.sampled_from(
        [
            "a",
            "/",
            "(",
            ")",
            "]",
            "*",
            "_",
            "`",
            "~~",
            "||",
            "?q=",
            "&",
            "#x",
            "%20",
            "%",
            "@",
            ":",
            ";",
            "'",
            "é",
            "奈",
            "#:~:text=x",
        ]
    ),
    max_size=30,
).map("".join)
URL = st.one_of(
    st.none(),
    st.builds(
        lambda scheme, host, port, path, pad: f"{scheme}://{host}{port}/{path}{pad}",
        st.sampled_from(["http", "https", "HTTPS"]),
        st.sampled_from(HOSTS),
        st.sampled_from(["", ":80", ":8080", ":"]),
        PATHS,
        st.sampled_from(["", "", "p" * 400, "q" * 1900]),
    ),
    st.text(max_size=40),
)
NAME = st.one_of(
    LINE, st.sampled_from(["bbc.co.uk", "www.bbc.co.uk/news", "https://bbc.co.uk", "BBC.CO.UK:443"])
)
"""A line, or what a reader would take for where a link leads."""
DATE = st.one_of(
    st.none(),
    st.sampled_from(["1001-01-01", "1969-12-31", "2026-01-15", "2026-01-15T09:30:00+09:00", "2025"]),
)


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
    try:
        made, _ = make_article(fields, collection="news", fallback_id="x", fallback_source="Somebody")
    except BadArticle:
        assume(False)
        raise
    return made


@st.composite
def quotes(draw_from: st.DrawFn) -> Quote:
    """A passage of such an article, with sentences marked."""
    article = draw_from(articles())
    size = len(article.text)
    start = draw_from(st.integers(0, size - 1))
    end = draw_from(st.integers(start + 1, min(size, start + 900)))
    cuts = sorted(draw_from(st.sets(st.integers(start, end), max_size=6)))
    marks: list[Span] = list(zip(cuts[::2], cuts[1::2], strict=False))
    made = quote_of(article, (start, end), marks)
    copies = draw_from(st.lists(st.tuples(NAME, URL), max_size=4)) if draw_from(st.booleans()) else []
    # A copy is shown by its source and its address alone.
    also_in = tuple(replace(made.citation, source=name or "x", url=url) for name, url in copies)
    return replace(made, also_in=also_in)


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


LANGUAGES = st.sampled_from(["en", "ko", "ja"])
QUOTES = st.lists(quotes(), min_size=1, max_size=5)


@examples()
@given(QUOTES, questions(), LANGUAGES, st.booleans(), st.booleans(), LINE)
def test_any_answer_is_sound_and_its_quotes_are_verbatim(
    found: list[Quote], asked: tuple[str, Query], language: str, answered: bool, private: bool, name: str
) -> None:
    messages = messages_for(language)
    shown = shown_of(found, asked[1], answered=answered, private=private, asked=asked[0])
    frame = Frame(shared=name, thread=not private, shareable=private)
    components = components_of(draw(answer_card(shown, messages, frame, CANVAS))[0])
    nodes = check_sound(components, everything(found))
    text = seen(nodes)
    assert seen_as(truncate(asked[0], 300)) in text
    with_words = [quote for quote in found if visible(quote.text).strip()]
    for quote, one in zip(with_words, quotes_in(nodes), strict=False):
        check_verbatim(one, quote)
    if answered:
        assert messages("confidence", percent=87) in text
    else:
        assert not quotes_in(nodes)
        assert messages("no-answer") in text
    first = found[0].citation
    assert seen_as(truncate(first.source, NAME_SHOWN)) in text


def seen_as(words: str) -> str:
    """Words of others as they are read."""
    return " ".join(visible(words).split())


@examples(1 / 3)
@given(QUOTES, LANGUAGES)
def test_context_and_why_and_latest_are_sound_at_any_text(found: list[Quote], language: str) -> None:
    messages = messages_for(language)
    shown = shown_of(found)
    for number, quote in enumerate(found, 1):
        around = Surroundings(shown, number, quote, *surroundings(quote))
        nodes = check_sound(
            components_of(draw(context_card(around, messages, CANVAS))[0]), everything([quote])
        )
        assert messages("context-title", number=number) in seen(nodes)
    why = check_sound(components_of(draw(why_card(shown, messages, CANVAS))[0]))
    assert messages("why-title") in seen(why)
    title = seen_as(truncate(found[0].citation.title, TITLE_SHOWN))
    assert title in seen(why)
    check_sound(
        components_of(draw(latest_card(found, found[0].article.title, messages, CANVAS))[0]),
        everything(found),
    )


@examples(1 / 3)
@given(articles(), LANGUAGES)
def test_any_article_is_read_whole_page_by_page(article: Article, language: str) -> None:
    messages = messages_for(language)
    pages = list(article_pages(article, CANVAS))
    assert "".join(pages) == article.text
    for number in {1, len(pages) // 2, len(pages)}:
        components = components_of(draw(article_card(article, number, messages, CANVAS))[0])
        nodes = check_sound(components, [article])
        page = pages[max(number, 1) - 1]
        if visible(page).strip():
            (shown,) = quotes_in(nodes)
            check_verbatim(shown, quote_of(article, _place(pages, max(number, 1)), marks=[]))


def _place(pages: list[str], number: int) -> Span:
    start = sum(map(len, pages[: number - 1]))
    return start, start + len(pages[number - 1])


@examples(1 / 3)
@given(st.lists(articles(), min_size=1, max_size=4), LINE, LANGUAGES)
def test_what_administrators_see_is_sound_at_any_name(found: list[Article], name: str, language: str) -> None:
    messages = messages_for(language)
    problems = tuple(Problem(article.id, article.title, 3) for article in found)
    plan = plan_reload("news", {}, {article.id: "1" for article in found}, problems=problems)
    titles = {("news", article.id): article.title for article in found}
    report = ReloadReport((plan,), {}, 0, 0.1, True, titles)
    for card in (plan_card(report, messages, CANVAS), report_card(report, messages, CANVAS)):
        check_sound(components_of(draw(card)[0]), files=["problems.txt"])
    acts = [
        AuditEntry(ASKED_AT, "1", name, "add", {"what": article.title}, f"failed: {name}")
        for article in found
    ]
    check_sound(components_of(draw(audit_card(acts, messages, CANVAS))[0]), code=True)
    counts = [SourceCount(article.source, 1, article.published) for article in found]
    check_sound(components_of(draw(sources_card(counts, messages, CANVAS))[0]))
