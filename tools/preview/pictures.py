"""Makes the pictures in docs/ of the bot and of a report: `python -m tools.preview.pictures` writes all.

They show real answers from the sample corpus: the adapters make the payloads, and a page shows them as the
platform would.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.__main__ import main as newsdesk
from bot.cards.administration.panel import Panel, panel_card
from bot.cards.administration.reports import plan_card, progress_card, report_card
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.articles import help_card
from bot.cards.card import Canvas, Card
from bot.cards.listing_card import absent_page_card, listing_card
from bot.cards.recheck_card import recheck_card
from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue
from bot.cli.composition import Parts
from bot.community_admin.change_progress import ChangeProgress
from bot.discord.drawing.render import CANVAS, draw
from bot.messages.catalogue import messages_for
from bot.service.lookups import Listed
from bot.settings import Settings
from bot.slack.drawing.render import CANVAS as SLACK
from bot.slack.drawing.render import blocks, summary
from corpus.sources.files import SAMPLE
from corpus.storage.store_records import Source
from tools.preview.browser import capture
from tools.preview.discord_page import page
from tools.preview.slack_page import page as slack_page

DOCS = Path(__file__).parents[2] / "docs"
WIDTH = 760
PHONE = 400
"""The width of a phone in CSS pixels."""
REPORT_WIDTH = 1000
CANVASES: dict[str, Canvas] = {"discord": CANVAS, "slack": SLACK}
COMMUNITY = "1"
VENUE = Venue("discord", COMMUNITY, "2")
PERSON = Person("3", "Mina", manages=True)
NOW = datetime(2026, 1, 21, 9, 30, tzinfo=UTC)
DOUBTED = "How long did the talks at the hotel in Nara last?"
SLIP, RIGHT = "lasted about 60 minutes", "lasted about 90 minutes"
"""The words of an article before and after its correction."""
ASKED = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
LISTED = "list all articles about Korea"
NOT_THERE = "Who won the 2026 Winter Olympics ice hockey final?"


def payload(card: Card) -> dict[str, Any]:
    """The payload of the message that the adapter sends for a card."""
    view, _ = draw(card)
    return {"flags": 1 << 15, "components": view.to_components()}  # type: ignore[no-untyped-call]


async def cards(parts: Parts, articles: Path) -> Mapping[str, list[Card]]:
    """The cards in each picture, by the picture's name."""
    messages = messages_for("en")
    async with parts.service() as service:
        questions, corpus_editor = service.questions, service.corpus_editor
        answer = await questions.ask(QuestionRequest(VENUE, PERSON, ASKED))
        found = answer_card(answer, messages, AnswerContext(), CANVAS)
        asking = QuestionRequest(VENUE, PERSON, NOT_THERE, since="2026-01-14", until="2026-01-20")
        refusal = await questions.ask(asking)
        missed = answer_card(refusal, messages, AnswerContext(), CANVAS)
        doubted = await questions.ask(QuestionRequest(VENUE, PERSON, DOUBTED))
        _change(articles)
        planned = await corpus_editor.plan(Caller(VENUE, PERSON), ChangeProgress())
        plan = plan_card(planned, messages, CANVAS)
        done = await corpus_editor.reload(Caller(VENUE, PERSON), ChangeProgress())
        report = report_card(replace(done, seconds=2.4), messages, CANVAS)
        checked = await service.rechecks.check(doubted.record.id, VENUE)
        check = recheck_card(checked.checks, checked.first, messages, CANVAS)
        changes = PreferenceChanges(
            answers=AnswerPolicy.EVERYTHING, sources=("Harbour Post",), person_limit=6
        )
        panel = Panel(changes, ("news", "archive"), ["Harbour Post", "Newsdesk sample"])
        listed = await service.lookups.find(QuestionRequest(VENUE, PERSON, LISTED))
        assert isinstance(listed, Listed)
        examples = await service.browsing.examples(VENUE, messages)
        progress = ("embedding", 1216, 2048)
        phones: dict[str, list[Card]] = {}
        for platform, canvas in CANVASES.items():
            words, context = messages_for("en", platform), AnswerContext(question=False)
            phones |= {
                f"{platform}-phone": [
                    answer_card(answer, words, context, canvas),
                    answer_card(replace(answer, opened=1), words, context, canvas),
                    answer_card(refusal, words, AnswerContext(), canvas),
                ],
                f"{platform}-phone-lists": [
                    listing_card(listed.listing, listed.answer_id, words, canvas, listed.names),
                    help_card(words, examples, administers=True),
                    absent_page_card(words, listed.answer_id, administers=True),
                ],
                f"{platform}-phone-admin": [
                    plan_card(planned, words, canvas),
                    progress_card(progress, words),
                    report_card(replace(done, seconds=2.4), words, canvas),
                    panel_card(panel, words),
                ],
            }
        return {
            "discord-answer": [found],
            "discord-no-answer": [missed],
            "discord-check": [check],
            "discord-reload": [plan, progress_card(progress, messages), report],
            "discord-settings": [panel_card(panel, messages)],
            **phones,
        }


def _change(articles: Path) -> None:
    """Change the articles for a reload: one is added, one corrected, one removed, and one is broken."""
    sample = sorted((articles).glob("*.md"))
    shutil.copy(sample[0], articles / "again.md")
    corrected = articles / "nara-summit.md"
    corrected.write_text(corrected.read_text().replace(SLIP, RIGHT))
    (articles / "treaty-of-1965.md").unlink()
    (articles / "broken.md").write_text("---\npublished: yesterday\n---\nNo such date.\n")


def evaluation_page(folder: Path) -> str:
    """The report on the sample corpus and its questions."""
    report = folder / "report.html"
    home = ("--home", str(folder / "sample"))
    questions = str(DOCS / "sample-questions.jsonl")
    for call in (("corpus", "add", "sample"), ("eval", questions, "--report", str(report))):
        if newsdesk([*home, *call]):
            raise RuntimeError(f"newsdesk {' '.join(call)} failed")
    return report.read_text(encoding="utf-8")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        capture(evaluation_page(Path(folder)), DOCS / "evaluation.png", REPORT_WIDTH)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        shutil.copytree(Path(SAMPLE if Path(SAMPLE).is_dir() else "corpus/sample"), articles)
        wrong = articles / "nara-summit.md"
        wrong.write_text(wrong.read_text().replace(RIGHT, SLIP))
        parts = Parts(Settings(home=Path(folder) / "home", discord_servers=frozenset({COMMUNITY})))
        with parts.home.store() as store:
            store.add_source(Source("news", str(articles)))
        parts.reload()
        for name, shown in asyncio.run(cards(parts, articles)).items():
            width = PHONE if "-phone" in name else WIDTH
            if name.startswith("slack"):
                said = [{"blocks": blocks(card), "text": summary(card)} for card in shown]
                capture(slack_page(said, NOW + timedelta(minutes=1)), DOCS / f"{name}.png", width)
                continue
            bodies = [payload(card) for card in shown]
            capture(page(bodies, NOW + timedelta(minutes=1)), DOCS / f"{name}.png", width)
            if name == "discord-answer":
                body = {"blocks": blocks(shown[0]), "text": summary(shown[0])}
                capture(slack_page([body], NOW + timedelta(minutes=1)), DOCS / "slack-answer.png", WIDTH)


if __name__ == "__main__":
    main()
