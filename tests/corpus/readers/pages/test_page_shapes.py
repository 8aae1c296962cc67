"""Pages as sites make them, small and in our own words: each an article, or named as none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from tests.corpus.pages import BODY, FIRST, SECOND, TEXT, page
from tests.corpus.readers.reading import Reading

_PAGES = Reading("page.html")
MORE = [
    f"Paragraph {number} of the report tells what the engineers saw on day {number} of their work there, "
    f"where pillar {number} was measured twice and found to have moved by {number} millimetres since spring."
    for number in range(1, 9)
]
LONG = "\n\n".join([FIRST, SECOND, *MORE])
NEWS = {
    "@type": "NewsArticle",
    "headline": "Bridge closed after cracks were found",
    "url": "https://post.example/2026/bridge",
}
TITLE = "<title>Bridge closed after cracks were found - The Post</title>"


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def one(folder: Path, content: str) -> Article:
    return _PAGES.one(folder, content)


# Pages that were cut off


def test_a_page_that_says_more_in_its_json_ld_is_read_from_there(tmp_path: Path) -> None:
    """A page whose script puts the rest of the text there, as many do behind a "read more"."""
    article = one(tmp_path, page(TITLE + json_ld(NEWS | {"articleBody": LONG}), f"<p>{FIRST}</p>"))
    assert article.text == LONG


def test_a_body_in_json_ld_with_markup_is_read_without_it(tmp_path: Path) -> None:
    body = "".join(f"<p>{line.replace('and', '&amp;')}</p>" for line in LONG.split("\n\n"))
    article = one(tmp_path, page(TITLE + json_ld(NEWS | {"articleBody": body}), "<p>Loading the story.</p>"))
    assert article.text == LONG.replace("and", "&")


def test_a_body_in_json_ld_of_about_the_same_length_is_not_taken(tmp_path: Path) -> None:
    article = one(tmp_path, page(TITLE + json_ld(NEWS | {"articleBody": "Something else. " * 30}), BODY))
    assert article.text == TEXT


def test_text_in_boxes_that_precision_takes_for_a_menu_is_found(tmp_path: Path) -> None:
    boxes = "".join(f"<div class='related-content'><p>{line}</p></div>" for line in MORE)
    text = one(tmp_path, page(TITLE, f"<p>{FIRST}</p>{boxes}")).text
    assert FIRST in text


def test_a_gallery_has_its_captions(tmp_path: Path) -> None:
    figures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>{line}</figcaption></figure>"
        for n, line in enumerate(MORE[:4])
    )
    text = one(tmp_path, page(TITLE + json_ld(NEWS), f"<h1>{NEWS['headline']}</h1>{figures}")).text
    assert text == "\n\n".join(MORE[:4])


CAPTIONS = ["A boat lies on the quay after the storm", "Waves broke over the light", "The roof is gone"]


def test_a_gallery_is_a_caption_a_paragraph_without_the_pages_menu(tmp_path: Path) -> None:
    figures = "".join(
        f"<div class='item'><figure><img src='{n}.jpg'><figcaption><span>{line}</span> <span>Photo: Ann Lee"
        f"</span></figcaption></figure></div>"
        for n, line in enumerate(CAPTIONS)
    )
    body = f"<header><nav><a href='/'>Home</a></nav></header><main><h1>The storm</h1>{figures}</main>"
    text = one(tmp_path, f"<html><head><title>The storm</title></head><body>{body}</body></html>").text
    assert text.split("\n\n") == [f"{line} Photo: Ann Lee" for line in CAPTIONS]


def test_captions_are_told_by_their_class_too(tmp_path: Path) -> None:
    slides = "".join(
        f"<div><img src='{n}.jpg'><div class='slide-count'>{n}/3</div>"
        f"<p class='slide-caption'>{line}</p></div>"
        for n, line in enumerate(CAPTIONS, 1)
    )
    text = one(tmp_path, f"<html><body><h1>The storm</h1><div>{slides}</div></body></html>").text
    assert [line for line in text.split("\n\n") if line in CAPTIONS] == CAPTIONS
    assert "/3" not in text


def test_a_gallery_in_json_ld_is_its_captions(tmp_path: Path) -> None:
    gallery = {"@type": "ImageGallery", "headline": "The storm", "datePublished": "2026-01-14"}
    pictures = [{"@type": "ImageObject", "caption": line} for line in CAPTIONS]
    article = one(tmp_path, page(json_ld(gallery | {"associatedMedia": pictures}), "<img src='a.jpg'>"))
    assert article.title == "The storm"
    assert article.text == "\n\n".join(CAPTIONS)


def test_a_home_page_whose_headlines_are_found_run_together_is_no_article(tmp_path: Path) -> None:
    links = "".join(
        f"<li><a href='/{n}'>Headline {n} of the day tells of a bridge</a></li>" for n in range(9)
    )
    problem = _PAGES.refusal(tmp_path, f"<html><body><h1>The Post</h1><ul>{links}</ul></body></html>")
    assert "a list of headlines" in problem.reason


@pytest.mark.parametrize(
    "box",
    [
        "<div class='kg-card kg-signup-card'><h2>Sign up for The Post</h2><p>News, once a week.</p></div>",
        "<div class='paywall'><h2>For subscribers</h2><p>All offers are here.</p></div>",
        "<div id='cookie-banner'><p>Cookies make this site better for everybody who reads it.</p></div>",
    ],
)
def test_a_box_that_is_none_of_the_article_is_left_out(tmp_path: Path, box: str) -> None:
    assert one(tmp_path, page(TITLE, BODY + box)).text == TEXT


def test_an_article_that_is_named_after_its_paywall_is_read(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in MORE)
    assert MORE[-1] in one(tmp_path, page(TITLE, f"<div class='paywall'>{body}</div>")).text


def test_a_page_that_only_leads_on_names_where(tmp_path: Path) -> None:
    head = "<meta http-equiv='refresh' content=\"0; url='https://a.example/b'\">"
    problem = _PAGES.refusal(tmp_path, f"<html><head>{head}</head><body><p>Going on.</p></body></html>")
    assert problem.reason == "the page only leads on: add https://a.example/b"
    often = page(TITLE + "<meta http-equiv='refresh' content='300; url=https://a.example/b'>")
    assert one(tmp_path, often).text == TEXT


def test_a_page_that_a_script_fills_says_what_to_do(tmp_path: Path) -> None:
    shell = "<html><head><title>Bridge</title></head><body><div id='__next'></div></body></html>"
    problem = _PAGES.refusal(tmp_path, shell)
    assert problem.reason == "its text is put there by a script: save it from a browser that shows it"


# Facts


def test_the_date_of_a_comment_is_not_the_pages(tmp_path: Path) -> None:
    comments = (
        "<section class='comments' id='comments'><h3>Comments</h3><div class='comment'>"
        "<span class='date'>Posted on 5 June 2020</span><p>I have crossed it every day for years.</p></div>"
        "</section>"
    )
    assert one(tmp_path, page(TITLE, BODY + comments)).published is None


def test_the_date_of_a_comment_in_microdata_is_not_the_pages(tmp_path: Path) -> None:
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'><time itemprop='datePublished' "
        "datetime='2020-06-05'>5 June 2020</time><p>I have crossed it every day for years.</p></div>"
    )
    assert one(tmp_path, page(TITLE, BODY + comment)).published is None


def test_a_date_in_the_byline_is_the_pages(tmp_path: Path) -> None:
    byline = (
        "<div class='byline'>By Ann Lee <time datetime='2026-01-14T09:30:00Z'>14 January 2026</time></div>"
    )
    assert one(tmp_path, page(TITLE, byline + BODY)).published == datetime(2026, 1, 14, 0, 0, tzinfo=UTC)


MODIFIED = "<meta property='article:modified_time' content='2026-02-01T10:00:00Z'>"


def test_a_date_that_is_of_the_last_change_is_said_to_be_that(tmp_path: Path) -> None:
    remark, article = _PAGES.read(tmp_path, page(TITLE + MODIFIED, BODY))
    assert isinstance(article, Article)
    assert article.published == datetime(2026, 2, 1, tzinfo=UTC)
    assert isinstance(remark, Problem)
    assert "that of its last change" in remark.reason
    assert not remark.refused


def test_a_page_that_says_both_dates_has_that_of_publication_without_a_word(tmp_path: Path) -> None:
    both = MODIFIED + "<meta property='article:published_time' content='2026-01-14T09:30:00Z'>"
    assert one(tmp_path, page(TITLE + both, BODY)).published == datetime(2026, 1, 14, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ({"@type": "Organization", "name": "The Post"}, None),
        ("Post", None),
        ([{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "The Post"}], "Ann Lee"),
        ("By Ann Lee", "Ann Lee"),
        ("desk@post.example", None),
        ("Press Agency", "Press Agency"),
    ],
)
def test_a_publisher_is_no_author(tmp_path: Path, authors: object, expected: str | None) -> None:
    node = NEWS | {"author": authors, "publisher": {"@type": "Organization", "name": "The Post"}}
    assert one(tmp_path, page(TITLE + json_ld(node))).author == expected


def test_a_related_story_that_comes_first_is_not_the_pages(tmp_path: Path) -> None:
    related = {
        "@type": "NewsArticle",
        "headline": "Mayor opens a school",
        "url": "https://post.example/school",
    }
    head = f'{TITLE}<link rel="canonical" href="https://post.example/2026/bridge">'
    assert one(tmp_path, page(head + json_ld([related, NEWS]))).title == NEWS["headline"]
    by_title = NEWS | {"url": "https://post.example/2026/bridge?ref=home"}
    assert one(tmp_path, page(TITLE + json_ld([related, by_title]))).title == NEWS["headline"]


def test_of_a_page_that_only_describes_related_stories_none_is_taken(tmp_path: Path) -> None:
    related = {
        "@type": "NewsArticle",
        "headline": "Mayor opens a school",
        "url": "https://post.example/school",
    }
    head = f'{TITLE}<link rel="canonical" href="https://post.example/2026/bridge">'
    article = one(tmp_path, page(head + json_ld(related | {"datePublished": "2020-01-01"})))
    assert article.title.startswith("Bridge closed")
    assert (article.url, article.published) == ("https://post.example/2026/bridge", None)


@pytest.mark.parametrize(
    ("canonical", "shared", "own", "expected"),
    [
        ("http://localhost:3000/bridge", "https://post.example/bridge", None, "https://post.example/bridge"),
        ("http://10.0.0.7/bridge", "https://post.example/bridge", None, "https://post.example/bridge"),
        ("https://post.example/", "https://post.example/bridge", None, "https://post.example/bridge"),
        ("https://post.example/", None, "https://post.example/bridge", "https://post.example/bridge"),
        (
            "https://sister.example/b",
            "https://post.example/b",
            "https://post.example/b",
            "https://post.example/b",
        ),
        ("https://sister.example/b", None, None, "https://sister.example/b"),
        ("https://www.post.example/b", "https://m.post.example/b?x=1", None, "https://www.post.example/b"),
        ("http://localhost:3000/bridge", None, None, None),
        ("https://post.example", None, None, None),
    ],
)
def test_the_address_is_one_that_leads_to_the_page(
    tmp_path: Path, canonical: str, shared: str | None, own: str | None, expected: str | None
) -> None:
    head = f'{TITLE}<link rel="canonical" href="{canonical}">'
    head += f'<meta property="og:url" content="{shared}">' if shared else ""
    head += json_ld(NEWS | {"url": own}) if own else ""
    assert one(tmp_path, page(head)).url == expected


# Lines that are none of the article's


def test_calls_and_labels_are_left_out_of_the_text(tmp_path: Path) -> None:
    body = (
        f"<p>{FIRST}</p><p>Subscribe now to continue reading this article.</p>"
        f"<p>Sign up for our free daily newsletter and never miss a story.</p>"
        f"<p>The council published a <a href='/x'>report<span>, opens new tab</span></a> on the "
        f"pillars that it had ordered in the autumn, and which nobody had expected so soon.</p>"
        f"<p>Advertisement</p>"
        f"<p>{SECOND}</p><p>{MORE[0]}… [+2311 chars]</p>"
    )
    text = one(tmp_path, page(TITLE, body)).text
    assert text == "\n\n".join(
        [
            FIRST,
            "The council published a report on the pillars that it had ordered in the autumn, and which "
            "nobody had expected so soon.",
            SECOND,
            f"{MORE[0]}…",
        ]
    )


# Live blogs

LIVE = NEWS | {
    "@type": ["LiveBlogPosting"],
    "datePublished": "2026-01-14T08:00:00+09:00",
    "articleBody": "What happens at the bridge, as it happens.",
    "liveBlogUpdate": [
        {
            "@type": "BlogPosting",
            "headline": "Ferries run",
            "datePublished": "2026-01-14T18:30:00+09:00",
            "articleBody": f"<p>{SECOND}</p>",
        },
        {"headline": "Bridge closed", "datePublished": "2026-01-14T09:05:00Z", "articleBody": FIRST},
        {"headline": "Before", "datePublished": "whenever", "articleBody": MORE[0]},
        "no update",
        {"@type": "BlogPosting"},
    ],
}


def test_the_updates_of_a_live_blog_have_their_headings_and_times(tmp_path: Path) -> None:
    body = f"<h2>Ferries run</h2><p>{SECOND}</p><h2>Bridge closed</h2><p>{FIRST}</p>"
    article = one(tmp_path, page(TITLE + json_ld({"@graph": [LIVE]}), body))
    assert article.text == (
        f"What happens at the bridge, as it happens.\n\n"
        f"14 January 2026, 09:30 UTC: Ferries run\n\n{SECOND}\n\n"
        f"14 January 2026, 09:05 UTC: Bridge closed\n\n{FIRST}\n\nBefore\n\n{MORE[0]}"
    )
    assert article.published == datetime(2026, 1, 13, 23, 0, tzinfo=UTC)


def test_where_json_ld_only_names_the_updates_their_times_stand_before_the_pages_headings(
    tmp_path: Path,
) -> None:
    updates = [
        {"headline": "Ferries run", "datePublished": "2026-01-14T09:30:00Z"},
        {"headline": "Bridge closed", "datePublished": "2026-01-14T09:05:00Z"},
    ]
    body = f"<h2>Ferries run</h2><p>{SECOND}</p><h2>Bridge closed</h2><p>{FIRST}</p>"
    node = LIVE | {"liveBlogUpdate": updates, "articleBody": None}
    text = one(tmp_path, page(TITLE + json_ld(node), body)).text
    assert text.startswith(
        f"14 January 2026, 09:30 UTC: Ferries run\n\n{SECOND}\n\n14 January 2026, 09:05 UTC: "
    )


@pytest.mark.parametrize("updates", [None, 5, "text", [], [5, None], {"headline": "One"}, [[{}]]])
def test_odd_updates_do_no_harm(tmp_path: Path, updates: object) -> None:
    article = one(tmp_path, page(TITLE + json_ld(LIVE | {"liveBlogUpdate": updates, "articleBody": None})))
    assert FIRST in article.text


# Pages that hold no article


def teasers(count: int) -> str:
    return "".join(
        f"<article class='teaser'><h2><a href='/{n}'>Story number {n} of the day</a></h2>"
        f"<p>{line}</p></article>"
        for n, line in enumerate((MORE * 3)[:count])
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "<title>404 - Page not found</title><h1>Oops</h1><p>We could not find what you wanted, "
            "try the home page of the newspaper instead.</p>",
            "not found",
        ),
        (
            "<title>The Post</title><h1>Sorry, this page does not exist</h1><p>It may have been moved by its "
            "authors, or you followed an old link.</p>",
            "not found",
        ),
        (
            "<title>Just a moment...</title><p>Checking your browser before accessing post.example. This "
            "takes five seconds of your time.</p>",
            "check of the browser",
        ),
        (
            "<title>post.example</title><p>Please verify you are a human. Press and hold the button until "
            "it turns green, then wait.</p>",
            "check of the browser",
        ),
        (
            "<title>Access Denied</title><p>You don't have permission to access this page on this server, "
            "says the server of the newspaper.</p>",
            "check of the browser",
        ),
        (
            "<title>The Post</title><p>JavaScript is disabled in your browser. Please enable JavaScript to "
            "read our pages as they are meant.</p>",
            "asks for JavaScript",
        ),
        (
            "<title>Before you continue to The Post</title><p>Choose what happens with what we know of you, "
            "then go on to our pages.</p>",
            "asks for consent",
        ),
        (
            "<title>The Post</title><p>We and our 742 partners store and use cookies and personal data to "
            "show you what you like the most.</p>",
            "asks for consent",
        ),
        (f"<title>The Post</title><main>{teasers(8)}</main>", "list of headlines"),
        (
            f"<title>The Post</title>{json_ld({'@type': 'CollectionPage', 'name': 'News'})}"
            f"<main>{BODY}</main>",
            "home page or a list",
        ),
        (
            "<title>The Post</title><link rel=canonical href='https://post.example/'>"
            f"<meta property='og:type' content='website'><main>{BODY}</main>",
            "home page or a list",
        ),
    ],
    ids=lambda value: value[:40],
)
def test_a_page_that_is_no_article_is_named_and_left_out(tmp_path: Path, content: str, reason: str) -> None:
    problem = _PAGES.refusal(tmp_path, f"<!DOCTYPE html><html><body>{content}</body></html>")
    assert reason in problem.reason


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST}</p><p>About 404 people live in the village behind it, and 403 of them have no boat.</p>",
        f"<p>{FIRST}</p><p>The committee asked whether data of travellers was used with their consent.</p>",
        f"<h1>Café stands by the bridge</h1><p>{FIRST}</p><ul>"
        f"<li><a href='/1'>Why the old bridge moved</a></li>"
        f"<li><a href='/2'>How the ferries will run</a></li></ul><p>{SECOND}</p>",
        f"{BODY}<aside class='related'>{teasers(6)}</aside>",
        BODY
        + "".join(
            f"<div class='card'><a href='/{n}'>Story {n} that is not this one</a></div>" for n in range(8)
        ),
    ],
)
def test_an_article_that_looks_a_little_like_one_stays(tmp_path: Path, body: str) -> None:
    assert FIRST in one(tmp_path, page("<title>Bridge closed</title>", body)).text


def test_parts_of_a_saved_page_are_named(tmp_path: Path) -> None:
    (tmp_path / "Bridge.html").write_text(page())
    [problem] = _PAGES.read(tmp_path, page(), "Bridge_files/ad.html")
    assert "part of the saved page Bridge.html" in str(problem)


def test_what_lies_in_the_folder_of_a_saved_page_that_is_absent_is_none_of_its_own(tmp_path: Path) -> None:
    [problem] = _PAGES.read(tmp_path, page(), "Other_files/ad.html")
    assert "it lies in Other_files, where browsers put what a saved page shows" in str(problem)
    described = page(json_ld(NEWS))
    assert isinstance(_PAGES.read(tmp_path, described, "Other_files/page.html")[-1], Article)
    assert isinstance(_PAGES.read(tmp_path, page(), "my files/page.html")[-1], Article)


@pytest.mark.parametrize(
    "title",
    [
        "404 people leave the village",
        "Access denied: how the port shut its gates",
        "Before you continue to drink",
    ],
)
def test_a_page_that_says_that_it_is_an_article_is_believed(tmp_path: Path, title: str) -> None:
    head = f"<title>{title}</title>" + json_ld(NEWS | {"headline": title})
    assert FIRST in one(tmp_path, page(head)).text


def test_a_number_at_the_start_of_a_title_is_no_error(tmp_path: Path) -> None:
    assert FIRST in one(tmp_path, page("<title>404 people leave the village</title>")).text


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("<!-- saved from url=(0027)https://a.example/x?id=1 -->", "https://a.example/x?id=1"),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/x \n-->", "https://a.example/x"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0022)http://localhost:80/x -->", None),
    ],
)
def test_where_a_page_was_saved_from_is_its_address_where_it_claims_none(
    tmp_path: Path, comment: str, url: str | None
) -> None:
    assert one(tmp_path, page().replace("<html", f"{comment}<html", 1)).url == url
    claimed = page('<link rel="canonical" href="https://b.example/y">')
    assert one(tmp_path, claimed.replace("<html", f"{comment}<html", 1)).url == "https://b.example/y"


def test_a_body_in_json_ld_of_one_paragraph_is_not_taken_for_words_run_together(tmp_path: Path) -> None:
    body = " ".join(MORE)
    aside = "".join(f"<div class='x{n}'>Other words of the page, number {n}.</div>" for n in range(9))
    text = one(tmp_path, page(TITLE + json_ld(NEWS | {"articleBody": body}), aside)).text
    assert text == body


# The date that a page shows


def shown(line: str, above: str = "", after: str = "") -> str:
    body = f"{above}<h1>Bridge closed</h1>{line}<article>{BODY}</article>{after}"
    return f"<html><head><title>Bridge closed</title></head><body>{body}</body></html>"


NINE = datetime(2026, 1, 14, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "<time class='entry-date' datetime='2026-01-14T10:12:00+01:00'>14 January</time>",
        "<span class='stamp' data-date-time='2026-01-14 09:12:00'>2026.01.14. 오전 9:12</span>",
        "<div class='meta'>14 января 2026, 09:12 · Анна Ли</div>",
        "<div class='info'>2026年01月14日 09:12 来源：海湾晚报 记者：李文</div>",
        "<p class='byline'>By Ann Lee | 2026-01-14 09:12</p>",
    ],
)
def test_the_date_below_the_headline_is_the_articles(tmp_path: Path, line: str) -> None:
    assert one(tmp_path, shown(line)).published == NINE


@pytest.mark.parametrize(
    ("line", "above", "after"),
    [
        ("", "<div class='date'>Wednesday, 14 January 2026</div>", ""),
        ("<time class='updated' datetime='2026-01-14'>14 January 2026</time>", "", ""),
        ("<div class='meta'>The bridge of 14 January 1931 is the oldest of the town.</div>", "", ""),
        ("", "", "<div class='related'><span class='date'>14 January 2026</span></div>"),
    ],
)
def test_another_date_on_a_page_is_not(tmp_path: Path, line: str, above: str, after: str) -> None:
    published = one(tmp_path, shown(line, above, after)).published
    assert published is None or published.time() != NINE.time()


@pytest.mark.parametrize(
    "archive",
    ["https://web.archive.org/web/20260114091200/", "https://archive.ph/2026.01.14-091200/"],
)
def test_a_page_from_an_archive_has_the_address_that_it_was_kept_from(tmp_path: Path, archive: str) -> None:
    head = f'<link rel="canonical" href="{archive}https://post.example/bridge">'
    assert one(tmp_path, page(head)).url == "https://post.example/bridge"


def test_words_of_a_menu_above_the_headline_are_no_text(tmp_path: Path) -> None:
    rows = (
        "<table><tr><td><a href='/'>Home</a><br><a href='/s'>Sport</a></td><td><b>Bridge closed</b><br><br>"
        f"{FIRST}<br><br>{SECOND}</td></tr></table>"
    )
    text = one(tmp_path, f"<html><head><title>Bridge closed</title></head><body>{rows}</body></html>").text
    assert text == TEXT


BLOCK = (
    "<article class='block'><time datetime='2026-01-14T{hour}:00:00Z'>{hour}:00</time>{heading}<p>{text}</p>"
    "</article>"
)


def test_a_live_blog_that_describes_no_updates_has_those_that_it_shows(tmp_path: Path) -> None:
    blocks = "".join(
        BLOCK.format(hour=hour, heading=f"<h2>Update of {hour}</h2>", text=MORE[hour - 10])
        for hour in (12, 11, 10)
    )
    text = one(
        tmp_path, f"<html><head>{TITLE}</head><body><h1>Live</h1><main>{blocks}</main></body></html>"
    ).text
    assert text.split("\n\n") == [
        line
        for hour in (12, 11, 10)
        for line in (f"14 January 2026, {hour}:00 UTC: Update of {hour}", MORE[hour - 10])
    ]


def test_teasers_with_times_are_no_live_blog(tmp_path: Path) -> None:
    blocks = "".join(
        BLOCK.format(
            hour=hour, heading=f"<h2><a href='/{hour}'>Story of {hour}</a></h2>", text=MORE[hour - 10]
        )
        for hour in (12, 11, 10)
    )
    found = _PAGES.read(tmp_path, f"<html><head>{TITLE}</head><body><main>{blocks}</main></body></html>")
    assert not any("UTC: " in one.text for one in found if isinstance(one, Article))


# What a browser does not show


@pytest.mark.parametrize(
    "hidden",
    [
        f"<amp-consent layout='nodisplay'><p>{MORE[0]}</p><p>{MORE[1]}</p></amp-consent>",
        f"<div hidden><p>{MORE[0]}</p></div>",
        f"<div style='display: none'><p>{MORE[0]}</p></div>",
    ],
)
def test_what_is_hidden_is_none_of_the_text(tmp_path: Path, hidden: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in MORE[3:])
    content = page(TITLE + json_ld(NEWS), f"{hidden}<p>{FIRST}</p>{paragraphs}")
    assert one(tmp_path, content).text == "\n\n".join([FIRST, *MORE[3:]])


def test_an_article_that_a_script_shows_is_read(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in MORE)
    content = page(TITLE + json_ld(NEWS), f"<div hidden class='story'>{paragraphs}</div>")
    assert MORE[-1] in one(tmp_path, content).text


@pytest.mark.parametrize(
    ("name", "day"),
    [("2026-01-20-bridge.html", 20), ("2026-01-20.html", 20), ("bridge-2026-01-20.html", None)],
)
def test_the_day_in_the_name_is_that_of_a_page_without_one(
    tmp_path: Path, name: str, day: int | None
) -> None:
    published = _PAGES.one(tmp_path, page(TITLE), name).published
    assert (published and published.day) == day
    dated = page(TITLE + '<meta property="article:published_time" content="2026-01-14">')
    assert _PAGES.one(tmp_path, dated, name).published == datetime(2026, 1, 14, tzinfo=UTC)
