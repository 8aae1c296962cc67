"""Which language a text is in, where its file does not say."""

import re

SURE_LENGTH = 200
"""Characters; py3langid takes short English for Maltese ("Trump tariffs"), and is right on paragraphs."""
SAMPLE_LENGTH = 2000
"""Characters looked at: more costs time and changes nothing."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")


def guess_language(text: str) -> str:
    """A primary language tag: by script for Japanese, Korean and Chinese, else by py3langid; `und` for short
    texts."""
    sample = text[:SAMPLE_LENGTH]
    if len(_HANGUL.findall(sample)) > len(sample) / 10:
        return "ko"
    if len(_KANA.findall(sample)) > len(sample) / 10:
        return "ja"
    if len(_HAN.findall(sample)) > len(sample) / 3:  # without kana, which Japanese has in every sentence
        return "zh"
    if len(sample) < SURE_LENGTH:
        return "und"
    import py3langid  # a second of loading that most corpora never need

    return str(py3langid.classify(sample)[0])
