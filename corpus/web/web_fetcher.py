"""The real fetcher: one page an address, by the rules of its site and of ours.

Every hop is checked: scheme, port and host, the IP addresses behind it (`ssrf_guard`), and robots.txt.
Nothing of the environment changes where it leads: no proxy, no cookies, no password.
"""

import re
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from importlib.metadata import version

import httpcore2
from protego import Protego

from corpus.errors import UnreadableSource
from corpus.readers.parsing.gunzip import TooLarge, unpack
from corpus.text import one_line
from corpus.web.address import Address, is_public, parse_address
from corpus.web.fetcher import BODY_LIMIT, Fetched, Gone
from corpus.web.ssrf_guard import Deadline, NotPublic, PublicOnlyBackend, Resolve, resolve

HOPS = 5
"""Redirects that are followed; as many as robots.txt's standard asks for."""
ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are looked at, its standard's least."""
ROBOTS_RULES = 50_000
"""Rules of a robots.txt, each counted once for every agent that it is for: two seconds of reading, where they
are made for it. Large news sites have 5,000; 500 kB can name 14,000 agents with as many rules for each, which
took minutes and all the memory."""
AGENTS_A_RULE = 100
"""Agents that cost as much as a rule, since each is looked for among those before it in its group."""
HEADER_LIMIT = 1000
"""Characters of a header that is looked into. Media types have at most a hundred; one of 95,000, made for it,
took 47 seconds to take apart."""

_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_AGENT = "Newsdesk"
_AGENT_LINE = re.compile(r"\s*user[-\s]*agent")
_RULE_LINE = re.compile(r"\s*(?:dis)?allow\s*:")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for a connection (and for a name to be looked up), for the next bytes, and for all of
    an address with its redirects. Slower sites are rare among news, and a reload waits for each."""

    connect: float = 5.0
    read: float = 5.0
    total: float = 20.0

    def each(self) -> dict[str, float]:
        """The times of a single act, as httpcore takes them."""
        return {"connect": self.connect, "read": self.read, "write": self.read, "pool": self.connect}


class WebFetcher:
    """Fetches over the network. One for each run: it reads each site's robots.txt once."""

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        resolve: Resolve = resolve,
        public: Callable[[str], bool] = is_public,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """What is given is for tests that have a server of their own; the defaults reach no private one."""
        self._timeouts = timeouts or Timeouts()
        self._resolve = resolve
        self._public = public
        self._given_tls = tls
        self._rules: dict[str, Protego | str] = {}

    def fetch(self, location: str) -> Fetched:
        """What is at the location, at most BODY_LIMIT bytes. Raises Gone, or UnreadableSource."""
        try:
            deadline = Deadline(self._timeouts.total)
            address, reply = self._follow(parse_address(location), deadline, self._permit)
            if reply.status in _GONE:
                raise Gone(location, f"there is nothing any more ({reply.status})")
            if reply.status != 200:
                raise _Refused(f"its server answers with status {reply.status}")
            if not reply.body.strip():
                raise _Refused("it is empty")
        except _Refused as error:
            raise UnreadableSource(location, error.reason) from error
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
        return Fetched(str(address), reply.body, reply.media_type, reply.charset)

    def _follow(
        self, address: Address, deadline: Deadline, permit: "Callable[[Address, Deadline], None]"
    ) -> "tuple[Address, _Reply]":
        """The address at the end of the redirects, and what it answers."""
        for _ in range(HOPS + 1):
            permit(address, deadline)
            reply = self._get(address, deadline)
            if reply.status not in _REDIRECTS or not reply.leads_to:
                return address, reply
            try:
                address = address.follow(reply.leads_to)
            except ValueError as error:
                raise _Refused(f"it leads to what is not fetched: {error}") from error
        raise _Refused(f"it leads on more than {HOPS} times")

    def _permit(self, address: Address, deadline: Deadline) -> None:
        """Raises _Refused where the site's robots.txt does not let us in, or can't be read."""
        robots = address.at("/robots.txt")
        rules = self._rules.get(str(robots))
        if rules is None:
            rules = self._rules[str(robots)] = self._read_rules(robots, deadline)
        if isinstance(rules, str):
            raise _Refused(rules)
        if not rules.can_fetch(str(address), _AGENT):
            raise _Refused(f"the robots.txt of {address.site} forbids it")

    def _read_rules(self, robots: Address, deadline: Deadline) -> Protego | str:
        """The rules, or why there are none: a site that does not answer has forbidden everything."""
        try:
            _, reply = self._follow(robots, deadline, lambda _address, _deadline: None)
        except _Refused as error:
            return error.reason
        if 400 <= reply.status < 500:
            return Protego.parse("")
        if reply.status != 200:
            return f"the robots.txt of {robots.site} can't be read (status {reply.status})"
        text = reply.body[:ROBOTS_LIMIT].decode("utf-8-sig", errors="replace")
        if _most_rules(text) > ROBOTS_RULES:
            return (
                f"the robots.txt of {robots.site} can't be read (it has too many rules for too many agents)"
            )
        return Protego.parse(text)

    def _get(self, address: Address, deadline: Deadline) -> "_Reply":
        backend = PublicOnlyBackend(deadline, self._resolve, self._public)
        url = httpcore2.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target
        )
        headers = [
            ("Host", address.netloc),
            ("User-Agent", f"{_AGENT}/{version('newsdesk')}"),
            ("Accept", "text/html, text/*;q=0.9, */*;q=0.8"),
            ("Accept-Encoding", "gzip, identity"),
            ("Connection", "close"),
        ]
        waits = {"timeout": self._timeouts.each()}
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream("GET", url, headers=headers, extensions=waits) as response,
            ):
                return _reply(response)
        except NotPublic as error:
            raise _Refused(f"{address.site} is not a public host") from error
        except httpcore2.TimeoutException as error:
            raise _Refused(f"{address.site} did not answer in time") from error
        except httpcore2.NetworkError as error:
            raise _Refused(f"{address.site} can't be reached ({_line(error)})") from error
        except httpcore2.ProtocolError as error:
            raise _Refused(f"the answer of {address.site} is broken ({_line(error)})") from error
        except ValueError as error:
            raise _Refused(str(error)) from error

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or httpcore2.default_ssl_context()


