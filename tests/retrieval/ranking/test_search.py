from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

import pytest

from corpus.article import Article
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.hit import Hit
from retrieval.ranking.search import FRESH_WEIGHT, MEANING_WEIGHT, search
from tests.retrieval.snapshots import ASKED_AT, article, asking, snapshot_of

DAY = datetime(2026, 1, 14, tzinfo=UTC)
QUESTION = "Who banned seafood imports?"


def encoded(question: str) -> EncodedQuestion:
    return HashEmbedder().embed_question(question)


def found(
    snapshot: Snapshot | list[Snapshot],
    query: Query,
    limit: int = 10,
    *,
    meaning: bool = True,
    per_article: int | None = None,
) -> list[Hit]:
    snapshots = snapshot if isinstance(snapshot, list) else [snapshot]
    question = encoded(query.text) if meaning else None
    return search(snapshots, query, question, limit, per_article=per_article).hits


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.article.id for hit in hits]


def spans(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.passage.article.id, hit.passage.start) for hit in hits]


def long_text(subject: str, sentences: int = 40) -> str:
    """About four passages that all speak of the subject, no two with the same words."""
    return " ".join(
        f"Report {number} of {subject} says that {subject} {'xyz'[number % 3] * (number + 1)} "
        f"was the talk of day {number}."
        for number in range(sentences)
    )


@pytest.fixture(scope="module")
def newsroom() -> Snapshot:
    """Three thousand articles on the question's subject, and ten of a small paper, of one week."""
    many = [
        article(
            f"many-{number}",
            f"China banned seafood imports, bulletin {number}.",
            source="The Wire",
            published=DAY + timedelta(days=30, minutes=number),
        )
        for number in range(3000)
    ]
    few = [
        article(
            f"few-{number}",
            f"On the docks, paragraph {number}: seafood.",
            source="The Gazette",
            published=DAY + timedelta(hours=number),
        )
        for number in range(10)
    ]
    return snapshot_of([*many, *few])


@pytest.mark.parametrize("meaning", [True, False])
@pytest.mark.parametrize(
    "query",
    [
        asking(QUESTION, sources=frozenset({"the GAZETTE"})),
        asking(QUESTION, since=DAY, until=DAY + timedelta(days=1)),
    ],
    ids=["source", "dates"],
)
def test_ten_hits_stay_ten_under_a_narrow_filter(newsroom: Snapshot, query: Query, meaning: bool) -> None:
    hits = found(newsroom, query, meaning=meaning)
    assert sorted(ids(hits)) == [f"few-{number}" for number in range(10)]


@pytest.mark.parametrize("meaning", [True, False])
def test_what_was_withdrawn_is_never_found(meaning: bool) -> None:
    snapshot = snapshot_of([article(f"a-{number}", f"Seafood ban number {number}.") for number in range(30)])
    withdrawn = frozenset(f"a-{number}" for number in range(0, 30, 2))
    hits = found(replace(snapshot, withdrawn=withdrawn), asking("seafood ban"), 30, meaning=meaning)
    assert sorted(ids(hits)) == sorted(f"a-{number}" for number in range(1, 30, 2))
    everything = replace(snapshot, withdrawn=frozenset(one.id for one in snapshot.articles))
    assert found(everything, asking("seafood ban"), meaning=meaning) == []


def test_another_number_of_passages_an_article_can_be_asked_for() -> None:
    snapshot = snapshot_of([article("long", long_text("seafood")), article("other", "A word about seafood.")])
    assert ids(found(snapshot, asking("report seafood talk"), PAGE, per_article=3)).count("long") == 3
    assert ids(found(snapshot, asking("report seafood talk"), PAGE, per_article=1)).count("long") == 1


COPY = "China banned all seafood from Japan on Monday, its customs office said, and gave no date for an end."


