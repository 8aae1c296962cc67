"""Articles of a small port's paper, beside the sample: with addresses, as most articles have."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody hands over."""

    name: str
    content: bytes
    kind: str = "application/jsonl"


LIGHTHOUSE = {
    "id": "lighthouse",
    "title": "Port Ellery lights its old lighthouse again",
    "source": "Harbour Gazette",
    "author": "Mina Okafor",
    "published": "2026-03-04",
    "url": "https://gazette.example/2026/lighthouse",
    "language": "en",
    "text": "The old lighthouse of Port Ellery was switched on again on 3 March 2026, after nine years of "
    "repairs. Its lamp is visible for 21 nautical miles.\n\nThe repairs cost 4.2 million euros, most of it "
    "for the iron stairs. The keeper's house will open as a museum in June.",
}
FERRY = {
    "id": "ferry",
    "title": "The night ferry to Skarvik stops for good",
    "source": "Harbour Gazette",
    "author": "Jon Bell",
    "published": "2026-02-11",
    "url": "https://gazette.example/2026/ferry",
    "language": "en",
    "text": "The night ferry between Port Ellery and Skarvik made its last crossing on 10 February 2026. "
    "Fewer than 40 passengers a night had been on board during the winter.\n\nThe company says that the day "
    "ferry goes on as before.",
}
HISTORY = {
    "id": "history",
    "title": "The quays of Port Ellery, year by year",
    "source": "Harbour Gazette",
    "published": "2026-01-05",
    "url": "https://gazette.example/2026/history",
    "language": "en",
    "text": "\n\n".join(
        f"In {year} the harbour office counted {year * 3 % 977} sailing ships and {year * 7 % 389} steamers. "
        f"The longest stay at the quay that year was {year % 41 + 3} days."
        for year in range(1880, 1940)
    ),
}
"""Longer than one message."""
REGATTA = {
    "id": "regatta",
    "title": "Sixty boats for the Skarvik regatta",
    "source": "Skarvik Post",
    "published": "2026-03-01",
    "url": "https://post.example/regatta",
    "language": "en",
    "text": "Sixty boats have signed up for the Skarvik regatta on 9 May 2026. The start is off Grey Island.",
}
INES = {
    "id": "ines",
    "title": "A harbour master goes",
    "source": "Harbour Gazette",
    "published": "2026-02-02",
    "url": "https://gazette.example/2026/ines",
    "language": "en",
    "text": "Ines Varga stepped down as harbour master of Port Ellery on Monday. Varga had led the harbour "
    "for eleven years.",
}
PAUL = {
    "id": "paul",
    "title": "A cook opens on the pier",
    "source": "Skarvik Post",
    "published": "2026-02-03",
    "url": "https://post.example/paul",
    "language": "en",
    "text": "Chef Paul Varga opened a fish kitchen on the pier of Skarvik. Varga had cooked on ships before.",
}
"""Two people of one family name."""
FIRE = {
    "id": "fire",
    "title": "Fire destroys fish market in Skarvik",
    "source": "Harbour Gazette",
    "published": "2026-03-04T08:00",
    "language": "en",
    "text": "A fire destroyed the fish market of Skarvik in the night. Nobody died.",
}
FIRE_ELSEWHERE = {
    "id": "fire-elsewhere",
    "title": "Skarvik fish market destroyed by fire",
    "source": "Skarvik Post",
    "published": "2026-03-04T10:00",
    "language": "en",
    "text": "The fish market of Skarvik was destroyed by a fire in the night. The cause is open.",
}
"""Two reports of one event."""
LIGHTHOUSE_QUESTION = "When was the old lighthouse of Port Ellery switched on again?"
REGATTA_QUESTION = "How many boats have signed up for the Skarvik regatta?"
FERRY_QUESTION = "When did the night ferry between Port Ellery and Skarvik make its last crossing?"


def jsonl(name: str, *articles: Mapping[str, object] | str) -> File:
    """A JSON Lines file of these articles; a text is a line as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in articles]
    return File(name, "".join(f"{line}\n" for line in lines).encode())


def many(count: int, sentences: int = 12) -> list[dict[str, object]]:
    """Articles that take the model a while."""
    return [
        {
            "id": f"log-{number}",
            "title": f"Harbour log {number}",
            "source": "Harbour Log",
            "published": "2026-02-01",
            "language": "en",
            "text": " ".join(
                f"On watch {number} the pilot boat met ship number {number * 7 + turn} at berth {turn}."
                for turn in range(sentences)
            ),
        }
        for number in range(count)
    ]
