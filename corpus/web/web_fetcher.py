"""The real fetcher: fetches one page per address, by the rules of its site and of Newsdesk.

Every redirect is checked: scheme, port and host, the host's IP addresses (`ssrf_guard`), and robots.txt. The
environment has no influence: there is no proxy, no cookie, no password.
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import httpcore2

from corpus.errors import UnreadableSource
from corpus.text import one_line
from corpus.web.address import Address, is_public, parse_address
from corpus.web.fetcher import NO_VALIDATORS, Fetched, Gone, RetryLater, Validators
from corpus.web.host_throttle import MIN_DELAY, HostThrottle
from corpus.web.http_reply import Reply, read_reply
from corpus.web.robots import AGENT, Robots, forbidding, read_robots
from corpus.web.ssrf_guard import Deadline, NotPublic, PublicOnlyBackend, Resolve, resolve

MAX_REDIRECTS = 5
"""The most redirects; as many as the robots.txt standard asks for."""
ROBOTS_LIFE = 86_400.0
"""Seconds for which a robots.txt is cached: a day, the maximum of its standard."""
FAILED_ROBOTS_LIFE = 300.0
"""Seconds after which a robots.txt that could not be read is requested again: a server that restarts, or a
network that is not up yet, fails for minutes."""
MAX_ROBOTS = 5000
"""The most sites whose rules are cached, some kilobytes each."""

_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_GONE = {404: "it was not found (404)", 410: "it was removed (410)"}
"""The statuses of pages that do not exist, with the reasons that are reported."""
_LATER = (429, 503)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Timeouts in seconds: for connecting (and for resolving a name), for the next bytes, and for an address
    with all its redirects. Slower news sites are rare, and a reload waits for each."""

    connect: float = 5.0
    read: float = 5.0
    total: float = 20.0

    def each(self) -> dict[str, float]:
        """The timeouts of single operations, in httpcore's format."""
        return {"connect": self.connect, "read": self.read, "write": self.read, "pool": self.connect}


class WebFetcher:
    """Fetches over the network, one page at a time for each host. A site's robots.txt is cached for a day;
    one that can't be read forbids everything for minutes."""

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        gap: float = MIN_DELAY,
        resolve: Resolve = resolve,
        public: Callable[[str], bool] = is_public,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The arguments are for tests with their own server; by default, no private address can be
        reached."""
        self._timeouts = timeouts or Timeouts()
        self._throttle = HostThrottle(gap)
        self._resolve = resolve
        self._public = public
        self._given_tls = tls
        self._clock = clock
        self._robots: dict[str, tuple[float, Robots]] = {}
        """The rules of each site, and until when they count."""

    def fetch(self, location: str, known: Validators = NO_VALIDATORS) -> Fetched:
        """The content of the location, at most BODY_LIMIT bytes. Raises Gone, RetryLater, or
        UnreadableSource."""
        try:
            deadline = Deadline(self._timeouts.total)
            address, moved, reply = self._follow(parse_address(location), deadline, self._permit, known)
            if reply.status in _GONE:
                raise Gone(location, _GONE[reply.status])
            if reply.status in _LATER:
                reason = f"its server answers with status {reply.status}"
                raise RetryLater(location, reason, reply.retry_after)
            if reply.status == 304 and known:
                validators = reply.validators or known
                return Fetched(
                    str(address),
                    b"",
                    validators=validators,
                    max_age=reply.max_age,
                    unchanged=True,
                    moved=moved,
                )
            if reply.status != 200:
                raise _Refused(f"its server answers with status {reply.status}")
            if not reply.body.strip():
                raise _Refused("it is empty")
        except _Refused as error:
            raise UnreadableSource(location, error.reason) from error
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
        return Fetched(
            str(address),
            reply.body,
            reply.media_type,
            reply.charset,
            validators=reply.validators,
            max_age=reply.max_age,
            moved=moved,
        )

    def _follow(
        self,
        address: Address,
        deadline: Deadline,
        permit: "Callable[[Address, Deadline], float]",
        known: Validators = NO_VALIDATORS,
    ) -> tuple[Address, str | None, Reply]:
        """Follow the redirects. Returns the final address, the target of permanent redirects if any, and the
        response."""
        moved: str | None = None
        for_good = True
        for _ in range(MAX_REDIRECTS + 1):
            delay = permit(address, deadline)
            reply = self._get(address, deadline, delay, known)
            if reply.status not in _REDIRECTS or not reply.leads_to:
                return address, moved, reply
            try:
                address = address.follow(reply.leads_to)
            except ValueError as error:
                raise _Refused(f"it leads to what is not fetched: {error}") from error
            for_good = for_good and reply.status in _FOR_GOOD
            moved = str(address) if for_good else moved
        raise _Refused(f"it leads on more than {MAX_REDIRECTS} times")

    def _permit(self, address: Address, deadline: Deadline) -> float:
        """The seconds that the site wants between two requests. Raises _Refused if its robots.txt forbids the
        address or can't be read."""
        robots = address.at("/robots.txt")
        until, rules = self._robots.get(str(robots), (0.0, None))
        if rules is None or self._clock() > until:
            rules = self._read_robots(robots, deadline)
            if len(self._robots) >= MAX_ROBOTS:
                self._robots = {}
            life = FAILED_ROBOTS_LIFE if rules.refusal else ROBOTS_LIFE
            self._robots[str(robots)] = (self._clock() + life, rules)
        if rules.refusal:
            raise _Refused(rules.refusal)
        if not rules.allows(str(address)):
            raise _Refused(f"the robots.txt of {address.site} forbids it")
        return rules.delay

    def _read_robots(self, robots: Address, deadline: Deadline) -> Robots:
        """Fetch and parse a robots.txt. If the site does not answer, or its server fails or asks to wait,
        everything is forbidden; if it has none, everything is allowed (RFC 9309)."""
        try:
            _, _, reply = self._follow(robots, deadline, lambda _address, _deadline: 0.0)
        except _Refused as error:
            return forbidding(error.reason)
        if 400 <= reply.status < 500 and reply.status not in _LATER:
            return read_robots(b"", robots.site)
        if reply.status != 200:
            return forbidding(f"the robots.txt of {robots.site} can't be read (status {reply.status})")
        return read_robots(reply.body, robots.site)

    def _get(self, address: Address, deadline: Deadline, delay: float, known: Validators) -> Reply:
        with self._throttle.slot(address.host, delay) as waited:
            deadline.extend(waited)
            return self._ask(address, deadline, known)

    def _ask(self, address: Address, deadline: Deadline, known: Validators) -> Reply:
        backend = PublicOnlyBackend(deadline, self._resolve, self._public)
        url = httpcore2.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target
        )
        headers = [
            ("Host", address.netloc),
            ("User-Agent", f"{AGENT}/{version('newsdesk')}"),
            ("Accept", "text/html, text/*;q=0.9, */*;q=0.8"),
            ("Accept-Encoding", "gzip, identity"),
            ("Connection", "close"),
            *([("If-None-Match", known.etag)] if known.etag else []),
            *([("If-Modified-Since", known.last_modified)] if known.last_modified else []),
        ]
        waits = {"timeout": self._timeouts.each()}
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream("GET", url, headers=headers, extensions=waits) as response,
            ):
                return read_reply(response)
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
    """An address must not be, or can't be, fetched; with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _line(error: Exception) -> str:
    return one_line(str(error))[:100] or type(error).__name__
