"""Refusals: errors that are explained to a person in their language."""

from corpus.errors import NewsdeskError


class LowConfidence(NewsdeskError):
    """No answer is sure enough to be given to people who did not ask the bot."""


class Refusal(NewsdeskError):
    """A refusal, as the key of a message and its values (`bot/messages`)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values
