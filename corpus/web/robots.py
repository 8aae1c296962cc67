"""The rules of a site's robots.txt."""

import re
from dataclasses import dataclass

from protego import Protego

AGENT = "Newsdesk"
"""Whom a robots.txt names where it means us, and how every request begins to say who asks."""
ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are looked at, its standard's least."""
ROBOTS_RULES = 50_000
"""Rules of a robots.txt, each counted once for every agent that it is for: two seconds of reading, where they
are made for it. Large news sites have 5,000; 500 kB can name 14,000 agents with as many rules for each, which
took minutes and all the memory."""
AGENTS_A_RULE = 100
"""Agents that cost as much as a rule, since each is looked for among those before it in its group."""

_AGENT_LINE = re.compile(r"\s*user[-\s]*agent")
_RULE_LINE = re.compile(r"\s*(?:dis)?allow\s*:")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site: `refusal` is why nothing at all may be fetched, empty where something may."""

    rules: Protego
    refusal: str = ""

    def allows(self, address: str) -> bool:
        """Whether we may fetch the address, of this site."""
        return bool(self.rules.can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 where it does not."""
        return float(self.rules.crawl_delay(AGENT) or 0)


def forbidding(reason: str) -> Robots:
    """The rules of a site whose robots.txt can't be read: it has forbidden everything."""
    return Robots(Protego.parse(""), reason)


def read_robots(body: bytes, site: str) -> Robots:
    """The rules of a robots.txt; of one that is made to take for ever, that nothing may be fetched."""
    text = body[:ROBOTS_LIMIT].decode("utf-8-sig", errors="replace")
    if _most_rules(text) > ROBOTS_RULES:
        return forbidding(
            f"the robots.txt of {site} can't be read (it has too many rules for too many agents)"
        )
    return Robots(Protego.parse(text))


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
