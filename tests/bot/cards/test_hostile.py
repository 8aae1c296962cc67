"""Articles and questions that try to do more than be read, made up by the thousand and drawn everywhere."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Quote
from bot.answers.excerpt import at_once
from bot.answers.listing import Match
from bot.cards.administration.reports import audit_card, plan_card, report_card
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import ECHO_SHOWN, answer_card, why_card
from bot.cards.articles import article_card, article_pages, latest_card, sources_card
from bot.cards.card import cut_at_word, truncate
from bot.cards.listing_card import listing_card
from bot.cards.quote_source_card import quote_source_card
from bot.cards.source_line import NAME_SHOWN, SOURCE_LISTED, TITLE_SHOWN
from bot.chat.audit_entry import AuditEntry
from bot.corpus_admin.reload import ReloadReport
from bot.messages.catalogue import messages_for
from corpus.article import Article
from corpus.plan import plan_reload
from corpus.problem import Problem
from corpus.text import visible
from retrieval.collection.source_counts import SourceCount
from retrieval.question.query import Query
from tests.bot.cards.drawing import CANVASES, READERS, on_each_platform, sound
from tests.bot.samples.answers import ASKED_AT, listing_of, quote_of, shown_of
from tests.bot.samples.hostile import LANGUAGES, LINE, QUOTES, articles, everything, examples, questions


def seen_as(words: str) -> str:
    """Words of others as they are read."""
    return " ".join(visible(words).split())


@on_each_platform
@examples()
@given(QUOTES, questions(), LANGUAGES, st.booleans(), st.booleans(), LINE)
def test_any_answer_is_sound_and_its_quotes_are_verbatim(
    platform: str,
    found: list[Quote],
    asked: tuple[str, Query],
    language: str,
    answered: bool,
    private: bool,
    name: str,
) -> None:
    reader, messages = READERS[platform], messages_for(language, platform)
    shown = shown_of(found, asked[1], answered=answered, private=private, asked=asked[0])
    context = AnswerContext(shared=name, thread=not private and platform == "discord", shareable=private)
    made = sound(platform, answer_card(shown, messages, context, CANVASES[platform]), everything(found))
    text = reader.seen(made)
    assert seen_as(cut_at_word(asked[0], ECHO_SHOWN)).removesuffix("…") in text
    for quote, one in zip(found, reader.quotes_in(made), strict=False):
        reader.check_verbatim(one, at_once(quote))
    if answered:
        assert len(reader.quotes_in(made)) == bool(visible(at_once(found[0]).text).strip())
        assert messages("confidence", percent=87) in text
    else:
        assert not reader.quotes_in(made)
        assert messages("no-answer") in text
    assert seen_as(truncate(found[0].citation.source, NAME_SHOWN)) in text


@on_each_platform
@examples(1 / 3)
@given(QUOTES, LANGUAGES)
def test_context_and_why_and_latest_are_sound_at_any_text(
    platform: str, found: list[Quote], language: str
) -> None:
    seen, messages, canvas = READERS[platform].seen, messages_for(language, platform), CANVASES[platform]
    shown = shown_of(found)
    for number, quote in enumerate(found, 1):
        card = answer_card(replace(shown, opened=number, all_buttons=True), messages, AnswerContext(), canvas)
        made = sound(platform, card, everything(found))
        assert len(READERS[platform].quotes_in(made)) <= 1
        for one in READERS[platform].quotes_in(made):
            READERS[platform].check_verbatim(one, replace(quote, highlights=at_once(quote).highlights))
    why = seen(sound(platform, why_card(shown, messages, canvas)))
    assert messages("why-title") in why
    assert seen_as(truncate(found[0].citation.title, TITLE_SHOWN)) in why
    sound(platform, latest_card(found, found[0].article.title, messages, canvas), everything(found))
    cited = seen(sound(platform, quote_source_card(shown, "source?", messages, canvas), everything(found)))
    assert messages("quote-exact") in cited


@on_each_platform
@examples(1 / 3)
@given(QUOTES, LANGUAGES, LINE, st.sampled_from(Match))
def test_a_list_is_sound_at_any_title_and_subject(
    platform: str, found: list[Quote], language: str, subject: str, match: Match
) -> None:
    seen, messages, canvas = READERS[platform].seen, messages_for(language, platform), CANVASES[platform]
    listing = replace(listing_of(found, 1_023, subject), match=match)
    text = seen(sound(platform, listing_card(listing, "AbC-dEf_123", messages, canvas), everything(found)))
    for quote in found:
        assert seen_as(truncate(quote.citation.source, SOURCE_LISTED)) in text
    nothing = replace(listing, count=0, cited=(), byline=subject)
    sound(platform, listing_card(nothing, "AbC-dEf_123", messages, canvas), everything(found))


@on_each_platform
@examples(1 / 3)
@given(articles(), LANGUAGES)
def test_any_article_is_read_whole_page_by_page(platform: str, article: Article, language: str) -> None:
    reader, messages, canvas = READERS[platform], messages_for(language, platform), CANVASES[platform]
    pages = list(article_pages(article, canvas))
    assert "".join(pages) == article.text
    for number in {1, max(1, len(pages) // 2), len(pages)}:
        made = sound(platform, article_card(article, number, messages, canvas), [article])
        page, start = pages[number - 1], sum(map(len, pages[: number - 1]))
        if visible(page).strip():
            (shown,) = reader.quotes_in(made)
            reader.check_verbatim(shown, quote_of(article, (start, start + len(page)), marks=[]))


@on_each_platform
@examples(1 / 3)
@given(st.lists(articles(), min_size=1, max_size=4), LINE, LANGUAGES)
def test_what_administrators_see_is_sound_at_any_name(
    platform: str, found: list[Article], name: str, language: str
) -> None:
    messages, canvas = messages_for(language, platform), CANVASES[platform]
    problems = tuple(Problem(article.id, article.title, 3) for article in found)
    plan = plan_reload("news", {}, {article.id: "1" for article in found}, problems=problems)
    titles = {("news", article.id): article.title for article in found}
    report = ReloadReport((plan,), {}, 0, 0.1, True, titles)
    for card in (plan_card(report, messages, canvas), report_card(report, messages, canvas)):
        sound(platform, card)
    acts = [
        AuditEntry(ASKED_AT, "1", name, "add", {"what": article.title}, f"failed: {name}")
        for article in found
    ]
    sound(platform, audit_card(acts, messages, canvas), ours=True)
    counts = [SourceCount(article.source, 1, article.published) for article in found]
    sound(platform, sources_card(counts, messages, canvas))
