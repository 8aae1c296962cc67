import pytest

from corpus.web.address import is_address, is_public, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://news.example", "https://news.example/"),
        ("HTTPS://WWW.News.Example/A", "https://www.news.example/A"),
        ("http://news.example:80/a?b=c&d#part", "http://news.example/a?b=c&d"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://뉴스.example/한글?q=é", "https://xn--vg1b002a.example/%ED%95%9C%EA%B8%80?q=%C3%A9"),
        ("https://news.example/a%20b/[c]|", "https://news.example/a%20b/%5Bc%5D%7C"),
        ("https://a_b.news.example/?a?b/c", "https://a_b.news.example/?a?b/c"),
        ("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_form(text: str, address: str) -> None:
    parsed = parse_address(text)
    assert str(parsed) == address
    assert parse_address(address) == parsed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("feed:file:///etc/passwd", "only http and https are fetched, not feed"),
        ("gopher://news.example/", "only http and https"),
        ("data:text/html,hello", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//news.example/a", "https:// is missing"),
        ("news.example/a", "https:// is missing"),
        ("", "https:// is missing"),
        ("http://user:pw@news.example/", "a user's name or password"),
        ("http://@news.example/", "a user's name or password"),
        ("http://news.example:22/", "port 22"),
        ("http://news.example:8080/", "port 8080"),
        ("http://news.example:0/", "port 0"),
        ("http://news.example:99999/", "can't be read"),
        ("http://news.example:x/", "can't be read"),
        ("http://[::1", "can't be read"),
        ("http://[::1%25lo]/", "a network interface"),
        ("http://[news]/", "can't be read|no name"),
        ("http:///a", "names no host"),
        ("http://./", "names no host"),
        ("http://a..b/", "no name"),
        ("http://exa%6dple.example/", "no name"),
        (f"http://{'a' * 64}.example/", "no name"),
        (f"http://{'a.' * 130}example/", "no name"),
        ("http://\u2488com/", "no name|can't be read"),
        ("http://news.example/a b", "holds a space"),
        ("http://news.example/\r\nHost: other", "holds a space"),
        ("http://news.example\\@other.example/", "holds a space or another sign"),
        ("http://news.example/\u202e", "holds a space or another sign"),
        ("http://news.example/" + "a" * 2000, "longer than"),
        ("http://news.example/" + "é" * 400, "longer than"),
    ],
)
def test_what_is_no_address_to_fetch_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        parse_address(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "2606:4700::1111%lo",
        "0x7f.1",
        "127.1",
        "2130706433",
        "localhost",
        "",
    ],
)
def test_an_address_that_is_not_everybodys_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.0.1.1", "::ffff:8.8.8.8", "2606:4700::1111", "2a00::1"],
)
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("start", "reference", "there"),
    [
        ("https://news.example/a/b?c", "d", "https://news.example/a/d"),
        ("https://news.example/a/b", "/d?e", "https://news.example/d?e"),
        ("https://news.example/a/b", "//other.example/d", "https://other.example/d"),
        ("http://news.example/a", "https://news.example/a", "https://news.example/a"),
        ("http://news.example/a", " http://other.example ", "http://other.example/"),
    ],
)
def test_a_redirect_is_followed_as_it_is_meant(start: str, reference: str, there: str) -> None:
    assert str(parse_address(start).follow(reference)) == there


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("http://news.example/a", "from https to http"),
        ("file:///etc/passwd", "only http and https"),
        ("https://news.example:22/", "port 22"),
        ("https://a@news.example/", "name or password"),
        ("https://[::1", "can't be read|Invalid"),
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(reference: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_address("https://news.example/").follow(reference)


def test_a_host_is_named_without_www() -> None:
    assert parse_address("https://www.news.example/a").site == "news.example"
    assert parse_address("https://www.news.example/a?b").path == "/a"


@pytest.mark.parametrize(
    ("location", "meant"),
    [("https://a.example", True), ("file:///a", True), ("/a/b.md", False), ("a", False)],
)
def test_a_location_with_a_scheme_is_an_address(location: str, meant: bool) -> None:
    assert is_address(location) is meant
