"""Changes of the corpus that can't be made, or not as they were asked for."""

from dataclasses import replace

import pytest

from bot.actions import corpus_handlers
from bot.corpus_admin.limits import Limits
from corpus.storage.store import Source
from tests.bot.discord.live import PASSING, LiveBot, acts_of, upload
from tests.bot.samples.articles import FERRY, HISTORY, LIGHTHOUSE, many
from tools.local_discord import MessageFlag, Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_address_or_a_file_and_not_both_nor_none(live: LiveBot) -> None:
    discord = live.discord
    file = upload("a.jsonl", FERRY)
    for options in ({}, {"url": "https://gazette.example/a", "file": file}):
        added = await live.command(discord.admin, discord.general, "corpus add", **options)
        assert added.text == "Give either an address or a file."


async def test_a_file_that_is_too_large_is_not_even_fetched(
    live: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord = live.discord
    monkeypatch.setattr(corpus_handlers, "UPLOAD_LIMIT", 1024 * 1024)
    file = Upload("big.jsonl", b" " * (1024 * 1024 + 1), None)
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "the limit is 1 MB." in added.text


BAD_FILES = {
    "a program": Upload("tool.exe", b"MZ", None),
    "a file without an ending": Upload("passwd", b"root", None),
    "a broken archive": Upload("broken.jsonl.gz", b"\x1f\x8bnothing", None),
}


@pytest.mark.parametrize("file", BAD_FILES.values(), ids=BAD_FILES)
async def test_a_file_that_cant_be_taken_is_explained_and_nothing_changes(
    live: LiveBot, file: Upload
) -> None:
    discord = live.discord
    served = live.service.desk.collections["news"].generation
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "That could not be done: " in added.text
    assert live.service.desk.collections["news"].generation == served
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert "Nothing would change." in planned.text


async def test_a_file_with_nothing_to_read_in_it_is_told_of(live: LiveBot) -> None:
    discord = live.discord
    odd = Upload("odd.md", b"\xff\xfe\x00\x01", None)
    added = await live.command(discord.admin, discord.general, "corpus add", file=odd)
    assert "the file is not UTF-8" in added.text
    assert "Nothing had changed." in added.text
    removed = await live.command(discord.admin, discord.general, "corpus remove", target="odd.md")
    assert "problem" not in removed.text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "no address",
    ],
)
async def test_an_address_that_may_not_be_fetched_is_refused(live: LiveBot, address: str) -> None:
    discord = live.discord
    added = await live.command(discord.admin, discord.general, "corpus add", url=address)
    assert "could not be done" in added.text
    assert "root:" not in added.text
    status = await live.command(discord.admin, discord.general, "corpus status")
    assert "1 place that is read" in status.text


async def test_a_server_with_as_many_sources_as_it_may_have_is_told_so_and_nobody_else(live: LiveBot) -> None:
    discord = live.discord
    there = [Source("news", f"https://gazette.example/{number}") for number in range(Limits().sources)]
    with live.service.home.store() as store:
        for source in there:
            store.add_source(source)
    added = await live.command(
        discord.admin, discord.general, "corpus add", url="https://gazette.example/more"
    )
    with live.service.home.store() as store:
        for source in there:
            store.remove_source(source)
        assert "https://gazette.example/more" not in {source.location for source in store.sources()}
    assert "sources, and the limit is 100." in added.text
    assert "NEWSDESK" not in added.text
    assert added.message
    assert MessageFlag.EPHEMERAL in added.message.flags


async def test_a_file_that_is_gone_before_it_was_fetched_is_an_incident(live: LiveBot) -> None:
    discord = live.discord
    kept = dict(discord.world.files)
    file = upload("gone.jsonl", FERRY)
    asking = await discord.command(discord.admin, discord.general, "corpus add", file=file)
    for name in set(discord.world.files) - set(kept):
        del discord.world.files[name]
    await asking.settled()
    await live.idle()
    (line,) = live.incidents.lines
    live.incidents.lines.clear()
    live.refusals.append("/cdn/")
    assert f"incident {line.split()[1]}" in asking.text


