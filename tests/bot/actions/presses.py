"""Presses of buttons, without a platform."""

from bot.actions.button_table import button_job
from bot.actions.call import ButtonPress
from bot.cards.press import Press
from bot.cards.request import Request
from bot.chat.venue import Person
from bot.discord.drawing.render import CANVAS
from bot.dispatch.job import Made
from bot.dispatch.platform_profile import PlatformProfile
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.service.people import ADMIN, CITY

WORDS = messages_for("en")


async def press(
    service: Service,
    press: Press,
    *values: str,
    person: Person = ADMIN,
    hears: bool = False,
) -> Made:
    """What comes of it; `hears` is whether the platform tells the bot of all messages."""
    profile = PlatformProfile(CITY.platform, CANVAS, 1, reads_messages=hears)
    request = Request(CITY, person, WORDS, WORDS, CANVAS)
    job = button_job(ButtonPress(service, profile, request, RecordingReply(), press, values))
    assert job
    return await job.work()
