"""Two communities with a secret each, and everything that people can do: no word of one reaches the other.

Whatever is given to somebody is looked through as a whole, objects and errors, by their `repr`.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from bot.chat.article_key import article_key
from bot.chat.question_request import DeliveredAnswer, QuestionRequest
from bot.chat.venue import Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.service.service import Service
from corpus.article import Article
from corpus.errors import NewsdeskError
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from tests.bot.service.office import opened, publish
from tests.bot.service.people import ADMIN, ANN, CITY, DIRECT, TOWN, somebody

ARTICLE = Article(id="", title="", text="", source="")
ACTS = 120
"""Random acts of each seed; with the four seeds 480."""
QUESTIONS = (
    "What is the code of the vault?",
    "Who keeps the vault of the hall?",
    "And why?",
    "When?",
    "Who met in Nara?",
    "What did the minutes say?",
    "금고의 비밀번호는?",
    "vault",
)


@dataclass(slots=True)
class Tenant:
    """One community: its collection, the word that nobody else may ever see, and what it has got so far."""

    venue: Venue
    collection: str
    secret: str
    answers: list[str] = field(default_factory=lambda: ["none"])
    messages: list[str] = field(default_factory=lambda: ["none"])

    def articles(self) -> list[dict[str, str]]:
        """The secret is in every part of them that can be shown, but not in their ids, which others guess."""
        return [
            {
                "id": f"minutes-{number}",
                "title": f"Minutes {number} of {self.secret}",
                "source": f"{self.secret} Gazette",
                "author": f"A. {self.secret}",
                "published": f"2026-02-0{number}",
                "text": f"The code of the vault is {self.secret}{number}. {self.secret} keeps the vault. "
                f"The minutes said that {self.secret} may open it on Monday.",
            }
            for number in (1, 2, 3)
        ]


@pytest.fixture
def tenants() -> tuple[Tenant, Tenant]:
    return Tenant(CITY, "city-hall", "Quartzbeak"), Tenant(TOWN, "town-hall", "Velvetfin")


Made = tuple[Awaitable[object], tuple[str, ...]]
"""Something that is done, and what was typed for it, which may come back."""


def act(service: Service, tenant: Tenant, other: Tenant, chance: random.Random) -> tuple[str, Made]:
    """Anything that somebody in the tenant's community may try; half of it reaches for the other's."""
    questions, stored_answers, browsing = service.questions, service.stored_answers, service.browsing
    corpus_overview, corpus_editor = service.corpus_overview, service.corpus_editor
    whose = chance.choice((tenant, other))
    person = somebody(chance.randrange(50))
    venue = replace(tenant.venue, channel=str(chance.randrange(500)))
    answer = chance.choice(whose.answers)
    message = chance.choice(whose.messages)
    article = f"minutes-{chance.randrange(4)}"
    key = article_key(replace(ARTICLE, id=article, collection=whose.collection))
    name = chance.choice((whose.collection, "news"))

    def asked(**options: object) -> Awaitable[object]:
        text = chance.choice((*QUESTIONS, f"Where does {tenant.secret} keep the code?"))
        at = replace(venue, channel=message.partition("/")[0]) if message != "none" else venue
        return ask(service, tenant, QuestionRequest(at, person, text, replied=message, **options))  # type: ignore[arg-type]

    async def direct(made: Callable[[], object]) -> object:
        return made()

    choices: dict[str, Callable[[], Made]] = {
        "ask": lambda: (asked(), ()),
        "ask in": lambda: (asked(collections=(name,)), (name,)),
        "ask of": lambda: (asked(sources=("Gazette",)), ()),
        "ask since": lambda: (asked(since="2026-02", private=True), ()),
        "more": lambda: (questions.more(answer, venue, person), ()),
        "widen": lambda: (questions.widen(answer, venue, person, "filters", private=False), ()),
        "open": lambda: (stored_answers.open(answer, venue), ()),
        "context": lambda: (stored_answers.context(answer, venue, 1), ()),
        "share": lambda: (stored_answers.share(answer, venue, person), ()),
        "vote": lambda: (stored_answers.vote(answer, venue, person, helpful=False), ()),
        "latest": lambda: (browsing.latest(venue, person), ()),
        "latest of": lambda: (browsing.latest(venue, person, "vault"), ()),
        "newest": lambda: (browsing.newest(venue, 9), ()),
        "questions": lambda: (stored_answers.history(venue, person, 9), ()),
        "sources": lambda: (browsing.sources(venue), ()),
        "source names": lambda: (direct(lambda: browsing.source_names(venue)), ()),
        "titles": lambda: (browsing.titled(venue, "", 99), ()),
        "article": lambda: (browsing.article(venue, article), (article,)),
        "full name": lambda: (browsing.article(venue, f"{name}:{article}"), (name,)),
        "key": lambda: (browsing.article_of_key(venue, key), ()),
        "choose": lambda: (
            service.settings.choose(venue, {"collections": (name,)}, whole=chance.random() < 0.1),
            (name,),
        ),
        "choose nothing": lambda: (
            service.settings.choose(venue, dict.fromkeys(("collections", "sources")), whole=True),
            (),
        ),
        "status": lambda: (corpus_overview.status(venue, ADMIN), ()),
        "history": lambda: (corpus_overview.history(venue, ADMIN), ()),
        "audit": lambda: (corpus_overview.audit(venue, ADMIN), (other.collection,)),  # as they typed it
        "plan": lambda: (corpus_editor.plan(venue, ADMIN, ChangeProgress()), ()),
        "reload": lambda: (corpus_editor.reload(venue, ADMIN, ChangeProgress()), ()),
        "rollback": lambda: (corpus_editor.roll_back(venue, ADMIN, other.collection), (other.collection,)),
        "remove": lambda: (
            corpus_editor.remove(venue, ADMIN, other.collection, article, ChangeProgress()),
            (other.collection,),
        ),
        "restore": lambda: (
            corpus_editor.restore(venue, ADMIN, other.collection, article, ChangeProgress()),
            (other.collection,),
        ),
        "add": lambda: (
            corpus_editor.add_upload(venue, ADMIN, other.collection, "a.txt", b"Mine.", ChangeProgress()),
            (other.collection,),
        ),
    }
    kind = chance.choice(list(choices))
    return kind, choices[kind]()


async def ask(service: Service, tenant: Tenant, asking: QuestionRequest) -> DeliveredAnswer:
    """Ask, and remember the answer and the message that it stands in."""
    shown = await service.questions.ask(asking)
    message = f"{asking.venue.channel}/{shown.record.id}"
    await service.stored_answers.set_message(shown, message)
    tenant.answers.append(shown.record.id)
    tenant.messages.append(message)
    return shown


async def outcome(made: Made) -> str:
    """Everything that came of it, without what was typed."""
    done, typed = made
    try:
        text = repr(await done)
    except NewsdeskError as error:
        text = f"{error!r} {vars(error)}"
    for word in typed:
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("seed", range(4))
async def test_no_word_of_one_community_reaches_the_other(
    home: Home, minilm: SentenceTransformerEmbedder, tenants: tuple[Tenant, Tenant], seed: int
) -> None:
    chance = random.Random(seed)
    got: Counter[str] = Counter()
    for tenant in tenants:
        publish(home, tenant.collection, tenant.articles(), minilm)
    async with opened(home, minilm) as service:
        for tenant in tenants:
            await service.settings.bind(tenant.venue, tenant.collection)
        for _ in range(ACTS):
            tenant, other = chance.sample(tenants, 2)
            kind, made = act(service, tenant, other, chance)
            text = await outcome(made)
            for word in (other.secret, other.collection):
                assert word.lower() not in text.lower(), f"{kind}: {text[:500]}"
            got[tenant.secret] += tenant.secret in text
        for tenant in tenants:
            assert got[tenant.secret] >= ACTS // 10  # their own they did see
            assert len(service.desk.collections[tenant.collection].articles) == 3
        for place in (DIRECT, Venue("discord", "300", "30"), Venue("slack", "100", "10")):
            shown = await ask(service, Tenant(place, "", ""), QuestionRequest(place, ANN, QUESTIONS[0]))
            titles = await service.browsing.titled(place, "", 99)
            seen = f"{shown!r} {titles!r} {service.browsing.source_names(place)!r}"
            assert not any(tenant.secret in seen or tenant.collection in seen for tenant in tenants)


async def test_both_ask_the_same_at_the_same_moment_and_each_gets_its_own(
    home: Home, minilm: SentenceTransformerEmbedder, tenants: tuple[Tenant, Tenant]
) -> None:
    for tenant in tenants:
        publish(home, tenant.collection, tenant.articles(), minilm)
    async with opened(home, minilm) as service:
        for tenant in tenants:
            await service.settings.bind(tenant.venue, tenant.collection)
        asked = [
            (
                tenant,
                ask(
                    service, tenant, QuestionRequest(replace(tenant.venue, channel=str(n)), ANN, QUESTIONS[0])
                ),
            )
            for n in range(5)
            for tenant in tenants
        ]
        shown = await asyncio.gather(*(work for _, work in asked))
    for (tenant, _), one in zip(asked, shown, strict=True):
        assert tenant.secret in one.quotes[0].text
        assert not any(other.secret in repr(one) for other in tenants if other is not tenant)
