"""The real fetcher against a real server; what it must refuse, with the defaults that it is used with."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from itertools import repeat

import pytest
import trustme

from corpus.errors import UnreadableSource
from corpus.web.address import is_public
from corpus.web.fetcher import BODY_LIMIT, NO_VALIDATORS, Gone, RetryLater, Validators
from corpus.web.ssrf_guard import Endpoint, resolve
from corpus.web.web_fetcher import FAILED_ROBOTS_LIFE, MAX_REDIRECTS, ROBOTS_LIFE, Timeouts, WebFetcher
from tests.corpus.site import BRIEF, HOST, Play, Site, answer, redirect

PAGE = b"<html><body><article><p>A tram ran.</p></article></body></html>"
HURRIED = Timeouts(connect=1.0, read=1.0, total=1.5)
MB = 1024 * 1024


def url(path: str = "/a", host: str = HOST) -> str:
    return f"http://{host}{path}"


def refusal(fetcher: WebFetcher, location: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        fetcher.fetch(location)
    assert not isinstance(caught.value, Gone)
    assert "\n" not in str(caught.value)
    assert caught.value.location == location
    return caught.value.reason


def chunked(content: Callable[[], Iterator[bytes]], **headers: str) -> Play:
    """A response whose length is not told before."""

    def play(connection: socket.socket) -> None:
        lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
        head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{''.join(lines)}\r\n"
        connection.sendall(head.encode())
        for piece in content():
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        connection.sendall(b"0\r\n\r\n")

    return play


# What it gives


def test_a_page_is_fetched_as_it_is() -> None:
    with Site({"/a?b=c": answer(PAGE, content_type="Text/HTML; Charset=EUC-KR")}) as site:
        found = site.fetcher().fetch(url("/a?b=c#part"))
        assert (found.address, found.body) == (url("/a?b=c"), PAGE)
        assert (found.media_type, found.charset) == ("text/html", "euc-kr")
        head = site.requests[-1]
    assert head.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"\r\nHost: {HOST}\r\n" in head
    assert f"\r\nUser-Agent: Newsdesk/{version('newsdesk')}\r\n" in head
    assert "\r\nAccept-Encoding: gzip, identity\r\n" in head
    assert not {"cookie:", "authorization:", "referer:"} & {word.lower() for word in head.split()}


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
def test_a_packed_page_is_unpacked(encoding: str) -> None:
    with Site({"/a": answer(gzip.compress(PAGE), content_encoding=encoding)}) as site:
        assert site.fetcher().fetch(url()).body == PAGE


def test_a_page_in_chunks_is_joined_and_what_no_header_says_is_not_made_up() -> None:
    with Site({"/a": chunked(lambda: iter([PAGE[:9], PAGE[9:]]))}) as site:
        found = site.fetcher().fetch(url())
    assert (found.body, found.media_type, found.charset) == (PAGE, "", None)


def test_a_page_of_just_the_limit_is_taken_and_no_more() -> None:
    pages = {"/a": answer(b"x" * BODY_LIMIT), "/b": answer(b"x" * (BODY_LIMIT + 1))}
    with Site(pages) as site:
        assert len(site.fetcher().fetch(url()).body) == BODY_LIMIT
        assert (
            refusal(site.fetcher(), url("/b"))
            == "it has more than the 5 MB allowed: download it, and add the file"
        )


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({}) as proxy, Site({"/a": answer(PAGE)}) as site:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://{}:{}".format(*proxy.endpoint))
        assert site.fetcher().fetch(url()).body == PAGE
        assert proxy.requests == []


# What it refuses


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The addresses that anyone tries to connect to, which fails."""
    tried: list[object] = []

    def connect(address: object, *_: object, **__: object) -> socket.socket:
        tried.append(address)
        raise OSError("this test allows no connection")

    monkeypatch.setattr(socket, "create_connection", connect)
    return tried


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        *(
            (location, "is not a public host")
            for location in (
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://0/",
                "http://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://①②⑦.⓪.⓪.①/",
                "http://169.254.169.254/latest/meta-data/",
                "http://localhost/",
                "https://localhost:80/",
            )
        ),
        ("file:///etc/passwd", "only http and https"),
        ("http://news.example:22/", "port 22"),
        ("http://no-such-host.invalid/", "there is no such host"),
    ],
)
def test_what_is_no_public_web_address_is_never_connected_to(
    location: str, reason: str, connections: list[object]
) -> None:
    assert reason in refusal(WebFetcher(), location)
    assert connections == []


