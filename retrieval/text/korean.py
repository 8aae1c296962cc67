"""Reduces a Korean question to its subject: without question words and without endings.

Endings are attached to words, and question words are rare in articles, so an index would take them for the
rarest and most informative terms. Only questions are reduced; articles are indexed completely.
"""

import re

from corpus.lazy_pattern import lazy_pattern

_ENDINGS = (
    # After nouns: subject, object, topic, place, company
    "은 는 이 가 을 를 의 에 에서 에게 께서 로 으로 와 과 도 만 까지 부터 보다 처럼 이나 들 "
    "라고 이라고 라는 이라는 이란 에는 에서는 에게는 에도 에서의 으로는 로는 으로의 로의 "
    "으로서 로서 으로써 로써 와의 과의 까지의 들은 들이 들을 들의 "
    # After nouns and stems: "is it?", "did it?", and what turns a noun into a verb or an attribute
    "인가 인가요 인지 입니까 입니다 였습니까 이었습니까 는가 은가 나요 을까 을까요 습니까 "
    "었습니까 았습니까 합니까 했습니까 됩니까 되었습니까 하는가 했는가 한가 되었는가 했나요 "
    "되었나요 하고 하는 하기 하지 하여 하게 한 할 했던 된 되는 되지 되어 될 시킨 시키는 적인 적으로"
).split()
_EMPTY = (
    "것 다음 대한 대해 대하여 관한 관해 관하여 관련 위한 위해 위하여 통해 통하여 따르면 따라 의하면 "
    "있 없 않 아닌 아니 가장 또는 그리고 및 중 중에 중에서 수 때 그 이 "
    "해당 지문 본문 설명 언급 정확 사실 옳 올바른 맞는 틀린"
).split()
"""Words without a subject: grammatical ones ("about", "according to", "which of these"), and those about a
text ("the passage", "is mentioned", "is true")."""
_UNENDED = frozenset("가장 또는 그리고 및 중 중에 중에서 수 때 그 이".split())
"""Those of them which with an ending become other words ("수도" is a capital, "이란" Iran)."""

_ENDING = "|".join(_ENDINGS)
_ASKS = lazy_pattern(
    r"(?:누구|누굴|무엇|무얼|뭐|뭘|언제|어디|어떤|어떻|어떠|어느|얼마|몇).*|누가|왜|무슨"
    rf"|(?:{'|'.join(word for word in _EMPTY if word not in _UNENDED)})(?:{_ENDING})?"
    rf"|{'|'.join(sorted(_UNENDED))}"
)
_ENDED = lazy_pattern(rf"(.{{2,}}?)(?:{_ENDING})")
_ENDED_AFTER_OTHER = lazy_pattern(rf"(|.{{2,}}?)(?:{_ENDING})")
"""After a number, a Latin word or a bracket an ending may be alone ("AI의")."""
_RUN = lazy_pattern(r"(?P<after>(?<=[^\W_가-힣])|(?<=[)\]」』”’]))?(?P<run>[가-힣]+)")


def subject(question: str) -> str:
    """The remaining words of a Korean question, reduced to their stems, with a space for each part removed.

    Other text is unchanged. The question must be NFC or NFKC.
    """
    return _RUN.sub(_stem, question)


def _stem(found: re.Match[str]) -> str:
    run = found["run"]
    after = found["after"] is not None
    if not after and _ASKS.fullmatch(run):
        return " "
    ended = (_ENDED_AFTER_OTHER if after else _ENDED).fullmatch(run)
    return f"{ended[1]} " if ended else run
