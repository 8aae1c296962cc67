"""The question before a follow-up, as far as the follow-up needs it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PreviousQuestion:
    """The question before: as it was searched, and the texts of the articles shown for it.

    `phrases` are words of the question that only have a meaning together: those of its hints. `answered` is
    false if it was refused; then `shown` is empty. `told` are the passages, by collection, article id and
    start, whose words the person was shown at once. `own` are the question's own words if those of an earlier
    one were added to it, else empty. `person` is the name that was shown as the answer, to this question or
    an earlier one about the same person, if that asked who it is. `listed` is the request for a list, if that
    was asked for; then `question` is its subject, and `author` the byline of its first article.
    """

    question: str
    shown: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    answered: bool = True
    told: tuple[tuple[str, str, int], ...] = ()
    own: str = ""
    person: str = ""
    listed: str = ""
    author: str = ""
