from bot.measuring.meter import InMemoryMeter, NoMeter, Timed, timed
from bot.measuring.presence import Presence


def test_a_platform_is_there_once_every_connection_to_it_holds() -> None:
    presence = Presence({"discord", "slack"})
    assert presence.platforms == {"discord": False, "slack": False}
    presence.set("discord", connected=True, link="shard 0")
    presence.set("discord", connected=False, link="shard 1")
    presence.set("slack", connected=True)
    assert presence.platforms == {"discord": False, "slack": True}
    presence.set("discord", connected=True, link="shard 1")
    assert presence.platforms["discord"]
    presence.set("discord", connected=False, link="shard 1")
    presence.drop("discord", "shard 1")
    presence.drop("elsewhere", "")
    assert presence.platforms["discord"]


def test_a_block_is_timed_also_where_it_raises() -> None:
    tally = InMemoryMeter()
    for _ in range(2):
        try:
            with timed(tally, Timed.SEARCH):
                raise ValueError
        except ValueError:
            pass
    assert len(tally.times[Timed.SEARCH]) == 2
    with timed(NoMeter(), Timed.SEARCH):
        pass
