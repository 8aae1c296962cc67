"""Detects the language of a text whose file does not declare it."""

from corpus.lazy_pattern import lazy_pattern

SURE_LENGTH = 200
"""The least characters for py3langid, which takes short English for Maltese ("Trump tariffs") but is right on
paragraphs."""
SAMPLE_LENGTH = 2000
"""The most characters that are examined: more takes longer and changes nothing."""

_HAN = lazy_pattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = lazy_pattern(r"[\u3040-\u30ff]")
_HANGUL = lazy_pattern(r"[\uac00-\ud7af\u1100-\u11ff]")


def guess_language(text: str) -> str:
    """The primary language tag: by script for Japanese, Korean and Chinese, otherwise by py3langid; `und` for
    short texts."""
    sample = text[:SAMPLE_LENGTH]
    if len(_HANGUL.findall(sample)) > len(sample) / 10:
        return "ko"
    if len(_KANA.findall(sample)) > len(sample) / 10:
        return "ja"
    if len(_HAN.findall(sample)) > len(sample) / 3:  # no kana, which every Japanese sentence has
        return "zh"
    if len(sample) < SURE_LENGTH:
        return "und"
    import py3langid  # takes a second to load, and most corpora never need it

    return str(py3langid.classify(sample)[0])
