from dataclasses import asdict

import pytest

from bot.cards.administration.reports import FAILING, status_card
from bot.messages.catalogue import LOCALES, messages_for
from tests.bot.cards.drawing import CANVASES

REASON = "its server answers with status 503"


def source(name: str, failing: str | None) -> dict[str, object]:
    return {
        "collection": "news",
        "location": f"https://{name}.example/feed",
        "polling": {"failing_since": failing, "error": REASON if failing else None},
        "problems": {"refused": 3 if failing else 0, "remarks": 1},
    }


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("platform", sorted(CANVASES))
def test_a_source_that_can_t_be_had_is_named_with_the_reason(language: str, platform: str) -> None:
    names = [f"paper{number}" for number in range(FAILING + 1)]
    row = {
        "collections": {
            "news": {"articles": 1, "newest": None, "withdrawn": [], "current": "a", "generations": []}
        },
        "sources": [source("well", None), *(source(name, "2026-01-14") for name in names)],
    }
    shown = str(asdict(status_card(row, messages_for(language), CANVASES[platform])))
    assert shown.count(REASON) == FAILING
    assert "well.example/feed" in shown
    assert messages_for(language)("status-refused", count=3 * len(names)) in shown
    assert f"{names[0]}.example" in shown
    hint = "/newsdesk settings" if platform == "slack" else f"/{messages_for(language)('command-settings')}"
    assert hint in str(asdict(status_card(row, messages_for(language, platform), CANVASES[platform])))
    sound = {**row, "sources": [source("well", None)]}
    assert hint not in str(asdict(status_card(sound, messages_for(language, platform), CANVASES[platform])))
