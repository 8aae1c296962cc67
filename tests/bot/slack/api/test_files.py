"""Files that people send in Slack: the token goes to Slack alone, whatever a file says of itself."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError

from bot.chat.refusal import Refusal
from bot.slack.api.client import web_client
from bot.slack.api.files import Files, is_slacks
from tests.bot.slack.live import LiveBot, added, upload
from tests.listener import Listener, Redirecting, listening
from tools.local_slack import LocalSlack, Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROW = '{"id": "kite", "title": "A kite", "source": "Harbour Post", "text": "A kite flew over the harbour."}'
LOST: Any = ...
"""For a key that is not there."""
MODES = (
    "hosted external snippet post space quip canvas list lists email huddle_transcript huff tombstone "
    "hidden_by_limit file_access unheard_of"
).split()
"""What Slack says in `mode`, as far as it is public, and something that it may say one day."""
EXTERNAL = ("", "app", "gdrive", "gdoc", "dropbox", "box", "onedrive", "unknown", "unheard_of")
"""What Slack says in `external_type`."""
ACCESS = ("visible", "check_file_info", "access_denied", "file_not_found", "unheard_of", LOST, "", None)
"""What Slack says in `file_access`."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def elsewhere() -> AsyncIterator[Listener]:
    """A server of somebody else's, on another port of the host on which Slack is, too."""
    async with listening(Listener("127.0.0.1")) as listener:
        yield listener


def given(**said: Any) -> Upload:
    """A file with an article of which messages and files.info say this."""
    redirect = said.pop("redirect", "")
    info = said.pop("info", said)
    content = upload("kite.jsonl", ROW).content
    return Upload("kite.jsonl", content, "application/jsonl", told=said, info=info, redirect=redirect)


def shapes(there: str) -> list[Upload]:
    """Every shape of a file object, with addresses of somebody else's server wherever one can stand."""
    urls = dict.fromkeys(("url_private", "url_private_download"), there)
    others = dict.fromkeys(
        ("permalink", "permalink_public", "edit_link", "preview", "thumb_64", "thumb_pdf"), there
    )
    made = [given(**others, mode=mode, **urls) for mode in MODES]
    made += [given(**urls, is_external=True, mode="external", external_type=kind) for kind in EXTERNAL]
    made += [given(**urls, is_external=False, external_type=kind) for kind in EXTERNAL]
    made += [given(**urls, file_access=access, mode="hosted") for access in ACCESS]
    bare = dict.fromkeys(("url_private", "url_private_download", "name", "size", "mimetype", "mode"), LOST)
    made += [
        given(info=urls, **bare, file_access="check_file_info"),
        given(info={**urls, "is_external": True}, **bare, file_access="check_file_info"),
        given(info={"file_access": "check_file_info"}, **bare, file_access="check_file_info"),
        given(url_private=there, url_private_download=LOST),
        given(url_private_download=there),
        given(url_private=there, url_private_download="", is_external=True),
        given(redirect=there),
        given(redirect=there.replace("http://", "//")),
        given(**urls, name="kite.html", mimetype="text/html"),
        given(**urls, size=0),
        given(**urls, size="many"),
        given(**urls, id="F0"),
    ]
    return made


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
async def test_no_token_reaches_anybody_else_and_nobody_else_is_asked_whatever_a_file_says(
    live: LiveBot, host: str
) -> None:
    async with listening(Listener(host)) as listener:
        for file in shapes(listener.url()):
            before = len(live.slack.requests)
            live.rest()  # so that each is looked at
            words = await added(live, file)
            assert "faster than is allowed" not in words, file
            assert "1 new" not in words or not {listener.url()} & set(map(str, file.told.values())), file
            assert "went wrong" not in words, file
            assert words, file
            for request in live.slack.requests[before:]:
                assert live.slack.bot_token not in str(request.arguments)
        assert listener.heard == []


async def test_a_file_kept_elsewhere_is_named_with_the_way_to_add_it(
    live: LiveBot, elsewhere: Listener
) -> None:
    there = "https://news.example/kite.html?page=1"
    for said in ({"is_external": True, "mode": "external"}, {"mode": "hosted"}):
        words = await added(live, given(url_private=there, url_private_download=there, **said))
        assert f"/corpus add {there}" in words
        assert "not kept at Slack" in words
    words = await added(live, given(url_private=elsewhere.url(), url_private_download=LOST, is_external=True))
    assert elsewhere.url() in words
    assert elsewhere.heard == []


REFUSED: Mapping[str, tuple[Upload, str]] = {
    "deleted": (given(mode="tombstone", url_private=LOST, url_private_download=LOST), "was deleted"),
    "gone at Slack": (given(mode="hosted", url_private=LOST, url_private_download=LOST), "does not give"),
    "hidden by the plan": (given(mode="hidden_by_limit", url_private=LOST), "hides that file"),
    "not to be read": (given(file_access="access_denied"), "may not read"),
    "not found": (given(file_access="file_not_found"), "was deleted"),
    "of another workspace": (
        given(
            mode="file_access",
            file_access="check_file_info",
            id="F0NOTHING",
            url_private=LOST,
            url_private_download=LOST,
        ),
        "was deleted",
    ),
    "elsewhere by a redirect": (given(redirect="https://newsroom.slack.com/?redir=%2Ffiles-pri"), "sign in"),
}