@pytest.mark.parametrize(("status", "reason"), [(404, "it was not found"), (410, "it was removed")])
def test_a_page_that_is_gone_is_told_apart(status: int, reason: str) -> None:
    with Site({"/a": answer(b"no", f"{status} Gone"), "/b": redirect("/a")}) as site:
        for path in ("/a", "/b"):
            with pytest.raises(Gone, match=rf"{reason} \({status}\)"):
                site.fetcher().fetch(url(path))


def bomb() -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)  # the quickest: 100 times smaller all the same
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(200)), packer.flush()])


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        *((answer(b"", status), status[:3]) for status in ("204 No Content", "206 Part", "304 Not Modified")),
        *((answer(PAGE, status), status[:3]) for status in ("401 No", "403 No", "429 Slow", "500 Oh")),
        *((answer(body), "it is empty$") for body in (b"", b" \r\n\t")),
        (
            chunked(lambda: repeat(b"x" * MB)),
            "it has more than the 5 MB allowed: download it, and add the file",
        ),
        (answer(bomb(), content_encoding="gzip"), "5 MB|100 times"),
        (answer(gzip.compress(gzip.compress(PAGE)), content_encoding="gzip, gzip"), "gzip, gzip"),
        (answer(PAGE, content_encoding="br"), "'br', which was not asked for"),
        (answer(PAGE, content_encoding="deflate"), "not asked for"),
        (answer(PAGE, content_encoding="zstd"), "not asked for"),
        (answer(PAGE, content_encoding="gzip"), "gzip is broken"),
        (answer(gzip.compress(PAGE)[:-4], content_encoding="gzip"), "cut short"),
        (answer(PAGE, content_length=str(len(PAGE) + 9)), "is broken"),
        (answer(PAGE, content_length="9" * 18), "5 MB"),
        (answer(PAGE, content_length="-1"), "is broken"),
        (answer(PAGE, x="y" * 200_000), "is broken"),
        (
            answer(PAGE, content_type='text/html; a="' + ";" * 95_000),
            "its Content-Type has 95,014 characters",
        ),
        (answer(PAGE, content_type='text/html; a*0="' + ';a*1="x"' * 11_000), "its Content-Type has"),
        (answer(PAGE, content_encoding="gzip," * 15_000), "its Content-Encoding has"),
        (answer(PAGE, content_length="9" * 5000), "is broken|its Content-Length has"),
        (b"", "is broken"),
        (b"220 smtp.news.example ESMTP\r\n", "is broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "is broken"),
    ],
)
def test_an_answer_that_is_no_page_is_refused_with_the_reason(page: bytes | Play, reason: str) -> None:
    with Site({"/a": page}) as site, pytest.raises(UnreadableSource, match=reason):
        site.fetcher().fetch(url())


# Redirects


def test_redirects_are_followed_to_their_end_and_each_host_is_looked_up() -> None:
    pages = {f"/{hop}": redirect(f"http://host{hop + 1}.example/{hop + 1}") for hop in range(MAX_REDIRECTS)}
    with Site(pages | {f"/{MAX_REDIRECTS}": answer(PAGE)}) as site:
        looked_up: list[str] = []

        def look_up(host: str, _port: int) -> list[Endpoint]:
            looked_up.append(host)
            return [site.endpoint]

        found = site.fetcher(resolve=look_up).fetch("http://host0.example/0")
        assert found.address == f"http://host{MAX_REDIRECTS}.example/{MAX_REDIRECTS}"
        assert list(dict.fromkeys(looked_up)) == [f"host{hop}.example" for hop in range(MAX_REDIRECTS + 1)]
        hosts = [line for request in site.requests for line in request.splitlines() if "Host" in line]
        assert f"Host: host{MAX_REDIRECTS}.example" in hosts


def test_a_redirect_with_a_path_in_utf8_is_followed() -> None:
    with Site({"/a": redirect("/한글"), "/%ED%95%9C%EA%B8%80": answer(PAGE)}) as site:
        assert site.fetcher().fetch(url()).body == PAGE


def test_one_redirect_too_many_is_refused() -> None:
    pages = {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(MAX_REDIRECTS + 1)}
    with Site(pages | {f"/{MAX_REDIRECTS + 1}": answer(PAGE)}) as site:
        assert refusal(site.fetcher(), url("/0")) == "it leads on more than 5 times"
        assert f"/{MAX_REDIRECTS + 1}" not in site.paths


