"""What the settings' panel offers, and how a choice is read."""

import pytest

from bot.cards.administration.panel import Panel, panel_card, read_choice
from bot.cards.card import Menu
from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.discord.drawing.render import draw
from bot.messages.catalogue import messages_for
from tests.bot.discord.reader import check_sound, components_of

SAY = messages_for("en")


def menus(panel: Panel) -> dict[str, Menu]:
    return {part.press.argument: part for part in panel_card(panel, SAY).parts if isinstance(part, Menu)}


def test_every_choice_of_a_menu_can_be_read() -> None:
    panel = Panel(PreferenceChanges(), ("news", "port"), ("Gazette", "Post"), channel="2002", name="#general")
    for name, menu in menus(panel).items():
        for value, _ in menu.options:
            assert set(read_choice(name, [value])) == {name}


def test_what_is_chosen_is_shown_as_chosen() -> None:
    chosen = PreferenceChanges(AnswerPolicy.COMMANDS, ("port",), ("Post",), True, 5, "ko", ("4004",), 6, 120)
    found = menus(Panel(chosen, ("news", "port"), ("Gazette", "Post")))
    assert {name: menu.chosen for name, menu in found.items()} == {
        "answers": ("commands",),
        "collections": ("port",),
        "sources": ("Post",),
        "private": ("yes",),
        "passages": ("5",),
        "language": ("ko",),
        "person_limit": ("6",),
        "channel_limit": ("120",),
        "admin_roles": ("4004",),
    }


def test_one_collection_and_one_source_are_no_choice() -> None:
    assert not {"collections", "sources"} & menus(Panel(PreferenceChanges(), ("news",), ("Gazette",))).keys()


def test_what_was_chosen_stays_in_sight_among_more_sources_than_fit() -> None:
    sources = [f"Source {number:02}" for number in range(60)]
    panel = Panel(PreferenceChanges(sources=("Source 59", "Gone")), ("news",), sources)
    options = [value for value, _ in menus(panel)["sources"].options]
    assert options[:2] == ["Source 59", "Gone"]
    assert len(options) == 25
    check_sound(components_of(draw(panel_card(panel, SAY))[0]))


@pytest.mark.parametrize(
    ("name", "values"),
    [("answers", ["often"]), ("passages", ["x"]), ("passages", []), ("colour", ["red"]), ("answers", [])],
)
def test_a_choice_that_is_none_is_not_read(name: str, values: list[str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_choice(name, values)


def test_nothing_chosen_in_a_menu_of_several_is_everything() -> None:
    assert read_choice("sources", []) == {"sources": None}
    assert read_choice("answers", ["-"]) == {"answers": None}