def test_a_copy_in_another_collection_is_folded_too() -> None:
    snapshots = [
        snapshot_of([article("same", COPY, collection=name)], collection=name) for name in ("news", "more")
    ]
    hits = found(snapshots, asking("China seafood", collections=("news", "more")), 10)
    assert len(hits) == 1
    assert [copy.article.collection for copy in hits[0].also_in] == ["more"]


def mixed() -> list[Article]:
    return [
        *[
            article(f"short-{number}", f"Seafood report number {number} was the talk.")
            for number in range(12)
        ],
        *[article(f"long-{number}", long_text(f"seafood {'abc'[number]}")) for number in range(3)],
    ]


@pytest.mark.parametrize("meaning", [True, False])
@pytest.mark.parametrize("question", ["report seafood talk", "seafood b", "number 7"])
def test_three_hits_are_the_first_three_of_ten(question: str, meaning: bool) -> None:
    snapshot = snapshot_of(mixed())
    ten = spans(found(snapshot, asking(question), 10, meaning=meaning))
    for limit in (1, 2, 3, 6, 9):
        assert spans(found(snapshot, asking(question), limit, meaning=meaning)) == ten[:limit]


@pytest.mark.parametrize("meaning", [True, False])
def test_the_same_question_has_the_same_hits(meaning: bool) -> None:
    first, second = (
        found(snapshot_of(mixed()), asking("report seafood"), 20, meaning=meaning) for _ in range(2)
    )
    assert first == second


def test_hits_are_the_best_first_on_a_page_that_has_room() -> None:
    hits = found(snapshot_of(mixed()[:12]), asking("seafood report number 7"), 10)
    assert ids(hits)[0] == "short-7"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_several_collections_are_searched_as_one() -> None:
    snapshots = [
        snapshot_of(
            [
                article(f"{name}-{number}", f"Seafood {word} {number}.", collection=name)
                for number in range(5)
            ],
            collection=name,
        )
        for name, word in (("news", "ban"), ("more", "lunch"))
    ]
    both = asking("seafood", collections=("news", "more"))
    assert {hit.passage.article.collection for hit in found(snapshots, both, 10)} == {"news", "more"}
    assert found(snapshots, replace(both, text="ban"), 1)[0].passage.article.collection == "news"
    assert found(snapshots, replace(both, text="lunch"), 1)[0].passage.article.collection == "more"


def test_no_snapshot_and_no_article_have_no_hits() -> None:
    assert search([], asking("seafood"), encoded("seafood"), 10).hits == []
    assert found(snapshot_of([]), asking("seafood")) == []
    assert found(snapshot_of([]), asking("seafood"), meaning=False) == []


def test_without_the_questions_vector_words_alone_decide() -> None:
    snapshot = snapshot_of([article("a", "Seafood was banned."), article("b", "They played drums.")])
    hits = found(snapshot, asking("seafood"), meaning=False)
    assert ids(hits) == ["a"]
    assert hits[0].features.meaning is None
    assert hits[0].features.maxsim is None
    assert 0 < hits[0].features.words < 1
    assert hits[0].features.coverage == hits[0].features.pair == pytest.approx(1)
    assert found(snapshot, asking("nothing alike"), meaning=False) == []


KOREAN = [
    article(
        "mine-ko",
        "조세이 탄광은 일본 야마구치현에 있던 해저 탄광이다. 이 사고로 모두 183명이 숨졌다.",
        language="ko",
    ),
    article("summit-ko", "두 정상은 나라에서 회담을 열었다. 공동언론발표가 이어졌다.", language="ko"),
]
JAPANESE = [
    article("temple-ja", "東大寺は聖武天皇の時代に造られた寺で、奈良の大仏で知られる。", language="ja"),
    article("summit-ja", "高市首相と李大統領は首脳会談を行った。夕食会が続いた。", language="ja"),
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("탄광 사고로 몇 명이 숨졌나?", "mine-ko"),
        ("정상회담은 어디에서 열렸나?", "summit-ko"),
        ("奈良の大仏はどの寺にありますか", "temple-ja"),
        ("首脳会談を行ったのは誰ですか", "summit-ja"),
    ],
)
def test_questions_in_korean_and_japanese_find_by_words(
    minilm: OnnxEmbedder, question: str, expected: str
) -> None:
    snapshot = snapshot_of([*KOREAN, *JAPANESE, article("en", "Lee met Takaichi in Nara.")])
    assert not minilm.vocabulary.knows(question)
    hits = found(snapshot, asking(question), meaning=False)
    assert ids(hits)[0] == expected
    assert hits[0].highlights


