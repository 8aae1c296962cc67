import pytest

from corpus.readers.pages.first_lines import FirstLines, read_first_lines

PROSE = "The bridge was closed on Monday, as engineers had found cracks in two of its pillars."


@pytest.mark.parametrize(
    ("line", "published", "author"),
    [
        ("By Ann Lee", None, "Ann Lee"),
        ("14 January 2026", "2026-01-14", None),
        ("By Ann Lee, 14 January 2026", "2026-01-14", "Ann Lee"),
        ("By Ann Lee and Bo Ruiz | January 14, 2026 | 3 min read", "2026-01-14", "Ann Lee and Bo Ruiz"),
        ("By Ann Lee — 14 January 2026 — Updated 15 January 2026", "2026-01-14", "Ann Lee"),
        ("Published: 14 January 2026 • Last updated: 15 January 2026", "2026-01-14", None),
        ("Updated on 15 January 2026", "2026-01-15", None),
        ("Von Ann Lee", None, "Ann Lee"),
        ("Stand: 14.01.2026 09:12 Uhr", "2026-01-14T09:12:00Z", None),
        ("*By Ann Lee*", None, "Ann Lee"),
        ("By Ann Lee\n14 January 2026", "2026-01-14", "Ann Lee"),
        ("By Ann Lee, staff reporter", None, "Ann Lee"),
        ("By ANN LEE, Political Editor", None, "ANN LEE"),
        (
            "By Ann Lee and Bo Ruiz, Chief Foreign Correspondents, in New Brannock",
            None,
            "Ann Lee and Bo Ruiz",
        ),
        ("By Ann Lee, Bo Ruiz, Science Editor | 14 January 2026", "2026-01-14", "Ann Lee, Bo Ruiz"),
        ("By Ann Lee in Brannock", None, "Ann Lee"),
        ("Von Ann Lee, Berlin", None, "Ann Lee"),
        ("Ann Lee | 14 January 2026", "2026-01-14", "Ann Lee"),
        ("Published on Wednesday 14 January 2026 at 10.15 GMT", "2026-01-14T10:15:00Z", None),
        ("Author: Ann Lee\nDate: 14.01.2026", "2026-01-14", "Ann Lee"),
        ("03/04/2026", "03/04/2026", None),
        ("이문 기자 moon@post.example", None, "이문"),
    ],
)
def test_a_line_that_speaks_of_the_article_alone_is_none_of_its_text(
    line: str, published: str | None, author: str | None
) -> None:
    assert read_first_lines([line, PROSE]) == FirstLines(published, author, [PROSE])


@pytest.mark.parametrize(
    "line",
    [
        "By noon the bridge was closed",
        "By Monday, the bridge was closed.",
        "By Ann Lee, who was there",
        "By Ann Lee, the editor was there",
        "By Ann Lee in Brannock the bridge was closed",
        "Ann Lee | Harbour",
        "Middle East | 14 January 2026",
        "On 14 January 2026 the bridge was closed",
        "Updated plans for the bridge",
        "Bridge | Harbour | Post",
        "5 min read, 3 stars",
    ],
)
def test_a_sentence_that_begins_alike_stays(line: str) -> None:
    assert read_first_lines([line, PROSE]) == FirstLines(None, None, [line, PROSE])


def test_the_days_of_a_chronology_stay() -> None:
    said = read_first_lines(["20 March 2024", PROSE, "21 March 2024", PROSE], known="2026-01-14")
    assert said == FirstLines(None, None, ["20 March 2024", PROSE, "21 March 2024", PROSE])
    said = read_first_lines(["14 January 2026", PROSE], known="2026-01-14T23:30:00Z")
    assert said.paragraphs == [PROSE]


def test_nothing_but_such_lines_is_the_text() -> None:
    assert read_first_lines(["14 January 2026"]) == FirstLines(None, None, ["14 January 2026"])
