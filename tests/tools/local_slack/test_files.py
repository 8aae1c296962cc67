"""Files that people share and that the bot uploads."""

from dataclasses import replace

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import LocalSlack, Upload


async def test_a_file_of_a_persons_needs_the_token(slack: LocalSlack, raw: Raw) -> None:
    sent = Upload("articles.jsonl", b'{"id": 1}\n', "application/x-ndjson")
    said = await slack.say(slack.admin, slack.general, "Take this", files=[sent])
    event = said.deliveries[0].payload["event"]
    assert event["subtype"] == "file_share"
    (file,) = event["files"]
    assert (file["name"], file["size"], file["mimetype"]) == ("articles.jsonl", 10, "application/x-ndjson")
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    for url in (file["url_private"], file["url_private_download"]):
        async with raw.session.get(url, headers=headers) as response:
            assert (response.status, await response.read()) == (200, b'{"id": 1}\n')
    slack.assert_valid()
    async with raw.session.get(file["url_private"]) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
    assert slack.problems == ["download: a file was asked for without a token"]
    slack.world.app = replace(slack.world.app, scopes=slack.world.app.scopes - {"files:read"})
    async with raw.session.get(file["url_private"], headers=headers) as response:
        assert response.content_type == "text/html"
    assert (await raw("files.info", file=file["id"])).error == "missing_scope"


async def test_uploads_that_are_wrong(slack: LocalSlack, raw: Raw) -> None:
    got = await raw("files.getUploadURLExternal", filename="a.txt", length=5)
    file = {"id": got.body["file_id"]}

    async def completed(*files: dict[str, str]) -> str | None:
        place = {"channel_id": slack.general.id}
        return (await raw("files.completeUploadExternal", files=list(files), **place)).error

    assert await completed(file) == "file_upload_not_complete"
    async with raw.session.post(got.body["upload_url"], data=b"1234") as response:
        assert await response.text() == "OK - 4"
    assert slack.problems[-1] == "upload: 4 bytes were sent where another length was announced"
    async with raw.session.post(got.body["upload_url"] + "x", data=b"12345") as response:
        assert response.status == 404
    assert await completed({"id": "F1"}) == "file_not_found"
    assert await completed() == "invalid_arguments"
    assert (await raw("files.getUploadURLExternal", filename="a.txt", length=0)).error == "invalid_arguments"
