import pytest

from retrieval.text.addresses import addresses, without_addresses, without_links

A = "https://post.example/a"


@pytest.mark.parametrize(
    ("text", "found", "words", "unlinked"),
    [
        (f"who wrote {A}?", [A], "who wrote", "who wrote  ?"),
        (f"see <{A}>, please", [A], "see , please", "see  , please"),
        (f"why did <{A}|the race> end", [A], "why did the race end", "why did   end"),
        (f"why did [the race]({A}) end", [A], "why did the race end", "why did   end"),
        (f"{A} or http://b.example/x_(y)", [A, "http://b.example/x_(y"], "or", "  or  )"),
        ("no [label](here) <x|y>", [], "no [label](here) <x|y>", "no [label](here) <x|y>"),
    ],
)
def test_addresses_stand_bare_or_in_links(text: str, found: list[str], words: str, unlinked: str) -> None:
    assert list(addresses(text)) == found
    assert without_addresses(text) == words
    assert without_links(text) == unlinked


def test_a_text_of_an_address_alone_keeps_it() -> None:
    assert without_addresses(A) == A
    assert without_addresses(f"<{A}|a>") == "a"
