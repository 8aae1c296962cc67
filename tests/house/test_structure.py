"""The tree keeps its rules, and the rules find what breaks them in small trees, broken on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.structure import (
    LINES,
    MODULES,
    Module,
    circles_of_rooms,
    crowded_folders,
    long_modules,
    read_tree,
    repeated_names,
)

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "retrieval", "corpus")
PACKAGES = ("bot", "retrieval")
Tree = Callable[[dict[str, str]], list[Module]]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes a small tree of these files, and what every package has, and reads it."""

    def made(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            for folder in path.relative_to(tmp_path).parents[:-1]:
                (tmp_path / folder / "__init__.py").touch()
                (tmp_path / folder / "__main__.py").touch()
        return read_tree(tmp_path, PACKAGES)

    return made


@pytest.mark.parametrize("rule", [crowded_folders, long_modules, repeated_names, circles_of_rooms])
def test_the_product_keeps_the_rule(rule: Callable[[list[Module]], list[str]]) -> None:
    tree = read_tree(ROOT, PRODUCT)
    assert len(tree) > 100
    assert rule(tree) == []


@pytest.mark.parametrize("rule", [crowded_folders, long_modules, circles_of_rooms])
def test_the_tools_keep_the_rule(rule: Callable[[list[Module]], list[str]]) -> None:
    tree = read_tree(ROOT, ("tools",))
    assert len(tree) > 50
    assert rule(tree) == []


def test_a_folder_may_have_so_many_modules_and_not_one_more(tree: Tree) -> None:
    full = {f"bot/cards/card_{number}.py": "" for number in range(MODULES)}
    assert crowded_folders(tree(full)) == []
    assert crowded_folders(tree({"bot/cards/chat/one.py": ""})) == []
    assert crowded_folders(tree({"bot/cards/one_more.py": ""})) == [f"bot/cards: {MODULES + 1} modules"]


def test_a_module_may_have_so_many_lines_and_not_one_more(tree: Tree) -> None:
    assert long_modules(tree({"bot/desk.py": "\n" * LINES})) == []
    assert long_modules(tree({"bot/desk.py": "\n" * (LINES + 1)})) == [f"bot/desk.py: {LINES + 1} lines"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bot/answer.py", "retrieval/answer.py"),
        ("bot/cards/answer.py", "bot/chat/answer.py"),
        ("bot/discord/drawing/run.py", "bot/discord/run.py"),
    ],
)
def test_a_name_stands_once(tree: Tree, one: str, other: str) -> None:
    assert repeated_names(tree({one: ""})) == []
    assert repeated_names(tree({other: ""})) == [f"{one} and {other}"]


def test_the_twins_may_call_their_modules_alike_and_as_others_do(tree: Tree) -> None:
    alike = ("bot/discord/run.py", "bot/slack/run.py", "bot/slack/drawing/render.py")
    assert repeated_names(tree(dict.fromkeys((*alike, "bot/run.py", "bot/cards/render.py"), ""))) == []


@pytest.mark.parametrize(
    "back",
    [
        "from bot.cards.card import Card",
        "from bot.cards import card",
        "import bot.cards.card",
        "import bot.cards",
        "def late() -> None:\n    from bot.cards.card import Card",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from bot.cards.card import Card",
    ],
)
def test_two_rooms_that_import_each_other_are_found(tree: Tree, back: str) -> None:
    one_way = {"bot/cards/card.py": "from bot.service.asking import Asking", "bot/service/asking.py": ""}
    assert circles_of_rooms(tree(one_way)) == []
    found = circles_of_rooms(tree({"bot/service/asking.py": back}))
    assert len(found) == 2
    assert "bot/cards imports bot/service: bot.cards.card -> bot.service.asking" in found


def test_a_circle_of_three_rooms_is_found(tree: Tree) -> None:
    files = {
        "bot/cards/card.py": "from bot.chat.venue import Venue",
        "bot/chat/venue.py": "from bot.desk.desk import Desk",
        "bot/desk/desk.py": "",
    }
    assert circles_of_rooms(tree(files)) == []
    assert len(circles_of_rooms(tree({"bot/desk/desk.py": "import bot.cards.card"}))) == 3


def test_a_room_and_a_room_in_it_are_two(tree: Tree) -> None:
    files = {"bot/slack/run.py": "import bot.slack.api.send", "bot/slack/api/send.py": "import bot.slack.run"}
    assert set(circles_of_rooms(tree(files))) == {
        "bot/slack imports bot/slack/api: bot.slack.run -> bot.slack.api.send",
        "bot/slack/api imports bot/slack: bot.slack.api.send -> bot.slack.run",
    }


def test_what_lies_in_no_room_is_one_of_its_own(tree: Tree) -> None:
    files = {
        "bot/settings.py": "",
        "bot/cli/app.py": "from bot.settings import Settings",
        "bot/__main__.py": "from bot.cli.app import main",
    }
    assert circles_of_rooms(tree(files)) == []
    found = circles_of_rooms(tree({"bot/settings.py": "from bot.cli import app"}))
    assert "bot/settings.py imports bot/cli: bot.settings -> bot.cli.app" in found
