"""What is said where something was not done."""

from bot.messages.catalogue import Messages
from bot.service.refusal import Refusal
from corpus.errors import BadQuestion, NewsdeskError, OverLimit, UnknownName


def explained(error: NewsdeskError, messages: Messages) -> str:
    """The error in the reader's language; what only those meet who look after the corpus is English."""
    if isinstance(error, Refusal):
        return messages(error.key, **error.values)
    if isinstance(error, BadQuestion):
        return messages(f"question-{error.fault}")
    if isinstance(error, UnknownName):
        # Which collections there are is the operator's to know: others' are among them.
        near = () if error.kind == "collection" else error.near
        return messages(f"unknown-{error.kind}", name=error.name, near=", ".join(near) or "–")
    if isinstance(error, OverLimit):
        return messages(f"limit-{error.kind}", used=error.used, most=error.most)
    return messages("not-done", reason=str(error))
