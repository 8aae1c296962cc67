"""Recognises elements that a browser does not show."""

import re
from collections.abc import Mapping

from corpus.lazy_pattern import lazy_pattern

CONSENT_TAGS = frozenset(("amp-consent", "amp-user-notification"))
"""Elements of AMP pages that ask for consent."""
_HIDDEN_STYLE = lazy_pattern(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?|mso-hide\s*:\s*all)"
    r"\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
"""Matches styles with which newsletters hide their preview, and pages what is not to be read."""


def hides(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes (in lower case) is not shown. What is hidden until it is
    searched for belongs to the text."""
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    return _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