def test_the_real_model_finds_what_shares_no_word_with_the_question(
    minilm: OnnxEmbedder,
) -> None:
    snapshot = snapshot_of(
        [
            article("fish", "Beijing stopped buying marine products from its neighbour in November."),
            article("drums", "The two leaders played the drums to a pop song after dinner."),
            article("temple", "They walked through a Buddhist temple for an hour."),
        ],
        embedder=minilm,
    )
    query = asking("Which country no longer purchases fish?")
    hits = search([snapshot], query, minilm.embed_question(query.text), 3).hits
    assert ids(hits)[0] == "fish"
    near, *others = (hit.features.meaning or 0 for hit in hits)
    assert near > max(others) + 0.2
    assert hits[0].features.coverage == 0


def test_every_hit_is_cut_from_its_article_and_its_highlights_lie_inside() -> None:
    for hit in found(snapshot_of(mixed()), asking("report seafood"), 20):
        passage = hit.passage
        assert passage.article.text[passage.start : passage.end] == passage.text != ""
        assert all(passage.start <= start < end <= passage.end for start, end in hit.highlights)
        assert 1 <= len(hit.highlights) <= 2


def test_a_question_of_stop_words_or_of_no_term_is_no_error() -> None:
    snapshot = snapshot_of([article("a", "Who was it? It was they."), article("b", "Seafood was banned.")])
    assert ids(found(snapshot, asking("who was it"), meaning=False))[0] == "a"
    for nothing in ("the of and", "\u037a"):  # the other has no term at all
        assert found(snapshot, asking(nothing), meaning=False) == []
        assert all(hit.features.coverage == 0 for hit in found(snapshot, asking(nothing)))


SUBJECTS = {
    "ban": [
        "China banned seafood imports.",
        "Seafood imports were banned for years.",
        "The seafood ban held.",
    ],
    "drums": ["Both leaders played drums.", "Drums stood in the hall.", "He had learnt drums as a child."],
    "rain": ["It rained on the hills."],
}
WHOLE = "Who banned seafood imports, and who played drums?"
PARTS = ("Who banned seafood imports?", "Who played drums?")


def subjects() -> Snapshot:
    return snapshot_of(
        [
            article(f"{name}-{number}", text, source=f"The {name}")
            for name, texts in SUBJECTS.items()
            for number, text in enumerate(texts)
        ]
    )


def in_parts(snapshots: list[Snapshot], parts: Sequence[Query], limit: int, *, meaning: bool) -> list[Hit]:
    whole, *asked = ((one, encoded(one.text) if meaning else None) for one in (asking(WHOLE), *parts))
    return search(snapshots, *whole, limit, parts=asked).hits


def first_stage(hit: Hit) -> float:
    features = hit.features
    return features.words + MEANING_WEIGHT * (features.meaning or 0) + FRESH_WEIGHT * features.fresh


def in_turns(lists: Sequence[Sequence[Hit]]) -> list[str]:
    """The articles of the first of each list, then of the second of each, each once."""
    return list(dict.fromkeys(one for row in zip_longest(*map(ids, lists)) for one in row if one))