async def test_what_is_not_there_cant_be_removed_or_restored(live: LiveBot) -> None:
    discord = live.discord
    removed = await live.command(discord.admin, discord.general, "corpus remove", target="*nothing*")
    assert "'\\*nothing\\*' is neither an article nor a source" in removed.text
    restored = await live.command(discord.admin, discord.general, "corpus restore", article="nara-summit")
    assert "was not removed" in restored.text
    named = await live.command(discord.admin, discord.general, "corpus rollback", collection="sports")
    assert named.text == "You can't administer any collection here. Whoever runs the bot can give you one."


async def test_there_is_nothing_to_go_back_to_at_first(live: LiveBot) -> None:
    discord = live.discord
    back = await live.command(discord.admin, discord.general, "corpus rollback")
    assert "could not be done" in back.text


async def test_the_loss_of_more_than_half_has_to_be_forced(live: LiveBot) -> None:
    discord = live.discord
    file = upload("log.jsonl", *many(40))
    assert "40 new" in (await live.command(discord.admin, discord.general, "corpus add", file=file)).text
    (kept,) = (live.home / "uploads" / "news").glob("log.jsonl")
    kept.write_bytes(upload("log.jsonl", HISTORY).content)
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert "would lose 40 of its 56 articles" in planned.text
    forced = await live.press(discord.admin, planned.message, "reload", "force")
    assert "40 removed" in forced.text
    assert (await live.acts(discord.guild))[0].detail == {"force": True}


async def test_a_plan_that_was_refused_meanwhile_can_be_forced(live: LiveBot) -> None:
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert acts_of(planned.message) == ["reload", "cancel"]
    kept = live.home / "uploads" / "news" / "log.jsonl"
    content = kept.read_bytes()
    kept.unlink()  # after the plan was shown
    refused = await live.press(discord.admin, planned.message, "reload")
    assert "Not done:" in refused.text
    assert acts_of(refused.message) == ["reload", "cancel"]
    asked = await live.ask(discord.ann, discord.general, PASSING)
    assert "Chosei" in asked.text
    forced = await live.press(discord.admin, refused.message, "reload", "force")
    assert "### Done" in forced.text
    assert "1 removed" in forced.text
    kept.write_bytes(content)


async def test_progress_that_cant_be_shown_does_not_stop_the_work(
    live: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord = live.discord
    dispatcher = live.client.dispatcher
    monkeypatch.setattr(dispatcher, "profile", replace(dispatcher.profile, progress_every=0.02))
    discord.faults.fail("PATCH", "/webhooks/*/messages/@original", status=404, times=2)
    try:
        file = upload("slow.jsonl", LIGHTHOUSE, *many(7, sentences=120))
        added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    finally:
        discord.faults.clear()
    assert "8 new" in added.text  # and not the one that came back: an add reads what is added


async def test_all_problems_are_counted_and_the_first_hundred_are_in_the_file(live: LiveBot) -> None:
    discord = live.discord
    file = upload("bad.jsonl", LIGHTHOUSE, *[f'{{"id": "b-{number}"}}' for number in range(200)])
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "200 problems, in the attached file" in added.text
    assert added.message
    (attached,) = added.message.attachments
    lines = discord.world.files[attached.id].decode().splitlines()
    assert lines[0] == "bad.jsonl:2: it has no text"
    assert lines[99:] == [
        "bad.jsonl:101: it has no text",
        "bad.jsonl: 100 more articles that could not be taken are not listed",
    ]
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert planned.message
    assert [one.filename for one in planned.message.attachments] == ["problems.txt"]
    called_off = await live.press(discord.admin, planned.message, "cancel")
    assert called_off.message
    assert not called_off.message.attachments