def guarded(site: Site) -> WebFetcher:
    """A fetcher for which this site is public, and everything else is what it is."""

    def look_up(host: str, port: int) -> list[Endpoint]:
        return [site.endpoint] if host == HOST else resolve(host, port)

    own = site.endpoint[0]
    return site.fetcher(resolve=look_up, public=lambda address: address == own or is_public(address))


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ("http://10.0.0.1/", "is not a public host"),
        ("//169.254.169.254/latest/meta-data/", "is not a public host"),
        ("http://news.example:22/", "port 22"),
        ("http://[::1", "what is not fetched"),
    ],
)
def test_a_redirect_is_checked_like_the_address_itself(there: str, reason: str) -> None:
    with Site({"/a": redirect(there)}) as site:
        assert reason in refusal(guarded(site), url())
        assert site.paths == ["/a"]


def test_a_robots_txt_is_not_followed_to_a_private_address() -> None:
    with Site({"/a": answer(PAGE), "/robots.txt": redirect("http://10.0.0.1/robots.txt")}) as site:
        assert "10.0.0.1 is not a public host" in refusal(guarded(site), url())
        assert site.paths == []


# Names that change


def test_a_host_with_one_private_address_among_public_ones_is_refused() -> None:
    with Site({"/a": answer(PAGE)}) as site:
        fetcher = site.fetcher(
            resolve=lambda _host, port: [site.endpoint, ("10.0.0.1", port)],
            public=lambda address: address == site.endpoint[0],
        )
        assert "is not a public host" in refusal(fetcher, url())
        assert site.requests == []


def test_a_name_that_turns_private_is_never_connected_to(connections: list[object]) -> None:
    given = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    fetcher = WebFetcher(timeouts=BRIEF, resolve=lambda _host, port: [(next(given), port)])
    assert "can't be reached" in refusal(fetcher, url())
    assert "is not a public host" in refusal(
        WebFetcher(resolve=lambda _h, port: [(next(given), port)]), url()
    )
    # What was looked up is what was connected to, and nothing else.
    assert connections == [("93.184.215.14", 80)]


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody: Endpoint = closed.getsockname()
    with Site({"/a": answer(PAGE)}) as site:
        fetcher = site.fetcher(resolve=lambda _host, _port: [nobody, site.endpoint])
        assert fetcher.fetch(url()).body == PAGE
        assert "can't be reached" in refusal(site.fetcher(resolve=lambda _h, _p: [nobody]), url())


# Time


def refused_in_time(fetcher: WebFetcher, location: str) -> str:
    started = time.monotonic()
    reason = refusal(fetcher, location)
    assert time.monotonic() - started < HURRIED.total + 2
    return reason


def drip(data: bytes) -> Play:
    def play(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.1)

    return play


def silence(connection: socket.socket) -> None:
    connection.recv(1)  # until the other side hangs up


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 100
        time.sleep(0.05)


@pytest.mark.parametrize(
    "page",
    [
        silence,
        drip(answer(PAGE)),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        chunked(endless),
        chunked(endless, content_encoding="gzip"),
    ],
    ids=["silent", "a byte at a time", "going on and on", "without an end", "packed without an end"],
)
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_a_slow_site_is_left_when_the_time_is_up(page: Play, path: str) -> None:
    with Site({"/a": answer(PAGE), path: page}) as site:
        reason = refused_in_time(site.fetcher(timeouts=HURRIED), url())
    assert reason in (f"{HOST} did not answer in time", "its gzip is broken")


def test_the_time_is_for_all_redirects_together() -> None:
    def late(connection: socket.socket) -> None:
        time.sleep(0.6)
        connection.sendall(redirect("/a"))

    with Site({"/a": late}) as site:
        assert "did not answer in time" in refused_in_time(site.fetcher(timeouts=HURRIED), url())


def test_a_name_server_that_hangs_is_left() -> None:
    done = threading.Event()

    def hang(_host: str, _port: int) -> list[Endpoint]:
        done.wait(30)
        return []

    fetcher = WebFetcher(timeouts=HURRIED, resolve=hang)
    assert "did not answer in time" in refused_in_time(fetcher, url())
    done.set()


# robots.txt


