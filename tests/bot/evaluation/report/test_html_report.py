"""The report is one page that loads and runs nothing, and shows what it was given as text."""

import re
from dataclasses import replace

import pytest

from bot.answers.answer import Quote
from bot.answers.question_file import Question
from bot.evaluation.ask_all import Asked
from bot.evaluation.comparison import compare
from bot.evaluation.evidence import Evidence
from bot.evaluation.judged_questions import JudgedQuestion
from bot.evaluation.outcome import Group, Outcome
from bot.evaluation.report.html_report import MISSES_LISTED, misses, report
from tests.bot.evaluation.results import AT, FOREIGN, found, quote_of, run_of
from tests.elements import Elements
from tests.retrieval.snapshots import article

EVIL = "<script>alert(1)</script><img src=https://evil.example/a.png onerror=x>\"'&{{ 7 * 7 }}"
ARTICLE = article(EVIL, f"It began. {EVIL} It ended.", title=EVIL, source=EVIL)


def asked(outcome: Outcome, *quotes: Quote) -> Asked:
    question = Question(outcome.id, outcome.question, AT, {}, "q.jsonl:1")
    evidence = (Evidence(EVIL, EVIL),)
    judged = JudgedQuestion(question, evidence, EVIL, True, outcome.type, (), None, None, frozenset(), False)
    return Asked(judged, outcome, quotes)


QUOTE = quote_of(ARTICLE, ARTICLE.text, EVIL)
HOSTILE = [
    found(None, id=EVIL, question=f"missed {EVIL}", type=EVIL, error=EVIL),
    found(1, id="a", question="found?"),
    found(2, id="b", question="refused?", answered=False),
    replace(FOREIGN, id="c", question="foreign?", answered=True),
    found(None, id="d", question="elsewhere?", group=Group.ELSEWHERE),
    found(None, id="e", question="unjudged?", group=Group.UNJUDGED),
]


@pytest.fixture(scope="module")
def page() -> str:
    run = run_of(
        *HOSTILE, questions=EVIL, model=EVIL, generations={EVIL: EVIL}, changes={EVIL: EVIL}, newsdesk=EVIL
    )
    better = [replace(HOSTILE[0], rank=1), replace(HOSTILE[1], rank=None), *HOSTILE[2:]]
    before = replace(run, outcomes=tuple(better))
    return report(run, [asked(one, QUOTE) for one in HOSTILE], compare(before, run))


def test_the_texts_of_others_are_shown_and_make_no_element(page: str) -> None:
    elements = Elements(page)
    assert not {"script", "img", "iframe", "link", "form", "a"} & {*elements.tags}
    assert [name for name, _ in elements.attributes if name.startswith("on")] == []
    assert elements.texts["h1"] == [f"Evaluation of {EVIL}"]
    assert elements.texts["mark"] == [EVIL] * 5
    assert f"missed {EVIL}" in "".join(elements.texts["summary"])


def test_it_loads_nothing_and_says_so_to_the_browser(page: str) -> None:
    elements = Elements(page)
    shown = re.sub(r"https://evil\.example", "", page)
    assert set(re.findall(r"[a-z]+://[^\"'\s<]+", shown)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    loaded = {value for name, value in elements.attributes if "href" in name}
    assert loaded
    assert all(value and value.startswith("#") for value in loaded)
    assert not re.search(r"url\((?!#)|@import", page)
    policy = elements.attributes.index(("http-equiv", "Content-Security-Policy"))
    assert elements.attributes[policy + 1] == ("content", "default-src 'none'; style-src 'unsafe-inline'")


def test_plots_take_the_page_s_colours_and_their_letters_stay_letters(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 4
    for drawing in drawings:
        assert "var(--ink)" in drawing
        assert not re.search(r"#[0-9a-f]{6}\b", drawing)
        assert "font-family" not in drawing
        assert not re.search(r"<svg[^>]* (?:width|height)=", drawing)
    assert "right among the first three</text>" in page
    ids = re.findall(r' id="([^"]*)"', page)
    assert len({*ids}) >= len(ids) - 1  # the same mark in two plots is the same


def test_the_same_run_gives_the_same_page() -> None:
    run = run_of(*HOSTILE)
    assert report(run, [], None) == report(run, [], None)


def test_a_run_of_nothing_is_a_page_too() -> None:
    elements = Elements(report(run_of(), [], None))
    assert elements.texts["h1"] == ["Evaluation of q.jsonl"]
    assert "svg" not in elements.tags


def test_each_question_that_went_wrong_is_in_one_list_the_worst_first() -> None:
    outcomes = [
        found(1),
        found(4, id="sure", confidence=0.9),
        found(None, id="unsure", confidence=0.4),
        found(2, id="shy", answered=False),
        found(None, id="lost", answered=False),
        replace(FOREIGN, id="fooled", answered=True),
        FOREIGN,
    ]
    listed = [[one.outcome.id for one in those] for those in misses([*map(asked, outcomes)]).values()]
    assert listed == [["sure", "unsure"], ["fooled"], ["shy"], ["lost"]]


def test_a_long_list_is_cut_and_says_so() -> None:
    outcomes = [found(None, id=f"q{number}") for number in range(MISSES_LISTED + 5)]
    texts = Elements(report(run_of(*outcomes), [*map(asked, outcomes)], None)).texts
    assert f"Answered with something else: {MISSES_LISTED + 5} questions" in "".join(texts["h3"])
    assert "".join(texts["summary"]).count("Who?") == MISSES_LISTED
    assert f"the first {MISSES_LISTED}" in "".join(texts["small"])
