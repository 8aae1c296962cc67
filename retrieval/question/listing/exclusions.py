"""Parsing what a subject leaves out: "Google but not Apple"."""

from corpus.lazy_pattern import lazy_pattern

_FORMS = (
    # In lower case only: "Doctors Without Borders" is a name.
    lazy_pattern(
        r"(?P<subject>.+?)(?:,? (?:but|and) (?:not|no|without|excluding|(?:do|does)n['’]t)|, not"
        r"|,? (?:without|except(?: for)?|excluding|not including))"
        r"(?: (?:those|ones|articles|anything))?(?: (?:mention|includ|contain)(?:s|e|es|ing)?| about| on)*"
        r" (?P<without>.+)"
    ),
    lazy_pattern(r"(?P<without>.+?)(?:[은는을를]\s?)?(?:제외(?:한|하고)|빼고|뺀)\s(?P<subject>.+)"),
    lazy_pattern(r"(?P<without>.+?)(?:を(?:除く|除いた|除いて)|以外の)、?(?P<subject>.+)"),
)


def without_excluded(subject: str) -> tuple[str, str] | None:
    """The subject without what it leaves out, and what that is; None if it leaves nothing out."""
    found = next(filter(None, (form.fullmatch(subject) for form in _FORMS)), None)
    return (found["subject"].strip(), found["without"].strip()) if found else None