@pytest.mark.parametrize("meaning", [True, False])
def test_the_best_of_the_whole_and_of_each_part_take_turns(meaning: bool) -> None:
    snapshot = subjects()
    lists = [found(snapshot, asking(text), 10, meaning=meaning) for text in (WHOLE, *PARTS)]
    hits = in_parts([snapshot], [asking(part) for part in PARTS], 10, meaning=meaning)
    page = in_turns(lists)[:PAGE]
    others = in_turns([sorted(one, key=first_stage, reverse=True) for one in lists])
    assert ids(hits) == list(dict.fromkeys([*page, *others]))
    assert {ids(lists[1])[0], ids(lists[2])[0]} <= set(page)


@pytest.mark.parametrize("meaning", [True, False])
def test_a_part_that_the_whole_question_drowns_is_seen(meaning: bool) -> None:
    many = [
        article(f"ban-{place}", f"{place} banned seafood imports.", title="Seafood imports")
        for place in ("China", "Korea", "Russia", "India")
    ]
    halls = [article(f"hall-{number}", f"Hall {number} has drums.") for number in range(8)]
    snapshot = snapshot_of([*many, article("drums", "Lee played the drums at dinner."), *halls])
    assert "drums" not in ids(found(snapshot, asking(WHOLE), PAGE, meaning=meaning))
    hits = in_parts([snapshot], [asking(part) for part in PARTS], PAGE, meaning=meaning)
    assert "drums" in ids(hits)
    assert len(set(spans(hits))) == len(hits) == PAGE


def test_no_passage_is_seen_twice_though_several_parts_find_it() -> None:
    snapshots = [
        subjects(),
        snapshot_of([article("more", "Drums again.", collection="more")], collection="more"),
    ]
    hits = in_parts(snapshots, [asking(PARTS[1])] * 4, 20, meaning=True)
    assert len(set(spans(hits))) == len(hits) > 5
    assert not any(hit.also_in for hit in hits)


def test_each_part_keeps_to_its_own_filters() -> None:
    parts = [
        asking(PARTS[0], sources=frozenset({"the rain"})),
        asking(PARTS[1], sources=frozenset({"the drums"})),
    ]
    snapshot = subjects()
    first, second = (search([snapshot], part, encoded(part.text), 5).hits for part in parts)
    assert {hit.passage.article.source for hit in first} == {"The rain"}
    hits = in_parts([snapshot], parts, PAGE, meaning=True)
    assert ids(hits) == ["ban-0", ids(first)[0], ids(second)[0]]


def test_a_part_that_finds_nothing_takes_no_turn() -> None:
    snapshot = subjects()
    nothing = asking("volcano", sources=frozenset({"nobody"}))
    whole = ids(found(snapshot, asking(WHOLE), 10))
    assert ids(in_parts([snapshot], [nothing], 10, meaning=True)) == whole


def test_what_is_new_comes_before_the_same_words_of_long_ago() -> None:
    snapshot = snapshot_of(
        [
            article("old", "Seafood was banned in the north.", published=ASKED_AT - timedelta(days=900)),
            article("new", "Seafood was banned in the south.", published=ASKED_AT - timedelta(hours=1)),
        ]
    )
    hits = found(snapshot, asking("seafood banned"))
    assert ids(hits) == ["new", "old"]
    assert hits[0].features.fresh > 0.9 > 0.01 > hits[1].features.fresh


def of_ages(days: Sequence[int | None]) -> Snapshot:
    """Articles on one subject, so many days old; the older, the more words of the subject."""
    return snapshot_of(
        [
            article(
                f"old-{age}",
                " ".join([f"The harbour strike went on, report {'abcdefgh'[place]}."] * (place + 1)),
                published=None if age is None else ASKED_AT - timedelta(days=age),
            )
            for place, age in enumerate(days)
        ]
    )


def test_of_a_topic_the_newest_articles_come_first_and_the_undated_last() -> None:
    snapshot = of_ages((3, 400, None, 4000))
    query = replace(asking("harbour strike"), parsed=ParsedQuestion(newest=True))
    assert ids(found(snapshot, query)) == ["old-3", "old-400", "old-4000", "old-None"]