def robots(text: str, status: str = "200 OK") -> dict[str, bytes | Play]:
    return {"/robots.txt": answer(text.encode(), status), "/a": answer(PAGE), "/b/c": answer(PAGE)}


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: newsdesk\nDisallow: /a",
        "User-agent: *\nAllow: /\n\nUser-agent: Newsdesk\nDisallow: /*",
        "\ufeffUser-agent: *\nDisallow: /a$",
    ],
)
def test_what_robots_txt_forbids_is_not_fetched(rules: str) -> None:
    with Site(robots(rules)) as site:
        assert refusal(site.fetcher(), url()) == f"the robots.txt of {HOST} forbids it"
        assert site.paths == []


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        *(
            (rules, "200 OK")
            for rules in ("", "User-agent: other\nDisallow: /", "User-agent: *\nDisallow: /b")
        ),
        *((rules, "200 OK") for rules in ("<html>not found</html>", "\0\xff")),
        *(("User-agent: *\nDisallow: /", status) for status in ("400 No", "403 No", "404 No", "410 No")),
    ],
)
def test_what_robots_txt_does_not_forbid_is_fetched(rules: str, status: str) -> None:
    with Site(robots(rules, status)) as site:
        assert site.fetcher().fetch(url()).body == PAGE


@pytest.mark.parametrize("status", ["500 Oh", "503 Busy", "429 Slow", "304 Same"])
def test_a_site_whose_robots_txt_fails_forbids_all(status: str) -> None:
    body = "" if status.startswith("3") else "User-agent: *\nAllow: /"
    with Site(robots(body, status)) as site:
        assert (
            refusal(site.fetcher(), url()) == f"the robots.txt of {HOST} can't be read (status {status[:3]})"
        )
        assert site.paths == []


def test_robots_txt_is_read_once_a_run_and_for_each_host_of_its_own() -> None:
    with Site(robots("User-agent: *\nDisallow: /b")) as site:
        fetcher = site.fetcher()
        for _ in range(2):
            fetcher.fetch(url())
            refusal(fetcher, url("/b/c"))
        assert len(site.requests) - len(site.paths) == 1
        fetcher.fetch(url(host="other.example"))
        assert len(site.requests) - len(site.paths) == 2
        site.fetcher().fetch(url())
        assert len(site.requests) - len(site.paths) == 3


@pytest.mark.parametrize("status", ["429 Slow", "500 Oh", "503 Busy"])
def test_a_robots_txt_that_could_not_be_read_is_requested_again_after_minutes(status: str) -> None:
    now = [1000.0]
    with Site(robots("", status)) as site:
        fetcher = site.fetcher(clock=lambda: now[0])
        reason = refusal(fetcher, url())
        site.pages.update(robots("User-agent: *\nDisallow: /b"))
        now[0] += FAILED_ROBOTS_LIFE - 1
        assert refusal(fetcher, url()) == reason
        now[0] += 2
        assert fetcher.fetch(url()).body == PAGE
        assert "forbids it" in refusal(fetcher, url("/b/c"))
        site.pages.update(robots("", status))
        now[0] += ROBOTS_LIFE - 1
        assert fetcher.fetch(url()).body == PAGE
        now[0] += 2
        assert refusal(fetcher, url()) == reason


def test_a_site_that_could_not_be_reached_is_tried_again_after_minutes() -> None:
    now, network = [1000.0], list[Endpoint]()

    def resolve(_host: str, _port: int) -> list[Endpoint]:
        if not network:
            raise OSError("no network yet")
        return network

    with Site(robots("")) as site:
        fetcher = site.fetcher(clock=lambda: now[0], resolve=resolve)
        assert "can't be reached" in refusal(fetcher, url())
        network.append(site.endpoint)
        assert "can't be reached" in refusal(fetcher, url())
        now[0] += FAILED_ROBOTS_LIFE + 1
        assert fetcher.fetch(url()).body == PAGE


def test_robots_txt_counts_where_a_redirect_leads() -> None:
    pages = robots("User-agent: *\nDisallow: /b") | {"/a": redirect("/b/c")}
    with Site(pages) as site:
        assert "forbids it" in refusal(site.fetcher(), url())
        assert site.paths == ["/a"]


