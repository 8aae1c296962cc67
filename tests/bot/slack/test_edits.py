"""Questions that are edited: each is answered once, in the place of the answer that stands there.

Slack tells of an edited mention twice: as a message that was changed, and as a mention under a new event id.
"""

import pytest

from tests.bot.slack.live import PASSING, LiveBot, action_id, bold_of
from tools.local_slack import Channel, Message, User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER = "How many people did the flood of the Chosei coal mine kill?"


async def asked(
    live: LiveBot, user: User, channel: Channel, text: str, **more: str
) -> tuple[Message, Message]:
    """A question in a message, and its answer."""
    live.rest()
    said = await live.say(user, channel, text, **more)
    assert said.said
    assert said.message
    return said.said, said.message


async def edited(live: LiveBot, message: Message, text: str) -> None:
    """A message, edited, and whatever comes of it."""
    slack = live.slack
    changed = await slack.edit(slack.world.messages[message.ts], text)
    await changed.acknowledged()
    await live.idle()


def answers(live: LiveBot, question: Message) -> list[Message]:
    """What the bot has written since a question."""
    return [one for one in live.slack.world.messages.values() if one.bot_id and one.ts > question.ts]


def now(live: LiveBot, message: Message) -> str:
    """What a message says by now."""
    return text_of(live.slack.world.messages[message.ts])


async def test_an_edited_mention_is_answered_in_the_place_of_its_answer(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    before = await live.record(answer)
    await edited(live, question, f"{slack.mention()} {OTHER}")
    assert answers(live, question) == [slack.world.messages[answer.ts]]
    assert "183" in "".join(bold_of(slack.world.messages[answer.ts]))
    after = await live.record(slack.world.messages[answer.ts])
    assert (after.asked, before.asked) == (OTHER, PASSING)
    # What was shown first can be asked for no more by a press, and follow-ups go on from what stands there.
    further = await live.say(slack.kim, slack.general, "And how many were from Korea?", thread_ts=question.ts)
    assert "No answer" in further.text or "136" in further.text
    assert "flood" in further.text


async def test_an_edit_that_changes_no_words_does_nothing(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    record = await live.record(answer)
    await edited(live, question, f"{slack.mention()}  {PASSING}  ")
    await edited(live, question, f"{PASSING} {slack.mention()}")
    await slack.unfurl(slack.world.messages[question.ts])
    await live.idle()
    assert answers(live, question) == [answer]
    assert (await live.record(slack.world.messages[answer.ts])).id == record.id


async def test_a_link_that_unfolds_is_no_edit_even_of_a_question_that_was_edited(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    await edited(live, question, f"{slack.mention()} {OTHER}")
    record = await live.record(slack.world.messages[answer.ts])
    updates = len(slack.requests.of("chat.update"))
    unfolded = await slack.unfurl(slack.world.messages[question.ts])
    await unfolded.acknowledged()
    await live.idle()
    assert len(slack.requests.of("chat.update")) == updates
    assert (await live.record(slack.world.messages[answer.ts])).id == record.id


async def test_an_edit_back_to_the_first_words_brings_their_answer_back(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    first = bold_of(answer)
    for text in (OTHER, PASSING):
        await edited(live, question, f"{slack.mention()} {text}")
    assert bold_of(slack.world.messages[answer.ts]) == first
    assert len(answers(live, question)) == 1


async def test_an_edited_direct_message_and_an_edited_follow_up_are_answered_in_place(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.world.dm(slack.ann), PASSING)
    await edited(live, question, OTHER)
    assert answers(live, question) == [slack.world.messages[answer.ts]]
    assert "183" in now(live, answer)
    root, _ = await asked(live, slack.kim, slack.general, f"{slack.mention()} {PASSING}")
    follow, reply = await asked(live, slack.kim, slack.general, "What about the DNA?", thread_ts=root.ts)
    await edited(live, follow, OTHER)
    assert answers(live, follow) == [slack.world.messages[reply.ts]]
    assert "183" in now(live, reply)


async def test_a_message_that_is_made_a_mention_by_an_edit_is_answered_once(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.ann, slack.general, PASSING)
    assert said.said
    live.rest()
    await edited(live, said.said, f"{slack.mention()} {PASSING}")
    (answer,) = answers(live, said.said)
    assert bold_of(answer)


async def test_talk_that_was_no_question_becomes_none_by_an_edit(live: LiveBot) -> None:
    slack = live.slack
    root, _ = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    talk = await live.say_unheard(slack.kim, slack.general, "I see.", thread_ts=root.ts)
    assert talk.said
    known = len(answers(live, talk.said))
    await edited(live, talk.said, "I see, thank you. Where was it?")
    assert len(answers(live, talk.said)) == known


async def test_where_the_answer_is_gone_an_edit_brings_nothing_new(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    await live.dismiss(slack.ann, answer)
    await edited(live, question, f"{slack.mention()} {OTHER}")
    assert answers(live, question) == []
    slack.requests.clear()  # an update of what is gone was tried, and refused


async def test_an_edit_that_comes_too_fast_leaves_the_answer_and_is_refused_to_its_writer_alone(
    live: LiveBot,
) -> None:
    slack = live.slack
    live.rest()
    limit = live.service.settings.preferences(live.venue(slack.general)).person_limit
    question, answer = await asked(live, slack.editor, slack.general, f"{slack.mention()} {PASSING}")
    for number in range(limit):
        await edited(live, question, f"{slack.mention()} {OTHER} {number}")
    told = [one for one in answers(live, question) if one.ephemeral]
    assert [one.viewer_id for one in told] == [slack.editor.id]
    assert "faster than is allowed" in text_of(told[0])
    assert "183" in now(live, answer)  # that of the edit before
    live.rest()


async def test_an_edited_question_that_had_been_refused_is_answered_in_the_place_of_the_refusal(
    live: LiveBot,
) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} ?!")
    assert not bold_of(answer)
    await edited(live, question, f"{slack.mention()} {OTHER}")
    assert answers(live, question) == [slack.world.messages[answer.ts]]
    assert bold_of(slack.world.messages[answer.ts])


async def test_help_makes_way_for_the_answer_once_a_question_stands_behind_the_mention(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, slack.mention())
    await edited(live, question, f"{slack.mention()} {PASSING}")
    assert answers(live, question) == [slack.world.messages[answer.ts]]
    assert bold_of(slack.world.messages[answer.ts])


async def test_events_that_come_twice_or_late_change_nothing(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    first = next(
        one
        for one in slack.delivery_queue.deliveries
        if one.event_type == "app_mention" and one.payload["event"]["ts"] == question.ts
    )
    await edited(live, question, f"{slack.mention()} {OTHER}")
    shown = now(live, answer)
    # The first one comes again under another id, and the last one as Slack sends what it thinks was missed.
    told = [slack.dispatch(dict(first.payload["event"])), slack.duplicate("app_mention")]
    await slack.until(lambda: all(one.acked for one in told))
    await live.idle()
    assert now(live, answer) == shown
    assert len(answers(live, question)) == 1


async def test_an_edit_is_answered_in_place_after_a_restart(live: LiveBot) -> None:
    slack = live.slack
    question, answer = await asked(live, slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    await live.restart()
    await edited(live, question, f"{slack.mention()} {OTHER}")
    assert answers(live, question) == [slack.world.messages[answer.ts]]
    assert action_id(slack.world.messages[answer.ts], "more")
