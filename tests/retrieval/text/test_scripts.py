import re
import string
import sys

from retrieval.text.scripts import folded


def test_what_matches_a_letter_if_case_is_ignored_is_folded_to_it() -> None:
    alike = [
        (letter, found)
        for letter in string.ascii_lowercase
        for found in re.findall(letter, "".join(map(chr, range(sys.maxunicode))), re.IGNORECASE)
    ]
    assert len(alike) == 2 * 26 + 4
    assert [folded(found) for _, found in alike] == [letter for letter, _ in alike]