def test_of_a_topic_what_is_beside_it_waits_however_new() -> None:
    articles = [
        article("on", "The harbour strike went on.", published=ASKED_AT - timedelta(days=900)),
        article("beside", "Rain fell on the harbour for a whole day.", published=ASKED_AT),
    ]
    query = replace(asking("harbour strike"), parsed=ParsedQuestion(newest=True))
    assert ids(found(snapshot_of(articles), query))[0] == "on"


def test_of_a_topic_each_article_is_shown_once_on_a_page() -> None:
    articles = [
        article(name, long_text("harbour"), published=ASKED_AT - timedelta(days=age))
        for name, age in (("new", 1), ("old", 50))
    ]
    newest = replace(asking("harbour talk"), parsed=ParsedQuestion(newest=True))
    assert len(set(ids(found(snapshot_of(articles), newest, PAGE)))) == len(articles)


def test_how_it_is_now_is_rather_in_the_newer_article() -> None:
    snapshot = of_ages((300, 4000))
    plain = asking("What is the harbour strike?")
    now = plain.with_hints((Hint(HintKind.NOW, "now", HintUse.BOOST),))
    assert ids(found(snapshot, now))[0] == "old-300"


def test_who_won_a_contest_is_told_first_by_the_newest_article_that_names_the_winner() -> None:
    days = {"old": 8000, "new": 400, "preview": 1}
    texts = {
        "old": "Himeji won the Nara Cup: who won the Nara Cup is the talk of Nara.",
        "new": "A storm came over Nara, where Kobe won the Nara Cup in the rain.",
        "preview": "Who will win the Nara Cup? Osaka hopes to win the Nara Cup.",
    }
    articles = [
        article(name, text, published=ASKED_AT - timedelta(days=days[name])) for name, text in texts.items()
    ]
    assert ids(found(snapshot_of(articles), asking("Who won the Nara Cup?"))) == ["new", "old", "preview"]


def test_who_holds_an_office_is_told_first_by_the_newest_article_that_names_somebody() -> None:
    days = {"oldest": 900, "older": 400, "same": 20, "newest": 0}
    texts = {
        "oldest": "The mayor of Nara, Bo Ek, is the mayor who is the talk of Nara.",
        "older": "Mayor Bo Ek of Nara.",
        "same": "The mayor of Nara, Ada Oro, is in Nara.",
        "newest": "A storm came over the port of Nara, said Nara Mayor Ada Oro.",
    }
    unnamed = [article("unnamed", "Who is the mayor of Nara? The mayor of Nara is ill.", published=ASKED_AT)]
    named = [
        article(name, text, published=ASKED_AT - timedelta(days=days[name])) for name, text in texts.items()
    ]
    order = ids(found(snapshot_of([*named, *unnamed]), asking("Who is the mayor of Nara?")))
    assert set(order[:2]) == {"same", "newest"}
    assert order[2:] == ["older", "oldest", "unnamed"]


@pytest.mark.parametrize(
    ("question", "first"), [("who runs Nara Port", "new"), ("who founded Nara Port", "old")]
)
def test_the_newest_holder_of_a_role_is_first_and_the_founder_that_is_told_best(
    question: str, first: str
) -> None:
    texts = {
        "old": "Nara Port was founded and built, and Nara Port founder and CEO Bo Ek runs it and spoke.",
        "new": "A storm came, said Nara Port founder and CEO Ada Oro on a boat in the rain of the night.",
        "other": "Who runs Nara Port? Who founded Nara Port? Kobe Bank CEO Cy Fox spoke in Nara Port.",
    }
    days = {"old": 900, "new": 0, "other": 0}
    articles = [
        article(name, text, published=ASKED_AT - timedelta(days=days[name])) for name, text in texts.items()
    ]
    order = ids(found(snapshot_of(articles), asking(question)))
    assert (order[0], order[-1]) == (first, "other")
