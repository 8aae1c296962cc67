"""Encrypts the stored Slack tokens."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from corpus.errors import BadSetting

NAME = "NEWSDESK_SECRET_KEY"
MAKE_ONE = "make one with `openssl rand -base64 32 | tr '+/' '-_'`"


class Undecipherable(Exception):
    """A text can't be decrypted with any of the keys, was changed, or is too old."""


class TokenCipher:
    """Encrypts with Fernet (AES-128-CBC with HMAC-SHA256): the first key encrypts, and every key decrypts."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are those in `NEWSDESK_SECRET_KEY`, the newest first. Raises BadSetting if there is none, or
        one is malformed."""
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
        """Encrypt with the first key."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, kept: str, seconds: int | None = None) -> str:
        """Decrypt; with `seconds`, only what was encrypted within them. Raises Undecipherable."""
        try:
            return self._fernet.decrypt(kept.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeError) as error:
            raise Undecipherable from error

    def renewed(self, kept: str) -> str:
        """The text encrypted again with the first key, so that the other keys can be removed. Raises
        Undecipherable."""
        try:
            return self._fernet.rotate(kept.encode()).decode()
        except InvalidToken as error:
            raise Undecipherable from error
