import json

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer_json import failed_row
from bot.cli.printing.json_line import to_json


@given(st.text(st.characters()))
def test_any_text_is_one_printable_line_that_gives_it_again(text: str) -> None:
    line = to_json({"text": text})
    assert line.isprintable()
    assert json.loads(line) == {"text": text}


def test_what_steers_a_terminal_is_escaped_and_every_script_stays_readable() -> None:
    assert to_json(["조세이", "“Nara”", "日本", "é"]) == '["조세이", "“Nara”", "日本", "é"]'
    assert to_json("\x1b[31m\x9b\u202e\U000e0001") == '"\\u001b[31m\\u009b\\u202e\\udb40\\udc01"'


def test_a_question_that_could_not_be_asked_has_the_shape_of_an_answer() -> None:
    row = failed_row("?", "7", "it has no words")
    assert row["error"] == "it has no words"
    assert (row["id"], row["question"], row["answered"], row["passages"]) == ("7", "?", False, [])
