"""Encrypts the stored Slack tokens."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from corpus.errors import BadSetting

NAME = "NEWSDESK_SECRET_KEY"
MAKE_ONE = "make one with `openssl rand -base64 32 | tr '+/' '-_'`"


class Undecipherable(Exception):
    """None of the keys fits, or what is to be read was changed, or is too old."""


class TokenCipher:
    """Fernet (AES-128 in CBC with an HMAC over all of it): the first key encrypts, each of them decrypts."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are what `NEWSDESK_SECRET_KEY` says, the newest first. Raises BadSetting if there is
        none, or one is no key."""
        if not keys:
            raise BadSetting(
                NAME, f"is needed to keep the tokens of workspaces that install the app: {MAKE_ONE}"
            )
        try:
            self._fernet = MultiFernet([Fernet(one) for one in keys])
        except ValueError:
            raise BadSetting(
                NAME, f"holds what is no key of 32 bytes in URL-safe base64: {MAKE_ONE}"
            ) from None

    def encrypt(self, text: str) -> str:
        """The text, readable with the first key alone."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, kept: str, seconds: int | None = None) -> str:
        """What was encrypted, within so many seconds where they are given. Raises Undecipherable."""
        try:
            return self._fernet.decrypt(kept.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeError) as error:
            raise Undecipherable from error

    def renewed(self, kept: str) -> str:
        """The same encrypted with the first key, so that others can be taken away. Raises Undecipherable."""
        try:
            return self._fernet.rotate(kept.encode()).decode()
        except InvalidToken as error:
            raise Undecipherable from error
