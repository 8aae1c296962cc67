"""Files that people sent in Slack: read from Slack's own hosts alone, since the bot's token goes along.

A file object names an address, and for a file that is kept elsewhere it is any address at all: Slack itself
warns of sending a token there.
"""

from collections.abc import Mapping
from typing import Any

import aiohttp
import yarl
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.refusal import Refusal
from bot.slack.api.client import UNREACHABLE, refusal

HOSTS = ("slack.com", "slack-gov.com")
"""Slack's own domains, for everybody and for the United States' government. Files come from hosts below them:
files.slack.com, and a workspace's own."""
DOWNLOAD = 60.0
"""Seconds that a file may take."""
MEGABYTE = 1024 * 1024
ADDRESS = 300
"""Characters of an address that is said; a longer one can't be typed."""
GONE = frozenset({"file_deleted", "file_not_found", "slack_file_not_found"})
"""Slack's words for a file that is not there, or not for this workspace."""
OK, NOT_FOUND, SERVER_FAULT, TOO_MANY = 200, 404, 500, 429
PAGE = "text/html"

File = Mapping[str, Any]


def is_slacks(address: str, api: str) -> bool:
    """Whether a file's address is Slack's own: on https at one of its hosts, or exactly where `api` is."""
    try:
        # By the library that connects: two readings of one address could name two hosts.
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
    """Reads files as the bot."""

    def __init__(self, client: AsyncWebClient, command: str = "/corpus") -> None:
        """The client has the token and knows where Slack is; `command` adds what is not kept there."""
        self._client = client
        self._command = command

    async def known(self, file: File) -> File:
        """What Slack says of a file, asked for where the message does not say it: of one from another
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
        """A file's content, at most `limit` bytes of it.

        Raises Refusal if it is not kept at Slack, can't be fetched, or is larger than it said.
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
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DOWNLOAD)) as session,
            # Slack gives a file where it was asked for it; whom it does not know it sends on to sign in.
            session.get(address, headers=headers, allow_redirects=False) as answer,
        ):
            _check_status(answer.status)
            data = await answer.content.read(limit + 1)
            while len(data) <= limit and (more := await answer.content.read(limit + 1 - len(data))):
                data += more
            page = answer.content_type == PAGE
        if page and len(data) != file.get("size"):
            # A bot that may not read files is given a page to sign in, with a good status.
            raise Refusal("file-sign-in")
        if len(data) > limit:
            raise Refusal("too-large", size=f"> {limit // MEGABYTE}", limit=limit // MEGABYTE)
        return data


def _check_status(status: int) -> None:
    if status == OK:
        return
    if status == NOT_FOUND:
        raise Refusal("file-gone")
    if status >= SERVER_FAULT or status == TOO_MANY:
        raise Refusal("file-unreachable")
    raise Refusal("file-sign-in")


class SentFile:
    """A file of a message, as the corpus takes one in (`bot.actions.call.Upload`)."""

    def __init__(self, files: Files, file: File, limit: int) -> None:
        """`file` is what the message says of it, `limit` how many bytes are read at most."""
        self._files = files
        self._file = file
        self._limit = limit

    @property
    def name(self) -> str:
        """Its name, or its id where it has none."""
        return str(self._file.get("name") or self._file.get("id") or "")

    async def size(self) -> int | None:
        """What Slack says of it. Raises Refusal if it says that the bot may not have it."""
        self._file = await self._files.known(self._file)
        size = self._file.get("size")
        return size if isinstance(size, int) else None

    async def read(self) -> bytes:
        """Its content. Raises Refusal."""
        return await self._files.read(self._file, self._limit)