class _Refused(Exception):
    """Why an address is not fetched."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a server answered; `body` is empty unless the status is 200."""

    status: int
    leads_to: str | None
    media_type: str
    charset: str | None
    body: bytes


def _most_rules(robots: str) -> int:
    """How many rules there are at most, each counted once for every agent of its group."""
    total = agents = rules = 0
    ruled = False
    for line in robots.lower().splitlines():
        if _AGENT_LINE.match(line):
            if ruled:  # another group begins
                total += agents * rules
                agents, rules, ruled = 0, 0, False
            agents += 1
            rules += agents % AGENTS_A_RULE == 0
        elif line.partition("#")[0].strip():
            rules += 1
            ruled = ruled or bool(_RULE_LINE.match(line))
    return total + agents * rules


def _reply(response: httpcore2.Response) -> _Reply:
    """Raises ValueError for a body that is not taken."""
    headers = Message()  # which knows how a media type is written
    for name, value in response.headers:
        headers[name.decode("latin-1")] = value.decode("utf-8", errors="replace")
    return _Reply(
        status=response.status,
        leads_to=headers["Location"],
        media_type=_short(headers, "Content-Type") and headers.get_content_type(),
        charset=headers.get_content_charset(),
        body=_body(response, headers) if response.status == 200 else b"",
    )


def _short(headers: Message, name: str) -> str:
    """The header, empty where there is none. Raises ValueError where it is too long to be looked into."""
    value = str(headers.get(name, ""))
    if len(value) > HEADER_LIMIT:
        raise ValueError(f"its {name} has {len(value):,} characters, more than the {HEADER_LIMIT:,} allowed")
    return value


def _body(response: httpcore2.Response, headers: Message) -> bytes:
    length = _short(headers, "Content-Length")
    if length.isdecimal() and int(length) > BODY_LIMIT:
        raise _too_large()
    _short(headers, "Content-Encoding")
    named = ",".join(headers.get_all("Content-Encoding", [])).lower().split(",")
    packings = [packing.strip() for packing in named if packing.strip() not in ("", "identity")]
    raw = _bounded(response.iter_stream())
    if not packings:
        return b"".join(raw)
    if packings not in (["gzip"], ["x-gzip"]):
        raise ValueError(f"it is packed as {', '.join(packings)[:40]!r}, which was not asked for")
    return b"".join(unpack(raw, BODY_LIMIT))


def _bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            raise _too_large()
        yield chunk


def _line(error: Exception) -> str:
    return one_line(str(error))[:100] or type(error).__name__


def _too_large() -> TooLarge:
    return TooLarge(f"it has more than the {BODY_LIMIT // 1024 // 1024} MB allowed")
