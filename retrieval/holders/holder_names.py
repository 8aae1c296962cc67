"""Names of people and companies in sentences that tell who holds a role."""

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.asked_role import AskedRole
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.sentences import Span

NAME = r"(?P<name>[A-ZÀ-Þ][\w’'-]*\w)"
"""One word of a name."""
TITLE = (
    r"(?:Gen|Dr|Sir|Mr|Mrs|Ms|Sen|Gov|Rep|Prof|Col|Lt|Adm)\.?"
    r"|(?:Air Force|Army|Navy|Marine Corps) (?:Gen|Adm)\."
)
"""What may stand before a name."""
_MORE_BEFORE = lazy_pattern(
    r"(?<![^\W_])((?:(?:[A-ZÀ-Þ]\.)+|[A-ZÀ-Þ][\w’'-]*)(?: (?:de|van|von|bin|al|la|der|del|da))*) \Z"
)
_MORE_AFTER = lazy_pattern(
    r"(?:-[A-Z]\w*)*(?: (?:de |van |von |der |bin |al |la |del |da )*(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]*\w))"
)
"""Further words of a name."""
_MORE_THAN_NAME = lazy_pattern(r",|\band\b|\b[a-z]{4,}\b")
_NO_COMPANY = lazy_pattern(r"\w+-(?:based|born|backed|owned|led|run|linked|style|trained|era|area)\Z")
"""Said of a company: “Nara-based”."""
_WORD = lazy_pattern(r"\w+")
_NO_NAMES = STOP_WORDS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december president prime minister premier secretary general ceo chief"
    " executive chairman chairwoman chair director coach manager captain owner founder co-founder head"
    " officer gen dr sir mr mrs ms dean senator sen rep gov democratic republican democrat american british"
    " french german russian chinese japanese italian spanish department state board council committee"
    " commission office university company inc corp ltd fc i ii iii jr sr new meanwhile however today"
    " yesterday earlier later still additionally previously recently both either neither another every each"
    " during despite although because zealander".split()
)
"""Words with a capital letter that are no names of people or companies."""


def is_name(words: str) -> bool:
    """Whether the words of a text may be one name, with titles and particles, and nothing else."""
    return not _MORE_THAN_NAME.search(words)


def whole_name(asked: AskedRole, sentence: str, part: Span) -> Span:
    """The span of the whole name of which this is a word."""
    start, end = part
    while (more := _MORE_BEFORE.search(sentence[:start])) and may_be_name(asked, more[1]):
        start = more.start()
    while (more := _MORE_AFTER.match(sentence, end)) and may_be_name(asked, more[0]):
        end = more.end()
    return start, end


def may_be_name(asked: AskedRole, name: str) -> bool:
    """Whether a word with a capital letter may be a name that is not in the question."""
    if _NO_COMPANY.match(name):
        return False
    words = _WORD.findall(name.lower())
    return (asked.known | _NO_NAMES).isdisjoint(words) or (
        len(words) > 1 and not (asked.known | _NO_NAMES).issuperset(words)
    )
