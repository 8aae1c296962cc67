import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.parsing.html_text import html_to_text, looks_like_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain words", "plain words"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One<br>two<br/>three</p>", "One\ntwo\nthree"),
        ("5 < 6 and 7 > 6 &amp;amp; &lt;b&gt;", "5 < 6 and 7 > 6 &amp; <b>"),
        ("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->", "One."),
        ("<p>One</p><script>var a = '</p><p>no</p>';</script><style>p{}</style><p>Two</p>", "One\n\nTwo"),
        ("<iframe src='x'>no</iframe><svg><text>no</text></svg>One", "One"),
        ('<img alt="a > b" src=x>One <a href="/?a=1>2">two</a>', "One two"),
        ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\n\nafter"),
        ("<table><tr><th>Year</th><th>A</th></tr><tr><td>2025</td><td>9</td></tr></table>",
         "Year\tA\n2025\t9"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>One</p><div hidden><div>no</div>no</div><p>Two</p>", "One\n\nTwo"),
        ("<amp-consent><p>no</p></amp-consent>One", "One"),
        ('<div style="Display: none !important; color:red">no<br>no</div>One', "One"),
        ("<span style='overflow:hidden;max-height:0px'>no</span><td>One</td>", "One"),
        ("<div hidden>One<p>Two", "One\n\nTwo"),
        ('<input hidden><p class="a hidden b" title=" hidden ">One</p>', "One"),
        ('<p style="max-height:0.5em;border:0">One</p><p style="display:block">Two</p>', "One\n\nTwo"),
        ('<div hidden="until-found">One</div><p data-hidden>Two</p>', "One\n\nTwo"),
        ("<script>never ends", "never ends"),
        ("<!-- never ends", "<!-- never ends"),
        ("caf&eacute;&nbsp;&#8212; &unknown; & <", "café — &unknown; & <"),
        ("<P>ONE</P><SCRIPT>no</SCRIPT>İ<SCRIPT>no</SCRIPT>", "ONE\n\nİ"),
    ],
)  # fmt: skip
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


def test_line_breaks_count_where_they_are_wanted() -> None:
    assert html_to_text("One.\nTwo.\n\nThree.", line_breaks=True) == "One.\nTwo.\n\nThree."
    assert html_to_text("One.\nTwo.\n\nThree.") == "One. Two. Three."


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>One</p>", True),
        ("One<br/>two", True),
        ("<!-- wp:paragraph -->", True),
        ("if a < b and c > d", False),
        ("<3", False),
        ("a <- b, c -> d", False),
        ("see <https://post.example>", False),
    ],
)
def test_a_sign_alone_is_no_html(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<p", "&", "</", '<a b="', "<?", "<![CDATA[", "<a\"'>", "<script>", "<pre>"]
)
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    started = time.monotonic()
    html_to_text(piece * 100_000)
    assert time.monotonic() - started < 5


@given(st.text(alphabet="<>/!-pbr aé&;\"'=\n"))
def test_anything_is_read_and_has_no_space_at_the_ends_of_lines(markup: str) -> None:
    text = html_to_text(markup)
    assert all(line == line.strip(" ") for line in text.split("\n"))
    assert "\n\n\n" not in text


@given(st.text(alphabet=st.characters(exclude_characters="<>&\r", exclude_categories=["Cc", "Cs", "Z"])))
def test_text_without_signs_stays_as_it_is(text: str) -> None:
    assert html_to_text(text) == text