def test_a_long_robots_txt_is_looked_at_as_far_as_its_standard_asks() -> None:
    rules = "User-agent: *\nDisallow: /a\n" + "# nothing\n" * 200_000
    with Site(robots(rules)) as site:
        assert "forbids it" in refusal(site.fetcher(), url())


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f"User-agent: a{number}\n" for number in range(10_000))
        + "".join(f"Disallow: /{number}\n" for number in range(10_000)),
        "".join(f"User-agent: a{number}\n" for number in range(7_000)) * 2 + "Disallow: /b\n",
        "\u2028".join([*(f"user  agent a{number}" for number in range(1000)), *["disallow: /$"] * 1000]),
    ],
    ids=["rules for each of many agents", "agents again", "lines that end in other ways"],
)
def test_a_robots_txt_of_too_many_rules_forbids_all(rules: str) -> None:
    with Site(robots(rules)) as site:
        reason = f"the robots.txt of {HOST} can't be read (it has too many rules for too many agents)"
        assert refusal(site.fetcher(), url()) == reason


def test_a_robots_txt_of_a_large_news_site_is_read() -> None:
    """A hundred agents that train models are refused all, and the others have five hundred rules."""
    refused = "".join(f"User-agent: Model{number}Bot\n" for number in range(100)) + "Disallow: /\n\n"
    others = "User-agent: *\n" + "".join(f"Disallow: /b/{number}/*.json$\n" for number in range(500))
    groups = "".join(f"\nUser-agent: Seeker{number}\nAllow: /\nDisallow: /b/\n" for number in range(300))
    with Site(robots(refused + others + groups)) as site:
        assert site.fetcher().fetch(url("/b/c")).body == PAGE
    with Site(robots(refused + others + "Disallow: /b/c\n" + groups)) as site:
        assert "forbids it" in refusal(site.fetcher(), url("/b/c"))


def test_a_robots_txt_made_to_be_slow_is_not() -> None:
    rules = "User-agent: *\n" + "Disallow: /" + "*a" * 900 + "b\n" * 1
    with Site(robots(rules) | {f"/{'a' * 1900}": answer(PAGE)}) as site:
        started = time.monotonic()
        site.fetcher().fetch(url(f"/{'a' * 1900}"))
        assert time.monotonic() - started < 2


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_side(authority: trustme.CA, name: str, seen: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)

    def note(_socket: ssl.SSLObject, asked: str | None, _context: ssl.SSLContext) -> None:
        seen.append(asked)

    context.sni_callback = note
    return context


def trusting(site: Site, authority: trustme.CA) -> WebFetcher:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return site.fetcher(tls=context)


def test_the_name_is_kept_for_tls_and_for_the_host(authority: trustme.CA) -> None:
    seen: list[str | None] = []
    with Site({"/a": answer(PAGE)}, tls=server_side(authority, HOST, seen)) as site:
        assert trusting(site, authority).fetch(f"https://{HOST}/a").body == PAGE
        assert set(seen) == {HOST}
        assert f"\r\nHost: {HOST}\r\n" in site.requests[-1]


def test_a_certificate_of_another_name_or_of_nobody_is_refused(authority: trustme.CA) -> None:
    with Site({"/a": answer(PAGE)}, tls=server_side(authority, "other.example", [])) as site:
        assert "can't be reached" in refusal(trusting(site, authority), f"https://{HOST}/a")
        assert "can't be reached" in refusal(site.fetcher(), f"https://{HOST}/a")
        assert site.requests == []


def test_a_tls_that_never_begins_is_left(authority: trustme.CA) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        endpoint: Endpoint = mute.getsockname()
        fetcher = WebFetcher(timeouts=HURRIED, resolve=lambda _h, _p: [endpoint], public=lambda _a: True)
        assert "did not answer in time" in refused_in_time(fetcher, f"https://{HOST}/a")


# What is known is not sent again


def test_what_is_known_is_asked_for_again_with_what_its_server_called_it() -> None:
    headers = {"etag": '"v1"', "last_modified": "Wed, 14 Jan 2026 09:00:00 GMT"}
    with Site({"/a": answer(PAGE, cache_control="public, max-age=1800", **headers)}) as site:
        first = site.fetcher().fetch(url())
        assert (first.unchanged, first.max_age) == (False, 1800)
        assert first.validators == Validators('"v1"', "Wed, 14 Jan 2026 09:00:00 GMT")
        site.pages["/a"] = answer(status="304 Not Modified")
        again = site.fetcher().fetch(url(), first.validators)
        head = site.requests[-1]
    assert (again.unchanged, again.body, again.validators) == (True, b"", first.validators)
    assert '\r\nIf-None-Match: "v1"\r\n' in head
    assert "\r\nIf-Modified-Since: Wed, 14 Jan 2026 09:00:00 GMT\r\n" in head