@pytest.mark.parametrize("why", REFUSED)
async def test_a_file_that_slack_does_not_give_is_refused_in_clear_words(live: LiveBot, why: str) -> None:
    file, said = REFUSED[why]
    words = await added(live, file)
    assert said in words
    assert "went wrong" not in words
    assert "1 new" not in words
    live.slack.requests[:] = [one for one in live.slack.requests if one.error != "file_not_found"]


async def test_a_file_of_a_shared_channel_is_looked_up_and_taken(live: LiveBot) -> None:
    lost = dict.fromkeys(("name", "size", "mimetype", "url_private", "url_private_download", "title"), LOST)
    before = len(live.slack.requests.of("files.info"))
    words = await added(
        live, given(info={"name": "kite.jsonl"}, mode="file_access", file_access="check_file_info", **lost)
    )
    assert "1 new" in words
    assert len(live.slack.requests.of("files.info")) == before + 1


async def test_a_page_to_sign_in_is_not_taken_for_the_file(live: LiveBot) -> None:
    slack = live.slack
    with_files = slack.world.app
    slack.world.app = replace(with_files, scopes=with_files.scopes - {"files:read"})
    try:
        for name, kind in (("kite.jsonl", "application/jsonl"), ("kite.html", "text/html")):
            words = await added(live, Upload(name, upload("kite.jsonl", ROW).content, kind))
            assert "files:read" in words
            assert "install" in words
    finally:
        slack.world.app = with_files
        slack.requests[:] = [one for one in slack.requests if one.error != "sign_in"]


async def test_a_page_that_somebody_sent_is_taken(live: LiveBot) -> None:
    page = b"<html><head><title>The mill</title></head><body><article><h1>The mill</h1><p>" + (
        b"The old mill beside the river was opened to the public on Sunday after ten years of repairs. " * 5
    )
    words = await added(live, Upload("mill.html", page + b"</p></article></body></html>", "text/html"))
    assert "1 new" in words


HOSTS = {
    "https://files.slack.com/files-pri/T1-F1/a.txt": True,
    "https://slack.com/files-pri/T1-F1/a.txt": True,
    "https://newsroom.slack.com/files-pri/T1-F1/a.txt": True,
    "https://acme.enterprise.slack.com/files-pri/T1-F1/a.txt": True,
    "https://files.slack-gov.com/files-pri/T1-F1/a.txt": True,
    "https://files.slack.com:443/a": True,
    "https://FILES.SLACK.COM/a": True,
    "http://files.slack.com/a": False,
    "https://files.slack.com:8443/a": False,
    "https://files.slack.com./a": False,
    "https://files.slack.com.evil.example/a": False,
    "https://evilslack.com/a": False,
    "https://slack.com.evil.example/a": False,
    "https://files.slack.com@evil.example/a": False,
    "https://evil.example@files.slack.com/a": False,
    "https://x:y@files.slack.com/a": False,
    "https://evil.example#@files.slack.com/a": False,
    "https://evil.example\\@files.slack.com/a": False,
    "https://evil.example/files.slack.com": False,
    "https://files.slack。com.evil.example/a": False,
    "https://fіles.ѕlack.com/a": False,
    "https://127.0.0.1/a": False,
    "https://[::1]/a": False,
    "//files.slack.com/a": False,
    "files.slack.com/a": False,
    "ftp://files.slack.com/a": False,
    "javascript:alert(1)": False,
    "https://": False,
    "https://[files.slack.com/a": False,
    "https://files.slack.com:port/a": False,
    "": False,
}


@pytest.mark.parametrize("address", HOSTS)
async def test_the_token_goes_to_slack_s_own_hosts_over_https_and_nowhere_else(address: str) -> None:
    assert is_slacks(address, "https://slack.com/api/") is HOSTS[address]


async def test_another_address_for_slack_is_the_exact_origin_that_was_set() -> None:
    api = "http://127.0.0.1:4000/api/"
    assert is_slacks("http://127.0.0.1:4000/files-pri/T1-F1/a.txt", api)
    for other in ("http://127.0.0.1:4001/a", "https://127.0.0.1:4000/a", "http://127.0.0.2:4000/a"):
        assert not is_slacks(other, api)
    assert not is_slacks("http://x@127.0.0.1:4000/a", api)


async def test_a_call_that_is_redirected_takes_no_token_along() -> None:
    async with (
        LocalSlack() as slack,
        listening(Listener("127.0.0.2")) as listener,
        listening(Redirecting("127.0.0.1", listener.url("/api/auth.test"))) as redirecting,
    ):
        client = web_client(slack.bot_token, redirecting.url("/api/"))
        calls = (
            client.auth_test(),
            client.apps_connections_open(app_token=slack.app_token),
            client.users_info(user="U1"),
            client.chat_postMessage(channel="C1", text="x"),
        )
        for call in calls:
            with pytest.raises(SlackApiError):  # what somebody else answers is no answer of Slack's
                await call
        assert len(listener.heard) >= len(calls)
        assert slack.bot_token.encode() in b"".join(redirecting.heard)
        assert not any(
            token.encode() in b"".join(listener.heard) for token in (slack.bot_token, slack.app_token)
        )


async def test_a_file_that_is_larger_than_it_said_is_refused() -> None:
    async with LocalSlack() as slack:
        kept = slack.world.add_file(slack.ann, "a.txt", b"x" * 1000, "text/plain")
        file = {"url_private": f"{slack.base}/files-pri/{slack.team.id}-{kept.id}/a.txt", "size": 10}
        files = Files(web_client(slack.bot_token, slack.api))
        assert await files.read(file, 1000) == b"x" * 1000
        with pytest.raises(Refusal, match="too-large"):
            await files.read(file, 999)
