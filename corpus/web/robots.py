"""Parses the rules of a site's robots.txt."""

from dataclasses import dataclass

from protego import Protego

from corpus.lazy_pattern import lazy_pattern

AGENT = "Newsdesk"
"""Newsdesk's product name in robots.txt and at the start of its User-Agent header."""
ROBOTS_LIMIT = 500 * 1024
"""The most bytes of a robots.txt that are read, the minimum of its standard."""
ROBOTS_RULES = 50_000
"""The most rules of a robots.txt, each counted once for every agent that it applies to: two seconds of
parsing in the worst case. Large news sites have 5,000; 500 kB can name 14,000 agents with as many rules for
each, which took minutes and all the memory."""
AGENTS_A_RULE = 100
"""The number of agents that cost as much as a rule, since each is compared with those before it in its
group."""

_AGENT_LINE = lazy_pattern(r"\s*user[-\s]*agent")
_RULE_LINE = lazy_pattern(r"\s*(?:dis)?allow\s*:")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site. `refusal` is the reason that nothing at all may be fetched, empty if there is
    none."""

    rules: Protego
    refusal: str = ""

    def allows(self, address: str) -> bool:
        """Whether Newsdesk may fetch an address of this site."""
        return bool(self.rules.can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """The seconds between two requests that the site asks for; 0 if it does not."""
        return float(self.rules.crawl_delay(AGENT) or 0)


def forbidding(reason: str) -> Robots:
    """The rules of a site with an unreadable robots.txt, which forbid everything."""
    return Robots(Protego.parse(""), reason)


def read_robots(body: bytes, site: str) -> Robots:
    """The rules of a robots.txt; one that would take too long to parse forbids everything."""
    text = body[:ROBOTS_LIMIT].decode("utf-8-sig", errors="replace")
    if _most_rules(text) > ROBOTS_RULES:
        return forbidding(
            f"the robots.txt of {site} can't be read (it has too many rules for too many agents)"
        )
    return Robots(Protego.parse(text))


def _most_rules(robots: str) -> int:
    """An upper bound on the number of rules, each counted once for every agent of its group."""
    total = agents = rules = 0
    ruled = False
    for line in robots.lower().splitlines():
        if _AGENT_LINE.match(line):
            if ruled:  # the next group begins
                total += agents * rules
                agents, rules, ruled = 0, 0, False
            agents += 1
            rules += agents % AGENTS_A_RULE == 0
        elif line.partition("#")[0].strip():
            rules += 1
            ruled = ruled or bool(_RULE_LINE.match(line))
    return total + agents * rules
