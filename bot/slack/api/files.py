"""Downloads files that people sent in Slack, from Slack's own hosts only, since the bot's token is sent
along.

A file object names an address, which can be any address for a file that is stored elsewhere; Slack itself
warns against sending a token there.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
import yarl
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.refusal import Refusal
from bot.runtime.backoff import is_temporary
from bot.slack.api.client import UNREACHABLE, refusal

HOSTS = ("slack.com", "slack-gov.com")
"""Slack's domains, the general one and that for the government of the United States. Files are on hosts below
them: files.slack.com, and one for each workspace."""
DOWNLOAD_TIMEOUT = 60.0
"""Timeout of a download, in seconds."""
MEGABYTE = 1024 * 1024
ADDRESS = 300
"""Characters of an address that are shown in a suggested command; a longer one can't be typed."""
GONE = frozenset({"file_deleted", "file_not_found", "slack_file_not_found"})
"""Slack's errors for a file that does not exist, or not for this workspace."""
PAGE = "text/html"

File = Mapping[str, Any]


def is_slacks(address: str, api: str) -> bool:
    """Whether a file's address is Slack's own: HTTPS on one of its hosts, or the same origin as `api`."""
    try:
        # Parsed by the library that connects, since two parsers could find two different hosts in one
        # address.
        url = yarl.URL(address)
        origin = _origin(url)
    except ValueError:
        return False
    if url.user is not None or url.password is not None:
        return False
    scheme, host, port = origin
    own = host in HOSTS or host.endswith(tuple(f".{one}" for one in HOSTS))
    return origin == _origin(yarl.URL(api)) or (own and (scheme, port) == ("https", 443))


def _origin(url: yarl.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host or "", url.port


class Files:
    """Downloads files with the bot's token."""

    def __init__(self, client: AsyncWebClient, command: str = "/corpus") -> None:
        """`client` has the token and the address of the API; `command` is suggested for files that are not
        stored at Slack."""
        self._client = client
        self._command = command

    async def known(self, file: File) -> File:
        """The complete file object, requested if the message only has its id, as for a file from another
        workspace. Raises Refusal if there is no such file, or the bot may not read it."""
        if file.get("file_access") == "check_file_info":
            try:
                answer = await self._client.files_info(file=str(file.get("id") or ""))
            except SlackApiError as error:
                word = refusal(error)
                raise Refusal(
                    "file-unreachable" if word is None else "file-gone" if word in GONE else "file-denied"
                ) from error
            except UNREACHABLE as error:
                raise Refusal("file-unreachable") from error
            file = answer.get("file") or {}
        mode, access = file.get("mode"), file.get("file_access")
        if mode == "tombstone" or access in GONE:
            raise Refusal("file-gone")
        if mode == "hidden_by_limit":
            raise Refusal("file-hidden")
        if access not in (None, "", "visible"):
            raise Refusal("file-denied")
        return file

    async def read(self, file: File, limit: int) -> bytes:
        """A file's content, at most `limit` bytes.

        Raises Refusal if it is not stored at Slack, can't be downloaded, or is larger than `limit`.
        """
        address = str(file.get("url_private_download") or file.get("url_private") or "")
        if not address:
            raise Refusal("file-unreachable")
        if file.get("is_external") or file.get("mode") == "external" or not self._may_fetch(address):
            raise Refusal("file-elsewhere", command=f"{self._command} add {address[:ADDRESS]}")
        try:
            return await self._fetched(address, file, limit)
        except UNREACHABLE as error:
            raise Refusal("file-unreachable") from error

    def _may_fetch(self, address: str) -> bool:
        return is_slacks(address, self._client.base_url)

    async def _fetched(self, address: str, file: File, limit: int) -> bytes:
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DOWNLOAD_TIMEOUT)) as session,
            # Slack serves files without redirects; a redirect leads to its login page.
            session.get(address, headers=headers, allow_redirects=False) as answer,
        ):
            _check_status(answer.status)
            data = await answer.content.read(limit + 1)
            while len(data) <= limit and (more := await answer.content.read(limit + 1 - len(data))):
                data += more
            page = answer.content_type == PAGE
        if page and len(data) != file.get("size"):
            # Without permission the response is a login page with status 200.
            raise Refusal("file-sign-in")
        if len(data) > limit:
            raise Refusal("too-large", size=f"> {limit // MEGABYTE}", limit=limit // MEGABYTE)
        return data


def _check_status(status: int) -> None:
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.NOT_FOUND:
        raise Refusal("file-gone")
    if is_temporary(status):
        raise Refusal("file-unreachable")
    raise Refusal("file-sign-in")


class SentFile:
    """A file of a message as an upload to the corpus (`bot.actions.call.Upload`)."""

    def __init__(self, files: Files, file: File, limit: int) -> None:
        """`file` is the file object of the message, and `limit` the number of bytes that are read at most."""
        self._files = files
        self._file = file
        self._limit = limit

    @property
    def name(self) -> str:
        """The name of the file, or its id if it has none."""
        return str(self._file.get("name") or self._file.get("id") or "")

    async def size(self) -> int | None:
        """The size in bytes as Slack gives it; None if it gives none. Raises Refusal if the bot may not read
        the file."""
        self._file = await self._files.known(self._file)
        size = self._file.get("size")
        return size if isinstance(size, int) else None

    async def read(self) -> bytes:
        """The content. Raises Refusal."""
        return await self._files.read(self._file, self._limit)
