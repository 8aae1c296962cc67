"""Simulates what an agency's customers do to its report: readers see the same report, but the text
differs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from retrieval.text.sentences import sentence_spans

_EDITS = {
    "en": (
        (" said on ", " told reporters on "),
        (" said.", " announced."),
        (" because ", " as "),
        ("About ", "Around "),
        (" about ", " around "),
        ("Some ", "About "),
        (" more than ", " over "),
        (" is to ", " will "),
        (" who ", ", who "),
        (" which ", " that "),
        (" was ", " has been "),
        (" were ", " have been "),
        (" had ", " has "),
        (" is ", " was "),
    ),
    "ko": (
        ("밝혔다", "전했다"),
        ("알려졌다", "전해졌다"),
        ("했다", "한 것으로 나타났다"),
        ("다.", "다고 한다."),
    ),
    "ja": (
        ("発表した", "明らかにした"),
        ("話している", "説明している"),
        ("た。", "たという。"),
        ("る。", "るという。"),
    ),
}
"""Phrases that a sub-editor rewrites; the first one in a sentence is used."""
_INSERTED = {
    "en": "Readers who were there can send their pictures to our newsroom, which checks each of them.",
    "ko": "본지는 현장 사진을 보내 주실 독자 여러분의 제보를 기다립니다. 사진은 확인 뒤 싣습니다.",
    "ja": "本紙では現場の写真をお持ちの読者からの投稿を受け付けています。内容を確かめたうえで掲載します。",
}
_DATELINE = {
    "en": "PORT ELLERY, March 4 (Wire) - ",
    "ko": "[포트엘러리=통신] ",
    "ja": "【ポートエラリー通信】",
}
_CREDIT = {
    "en": " Reporting by Ann Lee, editing by Bo Kim.",
    "ko": " 이안나 기자",
    "ja": "（記者・安藤リー）",
}
_HEADLINE = {"en": "What we know so far", "ko": "지금까지 알려진 것", "ja": "これまでに分かったこと"}
_SPELT = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(rf"\d+(?![\d.,]*\d)|\b(?:{'|'.join(_SPELT)})\b(?= [a-z])", re.IGNORECASE)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def copies_of(report: Article, number: int) -> Iterator[tuple[str, Article]]:
    """A copy with each kind of change, and one with several; `number` varies which sentences are changed."""
    text, language = report.text, report.language
    sentences = [text[start:end] for start, end in sentence_spans(text, language)]
    for kind, changed in (
        ("dateline and credit", _DATELINE[language] + text + _CREDIT[language]),
        ("headline", text),
        ("cut", _joined(sentences[: max(2, len(sentences) // 2)], language)),
        ("cut to one sentence", sentences[0].strip()),
        ("two sentences edited", _joined(_edited(sentences, language, number), language)),
        ("paragraph inserted", _inserted(sentences, language, number)),
        ("typography", _typography(text, language)),
        (
            "several",
            _DATELINE[language]
            + _typography(
                _inserted(_edited(sentences[: max(3, len(sentences) - 1)], language, number), language, 1),
                language,
            ),
        ),
    ):
        yield (
            kind,
            replace(
                report, id=f"{report.id}/{kind}", title=_HEADLINE[language], text=changed, source="Customer"
            ),
        )


def with_another_number(report: Article, number: int) -> Article | None:
    """The report with one number changed; None if it has none."""
    found = list(_NUMBER.finditer(report.text))
    if not found:
        return None
    at = found[number % len(found)]
    value = at[0]
    if value.isdigit():
        other = str(int(value) + 1 + number % 3)
    else:
        other = _SPELT[(_SPELT.index(value.lower()) + 1) % len(_SPELT)]
    text = report.text[: at.start()] + other + report.text[at.end() :]
    return replace(report, id=f"{report.id}/number", text=text, source="Customer")


def _joined(sentences: list[str], language: str) -> str:
    return ("" if language == "ja" else " ").join(one.strip() for one in sentences)


def _edited(sentences: list[str], language: str, number: int) -> list[str]:
    """The sentences, with a word or two of two of them rewritten."""
    edited = list(sentences)
    for place in {number % len(edited), (number + 2) % len(edited)}:
        for old, new in _EDITS[language]:
            if old in edited[place]:
                edited[place] = edited[place].replace(old, new, 1)
                break
    return edited


def _inserted(sentences: list[str], language: str, number: int) -> str:
    place = 1 + number % max(1, len(sentences) - 1)
    parts = (_joined(sentences[:place], language), _INSERTED[language], _joined(sentences[place:], language))
    return "\n\n".join(part for part in parts if part)


def _typography(text: str, language: str) -> str:
    """The text with curly quotes, dashes and non-breaking spaces; in Japanese, with full-width digits."""
    if language == "ja":
        return text.translate(_WIDE).replace("、", "，")
    changed = re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’").replace("-", "‑")
    return changed.replace(" percent", " per cent").replace(" euros", "\xa0euros").replace(". ", ".  ")
