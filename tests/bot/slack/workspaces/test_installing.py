"""Installations that must not come about, and what is kept of those that do."""

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.cli.composition import LoadModel, Parts
from bot.slack.workspaces.served_workspaces import run_workspaces
from bot.slack.workspaces.token_cipher import TokenCipher, Undecipherable
from corpus.errors import BadSetting, PlatformRefused
from tests.bot.running_bot import PATIENCE
from tests.bot.slack.workspaces.many import (
    KEY,
    OTHER_KEY,
    browser,
    consent,
    decide,
    many_bot,
    settings_for_many,
    shared_slack,
)


async def test_a_state_is_good_once_in_its_own_browser_and_nobody_installs_by_a_refusal(
    load: LoadModel, sample_home: Path
) -> None:
    async with shared_slack() as slack, many_bot(load, sample_home, slack) as bot:
        status, page = await bot.install(slack.admin, "deny", "ko")
        assert status == 200
        assert "Newsdesk가 설치되지 않았습니다" in page
        async with (
            browser(slack, bot.settings, slack.admin) as own,
            browser(slack, bot.settings, slack.stranger) as other,
        ):
            address = await consent(own, bot.page)
            status, page = await decide(other, address, "allow")
            assert status == 400
            assert "another browser" in page
            assert not await bot.kept()
            assert (await decide(own, address, "allow"))[0] == 200
            assert len(await bot.kept()) == 1
            assert (await decide(own, address, "allow"))[0] == 400
            async with own.get(
                f"{bot.page.replace('install', 'oauth_redirect')}?code=x&state=forged"
            ) as shown:
                assert shown.status == 400
            # Slack is away when the code is to be exchanged
            address = await consent(own, bot.page)
            slack.faults.fail("oauth.v2.access", status=500)
            assert (await decide(own, address, "allow"))[0] in (400, 503)
        assert len(await bot.kept()) == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [((), "NEWSDESK_SECRET_KEY"), (("short",), "no key of 32 bytes"), ((OTHER_KEY,), "can't be read with")],
    ids=["none", "no key", "another key"],
)
async def test_without_the_right_key_it_does_not_start(
    load: LoadModel, sample_home: Path, keys: tuple[str, ...], said: str
) -> None:
    async with shared_slack() as slack:
        async with many_bot(load, sample_home, slack) as bot:
            await bot.install(slack.admin)
            before = await bot.kept()
        settings = settings_for_many(slack, sample_home, secret_key=keys)
        async with Parts(settings, load).service() as service:
            with pytest.raises(PlatformRefused, match=said):
                await asyncio.wait_for(run_workspaces(settings, service, asyncio.Event()), PATIENCE)
        async with many_bot(load, sample_home, slack, secret_key=(OTHER_KEY, KEY)) as bot:
            after = await bot.kept()
            assert before != after
            (value,) = after.values()
            assert TokenCipher((OTHER_KEY,)).decrypt(value)


def test_the_first_key_encrypts_and_each_decrypts_until_it_is_too_old() -> None:
    first, second = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    kept = TokenCipher((first,)).encrypt("a token")
    both = TokenCipher((second, first))
    assert both.decrypt(kept) == "a token"
    assert TokenCipher((second,)).decrypt(both.renewed(kept)) == "a token"
    for wrong in (kept[:-2], "", "é"):
        with pytest.raises(Undecipherable):
            both.decrypt(wrong)
    with pytest.raises(Undecipherable):
        both.decrypt(kept, seconds=-1)
    with pytest.raises(BadSetting):
        TokenCipher(())
