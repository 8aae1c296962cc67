"""Which script a text is in, where that decides how it is read."""

import re

EAST_LETTERS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Kana, Chinese characters and Hangul, for a class of a pattern."""
EAST = re.compile(rf"[{EAST_LETTERS}]")
"""A letter of Korean or Japanese."""
