"""Many people who ask at once, and what came of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bot.discord.crowd import EACH, PATIENCE, PEOPLE, QUESTIONS, ROOMS, waits
from tools.local_slack import Channel, Exchange, LocalSlack, Message, User, text_of

AGAIN = 3
"""Every so manieth event comes twice."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """People, and the channels that they ask in."""

    people: Sequence[User]
    channels: Sequence[Channel]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the crowd, and what Slack knows of it."""

    channel: Channel
    question: str
    exchange: Exchange


def make_crowd(slack: LocalSlack, people: int = PEOPLE, rooms: int = ROOMS) -> Crowd:
    """People and channels that are new to the bot, so that no limit is used up."""
    made = [slack.world.add_user(slack.team, f"Reader {number}") for number in range(people)]
    return Crowd(made, [slack.world.add_channel(slack.team, f"room-{n}", made) for n in range(rooms)])


async def ask_at_once(slack: LocalSlack, crowd: Crowd) -> list[Asked]:
    """Everybody asks by command, EACH times, and waits until all have an answer. A third of the commands come
    twice, as after a connection that was lost."""
    asked = []
    for number, (user, channel, question) in enumerate(_questions(crowd)):
        exchange = await slack.command(user, channel, "/ask", question)
        if number % AGAIN == 0:
            exchange.deliveries.append(slack.delivery_queue.again(exchange.deliveries[0]))
        asked.append(Asked(channel, question, exchange))
    wanted = len(asked)
    await slack.until(lambda: sum(len(said_in(slack, one)) for one in crowd.channels) >= wanted, PATIENCE)
    await slack.until(lambda: all(one.exchange.acked for one in asked))
    return asked


async def mention_at_once(slack: LocalSlack, crowd: Crowd) -> list[Asked]:
    """The same by mention. A third of the events come twice, as where an acknowledgement was missed."""
    slack.delivery_queue.twice_every = AGAIN
    asked = [
        Asked(channel, question, await slack.say(user, channel, f"{slack.mention()} {question}"))
        for user, channel, question in _questions(crowd)
    ]
    slack.delivery_queue.twice_every = None
    left = [one.exchange for one in asked]

    def done() -> bool:
        left[:] = [one for one in left if not (one.messages and one.acked)]
        return not left

    await slack.until(done, PATIENCE)
    return asked


def said_in(slack: LocalSlack, channel: Channel) -> list[Message]:
    """What the bot wrote in a channel for all."""
    return [one for one in slack.world.messages_in(channel.id) if one.bot_id and not one.ephemeral]


def answers(text: str) -> bool:
    """Whether the words are an answer, or say that there is none with what was searched."""
    return "Newsdesk sample" in text or "No answer in the corpus" in text


def strange(texts: Sequence[str]) -> list[str]:
    """What is neither an answer nor a word on waiting; on however busy a machine, a tenth are answers."""
    assert sum(map(answers, texts)) > len(texts) / 10
    return [text for text in texts if not (answers(text) or waits(text))]


def answered_more_than_asked(slack: LocalSlack, asked: Sequence[Asked]) -> Counter[tuple[str, str]]:
    """The questions that were asked by command and answered more often than asked, by channel."""
    wanted = Counter((one.channel.id, one.question) for one in asked)
    given: Counter[tuple[str, str]] = Counter()
    for channel, question in wanted:
        texts = map(text_of, said_in(slack, slack.world.channels[channel]))
        given[channel, question] = sum(text.startswith(question) for text in texts)
    return given - wanted


def _questions(crowd: Crowd) -> Iterator[tuple[User, Channel, str]]:
    """Who asks what where: every channel gets as many questions."""
    for turn in range(EACH):
        for number, user in enumerate(crowd.people):
            channel = crowd.channels[(number + turn) % len(crowd.channels)]
            yield user, channel, QUESTIONS[(number + turn) % len(QUESTIONS)]