def test_a_server_that_knows_more_than_it_was_asked_is_refused() -> None:
    with Site({"/a": answer(status="304 Not Modified")}) as site:
        assert refusal(site.fetcher(), url()) == "its server answers with status 304"


@pytest.mark.parametrize("tag", ['"a\u00e9"', "x" * 1001, '"a\tb"', ""])
def test_a_name_that_can_t_be_sent_back_is_forgotten(tag: str) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: %s\r\n\r\nhello" % tag.encode()
    with Site({"/a": body}) as site:
        assert site.fetcher().fetch(url()).validators == NO_VALIDATORS


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("999999999999", 86_400), ("soon", None), ("-5", None), ("", None)]
)
def test_a_server_that_asks_to_be_left_alone_says_for_how_long(
    status: str, header: str, seconds: int | None
) -> None:
    page = answer(status=status, retry_after=header)
    with Site({"/a": page}) as site, pytest.raises(RetryLater, match="status") as caught:
        site.fetcher().fetch(url())
    assert caught.value.seconds == seconds


def test_a_moment_to_come_back_at_is_counted_from_now() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    pages = {
        "/a": answer(status="503 Service Unavailable", retry_after=later),
        "/b": answer(PAGE, expires=later),
        "/c": answer(PAGE, expires="0"),
        "/d": answer(PAGE, expires="Wed, 14 Jan 2026 09:00:00 GMT", cache_control="no-cache"),
    }
    with Site(pages) as site:
        with pytest.raises(RetryLater) as caught:
            site.fetcher().fetch(url())
        assert caught.value.seconds
        assert 590 <= caught.value.seconds <= 600
        ages = [site.fetcher().fetch(url(path)).max_age for path in ("/b", "/c", "/d")]
    assert ages[0]
    assert 590 <= ages[0] <= 600
    assert ages[1] in (0, None)
    assert ages[2] is None


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [
        ("301 Moved Permanently", "308 Permanent Redirect", "/c"),
        ("301 Moved Permanently", "302 Found", "/b"),
        ("302 Found", "301 Moved Permanently", None),
    ],
)
def test_where_it_moved_for_good_is_told_as_far_as_all_hops_say_so(
    first: str, second: str, moved: str | None
) -> None:
    pages = {"/a": redirect("/b", first), "/b": redirect("/c", second), "/c": answer(PAGE)}
    with Site(pages) as site:
        found = site.fetcher().fetch(url())
    assert (found.address, found.moved) == (url("/c"), url(moved) if moved else None)


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between() -> None:
    began: list[tuple[str, float]] = []
    ended: list[float] = []

    def slowly(connection: socket.socket) -> None:
        began.append(("", time.monotonic()))
        time.sleep(0.1)
        ended.append(time.monotonic())
        connection.sendall(answer(PAGE))

    with Site({"/a": slowly, "/b": slowly, "/c": slowly}) as site:
        fetcher = site.fetcher(gap=0.2)
        threads = [threading.Thread(target=fetcher.fetch, args=(url(path),)) for path in ("/a", "/b", "/c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(began) == 3
    pauses = [start - end for (_, start), end in zip(began[1:], ended[:-1], strict=True)]
    assert all(pause >= 0.19 for pause in pauses), pauses


def test_two_hosts_are_asked_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=5)

    def together(connection: socket.socket) -> None:
        both.wait()
        connection.sendall(answer(PAGE))

    with Site({"/a": together}) as site:
        fetcher = site.fetcher(gap=0.2)
        locations = [url(), url(host="other.example")]
        threads = [threading.Thread(target=fetcher.fetch, args=(one,)) for one in locations]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not both.broken


def test_a_site_s_robots_txt_is_asked_for_once_and_its_delay_is_kept() -> None:
    pages = {"/a": answer(PAGE), "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 0.4\n")}
    with Site(pages) as site:
        fetcher = site.fetcher(gap=0.01)
        fetcher.fetch(url())
        started = time.monotonic()
        fetcher.fetch(url())
        assert time.monotonic() - started >= 0.35
        assert [request.split(" ")[1] for request in site.requests] == ["/robots.txt", "/a", "/a"]
