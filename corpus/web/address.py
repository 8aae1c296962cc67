"""Validates web addresses to fetch, and the IP addresses to connect to."""

from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import idna

from corpus.article_fields import URL_LIMIT
from corpus.lazy_pattern import lazy_pattern
from corpus.text import without_www

PORTS = {"http": 80, "https": 443}
"""The allowed schemes with their ports; any other port may be a database or a printer."""

_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NAME = lazy_pattern(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?"
)
_KEPT = "%/:@!$&'()*+,;=~-._"
"""Characters of a path or query that are sent unchanged; others are sent as percent-encoded UTF-8."""
_ODD_V4 = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24")))
"""Protocol assignments and 6to4 relays, parts of which `is_global` counts as public."""
_GLOBAL_V6 = ip_network("2000::/3")
_ODD_V6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Parts of 2000::/3: protocol assignments, Teredo, documentation, and 6to4, which wraps any IPv4."""


@dataclass(frozen=True, slots=True)
class Address:
    """A valid address. `host` is in ASCII, `target` is the encoded path and query; there is no fragment."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def netloc(self) -> str:
        """The host, with the port unless it is the scheme's default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def site(self) -> str:
        """The host without `www.`."""
        return without_www(self.host)

    def at(self, target: str) -> "Address":
        """Another path of the same host."""
        return replace(self, target=target)

    def follow(self, reference: str) -> "Address":
        """The target of a redirect from this address. Raises ValueError if it must not be followed."""
        there = parse_address(urljoin(str(self), reference.strip()))
        if (self.scheme, there.scheme) == ("https", "http"):
            raise ValueError(f"it leads from https to http ({there.site})")
        return there


def is_address(location: str) -> bool:
    """Whether the location is an address of any scheme instead of a file path."""
    return "://" in location


def parse_address(text: str) -> Address:
    """Parse and normalise an address. Raises ValueError with the reason if it must not be fetched."""
    if not text.isprintable() or set(text) & set(' <>"\\'):
        raise ValueError("it is no web address: it holds a space or another sign that none may hold")
    if not _SCHEME.match(text):
        raise ValueError("it is no web address: https:// is missing in front")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("its host or port can't be read") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ValueError(f"only http and https are fetched, not {scheme[:20]}")
    if "@" in parts.netloc:
        raise ValueError("it holds a user's name or password: leave them out")
    address = Address(
        scheme=scheme,
        host=_host(parts.hostname or ""),
        port=_port(port, scheme),
        target=_encoded(parts.path or "/") + (f"?{_encoded(parts.query, '?')}" if parts.query else ""),
    )
    if len(str(address)) > URL_LIMIT:
        raise ValueError(f"it is longer than the {URL_LIMIT:,} characters allowed")
    return address


def is_public(address: str) -> bool:
    """Whether the IP address is reachable by anyone on the internet.

    `is_global` is not enough: it counts multicast, relays and addresses that wrap a private one as public.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not any(found in net for net in _ODD_V4)
    return found.scope_id is None and found in _GLOBAL_V6 and not any(found in net for net in _ODD_V6)


def _host(name: str) -> str:
    """The host name in ASCII and lower case, mapped as in browsers: `①` is 1 and `。` is a full stop."""
    if ":" in name:
        if "%" in name:
            raise ValueError("it names a network interface of this machine")
        return str(ip_address(name))
    try:
        ascii_name = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError("its host is no name") from error
    ascii_name = ascii_name.removesuffix(".")
    if not _NAME.fullmatch(ascii_name) or len(ascii_name) > 253:
        raise ValueError("its host is no name" if ascii_name else "it names no host")
    return ascii_name


def _port(port: int | None, scheme: str) -> int:
    if port is None:
        return PORTS[scheme]
    if port not in PORTS.values():
        raise ValueError(f"it names port {port}: only {' and '.join(map(str, PORTS.values()))} are fetched")
    return port


def _encoded(text: str, more: str = "") -> str:
    return quote(text, safe=_KEPT + more)
