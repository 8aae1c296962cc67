"""One story for each of four communities, told alike but for the names: what must stay apart."""

HERON = {
    "id": "shared-id",
    "title": "The heron committee meets in secret",
    "source": "Heron Bulletin",
    "published": "2026-03-02",
    "url": "https://same.example/page",
    "language": "en",
    "text": "The heron committee met in secret on 1 March 2026. It chose Olga Brandt as its head.",
}
OTTER = {
    **HERON,
    "title": "The otter committee meets in secret",
    "source": "Otter Bulletin",
    "text": "The otter committee met in secret on 1 March 2026. It chose Ivo Kranz as its head.",
}
STOAT = {
    **HERON,
    "title": "The stoat committee meets in secret",
    "source": "Stoat Bulletin",
    "text": "The stoat committee met in secret on 1 March 2026. It chose Ada Voss as its head.",
}
EGRET = {
    **HERON,
    "title": "The egret committee meets in secret",
    "source": "Egret Bulletin",
    "text": "The egret committee met in secret on 1 March 2026. It chose Uma Linde as its head.",
}
QUESTION = "Which committee met in secret, and whom did it choose as its head?"
