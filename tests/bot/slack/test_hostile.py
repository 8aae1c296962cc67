"""Articles and questions that try to do more than be read, made up by the thousand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Quote
from bot.answers.excerpt import surroundings
from bot.cards.answer_details import context_card, why_card
from bot.cards.answers import Frame, answer_card
from bot.cards.articles import article_card, article_pages, latest_card, sources_card
from bot.cards.card import Card, truncate
from bot.cards.reports import audit_card, plan_card, report_card
from bot.cards.source_line import NAME_SHOWN, TITLE_SHOWN
from bot.chat.audit_entry import AuditEntry
from bot.chat.question_request import Surroundings
from bot.corpus_admin.reload import ReloadReport
from bot.messages.catalogue import messages_for
from bot.slack.drawing.render import CANVAS, blocks, summary
from corpus.article import Article
from corpus.plan import plan_reload
from corpus.problem import Problem
from corpus.text import visible
from retrieval.collection.source_counts import SourceCount
from retrieval.question.query import Query
from retrieval.text.sentences import Span
from tests.bot.samples.answers import ASKED_AT, quote_of, shown_of
from tests.bot.samples.hostile import LANGUAGES, LINE, QUOTES, articles, everything, examples, questions
from tests.bot.slack.reader import Block, check_sound, check_verbatim, quotes_in, seen, seen_as


def body_of(card: Card) -> Block:
    """What is sent of a card."""
    return {"text": summary(card), "blocks": blocks(card)}


@examples()
@given(QUOTES, questions(), LANGUAGES, st.booleans(), st.booleans(), LINE)
def test_any_answer_is_sound_and_its_quotes_are_verbatim(
    found: list[Quote], asked: tuple[str, Query], language: str, answered: bool, private: bool, name: str
) -> None:
    messages = messages_for(language, "slack")
    shown = shown_of(found, asked[1], answered=answered, private=private, asked=asked[0])
    card = answer_card(shown, messages, Frame(shared=name, shareable=private), CANVAS)
    made = check_sound(body_of(card), everything(found))
    text = seen(made)
    assert seen_as(truncate(asked[0], 300)) in text
    with_words = [quote for quote in found if visible(quote.text).strip()]
    for quote, one in zip(with_words, quotes_in(made), strict=False):
        check_verbatim(one, quote)
    if answered:
        assert messages("confidence", percent=87) in text
    else:
        assert not quotes_in(made)
        assert messages("no-answer") in text
    assert seen_as(truncate(found[0].citation.source, NAME_SHOWN)) in text


@examples(1 / 3)
@given(QUOTES, LANGUAGES)
def test_context_and_why_and_latest_are_sound_at_any_text(found: list[Quote], language: str) -> None:
    messages = messages_for(language, "slack")
    shown = shown_of(found)
    for number, quote in enumerate(found, 1):
        around = Surroundings(shown, number, quote, *surroundings(quote))
        made = check_sound(body_of(context_card(around, messages, CANVAS)), everything([quote]))
        assert messages("context-title", number=number) in seen(made)
    why = seen(check_sound(body_of(why_card(shown, messages, CANVAS))))
    assert messages("why-title") in why
    assert seen_as(truncate(found[0].citation.title, TITLE_SHOWN)) in why
    check_sound(body_of(latest_card(found, found[0].article.title, messages, CANVAS)), everything(found))


@examples(1 / 3)
@given(articles(), LANGUAGES)
def test_any_article_is_read_whole_page_by_page(article: Article, language: str) -> None:
    messages = messages_for(language, "slack")
    pages = list(article_pages(article, CANVAS))
    assert "".join(pages) == article.text
    for number in {1, max(1, len(pages) // 2), len(pages)}:
        made = check_sound(body_of(article_card(article, number, messages, CANVAS)), [article])
        if visible(pages[number - 1]).strip():
            (shown,) = quotes_in(made)
            check_verbatim(shown, quote_of(article, _place(pages, number), marks=[]))


def _place(pages: list[str], number: int) -> Span:
    start = sum(map(len, pages[: number - 1]))
    return start, start + len(pages[number - 1])


@examples(1 / 3)
@given(st.lists(articles(), min_size=1, max_size=4), LINE, LANGUAGES)
def test_what_administrators_see_is_sound_at_any_name(found: list[Article], name: str, language: str) -> None:
    messages = messages_for(language, "slack")
    problems = tuple(Problem(article.id, article.title, 3) for article in found)
    plan = plan_reload("news", {}, {article.id: "1" for article in found}, problems=problems)
    titles = {("news", article.id): article.title for article in found}
    report = ReloadReport((plan,), {}, 0, 0.1, True, titles)
    for card in (plan_card(report, messages, CANVAS), report_card(report, messages, CANVAS)):
        check_sound(body_of(card))
    acts = [
        AuditEntry(ASKED_AT, "1", name, "add", {"what": article.title}, f"failed: {name}")
        for article in found
    ]
    check_sound(body_of(audit_card(acts, messages, CANVAS)), ours=True)
    counts = [SourceCount(article.source, 1, article.published) for article in found]
    check_sound(body_of(sources_card(counts, messages, CANVAS)))
